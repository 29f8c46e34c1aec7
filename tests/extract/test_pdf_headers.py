"""Headers of several levels: years over names, rows that count the columns, with and without a drawn grid."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import Placement
from tests.extract.pages import Column, Sheet, body, head, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(270), Column(340), Column(410), Column(480))
BOUNDS = (50.0, 210.0, 275.0, 345.0, 415.0, 485.0)
ROWS = (
    ("Veje og stier", "38.214", "-9.127", "39.450", "-9.310"),
    ("Skoler", "61.480", "-3.205", "64.118", "-4.118"),
    ("I alt", "99.694", "-12.332", "103.568", "-13.428"),
)


@pytest.mark.parametrize("style", ["plain", "horizontal"])
def test_names_under_years_head_the_columns(style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(305, 64, "Regnskab 2024", align="centre", bold=True)
    sheet.text(445, 64, "Budget 2025", align="centre", bold=True)
    names = ("1.000 kr.", "Udgifter", "Indtægter", "Udgifter", "Indtægter")
    sheet.table(70, COLUMNS, [names, *ROWS], style=style)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "Regnskab 2024", None, "Budget 2025", None], list(names)]
    assert [c.span for c in grid.rows[0].cells if c] == [2, 2]
    assert body(grid) == [list(row) for row in ROWS]
    assert grid.ledger.orphans == ()


@pytest.mark.parametrize("style", ["plain", "horizontal", "grid"])
def test_a_row_that_counts_the_columns_is_header(style: str, tmp_path: Path) -> None:
    names = ("1.000 kr.", "Budget", "Tillæg", "Forbrug", "Rest")
    counts = ("", "(1)", "(2)", "(3)", "(4)=(1)-(3)")
    sheet = Sheet()
    sheet.table(70, COLUMNS, [names, counts, *ROWS], style=style, bounds=BOUNDS)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(names), [None, *counts[1:]]]
    assert body(grid) == [list(row) for row in ROWS]


def test_of_two_figures_for_one_place_neither_is_sure(tmp_path: Path) -> None:
    names = ("1.000 kr.", "2024", "2025", "2026", "2027")
    sheet = Sheet()
    sheet.table(70, COLUMNS, [names, ROWS[0], ("Skoler", "61.480", "-3.205", "5", "-4.118"), ROWS[2]])
    baseline = next(p.y for p in sheet.pieces if p.text == "Skoler")
    sheet.text(388, baseline, "7", align="right")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    skoler = next(row for row in grid.rows if row.cells[0] and row.cells[0].text == "Skoler")
    doubted = [c.text for c in skoler.cells[1:] if c and c.placement is Placement.UNDECIDED and c.confidence < 0.5]
    assert len(doubted) == len(grid.ledger.orphans) == 1
