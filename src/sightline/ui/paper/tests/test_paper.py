"""A paper is a tagged PDF with a title, a language and an outline; what a record says is set as it stands, in whatever script."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

import pytest
from pypdf import PdfReader

from sightline.ui.paper import setting
from sightline.ui.paper.setting import SAYS_UNSET, NoFonts, pdf
from sightline.ui.paper.written import Facts, Marks, Paper, Section, Table, Words

AT = datetime(2026, 11, 29, 14, 5, 6, 7, tzinfo=UTC)
MARKS = Marks("Ros Vane", "Carys Pugh", "Marsham Community Health", AT, "Destroy it after the conference.")
MARKUP = '#panic("x") $a$ * _ [ ] \\ // <l> @x `c` = - + / ~'


def paper(*blocks: Any, marks: Marks = MARKS) -> Paper:
    return Paper("Conference pack", marks, (Section("The child", blocks),))


def read(of: Paper) -> PdfReader:
    return PdfReader(io.BytesIO(pdf(of)))


def tags(node: Any) -> list[str]:
    """Every tag of a structure tree, in order of reading."""
    held = node.get_object()
    if isinstance(held, list):
        return [t for n in held for t in tags(n)]
    if not isinstance(held, dict):
        return []
    return [*([str(held["/S"])] if "/S" in held else []), *(tags(held["/K"]) if "/K" in held else [])]


def test_it_is_tagged_and_says_its_title_its_language_and_the_standard_it_keeps() -> None:
    table = Table(("When", "What"), (("4 March 2017", "Born"),), (1, 2))
    made = read(replace(paper(Facts((("Name", "Mo"),)), table), sections=(
        Section("The child", (Facts((("Name", "Mo"),)),)), Section("Entries", (table,), level=3))))  # fmt: skip
    root = made.trailer["/Root"]
    assert bool(root["/MarkInfo"]["/Marked"]) and root["/Lang"] == "en-GB"
    assert made.metadata is not None and made.metadata.title == "Conference pack"
    assert bool(root["/ViewerPreferences"]["/DisplayDocTitle"])
    assert "<pdfuaid:part>1</pdfuaid:part>" in root["/Metadata"].get_object().get_data().decode()
    found = tags(root["/StructTreeRoot"])
    assert [t for t in found if t[:2] == "/H"] == ["/H1", "/H2", "/H3"] and found.count("/TH") == 2
    assert found.count("/TD") == 2 and "/L" in found
    assert [o["/Title"] for o in made.outline if isinstance(o, dict)] == ["Conference pack"]


def test_every_page_says_who_printed_it_for_whom_and_when_and_bears_the_readers_name_across_it() -> None:
    long = Table(("When", "What"), tuple((str(n), "said " * 40) for n in range(60)), (1, 4))
    pages = read(paper(long)).pages
    assert len(pages) > 2
    for n, page in enumerate(pages, 1):
        text = " ".join(page.extract_text().split())
        assert "Printed by Ros Vane for Carys Pugh, Marsham Community Health, 29 November 2026, 14:05." in text
        assert "Destroy it after the conference." in text and f"Page {n} of {len(pages)}" in text
        assert text.startswith("Carys Pugh "), "the watermark, which no reader is read out"


def test_the_same_paper_at_the_same_moment_is_the_same_file() -> None:
    assert pdf(paper(Words("Said"))) == pdf(paper(Words("Said")))


@pytest.mark.parametrize("block", [Words(MARKUP), Facts(((MARKUP, MARKUP),)), Table((MARKUP,), ((MARKUP,),), (1,))])
def test_what_a_record_says_is_never_markup(block: Any) -> None:
    made = read(Paper("t", replace(MARKS, reader=MARKUP), (Section(MARKUP, (block,)),)))
    assert MARKUP in made.pages[0].extract_text().replace("\n", " ")


def test_no_script_and_no_sign_stops_a_paper() -> None:
    said = "Zażółć Łódź, محمد اُردو, \u202eleft\ufe0f, \x00\x07\ud800, 👩‍👧, 中文, বাংলা\n\nsecond line"
    text = read(paper(Words(said), Words(""), Facts((("", ""),)), Table(("a",), (), (1,)))).pages[0].extract_text()
    text = " ".join(text.split())
    assert "Zażółć Łódź" in text and "محمد" in text and "second line" in text and setting.UNSET in text
    assert SAYS_UNSET in text and SAYS_UNSET not in read(paper(Words("plain"))).pages[0].extract_text()


def test_every_sign_that_is_thought_to_be_in_the_fonts_is_and_can_be_set() -> None:
    assert len(setting._signs()) > 5000
    pdf(paper(Words(" ".join(sorted(setting._signs())))))


def test_a_row_of_another_length_than_the_heads_is_refused_and_so_is_a_house_without_fonts(
    monkeypatch: Any, tmp_path: Any
) -> None:
    with pytest.raises(ValueError, match="heads"):
        Table(("When", "What"), (("4 March",),), (1, 2))
    monkeypatch.setattr(setting, "FONTS", tmp_path)
    with pytest.raises(NoFonts):
        setting._files()
