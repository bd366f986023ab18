"""Values that are each seen nowhere else, so that whatever reaches an answer can be traced to whose it is and which system said it."""

from __future__ import annotations

import base64
import binascii
import io
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum
from html import unescape
from typing import Any, get_args, get_origin
from urllib.parse import unquote_plus

from pypdf import PdfReader

from sightline.chronology.kinds import kinds
from sightline.chronology.wording import NUMBERS
from sightline.kernel.moments import say_date

LETTERS = "bcdfghjklmnprstw"
STEM = "zqv"
# Whatever in a text could be a value, in one pass: `4 July 2014`, `2014-07-04`, `04/07/2014`, a telephone number, a number, a word.
_TOKEN = re.compile(r"\d{1,2} [a-z]+ \d{4}|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|07700 \d{6}|\d[\d,]*\d|[a-z]+")
_CODED = re.compile(r"[A-Za-z0-9+/_-]{12,}")
_SECRETS = re.compile(r'name="csrfmiddlewaretoken" value="\w+"')


class Of(StrEnum):
    """What a value is, as far as it matters to who may see it."""

    WHO = "who it is: name, birth, sex, address; shown from systems that are pointers too"
    CONTENT = "what a system says"
    STANDING = "a standing fact in its own words; shown from systems that are pointers too"


@dataclass(frozen=True)
class Canary:
    """One value: whose, from which system, in which field."""

    value: str
    owner: str
    source: str
    what: Of
    field: str


@dataclass
class Aviary:
    """All the values of a scene."""

    held: list[Canary] = field(default_factory=list)
    _shapes: dict[str, Canary] = field(default_factory=dict)
    _read: dict[str, frozenset[Canary]] = field(default_factory=dict)

    def _keep(self, value: str, owner: str, source: str, what: Of, name: str, *shapes: str) -> str:
        made = Canary(value, owner, source, what, name)
        self.held.append(made)
        self._shapes |= dict.fromkeys([s.lower() for s in (value, *shapes)], made)
        return value

    def word(self, owner: str, source: str, name: str, what: Of = Of.CONTENT) -> str:
        """A word that no language has."""
        n, letters = len(self.held), ""
        for _ in range(4):
            n, digit = divmod(n, len(LETTERS))
            letters += LETTERS[digit]
        return self._keep(f"{STEM.capitalize()}{letters}x", owner, source, what, name)

    def day(self, owner: str, source: str, name: str, what: Of = Of.CONTENT) -> date:
        """A day long after anything else here."""
        on = date(2060, 1, 1) + timedelta(days=len(self.held))
        self._keep(on.isoformat(), owner, source, what, name, say_date(on), f"{on:%d/%m/%Y}")
        return on

    def number(self, owner: str, source: str, name: str) -> int:
        """A number too large to be a count of anything."""
        value = 731_000_000 + 7 * len(self.held)
        self._keep(str(value), owner, source, Of.CONTENT, name, f"{value:,}")
        return value

    def said(self, text: str, owner: str, source: str, name: str, what: Of, *shapes: str) -> str:
        """A value that has to look like what it is: a forename, a postcode, a number with a check digit."""
        return self._keep(text, owner, source, what, name, *shapes)

    def of(self, *owners: str) -> list[Canary]:
        """Those of these people."""
        return [c for c in self.held if c.owner in owners]

    def leaks(self, *answers: Any) -> set[Canary]:
        """The values that answers hold anywhere in body or headers: as they are, reversed, or coded for an address or in base 64."""
        return {c for answer in answers for c in self.found_in(text_of(answer))}

    def found_in(self, text: str) -> frozenset[Canary]:
        """The same for any text. A piece of a value counts as one that is nobody's."""
        if text not in self._read:
            self._read[text] = self._found_in(text)
        return self._read[text]

    def _found_in(self, text: str) -> frozenset[Canary]:
        hay = "\n".join(dict.fromkeys([text, unescape(text), unquote_plus(text), _decoded(text)])).lower()
        tokens = {*_TOKEN.findall(hay), *_TOKEN.findall(hay[::-1])}
        met = {self._shapes[t] for t in tokens & self._shapes.keys()}
        pieces = {t for t in tokens - self._shapes.keys() if t.startswith(STEM)}
        return frozenset(met | {Canary(t, "", "", Of.CONTENT, "a piece of a value") for t in pieces})

    def fill(
        self, kind: str, owner: str, source: str, standing: Iterable[str] = (), but: Iterable[str] = ()
    ) -> dict[str, Any]:
        """A value for every field that a kind of event has; choices and yes-or-no have no value of their own."""
        filled: dict[str, Any] = {}
        for name, declared in kinds()[kind].model_fields.items():
            shown = declared.alias or name
            if shown in but or shown in NUMBERS:
                continue
            what = Of.STANDING if shown in standing else Of.CONTENT
            filled[shown] = self._value(declared.annotation, owner, source, f"{kind}.{shown}", what)
        return {k: v for k, v in filled.items() if v is not None}

    def _value(self, declared: Any, owner: str, source: str, name: str, what: Of) -> Any:
        inner = [a for a in get_args(declared) if a is not type(None)]
        if get_origin(declared) is list:
            return [self._value(inner[0], owner, source, name, what)]
        if get_origin(declared) is dict:
            return {self.word(owner, source, name): self.word(owner, source, name)}
        if str(get_origin(declared)).endswith("Literal'>") or str(get_origin(declared)) == "typing.Literal":
            return inner[0]
        if declared in (bool, str, int, float, date) or not inner:
            return self._plain(declared, owner, source, name, what)
        return self._value(inner[0], owner, source, name, what)

    def _plain(self, declared: Any, owner: str, source: str, name: str, what: Of) -> Any:
        if declared is bool:
            return True
        if declared is str:
            return self.word(owner, source, name, what)
        if declared in (int, float):
            return self.number(owner, source, name)
        on = self.day(owner, source, name, what).isoformat()
        return on if declared is date else f"{on}T12:00:00+00:00"


# Drawn anew or signed each time: two guard forms and sessions, one says by a number of ours whose session it was.
RANDOM = ("csrftoken", "sessionid", "sightline_whose")


def text_of(answer: Any) -> str:
    """Body and headers of an answer, cookies that came with it included; what guards a form against forgery is random and left out."""
    headers = "\n".join(f"{k}: {v}" for k, v in answer.headers.items())
    cookies = "\n".join(m.OutputString() for m in answer.cookies.values() if m.key not in RANDOM)
    body = answer.content
    if answer.headers.get("Content-Type") == "application/pdf":
        return f"{headers}\n{cookies}\n" + pdf_text(body)
    return f"{headers}\n{cookies}\n" + _SECRETS.sub("", body.decode("utf-8", "replace"))


def pdf_text(file: bytes) -> str:
    """What a PDF says: on its pages, however its lines are broken, in its outline, and of itself."""
    made = PdfReader(io.BytesIO(file))
    of_itself = made.trailer["/Root"].get("/Metadata")
    titles = [str(one) for one in _flat(made.outline)]
    said = [of_itself.get_object().get_data().decode()] if of_itself else []
    pages = [" ".join(page.extract_text().split()) for page in made.pages]
    return "\n".join([*pages, *titles, str(made.metadata), *said])


def _flat(outline: Any) -> Iterator[Any]:
    for one in outline:
        if isinstance(one, list):
            yield from _flat(one)
        else:
            yield one.title


def _decoded(text: str) -> str:
    """What base 64 in a text says, wherever it begins."""
    said = []
    for run in set(_CODED.findall(text)):
        for start in range(4):
            piece = run[start:].replace("-", "+").replace("_", "/")
            piece = piece[: len(piece) // 4 * 4]
            try:
                said.append(base64.b64decode(piece).decode("latin-1"))
            except (binascii.Error, ValueError):
                continue
    return "\n".join(said)
