"""What helps a child or family to understand and be understood: asked at first contact, and carried to every form and visit that follows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sightline.chronology.view import Chronology, Happening

LABELS = {"language": "Language", "interpreter": "Interpreter needed", "disability": "Disability",
          "communication_needs": "What helps them understand"}  # fmt: skip
FIELDS = tuple(LABELS)
SAY_SO = ("person.recorded", "contact.received", "concern.notified")
THEIRS = ("child", "subject", "victim", "parent", "carer", "adult")  # a suspect's language is not the child's


def said_in(entry: Happening) -> dict[str, str]:
    """What one entry says of it; what was not said is not there."""
    found = {}
    for field in FIELDS:
        said = entry.get(field)
        if isinstance(said, bool):
            found[field] = "yes" if said else "no"
        elif said:
            found[field] = ", ".join(map(str, said)) if isinstance(said, list | tuple) else str(said)
    return found


def needs_of(chronology: Chronology, at: datetime) -> Mapping[str, str]:
    """Language, interpreter, disability and what helps, each as it was last said by a moment, whoever asked."""
    found: dict[str, str] = {}
    for entry in chronology.of_kind(*SAY_SO):
        if entry.at <= at and entry.concerns(chronology.subject, *THEIRS):
            found |= said_in(entry)
    return found


def in_words(needs: Mapping[str, str]) -> list[tuple[str, str]]:
    """The same as a page says it: `Language`, `Arabic`."""
    return [(label, needs[field]) for field, label in LABELS.items() if needs.get(field)]
