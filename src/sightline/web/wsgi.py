"""The web server's way in."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application
from django.template import engines

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.web.settings")
if settings.EMBEDDED:
    settings.SERVER.ensure()
application = get_wsgi_application()


def compile_pages() -> int:
    """Every page compiled before the server answers: the first caller of the day does not wait for it. Gives their number."""
    pages = engines["jinja2"].env  # type: ignore[attr-defined]
    names = pages.list_templates(filter_func=lambda name: name.endswith(".html"))
    return len([pages.get_template(name) for name in names])


compile_pages()
