"""Pictures say what they show, in order, and let nothing through that a name might hold."""

from __future__ import annotations

from datetime import UTC, datetime
from xml.etree import ElementTree

from sightline.ui.pictures import Figure, Mark, family_picture, time_picture

SVG = "{http://www.w3.org/2000/svg}"
CENTRE = Figure("1", "Mo Hussein", "aged 10", home=True)


def _drawn(around: list[Figure]) -> ElementTree.Element:
    return ElementTree.fromstring(family_picture(CENTRE, around, title="Family", description="in words"))  # noqa: S314


def _at(drawn: ElementTree.Element, name: str) -> tuple[float, float, str]:
    group = next(g for g in drawn.iter(f"{SVG}g") if (g.find(f"{SVG}title").text or "").startswith(name))
    box = group.find(f"{SVG}rect")
    return float(box.get("x")), float(box.get("y")), box.get("class")


def test_older_generations_are_above_and_younger_below() -> None:
    drawn = _drawn(
        [Figure("2", "Layla", "parent", -1), Figure("3", "Amina", "child", 1), Figure("4", "Yusuf", "sibling", 0)]
    )
    assert _at(drawn, "Layla")[1] < _at(drawn, "Mo Hussein")[1] == _at(drawn, "Yusuf")[1] < _at(drawn, "Amina")[1]


def test_who_lives_there_and_who_does_not_look_different() -> None:
    drawn = _drawn([Figure("2", "Layla", "parent", -1, home=True), Figure("3", "Noor", "aunt", -1)])
    assert "dashed" in _at(drawn, "Noor")[2] and "dashed" not in _at(drawn, "Layla")[2]


def test_a_picture_has_its_words_in_it() -> None:
    drawn = _drawn([])
    assert drawn.find(f"{SVG}title").text == "Family"
    assert drawn.find(f"{SVG}desc").text == "in words"


def test_a_name_cannot_break_out_of_the_picture() -> None:
    drawn = _drawn([Figure("2", '<script>alert("x")</script>', "parent & carer", -1)])
    assert list(drawn.iter("script")) == [] and list(drawn.iter(f"{SVG}script")) == []


def test_many_people_are_never_drawn_on_top_of_each_other() -> None:
    drawn = _drawn([Figure(str(n), f"Sibling {n}", "sibling", n % 3 - 1) for n in range(14)])
    places = [(r.get("x"), r.get("y")) for r in drawn.iter(f"{SVG}rect")]
    assert len(places) == 15 == len(set(places))


def test_dots_are_in_order_of_time_in_their_own_lanes() -> None:
    marks = [
        Mark(datetime(y, 3, 1, tzinfo=UTC), lane, f"{y}", y == 2026)
        for y, lane in ((2020, "Missing"), (2026, "Crime"), (2023, "Missing"))
    ]
    drawn = ElementTree.fromstring(  # noqa: S314
        time_picture(marks, until=datetime(2026, 11, 2, tzinfo=UTC), title="Time", description="")
    )
    dots = {c.find(f"{SVG}title").text: c for c in drawn.iter(f"{SVG}circle")}
    assert float(dots["2020"].get("cx")) < float(dots["2023"].get("cx")) < float(dots["2026"].get("cx"))
    assert dots["2020"].get("cy") == dots["2023"].get("cy") != dots["2026"].get("cy")
    assert "strong" in dots["2026"].get("class")
