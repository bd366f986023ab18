"""The oracle can fail: one thing leaked, one check taken away, one line of the log wrong, and it says so."""

from __future__ import annotations

import base64
from collections.abc import Callable
from typing import Any

import pytest
from django.db.models import Q
from jinja2 import Template

from access_proof.canaries import Canary
from access_proof.routes import Aim
from oracle.drive import Planned, made
from oracle.due import missing
from oracle.judge import Fault, Judge
from oracle.scene import Eye, Scene
from sightline.access import gate, log, policy
from sightline.web import views

pytestmark = pytest.mark.django_db
Break = Callable[[pytest.MonkeyPatch, Scene], None]
PERSON = "person/<number:person>/"
THIN = "work-restricted"
# Who tries, and the relation to whom: somebody who works with the child, in an agency that is given little of most systems.
TRIES = (("practitioner", "health"), ("call_handler", "police"), ("case_owner", "social_care"))


def eye_of(held: Scene, role: str, agency: str = "") -> Eye:
    """One of those who look, of a role."""
    return next(e for e in held.eyes if e.viewer.role == role and agency in ("", e.viewer.agency))


def found(
    held: Scene, judge: Judge, eyes: list[Eye], parts: tuple[str, ...], patterns: tuple[str, ...] = (PERSON,)
) -> list[Fault]:
    """What the oracle says of some pages of some people."""
    calls = [
        (e, Planned(p, "GET", n, Aim(person=held.people[n], premises=held.homes[n])))
        for e in eyes
        for p in patterns
        for n in parts
    ]
    return [f for eye, call in calls for f in judge.faults(made(held, eye, call))]


def _no_state(patch: pytest.MonkeyPatch, held: Scene) -> None:
    patch.setattr(gate, "_restricted", lambda *_: {})


def _no_exclusion(patch: pytest.MonkeyPatch, held: Scene) -> None:
    patch.setattr(gate, "_excluded", lambda *_: set())


def _no_end(patch: pytest.MonkeyPatch, held: Scene) -> None:
    patch.setattr(gate, "live_at", lambda _: Q())


def _everything_full(patch: pytest.MonkeyPatch, held: Scene) -> None:
    every = {s: policy.Tier.FULL for of in policy.tiers().values() for s in of}
    everybody = dict.fromkeys(policy.tiers(), every)
    patch.setattr(policy, "tiers", lambda: everybody)


def _any_role(patch: pytest.MonkeyPatch, held: Scene) -> None:
    patch.setattr(policy, "_row", lambda *_: policy.Decision(dict.fromkeys(policy.Of, policy.Gives.FULL), ("anybody",)))


CHECKS: dict[str, tuple[Break, str]] = {
    "sealed records are open": (_no_state, "work-sealed"),
    "restricted records are open at first contact": (_no_state, "first_contact-restricted"),
    "exclusions are not asked for": (_no_exclusion, "barred-open"),
    "involvement never ends": (_no_end, "ended-open"),
    "an emergency never ends": (_no_end, "opened_before-sealed"),
    "every system is full": (_everything_full, "work-open"),
    "every role reads everybody": (_any_role, "never-open"),
}


@pytest.mark.parametrize("broken", CHECKS)
def test_a_check_taken_away_is_seen(held: Scene, judge: Judge, monkeypatch: pytest.MonkeyPatch, broken: str) -> None:
    change, part = CHECKS[broken]
    eyes = [
        eye_of(held, *who)
        for who in TRIES
        if any(e.viewer.role == who[0] and e.viewer.agency == who[1] for e in held.eyes)
    ]
    assert found(held, judge, eyes, (part,)) == []
    change(monkeypatch, held)
    assert [f for f in found(held, judge, eyes, (part,)) if f.what == "shown"] != []


def secret(held: Scene, owner: str, field: str, source: str) -> Canary:
    """One value that those who try may not see."""
    return next(c for c in held.cage.held if (c.owner, c.field, c.source) == (owner, field, source))


FORMS = {
    "as it is": lambda v: v,
    "in lower case": str.lower,
    "backwards": lambda v: v[::-1],
    "in base 64 within a text": lambda v: base64.b64encode(f"who: {v}, and so on".encode()).decode(),
    "coded for an address": lambda v: "".join(f"%{b:02x}" for b in v.encode()),
}


@pytest.mark.parametrize("form", FORMS)
def test_one_field_leaked_by_a_template_is_seen_in_any_form(
    held: Scene, judge: Judge, monkeypatch: pytest.MonkeyPatch, form: str
) -> None:
    eye, leaked = eye_of(held, "case_owner"), secret(held, "never-open", "person.recorded.surname", "crime")
    render, said = Template.render, FORMS[form](leaked.value)
    monkeypatch.setattr(Template, "render", lambda self, *a, **k: render(self, *a, **k) + f"<!-- {said} -->")
    assert {f.of for f in found(held, judge, [eye], (THIN,)) if f.what == "shown"} == {"never-open"}


def test_a_number_given_by_its_last_four_is_seen(held: Scene, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    eye, leaked = eye_of(held, "case_owner"), secret(held, "never-open", "person.recorded.nhs_number", "crime")
    render = Template.render
    monkeypatch.setattr(
        Template, "render", lambda self, *a, **k: render(self, *a, **k) + f"<p>NHS ending {leaked.value[-4:]}</p>"
    )
    assert {f.of for f in found(held, judge, [eye], (THIN,)) if f.what == "shown"} == {"never-open"}


def test_a_look_that_names_nobody_is_seen(held: Scene, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    eye = eye_of(held, "case_owner")
    monkeypatch.setattr(gate, "write", lambda by, action, **said: log.write(by, action, **{**said, "people": ()}))
    assert "not logged" in {f.what for f in found(held, judge, [eye], (THIN,))}


def test_a_refusal_that_is_not_written_down_is_seen(held: Scene, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    eye = eye_of(held, "case_owner")
    assert found(held, judge, [eye], ("never-open",)) == []
    monkeypatch.setattr(gate, "refuse", lambda by, **_: log.write(by, log.Action.REFUSAL, outcome="refused"))
    assert "refusal not logged" in {f.what for f in found(held, judge, [eye], ("never-open",))}


def test_a_line_of_the_log_that_is_no_look_is_seen(held: Scene, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    eye, other = eye_of(held, "case_owner"), held.people["never-restricted"]

    def write(by: Any, action: Any, **said: Any) -> Any:
        return log.write(by, action, **{**said, "people": {*said.get("people", ()), other}})

    monkeypatch.setattr(gate, "write", write)
    assert ("no look", "never-restricted") in {(f.what, f.of) for f in found(held, judge, [eye], (THIN,))}


def test_a_page_that_shows_less_than_is_due_is_seen(held: Scene, judge: Judge, monkeypatch: pytest.MonkeyPatch) -> None:
    eye, page = eye_of(held, "case_owner"), views.person_page
    part = "work-restricted"
    assert missing(held, judge, eye, part) == set()

    def less(*a: Any, **k: Any) -> Any:
        whole = page(*a, **k)
        return type(whole)(**{**vars(whole), "chronology": whole.chronology.where(lambda _: None)})

    monkeypatch.setattr(views, "person_page", less)
    assert missing(held, judge, eye, part) != set()
