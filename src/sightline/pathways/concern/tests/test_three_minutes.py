"""A simple form takes three minutes on a phone: its fields and taps counted on the page itself, and the time worked out from them."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from django.test import Client

from sightline.pathways.concern.tests.test_concern_pages import CHILD, SAID, begun, officer, people

__all__ = ["officer", "people"]
pytestmark = pytest.mark.django_db
PAGE = Path(__file__).resolve().parents[5] / "docs/concern-form.md"
WORDS_A_MINUTE = 36  # on a phone, two thumbs: Palin and others 2019, 37,000 people
PER_TAP = 2.65  # seconds: decide 1.35, reach 1.1, press 0.2, by the keystroke-level model (Card, Moran and Newell)
READING = 30  # seconds to look over the page: our allowance
LONGEST = 180


def fields(html: str) -> tuple[int, int]:
    """How many questions stand open on the page, and how many wait behind a heading."""
    names = [set(re.findall(r'name="(?!csrf|saves|window|do|map)([\w-]+)"', part)) for part in (_open(html), html)]
    return len(names[0]), len(names[1] - names[0])


def _open(html: str) -> str:
    return re.sub(r"<details.*?</details>", "", html, flags=re.DOTALL)


def test_a_simple_form_takes_three_minutes_and_the_page_that_says_so_is_right(
    officer: Client, people: dict[str, int]
) -> None:
    html = officer.get(begun(officer, people, "ana")).content.decode()
    shown, more = fields(html[html.index("data-draft") :])
    asked = {**SAID, **CHILD}
    assert len(asked) == shown, "a simple form answers what stands open, and nothing else"
    written = [
        str(v) for k, v in asked.items() if k in ("what_happened", "action_taken", "demeanour", "views", "wishes")
    ]
    words = sum(len(text.split()) for text in written)
    taps = shown + 4  # one for each answer; write a form, begin, send, and send as it is
    seconds = round(words * 60 / WORDS_A_MINUTE + taps * PER_TAP + READING)
    assert seconds <= LONGEST
    said = PAGE.read_text(encoding="utf-8")
    for figure in (f"| Questions that stand open | {shown} |", f"| Questions behind headings, open where they matter | {more} |",
                   f"| Taps | {taps} |", f"| Words typed | {words} |", f"| Seconds | {seconds} |"):  # fmt: skip
        assert figure in said, figure
