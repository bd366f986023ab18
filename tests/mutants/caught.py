"""Which test is known to catch each check that is taken away: `caught.yaml`, written from the runs by `python -m mutants.caught`.

With `--whole`, after a run over all of them: what it did not catch is not kept from before, and it fails where one is left.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from mutants import taken

FILE = Path(__file__).with_name("caught.yaml")
RUNS = Path(".local/mutants")
EVERY = 12  # of so many, one is taken away in every run of CI
BY_THE_ORACLE = "oracle: "  # and the name of a call: what catches it is no test of its own
CAUGHT, NO_DIFFERENCE, NOT_YET = "caught", "makes_no_difference", "not_caught_yet"
HEAD = """\
# Each check of the source, and the test that fails without it and passes with it (make proof-mutants writes it). Then those without which nothing
# is given that should not be, each with why (by hand). Then those of which neither is known.
"""


@cache
def _file() -> dict[str, Any]:
    return (yaml.safe_load(FILE.read_text()) if FILE.exists() else None) or {}


def written() -> dict[str, str]:
    """The test that catches each, by the check's key."""
    return dict(_file().get(CAUGHT) or {})


def accepted() -> dict[str, str]:
    """Those without which nothing is given that should not be, and why."""
    return dict(_file().get(NO_DIFFERENCE) or {})


def open_still() -> list[str]:
    """Those of which it is not known yet."""
    return list(_file().get(NOT_YET) or [])


def sample(every: Sequence[taken.Check]) -> list[taken.Check]:
    """One of so many of those that a test is known to catch. All of those that the oracle sees it tries itself, in every run."""
    return [c for c in every if c.key in written() and not written()[c.key].startswith(BY_THE_ORACLE)][::EVERY]


def found_in(runs: str = "caught-*-of-*.tsv") -> dict[str, str]:
    """What these runs caught, and by what: those that stand in `.local/mutants`."""
    lines = [line.split("\t") for path in sorted(RUNS.glob(runs)) for line in path.read_text().splitlines()]
    return {key: by for how, key, by, _ in lines if how == "caught"}


def by_the_oracle() -> dict[str, str]:
    """What the oracle caught in the newest run of it over all checks."""
    return found_in("caught-oracle-*.tsv")


def _write(*, whole: bool) -> int:
    """The file anew; after a run over all checks by what that run caught alone. Gives how many are not caught yet."""
    keys, found = {c.key for c in taken.every()}, ({} if whole else written()) | found_in()
    why = {k: w for k, w in accepted().items() if k in keys and k not in found}
    left = sorted(keys - found.keys() - why.keys())
    held = {CAUGHT: {k: found[k] for k in sorted(keys & found.keys())}, NO_DIFFERENCE: why, NOT_YET: left}
    FILE.write_text(HEAD + yaml.safe_dump(held, sort_keys=False, width=1000, allow_unicode=True))
    sys.stdout.write(
        f"{len(held[CAUGHT])} of {len(keys)} caught, {len(why)} make no difference, {len(left)} not caught yet\n"
    )
    return len(left)


if __name__ == "__main__":
    after_all = "--whole" in sys.argv
    sys.exit(bool(_write(whole=after_all)) and after_all)
