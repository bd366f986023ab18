"""Logs: structured, and never a value about a person. A fault is logged by where it happened, not by what it said."""

from __future__ import annotations

import json
import logging
import os
import sys
import traceback
from typing import Any

import structlog


class PlacesOnly(logging.Formatter):
    """One JSON object a line. Of a fault only its kind and its places: a database's message quotes the row that it refused."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        line: dict[str, Any] = {"event": record.getMessage(), "level": record.levelname.lower(), "logger": record.name}
        if record.exc_info:
            line["fault"] = self.formatException(record.exc_info)
        return json.dumps(line)

    def formatException(self, ei: Any) -> str:
        """Kinds and places, the first cause first."""
        told: list[str] = []
        error: BaseException | None = ei[1]
        while error is not None:
            frames = traceback.extract_tb(error.__traceback__)
            told.append(
                " < ".join([type(error).__name__, *(f"{f.filename}:{f.lineno} {f.name}" for f in reversed(frames))])
            )
            error = error.__cause__ or error.__context__
        return " | ".join(reversed(told))


def configure(_settings: Any) -> None:
    """JSON lines to standard error; a test or a terminal may ask for less."""
    level = os.environ.get("SIGHTLINE_LOG", "WARNING")
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(PlacesOnly())
    root = logging.getLogger()
    root.handlers = [h for h in root.handlers if not isinstance(h.formatter, PlacesOnly)] + [handler]
    root.setLevel(level)
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=sys.stderr),
    )
