"""Tables of which only some lines are drawn: the figures' alignment decides where they are missing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.extract.pages import Column, Sheet, body, head, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460), Column(540))
ROWS = (
    ("1.000 kr. 2024 p/l", "2025", "2026", "2027", "2028"),
    ("Færre møder", "-200", "-400", "-400", "-400"),
    ("Nye lokaler", "", "50", "60", "60"),
    ("Drift af det nye system", "25", "1.025", "25", "5"),
    ("Varige ændringer i alt", "-175", "675", "-315", "-335"),
)
PRINTED = [[cell or None for cell in row] for row in ROWS[1:]]
TOP, LEFT, RIGHT = 90.0, 50.0, 545.0
STEP = 1.22 * 9 + 0.6 * 9  # points from row to row, as `Sheet.table` sets them
EDGES = [TOP + STEP * i for i in range(len(ROWS) + 1)]
BETWEEN = (230.0, 305.0, 385.0, 465.0)


def across(sheet: Sheet, left: float = LEFT, right: float = RIGHT, edges: list[float] = EDGES) -> None:
    """Lines over, between and under rows."""
    for y in edges:
        sheet.rule(left, y, right)


def down(sheet: Sheet, xs: tuple[float, ...], first: float = EDGES[0], last: float = EDGES[-1]) -> None:
    sheet.lines += [(x, first, x, last) for x in xs]


def one_beside_the_labels(sheet: Sheet) -> None:
    across(sheet)
    down(sheet, (230,))


def two_groups_of_columns(sheet: Sheet) -> None:
    across(sheet)
    down(sheet, (LEFT, 230, 385, RIGHT))


def none_before_the_last_column(sheet: Sheet) -> None:
    across(sheet)
    down(sheet, (LEFT, 230, 305, 385, RIGHT))


def only_before_the_last_column(sheet: Sheet) -> None:
    across(sheet)
    down(sheet, (465,))


def only_those_down(sheet: Sheet) -> None:
    across(sheet, edges=[EDGES[0], EDGES[-1]])
    down(sheet, (LEFT, *BETWEEN, RIGHT))


def down_and_under_the_header(sheet: Sheet) -> None:
    across(sheet, edges=[EDGES[0], EDGES[1], EDGES[-1]])
    down(sheet, (LEFT, *BETWEEN, RIGHT))


def boxes_round_sections(sheet: Sheet) -> None:
    across(sheet, edges=[EDGES[0], EDGES[1], EDGES[4], EDGES[5]])
    down(sheet, (LEFT, *BETWEEN, RIGHT))


def labels_without_rows_beside_a_grid(sheet: Sheet) -> None:
    across(sheet, edges=[EDGES[0], EDGES[-1]])
    across(sheet, left=230)
    down(sheet, (LEFT, *BETWEEN, RIGHT))


def labels_left_of_the_grid(sheet: Sheet) -> None:
    across(sheet, left=230)
    down(sheet, (*BETWEEN, RIGHT))


def header_above_the_grid(sheet: Sheet) -> None:
    across(sheet, edges=EDGES[1:])
    down(sheet, (LEFT, *BETWEEN, RIGHT), first=EDGES[1])


def total_below_the_grid(sheet: Sheet) -> None:
    across(sheet, edges=EDGES[:-1])
    down(sheet, (LEFT, *BETWEEN, RIGHT), last=EDGES[-2])


def figures_alone_in_the_grid(sheet: Sheet) -> None:
    across(sheet, left=230, edges=EDGES[1:])
    down(sheet, (*BETWEEN, RIGHT), first=EDGES[1])


@pytest.mark.parametrize(
    "draw",
    [
        one_beside_the_labels,
        two_groups_of_columns,
        none_before_the_last_column,
        only_before_the_last_column,
        only_those_down,
        down_and_under_the_header,
        boxes_round_sections,
        labels_without_rows_beside_a_grid,
        labels_left_of_the_grid,
        header_above_the_grid,
        total_below_the_grid,
        figures_alone_in_the_grid,
    ],
)
def test_every_figure_has_its_row_and_column(draw: Callable[[Sheet], None], tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 70, "Tabel 1. Varige ændringer, service", bold=True)
    sheet.table(TOP, COLUMNS, ROWS)
    draw(sheet)
    sheet.text(50, EDGES[-1] + 40, "Alle besparelser er angivet med negativt fortegn.")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(ROWS[0])]
    assert body(grid) == PRINTED
    assert grid.ledger.orphans == ()


def test_a_label_over_several_rows_of_a_grid_stays_whole(tmp_path: Path) -> None:
    """A cell that belongs to three rows, its text wrapped: no line of it is a row's own label."""
    columns = (Column(52, "left"), Column(132, "left"), Column(380), Column(460), Column(540))
    rows = (
        ("Udvalg", "1.000 kr.", "2025", "2026", "2027"),
        ("", "Løn", "10", "20", "30"),
        ("Børn og\nunge", "Varer", "1", "2", "3"),
        ("", "I alt", "11", "22", "33"),
    )
    sheet = Sheet()
    bottom = sheet.table(TOP, columns, rows)
    xs = (50.0, 130.0, 305.0, 385.0, 465.0, 545.0)
    edges = [TOP, TOP + STEP, TOP + 2 * STEP, bottom - STEP, bottom]
    for y in edges:
        sheet.rule(50 if y in (edges[0], edges[1], edges[-1]) else 130, y, 545)
    down(sheet, xs, last=bottom)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert [row[1:] for row in body(grid)] == [list(row[1:]) for row in rows[1:]]
    assert [row[0] for row in body(grid) if row[0]] == ["Børn og unge"]
