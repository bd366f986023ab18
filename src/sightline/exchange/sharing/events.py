"""The events that sharing writes."""

from __future__ import annotations

from sightline.chronology.kinds import EventKind, Words


class InformationShared(
    EventKind,
    kind="information.shared",
    means="what is held here was given to another agency or person, unlike information.supplied, by which it comes here",
):
    to: Words
    purpose: Words
    lawful_basis: list[Words]
    reason: Words
    sections: list[Words]
    consent: Words | None = None
    urgent: bool | None = None
    disclosure: int | None = None
