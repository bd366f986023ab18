"""No check goes unnoticed: each is a line of a file, and each right that a function asks for is refused to somebody who has none."""

from __future__ import annotations

import inspect
from importlib import import_module
from typing import Any
from unittest.mock import MagicMock

import pytest
from django.utils import timezone

from access_proof import checks
from sightline.access.models import AccessEntry
from sightline.access.roles import May
from sightline.access.viewer import without_post
from sightline.kernel.errors import NotPermitted

pytestmark = pytest.mark.django_db
# Those that ask only once the gate has let somebody in to what it is about, or a key has said who asks; what each asks is shown in its slice.
LATER = {
    "sightline.pathways.enquiry.views:_led", "sightline.pathways.enquiry.views:_run", "sightline.pathways.enquiry.views:health",
    "sightline.pathways.referral.services.deciding:_theirs", "sightline.exchange.api.views:open_contact_operation",
}  # fmt: skip
ASKING = sorted(
    (where, check.removeprefix("require "))
    for where, every in checks.written().items()
    for check in dict.fromkeys(every)
    if check.startswith("require ") and where not in LATER
)


@pytest.mark.requirement("IS-01")
def test_the_checks_of_the_source_are_those_that_were_agreed() -> None:
    now, agreed = checks.found(), checks.written()
    gone = {w: (agreed[w], now.get(w, [])) for w in agreed if agreed[w] != now.get(w)}
    assert gone == {}, "a check went or changed: have somebody look, then write checks.yaml anew"
    assert now.keys() - agreed.keys() == set(), "new: write checks.yaml anew"


@pytest.mark.requirement("IS-01", "IS-03")
@pytest.mark.parametrize(("where", "right"), ASKING, ids=[w.rpartition(".")[2] for w, _ in ASKING])
def test_whoever_has_not_the_right_is_refused_before_anything_is_looked_at(where: str, right: str) -> None:
    module, _, name = where.partition(":")
    function: Any = import_module(module)
    for part in name.split("."):
        function = getattr(function, part)
    function = inspect.unwrap(function)
    nobody = without_post(None, at=timezone.now(), route="/test/")
    said = {p: nobody if p in ("viewer", "by") else MagicMock() for p in inspect.signature(function).parameters}
    with pytest.raises(NotPermitted):
        function(**{p: v for p, v in said.items() if p not in ("_", "rest", "known")})
    assert AccessEntry.objects.latest("id").note == f"role may not {May[right].value}"
