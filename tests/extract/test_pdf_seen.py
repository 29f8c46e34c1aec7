"""Text of a PDF that nobody sees is not read; what is struck out, set wide or set sideways is read as a reader does."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pymupdf
import pytest

from extract.pdf.ligatures import UntoldGlyphs
from extract.pdf.page import read_page
from lexicon.figures import is_figure
from tests.extract.pages import Column, Sheet, body, head, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460))
ROWS = (
    ("1.000 kr. 2024 p/l", "2025", "2026", "2027"),
    ("Færre møder", "-1.250", "-2.500", "-2.500"),
    ("Ny aftale", "-380", "-760", "-760"),
    ("I alt", "-1.630", "-3.260", "-3.260"),
)
BOUNDS = (50.0, 230.0, 305.0, 385.0, 465.0)
BLANK_CELL = pymupdf.Point(310, 98)  # in the cell of "-2.500", left of it


def white(page: Any) -> None:
    page.insert_text(BLANK_CELL, "9.999", fontsize=7, color=(1, 1, 1))


def tiny(page: Any) -> None:
    page.insert_text(BLANK_CELL, "9.999", fontsize=0.5)


def unpainted(page: Any) -> None:
    page.insert_text(BLANK_CELL, "9.999", fontsize=7, render_mode=3)


def transparent(page: Any) -> None:
    page.insert_text(BLANK_CELL, "9.999", fontsize=7, fill_opacity=0)


def covered(page: Any) -> None:
    page.insert_text(BLANK_CELL, "9.999", fontsize=7)
    page.draw_rect(pymupdf.Rect(308, 88, 332, 100), color=None, fill=(1, 1, 1))


def white_under_the_ground(page: Any) -> None:
    page.draw_rect(pymupdf.Rect(308, 88, 332, 100), color=None, fill=(1, 1, 1))
    page.insert_text(BLANK_CELL, "9.999", fontsize=7, color=(0.99, 0.99, 0.99))


@pytest.mark.parametrize("hide", [white, tiny, unpainted, transparent, covered, white_under_the_ground])
@pytest.mark.parametrize("style", ["plain", "grid"])
def test_a_figure_that_nobody_sees_is_not_read(hide: Callable[[Any], None], style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, ROWS, style=style, bounds=BOUNDS)
    made = pdf(sheet)
    hide(made[0])
    assert body(the_grid(reading(tmp_path, made))) == [list(row) for row in ROWS[1:]]
    content, _, _ = read_page(made[0], 1, UntoldGlyphs())
    assert [w.text for w in content.unseen] == ["9.999"]


def test_white_letters_on_a_dark_ground_are_seen(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, [("", "", "", ""), *ROWS[1:]], style="grid", bounds=BOUNDS)
    made = pdf(sheet)
    page = made[0]
    page.draw_rect(pymupdf.Rect(50, 70, 465, 86), color=None, fill=(0.1, 0.2, 0.4))
    for column, text in zip(COLUMNS, ROWS[0], strict=True):
        x = column.x if column.align == "left" else column.x - 20
        page.insert_text(pymupdf.Point(x, 81), text, fontsize=9, color=(1, 1, 1))
    assert head(the_grid(reading(tmp_path, made))) == [list(ROWS[0])]


@pytest.mark.parametrize("style", ["horizontal", "grid"])
def test_a_figure_struck_out_is_not_the_cells(style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, ROWS, style=style, bounds=BOUNDS)
    baseline = next(p.y for p in sheet.pieces if p.text == "Færre møder")
    end = sheet.text(312, baseline, "-9.100")
    sheet.rule(311, baseline - 3, end + 1)
    made = pdf(sheet)
    assert body(the_grid(reading(tmp_path, made))) == [list(row) for row in ROWS[1:]]
    content, _, _ = read_page(made[0], 1, UntoldGlyphs())
    assert [w.text for w in content.struck] == ["-9.100"]


def test_figures_set_with_spaces_between_their_digits(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, ROWS, style="grid", bounds=BOUNDS)
    for piece in [p for p in sheet.pieces if p.text[-1].isdigit() and len(p.text) < 7 and not p.bold]:
        sheet.pieces.remove(piece)
        x = piece.x - 22
        for character in piece.text:
            x = sheet.text(x, piece.y, character) + 3.6
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in ROWS[1:]]


@pytest.mark.parametrize("dots", ["......", "………", "______"])
def test_leader_dots_glued_to_a_figure_are_none_of_it(dots: str, tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [ROWS[0], *((row[0], dots + row[1], *row[2:]) for row in ROWS[1:])]
    sheet.table(70, COLUMNS, rows)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in ROWS[1:]]


@pytest.mark.parametrize("style", ["horizontal", "grid"])
@pytest.mark.parametrize("turn", [90, -90])
def test_years_set_sideways_head_their_columns(style: str, turn: int, tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("1.000 kr. 2024 p/l\n\n", "", "", ""), *ROWS[1:]]
    sheet.table(70, COLUMNS, rows, style=style, bounds=BOUNDS)
    made = pdf(sheet)
    for column, year in zip(COLUMNS[1:], ROWS[0][1:], strict=True):
        x = column.x - 4 if turn == 90 else column.x - 12
        made[0].insert_text(pymupdf.Point(x, 98 if turn == 90 else 75), year, fontsize=9, rotate=turn % 360)
    assert head(the_grid(reading(tmp_path, made))) == [list(ROWS[0])]


def test_a_header_wider_than_its_cell_is_not_cut(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (COLUMNS[0], Column(232, "left"), *COLUMNS[1:])
    rows = [("1.000 kr.", "Styringsområde", "2025", "2026", "2027"), *((r[0], "Drift", *r[1:]) for r in ROWS[1:])]
    sheet.table(70, columns, rows, style="grid", bounds=(50, 230, 275, 305, 385, 465))
    assert head(the_grid(reading(tmp_path, pdf(sheet)))) == [list(rows[0])]


def test_running_text_set_wide_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    lines = ("Udgiften var 1.200 i 2019 og 1.350", "i 2020 mens den er 1.410 i 2021", "for hele hallen og 1.500 i 2022")
    for i, line in enumerate(lines):
        for j, word in enumerate(line.split()):
            sheet.text(50 + 60 * j, 70 + 12 * i, word)
    sheet.table(150, COLUMNS, ROWS, style="grid", bounds=BOUNDS)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in ROWS[1:]]


@pytest.mark.parametrize("style", ["horizontal", "grid"])
@pytest.mark.parametrize(
    ("before", "behind", "printed"), [("1", "", "¹-2.500"), ("", "a", "-2.500ᵃ"), ("", "2", "-2.500²")]
)
def test_a_raised_mark_stays_a_mark(style: str, before: str, behind: str, printed: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, ROWS, style=style, bounds=BOUNDS)
    piece = next(p for p in sheet.pieces if p.text == "-2.500")
    sheet.text(piece.x - 3.2, piece.y - 3.5, before, size=5.5)
    sheet.text(380.2, piece.y - 3.5, behind, size=5.5)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid)[0] == ["Færre møder", "-1.250", printed, "-2.500"]
    assert is_figure(printed)


def test_words_head_columns_over_a_section_and_under_words_of_their_own(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("1.000 kr.", "Budget", "Forbrug", "Afvigelse"), ("Drift", "", "", ""), *ROWS[1:]]
    sheet.text(340, 66, "Regnskab", align="centre", bold=True)
    sheet.rule(265, 68.5, 381)
    sheet.table(70, COLUMNS, rows)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "Regnskab", None, None], list(rows[0])]
    assert [c.span for c in grid.rows[0].cells if c] == [2]
    assert body(grid) == [["Drift", None, None, None], *(list(row) for row in ROWS[1:])]


def test_the_same_caption_overleaf_joins_the_table(tmp_path: Path) -> None:
    first, second = Sheet(), Sheet()
    for sheet, top, rows in ((first, 700, ROWS[:3]), (second, 80, (ROWS[0], ROWS[3]))):
        sheet.text(50, top - 8, "Tabel 1. Varige ændringer, service", bold=True)
        sheet.table(top, COLUMNS, rows, style="grid", bounds=BOUNDS)
    grid = the_grid(reading(tmp_path, pdf(first, second)))
    assert body(grid) == [list(row) for row in ROWS[1:]]
    assert grid.last_page == 2
