"""A real browser, a live server, and axe. Chromium is the machine's own, or the npm package's where there is none."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import Browser, Error, Page, sync_playwright

from cast import Member, sign_in

# The browser's sync API keeps an event loop in this thread, and Django then refuses the database: here that is harmless.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
WIDE, NARROW = {"width": 1280, "height": 900}, {"width": 320, "height": 700}
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
_FROM_NPM = "import('@sparticuz/chromium').then(async m => console.log(await m.default.executablePath()))"


def chromium() -> str:
    """Where a Chromium is."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if found := shutil.which(name):
            return found
    done = subprocess.run(["node", "-e", _FROM_NPM], cwd=ROOT, capture_output=True, text=True, timeout=120, check=True)
    return done.stdout.strip().splitlines()[-1]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One browser for the session."""
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


class Visit:
    """Somebody at a screen: pages are checked with axe, for their width and for errors of the browser's as they are opened."""

    def __init__(self, browser: Browser, base: str, *, scripts: bool = True, **viewport: int) -> None:
        self.base = base
        self.context = browser.new_context(base_url=base, viewport=viewport or WIDE, java_script_enabled=scripts)
        self.page: Page = self.context.new_page()
        self.faults: list[str] = []
        self.page.on(
            "console", lambda m: self.faults.append(m.text) if m.type == "error" and "status of" not in m.text else None
        )
        self.page.on("pageerror", lambda e: self.faults.append(str(e)))

    def sign_in(self, member: Member) -> Visit:
        """As somebody who has set up a second factor and signed in."""
        client = sign_in(Client(), member)
        cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
        self.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": self.base}])
        return self

    def check(self) -> None:
        """Nothing for axe to say, no scrolling sideways, no error in the browser."""
        found = self._axe()
        said = [(v["id"], v["help"], [n["html"][:200] for n in v["nodes"]][:3]) for v in found["violations"]]
        assert said == [], self.page.url
        self.fits()
        assert self.faults == []

    def _axe(self, tries: int = 3) -> Any:
        """What axe says of the page, asked again where the page was just being left for the next."""
        self.page.wait_for_load_state()
        try:
            self.page.evaluate((ROOT / "node_modules/axe-core/axe.min.js").read_text())
            return self.page.evaluate("rules => axe.run(document, {runOnly: rules})", RULES)
        except Error:
            if tries == 1:
                raise
            return self._axe(tries - 1)

    def fits(self) -> None:
        """No scrolling sideways."""
        over = self.page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert over <= 0, f"{self.page.url} scrolls sideways by {over}"


@pytest.fixture
def visit(browser: Browser, live_server):  # type: ignore[no-untyped-def]
    """Open a browser window: `visit()`, `visit(width=320, height=700)`, `visit(scripts=False)`."""
    opened: list[Visit] = []

    def open_one(**how) -> Visit:  # type: ignore[no-untyped-def]
        opened.append(Visit(browser, live_server.url, **how))
        return opened[-1]

    yield open_one
    for one in opened:
        one.context.close()
