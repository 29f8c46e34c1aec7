"""Signs: wherever in its cell a minus or a bracket stands, whatever draws it, it belongs to its figure."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.grids.nils import settle_dashes
from extract.page.lines import visual_lines
from extract.page.model import Word
from extract.page.tokens import tokenize
from extract.pdf.glyphs import repair
from tests.extract.pages import Column, Sheet, body, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460))
YEARS = ("1.000 kr. 2024 p/l", "2025", "2026", "2027")
EDGES = (235.0, 308.0, 388.0)  # where the cells of figures begin


@pytest.mark.parametrize("style", ["plain", "horizontal", "grid"])
@pytest.mark.parametrize(("opens", "closes"), [("-", ""), ("–", ""), ("−", ""), ("(", ")")])
def test_a_sign_at_the_left_edge_of_its_cell(style: str, opens: str, closes: str, tmp_path: Path) -> None:
    rows = [
        YEARS,
        ("Færre møder", "1.250", "2.500", "2.500"),
        ("Ny aftale", "380", "", "760"),
        ("Flere kurser", "215", "430", "430"),
        ("I alt", "1.415", "2.070", "2.830"),
    ]
    negative = {1, 2, 4}
    sheet = Sheet()
    printed = [
        tuple(cell + closes if i in negative and j and cell else cell for j, cell in enumerate(row))
        for i, row in enumerate(rows)
    ]
    sheet.table(70, COLUMNS, printed, style=style, bounds=(50, 230, 305, 385, 465))
    for i, row in enumerate(printed):
        baseline = next(p.y for p in sheet.pieces if p.text == row[0])
        for edge, cell in zip(EDGES, row[1:], strict=True):
            if i in negative and cell:
                sheet.text(edge, baseline, opens)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert [[c and c.replace(" ", "") for c in row[1:]] for row in body(grid)] == [
        [(opens + cell if i in negative else cell) if cell else None for cell in row[1:]]
        for i, row in enumerate(printed)
        if i
    ]
    assert grid.ledger.orphans == ()


def test_a_nil_stays_a_nil_where_the_next_column_has_a_figure(tmp_path: Path) -> None:
    rows = [
        YEARS,
        ("Færre møder", "-", "2.500", "-"),
        ("Ny aftale", "380", "-", "760"),
        ("I alt", "380", "2.500", "760"),
    ]
    sheet = Sheet()
    sheet.table(70, COLUMNS, rows, style="horizontal")
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in rows[1:]]


@given(
    st.lists(
        st.lists(st.tuples(st.integers(1, 999), st.booleans()), min_size=3, max_size=3),
        min_size=2,
        max_size=6,
    )
)
def test_no_sign_is_lost(rows: list[list[tuple[int, bool]]]) -> None:
    """Every figure with a dash at its cell's edge becomes one token with it, the others stay as they are."""
    words = [Word(str(2025 + c), 270 + 80 * c, 0, 290 + 80 * c, 9, 9) for c in range(3)]
    for r, row in enumerate(rows, 1):
        for c, (value, negative) in enumerate(row):
            right = 290 + 80.0 * c
            words.append(Word(str(value), right - 5 * len(str(value)), 15 * r, right, 15 * r + 9, 9))
            if negative:
                words.append(Word("-", right - 65, 15 * r, right - 62, 15 * r + 9, 9))
    lines = visual_lines(words)
    for line in lines:
        line.tokens = tokenize(line)
    settle_dashes(lines)
    assert [[t.text for t in line.tokens] for line in lines[1:]] == [
        [f"- {value}" if negative else str(value) for value, negative in row] for row in rows
    ]


@pytest.mark.parametrize("sign", "\u00ad\u02d7\u2010\u2011\u2012\u2015\u2043\ufe63\uff0d")
def test_what_looks_like_a_minus_before_digits_is_one(sign: str) -> None:
    assert repair(f"{sign}1.250") == "-1.250"


def test_a_soft_hyphen_in_a_word_is_not_printed() -> None:
    assert repair("børne\u00adhave") == "børnehave"


def test_a_nil_is_told_by_the_nils_above_it_where_its_column_holds_nothing_else(tmp_path: Path) -> None:
    rows = [
        YEARS,
        ("Kloak", "-", "-", "-"),
        ("Bro", "-", "-", "4.500"),
        ("Tag", "-", "-", "3.900"),
        ("Sti", "-", "-", "-"),
    ]
    sheet = Sheet()
    sheet.table(70, COLUMNS, rows[1:])
    assert [row[2] for row in body(the_grid(reading(tmp_path, pdf(sheet))))] == ["-"] * 4
