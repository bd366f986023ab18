"""Logs: structured, and never a value about a person."""

from __future__ import annotations

import logging
import os
from typing import Any

import structlog


def configure(_settings: Any) -> None:
    """JSON lines to standard error; a test or a terminal may ask for less."""
    level = os.environ.get("SIGHTLINE_LOG", "WARNING")
    logging.basicConfig(level=level, format="%(message)s")
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.JSONRenderer(),
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelNamesMapping()[level]),
        logger_factory=structlog.PrintLoggerFactory(file=None),
    )
