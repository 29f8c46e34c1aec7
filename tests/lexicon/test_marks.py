"""Footnotes' marks at years, blanks within brackets, and what ",-" says."""

from __future__ import annotations

from decimal import Decimal

import pytest

from lexicon.figures import FigureUnit, parse_figure
from lexicon.formulas import counts_columns
from lexicon.years import is_year, read_year


@pytest.mark.parametrize("printed", ["20231)", "2023*", "2023*)", "2023¹", "2023ᵃ"])
def test_a_year_with_a_mark_is_that_year(printed: str) -> None:
    assert is_year(printed)
    found = read_year(printed)
    assert found is not None
    assert found.year == 2023


@pytest.mark.parametrize("printed", ["( 2.500)", "(2.500 )", "( 2.500 )"])
def test_a_bracket_at_the_edge_of_its_cell_is_a_minus(printed: str) -> None:
    figure = parse_figure(printed)
    assert figure is not None
    assert figure.value == Decimal(-2500)


def test_no_oere_is_no_unit_of_its_own() -> None:
    bare, own = parse_figure("-1.250,-"), parse_figure("kr. 1.250,-")
    assert bare is not None
    assert own is not None
    assert (bare.value, bare.unit, bare.implied) == (Decimal(-1250), FigureUnit.KR, True)
    assert (own.value, own.unit, own.implied) == (Decimal(1250), FigureUnit.KR, False)


@pytest.mark.parametrize(
    ("texts", "label", "counts"),
    [
        (["(1)", "(2)", "(3)=(1)-(2)"], "- = indtægt", True),
        (["(1)", "(2)", "(1)-(2)", "(4)"], "", True),
        (["a", "b", "c=a-b"], "", True),
        (["(a)", "(b)", "(b/a)"], "", True),
        (["A", "B", "C", "A+B-"], "", True),  # its rest is on the next line
        (["0", "1-", "2-", "3-"], "Lærere", False),  # minus signs behind
        (["5-", "6-", "6-", "7-"], "", False),
        (["0-2", "3-5", "6-9"], "", False),  # ages
        (["1", "2", "3", "4"], "", True),
        (["1", "2", "3"], "Møder", False),  # a row of small figures
        (["2", "3", "4"], "", False),
        (["(1)", "(3)", "(4)"], "", False),
        (["(1)", "(2)"], "", False),
    ],
)
def test_a_row_may_count_the_columns(texts: list[str], label: str, counts: bool) -> None:
    assert counts_columns(texts, label) is counts
