"""How a name sounds, so that spellings from many languages and mishearings on a poor line meet."""

from __future__ import annotations

import re
from functools import lru_cache

# Longest first: each spelling becomes one sound. Capitals mark sounds that single letters do not write.
_SPELLINGS: tuple[tuple[str, str], ...] = (
    ("tsch", "S"), ("szcz", "S"), ("sch", "S"), ("tch", "S"), ("dzh", "S"), ("ough", "o"), ("augh", "a"),
    ("eigh", "e"), ("igh", "i"), ("ph", "f"), ("kh", "k"), ("gh", "g"), ("ck", "k"), ("cz", "S"), ("ch", "S"),
    ("sh", "S"), ("sz", "S"), ("rz", "S"), ("zh", "S"), ("dj", "S"), ("dz", "S"), ("ts", "s"), ("tz", "s"),
    ("th", "t"), ("dh", "d"), ("bh", "b"), ("qu", "k"), ("ce", "se"), ("ci", "si"), ("cy", "si"), ("ge", "Se"),
    ("gi", "Si"), ("gy", "Si"), ("x", "ks"), ("q", "k"), ("c", "k"), ("z", "s"), ("j", "S"), ("w", "v"),
)  # fmt: skip
_SPELLING = dict(_SPELLINGS)
_PATTERN = re.compile("|".join(spelling for spelling, _ in _SPELLINGS))
_SILENT_STARTS = (("kn", "n"), ("gn", "n"), ("wr", "r"), ("ps", "s"), ("hw", "w"), ("mc", "mk"), ("mac", "mk"))
_SOFT = re.compile(r"[aeiouyh]+")
_DOUBLE = re.compile(r"(.)\1+")
_ALIKE_ON_THE_LINE = str.maketrans({"b": "p", "d": "t", "g": "k", "m": "n", "v": "f", "S": "s"})


@lru_cache(maxsize=200_000)
def sound(name: str) -> str:
    """The consonants of a name as they are heard, with a mark for a vowel at the start.

    Mohammed, Muhammad and Mohamed give one answer, as do Hussein, Hussain and Usain. A name without a sounded
    consonant gives its first letter's mark.
    """
    text = name
    for written, heard in _SILENT_STARTS:
        if text.startswith(written) and len(text) > len(written):
            text = heard + text[len(written) :]
            break
    text = _DOUBLE.sub(r"\1", text)
    text = _PATTERN.sub(lambda match: _SPELLING[match.group()], text)
    begins_soft = bool(text) and text[0] in "aeiouyh"
    consonants = "".join(_DOUBLE.sub(r"\1", part) for part in _SOFT.split(text))
    return ("a" if begins_soft else "") + consonants


@lru_cache(maxsize=200_000)
def rough_sound(name: str) -> str:
    """As `sound`, with sounds that a telephone confuses (b and p, m and n, d and t) taken as one."""
    return _DOUBLE.sub(r"\1", sound(name).translate(_ALIKE_ON_THE_LINE))
