"""Who signs in: a hub's manager and a school's designated lead."""

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
    """Sam Ward, a school's designated lead."""
    return signed_in(make_member("ward", "Sam Ward", "practitioner", "education"))
