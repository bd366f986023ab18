"""Migrations are in step with the models; needs no running server."""

from __future__ import annotations

import os
import sys
import warnings

import django
from django.core.management import call_command
from django.db import connections


def main() -> int:
    """Status 1 where a migration is missing."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.web.settings")
    warnings.filterwarnings("ignore", message="Got an error checking a consistent migration history")
    django.setup()
    connections.databases["default"]["OPTIONS"].pop(
        "pool", None
    )  # no server is running, and a pool would go on asking for one
    try:
        call_command("makemigrations", check=True, dry_run=True, verbosity=1)
    except SystemExit as out_of_step:
        return int(out_of_step.code or 0)
    return 0


if __name__ == "__main__":
    sys.exit(main())
