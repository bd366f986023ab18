"""What each rule of ours.yaml must find (ruleid) and must leave alone (ok). Read by `semgrep --test` only, never imported."""

# ruff: noqa
# mypy: ignore-errors


# ruleid: page-without-a-viewer
def bare(request: HttpRequest) -> HttpResponse:
    return render(request, "web/bare.html")


# ok: page-without-a-viewer
@require_safe
@looking
def seen(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    return render(request, "web/seen.html")


# ok: page-without-a-viewer
def _part(request: HttpRequest) -> HttpResponse:
    return render(request, "web/part.html")


@looking
def reads(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    # ruleid: page-reads-a-table
    rows = Event.objects.all()
    # ok: page-reads-a-table
    more = queries.events(viewer)
    return render(request, "web/reads.html", {"rows": rows, "more": more})


@looking
def searches(request: HttpRequest, viewer: Viewer) -> HttpResponse:
    wanted = request.GET.get("wanted", "")
    # ruleid: request-into-sql
    cursor.execute(f"SELECT 1 FROM people_link WHERE reason = '{wanted}'")
    # ok: request-into-sql
    cursor.execute("SELECT 1 FROM people_link WHERE reason = %s", [wanted])
    # ruleid: request-into-the-system
    Path(wanted)
    # ruleid: request-into-the-system
    HttpResponseRedirect(wanted)
    # ok: request-into-the-system
    return HttpResponseRedirect(reverse("person", args=[wanted]))


def drawn(name: str) -> str:
    # ruleid: text-made-markup
    bad = Markup(f"<b>{name}</b>")
    # ok: text-made-markup
    good = escape(name)
    return bad + good


# ruleid: no-guard-against-forgery
@csrf_exempt
# ok: no-guard-against-forgery
def open_door(request):
    return None


def told(person):
    # ruleid: value-into-a-log-line
    log.info("shown", surname=person.surname)
    # ok: value-into-a-log-line
    log.info("shown", route="/person/", people=1)


# ruleid: answer-kept-outside
@cache_page(60)
# ok: answer-kept-outside
def kept(request):
    return None


def careless(viewer):
    # ruleid: look-swallowed
    try:
        write(viewer, Action.CONSULTATION)
    except NotLogged:
        pass
    # ok: look-swallowed
    try:
        write(viewer, Action.CONSULTATION)
    except ValueError:
        pass
