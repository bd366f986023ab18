"""Who signs in: a hub's manager, a teacher, and the school's designated lead."""

from __future__ import annotations

import pytest
from django.test import Client

from cast import make_member
from screens import signed_in


@pytest.fixture
def hub(db: None) -> Client:
    """Rukhsana Begum, who runs the hub."""
    return signed_in(make_member("begum", "Rukhsana Begum", "mash_manager", "hub"))


@pytest.fixture
def teacher(hub: Client) -> Client:
    """Sam Ward, a teacher."""
    return signed_in(make_member("ward", "Sam Ward", "practitioner", "education"))


@pytest.fixture
def lead(db: None) -> Client:
    """Ada Lead, who leads safeguarding at the same school."""
    return signed_in(make_member("lead", "Ada Lead", "safeguarding_lead", "education"))
