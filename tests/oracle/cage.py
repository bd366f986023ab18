"""Canaries in every form a leak could take: as they are, in lower case, by sound, reversed, coded for an address or in base 64, the
last four of a number, and a date as pages say it. A text is read once, whatever it holds."""

from __future__ import annotations

import base64
import hashlib
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from datetime import date
from html import unescape
from urllib.parse import unquote_plus

from access_proof.canaries import STEM, Aviary, Canary, Of
from sightline.people.matching.sounds import rough_sound, sound

_WORD = re.compile(r"[a-z]*zqv[a-z]*|[a-z]*vqz[a-z]*")
_DAY = re.compile(r"\d{1,2} [a-z]+ \d{4}|\d{4}-\d\d-\d\d|\d\d/\d\d/\d{4}|(?<!\d)\d{8}(?!\d)")
_NUMBER = re.compile(r"\+?\d[\d, ]*\d")
_FOUR = re.compile(r"(?<![\d/:#=.,\w-])(\d{4})(?![\d/:=\w-]|,\d|\.\d)")
_OURS = re.compile(r"\b(?:person|alert|entry|number|opening|look|user|review|link) \d+")
_POSTCODE = re.compile(r"\bzq\d{1,2}\+?\s?\d[a-z]{2}\b|\b[a-z]{2}\d\s?\d{1,2}qz\b")
_HEARD = re.compile(r"\bsk[vf][a-z]{2,}")
_CODED = re.compile(r"[A-Za-z0-9+/_=-]*")
_THREE_DIGITS = "[MNO][DTjz][AEIMQUYcgk][tw-z0-5]"  # in base 64; or two and a dash
_SECRETS = re.compile(r'Content-Length: \d+|name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]+"')


def _base64_stems() -> tuple[str, ...]:
    """What base 64 makes of the beginning of every word, wherever in three bytes it begins: only the characters that it alone settles."""
    found = set()
    for stem in (STEM, STEM.capitalize(), STEM.upper(), STEM[::-1]):
        for before in range(3):
            coded = base64.b64encode(b"\0" * before + stem.encode()).decode().rstrip("=")
            settled = coded[-(-before * 8 // 6) : (before + len(stem)) * 8 // 6]
            found.add(settled)
    return tuple(sorted(found))


_STEMS = re.compile("|".join((*_base64_stems(), _THREE_DIGITS)))


Sightings = dict[str, frozenset[Canary]]


@dataclass
class Cage(Aviary):
    """All the values of a scene, found in a text by one look-up for each thing in it that could be one."""

    _by_shape: dict[str, set[Canary]] = field(default_factory=lambda: defaultdict(set))
    _fours: dict[str, set[Canary]] = field(default_factory=lambda: defaultdict(set))
    _sounds: dict[str, set[Canary]] = field(default_factory=lambda: defaultdict(set))
    _numbers: int = 0
    ours: set[str] = field(
        default_factory=set
    )  # numbers of people and posts, which forms send back: never the end of somebody's own number
    _met: dict[bytes, Sightings] = field(default_factory=dict)

    def _keep(self, value: str, owner: str, source: str, what: Of, name: str, *shapes: str) -> str:
        super()._keep(value, owner, source, what, name, *shapes)
        made = self.held[-1]
        for shape in (value, *shapes):
            self._by_shape[shape.lower()].add(made)
        if value.startswith(STEM.capitalize()):
            for heard in {sound(value.lower()), rough_sound(value.lower())}:
                self._sounds[heard.lower()].add(made)
        digits = re.sub(r"\D", "", value)
        if digits and not re.search(r"[A-Za-z]", value) and not re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            self._by_shape[digits].add(made)
            self._fours[digits[-4:]].add(made)
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            for shape in date_forms(date.fromisoformat(value)):
                self._by_shape[shape.lower()].add(made)
        return value

    def number(self, owner: str, source: str, name: str) -> int:
        """A number too large to be a count of anything, whose last four are no year."""
        n = self._numbers = self._numbers + 1
        value = 731_005_000 + 7 * n % 4_999 + n // 714 * 10_000
        self._keep(str(value), owner, source, Of.CONTENT, name, f"{value:,}")
        return value

    def forms(self, canary: Canary) -> dict[str, str]:
        """Every form of a value that this finds, by name: for the test that it does."""
        value = canary.value
        made = {
            "as it is": value,
            "lower case": value.lower(),
            "reversed": value[::-1],
            "for an address": _percent(value),
        }
        if not re.fullmatch(
            r"[A-Z]{2}\d+ \d[A-Z]{2}", value
        ):  # a postcode stands in a line with the name of its street
            made |= {
                f"base 64 after {n}": base64.b64encode(b"-" * n + value.encode() + b"--").decode() for n in range(3)
            }
        if value.startswith(STEM.capitalize()):
            made |= {"by sound": sound(value.lower()), "by rough sound": rough_sound(value.lower())}
        digits = re.sub(r"\D", "", value)
        if digits[-4:] not in self.ours and canary in self._fours.get(digits[-4:], ()):
            made["last four"] = f"ends {digits[-4:]}"
        if re.fullmatch(r"\d{4}-\d\d-\d\d", value):
            made |= {f"day {n}": shape for n, shape in enumerate(date_forms(date.fromisoformat(value)))}
        return made

    def _found_in(self, text: str) -> frozenset[Canary]:
        return frozenset(c for held in self.sightings(text).values() for c in held)

    def sightings(self, text: str) -> Sightings:
        """What in a text is a value, and whose it may be: several where two values have one form. A piece of a value is nobody's."""
        key = hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).digest()
        if key not in self._met:
            found: Sightings = {}
            for hay in _as_read(_SECRETS.sub("", text)):
                found |= dict(self._in(hay))
            self._met[key] = found
        return self._met[key]

    def _in(self, hay: str) -> Iterator[tuple[str, frozenset[Canary]]]:
        low = hay.lower()
        for token in set(_WORD.findall(low)):
            yield token, frozenset(self._word(token))
        for heard in set(_HEARD.findall(low)) & self._sounds.keys():
            yield heard, frozenset(self._sounds[heard])
        days = {*_DAY.findall(low), *_DAY.findall(low[::-1])}
        for token in days & self._by_shape.keys():
            yield token, frozenset(self._by_shape[token])
        for token in set(_POSTCODE.findall(low)):
            for form in {token.replace("+", " "), token[::-1]} & self._by_shape.keys():
                yield form, frozenset(self._by_shape[form])
        for token in set(_NUMBER.findall(low)):
            yield from self._number(token)
        for four in (set(_FOUR.findall(_OURS.sub("", low))) & self._fours.keys()) - self.ours:
            yield four, frozenset(self._fours[four])

    def _word(self, token: str) -> set[Canary]:
        for form in (token, token[::-1]):
            if form in self._by_shape:
                return self._by_shape[form]
        return {Canary(token, "", "", Of.CONTENT, "a piece of a value")}

    def _number(self, token: str) -> Iterator[tuple[str, frozenset[Canary]]]:
        digits = re.sub(r"\D", "", token)
        for form in (digits, digits[::-1], *(re.sub(r"\D", "", part) for part in token.split())):
            if len(form) > 5 and form in self._by_shape:
                yield form, frozenset(self._by_shape[form])


def date_forms(on: date) -> tuple[str, ...]:
    """A day as pages, files and messages say it."""
    return (
        on.isoformat(), f"{on.day} {on:%B} {on.year}", f"{on.day} {on:%b} {on.year}", f"{on:%d/%m/%Y}", f"{on:%Y%m%d}",
        f"{on:%d %B %Y}",
    )  # fmt: skip


def _percent(value: str) -> str:
    return "".join(f"%{b:02X}" for b in value.encode())


def _as_read(text: str) -> Iterator[str]:
    """A text as it stands, and as a browser or another programme would read it."""
    plain = text.replace("&nbsp;", " ").replace("\xa0", " ")
    yield plain
    if "&#" in plain or "&amp;" in plain:
        yield unescape(plain)
    if "%" in plain:
        yield unquote_plus(plain)
    if coded := list(_runs(plain)):
        yield "\n".join(coded)


def _runs(text: str) -> Iterator[str]:
    """What the base 64 in a text says, of those runs of it in which a word or a number could begin."""
    read = 0
    for met in _STEMS.finditer(text):
        if met.start() < read:
            continue
        backwards = _CODED.match(text[max(0, met.start() - 400) : met.start()][::-1])
        onwards = _CODED.match(text, met.start())
        before = backwards.group()[::-1] if backwards else ""
        if onwards is not None:
            read = onwards.end()
            yield from _decoded(before + onwards.group())


def _decoded(run: str) -> Iterable[str]:
    tidy = run.replace("-", "+").replace("_", "/").replace("=", "")
    for start in range(4):
        piece = tidy[start:]
        yield base64.b64decode(piece[: len(piece) // 4 * 4] or "").decode("latin-1")


def owned(canary: Canary, owner: str) -> Canary:
    """The same value, as somebody else's."""
    return replace(canary, owner=owner)
