"""docs/law.md: whoever advises a force finds every rule of law and guidance in one table, and what of it nobody has read."""

from __future__ import annotations

from tools.law_table import law_page

from sightline.alerts.catalogue import limit_lines
from sightline.exchange.sharing.rules import bases
from sightline.kernel.law import Standing
from sightline.oversight.retention.schedules import schedules


def section(title: str) -> str:
    """The part of the page under one heading."""
    return law_page().split(f"## {title}\n")[1].split("\n## ")[0]


def test_every_limit_basis_and_schedule_that_rests_on_law_is_in_the_table_and_what_is_unread_is_listed_apart() -> None:
    law, unread = section("Law and national guidance"), section("Not read yet")
    held = [
        *((f"{v.name}: {v.value}", v.source) for v in limit_lines()),
        *((f"sharing: {key}", b.source) for key, b in bases().items()),
        *((f"retention: {s.key}", s.source) for s in schedules()),
    ]
    resting = [(what, source) for what, source in held if source.standing is not Standing.LOCAL]
    assert len(resting) > 40
    for what, source in resting:
        assert what in law and source.instrument in law, what
        edition = f" ({source.edition})" if source.edition else ""
        assert (f"| {source.instrument}, {source.provision}{edition} |" in unread) is not source.confirmed, what


def test_a_limit_that_nobody_read_says_what_was_looked_for() -> None:
    assert all(v.source.checked for v in limit_lines() if not v.source.confirmed)
