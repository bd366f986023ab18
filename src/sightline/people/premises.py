"""Places: two ways of writing one address are one premises."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import lru_cache

from sightline.people.matching.sounds import sound

_WORDS = {"street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "close": "cl", "drive": "dr", "court": "ct", "place": "pl",
          "crescent": "cres", "terrace": "terr", "gardens": "gdns", "apartment": "flat", "apt": "flat"}  # fmt: skip
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")
_DIGIT = re.compile(r"[0-9]")
_WORD = re.compile(r"[a-z0-9]+")
_OUTCODE = re.compile(r"\b[A-Z]{1,2}[0-9][A-Z0-9]?\b")
# What a street's name ends with, once shortened as above.
_KINDS = frozenset(
    {"st", "rd", "ave", "ln", "cl", "dr", "ct", "pl", "cres", "terr", "gdns", "mews", "way", "hill", "grove", "walk", "row", "rise",
     "view", "green", "park", "square", "sq", "yard", "parade", "fold", "gate", "end", "croft", "mount", "bank", "race", "wharf",
     "quay", "lea", "drove", "crest", "vale", "side"}
)  # fmt: skip
# Words of a caller before the street itself.
_LEADING = frozenset(
    {"somewhere", "near", "nearby", "by", "off", "opposite", "outside", "around", "on", "in", "at", "the", "a", "of", "behind",
     "corner", "just", "think", "i", "its", "it", "is"}
)  # fmt: skip
_STREET_WORDS = 3


@lru_cache(maxsize=20_000)
def tidy_postcode(text: str) -> str:
    """`zs5 7ab` as `ZS5 7AB`; what is not a whole postcode comes back upper-cased."""
    found = _POSTCODE.search(text.upper())
    return f"{found[1]} {found[2]}" if found else " ".join(text.upper().split())


def postcode_in(lines: str) -> str:
    """The postcode written into an address, or nothing."""
    found = _POSTCODE.search(lines.upper())
    return f"{found[1]} {found[2]}" if found else ""


@lru_cache(maxsize=50_000)
def as_written(lines: str, postcode: str) -> str:
    """An address with its postcode once, whether or not the system writes it into the lines."""
    return lines if not postcode or postcode in lines else f"{lines}, {postcode}"


def premises_key(lines: str, postcode: str = "") -> int:
    """A stable signed 64-bit hash of the address without case, punctuation, its postcode's place and common abbreviations."""
    code = tidy_postcode(postcode) if postcode else postcode_in(lines)
    rest = _POSTCODE.sub(" ", lines.upper()).lower()
    words = [_WORDS.get(w, w) for w in _WORD.findall(rest)]
    if code:
        at = next((i for i, w in enumerate(words) if _DIGIT.search(w)), len(words))
        words = words[: at + 3]
    digest = hashlib.blake2b(" ".join([*words, code]).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


@dataclass(frozen=True, slots=True)
class Street:
    """What an address says but for its postcode and town: the number, the street's words, and their keys; none where it says none."""

    number: str = ""
    words: tuple[str, ...] = ()

    @property
    def key(self) -> int | None:
        """A number for how the street sounds, whatever kind of street it is called: half remembered, it is still found."""
        named = [w for w in self.words if w not in _KINDS] or list(self.words)
        return _hashed("street", *map(sound, named)) if named else None

    @property
    def door(self) -> int | None:
        """A number for the house: the street's key and the number."""
        return _hashed("door", self.number, str(self.key)) if self.number and self.words else None


def _hashed(*parts: str) -> int:
    digest = hashlib.blake2b("\0".join(parts).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)


def outcode_in(text: str) -> str:
    """The outward part of a postcode, given whole or alone; or nothing."""
    whole = postcode_in(text)
    found = _OUTCODE.search(text.upper())
    return whole.partition(" ")[0] if whole else found[0] if found else ""


@lru_cache(maxsize=50_000)
def street_of(lines: str) -> Street:
    """The street and number that an address names, whatever stands before or behind them."""
    rest = _OUTCODE.sub(" ", _POSTCODE.sub(" ", lines.upper())).lower()
    parts = [[_WORDS.get(w, w) for w in _WORD.findall(part.replace("'", ""))] for part in re.split(r"[,\n;]", rest)]
    parts = [part for part in map(_less_leading, parts) if part]
    numbered = [_numbered(part) for part in parts]
    found = next((one for one in reversed(numbered) if one.number and one.words), None)
    if found:
        return found
    number = next((one.number for one in numbered if one.number), "")
    named = next((one for one in numbered if _KINDS & set(one.words[1:])), None) or next(
        (one for one in numbered if one.words), Street()
    )
    return Street(number, named.words)


def _less_leading(words: list[str]) -> list[str]:
    while words and words[0] in _LEADING:
        words = words[1:]
    return words


def _numbered(words: list[str]) -> Street:
    """One part between commas: its last number that words follow, and the street's name up to what kind of street it is."""
    at = [n for n, w in enumerate(words) if _DIGIT.search(w)]
    last = next((n for n in reversed(at) if n + 1 < len(words)), at[-1] if at else -1)
    named = words[last + 1 :]
    end = next((n for n, w in enumerate(named) if n and w in _KINDS), _STREET_WORDS - 1)
    return Street(words[last] if at else "", tuple(named[: end + 1]))
