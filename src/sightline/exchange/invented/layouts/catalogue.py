"""Every invented extract by its system's key (vocabulary/sources)."""

from collections.abc import Mapping

from sightline.exchange.invented.layouts import calls_and_crimes, children_services, partners, police_specialists
from sightline.exchange.invented.layouts.columns import Layout

_ALL = (
    calls_and_crimes.COMMAND_AND_CONTROL,
    calls_and_crimes.CRIME,
    calls_and_crimes.CUSTODY,
    calls_and_crimes.MISSING,
    police_specialists.DOMESTIC_ABUSE,
    police_specialists.CHILD_ABUSE,
    police_specialists.INTELLIGENCE,
    police_specialists.OFFENDER_MANAGEMENT,
    police_specialists.MARAC,
    police_specialists.MAPPA,
    children_services.SOCIAL_CARE,
    children_services.CHILD_PROTECTION,
    children_services.PLACEMENTS,
    partners.HEALTH,
    partners.EDUCATION,
    partners.YOUTH_OFFENDING,
    partners.PROBATION,
    partners.PRISON,
)
LAYOUTS: Mapping[str, Layout] = {layout.system: layout for layout in _ALL}
