"""Which agency a name at a table stands for. Imports no Django."""

from __future__ import annotations

from collections.abc import Iterable

from sightline.chronology.view import Happening

# Parts of names under which minutes and record systems list those present (as in the published lists of relevant agencies), lower case.
NAMES = {
    "police": ("police", "constab", "detective", "officer in the case"),
    "social_care": (
        "social care",
        "social work",
        "social service",
        "children's service",
        "childrens service",
        "children service",
    ),
    "health": ("health", "nurse", "paediatric", "doctor", "midwi", "hospital", "general practi", "nhs", "clinic"),
    "education": ("education", "school", "nursery", "college", "teacher"),
}
SHORT = {"gp": "health", "csc": "social_care", "sarc": "health"}


def agency_of(name: object) -> str:
    """The agency that a name stands for; the name itself, in lower case, where it is none of the four. What comes before a colon says it."""
    said = " ".join(str(name).partition(":")[0].lower().replace("_", " ").split())
    found = next((agency for agency, parts in NAMES.items() if any(part in said for part in parts)), "")
    return found or SHORT.get(said, said.replace(" ", "_"))


def agencies(names: Iterable[object] | None) -> frozenset[str]:
    """Those that a list of names stands for."""
    return frozenset(agency_of(name) for name in names or ())


def spoke(entry: Happening, agency: str) -> bool:
    """Whether an agency was at a meeting, or sent it a report."""
    return agency in agencies(entry.get("attended")) | agencies(entry.get("reports_from"))
