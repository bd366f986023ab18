"""Running it: migrations, the web server, the worker."""

from __future__ import annotations

import getpass
import os
import sys
from datetime import UTC, datetime

import click
from django.conf import settings
from django.core.management import call_command

from sightline.access.wall import building
from sightline.kernel.errors import Refused
from sightline.kernel.live_or_invented import People, declare, people_here
from sightline.web import walling

NO_DEMO = "This database is live: the demonstration, which asks for no second factor, is not served from it."

UNSHARED = (
    "With a database of its own (DATABASE_URL) say SIGHTLINE_SECRET_KEY too, the same on every machine that serves: sessions, second factors"
    " and what people had typed hang on it. `python -c 'import secrets; print(secrets.token_urlsafe(32))'` makes one."
)


@click.command()
@click.argument("people", type=click.Choice([People.LIVE.value, People.INVENTED.value]), required=False)
def database(people: str | None) -> None:
    """Say once whether this database holds LIVE or INVENTED people; without a word, what was said. It never changes to the other."""
    if people:
        declare(People(people), by=getpass.getuser(), at=datetime.now(UTC))
    click.echo(f"This database: {people_here()}")


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date, as the owner role, and build the second wall before them."""
    building.take_down()  # a wall stands in the way of changing what it stands on; without policies no request sees a row
    call_command("migrate", verbosity=0, interactive=False)
    walling.build()


def _shares_its_secret() -> None:
    if not settings.EMBEDDED and not os.environ.get("SIGHTLINE_SECRET_KEY"):
        raise Refused(UNSHARED)


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(port: int, host: str) -> None:
    """Serve the pages and the API on one port. Nothing is served where the second wall does not stand, unless SIGHTLINE_WALL=off says so."""
    if settings.DEMO and people_here() is People.LIVE:
        raise Refused(NO_DEMO)
    _shares_its_secret()
    if settings.WALL:
        walling.check()
    else:
        click.echo(
            "Without the second wall, as SIGHTLINE_WALL=off says: the application alone decides who sees what.",
            err=True,
        )
    call_command("collectstatic", verbosity=0, interactive=False)
    workers = ["--workers", os.environ.get("SIGHTLINE_WORKERS", "2"), "--threads", "8", "--worker-class", "gthread"]
    workers += ["--preload", "--no-control-socket"]  # the pages are compiled once, not once a worker
    click.echo(f"Sightline is at http://localhost:{port}/")
    command = [sys.executable, "-m", "gunicorn", "sightline.web.wsgi:application", "--bind", f"{host}:{port}", *workers]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter


@click.command()
def worker() -> None:
    """Run background work until stopped."""
    _shares_its_secret()
    call_command("procrastinate", "worker")
