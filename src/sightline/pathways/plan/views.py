"""The pages of conferences and plans. One function a page; the steps of a run share one."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_safe

from sightline.access.entry import because, confirmed_again, looking
from sightline.access.viewer import Viewer
from sightline.chronology.giving import paper_page
from sightline.chronology.needs import in_words
from sightline.pathways.plan.forms import BEGINS, STEPS, PageForm
from sightline.pathways.plan.forms.fields import Asking
from sightline.pathways.plan.queries.lists import contributions, lists
from sightline.pathways.plan.queries.papers import pack, police_report
from sightline.pathways.plan.queries.printed import printed, printing
from sightline.pathways.plan.queries.runs import (
    RunPage,
    agencies_here,
    family_of,
    invitable,
    kinds_of_agency,
    not_there,
    run_page,
    slug_of,
    standing_of,
)
from sightline.pathways.plan.rules.actions import for_the_family
from sightline.pathways.plan.rules.choices import headings, languages
from sightline.pathways.plan.rules.conferences import NAMES, meeting_at, not_asked, parts, silent
from sightline.pathways.plan.rules.courses import TAKES, open_steps
from sightline.pathways.plan.rules.wording import changed_since, worded, written_in
from sightline.pathways.plan.services import BEGIN, DO
from sightline.pathways.plan.services.doing import Deed
from sightline.ui.asking import refused_in


def _titles(page: RunPage) -> list[tuple[str, str]]:
    """Each step that can be taken, with what its page is called."""
    named = {
        "police": "Go through what the police can do",
        "outside": "Options for harm outside the family",
        "explain": "Record that it was gone through with the family",
        "done": "Record that an action is done",
    }
    able = [s for s in open_steps(page.run) if s in STEPS[page.course.key]]
    return [(s, named.get(s) or STEPS[page.course.key][s].title) for s in able]


def _asking(viewer: Viewer, person: int, page: RunPage | None, which: str) -> Asking:
    """What the form of a step needs, and no more is read than that."""
    standing = page.standing if page else standing_of(viewer, person)
    posts = invitable(viewer, person) if which in ("invite", "handover") else ()
    family = family_of(viewer, person, to_choose=True) if which == "conference" else ()
    return Asking(viewer, standing, page, agencies_here(viewer), family, posts, which)


def _deed(asking: Asking, form: PageForm) -> Deed:
    said = form.cleaned_data
    labels = {str(r.person): r.relation for r in asking.family if r.readable}
    quorate = getattr(form, "is_quorate", None)
    return Deed(
        asking.viewer,
        asking.standing,
        said,
        said["token"],
        asking.page,
        said["seen"],
        asking.which,
        quorate,
        labels,
    )


def _at(person: int, key: str) -> str:
    """The page of a run, by its key; without one the child's own page."""
    course = key.partition(":")[2].partition("/")[0]
    return reverse(course, args=[person, slug_of(key)]) if course in STEPS else reverse("person", args=[person])


def _asked_again(request: HttpRequest, form: PageForm, asking: Asking, back: str) -> HttpResponse:
    """The form, with what was typed; how far the run has come since is said, so that the next press counts from there."""
    now = (
        run_page(asking.viewer, asking.page.person, asking.page.course.key, asking.page.slug)
        if asking.page and form.errors
        else asking.page
    )
    shown = {"form": form, "who": asking.standing.person, "page": now, "back": back, "at": asking.viewer.at,
             "seen": len(now.run.entries) if now else 0, "what": asking.which, "needs": in_words(asking.standing.needs)}  # fmt: skip
    return render(request, "plan/step.html", shown, status=422 if form.errors else 200)


@looking
def begin(request: HttpRequest, viewer: Viewer, person: int, what: str) -> HttpResponse:
    """Call a conference, begin a plan below conference level, or say what came of an enquiry without a conference."""
    viewer = because(viewer, person)
    asking = _asking(viewer, person, None, what)
    if what not in BEGINS:
        not_there(viewer, person)
    form = BEGINS[what](request.POST if request.method == "POST" else None, asking)
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return HttpResponseRedirect(_at(person, BEGIN[what](_deed(asking, form))))
    return _asked_again(request, form, asking, reverse("person", args=[person]))


@looking
def step(request: HttpRequest, viewer: Viewer, person: int, course: str, run: str, what: str) -> HttpResponse:
    """One step of a conference or a plan."""
    viewer = because(viewer, person)
    page = run_page(viewer, person, course, run)
    if what not in STEPS[course]:
        not_there(viewer, person)
    asking = _asking(viewer, person, page, what)
    form = STEPS[course][what](request.POST if request.method == "POST" else None, asking, initial=_initial(request))
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return HttpResponseRedirect(_at(person, DO[course][what](_deed(asking, form))))
    return _asked_again(request, form, asking, reverse(course, args=[person, run]))


def _initial(request: HttpRequest) -> dict[str, str]:
    """What a link fills in: which action, which version, which language. Never anything of a person."""
    return {k: request.GET[k] for k in ("id", "whom", "version", "language") if k in request.GET}


@require_safe
@looking
def conference(request: HttpRequest, viewer: Viewer, person: int, run: str) -> HttpResponse:
    """One conference: when, who was asked, who reported, what was decided, what is owed."""
    page = run_page(because(viewer, person), person, "conference", run)
    kinds, named = kinds_of_agency(), agencies_here(viewer)
    shown = {
        "page": page, "who": page.standing.person, "at": viewer.at, "steps": _titles(page), "parts": parts(page.run), "silent": silent(page.run),
        "meeting_at": meeting_at(page.run), "missing": not_asked(page.run, kinds), "agencies": named, "slug": page.slug,
        "held": page.run.last("conference.held", "planning.held"), "takes": TAKES, "police": viewer.agency_kind == "police",
        "name": NAMES.get(str(page.run.first.get("kind")), "Conference"), "plan": page.standing.protection, "slug_of": slug_of,
    }  # fmt: skip
    return render(request, "plan/conference.html", shown)


@require_safe
@looking
def plan(request: HttpRequest, viewer: Viewer, person: int, run: str) -> HttpResponse:
    """One plan: concern, actions by what is due, what is different for the child, what if it does not work, what is owed."""
    page = run_page(because(viewer, person), person, "plan", run)
    shown = {
        "page": page, "who": page.standing.person, "at": viewer.at, "steps": _titles(page), "agencies": agencies_here(viewer),
        "slug": page.slug, "languages": languages(), "written_in": written_in, "open_steps": open_steps(page.run),
        "needs": in_words(page.standing.needs),
    }  # fmt: skip
    return render(request, "plan/plan.html", shown)


@require_safe
@looking
def family(request: HttpRequest, viewer: Viewer, person: int, run: str) -> HttpResponse:
    """The family's own version, to print: plain for parents, or the child's, with headings in their language."""
    page = run_page(because(viewer, person), person, "plan", run)
    version = "child" if request.GET.get("version") == "child" else "parents"
    language = request.GET.get("language", "en")
    language = language if language in languages() else "en"
    told, kept = for_the_family(page.actions)
    written = worded(page.run, version, language)
    shown = {"page": page, "who": page.standing.person, "told": told, "kept": kept, "words": headings(language, version),
             "version": version, "language": language, "written": written, "written_in": written_in(page.run, version),
             "changed": changed_since(page.run, written), "open_steps": open_steps(page.run),
             "languages": languages(), "slug": page.slug, "at": viewer.at}  # fmt: skip
    return render(request, "plan/family.html", shown)


@looking
def police(request: HttpRequest, viewer: Viewer, person: int, run: str) -> HttpResponse:
    """What the police hold of the child and of every member of the family, compiled; with what the police can do it is sent as their report."""
    viewer = because(viewer, person)
    report = police_report(viewer, person, run)
    asking = _asking(viewer, person, report.page, "report")
    form = STEPS["conference"]["report"](request.POST or None, asking, initial={"report": report.says, "how": "report"})
    if request.method == "POST" and form.is_valid():
        with refused_in(form):
            return HttpResponseRedirect(_at(person, DO["conference"]["report"](_deed(asking, form))))
    shown = {
        "report": report,
        "page": report.page,
        "who": report.page.standing.person,
        "form": form,
        "slug": run,
        "at": viewer.at,
    }
    return render(request, "plan/police_report.html", shown, status=422 if form.errors else 200)


@require_safe
@looking
def papers(request: HttpRequest, viewer: Viewer, person: int, run: str) -> HttpResponse:
    """The conference pack, to print: for the viewer, or as another kind of agency may have it."""
    kinds = sorted({a.kind for a in agencies_here(viewer).values()})
    chosen = request.GET.get("for", "")
    found = pack(because(viewer, person), person, run, kind=chosen if chosen in kinds else "")
    shown = {"pack": found, "page": found.page, "who": found.page.standing.person, "slug": run, "kinds": kinds, "at": viewer.at,
             "agencies": agencies_here(viewer)}  # fmt: skip
    return render(request, "plan/pack.html", shown)


@looking
@confirmed_again
def paper(request: HttpRequest, viewer: Viewer, person: int, run: str) -> HttpResponse:
    """The conference pack as a PDF, for one of those invited: whoever makes one has just said again who they are."""
    viewer = because(viewer, person)
    held = printing(viewer, person, run)
    return paper_page(
        request, viewer, held.choices, ("plan/paper.html", {"who": held.page.standing.person, "slug": run}), purpose="conference",
        file=f"conference-pack-{held.page.slug}",
        make=lambda to: printed(viewer, held, to),
    )  # fmt: skip


@require_safe
@looking
def without(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """Children at risk with no plan, enquiries that led to no conference, and plans that ended, of those I or my team work with."""
    team = request.GET.get("whose") == "team"
    return render(request, "plan/without.html", {"lists": lists(viewer, team=team), "team": team, "at": viewer.at})


@require_safe
@looking
def given(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    """What each agency gave to conferences: contribution, not presence."""
    return render(
        request,
        "plan/contributions.html",
        {"rows": contributions(viewer), "agencies": agencies_here(viewer), "at": viewer.at},
    )
