"""Accounts that read as an offence against a child and never became a crime record: for a reviewer, who decides. Pure."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from sightline.chronology.view import Chronology, Happening
from sightline.pathways.contact.alerts.wording import says

READ = {"contact.received": ("own_words",), "child.seen": ("views", "injuries"), "concern.notified": ("what_happened",),
        "referral.made": ("summary",)}  # fmt: skip
ALLEGED = ("assault", "sexual_offence")
TOGETHER = timedelta(days=7)
RECORDED = ("crime.recorded", "crime.declined", "crime.cancelled")


def reads_as_offence(kind: str, data: Mapping[str, Any], note: str = "") -> bool:
    """Whether an entry of a kind tells of an offence, by its words or by what it was said to be about."""
    said = " . ".join(str(x) for x in (note, *(data.get(f) for f in READ[kind])) if x)
    return says("offence_told", said) or data.get("kind") in ALLEGED


def unrecorded(chronology: Chronology) -> Iterator[Happening]:
    """Entries about a child that tell of an offence, from the public or from an agency alike, with no crime and no decision beside them."""
    recorded = [h.at for h in chronology.of_kind(*RECORDED)]
    for entry in chronology.of_kind(*READ):
        if entry.pointer or chronology.subject not in entry.people.get("child", ()):
            continue
        told = reads_as_offence(entry.kind, entry.data, entry.note)
        if told and not any(abs(at - entry.at) <= TOGETHER or at > entry.at for at in recorded):
            yield entry
