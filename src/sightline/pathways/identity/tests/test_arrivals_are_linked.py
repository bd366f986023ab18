"""A record that arrives by itself is linked by the worker, without waiting for everybody to be linked."""

from __future__ import annotations

import pytest
from procrastinate.contrib.django.models import ProcrastinateJob
from tests.cast import person_of, write_person

from sightline.pathways.identity.tasks import link_arrivals

CHILD = {"forenames": "Zuzana", "surname": "Tulejova", "born": "2016-03-04", "sex": "F", "nhs_number": "9990638039"}


@pytest.mark.django_db
def test_a_record_just_written_asks_to_be_linked_and_is(django_capture_on_commit_callbacks: object) -> None:
    first = write_person("health", "P1", **CHILD)
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        second = write_person("education", "E7", **CHILD)
    asked = ProcrastinateJob.objects.filter(task_name__endswith="link_arrivals", args={"records": [second]})
    assert asked.count() == 1
    job = asked.get()
    link_arrivals(**job.args)
    assert person_of(first) == person_of(second)


@pytest.mark.django_db
def test_doing_it_again_changes_nothing() -> None:
    first, second = write_person("health", "P1", **CHILD), write_person("education", "E7", **CHILD)
    link_arrivals(records=[second])
    before = person_of(first)
    link_arrivals(records=[first, second])
    assert (person_of(first), person_of(second)) == (before, before)
