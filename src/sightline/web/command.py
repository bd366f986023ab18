"""The root command: every subcommand by name, loaded only when it is used."""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from importlib import import_module

import click
import django

from sightline.kernel.errors import SightlineError


@dataclass(frozen=True)
class Sub:
    """A subcommand: where it is, what it is for, and whether it needs Django and a running database."""

    where: str
    means: str
    database: bool = True
    owner: bool = False
    serves: bool = False  # runs as the role that requests are served by, behind the second wall
    database_for: str = ""  # an option that makes it need the database all the same


COMMANDS = {
    "account": Sub("sightline.access.commands:account", "Give somebody an account and a post, or take it away."),
    "agency": Sub("sightline.access.commands:agency_group", "An organisation is renamed, merges or closes."),
    "alerts": Sub("sightline.oversight.replay.commands:alerts", "Bring what stands in step with what is known."),
    "backtest": Sub(
        "sightline.oversight.replay.commands:backtest",
        "What a changed limit would have raised, before anyone turns it on.",
    ),
    "backup": Sub(
        "sightline.oversight.restoration.commands:backup",
        "Copy everything into one encrypted file.",
        database=False,
    ),
    "database": Sub(
        "sightline.web.serving:database",
        "Say once whether the people in this database are live or invented.",
        owner=True,
    ),
    "demo": Sub("sightline.web.demo:demo", "Set up, load the invented force, and serve it.", database=False),
    "demo-call": Sub("sightline.web.demo_call:demo_call", "The demonstration's cast, and one call answered."),
    "demo-work": Sub("sightline.web.demo_work:demo_work", "The demonstration's open work, for its cast to find."),
    "demo-marac": Sub("sightline.web.demo_table:demo_marac", "Who of the demonstration's cast is asked to a MARAC."),
    "calling-system": Sub(
        "sightline.exchange.api.commands:calling_system", "Give another system a key to the API, or take it back."
    ),
    "erase": Sub(
        "sightline.oversight.retention.commands:erase", "Erase what two people decided to dispose of.", owner=True
    ),
    "feed": Sub("sightline.exchange.feeds.commands:feed", "Say what a feed would do with a file, without doing it."),
    "invent": Sub(
        "sightline.exchange.invented.commands:invent",
        "Write an invented force's extracts and the truth.",
        database=False,
    ),
    "link": Sub("sightline.pathways.identity.commands:link", "Work out which records are one person, and link them."),
    "lists": Sub(
        "sightline.pathways.concern.commands:lists",
        "Load lists of schools, surgeries and those who work with children, to choose from.",
    ),
    "load": Sub("sightline.exchange.feeds.commands:load", "Load extracts: progress, quarantine, reconciliation."),
    "lookup": Sub(
        "sightline.people.matching.commands:lookup", "Time and rank look-ups of a file of queries.", owner=True
    ),
    "match": Sub(
        "sightline.people.matching.commands:match", "Link a file of records; no server, nothing stored.", database=False
    ),
    "migrate": Sub("sightline.web.serving:migrate", "Bring the database's tables up to date.", owner=True),
    "rebuild": Sub(
        "sightline.pathways.identity.commands:rebuild", "Drop what is derived from events and derive it again."
    ),
    "register": Sub(
        "sightline.oversight.register.commands:register",
        "Every rule and model: version, owner, test results, retirement.",
    ),
    "replay": Sub(
        "sightline.oversight.replay.commands:replay",
        "Replay cases or a child's record: what would have been raised, when, to whom.",
        database=False,
        database_for="--person",
    ),
    "export": Sub("sightline.exchange.exports.commands:export", "Whether a file is just what was exported."),
    "restore": Sub(
        "sightline.oversight.restoration.commands:restore",
        "Prove that a backup can be restored, or restore it into a new database.",
        database=False,
    ),
    "retention": Sub("sightline.oversight.retention.commands:retention", "Look for records that are due for review."),
    "work-over": Sub(
        "sightline.oversight.involvement.commands:work_over", "End what opens a record where the work is over."
    ),
    "seal": Sub(
        "sightline.access.transparency.commands:seal",
        "Seal the access log each second; checkpoints to a witness.",
        database=False,
    ),
    "serve": Sub("sightline.web.serving:serve", "Serve the pages and the API.", serves=True),
    "verify": Sub(
        "sightline.access.transparency.commands:verify",
        "Whether the access log is whole, in one line.",
        database=False,
    ),
    "worker": Sub("sightline.web.serving:worker", "Run background work."),
}


class Lazy(click.Group):
    """A group that imports a subcommand only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """In name order."""
        return sorted(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command, with the settings and the server it needs made ready."""
        sub = COMMANDS.get(cmd_name)
        if sub is None:
            return None
        helping = any(a in ("--help", "-h") for a in sys.argv[2:]) or ctx.resilient_parsing
        if sub.database or sub.owner or (sub.database_for and sub.database_for in sys.argv):
            prepare(role="owner" if sub.owner else "app" if sub.serves else "work", start=not helping)
        module, name = sub.where.split(":")
        command: click.Command = getattr(import_module(module), name)
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Names and meanings, without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, sub.means) for name, sub in sorted(COMMANDS.items())])


def prepare(*, role: str = "work", start: bool = True) -> None:
    """Django made ready for this process in its role (owner, work or app), and the embedded server running where no DATABASE_URL is given."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.web.settings")
    os.environ["SIGHTLINE_AS"] = role
    settings = import_module("sightline.web.settings")
    if start and settings.EMBEDDED:
        settings.SERVER.ensure()
        os.environ.setdefault("SIGHTLINE_CONNINFO", settings.conninfo())
    elif not settings.EMBEDDED:
        os.environ.setdefault("SIGHTLINE_CONNINFO", settings.conninfo())
    django.setup()


@click.group(cls=Lazy, context_settings={"help_option_names": ["-h", "--help"]})
def root() -> None:
    """Sightline: one line of sight on each child."""


def main() -> None:
    """Run a subcommand; what it refuses is said in words and ends with status 2."""
    try:
        root(prog_name="sightline")
    except SightlineError as error:
        click.echo(f"sightline: {error.message if hasattr(error, 'message') else error}", err=True)
        sys.exit(2)
