"""Who reviews access: the data guardians of an agency, else those of the others, else whoever leads it. Never nobody, and nobody themselves."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sightline.access.models import Exclusion, Post
from sightline.access.rota import live_posts
from sightline.access.spans import live_at

GUARDIAN = "data_guardian"
NEXT_LEVEL = "partner_lead"


class Guardians:
    """Who guards which agency at a moment, and from whom each of them is kept by a conflict of interest."""

    def __init__(self, at: datetime) -> None:
        held = Post.objects.filter(live_posts(at), role__in=(GUARDIAN, NEXT_LEVEL))
        self._posts = [(p.role, p.agency_id, p.user_id) for p in held]
        barred = Exclusion.objects.filter(live_at(at), user__in={user for _, _, user in self._posts})
        self._barred = set(barred.values_list("user_id", "person_id"))

    def _free(self, role: str, agency: int | None, but: int, people: Iterable[int]) -> set[int]:
        users = {u for r, a, u in self._posts if r == role and agency in (a, None) and u != but}
        return {u for u in users if not any((u, p) in self._barred for p in people)}

    def reviewers(self, agency: int | None, *, of: int, people: Iterable[int] = ()) -> set[int]:
        """The users who review what a user of an agency did about these people: never that user, nor anybody excluded from one of them.

        What no user did, of no agency, every guardian reviews.
        """
        those = tuple(people)
        rungs = ((GUARDIAN, agency), (GUARDIAN, None), (NEXT_LEVEL, agency), (NEXT_LEVEL, None))
        return next((found for role, where in rungs if (found := self._free(role, where, of, those))), set())

    def above(self, agency: int, *, of: int, people: Iterable[int] = ()) -> set[int]:
        """The users told where nobody reviews in time: those who lead the agency, else those who lead another."""
        those = tuple(people)
        return self._free(NEXT_LEVEL, agency, of, those) or self._free(NEXT_LEVEL, None, of, those)
