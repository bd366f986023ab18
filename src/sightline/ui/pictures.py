"""Pictures drawn on the server as SVG: people around one person, and what happened over the years. Pure functions.

Every picture has a title and a description in it, and whoever shows one puts the same in words beneath. No inline styles: classes only.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from sightline.kernel.moments import local

BOX_WIDE, BOX_HIGH, GAP, ROW_GAP, EDGE = 138, 66, 18, 44, 16
MOST_IN_ROW = 5
LETTERS = 17


@dataclass(frozen=True)
class Figure:
    """One person in a picture. `tier`: -1 older generation, 0 the same, 1 younger. `home`: lives with the one in the middle."""

    key: str
    name: str
    words: str
    tier: int = 0
    home: bool = False
    marked: bool = False


@dataclass(frozen=True)
class Mark:
    """One dot on a timeline, in a named lane."""

    at: datetime
    lane: str
    words: str
    strong: bool = False


@dataclass(frozen=True)
class _Placed:
    figure: Figure
    x: float
    y: float


def _text(x: float, y: float, words: str, classes: str, anchor: str = "middle") -> Markup:
    return Markup('<text x="{}" y="{}" text-anchor="{}" class="{}">{}</text>').format(
        round(x, 1), round(y, 1), anchor, classes, words
    )


def _short(words: str, letters: int = LETTERS) -> str:
    return words if len(words) <= letters else words[: letters - 1].rstrip() + "…"


def _svg(wide: float, high: float, title: str, description: str, inside: list[Markup]) -> Markup:
    head = Markup('<svg viewBox="0 0 {} {}" role="img" aria-label="{}" xmlns="http://www.w3.org/2000/svg">').format(
        round(wide), round(high), f"{title}. {description}"
    )
    words = Markup("<title>{}</title><desc>{}</desc>").format(title, description)
    return head + words + Markup("").join(inside) + Markup("</svg>")


def _rows(figures: Sequence[Figure]) -> list[list[Figure]]:
    """Older generations above, younger below; a long row is broken, and the one in the middle has a row's centre."""
    rows: list[list[Figure]] = []
    for tier in (-1, 0, 1):
        held = [f for f in figures if f.tier == tier]
        room = MOST_IN_ROW - 1 if tier == 0 else MOST_IN_ROW
        rows += [held[i : i + room] for i in range(0, len(held), room)] or ([[]] if tier == 0 else [])
    return rows


def family_picture(centre: Figure, around: Sequence[Figure], *, title: str, description: str) -> Markup:
    """The people around one person: who they are to them, and (thick line) who lives with them."""
    rows = _rows(around)
    middle = next(i for i, row in enumerate(rows) if not row or row[0].tier == 0)
    rows[middle] = [*rows[middle][: len(rows[middle]) // 2], centre, *rows[middle][len(rows[middle]) // 2 :]]
    wide = max(len(row) for row in rows) * (BOX_WIDE + GAP) - GAP + 2 * EDGE
    wide = max(wide, 560)
    placed = [
        _Placed(
            figure,
            wide / 2 + (i - (len(row) - 1) / 2) * (BOX_WIDE + GAP),
            EDGE + n * (BOX_HIGH + ROW_GAP) + BOX_HIGH / 2,
        )
        for n, row in enumerate(rows)
        for i, figure in enumerate(row)
    ]
    hub = next(p for p in placed if p.figure is centre)
    lines = [_line(hub, p) for p in placed if p is not hub]
    boxes = [_box(p, p is hub) for p in placed]
    return _svg(wide, 2 * EDGE + len(rows) * (BOX_HIGH + ROW_GAP) - ROW_GAP + 8, title, description, lines + boxes)


def _line(hub: _Placed, other: _Placed) -> Markup:
    kind = "sl-p-line sl-p-line--home" if other.figure.home else "sl-p-line"
    if other.y == hub.y:
        under = hub.y + BOX_HIGH / 2 + 14
        path = f"M{hub.x:.0f} {hub.y:.0f} V{under:.0f} H{other.x:.0f} V{other.y:.0f}"
    else:
        between = (other.y + (BOX_HIGH + ROW_GAP) / 2) if other.y < hub.y else (other.y - (BOX_HIGH + ROW_GAP) / 2)
        path = f"M{hub.x:.0f} {hub.y:.0f} V{between:.0f} H{other.x:.0f} V{other.y:.0f}"
    return Markup('<path d="{}" class="{}"/>').format(path, kind)


def _box(placed: _Placed, centre: bool) -> Markup:
    f, left, top = placed.figure, placed.x - BOX_WIDE / 2, placed.y - BOX_HIGH / 2
    classes = "sl-p-box" + (" sl-p-box--centre" if centre else "") + (" sl-p-box--marked" if f.marked else "")
    classes += "" if f.home or centre else " sl-p-box--dashed"
    light = " sl-p-light" if centre else ""
    box = Markup('<g><title>{}</title><rect x="{}" y="{}" width="{}" height="{}" rx="6" class="{}"/>').format(
        f"{f.name}, {f.words}", round(left, 1), round(top, 1), BOX_WIDE, BOX_HIGH, classes
    )
    first, second = _two_lines(f.name)
    lines = [(first, "sl-p-name"), (second, "sl-p-name"), (_short(f.words, 22), "sl-p-words")]
    shown = [(words, kind) for words, kind in lines if words]
    start = placed.y - (len(shown) - 1) * 8 + 4
    text = Markup("").join(
        _text(placed.x, start + i * 16, words, kind + light) for i, (words, kind) in enumerate(shown)
    )
    return box + text + Markup("</g>")


def _two_lines(name: str) -> tuple[str, str]:
    if len(name) <= LETTERS:
        return name, ""
    words = name.split()
    cut = next((i for i in range(len(words), 0, -1) if len(" ".join(words[:i])) <= LETTERS), 1)
    return _short(" ".join(words[:cut])), _short(" ".join(words[cut:]))


def time_picture(marks: Sequence[Mark], *, until: datetime, title: str, description: str) -> Markup:
    """What happened over the years, a lane for each kind of thing; red for what harmed or may have. Times are local."""
    lanes = list(dict.fromkeys(m.lane for m in marks))
    years = [local(m.at).year for m in marks] or [local(until).year]
    first, last = min(years), max(*years, local(until).year) + 1
    wide, left, lane_high, top = 760, 150, 28, 26
    high = top + lane_high * len(lanes) + 12
    scale = (wide - left - EDGE) / (last - first)
    step = next((s for s in (1, 2, 5, 10, 20, 50) if (last - first) / s <= 10), 50)
    drawn: list[Markup] = []
    for year in range(first, last + 1):
        if (year - first) % step:
            continue
        x = left + (year - first) * scale
        drawn.append(Markup('<path d="M{} {}V{}" class="sl-p-grid"/>').format(round(x, 1), top - 6, high - 6))
        drawn.append(_text(x, 14, str(year), "sl-p-words"))
    for n, lane in enumerate(lanes):
        drawn.append(_text(8, top + n * lane_high + 18, _short(lane, 22), "sl-p-words", "start"))
    for mark in marks:
        at = local(mark.at)
        x = left + (at.year + (at.timetuple().tm_yday - 1) / 366 - first) * scale
        drawn.append(_dot(x, top + lanes.index(mark.lane) * lane_high + 14, mark))
    return _svg(wide, high, title, description, drawn)


def _dot(x: float, y: float, mark: Mark) -> Markup:
    kind, size = ("sl-p-dot sl-p-dot--strong", 6) if mark.strong else ("sl-p-dot", 5)
    return Markup('<circle cx="{}" cy="{}" r="{}" class="{}"><title>{}</title></circle>').format(
        round(x, 1), y, size, kind, mark.words
    )


def trend_picture(points: Sequence[tuple[str, int]], *, title: str, description: str) -> Markup:
    """How many there were in each of several spans, as a line with its numbers; the oldest on the left."""
    wide, high, top, left = 560, 150, 26, 40
    most = max(*(n for _, n in points), 1)
    step = (wide - 2 * left) / max(len(points) - 1, 1)
    at = [(left + i * step, high - 34 - (high - 34 - top) * n / most) for i, (_, n) in enumerate(points)]
    drawn = [Markup('<path d="M{} {}H{}" class="sl-p-grid"/>').format(left, high - 34, wide - left)]
    line = " L".join(f"{x:.1f} {y:.1f}" for x, y in at)
    drawn.append(Markup('<path d="M{}" class="sl-p-line"/>').format(line))
    for (x, y), (name, n) in zip(at, points, strict=True):
        drawn.append(Markup('<circle cx="{}" cy="{}" r="5" class="sl-p-dot"/>').format(round(x, 1), round(y, 1)))
        drawn += [_text(x, y - 9, str(n), "sl-p-name"), _text(x, high - 12, name, "sl-p-words")]
    return _svg(wide, high, title, description, drawn)
