"""A sealed child, and one from whom the viewer is excluded, are nowhere: no name, no entry, no count, no dot in a picture.

Each page is held against the same page in a world in which there is no such child: whatever differs would tell that there is.
"""

from __future__ import annotations

from datetime import datetime

import pytest

from access_proof.walks import GONE, pages, unlike

pytestmark = pytest.mark.django_db


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("gone", GONE)
def test_every_page_is_as_if_the_sealed_or_excluded_child_had_never_been_recorded(
    db: None, at: datetime, gone: str
) -> None:
    without, with_them = (
        pages(*("response_officer", "police"), at, gone, without=gone),
        pages(*("response_officer", "police"), at, gone),
    )
    assert without.keys() == with_them.keys()
    assert unlike(without, with_them) == {}
