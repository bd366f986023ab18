"""All naming traditions of the invented force area, and how one is drawn."""

from itertools import accumulate
from random import Random

from sightline.exchange.invented.names import islands, muslim_world, other_lands
from sightline.exchange.invented.names.tradition import Tradition

TRADITIONS: tuple[Tradition, ...] = (
    islands.BRITISH,
    islands.IRISH,
    islands.CARIBBEAN,
    muslim_world.PAKISTANI,
    muslim_world.BANGLADESHI,
    muslim_world.ARAB,
    muslim_world.SOMALI,
    muslim_world.KURDISH,
    other_lands.POLISH,
    other_lands.ROMA,
    other_lands.ROMANIAN,
    other_lands.ALBANIAN,
    other_lands.NIGERIAN,
    other_lands.INDIAN,
    other_lands.CHINESE,
    other_lands.VIETNAMESE,
)
BRITISH = islands.BRITISH


def neighbourhood_mix(rng: Random) -> tuple[float, ...]:
    """Cumulative weights of the traditions in one neighbourhood: some are mixed, some are not, communities live together."""
    mixed = rng.choice((0.15, 0.3, 0.6, 1.0, 1.6, 2.6))
    favoured = rng.randrange(1, len(TRADITIONS))
    weights = [float(TRADITIONS[0].share)]
    for place, tradition in enumerate(TRADITIONS[1:], 1):
        weights.append(tradition.share * mixed * (3.0 if place == favoured else 0.85))
    return tuple(accumulate(weights))
