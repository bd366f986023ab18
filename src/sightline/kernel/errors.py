"""Errors worded for the practitioner; one middleware maps them to answers."""

from __future__ import annotations

from dataclasses import dataclass


class SightlineError(Exception):
    """Anything Sightline says no to, in words a practitioner can act on."""

    status = 400

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.message = message


class Refused(SightlineError):
    """The step cannot be taken as things stand; the message says why and what would help."""

    status = 409


class NotPermitted(SightlineError):
    """This viewer may not do or see this; says nothing about whether the thing exists."""

    status = 403


class NotFound(SightlineError):
    """Nothing here that this viewer may know of; sealed and absent look the same."""

    status = 404


class NotLogged(SightlineError):
    """The look could not be written down, so nothing is shown."""

    status = 503


def shown(text: str) -> str:
    """Text from outside as it can be said and stored: a NUL character, which the database refuses, shows as a replacement mark."""
    return text.replace("\x00", "\ufffd")


@dataclass
class BadInput(SightlineError):
    """A row or field that cannot be taken as it stands, with where it is and why.

    `row` counts the mapping's repeating elements from 1; 0 speaks of the file as a whole.
    """

    file: str
    row: int
    field: str
    reason: str
    status = 422

    def __post_init__(self) -> None:
        self.field, self.reason = shown(self.field), shown(self.reason)
        super().__init__(str(self))

    def __str__(self) -> str:
        where = f"{self.file}, row {self.row}" if self.row else self.file
        return f"{where}, field {self.field}: {self.reason}" if self.field else f"{where}: {self.reason}"
