"""Takes the screenshots in docs/screenshots from a running demonstration: `python tests/journeys/screenshots.py [http://localhost:8000]`."""

from __future__ import annotations

import os
import shutil
import sys
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

OUT = Path(__file__).resolve().parents[2] / "docs" / "screenshots"
CALL = {"name": "Mo Hussein", "age": "9 or 10", "postcode": "ZS5", "description": "a boy"}
CALL["reason"] = "Mother on the line, worried about her son"
SIZES = {"wide": (1100, 1250), "narrow": (320, 1250)}


def take(page: Page, name: str, size: str) -> None:
    """The top of the page: what is seen first."""
    wide, high = SIZES[size]
    page.screenshot(
        path=OUT / f"{name}-{size}.png", full_page=True, clip={"x": 0, "y": 0, "width": wide, "height": high}
    )


def call(page: Page, base: str, size: str) -> None:
    """The mother's call: search, answers, person."""
    page.goto(f"{base}/sign-in/")
    page.fill("[name=login]", "marsh")
    page.fill("[name=password]", os.environ.get("SIGHTLINE_DEMO_PASSWORD", "invented-people-only"))
    page.click("main button[type=submit]")
    page.goto(f"{base}/first-contact/")
    for field, said in CALL.items():
        page.fill(f"[name={field}]", said)
    take(page, "search", size)
    page.click("main button[type=submit]")
    take(page, "answers", size)
    page.click("article h3 a")
    take(page, "person", size)


def main(base: str) -> None:
    """Every page at every size."""
    OUT.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=["--no-sandbox"])
        for size, (wide, _) in SIZES.items():
            call(browser.new_page(viewport={"width": wide, "height": 800}), base, size)
        browser.close()


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "http://localhost:8000")
