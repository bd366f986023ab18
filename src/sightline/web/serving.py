"""Running it: migrations, the web server, the worker."""

from __future__ import annotations

import os
import sys

import click
from django.core.management import call_command


@click.command()
def migrate() -> None:
    """Bring the database's tables up to date, as the owner role."""
    call_command("migrate", verbosity=0, interactive=False)


@click.command()
@click.option("--port", default=8000, show_default=True)
@click.option("--host", default="127.0.0.1", show_default=True)
def serve(port: int, host: str) -> None:
    """Serve the pages and the API on one port."""
    call_command("collectstatic", verbosity=0, interactive=False)
    workers = ["--workers", os.environ.get("SIGHTLINE_WORKERS", "2"), "--threads", "8", "--worker-class", "gthread"]
    workers += ["--preload", "--no-control-socket"]  # the pages are compiled once, not once a worker
    click.echo(f"Sightline is at http://localhost:{port}/")
    command = [sys.executable, "-m", "gunicorn", "sightline.web.wsgi:application", "--bind", f"{host}:{port}", *workers]
    os.execv(sys.executable, command)  # noqa: S606 - our own interpreter


@click.command()
def worker() -> None:
    """Run background work until stopped."""
    call_command("procrastinate", "worker")
