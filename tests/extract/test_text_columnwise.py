"""Tables that a dump printed column after column are read where their sums prove the order, and not otherwise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract.models import Grid, Placement
from extract.text import read_blocks
from extract.text.proofs import End, proven
from extract.text.row_names import Words, named
from extract.text.source import source_lines
from extract.text.untold import UNTOLD

LABELS = ("Rengøring", "Kørsel i ydertimerne", "Vikarer", "Tilskud")
ROWS = ((120, 120, 125, 125), (-3400, -3400, -3550, -3550), (890, 890, 890, 910), (55, 60, 60, 60))
YEARS = ("2027", "2028", "2029", "2030")
FREE = End.FREE


def totalled(rows: Sequence[Sequence[int]]) -> list[list[int]]:
    return [*map(list, rows), [sum(column) for column in zip(*rows, strict=True)]]


def danish(value: int) -> str:
    return f"{value:,}".replace(",", ".")


def by_columns(labels: Sequence[str], rows: Sequence[Sequence[int]], *, blocks: bool = False) -> str:
    """The table as such a dump prints it: labels, header, then each column, whose figures stand close in `blocks`."""
    between = "\n" if blocks else "\n\n"
    columns = [between.join(map(danish, column)) for column in zip(*rows, strict=True)]
    return "\n\n".join(["Økonomi", "1.000 kr.", *labels, *YEARS, *columns, "Forslaget er drøftet med personalet."])


def read(text: str) -> list[Grid]:
    return [block for block in read_blocks(source_lines(text))[0] if isinstance(block, Grid)]


def figures(grid: Grid) -> dict[str, list[str]]:
    return {row.cells[0].text: [c.text if c else "" for c in row.cells[1:]] for row in grid.rows[1:] if row.cells[0]}


def test_labels_years_and_columns_one_after_the_other_are_a_table() -> None:
    (grid,) = read(by_columns([*LABELS, "I alt"], totalled(ROWS)))
    assert [cell.text for cell in grid.rows[0].cells if cell] == ["1.000 kr.", *YEARS]
    assert figures(grid)["Vikarer"] == ["890", "890", "890", "910"]
    assert figures(grid)["I alt"] == ["-2.335", "-2.330", "-2.475", "-2.455"]
    assert {cell.placement for row in grid.rows[1:] for cell in row.cells[1:] if cell} == {Placement.ARITHMETIC}


def test_figures_of_columns_set_close_are_the_same_table() -> None:
    (grid,) = read(by_columns([*LABELS, "I alt"], totalled(ROWS), blocks=True))
    assert figures(grid)["Rengøring"] == ["120", "120", "125", "125"]


def test_columns_without_a_sum_are_not_claimed(tmp_path: Path) -> None:
    path = tmp_path / "uden-sum.txt"
    path.write_text(by_columns(LABELS, [[1000 * value for value in row] for row in ROWS]))
    document = extract.read(path)
    assert not any(isinstance(block, Grid) for block in document.blocks)
    assert (document.unplaced_figures or 0) >= 16


def test_of_a_dump_of_blocks_only_what_is_proven_is_sure() -> None:
    rows = "\n\n".join(["Økonomi", *YEARS, *(x for n in LABELS for x in (n, "10", "20", "30", "40"))])
    (grid,) = read(rows + "\n\n\f")
    assert {cell.confidence for row in grid.rows[1:] for cell in row.loose} == {UNTOLD}
    (same,) = read(rows)
    assert {cell.confidence for row in same.rows[1:] for cell in row.loose} == {1.0}


def test_a_misprinted_total_proves_nothing() -> None:
    rows = totalled(ROWS)
    rows[-1][2] += 40
    assert not read(by_columns([*LABELS, "I alt"], rows))


def test_a_label_too_many_leaves_the_rows_without_names() -> None:
    assert not read(by_columns(["Anden post", *LABELS, "Netto", "I alt"], totalled(ROWS)))


def test_a_header_before_its_own_columns_names_them_in_any_order() -> None:
    rows = totalled([row[:3] for row in ROWS])
    columns = {year: [danish(row[at]) for row in rows] for at, year in enumerate(YEARS[:3])}
    order = ["2028", "2027", "2029"]
    parts = ["Tabel 1. Udgifter", *LABELS, "I alt", "1.000 kr."]
    parts += [line for year in order for line in (f"B{year}", *columns[year])]
    (grid,) = read("\n\n".join(parts))
    assert [cell.text for cell in grid.rows[0].cells if cell] == ["1.000 kr.", "B2027", "B2028", "B2029"]
    assert figures(grid)["Tilskud"] == ["55", "60", "60"]


def test_chunks_of_rows_are_told_by_the_sums() -> None:
    """Two rows column by column, then one row, then two: as pdfminer prints rows that stand close."""
    rows = totalled(ROWS)
    print_order = [
        *(rows[r][c] for c in range(4) for r in (0, 1)),
        *rows[2],
        *(rows[r][c] for c in range(4) for r in (3, 4)),
    ]
    order = proven(print_order, 4, [FREE] * 20)
    assert order is not None
    assert order.heights == (2, 1, 2)
    assert [one.total for one in order.sums] == [4]


def test_words_between_figures_end_a_row() -> None:
    values = [value for column in zip(*totalled(ROWS), strict=True) for value in column]
    ends = [End.CHUNK if at == 7 else FREE for at in range(20)]
    assert proven(values, 4, [FREE] * 20) is not None
    assert proven(values, 4, ends) is None


def test_a_section_above_its_rows_has_no_figures() -> None:
    words = ["Udgifter", "Løn", "Kørsel", "Udgifter i alt", "Indtægter", "Gebyr", "Tilskud", "Indtægter i alt"]
    lines = [Words(text, block) for block, text in enumerate(words)]
    assert named(lines, [False, False, True, False, False, True]) == [(1, 2), (2, 3), (3, 4), (5, 6), (6, 7), (7, 8)]


def test_a_wrapped_label_is_one_and_a_total_in_the_wrong_place_is_none() -> None:
    lines = [Words("Fælles ledelse af to", 1), Words("institutioner", 1), Words("Bus", 2), Words("I alt", 3)]
    assert named(lines, [False, False, True]) == [(0, 2), (2, 3), (3, 4)]
    assert named([Words("Løn", 1), Words("I alt", 2), Words("Bus", 3)], [False, False, True]) is None


@settings(deadline=None)
@given(
    st.lists(st.lists(st.integers(-9_999, 9_999), min_size=4, max_size=4), min_size=2, max_size=6),
    st.booleans(),
    st.booleans(),
)
def test_what_is_claimed_is_what_was_printed(rows: list[list[int]], total: bool, blocks: bool) -> None:
    printed = totalled(rows) if total else rows
    labels = [f"Post {chr(65 + at)}" for at in range(len(rows))] + (["I alt"] if total else [])
    want = {label: [danish(value) for value in row] for label, row in zip(labels, printed, strict=True)}
    for grid in read(by_columns(labels, printed, blocks=blocks)):
        placed = [cell for row in grid.rows[1:] for cell in row.cells[1:] if cell]
        if all(cell.placement is Placement.ARITHMETIC for cell in placed) and placed:
            assert figures(grid) == want
