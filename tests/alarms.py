"""For tests of rules, without a database: a few entries as text, and what they raise."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from sightline.alerts.findings import rules
from sightline.clocks.limits import Limits, LocalLimit
from sightline.kernel.moments import local
from sightline.oversight.replay.cases import read
from sightline.oversight.replay.run import Outcome, run

HEAD = """
id: T
source: a test
kind: failure
title: a test
"""
PEOPLE = """
people:
  child:   {born: 2004-05-05, sex: F}
  brother: {born: 2007-06-06, sex: M}
  mother:  {born: 1980-01-01, sex: F}
  father:  {born: 1978-02-02, sex: M}
  man:     {born: 1985-03-03, sex: M}
relationships:
  - [mother, parent, child, {lives_with: true}]
  - [father, parent, child, {lives_with: true}]
  - [mother, parent, brother, {lives_with: true}]
  - [father, parent, brother, {lives_with: true}]
"""


@cache
def outcome(text: str, local_limits: tuple[LocalLimit, ...] = (), nation: str = "england") -> Outcome:
    """A case run from text in the format of the vignettes; `people` may be left out (a child, a brother, their parents, a man)."""
    whole = HEAD + ("" if "people:\n" in text else PEOPLE) + text
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "case.yaml"
        file.write_text(whole)
        case = read(file)
    return run(case, rules(), Limits(nation=nation, local=local_limits))


def raised(text: str, *kinds: str, cleared: bool = False) -> list[tuple[str, str, str]]:
    """What a case raises of these kinds: kind, subject and local time, in order. `cleared`: only what still stands at the end."""
    found = outcome(text)
    return [
        (r.finding.kind, found.case.people[r.finding.subject], f"{local(r.raised_at):%Y-%m-%d %H:%M}")
        for r in found.raised
        if r.finding.kind in kinds and not (cleared and r.cleared_at)
    ]


def standing(text: str, *kinds: str) -> set[tuple[str, str]]:
    """What still stands of these kinds at the end: kind and subject."""
    return {(kind, who) for kind, who, _ in raised(text, *kinds, cleared=True)}


def entry(
    at: str,
    kind: str,
    data: str = "{}",
    people: str = "child: child",
    source: str = "crime",
    more: str = "",
    note: str = "",
) -> str:
    """One entry of a case as a line. `at` with or without seconds; `more`: further fields, each after a comma."""
    seconds = ":00" if at.count(":") == 1 else ""
    said = f", note: '{note}'" if note else ""
    return f"  - {{at: {at}{seconds}, type: {kind}, source: {source}, people: {{{people}}}, data: {data}{more}{said}}}"


@dataclass(frozen=True)
class Entries:
    """The same, with a source and people of its own where none are given."""

    source: str = "crime"
    people: str = "child: child"

    def __call__(self, at: str, kind: str, data: str = "{}", people: str = "", source: str = "", more: str = "") -> str:
        """One entry as a line."""
        return entry(at, kind, data, people or self.people, source or self.source, more)


def case(*entries: str, until: str = "2014-04-30 12:00:00", markers: str = "", head: str = "") -> str:
    """A case of such lines; `markers`: one fact that held before, as a vignette has it; `head`: whatever else stands before the entries."""
    seconds = ":00" if until.count(":") == 1 else ""
    marks = f"markers:\n  - {markers}\n" if markers else ""
    return head + marks + "\n".join(["events:", *entries, f"until: {until}{seconds}"])


def in_march(*rows: str, until: str = "2014-04-10 18:00:00", head: str = "", source: str = "referral_unit") -> str:
    """A case from rows `day time kind | people | data | source | more`; the month is March 2014, a Tuesday the 4th."""
    lines = []
    for row in rows:
        when, people, said, whose, more = ([x.strip() for x in row.split("|")] + [""] * 4)[:5]
        day, time, kind = when.split()
        lines.append(
            entry(
                f"2014-03-{day} {time}",
                kind,
                f"{{{said}}}",
                people or "child: child",
                whose or source,
                more and f", {more}",
            )
        )
    return case(*lines, until=until, head=head)


def crime(
    category: str = "violence",
    offence: str = "assault",
    recent: str = "",
    is_: str = "victim",
    people: str = "child: child, suspect: man",
) -> str:
    """A crime recorded on the 4th of March 2014 at ten."""
    more = f", recent: {recent}" if recent else ""
    data = f"{{offence: '{offence}', category: {category}, child_is: {is_}{more}}}"
    return entry("2014-03-04 10:00", "crime.recorded", data, people)
