"""Every check of the source is caught when it is taken away, or it is said why nothing changes without it."""

from __future__ import annotations

import contextlib
from collections.abc import Callable
from types import CodeType

from cast import feed_viewer
from mutants import caught, opened, taken

EVERY = taken.every()


def test_every_check_is_known_to_be_caught_or_it_is_said_that_it_is_not() -> None:
    known = [*caught.written(), *caught.accepted(), *caught.open_still()]
    keys = {c.key for c in EVERY}
    assert keys - set(known) == set(), (
        "new checks: `make proof-mutants` finds the test that catches each, or tells that there is none"
    )
    assert set(known) - keys == set(), "gone: `python -m mutants.caught` writes the file anew"
    assert len(known) == len(set(known))
    assert [k for k, why in caught.accepted().items() if len(why) < 30] == []


def names(code: CodeType) -> set[str]:
    """Every name that a function reads from outside, and those within it."""
    return set(code.co_names).union(*(names(c) for c in code.co_consts if isinstance(c, CodeType)))


def test_each_taken_away_is_another_function_and_is_put_back() -> None:
    for check in EVERY:
        (live,) = taken.functions()[check.where]
        before = live.__code__
        with taken.away(check):
            assert taken.OPENED in names(live.__code__) - names(before), check.key
            assert live.__code__.co_varnames == before.co_varnames
        assert live.__code__ is before


def decided(to: str, question: Callable[..., object], *given: object) -> bool:
    """Whether it is kept of a question that its answer made a difference."""
    opened.DECIDED.clear()
    with contextlib.suppress(PermissionError):
        opened.asked({"it": to}, question, *given)
    return "it" in opened.DECIDED


def refused(*_: object) -> None:
    raise PermissionError


def test_it_is_kept_of_a_check_whether_it_gave_what_it_would_give_if_it_were_not_made() -> None:
    nobody = feed_viewer()
    assert not decided("readable", lambda *_: {1, 2}, nobody, [1, 2])
    assert decided("readable", lambda *_: {1}, nobody, [1, 2])
    assert decided("readable", lambda *_: {1, 2}, nobody, iter([1, 2])), "what is read once is not asked again"
    assert decided("hidden", lambda *_: {3}, nobody, [3])
    assert not decided("hidden", lambda *_: set(), nobody, [3])
    assert decided("look", refused, nobody, [1])
    assert not decided("look", lambda *_: None, nobody, [1])
    assert decided("look_unlogged", lambda *_: None, nobody, [1]), "a look that is allowed is still written down"
    assert decided("require", refused, nobody)
    assert not decided("may", lambda *_: True, nobody)


def test_no_two_checks_have_one_name() -> None:
    assert len({c.key for c in EVERY}) == len(EVERY)
