"""What is given, line by line, each with the systems that say it and the people it names: made for the sharer, then cut for the recipient."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from typing import Any, Protocol

from sightline.chronology.wording import source_name
from sightline.people.safe_words import Safe, blanked, phrases


@dataclass(frozen=True)
class Line:
    """One thing that is said. `about`: its class in the policy. `premises`: where it is an address, which. `code`: how it may be handled.

    `whose`: of whose record it is, where a document is made of those of several people.
    """

    label: str
    says: str
    sources: tuple[str, ...]
    about: str
    people: tuple[int, ...] = ()
    premises: int | None = None
    event: int | None = None
    code: str = ""
    whose: int | None = None


@dataclass(frozen=True)
class Section:
    """One part of a document."""

    key: str
    title: str
    lines: tuple[Line, ...]


@dataclass(frozen=True)
class LeftOut:
    """What was left out, and why, in words that say nothing of what it was."""

    what: str
    why: str


@dataclass(frozen=True)
class Document:
    """Everything that is given of one person, and what is said to be left out."""

    sections: tuple[Section, ...]
    left_out: tuple[LeftOut, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        """Every line, in order."""
        return tuple(line for section in self.sections for line in section.lines)

    @property
    def sources(self) -> frozenset[str]:
        """The systems whose word is in it."""
        return frozenset(s for line in self.lines for s in line.sources)

    @property
    def classes(self) -> frozenset[str]:
        """The classes of what is in it."""
        return frozenset(line.about for line in self.lines)

    @property
    def people(self) -> frozenset[int]:
        """Whom it names besides the person it is about."""
        return frozenset(p for line in self.lines for p in line.people)

    def where(self, kept: Callable[[Line], Line | None], *left: LeftOut) -> Document:
        """The same with each line as `kept` gives it; None leaves it out."""
        cut = [replace(s, lines=tuple(n for line in s.lines if (n := kept(line)) is not None)) for s in self.sections]
        said = tuple(dict.fromkeys((*self.left_out, *left)))
        return Document(tuple(s for s in cut if s.lines), said)

    def written(self) -> dict[str, Any]:
        """As it is kept."""
        return asdict(self)


def read(held: Mapping[str, Any]) -> Document:
    """A document as it was kept."""
    sections = [
        Section(s["key"], s["title"], tuple(_line(line) for line in s["lines"])) for s in held.get("sections", ())
    ]
    return Document(tuple(sections), tuple(LeftOut(**row) for row in held.get("left_out", ())))


def _line(row: Mapping[str, Any]) -> Line:
    return Line(**{**row, "sources": tuple(row["sources"]), "people": tuple(row["people"])})


class Entitled(Protocol):
    """What somebody may be given, by the policy."""

    def reads(self, line: Line, source: str) -> bool:
        """Whether what one system says in a line may be given to them."""
        ...

    def knows_of(self, source: str) -> bool:
        """Whether they may know that a system holds something."""
        ...


def for_recipient(whole: Document, them: Entitled, to: str) -> Document:
    """What the policy lets the recipient's kind of agency see: who somebody is and what stands from any system it may know of, content from
    those that are full for it; of the others that something is held, and whom to ask.

    That more is left out is said. Of systems that are not open to it at all the same is said whether or not they hold anything.
    """
    kept = whole.where(lambda line: _entitled(line, them))
    left = [
        LeftOut(
            f"Whatever record systems that are not open to {to} may hold",
            "nothing is said of whether they hold anything",
        )
    ]
    asked = sorted({s for line in whole.lines for s in line.sources if them.knows_of(s) and not them.reads(line, s)})
    if asked:
        left.append(LeftOut(f"What {_named(asked)} says, beyond what is given here", "ask whoever holds it"))
    return replace(kept, left_out=tuple(dict.fromkeys((*left, *whole.left_out))))


def not_for(whole: Document, them: Entitled) -> tuple[str, ...]:
    """The systems in a document that are not open to its recipient: for whoever gives it to know, and not for the recipient."""
    return tuple(sorted({source_name(s) for s in whole.sources if not them.knows_of(s)}))


def _entitled(line: Line, them: Entitled) -> Line | None:
    if read := tuple(s for s in line.sources if them.reads(line, s)):
        return replace(line, sources=read)
    told = tuple(s for s in line.sources if them.knows_of(s))
    if told and line.event is not None and line.about in ("sensitive", "free"):
        return replace(line, says=held_by(told), sources=told, about="free", people=(), premises=None)
    return None


def held_by(sources: Iterable[str]) -> str:
    """Of an entry whose content is not given: whom to ask."""
    return f"Held by {_named(sources)}: ask them."


def _named(sources: Iterable[str]) -> str:
    return ", ".join(sorted(source_name(s) for s in set(sources)))


def without_safe(whole: Document, safe: Sequence[Safe]) -> Document:
    """Without safe addresses, in whatever line or text they stand."""
    if not safe:
        return whole
    texts, places = phrases(safe), {s.premises for s in safe}

    def kept(line: Line) -> Line | None:
        if line.premises in places:
            return None
        return replace(line, label=blanked(line.label, texts), says=blanked(line.says, texts))

    return whole.where(kept, LeftOut("A safe address", "kept safe, and not given out"))
