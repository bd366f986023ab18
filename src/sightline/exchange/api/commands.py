"""`./sightline calling-system`: which other systems may ask for people of their agency, and by which keys."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from sightline.agencies.models import Agency
from sightline.exchange.api.models import CallingSystem
from sightline.exchange.api.services import give_key, take_back
from sightline.kernel.errors import Refused
from sightline.kernel.moments import say_moment


@click.group("calling-system")
def calling_system() -> None:
    """Systems of agencies that may call the API for their own people, each by a key of its own."""


@calling_system.command("give")
@click.argument("name")
@click.argument("agency")
def give(name: str, agency: str) -> None:
    """Give the system NAME of the agency with the key AGENCY a key, which is said this once. Whoever has it asks as any user of that agency."""
    held = Agency.objects.filter(key=agency).first()
    if held is None:
        known = ", ".join(Agency.objects.order_by("key").values_list("key", flat=True)) or "none yet"
        raise Refused(f"There is no agency {agency}. There are: {known}.")
    key = give_key(name, held, at=datetime.now(UTC))
    click.echo(f"Key of {name}, {held}, said once: {key}")


@calling_system.command("take-back")
@click.argument("name")
def back(name: str) -> None:
    """Take the key of the system NAME back: from now on its calls are refused."""
    take_back(name, at=datetime.now(UTC))
    click.echo(f"{name} may not call any more.")


@calling_system.command("list")
def listed() -> None:
    """Which systems may call or could, since when and until when."""
    for system in CallingSystem.objects.select_related("agency").order_by("name"):
        until = f" to {say_moment(system.active_until)}" if system.active_until else ""
        click.echo(f"{system.name}, {system.agency}: from {say_moment(system.active_from)}{until}")
