"""The order in which a block's life is told: what later parts rest on comes first."""

from collections.abc import Callable

from sightline.exchange.invented.diary import Diary
from sightline.exchange.invented.histories import (
    calls,
    care,
    crimes,
    custody,
    domestic,
    everyday,
    looked_after,
    missing,
    offenders,
)

# Children in care are placed before anything else, since they no longer live where they did;
# who is registered is known before their neighbours' histories draw on it.
PARTS: tuple[Callable[[Diary], None], ...] = (
    looked_after.looked_after,
    offenders.registered,
    offenders.mappa,
    calls.ordinary,
    crimes.ordinary,
    crimes.against_children,
    domestic.incidents,
    domestic.marac,
    care.referrals,
    missing.missing,
    custody.detentions,
    custody.youth_offending,
    offenders.probation,
    offenders.prison,
    everyday.intelligence,
    everyday.health,
    everyday.education,
)


def tell(diary: Diary) -> None:
    """Everything that happened to the people of the diary's block."""
    for part in PARTS:
        part(diary)
