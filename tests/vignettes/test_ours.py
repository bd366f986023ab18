"""Cases written here in the manner of the inspections: each teaches a rule something, and good practice is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.alerts.findings import rules
from sightline.clocks.limits import Limits
from sightline.oversight.replay.cases import read
from sightline.oversight.replay.run import run

FILES = sorted((Path(__file__).parent / "ours").glob("*.yaml"))
NOISE = {True: 1, False: 5}


@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_what_should_have_been_raised_is_and_nothing_that_should_not(file: Path) -> None:
    case = read(file)
    found = run(case, rules(), Limits(nation=case.nation))
    assert [(e.alert, how) for e, how in found.fared if how != "met"] == []
    assert [r.finding.kind for r in found.forbidden] == []
    others = [group[0].finding.kind for group in found.other]
    assert len(others) <= NOISE[found.case.good], f"noise: {others}"
