"""A form about a child who has been closed to its writer since: it is not there, and names nobody whom they may not know of."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from cast import LONG_AGO, NOW, Member, involve, person_of, seal, write_person
from sightline.access.models import AccessEntry
from sightline.kernel.errors import NotFound, Refused
from sightline.pathways.concern.models import Draft
from sightline.pathways.concern.queries import draft_of, drafts_of
from sightline.pathways.concern.services import open_children

pytestmark = [pytest.mark.django_db, pytest.mark.requirement("IS-05")]
WHY = "They were in the same room when it happened"
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def pair() -> tuple[int, int]:
    made = [write_person("social_care", key, at=LONG_AGO, forenames=key, surname="Byrne") for key in ("Ada", "Ben")]
    return person_of(made[0]), person_of(made[1])


def test_a_draft_that_speaks_of_somebody_sealed_since_is_not_there(constable: Member, pair: tuple[int, int]) -> None:
    involve(constable, *pair)
    said = {"author_id": constable.user.pk, "answers": {}, "begun_at": NOW, "saved_at": NOW}
    both, alone = (Draft.objects.create(token=t, people=list(of), **said) for t, of in (("b", pair), ("a", pair[:1])))
    assert {d.pk for d in drafts_of(constable.viewer())} == {both.pk, alone.pk}
    seal(pair[1], since=NOW)
    viewer = constable.viewer(at=LATER)
    assert [d.pk for d in drafts_of(viewer)] == [alone.pk]
    assert draft_of(viewer, "a") == alone
    with pytest.raises(NotFound):
        draft_of(viewer, "b")
    assert AccessEntry.objects.filter(outcome="refused", note="draft", people=sorted(pair)).exists()


def test_nobody_sealed_is_taken_into_a_form_by_their_number(constable: Member, pair: tuple[int, int]) -> None:
    involve(constable, pair[0], at=timezone.now() - timedelta(days=1))
    assert open_children(constable.viewer(reason=WHY), pair[0], [pair[1]]) == list(pair)
    seal(pair[1], since=NOW)
    with pytest.raises(Refused):
        open_children(constable.viewer(at=LATER, reason=WHY), pair[0], [pair[1]])
