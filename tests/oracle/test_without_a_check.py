"""Each check of the source that the oracle is known to see is seen when it is taken away; in full, all are tried, and what sees each is kept."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from mutants import caught, taken
from mutants.caught import BY_THE_ORACLE
from oracle.driving import planned, turned_away
from oracle.extent import figure
from oracle.judge import Judge
from oracle.scene import Scene
from oracle.without import Asked, asked_as, by_check, faults_without, forms

pytestmark = pytest.mark.django_db
# Which of all checks are tried, where all are: `1/2` the first, third, fifth and so on, so that two processes share them; `full` all.
PART = os.environ.get("SIGHTLINE_MUTANTS", "").replace("full", "1/1")
TOLD = Path(f".local/mutants/caught-oracle-{PART.replace('/', '-of-')}.tsv")
SEEN = {key: by.removeprefix(BY_THE_ORACLE) for key, by in caught.written().items() if by.startswith(BY_THE_ORACLE)}


@pytest.mark.requirement("IS-01", "IS-03")
def test_what_the_oracle_is_known_to_see_it_sees(held: Scene, judge: Judge) -> None:
    held.turned_away = turned_away(held)
    unseen = []
    for check in taken.every():
        if check.key in SEEN:
            asked = asked_as(held, SEEN[check.key])
            if asked is None or not faults_without(held, judge, check, asked):
                unseen.append(check.key)
    figure(f"{len(SEEN) - len(unseen)} of {len(SEEN)} checks of the source seen by the oracle when each is taken away")
    assert unseen == []


@pytest.mark.skipif(not PART, reason="in full only: SIGHTLINE_MUTANTS=full")
def test_every_check_is_tried(held: Scene, judge: Judge) -> None:
    held.turned_away = turned_away(held)
    TOLD.parent.mkdir(parents=True, exist_ok=True)
    log = TOLD.with_suffix(".log")
    asked = [*forms(held), *(Asked(e, c) for half in (0, 1) for e, c in planned(held, half, held.eyes[half::2]))]
    heard = by_check(held, asked, lambda n: log.write_text(f"{n} of {len(asked)} asked\n"))
    first, _, of = PART.partition("/")
    with TOLD.open("w") as file:
        for check in taken.every()[int(first) - 1 :: int(of)]:
            sees = next((a for a in heard.get(check.key, ()) if faults_without(held, judge, check, a)), None)
            how = ("caught", check.key, BY_THE_ORACLE + sees.name(held)) if sees else ("NOT CAUGHT", check.key, "")
            file.write("\t".join((*how, f"{len(heard.get(check.key, ()))} calls")) + "\n")
            file.flush()
