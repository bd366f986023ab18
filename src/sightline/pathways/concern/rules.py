"""The concern form's course, and what a reader would ask of it before they could decide. Pure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from sightline.chronology.courses import BEGIN, Course, Step
from sightline.chronology.view import Chronology, Happening
from sightline.clocks.limits import Limits

COURSE = Course(
    "concern",
    "A concern form",
    {
        "sent": "sent, and not yet looked at by a supervisor",
        "sent_back": "the supervisor asks for more",
        "signed_off": "a supervisor has signed it off",
    },
    (
        Step("concern.notified", (BEGIN,), "sent", "send the form"),
        Step("concern.added", ("sent", "sent_back"), "sent", "add to it"),
        Step("concern.added", ("signed_off",), "signed_off", "add to it"),
        Step("concern.reviewed", ("sent", "sent_back"), "signed_off", "sign it off", ("outcome", ("signed_off",))),
        Step("concern.reviewed", ("sent",), "sent_back", "send it back", ("outcome", ("sent_back",))),
    ),
    ends=("signed_off",),
)

HOME = {
    "home_food": "Food in the house",
    "home_warmth": "Warm and dry",
    "home_bedding": "Bed and bedding",
    "home_hygiene": "Clean: child, clothes, kitchen, bathroom",
    "home_hazards": "Free of hazards: animals, wires, glass, medicines",
    "home_drugs": "Free of drugs and what goes with them",
    "home_supervision": "Somebody fit to look after the children",
}
FACTS = {
    "ethnicity": "Ethnicity, as they say it",
    "religion": "Religion",
    "language": "First language",
    "immigration": "Immigration status",
    "disability": "Disability",
    "special_need": "Special educational need",
    "sex": "Sex",
    "gender": "Gender, as they say it",
}
NARRATIVE = ("what_happened", "demeanour", "effect", "might_happen")
SCREENED = (
    "what_happened",
    "demeanour",
    "effect",
    "might_happen",
    "not_known",
    "action_taken",
    "unseen_because",
    "not_spoken_because",
)
QUOTED = re.compile(r"[\"“][^\"”]*[\"”]")


@dataclass(frozen=True)
class Question:
    """What a reader would send the form back for. `blocks`: it cannot be sent without; `field`: where to answer."""

    field: str
    says: str
    blocks: bool = False


def _said(answers: Mapping[str, Any], field: str) -> str:
    return str(answers.get(field) or "").strip()


def blocking(a: Mapping[str, Any]) -> Iterable[Question]:
    """What makes it unsafe to send: whether the child was seen and why not, what happened, what was done, and how bad it is."""
    if not _said(a, "what_happened"):
        yield Question("what_happened", "Say what you saw and what happened", blocks=True)
    if a.get("seen") is None:
        yield Question("seen", "Say whether you saw this child", blocks=True)
    if a.get("seen") is False and not _said(a, "unseen_because"):
        yield Question("unseen_because", "Say why you did not see this child", blocks=True)
    if not _said(a, "action_taken"):
        yield Question(
            "action_taken", "Say what has been done to keep the child safe, or that nothing has", blocks=True
        )
    if not _said(a, "grade"):
        yield Question("grade", "Say how worried you are", blocks=True)


def asked(a: Mapping[str, Any], *, speaks: bool) -> Iterable[Question]:
    """Everything else that a reader would ask. `speaks`: the child is old enough for words of their own."""
    yield from _seeing(a, speaks)
    if not _said(a, "demeanour"):
        yield Question(
            "demeanour", "How did the child look and behave? A baby too: asleep, crying, still, who they reached for"
        )
    elif len(_said(a, "demeanour").split()) < FEW:
        yield Question("demeanour", "A word or two says little: what did you see the child do?")
    if speaks and a.get("spoken_to") and not _said(a, "views"):
        yield Question("views", "What did the child say, in their own words?")
    if not _said(a, "effect"):
        yield Question("effect", "What is this like for the child?")
    if not _said(a, "might_happen"):
        yield Question("might_happen", "What might happen next if nobody does anything?")
    if not _said(a, "not_known"):
        yield Question("not_known", "What do you not know yet?")
    yield from _consent(a)
    if left := a.get("not_asked"):
        yield Question("facts", f"Not asked: {', '.join(FACTS[f].split(',')[0].lower() for f in left)}")
    if len(_said(a, "what_happened").split()) < FEW_OF_NARRATIVE and _said(a, "what_happened"):
        yield Question("what_happened", "Very short: who was there, what did you see first, what was said?")


def _seeing(a: Mapping[str, Any], speaks: bool) -> Iterable[Question]:
    seen = a.get("seen")
    if seen and a.get("spoken_to") is None and speaks:
        yield Question("spoken_to", "Did you speak to the child?")
    if seen and speaks and a.get("spoken_to") is False and not _said(a, "not_spoken_because"):
        yield Question("not_spoken_because", "Why did you not speak to the child?")
    if seen and a.get("seen_alone") is None:
        yield Question("seen_alone", "Were you alone with the child?")
    if seen and a.get("seen_alone") is False and not (_said(a, "in_earshot") or _said(a, "unseen_because")):
        yield Question("in_earshot", "Not alone: who else could hear, and why?")
    if seen and a.get("seen_awake") is None:
        yield Question("seen_awake", "Was the child awake?")
    if _said(a, "not_spoken_because") and not a.get("spoken_to") and not _said(a, "safer_opportunity"):
        yield Question("safer_opportunity", "When and where can somebody speak to the child safely?")


def _consent(a: Mapping[str, Any]) -> Iterable[Question]:
    if not _said(a, "parents_know"):
        yield Question("parents_know", "Do the parents know of this form?")
    elif "yes" not in (_said(a, "parents_agree"),) and not _said(a, "shared_because"):
        yield Question("shared_because", "Shared without their agreement: on what basis?")


FEW, FEW_OF_NARRATIVE = 3, 12  # words
WEIGHTS = {True: 3, False: 1}
ASKED_MORE = 4  # what a form that is begun is asked besides what an empty one is


def score(a: Mapping[str, Any], *, speaks: bool) -> int:
    """How much of what a reader needs is there, of 100: what is unsafe to leave out counts three times."""
    missing = sum(WEIGHTS[q.blocks] for q in questions(a, speaks=speaks))
    most = sum(WEIGHTS[q.blocks] for q in questions({}, speaks=True)) + ASKED_MORE
    return max(0, round(100 * (1 - missing / most)))


def questions(a: Mapping[str, Any], *, speaks: bool) -> tuple[Question, ...]:
    """All of them, what blocks first."""
    return (*blocking(a), *asked(a, speaks=speaks))


@cache
def _phrases() -> tuple[tuple[date, re.Pattern[str], str], ...]:
    rows = yaml.safe_load((Path(__file__).parent / "wording.yaml").read_text(encoding="utf-8"))["phrases"]
    return tuple((r["from"], re.compile(rf"\b(?:{r['phrase']})\b", re.IGNORECASE), r["instead"]) for r in rows)


def blaming(text: str, on: date) -> tuple[tuple[str, str], ...]:
    """Phrases in the writer's own words that put on the child what was done to them, each with what may be written instead."""
    own = QUOTED.sub(" ", text)
    return tuple(
        (found[0], instead) for since, phrase, instead in _phrases() if since <= on and (found := phrase.search(own))
    )


def missing_from(listed: Iterable[str], known: Iterable[str]) -> tuple[str, ...]:
    """Those on record whom a list leaves out, by name."""
    named = {_plain(line) for line in listed}
    return tuple(name for name in known if not any(_plain(name) in line for line in named))


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))


def alike(one: str, other: str) -> float:
    """How much of the shorter of two texts stands in the other, by runs of five words: 1 is a copy, 0 has none in common."""
    ours, theirs = _runs(one), _runs(other)
    return len(ours & theirs) / min(len(ours), len(theirs)) if ours and theirs else 0.0


def _runs(text: str) -> set[tuple[str, ...]]:
    said = re.findall(r"\w+", text.lower())
    return {tuple(said[n : n + 5]) for n in range(len(said) - 4)}


def since_then(then: Mapping[str, Any], now: Mapping[str, Any]) -> tuple[tuple[str, str, str], ...]:
    """What is better or worse at home than it was: (what, was, is)."""
    both = ((f, str(then.get(f) or ""), str(now.get(f) or "")) for f in HOME)
    return tuple((HOME[f], was, now_) for f, was, now_ in both if was and now_ and was != now_)


# Decisions of which a child and family are told; and what shows that a matter is over.
MILESTONES = ("referral.decided", "strategy.held", "enquiry.completed", "conference.held", "plan.started", "plan.ended", "plan.reviewed",
              "investigation.closed", "charge.made", "order.made")  # fmt: skip
OVER = ("referral.decided", "enquiry.completed", "plan.ended", "investigation.closed")
CHANNELS = frozenset({"call", "text", "email", "letter", "inperson", "throughsomebody"})
NO_WAY = frozenset({"any", "anyway", "all", "everything"})  # said instead of every one of them
LIVE = {"plan.started": "plan.ended", "enquiry.started": "enquiry.completed", "referral.made": "referral.decided"}


def next_update(own: Chronology, at: datetime, limits: Limits) -> datetime | None:
    """By when the child and family are to hear something: soon after a decision they were not told of, else at intervals while work goes on."""
    told = own.latest("family.informed", "closing.explained")
    untold = [h for h in own.of_kind(*MILESTONES) if h.at <= at and (told is None or told.at < h.at)]
    if untold:
        return limits.due("family.after_milestone", untold[0].at)
    begun = [h for h in own.of_kind(*LIVE) if _goes_on(own, h)]
    if not begun:
        return None
    return limits.due("family.next_update", max(h.at for h in (*begun[-1:], *([told] if told else []))))


def to_be_asked(own: Chronology, at: datetime, limits: Limits, never_by: Iterable[str]) -> datetime | None:
    """By when somebody asks what it was like for them: after something ended of which they were told, once for each time.

    None where they said so since, and where they must be reached in no way at all: then asking could do harm, and nobody is sent.
    """
    told, never = own.latest("family.informed", "closing.explained"), set(never_by)
    ended = [h for h in own.of_kind(*OVER) if told is not None and h.at <= told.at <= at]
    said = [h for h in own.of_kind("voice.captured") if h.get("about") == "service"]
    barred = bool(never & NO_WAY) or never >= CHANNELS
    if told is None or not ended or barred or any(h.at >= ended[-1].at for h in said):
        return None
    return limits.due("voice.what_it_was_like", told.at)


def _goes_on(own: Chronology, begun: Happening) -> bool:
    return not any(h.at >= begun.at for h in own.of_kind(LIVE[begun.kind]))


def reached_nobody(own: Chronology, limits: Limits) -> tuple[Happening, ...]:
    """Attempts to tell the family something since they were last told; none while they are fewer than the limit."""
    told = own.latest("family.informed")
    since = tuple(h for h in own.of_kind("family.not_reached") if told is None or h.at > told.at)
    return since if since and len(since) >= limits.number("family.attempts", since[-1].at) else ()


def trusted_adult(own: Chronology) -> tuple[Happening | None, bool]:
    """Whom the child trusts, as last said; and whether that person has left since."""
    named, left = own.latest("trusted_adult.named"), own.latest("trusted_adult.left")
    return named, bool(named and left and left.at > named.at)


NEEDS = (
    (("sign", "bsl", "deaf"), "signing, with an interpreter who signs"),
    (("learning", "autis", "special", "dyslex"), "easy read: short sentences, one thing a line, pictures"),
    (("blind", "sight", "visual"), "large print, or read out"),
    (("non-verbal", "nonverbal", "speech", "stammer"), "pictures and objects to point at, and time"),
)
YOUNG_READER = 8  # years


def formats_for(needs: Mapping[str, str], age: int | None) -> tuple[str, ...]:
    """How to speak and write to this child, from what is recorded of their needs and their age."""
    said = " ".join(str(needs.get(f) or "") for f in ("communication_needs", "disability")).lower()
    found = [how for words, how in NEEDS if any(w in said for w in words)]
    language = str(needs.get("language") or "")
    if language and language.lower() not in ("english", "en"):
        found.append(f"in {language}, with a professional interpreter and never a relative")
    if age is not None and age < YOUNG_READER:
        found.append("pictures, and told face to face by somebody they know")
    return tuple(found) or ("plain words, and asked what they prefer",)
