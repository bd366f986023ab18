"""Takes the checks of the source away one at a time and runs the tests in which they decide something, until one of them fails.

    pytest --listen TESTS        which checks decide something in each test
    pytest --mutants=1/2 TESTS   the first half of all, each by every test in which it decides something
    pytest --mutants=known TESTS a sample, each by the test that is known to catch it

What catches which is written to `caught.yaml` by `python -m mutants.caught`.
"""

from __future__ import annotations

import json
import os
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from mutants import caught, opened, taken

HEARD = Path(".local/mutants")
NEVER = ("journeys/", "oracle/test_oracle.py", "oracle/test_other_half.py", "mutants/", "test_mutants")
LONGEST = float(os.environ.get("SIGHTLINE_MUTANT_SECONDS", "240"))
# Words in a test's name that make it likely to catch a check of a kind; those tests go first.
REFUSED = ("refus", "not_", "nobody", "only", "without", "outside", "ext", "other", "unless", "whoever", "may")
HIDES = ("seal", "hid", "exclu", "know", "conflict", "restrict")
CUTS = ("agency", "permitted", "pointer", "source", "handling", "code")
LIKELY = {
    **dict.fromkeys(("hidden", "unseen", "excluded", "_excluded", "_restricted", "as_known"), HIDES),
    **dict.fromkeys(("sees", "as_permitted", "for_standing", "of_a_place", "behind_a_summary"), CUTS),
    "live_at": ("over", "end", "last", "until", "lift", "expire", "sixty", "hour"),
    "unlogged": ("log", "written_down", "look"),
}


def pytest_addoption(parser: pytest.Parser) -> None:
    """What is to be done."""
    parser.addoption("--listen", action="store_true", help="write down which checks decide something in each test")
    parser.addoption(
        "--mutants", default="", help="I/N: every N'th of all from the I'th; known: a sample by what is known"
    )


def pytest_configure(config: pytest.Config) -> None:
    """Listening is a plugin of its own; so is taking away."""
    if config.getoption("--listen"):
        config.pluginmanager.register(Listening(), "mutants-listening")
    if said := config.getoption("--mutants"):
        if said == "known":
            config.args = sorted({caught.written()[c.key].partition("::")[0] for c in caught.sample(taken.every())})
        config.pluginmanager.register(Taking(said), "mutants-taking")


@dataclass(eq=False)  # pytest asks for its hash
class Listening:
    """Which checks decided something in each test, and how long it took."""

    heard: dict[str, tuple[list[str], float]] = field(default_factory=dict)
    shared: dict[str, set[str]] = field(default_factory=dict)  # and in what tests share, by the fixture's name

    def pytest_collection_finish(self) -> None:
        """Before the first test."""
        taken.listen()

    @pytest.hookimpl(hookwrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Iterator[None]:
        """One test."""
        opened.DECIDED.clear()
        began = time.monotonic()
        yield
        shared = (self.shared.get(name, set()) for name in getattr(item, "fixturenames", ()))
        self.heard[item.nodeid] = (sorted(opened.DECIDED.union(*shared)), round(time.monotonic() - began, 2))

    @pytest.hookimpl(hookwrapper=True)
    def pytest_fixture_setup(self, fixturedef: pytest.FixtureDef[Any]) -> Iterator[None]:
        """What several tests of a file share is made in the first of them, and decides in each."""
        before = opened.DECIDED.copy()
        opened.DECIDED.clear()
        yield
        if fixturedef.scope in ("class", "module"):
            self.shared.setdefault(fixturedef.argname, set()).update(opened.DECIDED)
        opened.DECIDED.update(before)

    def pytest_sessionfinish(self) -> None:
        """A file for each process."""
        if self.heard:
            HEARD.mkdir(parents=True, exist_ok=True)
            name = os.environ.get("PYTEST_XDIST_WORKER", "main")
            (HEARD / f"heard-{name}.json").write_text(json.dumps(self.heard))


@dataclass(eq=False)
class Taking:
    """Takes away one check after another."""

    said: str
    lines: list[str] = field(default_factory=list)

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """In place of pytest's own loop over the tests."""
        items = {i.nodeid: i for i in session.items if not any(n in i.nodeid for n in NEVER)}
        for check, names in self._planned():
            began = time.monotonic()
            by = next((n for n in self._tried(names, began) if n in items and _fails(check, items[n])), "")
            session.testsfailed += not by
            self._say(session, check, by, f"{time.monotonic() - began:.1f} s, {len(names)} tests")
        return True

    def _planned(self) -> Iterator[tuple[taken.Check, list[str]]]:
        known, every = caught.written(), taken.every()
        if self.said == "known":
            for check in caught.sample(every):
                yield check, [known[check.key]] if check.key in known else []
            return
        first, _, of = self.said.partition("/")
        heard, seen = _heard(), caught.by_the_oracle()
        left = sorted((c for c in every if c.key not in seen), key=lambda c: sum(heard.get(c.key, {}).values()))
        for check in left[int(first) - 1 :: int(of)]:  # those that little has to be run for first
            took = heard.get(check.key, {})
            names = sorted(took, key=lambda n, c=check, t=took: (-_likely(c, n), t[n]))
            yield check, [n for n in [known.get(check.key, ""), *names] if n]

    def _tried(self, names: list[str], began: float) -> Iterator[str]:
        for name in dict.fromkeys(names):
            if time.monotonic() - began > LONGEST:
                return
            yield name

    def _say(self, session: pytest.Session, check: taken.Check, by: str, how: str) -> None:
        line = f"{'caught' if by else 'NOT CAUGHT'}\t{check.key}\t{by}\t{how}"
        self.lines.append(line)
        HEARD.mkdir(parents=True, exist_ok=True)
        with (HEARD / f"caught-{self.said.replace('/', '-of-')}.tsv").open("a") as file:
            file.write(line + "\n")
        reporter: Any = session.config.pluginmanager.get_plugin("terminalreporter")
        reporter.write_line(line)

    def pytest_terminal_summary(self, terminalreporter: Any) -> None:
        """How many, at the end."""
        missed = [line for line in self.lines if line.startswith("NOT")]
        terminalreporter.write_line(
            f"mutants: {len(self.lines) - len(missed)} of {len(self.lines)} checks taken away were caught"
        )


def _likely(check: taken.Check, test: str) -> int:
    """How much of a test's name speaks of what a check is for."""
    asks = "unlogged" if check.to.endswith("_unlogged") else check.asks.split()[0]
    said = test.rpartition("::")[2]
    words = LIKELY.get(asks, ())
    return 2 * sum(w in said for w in words) + (sum(w in said for w in REFUSED) if asks != "unlogged" else 0)


def _heard() -> dict[str, dict[str, float]]:
    """Of each check the tests in which it decides something, and how long each takes."""
    found: dict[str, dict[str, float]] = {}
    for path in sorted(HEARD.glob("heard-*.json")):
        for test, (keys, took) in json.loads(path.read_text()).items():
            for key in keys:
                found.setdefault(key, {})[test] = took
    return found


def _fails(check: taken.Check, item: pytest.Item) -> bool:
    """Whether a test fails where a check is not made, and passes again where it is. Raises where it does not: then no other is a witness either."""
    with taken.away(check):
        failed = bool(_run(item))
    if failed and (why := _run(item)):
        raise pytest.UsageError(f"{item.nodeid} fails with {check.key} made: {why}")
    return failed


@dataclass(frozen=True)
class _Nothing:
    """What comes next: nothing that shares more with a test than the session, so that what files share is made anew."""

    session: pytest.Session

    def listchain(self) -> list[Any]:
        """As pytest asks of an item."""
        return [self.session]


def _run(item: pytest.Item) -> str:
    """Why a test fails; nothing where it passes."""
    if hasattr(item, "_initrequest"):
        item._initrequest()
    after: Any = _Nothing(item.session)
    return "\n".join(str(r.longrepr) for r in runtestprotocol(item, log=False, nextitem=after) if r.failed)
