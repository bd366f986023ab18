"""What a naming tradition is: how people in one community are named, and how names pass from parents to children."""

from dataclasses import dataclass
from itertools import accumulate
from random import Random


@dataclass(frozen=True)
class Bag:
    """Names from the commonest to the rarest; the chance of one falls with its rank."""

    names: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def of(cls, text: str, flatness: float = 6.0) -> "Bag":
        """From names parted by spaces, an underscore standing for a space within one."""
        names = tuple(dict.fromkeys(name.replace("_", " ") for name in text.split()))
        return cls(names, tuple(accumulate(1 / (rank + flatness) for rank in range(len(names)))))

    def draw(self, rng: Random) -> str:
        """One name."""
        return rng.choices(self.names, cum_weights=self.weights)[0]


@dataclass(frozen=True)
class Tradition:
    """One community's names.

    `passing` is how the last name comes about: `family` (the father's), `gendered` (the father's, with an ending for women),
    `patronymic` (father's and grandfather's forenames), `begum` (women bear a name of their own),
    `family_first` (the family name is said first).
    `share` is per thousand people; `ethnicity` the self-defined code; `married_name` the chance that a wife takes his name.
    """

    key: str
    share: int
    ethnicity: str
    language: str
    passing: str
    male: Bag
    female: Bag
    last: Bag
    married_name: float = 0.0
    middle: float = 0.0
    one_name: float = 0.03
    male_old: Bag | None = None
    female_old: Bag | None = None
    women: Bag | None = None

    def forename(self, rng: Random, sex: str, born_year: int) -> str:
        """A forename for somebody of that sex and year of birth."""
        if born_year < 1985:
            old = self.male_old if sex == "M" else self.female_old
            if old is not None:
                return old.draw(rng)
        return (self.male if sex == "M" else self.female).draw(rng)

    def gendered(self, last: str, sex: str) -> str:
        """The last name in the form for that sex."""
        if self.passing != "gendered":
            return last
        if sex == "F":
            return _feminine(last)
        return _masculine(last)


_ENDINGS = (("ski", "ska"), ("cki", "cka"), ("dzki", "dzka"))


def _feminine(last: str) -> str:
    for he, she in _ENDINGS:
        if last.endswith(he):
            return last[: -len(he)] + she
    return last


def _masculine(last: str) -> str:
    for he, she in _ENDINGS:
        if last.endswith(she):
            return last[: -len(she)] + he
    return last
