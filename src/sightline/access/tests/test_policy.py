"""The policy table, row by row: who in what post, tied how to a person, in what state of the record and for what, is given which classes."""

from __future__ import annotations

import pytest

from sightline.access import policy
from sightline.access.policy import Gives, Held, Of, Purpose, State, Tier, decide
from sightline.access.roles import May, roles
from sightline.access.viewer import Viewer

NO, POINTER, BY, FULL = Gives.NO, Gives.POINTER, Gives.BY_SOURCE, Gives.FULL
# In the order of the classes: identifying, standing, sensitive, free, trail.
OPEN = (FULL, FULL, BY, BY, FULL)
NOTHING = (NO, NO, NO, NO, NO)
POINTED = (POINTER, POINTER, POINTER, POINTER, NO)
CALLS, OWNS, GUARDS, COURT = "call_handler", "case_owner", "data_guardian", "court_appointed_officer"

CASES = [
    # role, agency, tied by, state, purpose, what is given
    (OWNS, "social_care", Held.LIVE, State.OPEN, None, OPEN),
    (OWNS, "social_care", Held.NONE, State.OPEN, None, NOTHING),
    (OWNS, "social_care", Held.NONE, State.RESTRICTED, None, NOTHING),
    (OWNS, "social_care", Held.LIVE, State.RESTRICTED, None, OPEN),
    (OWNS, "social_care", Held.LIVE, State.SEALED, None, NOTHING),
    (OWNS, "social_care", Held.LIVE, State.EXCLUDED, None, NOTHING),
    (CALLS, "police", Held.FIRST_CONTACT, State.OPEN, None, OPEN),
    (CALLS, "police", Held.FIRST_CONTACT, State.RESTRICTED, None, POINTED),
    (CALLS, "police", Held.FIRST_CONTACT, State.SEALED, None, NOTHING),
    (CALLS, "police", Held.FIRST_CONTACT, State.EXCLUDED, None, NOTHING),
    (CALLS, "police", Held.EMERGENCY, State.SEALED, None, OPEN),
    (CALLS, "police", Held.EMERGENCY, State.EXCLUDED, None, OPEN),
    (CALLS, "police", Held.EMERGENCY, State.RESTRICTED, None, OPEN),
    (CALLS, "police", Held.AROUND, State.OPEN, None, (FULL, FULL, NO, NO, NO)),
    (CALLS, "police", Held.AROUND, State.RESTRICTED, None, POINTED),
    (CALLS, "police", Held.AROUND, State.SEALED, None, NOTHING),
    ("administrator", "police", Held.LIVE, State.OPEN, None, NOTHING),
    ("administrator", "police", Held.EMERGENCY, State.OPEN, None, NOTHING),
    ("astronaut", "police", Held.LIVE, State.OPEN, None, NOTHING),
    (GUARDS, "hub", Held.NONE, State.SEALED, Purpose.REVIEW_ACCESS, (NO, NO, NO, NO, FULL)),
    (GUARDS, "hub", Held.NONE, State.OPEN, Purpose.REVIEW_ACCESS, (NO, NO, NO, NO, FULL)),
    (GUARDS, "hub", Held.NONE, State.EXCLUDED, Purpose.REVIEW_ACCESS, NOTHING),
    (GUARDS, "hub", Held.NONE, State.OPEN, None, NOTHING),
    (OWNS, "social_care", Held.LIVE, State.OPEN, Purpose.REVIEW_ACCESS, NOTHING),
    (OWNS, "social_care", Held.LIVE, State.OPEN, Purpose.IDENTITY, NOTHING),
    ("mash_manager", "hub", Held.LIVE, State.OPEN, Purpose.IDENTITY, OPEN),
    ("mash_manager", "hub", Held.FIRST_CONTACT, State.OPEN, Purpose.IDENTITY, OPEN),
    ("mash_manager", "hub", Held.FIRST_CONTACT, State.RESTRICTED, Purpose.IDENTITY, POINTED),
    ("mash_manager", "hub", Held.EMERGENCY, State.SEALED, Purpose.IDENTITY, OPEN),
    (COURT, "family_court_advice", Held.COURT, State.OPEN, None, (FULL, FULL, BY, BY, NO)),
    (COURT, "family_court_advice", Held.COURT, State.RESTRICTED, None, (FULL, FULL, BY, BY, NO)),
    (COURT, "family_court_advice", Held.COURT, State.SEALED, None, NOTHING),
    (COURT, "family_court_advice", Held.LIVE, State.OPEN, None, NOTHING),
    (COURT, "family_court_advice", Held.FIRST_CONTACT, State.OPEN, None, NOTHING),
    (COURT, "family_court_advice", Held.COURT, State.OPEN, Purpose.FIRST_CONTACT, NOTHING),
    (COURT, "family_court_advice", Held.AROUND, State.OPEN, None, (FULL, NO, NO, NO, NO)),
    (COURT, "police", Held.COURT, State.OPEN, None, NOTHING),
    (OWNS, "social_care", Held.COURT, State.OPEN, None, NOTHING),
]


@pytest.mark.requirement("IS-01", "IS-21")
@pytest.mark.parametrize(("role", "agency", "held", "state", "purpose", "given"), CASES)
def test_what_the_table_gives(
    role: str, agency: str, held: Held, state: State, purpose: Purpose | None, given: tuple[Gives, ...]
) -> None:
    decided = decide(role, agency, [held], state, purpose)
    assert tuple(decided.of(what) for what in Of) == given
    assert bool(decided.says) == (given != NOTHING), "and the row that it rests on is named"


@pytest.mark.requirement("IS-01")
def test_of_several_involvements_each_class_gets_the_most_that_any_gives() -> None:
    both = decide(CALLS, "police", [Held.FIRST_CONTACT, Held.LIVE], State.RESTRICTED)
    assert both.gives == decide(CALLS, "police", [Held.LIVE], State.RESTRICTED).gives
    assert both.held == {Held.FIRST_CONTACT, Held.LIVE}
    around = decide(CALLS, "police", [Held.AROUND, Held.NONE], State.OPEN)
    assert around.of(Of.IDENTIFYING) is FULL
    assert around.of(Of.SENSITIVE) is NO


@pytest.mark.requirement("IS-05")
@pytest.mark.parametrize("role", sorted(roles()))
def test_what_is_sealed_or_a_conflict_of_interest_is_not_there_for_any_role_short_of_an_emergency(role: str) -> None:
    for agency in ("police", "hub", "social_care", "health", "family_court_advice"):
        for state in (State.SEALED, State.EXCLUDED):
            assert policy.conceals(role, agency, state)
            assert policy.lifts(role, agency, state) == (role != "administrator")


def test_restricted_is_known_of_by_every_role_that_reads_at_all() -> None:
    hidden = {r for r in roles() if policy.conceals(r, "police", State.RESTRICTED)}
    assert hidden == {"administrator", COURT}, "the court's officer reads by appointment, of an agency of their own"


def test_an_involvement_that_nobody_named_opens_no_more_than_first_contact() -> None:
    assert policy.held_by("allocated") is policy.held_by("alert") is Held.LIVE
    assert policy.held_by("recorded") is policy.held_by("something new") is Held.FIRST_CONTACT


def test_every_right_is_a_word_of_the_house_and_every_row_says_something() -> None:
    rights = policy.table()["rights"]
    assert {r.upper() for held in rights.values() for r in held} <= {may.name for may in May}
    assert set(rights) - {"others"} <= set(roles())
    assert len({row.says for row in policy.rows()}) == len(policy.rows())
    assert not roles()["administrator"].may & {May.READ_WHEN_INVOLVED, May.REVIEW_ACCESS}


def test_no_row_is_there_for_nothing() -> None:
    fitting = set()
    for role in roles():
        for agency in (*policy.tiers(), ""):
            for held in Held:
                for state in State:
                    for purpose in Purpose:
                        row = next((r for r in policy.rows() if r.fits(role, agency, held, state, purpose)), None)
                        fitting.add(row.says if row else "")
    assert fitting - {""} == {row.says for row in policy.rows()}


def _viewer(agency: str) -> Viewer:
    return Viewer(1, "", OWNS, agency, 1, None, None, "", agency_kind=agency)  # type: ignore[arg-type]


@pytest.mark.requirement("IS-21")
def test_the_court_s_officer_reads_the_local_authority_s_systems_and_no_others() -> None:
    held = {source for source, tier in policy.tiers()["family_court_advice"].items() if tier is not Tier.NO}
    assert held == {"social_care", "child_protection", "placements"}


@pytest.mark.requirement("IS-10")
@pytest.mark.parametrize(
    ("source", "said", "carries", "code"),
    [
        ("intelligence", "permitted", True, "permitted"),
        ("intelligence", "conditions", True, "conditions"),
        ("intelligence", None, True, "conditions"),  # unknown is never taken for permission
        ("intelligence", "something else", True, "conditions"),
        ("intelligence", None, False, ""),
        ("crime", None, True, ""),
        ("crime", "conditions", True, "conditions"),
    ],
)
def test_the_code_by_which_an_entry_is_handled(source: str, said: object, carries: bool, code: str) -> None:
    assert policy.code_of(source, said, carries=carries) == code


@pytest.mark.requirement("IS-10")
@pytest.mark.parametrize(
    ("agency", "held", "content", "standing"),
    [
        ("police", Held.LIVE, True, True),
        ("police", Held.EMERGENCY, True, True),
        ("police", Held.FIRST_CONTACT, False, True),
        ("hub", Held.LIVE, False, False),
        ("social_care", Held.LIVE, False, False),
    ],
)
def test_what_was_shared_on_conditions(agency: str, held: Held, content: bool, standing: bool) -> None:
    viewer = _viewer(agency)
    assert policy.handled(viewer, "conditions", "content", {held}) is content
    assert policy.handled(viewer, "conditions", "standing", {held}) is standing
    assert policy.handled(viewer, "permitted", "content", {held})
    assert policy.handled(viewer, "", "content", {held})
