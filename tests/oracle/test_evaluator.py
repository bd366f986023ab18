"""The evaluator stands apart from the application, and says of plain cases what the table says in words."""

from __future__ import annotations

import ast
import sys
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from oracle import evaluator
from oracle.evaluator import CLASSES, HERE, Facts, Held, Said, Seen, Viewer, class_of, decide

AT = datetime(2026, 11, 2, 14, 5, tzinfo=UTC)
CHILD, MOTHER, ME = 1, 2, 7


def held(
    *what: str, person: int = CHILD, user: int | None = ME, hours: float = -1, until: float | None = None
) -> list[Held]:
    """These hold since an hour ago."""
    end = None if until is None else AT + timedelta(hours=until)
    return [
        Held(w, person, None if w in ("sealed", "restricted") else user, AT + timedelta(hours=hours), end) for w in what
    ]


def facts(*rows: Held, tied: bool = False) -> Facts:
    """The scene."""
    near = {CHILD: frozenset({MOTHER}), MOTHER: frozenset({CHILD})} if tied else {}
    return Facts(AT, rows, near)


def test_the_evaluator_imports_no_application_code() -> None:
    tree = ast.parse(Path(evaluator.__file__).read_text())
    imported = {a.name for n in ast.walk(tree) if isinstance(n, ast.Import) for a in n.names}
    imported |= {n.module or "" for n in ast.walk(tree) if isinstance(n, ast.ImportFrom)}
    assert {name.split(".")[0] for name in imported} - sys.stdlib_module_names == {"yaml"}
    assert not {n.func.id for n in ast.walk(tree) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)} & {
        "__import__",
        "eval",
        "exec",
    }


WORKER, NURSE = Viewer(ME, "case_owner", "social_care"), Viewer(ME, "practitioner", "health")
HANDLER, ADMIN = Viewer(ME, "call_handler", "police"), Viewer(ME, "administrator", "police")
GUARDIAN, CLERK = Viewer(ME, "data_guardian", "hub"), Viewer(ME, "no_such_role", "police")
CASES = [
    ("works with the child: content of what the agency may see", WORKER, ["allocated"], "social_care", "sensitive", Seen.FULL),
    ("of a pointer no content", WORKER, ["allocated"], "crime", "sensitive", Seen.POINTER),
    ("of a pointer who somebody is", WORKER, ["allocated"], "crime", "identifying", Seen.FULL),
    ("of a pointer what must be known at the door", WORKER, ["allocated"], "crime", "standing", Seen.FULL),
    ("of a pointer what it may say of an entry", WORKER, ["allocated"], "crime", "free", Seen.FULL),
    ("of any other system nothing", WORKER, ["allocated"], "intelligence", "identifying", Seen.NO),
    ("nobody's business of theirs", WORKER, [], "social_care", "identifying", Seen.NO),
    ("restricted, works with the child", WORKER, ["allocated", "restricted"], "social_care", "sensitive", Seen.FULL),
    ("restricted, at first contact", HANDLER, ["first_contact", "restricted"], "crime", "identifying", Seen.POINTER),
    ("restricted, no involvement", HANDLER, ["restricted"], "crime", "identifying", Seen.NO),
    ("sealed, works with the child", WORKER, ["allocated", "sealed"], "social_care", "identifying", Seen.NO),
    ("sealed, opened in an emergency", WORKER, ["break_glass", "sealed"], "social_care", "sensitive", Seen.FULL),
    ("excluded, works with the child", WORKER, ["allocated", "excluded"], "social_care", "free", Seen.NO),
    ("excluded, opened in an emergency", WORKER, ["break_glass", "excluded"], "social_care", "sensitive", Seen.FULL),
    ("a role that configures", ADMIN, ["allocated"], "crime", "identifying", Seen.NO),
    ("a role that nobody declared", CLERK, ["allocated"], "crime", "identifying", Seen.NO),
    ("a court appointment to somebody else's role", WORKER, ["court_appointment"], "social_care", "identifying", Seen.NO),
    ("who looked, for whoever works with the child", NURSE, ["allocated"], HERE, "trail", Seen.FULL),
]  # fmt: skip


@pytest.mark.parametrize(("says", "who", "what", "source", "klass", "expected"), CASES, ids=[c[0] for c in CASES])
def test_what_the_table_says_of_plain_cases(
    says: str, who: Viewer, what: list[str], source: str, klass: str, expected: Seen
) -> None:
    assert decide(who, CHILD, Said(source, klass), facts(*held(*what))) is expected


def test_what_is_over_or_to_come_opens_nothing_and_an_exclusion_that_ended_closes_nothing() -> None:
    said = Said("social_care", "sensitive")
    assert decide(WORKER, CHILD, said, facts(*held("allocated", until=-0.5))) is Seen.NO
    assert decide(WORKER, CHILD, said, facts(*held("allocated", hours=1))) is Seen.NO
    over = held("excluded", hours=-9, until=-1)
    assert decide(WORKER, CHILD, said, facts(*held("allocated"), *over)) is Seen.FULL


def test_those_around_are_shown_by_name_and_danger_only_while_the_childs_record_is_read() -> None:
    scene = facts(*held("allocated"), tied=True)
    assert decide(WORKER, MOTHER, Said("health", "identifying"), scene, within=[CHILD]) is Seen.FULL
    assert decide(WORKER, MOTHER, Said("health", "sensitive"), scene, within=[CHILD]) is Seen.NO
    assert decide(WORKER, MOTHER, Said("health", "identifying"), scene) is Seen.NO
    sealed = facts(*held("allocated", "sealed"), tied=True)
    assert decide(WORKER, MOTHER, Said("health", "identifying"), sealed, within=[CHILD]) is Seen.NO


def test_a_guardian_reads_who_looked_for_review_and_nothing_else() -> None:
    given = {k: decide(GUARDIAN, CHILD, Said(HERE, k), facts(*held("sealed")), "review_access") for k in CLASSES}
    assert {k for k, seen in given.items() if seen is not Seen.NO} == {"trail"}
    assert decide(GUARDIAN, CHILD, Said(HERE, "trail"), facts(*held("excluded")), "review_access") is Seen.NO
    assert decide(WORKER, CHILD, Said(HERE, "trail"), facts(), "review_access") is Seen.NO


def test_an_entry_with_conditions_is_content_for_the_agency_that_wrote_it_and_those_who_work_with_the_child() -> None:
    officer, hub = Viewer(ME, "response_officer", "police"), Viewer(ME, "mash_manager", "hub")
    with_conditions = Said("intelligence", "sensitive", coded=True, code="conditions")
    assert decide(officer, CHILD, with_conditions, facts(*held("allocated"))) is Seen.FULL
    assert decide(officer, CHILD, with_conditions, facts(*held("first_contact"))) is Seen.POINTER
    assert (
        decide(officer, CHILD, Said("intelligence", "sensitive", coded=True), facts(*held("first_contact")))
        is Seen.POINTER
    )
    standing = Said("intelligence", "standing", coded=True, code="conditions")
    assert decide(hub, CHILD, standing, facts(*held("allocated"))) is not Seen.FULL
    assert decide(officer, CHILD, standing, facts(*held("first_contact"))) is Seen.FULL
    lives_there = Said("intelligence", "identifying", coded=True)
    assert decide(hub, CHILD, lives_there, facts(*held("allocated"))) is Seen.POINTER
    assert decide(officer, CHILD, lives_there, facts(*held("first_contact"))) is Seen.FULL


def test_every_field_has_a_class_and_what_is_not_named_is_sensitive() -> None:
    assert class_of("people.SourceRecord.surname") == "identifying"
    assert class_of("contact.received.anything") == "sensitive"
    assert class_of("plan.started.category") == "standing"
