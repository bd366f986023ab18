"""Names as they arrive: notes behind them, titles before them, in one box, in the wrong box, the wrong way round."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources


def _words(kind: str) -> frozenset[str]:
    text = (resources.files(__package__) / "resources" / "words.csv").read_text(encoding="utf-8")
    rows = (line.split(",") for line in text.splitlines())
    return frozenset(word for row in rows if row[0] == kind for word in row[1:])


_LETTERS = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ð": "d", "Ð": "D", "ß": "ss", "æ": "ae", "Æ": "AE",
     "œ": "oe", "Œ": "OE", "ı": "i", "þ": "th", "Þ": "TH", "ə": "e", "ħ": "h", "’": "'", "‘": "'", "`": "'", "´": "'",
     "ʼ": "'", "–": "-", "—": "-", "\u00a0": " "}
)  # fmt: skip
_TITLES = _words("titles")
_SUFFIXES = _words("suffixes")
_NOT_A_NAME = _words("not a name")
_NOTE_STARTS = _words("remark begins")
_WHO_SAYS = _words("who says")
_OTHER_NAME = re.compile(
    r"\b(?:also known as|known to (?:friends|family) as|known as|aka|a\.k\.a\.?|a/k/a|alias|nickname|called|goes by|prefers|pref"
    r"(?:erred)? ?(?:name)?|likes to be called|n[ée]e|formerly|previously|prev|was|born|ex)[:\s]+([^\W\d_][\w' -]*)"
)
_BRACKETED = re.compile(r"[(\[{<]([^)\]}>]*)(?:[)\]}>]|$)")
_QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|(?<=\s)'([^']{2,})'")
_TOKEN = re.compile(r"[^\W\d_]+(?:'[^\W\d_]+)*", re.UNICODE)
_JOINS = _words("joined to the next")


@dataclass(frozen=True, slots=True)
class Words:
    """One name box read: its words in order, what else the person is called, and what a comma set apart."""

    words: tuple[str, ...] = ()
    others: tuple[str, ...] = ()
    before_comma: int = 0
    shouted: int = 0


@lru_cache(maxsize=100_000)
def plain(text: str) -> str:
    """Letters of any script as lower-case a to z; what has no such likeness becomes its number, so it still compares."""
    text = unicodedata.normalize("NFKD", text.translate(_LETTERS))
    kept = []
    for letter in text.lower().replace("'", ""):
        if "a" <= letter <= "z":
            kept.append(letter)
        elif letter.isalpha():
            kept.append(f"u{ord(letter):x}")
    return "".join(kept)


def _others(text: str) -> tuple[str, list[str]]:
    """The text without brackets, quotes and "known as" clauses, and the names that those gave."""
    found: list[str] = []
    for inside in _BRACKETED.findall(text):
        lowered = inside.lower()
        if clause := _OTHER_NAME.search(lowered):
            found.append(clause[1])
        elif re.fullmatch(r"[^\W\d_][\w'-]*", inside.strip()) and lowered.strip() not in _NOTE_STARTS | _NOT_A_NAME:
            found.append(inside)
    text = _BRACKETED.sub(" ", text)
    for double, single in _QUOTED.findall(text):
        found.append(double or single)
    text = _QUOTED.sub(" ", text)
    if (clause := _OTHER_NAME.search(text.lower())) and clause.start() > 0:
        found.append(clause[1])
        text = text[: clause.start()]
    return text, found


def _before_note(words: list[str]) -> list[str]:
    """The words up to the first that begins a remark; the first word of all is always taken for a name."""
    for place, word in enumerate(words):
        lowered = word.lower()
        if place and lowered in _NOTE_STARTS:
            return words[:place]
        follows = words[place + 1].lower() if place + 1 < len(words) else ""
        if lowered in _WHO_SAYS and (place or follows in _NOTE_STARTS or follows in {"thinks", "is", "reports"}):
            return words[:place]
    return words


def _joined(words: list[str]) -> list[str]:
    """Mc Donald, O Brien and Al Hassan as one word each."""
    kept: list[str] = []
    carried = ""
    for place, word in enumerate(words):
        if word in _JOINS and place + 1 < len(words):
            carried += word
            continue
        kept.append(carried + word)
        carried = ""
    return kept


def _cleaned(words: list[str]) -> list[str]:
    lowered = [plain(word) for word in words]
    while len(lowered) > 1 and lowered[0] in _TITLES:
        lowered.pop(0)
    while len(lowered) > 1 and lowered[-1] in _SUFFIXES | _TITLES:
        lowered.pop()
    return [word for word in _joined(lowered) if word and word not in _NOT_A_NAME]


def _other_words(found: list[str]) -> tuple[str, ...]:
    named = (_TOKEN.findall(other) for other in found)
    named = (words for words in named if words and words[0].lower() not in _NOTE_STARTS | _WHO_SAYS)
    words = (word for words in named for word in _cleaned(_before_note(words)))
    return tuple(dict.fromkeys(words))


_SIMPLE = re.compile(r"^[A-Za-z]+$")


@lru_cache(maxsize=200_000)
def read_words(text: str) -> Words:
    """The names in one box, without titles, brackets, remarks and second thoughts. Never refuses."""
    if _SIMPLE.match(text):
        word = text.lower()
        known = word not in _NOT_A_NAME
        return Words((word,) if known else (), shouted=int(text.isupper() and known))
    text, others = _others(text.translate(_LETTERS))
    # "Mohammed / Mo": the second is another name for the same person.
    text, *alternatives = re.split(r"\s*[/;|]\s*| - |\bor\b", text)
    before, comma, after = text.partition(",")
    first = _cleaned(_before_note(_TOKEN.findall(before)))
    rest = _cleaned(_before_note(_TOKEN.findall(after))) if comma else []
    shouted = sum(1 for word in _TOKEN.findall(before) if word.isupper() and len(word) > 1)
    return Words((*first, *rest), _other_words(others + alternatives), len(first) if comma and rest else 0, shouted)
