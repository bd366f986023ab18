"""How many children make a network."""

from __future__ import annotations

from sightline.clocks.limits import Limit, local_default

LIMITS = [
    Limit("network.children", 3, local_default(provision="SE-17"), "children linked to one adult"),
    Limit(
        "network.children_marked",
        2,
        local_default(provision="SE-17"),
        "children linked to one adult where a risk is on record",
    ),
    Limit("network.days", 730, local_default(), "days in which links count together"),
]
