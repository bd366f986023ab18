"""Copies the design system out of node_modules, without what belongs to gov.uk alone: the crown, the crest and GDS Transport.

`python -m sightline.ui.assets`, after `npm ci`. What comes out is a folder of static files that settings serve as `/assets/`, and one of the
fonts that papers are set in, which is served to nobody.
"""

from __future__ import annotations

import re
import shutil
from pathlib import Path

from sightline.kernel.discovery import ROOT

HOME = ROOT.parents[1]
STYLES = (
    "govuk-frontend/dist/govuk/govuk-frontend.min.css",
    "@ministryofjustice/frontend/moj/moj-frontend.min.css",
)
SCRIPTS = ("govuk-frontend/dist/govuk/govuk-frontend.min.js",)
FONTS = ("dejavu-fonts-ttf/ttf/DejaVuSans.ttf", "dejavu-fonts-ttf/ttf/DejaVuSans-Bold.ttf")
PICTURES = "@ministryofjustice/frontend/moj/assets/images/icon-*.svg"
_FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
_CREST = re.compile(r"(?:background-image|-webkit-mask-image|mask-image):url\([^)]*(?:crest|crown|logotype)[^)]*\);?")
_EMBLEMS = re.compile(r"[^{}]*(?:crown|crest|logotype)[^{}]*\{[^{}]*\}")
_SOURCE_MAP = re.compile(r"/[*/][#@] sourceMappingURL=[^\n*]*(?:\*/)?")


class NothingInstalled(RuntimeError):
    """node_modules is not there."""


def not_of_government(css: str) -> str:
    """The style sheet for a service outside gov.uk: arial throughout, no font files, no crown, no crest."""
    css = _FONT_FACE.sub("", css).replace("GDS Transport,", "").replace('"GDS Transport",', "")
    css = _EMBLEMS.sub("", _CREST.sub("", css))
    return _SOURCE_MAP.sub("", css)


def copy_assets(modules: Path, out: Path) -> list[Path]:
    """Write the style sheets, scripts and icons to a folder, anew; gives back what was written."""
    if not (modules / STYLES[0]).exists():
        raise NothingInstalled(f"{modules} holds no design system: run npm ci first")
    shutil.rmtree(out, ignore_errors=True)
    (out / "images").mkdir(parents=True)
    written = []
    for name in (*STYLES, *SCRIPTS):
        text = (modules / name).read_text()
        target = out / Path(name).name
        target.write_text(not_of_government(text) if name.endswith(".css") else _SOURCE_MAP.sub("", text))
        written.append(target)
    for picture in sorted(modules.glob(PICTURES)):
        written.append(Path(shutil.copy(picture, out / "images" / picture.name)))
    return written


def copy_fonts(modules: Path, out: Path) -> list[Path]:
    """Write the fonts of papers to a folder, anew; gives back what was written."""
    if not (modules / FONTS[0]).exists():
        raise NothingInstalled(f"{modules} holds no fonts: run npm ci first")
    shutil.rmtree(out, ignore_errors=True)
    out.mkdir(parents=True)
    return [Path(shutil.copy(modules / name, out / Path(name).name)) for name in FONTS]


if __name__ == "__main__":
    copy_assets(HOME / "node_modules", HOME / ".local" / "assets")
    copy_fonts(HOME / "node_modules", HOME / ".local" / "fonts")
