"""For tests of rules, without a database: a few entries as text, and what they raise."""

from __future__ import annotations

import tempfile
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
