"""Long lists of texts as one parameter: a driver that quotes them one by one takes longer than the database does."""

from __future__ import annotations

from collections.abc import Iterable


def text_array(texts: Iterable[str]) -> str:
    """A PostgreSQL array of texts, as text; goes with a cast to text[]."""
    quoted = [text.replace("\\", "\\\\").replace('"', '\\"') if "\\" in text or '"' in text else text for text in texts]
    inside = '","'.join(quoted)
    return f'{{"{inside}"}}' if quoted else "{}"
