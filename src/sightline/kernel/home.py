"""Where an installation lives: `SIGHTLINE_HOME`, else the checkout; what it keeps for itself is under `.local/`."""

from __future__ import annotations

import os
from pathlib import Path

ROOT = Path(os.environ.get("SIGHTLINE_HOME", Path(__file__).resolve().parents[3]))
LOCAL = ROOT / ".local"
