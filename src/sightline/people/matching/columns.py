"""Cleaned records as columns of numbers: texts as codes, so that many pairs can be compared at once.

Columns that a model compares with each other share a vocabulary, so two texts are the same exactly when their codes are.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from .frequencies import share
from .records import LIST_FIELDS, YEAR_FIELDS

# Numbers of the record, its texts' codes or its years; NumPy is not typed closely enough to say more.
Array = Any
UNKNOWN = -1


class Vocabulary:
    """Every text that a group of columns holds, by code, and what is reckoned once for each."""

    def __init__(self, texts: pa.Array) -> None:
        self.texts = texts.to_numpy(zero_copy_only=False)
        self._arrow = texts
        self._beginnings: dict[int, Array] = {}

    @cached_property
    def lengths(self) -> Array:
        return pc.utf8_length(self._arrow).to_numpy(zero_copy_only=False)

    @cached_property
    def letters(self) -> Array:
        """Which letters a text holds, one bit each; letters of other scripts may share a bit."""
        return np.fromiter(
            (sum(1 << bit for bit in {ord(mark) % 64 for mark in text}) for text in self.texts),
            dtype=np.uint64,
            count=len(self.texts),
        )

    @cached_property
    def firsts(self) -> Array:
        """The first letter of each text, as its number in Unicode; 0 for an empty one."""
        return np.fromiter((ord(text[0]) if text else 0 for text in self.texts), dtype=np.int32, count=len(self.texts))

    def beginnings(self, length: int) -> Array:
        """The same number for texts whose first `length` letters are the same."""
        if length not in self._beginnings:
            cut = pc.utf8_slice_codeunits(self._arrow, 0, length)
            self._beginnings[length] = pc.dictionary_encode(cut).indices.to_numpy(zero_copy_only=False)
        return self._beginnings[length]


@dataclass(frozen=True)
class Lists:
    """A column of lists of codes: where each record's begins in `flat`, and a bit for each code it holds (none: null)."""

    starts: Array
    flat: Array
    marks: Array

    @classmethod
    def of(cls, lengths: Array, flat: Array) -> Lists:
        """From how many codes each record has, and all of them in the records' order."""
        starts = np.zeros(len(lengths) + 1, dtype=np.int64)
        np.cumsum(lengths, out=starts[1:])
        bits = np.uint64(1) << ((flat.astype(np.uint64) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(58))
        marks = np.zeros(len(lengths), dtype=np.uint64)
        filled = np.flatnonzero(lengths)
        if len(filled):
            marks[filled] = np.bitwise_or.reduceat(bits, starts[:-1][filled])
        return cls(starts, flat, marks)

    def member(self, records: Array, place: int) -> Array:
        """The code at a place of each record's list; `UNKNOWN` where the list ends before."""
        at = self.starts[records] + place
        return np.where(at < self.starts[records + 1], self.flat[np.minimum(at, len(self.flat) - 1)], UNKNOWN)

    def longest(self, records: Array) -> int:
        """The length of the longest of these records' lists."""
        return int((self.starts[records + 1] - self.starts[records]).max(initial=0))


class Columns:
    """The columns that a model compares, of all records, in the records' order."""

    def __init__(self, people: pa.Table, groups: Iterable[frozenset[str]]) -> None:
        """From cleaned records as a table; columns of one group, named without `_l` and `_r`, share a vocabulary."""
        self.count = people.num_rows
        self.codes: dict[str, Array] = {}
        self.lists: dict[str, Lists] = {}
        self.years: dict[str, Array] = {}
        self.vocabulary: dict[str, Vocabulary] = {}
        for group in groups:
            texts = sorted(group - YEAR_FIELDS)
            if texts:
                self._encode(people, texts)
            for name in group & YEAR_FIELDS:
                self.years[name] = pc.fill_null(people[name], UNKNOWN).to_numpy()

    def _encode(self, people: pa.Table, names: list[str]) -> None:
        columns = [_values(people, name) for name in names]
        joined = pa.chunked_array([chunk for column in columns for chunk in column.chunks], type=pa.string())
        encoded = joined.dictionary_encode().combine_chunks()
        vocabulary = Vocabulary(encoded.dictionary)
        codes = pc.fill_null(encoded.indices, UNKNOWN).to_numpy(zero_copy_only=False)
        begun = 0
        for name, column in zip(names, columns, strict=True):
            own = codes[begun : begun + len(column)]
            begun += len(column)
            self.vocabulary[name] = vocabulary
            if name in LIST_FIELDS:
                lengths = pc.fill_null(pc.list_value_length(people[name]), 0).to_numpy()
                self.lists[name] = Lists.of(lengths, own)
            else:
                self.codes[name] = own

    def shares(self, column: str) -> Array:
        """How common each record's own value is, as a share of one; not a number where it is not known."""
        codes = self.codes[column]
        known = codes >= 0
        counts = np.bincount(codes[known], minlength=len(self.vocabulary[column].texts))
        held = np.append(share(column, counts, int(known.sum())), np.nan)
        # The code of what is not known is -1: the last.
        return held[codes]


def _values(people: pa.Table, name: str) -> pa.ChunkedArray:
    """A column's texts; those of lists one after another."""
    column = people[name]
    return pc.list_flatten(column) if name in LIST_FIELDS else column
