"""`work-over`: what the worker does each night, by hand."""

from __future__ import annotations

from datetime import UTC, datetime

import click

from sightline.oversight.involvement.services import settle_ties


@click.command("work-over")
def work_over() -> None:
    """Set the end of every tie to a child whose work is over, and take it back where there is work again. The worker does it each night."""
    ending, back = settle_ties(at=datetime.now(UTC))
    click.echo(f"{ending:,} given an end, {back:,} go on after all.")
