"""The demonstration: set up, load the invented force, answer one call, and serve."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import click

from sightline.exchange.feeds.belonging import mark_invented
from sightline.pathways import concern

LISTS = Path(concern.__file__).parent / "invented_lists.csv"


@click.command()
@click.option("--people", default=20_000, show_default=True, help="How many people the invented force has.")
@click.option("--seed", default=1, show_default=True, help="Another seed, another force.")
@click.option("--port", default=8000, show_default=True)
@click.option("--no-serve", is_flag=True, help="Stop after the answer to one call.")
def demo(people: int, seed: int, port: int, no_serve: bool) -> None:
    """Set up, load an invented force, answer one call as a table, and serve."""
    os.environ["SIGHTLINE_DEMO"] = "1"
    began = time.monotonic()
    force = Path(os.environ.get("SIGHTLINE_HOME", ".")) / ".local" / "force" / f"{people}-{seed}"
    _step("Database", "migrate")
    _step("For invented people only", "database", "invented")
    if not (force / "complete").exists():
        _step(
            f"Inventing {people:,} people",
            "invent",
            "--people",
            str(people),
            "--seed",
            str(seed),
            "--out",
            str(force),
            *_until(),
        )
        (force / "complete").touch()
    mark_invented(force)
    _step("Loading the extracts of 18 systems", "load", str(force))
    _step("Working out who is who", "link")
    _step("Schools, surgeries and whom to ask for", "lists", "--whole", str(LISTS))
    _step("Who signs in, and one call answered", "demo-call")
    _step("Work for those who sign in to find", "demo-work")
    _step("What should have happened by now, and has not", "alerts", "--days", "7")
    _step("Who is asked to a MARAC", "demo-marac")
    click.echo(f"Ready in {time.monotonic() - began:.0f} s.")
    if not no_serve:
        with _beside("worker"), _beside("seal"):
            _run("serve", "--port", str(port))


def _until() -> list[str]:
    """History up to yesterday, so that what is recent looks recent."""
    return ["--until", (datetime.now().astimezone().date() - timedelta(days=1)).isoformat()]


def _step(says: str, *arguments: str) -> None:
    click.secho(f"{says} ...", bold=True)
    _run(*arguments)


@contextmanager
def _beside(*arguments: str) -> Iterator[None]:
    """A subcommand that runs beside another, and ends with it."""
    running = subprocess.Popen(
        [sys.executable, "-m", "sightline", *arguments], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        yield
    finally:
        running.terminate()
        running.wait(timeout=20)


def _run(*arguments: str) -> None:
    """A subcommand in a process of its own, with the role it needs."""
    done = subprocess.run([sys.executable, "-m", "sightline", *arguments], check=False)
    if done.returncode:
        raise SystemExit(done.returncode)
