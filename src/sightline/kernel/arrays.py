"""Long lists of texts and numbers as one parameter: a driver that quotes them one by one takes longer than the database does."""

from __future__ import annotations

from collections.abc import Iterable


def text_array(texts: Iterable[str]) -> str:
    """A PostgreSQL array of texts, as text; goes with a cast to text[]."""
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"') if "\\" in text or '"' in text else text for text in texts]
    inside = '","'.join(quoted)
    return f'{{"{inside}"}}' if quoted else "{}"


def number_array(numbers: Iterable[int | None]) -> str:
    """The same of whole numbers; goes with a cast to bigint[]."""
    inside = ",".join(["NULL" if number is None else str(number) for number in numbers])
    return f"{{{inside}}}"
