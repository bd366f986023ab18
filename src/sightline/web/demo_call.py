"""The demonstration's own steps: the cast, systems reporting in, and the mother's call answered as a table."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from django.db import transaction
from django.utils import timezone

from sightline.access.models import User
from sightline.access.viewer import viewer_for
from sightline.agencies.models import SystemHeard
from sightline.agencies.systems import record_answer, record_failure, systems
from sightline.pathways.contact.queries import Answer, Asked, first_contact
from sightline.web.cast import PASSWORD, make_cast

SILENT = ("deployment", "forensics", "housing", "cps", "cin_census", "ssda903", "referral_unit", "sightline")
CALL = Asked(name="Mo Hussein", age="9 or 10", postcode="ZS5", description="a boy")


@click.command()
def demo_call() -> None:
    """Make the cast, let the systems report in, answer the mother's call."""
    now = timezone.now()
    with transaction.atomic():
        make_cast()
        _report_in(now)
        viewer = viewer_for(User.objects.get(username="marsh"), at=now, route="demo").because(
            "mother on the line, worried about her son"
        )
        answer = first_contact(viewer, CALL, at=now)
    click.echo(f"\nA mother rings: {CALL.name}, {CALL.age}, near {CALL.postcode}\n")
    show(answer)
    click.echo(
        f"\nSign in as marsh (call handler), okoro (social worker), keeper (data guardian), ext (nobody's); password {PASSWORD}\n"
    )


def _report_in(now: datetime) -> None:
    """Every connected system answers, save one that has been down since this morning and one that is late."""
    for key in systems():
        if (
            key in SILENT
            or SystemHeard.objects.filter(system=key, at__gte=now - timedelta(minutes=5), reason="").count() > 1
        ):
            continue
        if key == "probation":
            record_failure(key, at=now - timedelta(hours=3), reason="no answer from the system")
        elif key != "prison":
            record_answer(key, at=now)


def show(answer: Answer) -> None:
    """The answer, as a table."""
    for number, found in enumerate(answer.found, 1):
        who = found.person
        home = next(iter(who.living_at(answer.at.date())), None)
        place = f"{home.lines}, {home.postcode}" if home else "no address held"
        click.secho(
            f"{number}. {who.name}  ({found.band}, {found.bits:.1f} bits)  born {who.born[0].value if who.born else '?'}  {place}",
            bold=True,
        )
        click.echo("   why: " + "; ".join(found.reasons[:5]))
        for fact in found.standing:
            click.echo(
                f"   ! {fact.label}: {'; '.join(s.says for s in fact.says if s.says)} [{', '.join(sorted({s.source for s in fact.says}))}]"
            )
        for hazard in found.hazards:
            click.echo(f"   ! at the address: {hazard.kind.replace('_', ' ')} {hazard.detail}")
        for member, facts in found.household:
            click.echo(f"   - {member.name} ({member.relation}) " + "; ".join(f.label for f in facts))
    click.echo("\n   Sources: " + "; ".join(f"{s.name}: {s.state.value}" for s in answer.sources))
