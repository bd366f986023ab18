"""Jinja2 for every page: the design system and each slice's own templates."""

from __future__ import annotations

from typing import Any

from jinja2 import ChainableUndefined, ChoiceLoader, Environment, FileSystemLoader, PackageLoader, PrefixLoader

from sightline.kernel.discovery import ROOT


def environment(**options: Any) -> Environment:
    """Templates are found as `ui/...`, `<slice>/...`; GOV.UK macros as `govuk_frontend_jinja/...`."""
    folders = [str(p) for p in sorted(ROOT.glob("**/templates")) if p.is_dir()]
    options["loader"] = ChoiceLoader(
        [FileSystemLoader(folders), PrefixLoader({"govuk_frontend_jinja": PackageLoader("govuk_frontend_jinja")})]
    )
    options["undefined"] = ChainableUndefined
    return Environment(**options)  # noqa: S701 - Django passes autoescape=True
