"""A document is cut to what its recipient may see, and says what is left out; a safe address is left out of all of it."""

from __future__ import annotations

import pytest

from sightline.exchange.sharing.copies import redacted
from sightline.exchange.sharing.document import (
    Document,
    Line,
    Section,
    for_recipient,
    not_for,
    read,
    without_safe,
)
from sightline.people.safe_words import LEFT_OUT, Safe, blanked

CLASSES = ("identifying", "standing", "sensitive")


class Them:
    """Somebody for whom health is full and social care a pointer; anything else is closed to them."""

    def __init__(self, classes: tuple[str, ...] = CLASSES) -> None:
        self.classes = classes

    def reads(self, line: Line, source: str) -> bool:
        told = ("health",) if line.about == "sensitive" else ("health", "social_care")
        return line.about in self.classes and source in told

    def knows_of(self, source: str) -> bool:
        return source in ("health", "social_care")


WHOLE = Document((
    Section("identity", "Who this is", (
        Line("Name", "Orla Finch", ("social_care", "intelligence"), "identifying"),
        Line("Born", "3 May 2015", ("intelligence",), "identifying"),
    )),
    Section("chronology", "What happened", (
        Line("2 May 2026: Medical held", "Seen by Dr Pell", ("health",), "sensitive", event=1),
        Line("1 May 2026: Referral made", "Bruised arm", ("social_care",), "sensitive", (7,), event=2),
        Line("1 May 2026: Intelligence recorded", "Seen at 3 Refuge Court", ("intelligence",), "sensitive", event=3),
    )),
    Section("numbers", "Numbers", (Line("Pupil number", "A1", ("social_care",), "sensitive"),)),
))  # fmt: skip


def cut(classes: tuple[str, ...] = CLASSES) -> Document:
    return for_recipient(WHOLE, Them(classes), "Marsham Health")


@pytest.mark.requirement("IS-09")
def test_content_comes_from_full_systems_and_of_pointers_only_that_it_is_held() -> None:
    said = [(line.label, line.says) for line in cut().lines]
    assert said == [
        ("Name", "Orla Finch"),
        ("2 May 2026: Medical held", "Seen by Dr Pell"),
        ("1 May 2026: Referral made", "Held by Social care: ask them."),
    ]
    assert cut().lines[0].sources == ("social_care",), "who else says so is not told"
    assert cut().people == frozenset(), "nor who was named"


def test_what_is_left_out_is_said_and_nothing_of_what_it_was() -> None:
    said = " ".join(f"{x.what}: {x.why}" for x in cut().left_out)
    assert "Social care" in said and "not open to Marsham Health" in said
    assert "Intelligence" not in said, "of a system that is not open to them not even that it holds something"
    assert not_for(WHOLE, Them()) == ("Intelligence",), "for whoever gives it to know"
    assert "Bruised" not in str(cut().written()) and "Refuge" not in str(cut().written())


def test_a_class_that_is_not_given_is_not_there() -> None:
    assert [line.label for line in cut(("identifying",)).lines if line.about != "free"] == ["Name"]


def test_a_document_is_read_as_it_was_written() -> None:
    assert read(cut().written()) == cut()


@pytest.mark.requirement("IS-12")
@pytest.mark.parametrize(
    "text",
    [
        "Lives at 3 Refuge Court, ZQ9 1XY now",
        "lives at 3  refuge court ZQ9 1XY now",
        "Lives at 3 Refuge Court,\nZQ9 1XY now",
    ],
)
def test_a_safe_address_is_taken_out_of_any_text(text: str) -> None:
    out = blanked(text, ["3 Refuge Court, ZQ9 1XY", "3 Refuge Court", "ZQ9 1XY"])
    assert "efuge" not in out and "1XY" not in out and LEFT_OUT in out and out.endswith("now")


@pytest.mark.requirement("IS-12")
def test_other_houses_of_the_street_stay() -> None:
    assert (
        blanked("13 Refuge Court and 3 Refuge Courtyard", ["3 Refuge Court"])
        == "13 Refuge Court and 3 Refuge Courtyard"
    )


@pytest.mark.requirement("IS-12")
def test_a_safe_address_is_left_out_and_said_to_be() -> None:
    place = Section("addresses", "Where", (Line("Address", "3 Refuge Court", ("health",), "identifying", premises=5),))
    whole = Document((*WHOLE.sections, place))
    out = without_safe(whole, [Safe(5, frozenset({"3 Refuge Court"}))])
    assert "Refuge" not in str(out.written())
    assert "A safe address" in [x.what for x in out.left_out]
    assert without_safe(whole, []) == whole


@pytest.mark.requirement("IS-13")
def test_a_redacted_copy_says_how_many_lines_of_each_part_are_held_back_and_why() -> None:
    out = redacted(WHOLE, {"3": "third_party", "4": "enquiry"}, (Safe(5, frozenset({"Dr Pell"})),))
    assert [line.label for line in out.lines] == ["Name", "Born", "2 May 2026: Medical held", "Pupil number"]
    assert out.lines[2].says == f"Seen by {LEFT_OUT}"
    assert [x.what for x in out.left_out] == ["What happened: 1 line", "What happened: 1 line"]
    assert "somebody else" in out.left_out[0].why and "prosecution" in out.left_out[1].why
