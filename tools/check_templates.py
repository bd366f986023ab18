"""Every template compiles, and extends and includes only ui/, its own slice, or the GOV.UK macros."""

from __future__ import annotations

import os
import re
import sys

import django
from django.template import engines

from sightline.kernel.discovery import ROOT

REFERS = re.compile(r"""\{%-?\s*(?:extends|include|import|from)\s+["']([^"']+)["']""")
ANYWHERE = ("ui/", "govuk_frontend_jinja/")
# The policy for content lets no page carry a style, a script or a handler of its own; a file that leaves the screen carries its style.
INLINE = re.compile(r"""<style|<script(?![^>]*\ssrc=)|<[a-z][^>]*\s(?:style|on[a-z]+)\s*=\s*["']""", re.IGNORECASE)
LEAVES_THE_SCREEN = ("exports/file.html",)
WEB_MAY = ("account/", "mfa/", "allauth/")


def faults() -> list[str]:
    """What is wrong, one line each."""
    found = []
    environment = engines.all()[0].env  # type: ignore[attr-defined]
    for file in sorted(ROOT.glob("**/templates/**/*.html")) + sorted(ROOT.glob("**/templates/**/*.jinja")):
        folder = next(p for p in file.parents if p.name == "templates")
        name = file.relative_to(folder).as_posix()
        own = f"{folder.parent.name}/"
        try:
            environment.get_template(name)
        except Exception as error:
            found.append(f"{name}: {error}")
        if name not in LEAVES_THE_SCREEN and (inline := INLINE.search(file.read_text())):
            found.append(f"{name} carries {inline[0][:40]!r} of its own: the policy for content refuses it")
        for other in REFERS.findall(file.read_text()):
            allowed = (*ANYWHERE, own, *(WEB_MAY if own in ("web/", "access/") else ()))
            if not other.startswith(allowed):
                found.append(f"{name} refers to {other}: only ui/ and its own slice may be")
    return found


def main() -> int:
    """Status 1 where any template is at fault."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.web.settings")
    django.setup()
    wrong = faults()
    for line in wrong:
        print(line)
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
