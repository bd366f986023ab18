"""Where an installation lives: `SIGHTLINE_HOME`, else the checkout; what it keeps for itself is under `.local/`."""

from __future__ import annotations

import os
import secrets
from contextlib import suppress
from pathlib import Path
from uuid import uuid4

ROOT = Path(os.environ.get("SIGHTLINE_HOME", Path(__file__).resolve().parents[3]))
LOCAL = ROOT / ".local"


def own_secret(folder: Path = LOCAL) -> str:
    """The secret of this installation, in a file that only its owner may read: 43 characters, made at the first asking.

    Two processes that ask at once get the same: the file stands whole under its name or not at all.
    """
    path = folder / "secret.key"
    if not path.exists():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        fresh = folder / f"{uuid4().hex}.fresh"
        with os.fdopen(os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
            file.write(secrets.token_urlsafe(32))
        with suppress(FileExistsError):
            os.link(fresh, path)
        fresh.unlink()
    return path.read_text()
