"""Entries without the addresses that are kept from whoever reads them, and without how somebody can be reached who is kept safe from them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from sightline.access.viewer import Viewer
from sightline.chronology.view import Chronology, Happening, frozen
from sightline.people.premises import postcode_in, premises_key, tidy_postcode
from sightline.people.safe import PROTECTING, Kept, kept_from
from sightline.people.safe_words import blanked, ways_of_writing


def kept_safe(viewer: Viewer, chronology: Chronology) -> Chronology:
    """The chronology of anybody without the places that are kept from this viewer, in whatever words: others have been there too."""
    kept = kept_from(viewer) if chronology.happenings or chronology.past else None
    if not kept:
        return chronology
    texts = ways_of_writing(kept.premises)
    return chronology.where(lambda h: _safely(h, kept, texts))


def _safely(happening: Happening, kept: Kept, texts: Sequence[str]) -> Happening | None:
    """An entry without the address that is kept from this viewer; none where it is what that address is, or how somebody can be reached."""
    if happening.kind in PROTECTING and kept.people & {p for held in happening.people.values() for p in held}:
        return None
    where, recorded = happening.premises_key, happening.kind == "address.recorded"
    if recorded:
        lines, code = str(happening.get("lines") or happening.place), str(happening.get("postcode") or "")
        where = premises_key(lines, tidy_postcode(code) if code else postcode_in(lines))
    if recorded and where in kept.premises:
        return None
    if where in kept.premises:
        happening = replace(happening, place="", premises_key=None)
    return _without(happening, texts) if texts else happening


def _without(happening: Happening, texts: Sequence[str]) -> Happening:
    said = _blanked(happening.data, texts)
    return replace(
        happening, data=frozen(said), note=blanked(happening.note, texts), place=blanked(happening.place, texts)
    )


def _blanked(value: Any, texts: Sequence[str]) -> Any:
    if isinstance(value, str):
        return blanked(value, texts)
    if isinstance(value, Mapping):
        return {name: _blanked(held, texts) for name, held in value.items()}
    return type(value)(_blanked(held, texts) for held in value) if isinstance(value, list | tuple) else value
