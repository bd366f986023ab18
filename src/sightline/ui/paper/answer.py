"""A paper as an answer: a file to keep or to print, of which no browser or proxy keeps a copy."""

from __future__ import annotations

from django.http import HttpResponse

from sightline.ui.paper.setting import pdf
from sightline.ui.paper.written import Paper


def download(paper: Paper, name: str) -> HttpResponse:
    """The PDF. `name`: of the file, without its ending; it names nobody."""
    answer = HttpResponse(pdf(paper), content_type="application/pdf")
    answer["Content-Disposition"] = f'attachment; filename="{name}.pdf"'
    answer["Cache-Control"] = "no-store"
    return answer
