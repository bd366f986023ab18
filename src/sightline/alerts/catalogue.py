"""Every rule and limit with its source, as a page and docs/law.md show them."""

from __future__ import annotations

from dataclasses import dataclass

from sightline.alerts.findings import Rule, rules
from sightline.alerts.names import AlertName, alert_names
from sightline.clocks.limits import Limit, limits_declared
from sightline.kernel.law import Source, Standing


@dataclass(frozen=True)
class RuleLine:
    """One kind of alert with the rules that raise it; no rules where none does yet."""

    alert: AlertName
    rules: tuple[Rule, ...]


def rule_lines() -> tuple[RuleLine, ...]:
    """Every kind of the vocabulary in its order."""
    return tuple(RuleLine(name, tuple(r for r in rules() if r.kind == name.name)) for name in alert_names().values())


def limit_lines() -> tuple[Limit, ...]:
    """Every version of every limit, by name, oldest first."""
    return tuple(version for _, held in sorted(limits_declared().items()) for version in held)


def say_source(source: Source) -> str:
    """`Children Act 1989 s46(6) (law)`; what nobody has confirmed says so."""
    where = source.provision if source.standing is Standing.LOCAL else f"{source.instrument}, {source.provision}"
    edition = f", {source.edition}" if source.edition and source.standing is not Standing.LOCAL else ""
    dates = [
        f"from {source.in_force_from}" if source.in_force_from else "",
        f"until {source.in_force_until}" if source.in_force_until else "",
    ]
    held = "".join(f", {d}" for d in dates if d)
    doubt = "" if source.confirmed else ", to be confirmed"
    return f"{where}{edition}{held} ({source.standing.value}{doubt})"
