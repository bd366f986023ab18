"""The same as in `test_hidden`, for somebody who reviews who looked at whom."""

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
        pages(*("data_guardian", "hub"), at, gone, without=gone),
        pages(*("data_guardian", "hub"), at, gone),
    )
    assert without.keys() == with_them.keys()
    assert unlike(without, with_them) == {}
