"""What is owed: mine, and my team's, by what is due, of every slice that declares a worklist; and what slices say on a person's page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from sightline.access import gate
from sightline.access.entry import looking
from sightline.access.log import Action
from sightline.access.viewer import Viewer
from sightline.chronology.panels import Panel, Told
from sightline.chronology.view import Chronology
from sightline.chronology.worklists import Owed, Worklist, owed_to
from sightline.kernel.discovery import declared
from sightline.kernel.moments import local, start_of
from sightline.kernel.once import reading
from sightline.oversight.involvement.queries import leads_work
from sightline.people.persons import persons
from sightline.people.sight import sight_of
from sightline.web.filters import Choice, page_in

A_PAGE = 50
WHOSE = {"": "Mine", "team": "My team's", "others": "Owed by others"}
TITLES = {"": "My work", "team": "My team's work", "others": "Owed by others"}
DUE = {"": "All", "overdue": "Overdue", "today": "Due by the end of today", "week": "Due within seven days"}


def panels(viewer: Viewer, chronology: Chronology) -> list[tuple[str, Told]]:
    """What each slice says of a person, in the order that they declare. Below the gate: the page has read the chronology as its viewer may."""
    every = sorted(declared("panels", Panel), key=lambda p: (p.order, p.title))
    return [(p.title, told) for p in every if (told := p.of(viewer, chronology, viewer.at))]


def worklists() -> list[Worklist]:
    """Those that slices declare, in their order."""
    return sorted(declared("panels", Worklist), key=lambda w: (w.order, w.key))


@dataclass(frozen=True)
class Asked:
    """Which rows were asked for. Never a name in an address."""

    whose: str = ""
    slice: str = ""
    due: str = ""
    page: int = 1

    @classmethod
    def of(cls, query: QueryDict) -> Asked:
        """What the links of the page asked for; anything else is passed over."""
        due, known = query.get("due", ""), {w.key for w in worklists()}
        which, whose = query.get("slice", ""), query.get("whose", "")
        return cls(whose if whose in WHOSE else "", which if which in known else "", due if due in DUE else "", page_in(query))  # fmt: skip

    @property
    def team(self) -> bool:
        """Whether the work of a team is asked for."""
        return self.whose == "team"

    def href(self, **changed: object) -> str:
        """The query string of this with some of it changed; a change of what is shown starts at the first page."""
        to = replace(self, **({"page": 1} | changed))  # type: ignore[arg-type]
        said = {
            "whose": to.whose,
            "slice": to.slice,
            "due": to.due,
            "page": to.page if to.page > 1 else "",
        }
        return "?" + urlencode({k: v for k, v in said.items() if v})


@dataclass(frozen=True)
class Row:
    """One thing that is owed, of which list, and whom it is about by name."""

    owed: Owed
    kind: str
    name: str

    def late(self, at: datetime) -> bool:
        """Whether it should have been done."""
        return self.owed.due_at is not None and self.owed.due_at < at


@require_safe
@looking
def work(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What is owed to those the viewer, or their team, works with; what is due longest at the top."""
    asked = Asked.of(request.GET)
    found = owed(viewer, asked)
    shown = {
        "rows": named(viewer, found[(asked.page - 1) * A_PAGE : asked.page * A_PAGE]), "count": len(found), "asked": asked, "titles": TITLES,
        "leads": asked.team and leads_work(viewer),
        "late": sum(1 for _, o in found if o.due_at and o.due_at < viewer.at), "at": viewer.at, "links": links(asked),
        "pages": [Choice(str(n), asked.href(page=n), n == asked.page) for n in range(1, -(-len(found) // A_PAGE) + 1)],
    }  # fmt: skip
    return render(request, "web/work.html", shown)


def owed(viewer: Viewer, asked: Asked) -> list[tuple[Worklist, Owed]]:
    """The rows asked for, by what is due; what has no date comes last. Of people whom the viewer may read."""
    lists = [w for w in worklists() if asked.slice in ("", w.key)]
    with reading():
        rows = owed_to(viewer, lists, team=asked.team)
        rows += [(w, o) for w in lists if w.also for o in w.also(viewer, asked.team, viewer.at)]
    seen = gate.readable(viewer, {o.person for _, o in rows if o.person is not None})
    until = _until(asked.due, viewer.at)
    kept = {
        (w.key, o.href, o.title): (w, o)
        for w, o in rows
        if (o.person is None or o.person in seen)
        and bool(o.others) == (asked.whose == "others")
        and (until is None or (o.due_at is not None and o.due_at < until))
    }
    never = viewer.at + timedelta(days=36_500)
    return sorted(kept.values(), key=lambda x: (x[1].due_at or never, x[0].order, x[1].href, x[1].title))


def _until(due: str, at: datetime) -> datetime | None:
    day = local(at).date()
    ends = {"overdue": at, "today": start_of(day + timedelta(days=1)), "week": start_of(day + timedelta(days=8))}
    return ends.get(due)


def named(viewer: Viewer, rows: Iterable[tuple[Worklist, Owed]]) -> list[Row]:
    """Rows with the names of those they are about; the look is written down first."""
    held = list(rows)
    about = {o.person for _, o in held if o.person is not None}
    gate.look(viewer, about, fields=("names", "chronology"), action=Action.LIST, note="worklist")
    people = persons(about, sight_of(viewer))
    return [Row(o, w.title, people[o.person].name if o.person in people else "") for w, o in held]


def links(asked: Asked) -> dict[str, list[Choice]]:
    """Whose, of which list, and due by when: each a link."""
    lists = worklists()
    return {
        "Whose work": [Choice(words, asked.href(whose=key), asked.whose == key) for key, words in WHOSE.items()],
        "Which work": [
            Choice("All", asked.href(slice=""), not asked.slice),
            *(Choice(w.title, asked.href(slice=w.key), asked.slice == w.key) for w in lists),
        ] if len(lists) > 1 else [],
        "Due when": [Choice(words, asked.href(due=key), asked.due == key) for key, words in DUE.items()],
    }  # fmt: skip
