"""What each feed is declared to send, for rules that wait for it. Raises no alert itself."""

from __future__ import annotations

import re
from functools import cache

from sightline.alerts.answering import Sends

_SOURCE = re.compile(r"^source: *(\w+)", re.MULTILINE)


@cache
def kinds_of(system: str) -> frozenset[str]:
    """The kinds of entry in the mappings of a record system. Read only when asked: a replay needs no feeds, and no database."""
    from sightline.exchange.feeds.catalogue import feeds, read_mapping  # noqa: PLC0415 - needs the database, which a replay does not

    paths = [path for held in feeds().values() for path in held if _is_of(system, path.read_text(encoding="utf-8"))]
    return frozenset(event.event for path in paths for event in read_mapping(path).events)


def _is_of(system: str, mapping: str) -> bool:
    found = _SOURCE.search(mapping)
    return found is not None and found[1] == system


SENDS = Sends(kinds_of)
