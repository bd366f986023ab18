"""The boy of the standing scene, with somebody to give what is held of him and somebody to give it to; and the grounds on which it is given."""

from __future__ import annotations

import pytest

from cast import Member, involve
from scenes import Boy, boys_life
from sightline.exchange.sharing.services import Grounds

WHY = "The health visitor has to know who lives in the house before she calls"
PARTS = ("identity", "standing", "addresses", "household", "particulars", "chronology")
GROUNDS = Grounds(
    "enquiry",
    ("public_task", "safeguarding_condition"),
    WHY,
    "not_sought",
    PARTS,
    "",
    "No agreement yet: health joins in May",
)


@pytest.fixture
def boy(social_worker: Member, health_visitor: Member) -> Boy:
    scene = boys_life()
    involve(social_worker, scene.boy)
    return scene
