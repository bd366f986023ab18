"""Limits of taking part: how soon things are explained, and how often a child is let down before a supervisor is told."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default
from sightline.clocks.spans import Days, Hours

LIMITS = [
    Limit(
        "participation.closing", Days(2), local_default(), "a child is told why nothing more is done, and says it back"
    ),
    Limit(
        "participation.complaint", Days(2), local_default(), "a supervisor looks at the case that a complaint is about"
    ),
    Limit("participation.advocate", Days(28), local_default(), "what came of an advocate or a mediator is asked"),
    Limit(
        "participation.measures",
        Days(5),
        local_default(),
        "special measures are explained, from when an investigation opens",
    ),
    Limit("participation.bail", Hours(24), local_default(), "bail conditions are given in plain words"),
    Limit(
        "participation.rights",
        Hours(1),
        local_default(),
        "custody rights are said back by the child, from when they were given",
    ),
    Limit(
        "participation.counted",
        Days(365),
        local_default(),
        "changes of worker, cancelled appointments and complaints are counted over",
    ),
    Limit("participation.workers", 3, local_default(), "changes of worker at which a supervisor is told"),
    Limit(
        "participation.cancelled", 3, local_default(), "appointments that we cancelled at which a supervisor is told"
    ),
    Limit("participation.hostile", 2, local_default(), "complaints of hostile conduct at which a supervisor is told"),
]
