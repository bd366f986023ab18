"""What an agency may see of each record system: one table that a person can read (source_policy.yaml), evaluated here."""

from __future__ import annotations

from enum import StrEnum
from functools import cache
from pathlib import Path

import yaml

from sightline.access.viewer import Viewer


class Tier(StrEnum):
    """How much of a source's content may be shown."""

    FULL = "full"
    POINTER = "pointer"
    NO = "no"


@cache
def _tiers() -> dict[str, dict[str, Tier]]:
    table = yaml.safe_load((Path(__file__).parent / "source_policy.yaml").read_text())["tiers"]
    return {
        kind: {source: Tier(tier) for tier, sources in rows.items() for source in sources}
        for kind, rows in table.items()
    }


def tier(viewer: Viewer, source: str) -> Tier:
    """The viewer's tier for a source, by the kind of agency their post is in; default is no."""
    return _tiers().get(viewer.agency_kind, {}).get(source, Tier.NO)
