"""Filling in a page as somebody does, by the names of its questions, and pressing its button.

With SIGHTLINE_KEYBOARD=1 each form is filled in and sent with the keys alone.
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path

from playwright.sync_api import Locator, Page

import keyboard
from sightline.kernel.moments import local

PICTURES = os.environ.get("SIGHTLINE_PICTURES", "")
KEYS = os.environ.get("SIGHTLINE_KEYBOARD") == "1"


def said_at(moment: datetime) -> str:
    """A moment as it is typed."""
    return f"{local(moment):%d %m %Y %H:%M}"


def _answer(boxes: Locator, name: str, value: object) -> None:
    kind = boxes.first.evaluate("e => e.type || e.tagName.toLowerCase()")
    if kind in ("radio", "checkbox"):
        page = boxes.page
        for one in value if isinstance(value, list) else [value]:
            page.locator(f'main [name="{name}"][value="{one}"]').check()
    elif kind == "select-one":
        boxes.first.select_option(str(value))
    else:
        boxes.first.fill(str(value))


def fill(page: Page, said: Mapping[str, object]) -> None:
    """Answer these questions of the page."""
    for name, value in said.items():
        _answer(_boxes(page, name), name, value)


def _boxes(page: Page, name: str) -> Locator:
    boxes = page.locator(f'main [name="{name}"]')
    assert boxes.count(), f"{page.url} does not ask {name}: {asked(page)}"
    return boxes


def asked(page: Page) -> list[str]:
    """What a page asks."""
    names = page.locator("main [name]").evaluate_all("all => [...new Set(all.map(e => e.name))]")
    return [n for n in names if n not in ("csrfmiddlewaretoken", "token", "seen")]


def button_of(page: Page, name: str = "") -> Locator:
    """The button that sends the form: the last of the page, or the last of this name."""
    return (page.locator("main button[type=submit]") if not name else page.get_by_role("button", name=name)).last


def send(page: Page, said: Mapping[str, object], *, button: str = "", keys: bool = KEYS) -> None:
    """Answer, and press the button, with the keys alone or not; what the page says against it fails the test."""
    before = page.url
    if keys:
        for name in said:
            _boxes(page, name)
        keyboard.press(page, said, button_of(page, button))
    else:
        fill(page, said)
        button_of(page, button).click()
    page.wait_for_load_state()
    problem = page.locator(".govuk-error-summary")
    assert not problem.count(), f"{before}: {problem.inner_text()}"
    heading = page.locator("h1").inner_text()
    assert not heading.lower().startswith(("not found", "something went wrong", "you cannot", "this cannot")), (
        f"{before}: {page.locator('main').inner_text()[:400]}"
    )


def picture(page: Page, name: str) -> None:
    """The page as it looks, narrow and wide, where SIGHTLINE_PICTURES names a folder."""
    if not PICTURES:
        return
    size = page.viewport_size
    for said, wide in (("narrow", 320), ("wide", 1280)):
        page.set_viewport_size({"width": wide, "height": 800})
        page.screenshot(path=Path(PICTURES) / f"{name}-{said}.png", full_page=True)
    page.set_viewport_size(size or {"width": 1280, "height": 900})
