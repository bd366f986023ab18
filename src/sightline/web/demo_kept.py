"""What the demonstration keeps from whom: a sealed child, a restricted one, a conflict of interest, what staff declared, and a turn of duty."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import click

from sightline.access.casework import ALLOCATED, open_to
from sightline.access.models import User
from sightline.access.rota import put_on_duty
from sightline.access.staff import declare, exclude
from sightline.access.viewer import Viewer, viewer_for
from sightline.kernel.moments import local
from sightline.oversight.restriction.services import restrict
from sightline.people.anchors import records_of
from sightline.people.models import SourceRecord
from sightline.people.persons import persons

GUARDIAN, WORKER, NEPHEWS, NURSE, INSPECTOR = "keeper", "okoro", "reeve", "doyle", "adeyemi"
ON_DUTY = ("reeve", "sutcliffe")
KEPT = 4  # children


def keep_some(children: list[int], now: datetime) -> None:
    """Of four children one is sealed, one restricted, from one an officer is kept, and one may be family of a nurse."""
    sealed, restricted, nephew, alike = children
    guardian, day = _as(GUARDIAN, now), local(now).date()
    worker = _as(WORKER, now)
    open_to([worker.post_id], [sealed, restricted], why=ALLOCATED, reason="Works with the family", at=now)
    restrict(guardian, restricted, state="restricted", reason="A worker's own family is near: superintendent's decision",
             ask="Amina Okoro, Assessment, 01632 960002", review_on=day + timedelta(days=28))  # fmt: skip
    restrict(guardian, sealed, state="sealed", reason="A protected witness moved here under another name",
             ask="Ruth Keeper, information governance, 01632 960003", review_on=day + timedelta(days=90))  # fmt: skip
    exclude(guardian, _user(NEPHEWS).pk, nephew, reason="His sister's son, as he declared", at=now)
    for name, child in ((NEPHEWS, nephew), (NURSE, alike)):
        declare(_user(name), **_as_declared(child, day))
    for name in ON_DUTY:
        until = now + timedelta(hours=8)
        put_on_duty(_as(INSPECTOR, now), _as(name, now).post_id, from_at=now, until_at=until, latest=until)
    click.echo(
        f"Sealed: person {sealed} is not there for anybody, and opens in an emergency at /break-glass/.\n"
        f"Restricted: person {restricted} opens to okoro alone; others of the cast are told whom to ask.\n"
        f"Sign in as reeve, who is kept from person {nephew}; as keeper, who reviews looks, restrictions and conflicts; as adeyemi, who sets duty."
    )


def _user(name: str) -> User:
    return User.objects.get(username=name)


def _as(name: str, at: datetime) -> Viewer:
    return viewer_for(_user(name), at=at, route="demo").because("The demonstration's cast")


def _as_declared(child: int, day: date) -> dict[str, str]:
    """A surname and an address such as somebody of the same family would declare."""
    home = next(iter(persons([child])[child].living_at(day)), None)
    named = SourceRecord.objects.filter(pk__in=records_of([child])[child]).exclude(surname="")
    return {
        "surname": named.values_list("surname", flat=True).first() or "",
        "lines": home.lines if home else "",
        "postcode": home.postcode if home else "",
    }
