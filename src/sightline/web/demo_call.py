"""The demonstration's own steps: the cast, systems reporting in, and the mother's call answered as a table."""

from __future__ import annotations

from datetime import datetime, timedelta

import click
from django.db import transaction
from django.utils import timezone

from sightline.access.models import User
from sightline.access.viewer import viewer_for
from sightline.agencies.systems import SourceState, record_answer, record_failure
from sightline.chronology.sources import SourceLine
from sightline.exchange.invented.layouts.catalogue import LAYOUTS
from sightline.kernel.moments import local
from sightline.pathways.contact.queries import Answer, Asked, first_contact
from sightline.web.answers import why
from sightline.web.cast import PASSWORD, make_cast, who_signs_in

DOWN, LATE = "probation", "prison"
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
    click.secho(f"\nWho signs in; the password of each is {PASSWORD}", bold=True)
    for one in who_signs_in():
        click.echo(f"   {one}")
    click.echo()


def _report_in(now: datetime) -> None:
    """Every system that the force has an extract of answers, save one that is down since this morning and one whose last extract is late."""
    for key in LAYOUTS:
        if key == DOWN:
            record_failure(key, at=now, reason="no answer from the system", since=_this_morning(now))
        elif key != LATE:
            record_answer(key, at=now)


def _this_morning(now: datetime) -> datetime:
    """Five past nine, or three hours ago where it is not noon yet."""
    return min(local(now).replace(hour=9, minute=5, second=0, microsecond=0), now - timedelta(hours=3))


def show(answer: Answer) -> None:
    """The answer, as a table."""
    for number, found in enumerate(answer.found, 1):
        who = found.person
        home = next(iter(who.living_at(answer.at.date())), None)
        place = f"{home.lines}, {home.postcode}" if home else "no address held"
        born = who.born[0].value if who.born else "?"
        click.secho(f"{number}. {who.name}  ({found.band}, {found.bits:.1f} bits)  born {born}  {place}", bold=True)
        click.echo(f"   why: {why(found.reasons)}")
        if found.suggested.grade:
            first = found.suggested.raised[0]
            click.echo(f"   suggested response: {found.suggested.grade.label}, because {first.because}")
        for fact in found.standing:
            said, by = "; ".join(s.says for s in fact.says if s.says), ", ".join(sorted({s.source for s in fact.says}))
            click.echo(f"   ! {fact.label}: {said} [{by}]")
        for hazard in found.hazards:
            click.echo(f"   ! at the address: {hazard.kind.replace('_', ' ')} {hazard.detail}")
        for member, facts in found.household:
            click.echo(f"   - {member.name} ({member.relation}) " + "; ".join(f.label for f in facts))
    click.echo("\n   What each system answered, about these people, those they live with and where they live:")
    for state in SourceState:
        if lines := [line for line in answer.sources if line.state is state]:
            click.echo(f"   {state.value}: " + "; ".join(_source(line) for line in lines))


def _source(line: SourceLine) -> str:
    """A system with how many entries it holds, or since when it has been silent."""
    held = f", {line.entries} {'entry' if line.entries == 1 else 'entries'}" if line.entries else ""
    silent = f", {line.says.removeprefix('late: ')}" if line.state in (SourceState.DOWN, SourceState.LATE) else ""
    return f"{line.name}{held}{silent}"
