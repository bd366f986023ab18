"""A record dismisses the child, in words that others will read and believe."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

import yaml

from sightline.alerts.case import Case
from sightline.alerts.findings import Finding, Rule
from sightline.chronology.view import Happening
from sightline.kernel.law import Source, Standing

SAID_BY_RECORDER = (
    "investigation.closed", "investigation.reviewed", "crime.recorded", "crime.cancelled", "disposal.given", "referral.decided",
    "referral.made", "concern.notified", "risk.assessed", "intelligence.recorded", "strategy.held", "missing.reported",
    "missing.regraded", "attendance.cancelled", "meeting.held", "contact.received", "enquiry.completed", "arrest.considered",
)  # fmt: skip
# The child's own words, and how the child seemed, are to be written down as they are.
NOT_THE_RECORDERS = ("views", "demeanour", "factors", "disclosed")
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
# What a child fears, feels or was told: the blame in it is what was put on the child, written down as it should be.
FEARED = re.compile(
    r"\b(she|he|they|child|girl|boy)( \w+){0,2} (worr(y|ies|ied)|fears?|feared|(is|was|are) (worried|afraid|scared|frightened)"
    r"|blames? (herself|himself|themselves)|feels?|felt)\b", re.IGNORECASE,
)  # fmt: skip
# That a child is not to blame, or that these words are not to be used.
REFUSED = re.compile(
    r"\b(not (her|his|their) fault|(never|not|cannot be|no child is) to blame|nobody.s fault|language (was |is )?challenged"
    r"|(do|does|did|should|must) not (\w+ ){0,2}(say|write|call|use|describe))\b", re.IGNORECASE,
)  # fmt: skip
LANGUAGE = Source(
    "Working Together to Safeguard Children", "a child-centred approach", Standing.GUIDANCE, edition="2023"
)


@cache
def _blaming() -> re.Pattern[str]:
    phrases = yaml.safe_load((Path(__file__).parent / "blaming.yaml").read_text())
    return re.compile("|".join(rf"\b(?:{p})\b" for p in phrases), re.IGNORECASE)


def blames(entry: Happening) -> bool:
    """Whether what the recorder wrote puts it down to the child. What a child is afraid others will think is the child's, not the recorder's."""
    said = [entry.note, *(str(v) for k, v in entry.data.items() if k not in NOT_THE_RECORDERS and isinstance(v, str))]
    sentences = (s for text in said for s in SENTENCE.split(text) if not (FEARED.search(s) or REFUSED.search(s)))
    return any(_blaming().search(s) for s in sentences)


def victim_blaming(case: Case) -> Iterable[Finding]:
    """Words in a record about a child that dismiss the child; one alert a child, until the entry is corrected or reviewed by a supervisor."""
    if not case.is_child():
        return
    for entry in case.of(*SAID_BY_RECORDER, where=blames):
        answered = case.first("investigation.reviewed", since=entry.at, where=lambda h: h.get("satisfied") is False)
        if answered is None or answered.event_id == entry.event_id:
            yield case.finding(
                "victim_blaming",
                entry,
                case.at_once(entry),
                "A record about this child uses words that put what happened down to the child.",
                step="Have the decision looked at again without them, and the words corrected.",
            )
            return


RULES = [
    Rule(
        "victim_blaming",
        SAID_BY_RECORDER,
        victim_blaming,
        LANGUAGE,
        "Words in a record that dismiss a child, as a lifestyle choice or a waste of time.",
        answers=(),
    )
]
