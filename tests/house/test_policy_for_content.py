"""The policy for content is strict, goes with every answer, and no template needs it to be less."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from tools.check_templates import INLINE


@pytest.mark.django_db
@pytest.mark.parametrize("path", ["/sign-in/", "/nowhere/", "/person/1/", "/api/openapi.json", "/accounts/password/"])
def test_every_answer_bears_the_policy(path: str) -> None:
    """Pages, redirects, errors and the API alike; nothing from elsewhere and nothing written into a page."""
    policy = Client().get(path).headers["Content-Security-Policy"]
    said = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert said["default-src"] == said["script-src"] == said["style-src"] == "'self'"
    assert said["object-src"] == said["base-uri"] == said["frame-ancestors"] == "'none'"
    assert "unsafe" not in policy
    assert settings.CONTENT_SECURITY_POLICY["DIRECTIVES"]["script-src"] == ["'self'"]


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ('<p style="color: red">', True),
        ("<style>p {}</style>", True),
        ("<script>go()</script>", True),
        ('<button onclick="go()">', True),
        ('<script type="module" src="/a.js"></script>', False),
        ('<p class="style">on = "off"</p>', False),
    ],
)
def test_what_a_template_may_not_carry_is_found(text: str, refused: bool) -> None:
    """Styles, scripts and handlers of its own."""
    assert bool(INLINE.search(text)) is refused
