"""What a worklist says that it reads is all that it reads; and one that reads more is right all the same."""

from __future__ import annotations

from dataclasses import replace

import pytest

from access_proof.stage import insider
from access_proof.world import World
from sightline.access.casework import reached
from sightline.access.viewer import Viewer
from sightline.chronology.queries import chronologies
from sightline.chronology.reads import Reading
from sightline.chronology.worklists import Owed, Worklist, owed_to, several
from sightline.kernel.discovery import declared

pytestmark = pytest.mark.django_db
LOOKS = (("mash_manager", "hub"), ("supervisor", "police"))
LISTS = [w for w in declared("panels", Worklist) if w.of]


@pytest.mark.parametrize(("role", "agency"), LOOKS)
def test_it_names_every_kind_of_entry_that_it_reads_and_says_the_same_as_of_the_whole(
    scene: World, role: str, agency: str
) -> None:
    """Of a world that holds an entry of every kind: all of it as it is, and of the child the newest of each kind alone."""
    viewer = insider(role, agency, scene).viewer(at=scene.at)
    for person, held in chronologies(scene.people.values()).items():
        newest = {h.kind: h for h in held.happenings} if person == scene.people["child"] else {}
        for one, of in ((w, w.of) for w in LISTS if w.of):
            for these in (held, *(replace(held, happenings=(h,)) for h in newest.values())):
                with Reading() as reads:
                    list(of(viewer, these, viewer.at))
                read = reads.of.get(person, set())
                assert one.kinds and read <= set(one.kinds), (one.key, read - set(one.kinds))
    whole = several(viewer, reached(viewer, team=False))
    every = [(w.key, o) for w in LISTS for c in whole.values() for o in (w.of(viewer, c, viewer.at) if w.of else ())]
    assert [(w.key, o) for w, o in owed_to(viewer, LISTS, team=False)] == every != []


def test_one_that_reads_a_kind_it_does_not_name_is_asked_again_of_the_whole(scene: World) -> None:
    viewer = insider("case_owner", "social_care", scene).viewer(at=scene.at)

    def of(_viewer: Viewer, chronology: object, _at: object) -> list[Owed]:
        return [Owed(h.kind, h.event_id, None, "") for h in chronology.everything()]  # type: ignore[attr-defined]

    def said(*kinds: str) -> list[Owed]:
        return [o for _, o in owed_to(viewer, [Worklist("x", "X", 1, of=of, kinds=kinds)], team=False)]

    assert said("crime.recorded") == said() != []
