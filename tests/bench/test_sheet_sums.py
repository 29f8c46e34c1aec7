"""Sums in bare sheets, cell by cell."""

from __future__ import annotations

from decimal import Decimal

from bench.sheet_sums import CellSum, find_cell_sums
from normalize.sums import Interval


def sheet(text: str) -> list[list[Interval | None]]:
    """A sheet from lines of figures; `.` is a cell without one."""
    return [
        [None if cell == "." else Interval(Decimal(cell), Decimal("0.5")) for cell in line.split()]
        for line in text.strip().splitlines()
    ]


def test_sums_along_columns_and_along_rows() -> None:
    found = find_cell_sums(sheet("123 456 579\n 771 84 855\n 318 29 347\n 1212 569 1781"))
    assert CellSum((3, 0), frozenset({(0, 0), (1, 0), (2, 0)})) in found
    assert CellSum((1, 2), frozenset({(1, 0), (1, 1)})) in found
    assert len(found) == 3 + 4


def test_blank_cells_between_the_parts_count_as_parts() -> None:
    found = find_cell_sums(sheet("1231 771\n . 318\n 4567 .\n 5798 1089"))
    assert CellSum((3, 0), frozenset({(0, 0), (1, 0), (2, 0)})) in found


def test_two_tables_on_a_sheet_are_read_apart() -> None:
    found = find_cell_sums(sheet("1231 771\n3177 318\n4408 1089\n. .\n. .\n. .\n 519 77\n 871 99\n 1390 176"))
    assert {s.total[0] for s in found} == {2, 8}


def test_a_sheet_of_unrelated_figures_has_no_sums() -> None:
    assert find_cell_sums(sheet("17 91 44\n 23 58 10\n 96 31 72")) == set()


def test_a_long_column_alone_is_enough_and_another_figure_may_stand_before_its_total() -> None:
    found = find_cell_sums(sheet("15873\n 2451\n 990\n 7218\n 8\n 26532"))
    assert found == {CellSum((5, 0), frozenset((row, 0) for row in range(4)))}


def test_nil_totals_of_nil_parts_count_where_the_sum_holds_beside_them() -> None:
    found = find_cell_sums(sheet("1231 0 771\n 4567 0 318\n 5798 0 1089"))
    assert CellSum((2, 1), frozenset({(0, 1), (1, 1)})) in found
