"""`link` and `rebuild`: who is one person, and everything derived from events derived again."""

from __future__ import annotations

import time
from datetime import UTC, datetime

import click
from django.db import transaction

from sightline.access.log import Action, write
from sightline.access.viewer import Viewer
from sightline.chronology.settling import rebuild as settle_everything
from sightline.chronology.sightings import sightings
from sightline.people.linking import link_all


def _sightline(at: datetime, route: str) -> Viewer:
    """The system itself, at a command line: no account, no post."""
    return Viewer(None, "sightline", "", "", 0, None, at, route)


@click.command("link")
def link() -> None:
    """Work out which records are one person, and link them. Decisions that people made are kept."""
    started, at = time.perf_counter(), datetime.now(UTC)
    linked = link_all(_sightline(at, "command link"), at=at, sightings=sightings())
    click.echo(
        f"{linked.records:,} records, {linked.people:,} people: {linked.joined:,} joined to another, {linked.moved:,} changed person,"
        f" {linked.for_review:,} pairs for review, {linked.vetoed:,} pairs held apart by a veto; {time.perf_counter() - started:.1f} s"
    )
    click.echo(f"model {linked.model_version}")


@click.command("rebuild")
def rebuild() -> None:
    """Drop what is derived from events (people's descriptions, addresses, relationships, markers, keys) and derive it again."""
    started, at = time.perf_counter(), datetime.now(UTC)
    with transaction.atomic():
        write(
            _sightline(at, "command rebuild"), Action.ADMINISTRATION, note="rebuild of everything derived from events"
        )
        events = settle_everything()
    click.echo(f"{events:,} events settled again in {time.perf_counter() - started:.1f} s")
