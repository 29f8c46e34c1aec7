"""A comma before three digits: decimals by Danish habit, thousands where the table shows it."""

from __future__ import annotations

import pytest

from normalize.tables.draft import _commas_part_thousands


@pytest.mark.parametrize(
    ("digits", "thousands"),
    [
        (["1,250", "2,500", "380", "760"], True),
        (["1,250,000", "2,500", "380", "-"], True),
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
