"""A form as it stands on the page: what was typed, what a reader would ask of it, and what was noticed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any

from django.utils.datastructures import MultiValueDict

from sightline.kernel.moments import local
from sightline.pathways.concern.forms import INJURIES, ChildForm, VisitForm, nearest
from sightline.pathways.concern.models import Draft, Listed
from sightline.pathways.concern.queries.lists import KINDS, look_up, picked
from sightline.pathways.concern.rules import SCREENED, Question, alike, blaming, missing_from, questions, score
from sightline.pathways.concern.services import Part

SAME = 0.8
PICKED = "-of-list"


@dataclass(frozen=True)
class Asked:
    """A question, with the field it is about and the child it is about."""

    question: Question
    href: str
    who: str = ""


@dataclass
class ChildPart:
    """One child's part of the sheet."""

    person: int
    name: str
    speaks: bool
    form: ChildForm


class Sheet:
    """One visit and its children, from a draft's answers."""

    def __init__(self, draft: Draft) -> None:
        typed: MultiValueDict[str, str] = MultiValueDict(draft.answers)
        self.draft = draft
        self.visit = VisitForm(typed)
        self.parts = [self._part(person, typed) for person in draft.people]

    def _part(self, person: int, typed: MultiValueDict[str, str]) -> ChildPart:
        name, speaks = (*self.draft.answers.get(f"_{person}", []), "", "speaks")[:2]
        return ChildPart(person, name, speaks == "speaks", ChildForm(typed, prefix=f"c{person}"))

    @property
    def forms(self) -> list[Any]:
        """Every form of it."""
        return [self.visit, *(p.form for p in self.parts)]

    @property
    def several(self) -> bool:
        """Whether it is about more than one child."""
        return len(self.parts) > 1

    def valid(self) -> bool:
        """Whether all of it can be read: dates are dates."""
        return not any(f.errors for f in self.forms)

    @cached_property
    def asked(self) -> list[Asked]:
        """What a reader would ask, what blocks first; what is the same for every child once."""
        found: dict[tuple[str, str], Asked] = {}
        for part in self.parts:
            for q in questions(self.said(part), speaks=part.speaks):
                shared = q.field in self.visit.fields
                href = (
                    f"id_{q.field}" if shared else f"id_c{part.person}-{'ethnicity' if q.field == 'facts' else q.field}"
                )
                found.setdefault((href, q.says), Asked(q, href, "" if shared or not self.several else part.name))
        return sorted(found.values(), key=lambda a: not a.question.blocks)

    def said(self, part: ChildPart) -> dict[str, Any]:
        """A child's form, those fields of the visit among them."""
        self.valid()
        return self.visit.said() | part.form.said()

    @property
    def score(self) -> int:
        """Of 100; of several children the least."""
        return min(score(self.said(p), speaks=p.speaks) for p in self.parts)

    @property
    def danger(self) -> bool:
        """Whether a child on it is being harmed or will be soon: then nothing but what blocks is asked first."""
        return any(self.said(p).get("grade") == "high" for p in self.parts)

    def blocked(self) -> bool:
        """Say at each field what must be there before it can be sent; whether there is anything."""
        for part in self.parts:
            for q in questions(self.said(part), speaks=part.speaks):
                form = self.visit if q.field in self.visit.fields else part.form
                if q.blocks and q.says not in form.errors.get(q.field, []):
                    form.add_error(
                        q.field, q.says if form is self.visit or not self.several else f"{part.name}: {q.says}"
                    )
        return any(f.errors for f in self.forms)

    def ready(self) -> list[Part]:
        """Each child's form as it is sent."""
        return [Part(p.person, self.said(p), len(questions(self.said(p), speaks=p.speaks))) for p in self.parts]

    def found(self, at: datetime) -> dict[int, dict[str, tuple[Listed, ...]]]:
        """What each list has for what was typed of each child and nobody has chosen yet."""
        return {
            p.person: {f: held for f in KINDS if (held := look_up(f, str(p.form[f].value() or ""), at))}
            for p in self.parts
        }

    def noticed(self, at: datetime) -> list[str]:
        """What was noticed in what was typed, each thing once."""
        return list(dict.fromkeys(self._noticed(at)))

    def _noticed(self, at: datetime) -> Iterator[str]:
        """Words that put it on the child, people on record whom the lists leave out, and the same words for two children."""
        for part in self.parts:
            said = self.said(part)
            for field in SCREENED:
                for phrase, instead in blaming(str(said.get(field) or ""), local(at).date()):
                    yield f"“{phrase}” puts it on the child. Instead {instead}."
        listed = [line for f in VisitForm.LISTS for line in self.visit.said().get(f, ())]
        if left := missing_from(listed, self.draft.answers.get("_names", ())):
            yield f"On record and not on your lists: {', '.join(left)}. Say what you know of them, or why they are not there."
        yield from self._same_words()

    def _same_words(self) -> Iterator[str]:
        for n, one in enumerate(self.parts):
            for other in self.parts[n + 1 :]:
                ours, theirs = (str(self.said(p).get("demeanour") or "") for p in (one, other))
                if ours and (ours == theirs or alike(ours, theirs) >= SAME):
                    yield f"{one.name} and {other.name} are described in the same words. What was each of them like?"


def pressed(posted: Any) -> dict[str, list[str]]:
    """What was sent, with the place of the body map that was pressed put in the first injury without one, and what was picked of a list."""
    typed = {name: posted.getlist(name) for name in posted if name not in ("csrfmiddlewaretoken", "do")}
    for name in [n for n in typed if n.endswith(PICKED)]:
        field, reference = name.removesuffix(PICKED), "".join(typed.pop(name))
        if said := picked(field.partition("-")[2], reference):
            typed[field] = [said]
    for name in [n for n in typed if n.startswith("map-") and n.endswith(".x")]:
        child, across = name.removeprefix("map-").removesuffix(".x"), "".join(typed.pop(name))
        down = "".join(typed.pop(f"map-{child}.y", []))
        empty = next((n for n in range(1, INJURIES + 1) if not any(typed.get(f"{child}-injury{n}_where", ()))), None)
        if empty and across.isdecimal() and down.isdecimal():
            typed[f"{child}-injury{empty}_where"] = [nearest(int(across), int(down))]
    return typed
