"""Scanned tables whose figures have several readings: what the sums make of them."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extract.models import Cell, Grid, Placement, Row
from normalize.models import Amount, Table
from normalize.tables.read import read_tables
from tests.normalize.blocks import HERE


def scanned(text: str) -> Table:
    """A scanned table; `1860?1360` is a figure read as 1860 that may be 1360."""
    lines = [[c.strip() for c in line.split("|")] for line in text.strip().splitlines()]
    rows = tuple(Row(tuple(map(cell, cells)), HERE, header=n == 0) for n, cells in enumerate(lines))
    found = read_tables([Grid(rows, len(lines[0]), 1, 1, HERE, reader="ocr")])
    return found[0][1]


def cell(text: str) -> Cell:
    printed, *others = text.split("?")
    made = Cell(printed, printed, HERE, Placement.ALIGNED, confidence=0.45 if others else 0.97)
    return replace(made, alternatives=tuple(others))


def amount(table: Table, row: int, column: int) -> Amount:
    found = table.lines[row].at(column)
    assert found is not None
    return found


def test_the_reading_that_closes_the_sum_is_taken_and_says_so() -> None:
    table = scanned(
        """
        1.000 kr. | 2024 | 2025
        Løn | 1.860?1.360 | 1.400
        Drift | 140 | 150
        I alt | 1.500 | 1.550
        """
    )
    read = amount(table, 0, 1)
    assert (read.value, read.printed) == (Decimal(1360), "1.360")
    assert read.placement is Placement.ARITHMETIC
    assert read.alternatives == (Decimal(1860),)
    assert 0.5 < read.confidence <= 0.9


def test_a_reading_with_which_the_sum_closes_is_confirmed() -> None:
    table = scanned(
        """
        1.000 kr. | 2024 | 2025
        Løn | 1.360?1.860 | 1.400
        Drift | 140 | 150
        I alt | 1.500 | 1.550
        """
    )
    read = amount(table, 0, 1)
    assert (read.value, read.placement, read.alternatives) == (Decimal(1360), Placement.ALIGNED, (Decimal(1860),))
    assert read.confidence >= 0.9


def test_a_sum_that_no_reading_closes_leaves_the_doubt() -> None:
    table = scanned(
        """
        1.000 kr. | 2024 | 2025
        Løn | 1.860?1.880 | 1.400
        Drift | 140 | 150
        I alt | 1.500 | 1.550
        """
    )
    read = amount(table, 0, 1)
    assert read.value == Decimal(1860)
    assert read.confidence < 0.5


def test_an_error_printed_without_doubt_stays() -> None:
    table = scanned(
        """
        1.000 kr. | 2024 | 2025
        Løn | 1.860 | 1.400
        Drift | 140 | 150
        I alt | 1.500 | 1.550
        """
    )
    assert amount(table, 0, 1).value == Decimal(1860)
    assert amount(table, 0, 1).alternatives == ()
