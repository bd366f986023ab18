"""A page whose words are as long as German ones and as Welsh as places are: nothing may scroll sideways, spill over, or be cut off."""

from __future__ import annotations

import os

from playwright.sync_api import Page

ALL = os.environ.get("SIGHTLINE_STRETCHED") == "1"
LONG = (
    "Kindeswohlgefährdungseinschätzungsverfahren",
    "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch",
    "Kinderschutzverfahrensbeteiligtenverzeichnisführung",
    "Cyd-ddyfarnu'rŵylŷchwanegoldiogelurhwngasiantaethau",
)
SIZES = (320, 1280)

# Each text gets one very long word, and the rest grow by half with Welsh letters; controls get long words too.
_STRETCH = """
long => {
  const kept = [], texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  let turn = 0;
  const grown = words => {
    let first = true;
    return words.replace(/[\\p{L}]{4,}/gu, w => {
      if (first) { first = false; return long[turn++ % long.length]; }
      return (w + w.slice(-Math.ceil(w.length / 2))).replace(/w/g, "ŵ").replace(/y/g, "ŷ");
    });
  };
  while (texts.nextNode()) {
    const t = texts.currentNode;
    if (/\\p{L}{4,}/u.test(t.data) && !t.parentElement.closest("script, style, svg, textarea, select")) kept.push([t, t.data]);
  }
  for (const [t, was] of kept) t.data = grown(was);
  for (const o of document.querySelectorAll("option")) { kept.push([o.firstChild, o.text]); if (o.firstChild) o.firstChild.data = grown(o.text); }
  window.stretched = kept;
  return kept.length;
}
"""
_BACK = "() => { for (const [t, was] of window.stretched) if (t) t.data = was; }"
_FAULTS = """
() => {
  const faults = [], root = document.documentElement, wide = root.clientWidth;
  const said = e => e.tagName.toLowerCase() + "." + [...e.classList].join(".") + " “" + (e.innerText || e.value || "").trim().slice(0, 50) + "”";
  const within = e => e.closest(".govuk-visually-hidden, .sl-picture, details:not([open]) > :not(summary), .govuk-skip-link, svg, thead");
  if (root.scrollWidth > wide) faults.push(`the page scrolls sideways by ${root.scrollWidth - wide}`);
  for (const e of document.body.querySelectorAll("*")) {
    if (!e.checkVisibility({visibilityProperty: true}) || within(e)) continue;
    const box = e.getBoundingClientRect(), style = getComputedStyle(e);
    if (box.width <= 1 || box.height <= 1 || style.clipPath !== "none") continue;
    const control = e.matches("button, a, input, select, textarea, label, legend, summary, .govuk-tag");
    if (control && (box.right > wide + 1 || box.left < -1)) faults.push(`off the screen: ${said(e)}`);
    const cuts = [style.overflowX, style.overflowY].some(o => o === "hidden" || o === "clip");
    if (cuts && [...e.children].map(c => c.getBoundingClientRect()).some(c => c.right > box.right + 1 || c.bottom > box.bottom + 1))
      faults.push(`cut off: ${said(e)}`);
    if (style.display === "inline" || e.matches("input, select, textarea")) continue;
    const own = [...e.childNodes].filter(n => n.nodeType === 3 && n.data.trim());
    for (const text of own) {
      const range = document.createRange(); range.selectNodeContents(text);
      const over = Math.max(...[...range.getClientRects()].map(part => Math.max(part.right - box.right, box.left - part.left)));
      if (over > 1) faults.push(`spills over by ${Math.round(over)}: ${said(e)}`);
    }
  }
  return [...new Set(faults)].slice(0, 12);
}
"""


def faults(page: Page) -> list[str]:
    """What is wrong with the layout of a page with long words, narrow and wide. The page is as it was afterwards."""
    size = page.viewport_size
    assert page.evaluate(_STRETCH, list(LONG)), f"{page.url} says nothing"
    found = []
    for wide in SIZES:
        page.set_viewport_size({"width": wide, "height": 800})
        found += [f"{page.url} at {wide}: {fault}" for fault in page.evaluate(_FAULTS)]
    if folder := os.environ.get("SIGHTLINE_STRETCHED_PICTURES"):
        _picture(page, folder)
    page.evaluate(_BACK)
    page.set_viewport_size(size or {"width": 1280, "height": 900})
    return found


def _picture(page: Page, folder: str) -> None:
    name = "-".join(part for part in page.url.split("//", 1)[1].split("/")[1:] if part and not part.isdecimal())
    for wide in SIZES:
        page.set_viewport_size({"width": wide, "height": 800})
        page.screenshot(path=f"{folder}/{name or 'home'}-{wide}.png", full_page=True)
