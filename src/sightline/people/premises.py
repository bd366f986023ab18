"""Places: two ways of writing one address are one premises."""

from __future__ import annotations

import hashlib
import re
from functools import lru_cache

_WORDS = {"street": "st", "road": "rd", "avenue": "ave", "lane": "ln", "close": "cl", "drive": "dr", "court": "ct", "place": "pl",
          "crescent": "cres", "terrace": "terr", "gardens": "gdns", "apartment": "flat", "apt": "flat"}  # fmt: skip
_POSTCODE = re.compile(r"\b([A-Z]{1,2}[0-9][A-Z0-9]?)\s*([0-9][A-Z]{2})\b")


def tidy_postcode(text: str) -> str:
    """`zs5 7ab` as `ZS5 7AB`; what is not a whole postcode comes back upper-cased."""
    found = _POSTCODE.search(text.upper())
    return f"{found[1]} {found[2]}" if found else " ".join(text.upper().split())


def postcode_in(lines: str) -> str:
    """The postcode written into an address, or nothing."""
    found = _POSTCODE.search(lines.upper())
    return f"{found[1]} {found[2]}" if found else ""


@lru_cache(maxsize=50_000)
def premises_key(lines: str, postcode: str = "") -> int:
    """A stable signed 64-bit hash of the address without case, punctuation, its postcode's place and common abbreviations."""
    code = tidy_postcode(postcode) if postcode else postcode_in(lines)
    rest = _POSTCODE.sub(" ", lines.upper()).lower()
    words = [_WORDS.get(w, w) for w in re.findall(r"[a-z0-9]+", rest)]
    if code and any(c.isdigit() for w in words for c in w):
        words = words[: next(i for i, w in enumerate(words) if any(c.isdigit() for c in w)) + 3]
    digest = hashlib.blake2b(" ".join([*words, code]).encode(), digest_size=8).digest()
    return int.from_bytes(digest, "big", signed=True)
