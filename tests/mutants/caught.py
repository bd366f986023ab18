"""Which test is known to catch each check that is taken away: `caught.yaml`, written from a full run by `python -m mutants.caught`."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import yaml

from mutants import taken

FILE = Path(__file__).with_name("caught.yaml")
RUNS = Path(".local/mutants")
EVERY = 12  # of so many, one is taken away in every run of CI


@cache
def written() -> dict[str, str]:
    """The test that catches each, by the check's key."""
    held = yaml.safe_load(FILE.read_text()) if FILE.exists() else {}
    return dict((held or {}).get("caught") or {})


@cache
def accepted() -> dict[str, str]:
    """Those that no test can catch, and why that does no harm."""
    held = yaml.safe_load(FILE.read_text()) if FILE.exists() else {}
    return dict((held or {}).get("makes_no_difference") or {})


def sample(every: Sequence[taken.Check]) -> list[taken.Check]:
    """One of so many of those that are known to be caught."""
    return [c for c in every if c.key in written()][::EVERY]


def _found() -> dict[str, str]:
    found = dict(written())
    for path in RUNS.glob("caught-*-of-*.tsv"):
        for line in path.read_text().splitlines():
            how, key, by, _ = line.split("\t")
            if how == "caught":
                found[key] = by
    return found


if __name__ == "__main__":
    keys, found = {c.key for c in taken.every()}, _found()
    held = {
        "caught": {k: found[k] for k in sorted(keys & found.keys())},
        "makes_no_difference": {k: w for k, w in accepted().items() if k in keys},
    }
    said = "# Each check of the source and the test that fails without it (make proof-mutants); and those without which nothing changes, and why.\n"
    FILE.write_text(said + yaml.safe_dump(held, sort_keys=False, width=1000))
    sys.stdout.write(f"{len(held['caught'])} caught of {len(keys)}\n")
