"""What a reader is not given never reads as if nobody had said it: pages of the pathways, of those to whose agency a system is a pointer."""

from __future__ import annotations

import re
from html import unescape

import pytest

from oracle.drive import Plan, made
from oracle.people import CENTRE
from oracle.scene import Eye, Scene

pytestmark = pytest.mark.django_db
PERSON = "person/<number:person>/"
# Pages whose entries some of those who look may only know of; and what each says of an entry that is read and silent.
PAGES = {
    PERSON + "referrals/<number:entry>/": ("Not said", "Not supplied", "Not recorded"),
    PERSON + "taking-part/": ("Wants: none", "The child wants none."),
    PERSON + "voice/": ("Not the child's own choice",),
    PERSON + "assessments/": (),
    PERSON + "plan/<slug:run>/": ("Nothing was agreed", "none chosen"),
}
NOT_GIVEN = re.compile(r"[Nn]ot given to your post")
WHO = ("practitioner", "offender_manager", "case_owner/education", "supervisor/prison", "mash_manager")


def said(held: Scene, eye: Eye, pattern: str) -> tuple[int, str]:
    """What a page of the child in the middle says, in words."""
    call = next(c for c in Plan(held, eye).calls() if (c.pattern, c.method, c.part) == (pattern, "GET", CENTRE))
    answer = made(held, eye, call)
    return answer.status, unescape(re.sub(r"<[^>]+>", " ", answer.text))


@pytest.mark.requirement("IS-01")
@pytest.mark.parametrize("pattern", PAGES)
def test_what_is_not_given_is_said_not_to_be_and_never_reads_as_unsaid(held: Scene, pattern: str) -> None:
    answers = {role: said(held, held.of_role(role)[0], pattern) for role in WHO}
    assert {status for status, _ in answers.values()} <= {200, 403, 404}, "and nothing breaks by what is missing"
    told = {role for role, (_, text) in answers.items() if NOT_GIVEN.search(text)}
    assert told, "somebody here is given a part of it alone"
    for role in told:
        assert [w for w in PAGES[pattern] if w in answers[role][1]] == [], role
        assert not re.search(r"(?<![A-Za-z] )\bNone\b(?! (?:is|was|yet|held))", answers[role][1]), role


def test_the_same_page_of_whoever_is_given_all_says_no_such_thing(held: Scene) -> None:
    pages = [PERSON + page for page in ("referrals/<number:entry>/", "assessments/", "plan/<slug:run>/")]
    answers = [said(held, held.of_role("social_care_manager")[0], page) for page in pages]
    assert [(status, NOT_GIVEN.search(text)) for status, text in answers] == [(200, None)] * len(pages)
