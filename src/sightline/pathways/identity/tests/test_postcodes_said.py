"""What stands in a box for a postcode and can be none is refused with its row, where the database would refuse the whole load."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from sightline.pathways.identity.events import AddressRecorded


@pytest.mark.requirement("JD-26")
def test_more_than_a_postcode_in_its_box_is_refused() -> None:
    home = {"lines": "9 Heron Close, Larkscar", "kind": "home"}
    assert AddressRecorded.model_validate(home | {"postcode": "ZS5 2AB"}).postcode == "ZS5 2AB"
    with pytest.raises(ValidationError, match="at most 12 characters"):
        AddressRecorded.model_validate(home | {"postcode": "2026-02-30ZS5 2AB"})
