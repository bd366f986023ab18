"""How much a referral says, and what to ask whoever made it. It never holds up what keeps a child safe."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.chronology.view import Happening

NEEDED = (
    ("summary", 10, "What happened, when, and who saw it?"),
    ("risk", 3, "What do you fear will happen to the child if nobody acts?"),
    ("asked_for", 2, "What do you ask us to do?"),
    ("child_said", 3, "What did the child say or want, or how did they behave?"),
    ("lawful_basis", 1, "On what lawful basis do you share this?"),
)


@dataclass(frozen=True)
class Quality:
    """How many of the things a receiver needs are there, and a question for each that is not."""

    said: int
    of: int
    questions: tuple[str, ...]


def quality_of(referral: Happening) -> Quality:
    """What is there and what to ask. A field that a feed does not supply is asked for: it is unknown, whoever left it out."""
    missing = tuple(
        question for field, least, question in NEEDED if len(str(referral.get(field) or "").split()) < least
    )
    if referral.get("consent") is None:
        missing = (*missing, "Do the parents know of this referral, and if not, why not?")
    return Quality(len(NEEDED) + 1 - len(missing), len(NEEDED) + 1, missing)
