"""A few lines of a custody record as a case: times of one day (and the next), kinds, what they say."""

from __future__ import annotations

HELD = "station: Northgate, reason: arrested in town, offence: theft, power: arrest, necessity: to question promptly"


def custody(
    *rows: tuple[str, str, str],
    until: str = "2014-03-05 12:00:00",
    day: str = "2014-03-04",
    markers: str = "",
    people: str = "",
) -> str:
    """A case from rows of (time or date and time, kind, data). `held` stands for detention that was authorised with good reason."""
    lines = []
    for at, kind, said in rows:
        when = at if len(at) > 5 else f"{day} {at}"
        name, supplied = (
            ("detention.authorised", HELD)
            if kind == "held"
            else (f"detention.{kind}" if "." not in kind else kind, said)
        )
        lines.append(
            f"  - {{at: {when}:00, type: {name}, source: custody, people: {{child: child}}, data: {{{supplied}}}}}"
        )
    return "\n".join([people, markers, "events:", *lines, f"until: {until}", ""])
