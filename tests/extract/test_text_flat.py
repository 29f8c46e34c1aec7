"""A page that a dump printed as one line is unfolded into the lines that it had."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import extract
from extract.models import Grid
from extract.text.flat import UNSURE, unfolded
from extract.text.source import SourceLine, source_lines

PROSE = (
    "Udvalget behandlede sagen på sit møde i marts, og forvaltningen har siden indhentet nye priser på alle poster. "
)
TABLE = "Tabel 1. Udgifter i 1.000 kr. 2027 2028 2029 2030 "


def lines(text: str) -> list[str]:
    return [line.text for line in unfolded(source_lines(PROSE + text + PROSE))]


def tables(text: str, tmp_path: Path) -> list[Grid]:
    path = tmp_path / "side.txt"
    path.write_text(PROSE + text + PROSE)
    return [block for block in extract.read(path).blocks if isinstance(block, Grid)]


def test_rows_headers_captions_and_sentences_get_lines_of_their_own() -> None:
    found = lines(TABLE + "Rengøring 10 20 30 40 Porte -1 -2 -3 -4 I alt 9 18 27 36 Arbejdet er i gang. ")
    assert found[1:8] == [
        "Tabel 1. Udgifter",
        "i 1.000 kr.",
        "2027 2028 2029 2030",
        "Rengøring 10 20 30 40",
        "Porte -1 -2 -3 -4",
        "I alt 9 18 27 36",
        "",
    ]
    assert "Arbejdet er i gang." in found


def test_a_line_without_rows_of_figures_is_left_alone() -> None:
    line = SourceLine(1, 1, PROSE + "I 2027 er der afsat 250 t.kr. og i 2028 300 t.kr. til formålet. " + PROSE)
    assert unfolded([line]) == [line]


def test_the_section_that_a_sum_names_is_no_part_of_the_first_label() -> None:
    found = lines(TABLE + "Teknisk Udvalg Ny bro 1 2 3 4 Sti 1 1 1 1 Sum Teknisk Udvalg 2 3 4 5 ")
    assert "Ny bro 1 2 3 4" in found


def test_a_label_that_may_begin_with_a_heading_makes_its_figures_unsure(tmp_path: Path) -> None:
    (grid,) = tables(TABLE + "Anlægsramme Porte 1 2 3 4 Rengøring af gulve 5 6 7 8 I alt 6 8 10 12 ", tmp_path)
    sure = {row.cells[0].text: {cell.confidence for cell in row.loose} for row in grid.rows[1:] if row.cells[0]}
    assert sure == {"Anlægsramme Porte": {UNSURE}, "Rengøring af gulve": {1.0}, "I alt": {1.0}}


@pytest.mark.parametrize(
    "rows",
    [
        "Bus -1 476 000 -1 476 000 -308 000 -308 000 Cykel 471 000 471 000 658 000 658 000 ",  # thousands apart
        "Bus 250 - 117 300 - 28 Cykel 15 - 5 24 - 6 ",  # signs apart
    ],
)
def test_blanks_within_figures_are_told_by_the_columns(rows: str) -> None:
    found = [line for line in lines(TABLE + rows) if line.startswith(("Bus", "Cykel"))]
    assert [len(line.split(" ")) for line in found] == [5, 5]


def test_the_number_that_opens_a_row_is_not_the_last_figure_of_the_row_above() -> None:
    found = lines(TABLE + "01 Bus 10 20 30 40 02 Cykel 5 5 5 5 03 Tog 1 1 1 1 ")
    assert found[4:7] == ["01 Bus 10 20 30 40", "02 Cykel 5 5 5 5", "03 Tog 1 1 1 1"]


NAMES = st.sampled_from(["Rengøring", "Porte", "Kørsel", "Vikarer", "Madordning", "Legepladser"])
ROWS = st.lists(
    st.tuples(NAMES, st.lists(st.integers(-99_999, 99_999), min_size=4, max_size=4)),
    min_size=2,
    max_size=6,
    unique_by=lambda row: row[0],
)


@given(ROWS)
def test_nothing_is_lost_and_every_row_is_a_line(rows: list[tuple[str, list[int]]]) -> None:
    printed = [f"{name} {' '.join(f'{v:,}'.replace(',', '.') for v in values)}" for name, values in rows]
    text = TABLE + " ".join(printed) + " Arbejdet er i gang. "
    found = lines(text)
    assert " ".join(" ".join(found).split()) == " ".join((PROSE + text + PROSE).split())
    assert [line for line in found if line.split(" ")[0] in dict(rows)] == printed
