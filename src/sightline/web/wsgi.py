"""The web server's way in."""

from __future__ import annotations

import os

from django.conf import settings
from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "sightline.web.settings")
if settings.EMBEDDED:
    settings.SERVER.ensure()
application = get_wsgi_application()
