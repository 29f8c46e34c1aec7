"""A comma before three digits: decimals by Danish habit, thousands where the table or the document shows it."""

from __future__ import annotations

from decimal import Decimal

import pytest

from normalize import understand
from normalize.tables.notation import _commas_part_thousands, _dots_part_decimals
from tests.extract.dumps import read


@pytest.mark.parametrize(
    ("digits", "thousands"),
    [
        (["1,250", "2,500", "380", "760"], True),
        (["1,250,000", "2,500", "380", "-"], True),
        (["2,191,000", "606,000"], True),  # no decimals are parted twice
        (["1,250.50", "606,000"], True),
        (["1,250", "2,500"], False),  # nothing else shows the scale
        (["1,250", "380", "760"], False),  # one may be a slip
        (["1,250", "2,500", "38", "7"], False),  # small numbers with three decimals
        (["1,250", "2,500", "0,125", "380"], False),
        (["1,250", "2,500", "3,5", "380"], False),
        (["1,250", "2,500", "1380", "380"], False),  # a thousand without a comma
        (["1,250", "2,500", "1.380", "380"], False),
    ],
)
def test_what_shows_that_commas_part_thousands(digits: list[str], thousands: bool) -> None:
    assert _commas_part_thousands(digits) is thousands


@pytest.mark.parametrize(
    ("digits", "decimals"),
    [
        (["0.62", "1.000", "2.500", "3.250"], True),
        (["1.5", "2.250"], True),
        (["16.22", "3.740", "4.270", "11.140"], False),  # one is torn
        (["1.5", "2.250", "3,5"], False),
        (["1.250.000", "1.5"], False),
    ],
)
def test_what_shows_that_full_stops_part_decimals(digits: list[str], decimals: bool) -> None:
    assert _dots_part_decimals(digits) is decimals


PAPER = """
Forslag 4: Ny kajkant

Tabel 1. Udgifter
| {unit} | 2026 | 2027 |
|---|---|---|
| Spuns | {large} | {small} |

Tabel 2. Drift
| {unit} | 2026 | 2027 |
|---|---|---|
| Tilsyn | 140,000 | 155,000 |
"""


@pytest.mark.parametrize(
    ("unit", "large", "small", "tilsyn"),
    [
        ("1.000 kr.", "2,191,000", "606,000", 140000),  # the other table proves it
        ("1.000 kr.", "2,191", "606,5", 140),
        ("kr.", "2.191.000", "606.000", 140000),  # kroner have no third decimal
        ("mio. kr.", "2,191", "0,606", 140),
    ],
)
def test_a_table_is_read_by_the_notation_of_its_document(unit: str, large: str, small: str, tilsyn: int) -> None:
    file = understand(read(PAPER.format(unit=unit, large=large, small=small)))
    second = file.cases[0].tables[1]
    assert [a.value for line in second.lines for a in line.amounts][:1] == [Decimal(tilsyn)]
