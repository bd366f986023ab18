"""The lowest grade that recorded facts allow: the facts, what weighs besides, and whether it comes more often or graver. Imports no Django."""

from sightline.patterns.grades.rules.basis import Basis, basis
from sightline.patterns.grades.rules.floor import (
    AT_SCENE,
    GRADES,
    Factor,
    Floor,
    floor,
    history,
    put_right,
    reasoned,
    unknown,
)
from sightline.patterns.grades.rules.weights import Weight
from sightline.patterns.grades.rules.worsening import Worsening, worsening

__all__ = [
    "AT_SCENE",
    "GRADES",
    "Basis",
    "Factor",
    "Floor",
    "Weight",
    "Worsening",
    "basis",
    "floor",
    "history",
    "put_right",
    "reasoned",
    "unknown",
    "worsening",
]
