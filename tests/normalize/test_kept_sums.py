"""The sums of small tables: labels, style, sections and order against figures that close, miss or close by chance."""

from __future__ import annotations

import pytest

from tests.normalize.kept_sums import found, kept


@pytest.mark.parametrize(("table", "told"), kept(), ids=[f"table {n}" for n in range(1, len(kept()) + 1)])
def test_rows_that_add_up_and_rows_that_only_seem_to(table: str, told: str) -> None:
    assert found(table) == told
