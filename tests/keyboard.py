"""Going through a page with the keys alone: Tab, Space, Enter, the arrows and typing.

Each stop on the way must show that it has focus, be on the screen with nothing over it, come after the one before it, and none may be missed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Locator, Page

A_PAGE_HAS = 600  # stops, at most

# What is seen of an element; its label's marks are those of a radio or a checkbox.
_KEPT = """
() => {
  const CAN = "a[href], button:enabled, input:not([type=hidden]):enabled, select:enabled, textarea:enabled, summary, [tabindex='0']";
  const seen = e => e.checkVisibility({visibilityProperty: true}) && e.getClientRects().length > 0;
  const one = s => [s.outlineStyle, s.outlineWidth, s.outlineColor, s.boxShadow, s.backgroundColor, s.borderTopColor, s.borderTopWidth,
                    s.color, s.textDecorationLine, s.textDecorationThickness, s.clipPath].join("|");
  const look = e => [getComputedStyle(e), ...[...(e.labels || [])].map(l => getComputedStyle(l, "::before"))].map(one).join("||");
  const said = e => e.tagName.toLowerCase() + (e.name ? `[name=${e.name}]` : "") + " " + (e.innerText || e.value || e.id || "").trim().slice(0, 60);
  window.byKeys = {CAN, seen, look, said, reached: new Set(), prior: null, was: ""};
}
"""
_STOP = """
() => {
  const k = window.byKeys, e = document.activeElement, faults = [], p = k.prior;
  if (p && p.isConnected && p !== e && k.look(p) === k.was) faults.push(`the focus cannot be seen on ${k.said(p)}`);
  if (!e || e === document.body || e === document.documentElement) return {ended: true, faults};
  if (p && p !== e && !(p.compareDocumentPosition(e) & Node.DOCUMENT_POSITION_FOLLOWING)) {
    if (k.reached.has(e)) return {ended: true, faults};
    faults.push(`${k.said(e)} comes after ${k.said(p)}, which stands behind it in the page`);
  }
  const box = e.getClientRects()[0], left = Math.max(0, box.left), right = Math.min(innerWidth, box.right);
  const top = Math.max(0, box.top), foot = Math.min(innerHeight, box.bottom), x = (left + right) / 2, y = (top + foot) / 2;
  if (right - left < 1 || foot - top < 1) faults.push(`${k.said(e)} has focus and is off the screen`);
  else {
    const there = document.elementFromPoint(x, y), own = [e, ...(e.labels || [])];
    if (there && !own.some(o => o.contains(there) || there.contains(o))) faults.push(`${k.said(e)} has focus under ${k.said(there)}`);
  }
  k.prior = e; k.was = k.look(e); k.reached.add(e);
  const group = e.type === "radio" ? [...document.getElementsByName(e.name)].filter(r => !r.disabled && k.seen(r)) : [];
  return {ended: false, faults, name: e.name || "", kind: e.type || e.tagName.toLowerCase(), value: e.value || "", checked: !!e.checked,
          aimed: e.hasAttribute("data-aimed"), at: group.indexOf(e), values: group.map(r => r.value),
          options: e.options ? [...e.options].map(o => o.value) : [], chosen: e.selectedIndex ?? -1,
          hides: e.tagName === "SUMMARY" && !e.parentElement.open ? [...e.parentElement.querySelectorAll("[name]")].map(n => n.name) : []};
}
"""
_MISSED = """
() => {
  const k = window.byKeys, until = document.querySelector("[data-aimed]");
  const groups = new Set([...k.reached].filter(e => e.type === "radio").map(e => e.name));
  return [...document.querySelectorAll(k.CAN)].filter(e => k.seen(e) && !e.closest("[aria-hidden=true]") && !k.reached.has(e)
    && !(e.type === "radio" && groups.has(e.name)) && (!until || e.compareDocumentPosition(until) & Node.DOCUMENT_POSITION_FOLLOWING)).map(k.said);
}
"""


@dataclass(frozen=True)
class Stop:
    """Where the focus is."""

    ended: bool
    faults: list[str]
    name: str = ""
    kind: str = ""
    value: str = ""
    checked: bool = False
    aimed: bool = False
    at: int = -1
    values: tuple[str, ...] = ()
    options: tuple[str, ...] = ()
    chosen: int = -1
    hides: tuple[str, ...] = ()


def stops(page: Page, faults: list[str]) -> Iterator[Stop]:
    """From the top of the page, or from where the focus is, to its end by Tab; what is wrong with a stop is added to the faults."""
    page.evaluate(_KEPT)
    for _ in range(A_PAGE_HAS):
        page.keyboard.press("Tab")
        stop = Stop(**page.evaluate(_STOP))
        faults += [f"{page.url}: {fault}" for fault in stop.faults]
        if stop.ended:
            return
        yield stop
    raise AssertionError(f"{page.url}: Tab never comes to the end of it")


def walk(page: Page) -> list[str]:
    """Every control of the page, by Tab; gives what is wrong with them, and those missed."""
    faults: list[str] = []
    for _ in stops(page, faults):
        pass
    return faults + _missed(page)


def _missed(page: Page) -> list[str]:
    return [f"{page.url}: Tab does not come to {one}" for one in page.evaluate(_MISSED)]


def press(page: Page, said: Mapping[str, object], button: Locator) -> None:
    """Answer the questions on the way to a button by Tab, and press it with Enter."""
    button.evaluate(
        "b => { document.querySelectorAll('[data-aimed]').forEach(o => delete o.dataset.aimed); b.dataset.aimed = ''; }"
    )
    left, faults = dict(said), []  # type: dict[str, object], list[str]
    for stop in stops(page, faults):
        if stop.aimed:
            break
        if set(stop.hides) & left.keys():
            page.keyboard.press("Enter")
        elif stop.name in left and _typed(page, stop, left[stop.name]):
            del left[stop.name]
    asks_many = {name for name, value in left.items() if isinstance(value, list)}
    assert left.keys() == asks_many, f"{page.url}: Tab does not come to {sorted(left.keys() - asks_many)}"
    assert faults + _missed(page) == []
    with page.expect_navigation():
        page.keyboard.press("Enter")


def _typed(page: Page, stop: Stop, value: Any) -> bool:
    """Answer one question with the keys; gives whether it is answered, which of several boxes only the last one is."""
    keys = page.keyboard
    if stop.kind == "checkbox":
        wanted = [str(v) for v in (value if isinstance(value, list) else [value])]
        if stop.value in wanted and not stop.checked:
            keys.press("Space")
        return False if isinstance(value, list) else stop.value in wanted
    if stop.kind == "radio":
        _arrows(page, list(stop.values).index(str(value)) - stop.at)
        keys.press("Space")
    elif stop.kind == "select-one":
        _arrows(page, list(stop.options).index(str(value)) - stop.chosen)
    else:
        keys.press("ControlOrMeta+a")
        keys.type(str(value)) if str(value) else keys.press("Delete")
    return True


def _arrows(page: Page, steps: int) -> None:
    for _ in range(abs(steps)):
        page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")


def refused(page: Page, button: Locator) -> None:
    """Sent with nothing filled in: the list of what is wrong has focus, and Enter on its first link leads to a question."""
    press(page, {}, button)
    summary = page.locator(".govuk-error-summary")
    assert summary.count(), f"{page.url} takes an empty form"
    assert summary.evaluate("s => s === document.activeElement"), f"{page.url}: the list of what is wrong has no focus"
    if not summary.locator("a").count():
        return
    page.keyboard.press("Tab")
    assert summary.evaluate("s => s.contains(document.activeElement)"), page.url
    page.keyboard.press("Enter")
    page.wait_for_timeout(50)
    asked = page.evaluate("document.activeElement.name || ''")
    assert asked, f"{page.url}: the first link of what is wrong leads to no question"
