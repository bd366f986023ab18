"""Not a GOV.UK service: no crown, no crest, no Transport, and nothing fetched from anywhere else."""

from __future__ import annotations

from pathlib import Path

import pytest

from sightline.ui.assets import FONTS, STYLES, NothingInstalled, copy_assets, copy_fonts, not_of_government

CSS = (
    "@font-face{font-family:GDS Transport;src:url(/assets/fonts/a.woff2)}body{font-family:GDS Transport,arial,sans-serif}"
    ".govuk-footer__copyright-logo:before{background-image:url(/assets/images/govuk-crest.svg);width:9px}"
    ".govuk-header__logotype{top:0}.govuk-tag{color:red}\n/*# sourceMappingURL=x.css.map */"
)


def test_what_belongs_to_government_is_taken_out_and_the_rest_stays() -> None:
    css = not_of_government(CSS)
    for gone in ("Transport", "font-face", "crest", "logotype", "sourceMappingURL"):
        assert gone not in css
    assert "body{font-family:arial,sans-serif}" in css and ".govuk-tag{color:red}" in css and "width:9px" in css


def test_copying_clears_what_was_there_and_says_when_nothing_is_installed(tmp_path: Path) -> None:
    modules, out = tmp_path / "node_modules", tmp_path / "assets"
    with pytest.raises(NothingInstalled):
        copy_assets(modules, out)
    for name in (*STYLES, "govuk-frontend/dist/govuk/govuk-frontend.min.js"):
        (modules / name).parent.mkdir(parents=True, exist_ok=True)
        (modules / name).write_text(CSS)
    out.mkdir()
    (out / "govuk-crest.svg").write_text("old")
    written = copy_assets(modules, out)
    assert not (out / "govuk-crest.svg").exists()
    assert {p.name for p in written} == {"govuk-frontend.min.css", "moj-frontend.min.css", "govuk-frontend.min.js"}


def test_the_fonts_of_papers_are_copied_apart_from_what_is_served(tmp_path: Path) -> None:
    modules, out = tmp_path / "node_modules", tmp_path / "fonts"
    with pytest.raises(NothingInstalled):
        copy_fonts(modules, out)
    for name in FONTS:
        (modules / name).parent.mkdir(parents=True, exist_ok=True)
        (modules / name).write_bytes(b"font")
    assert {p.name for p in copy_fonts(modules, out)} == {"DejaVuSans.ttf", "DejaVuSans-Bold.ttf"}
