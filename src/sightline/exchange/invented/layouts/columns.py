"""How the columns of an invented extract are described: the contract that a feed's mapping is written against.

Cells hold, by `form`:
  text, code   as they are; a code's meanings are in `codes`
  number       digits
  flag         the layout's `flags` for yes, no and not known (JSON: true, false, null)
  list         texts joined by "; "
  %...         a strptime pattern, in local time (Europe/London); a pattern that ends in Z is UTC
  key          a key of that system's own
An empty cell (JSON: null; XML: the element left out) was not supplied: never no, never nothing.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

NO_CODES: Mapping[str, str] = {}

PATTERNS: Mapping[str, str] = {
    "day": "%d/%m/%Y",
    "minute": "%d/%m/%Y %H:%M",
    "stamp": "%d/%m/%Y %H:%M:%S",
    "isoday": "%Y-%m-%d",
    "iso": "%Y-%m-%dT%H:%M:%S",
    "isoz": "%Y-%m-%dT%H:%M:%SZ",
    "plain": "%Y%m%d",
    "abbr": "%d-%b-%Y",
    "abbrminute": "%d-%b-%Y %H:%M",
}

PARTS: Mapping[str, str] = {
    "key": "this system's own key of the person",
    "surname": "surname",
    "forenames": "forename, and middle names if held",
    "forename": "first forename only",
    "middle": "middle names",
    "full_name": "whole name in one field, in the order in which it was said",
    "reversed_name": "whole name in one field, SURNAME, Forenames",
    "aliases": "other names used, joined by '; '",
    "born": "date of birth; now and then only its year (YYYY)",
    "born_or_age": "date of birth (dd/mm/yyyy) or an age as said ('9', '9 YRS', 'ABOUT 9')",
    "age": "age in years when the row was made",
    "sex": "sex",
    "ethnicity": "ethnicity, 16+1 self-defined code (W1, M2, A3, B1 ...)",
    "language": "language spoken",
    "address": "address lines joined by ', ', without the postcode",
    "postcode": "postcode of the address",
    "phone": "telephone number",
    "nhs_number": "NHS number (999 range only)",
    "upn": "unique pupil number (invented)",
    "pnc_id": "PNC identity (invented)",
    "warnings": "warning codes of the person",
    "disability": "disability, as the system words it",
}
_PART_FORMS = {"key": "key", "age": "number", "sex": "code", "aliases": "list", "warnings": "list"}

WARNINGS: Mapping[str, str] = {
    "VI": "violent",
    "WE": "weapons",
    "FI": "firearms",
    "DR": "drugs",
    "SH": "self-harm",
    "SU": "suicidal",
    "MN": "mental health",
    "DO": "dangerous dog",
    "RC": "risk to children",
    "SO": "registered sex offender",
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column: its name, what it means, how it is written; for a person's column also whose (`role`) and which `part`."""

    name: str
    meaning: str
    form: str = "text"
    codes: Mapping[str, str] = field(default_factory=dict)
    role: str = ""
    part: str = ""


@dataclass(frozen=True, slots=True)
class Layout:
    """One extract.

    `keeps_people`: the system has an index of people, so that one person's key comes back in many rows; otherwise
    every row makes its own keys. `sexes` are its codes for female, male and not known.
    """

    system: str
    form: str  # csv, jsonl or xml
    row_means: str
    row_key: str
    updated: str
    columns: tuple[Column, ...]
    keeps_people: bool = True
    flags: tuple[str, str, str] = ("Y", "N", "")
    sexes: tuple[str, str, str] = ("F", "M", "U")
    root: str = ""
    element: str = ""

    def roles(self) -> tuple[str, ...]:
        """Whom a row may speak of, in column order."""
        return tuple(dict.fromkeys(column.role for column in self.columns if column.role))

    def column(self, name: str) -> Column:
        """The column of that name. Raises KeyError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise KeyError(name)


def _codes(text: str) -> Mapping[str, str]:
    pairs = (part.strip().partition("=") for part in text.split(";") if part.strip())
    return {code: meaning or code.lower() for code, _, meaning in pairs}


def _person(line: str, born: str, sexes: tuple[str, str, str]) -> Iterator[Column]:
    role, *parts = line[1:].split()
    codes = {"sex": dict(zip(sexes, ("female", "male", "not known"), strict=True)), "warnings": WARNINGS}
    for entry in parts:
        part, _, name = entry.partition(":")
        form = PATTERNS[born] if part == "born" else _PART_FORMS.get(part, "text")
        yield Column(name, f"{role}: {PARTS[part]}", form, codes.get(part, NO_CODES), role, part)


def _plain(line: str) -> Column:
    name, form, meaning, *rest = (part.strip() for part in line.split("|"))
    return Column(name, meaning, PATTERNS.get(form, form), _codes(rest[0]) if rest else NO_CODES)


def columns(table: str, *, born: str = "day", sexes: tuple[str, str, str] = ("F", "M", "U")) -> tuple[Column, ...]:
    """The columns of a table with one line each: `NAME | form | meaning | CODE=meaning; ...`.

    A line `@role part:NAME ...` stands for the columns of one person; a line that starts with `+` goes on with the last one.
    """
    lines: list[str] = []
    for line in (raw.strip() for raw in table.strip().splitlines()):
        if line.startswith("+"):
            lines[-1] = f"{lines[-1]} {line[1:]}"
        elif line:
            lines.append(line)
    found: list[Column] = []
    for line in lines:
        found.extend(_person(line, born, sexes) if line.startswith("@") else (_plain(line),))
    return tuple(found)
