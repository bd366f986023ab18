"""The inspectors' cases: what should have been raised is, in time and to the right person; good practice is left in peace."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.alerts.findings import rules
from sightline.clocks.limits import Limits
from sightline.oversight.replay.cases import read
from sightline.oversight.replay.run import Outcome, run

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "vignettes"
FILES = sorted(FOLDER.glob("*.yaml"))
NOISE = {True: 1, False: 5}


def outcome(file: Path) -> Outcome:
    case = read(file)
    return run(case, rules(), Limits(nation=case.nation))


@pytest.mark.skipif(not FILES, reason="the inspectors' cases are not beside the project")
@pytest.mark.parametrize("file", FILES, ids=lambda f: f.stem)
def test_what_should_have_been_raised_is_and_nothing_that_should_not(file: Path) -> None:
    found = outcome(file)
    assert [(e.alert, how) for e, how in found.fared if how != "met"] == []
    assert [r.finding.kind for r in found.forbidden] == []
    others = [group[0].finding.kind for group in found.other]
    assert len(others) <= NOISE[found.case.good], f"noise: {others}"
