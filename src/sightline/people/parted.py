"""People whom the matcher takes for two again, on what it has learnt since: everybody who was shown them as one is told."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from datetime import datetime

from sightline.access.partings import any_shown, tell
from sightline.access.viewer import Viewer
from sightline.people.models import Link


def tell_of_partings(by: Viewer, moved: Mapping[int, tuple[int, int]], *, at: datetime) -> int:
    """Tell of each person whose records are now several people's, where anybody was shown them; gives how many. `moved` as `regroup` gives it."""
    after: dict[int, dict[int, list[int]]] = defaultdict(dict)
    for record, (before, now) in moved.items():
        after[before].setdefault(now, []).append(record)
    staying = Link.objects.filter(identity_id__in=after, until_at=None).exclude(record_id__in=moved)
    for person, record in staying.values_list("identity_id", "record_id"):
        after[person].setdefault(person, []).append(record)
    parted = {person: groups for person, groups in after.items() if len(groups) > 1}
    shown = any_shown(parted) if parted else set()
    for person in sorted(shown):
        groups = parted[person]
        tell(by, None, [person], groups, since=_one_since(person, groups.values()), at=at)
    return len(shown)


def _one_since(person: int, groups: Iterable[list[int]]) -> datetime:
    """Since when records of two of these groups were one person: when the second group came."""
    links = Link.objects.filter(identity_id=person).order_by("from_at")
    came = sorted(links.filter(record_id__in=held).values_list("from_at", flat=True)[0] for held in groups)
    return came[1]
