"""How long a tie to a child outlasts the work that opened it."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days

LIMITS = [
    Limit(
        "involvement.ends",
        Days(28),
        local_default(provision="IS-01"),
        "work with a child is over: their record stays open so long to those whom it was opened to",
    ),
    Limit(
        "involvement.handed_on",
        Days(14),
        local_default(provision="IS-01"),
        "work is handed on: the record stays open so long to whoever had it and has no other work with the child",
    ),
    Limit("involvement.told", Days(7), local_default(provision="IS-08"), "how long before its end somebody is told"),
    Limit("involvement.kept", Days(28), local_default(provision="IS-01"), "whoever says why still needs the record"),
    Limit(
        "involvement.listed",
        Days(28),
        local_default(provision="IS-01"),
        "how long a team lead is shown whose work ended, and may hand it on again",
    ),
]
