"""Tables of words without a grid, blocks beside each other, cells that are several rows high."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.grids.evidence import Bands
from extract.grids.worded import word_tables
from extract.page.model import VisualLine, Word
from extract.page.tokens import tokenize
from tests.extract.pages import Column, Sheet, grids, pdf, reading, the_grid

_STAFF = (
    ("Navn", "Stilling", "Sted", "Tiltrådt"),
    ("Anders Bøgh", "Pedagog", "Lunden", "1. maj"),
    ("Bente Holm Clausen", "Leder", "Skovhuset", "2. juni"),
    ("Carl Dahl", "Pædagogisk assistent", "Lunden", "3. juli"),
    ("Dorte Eg", "Sekretær", "Rådhuset i Hedelund", "1. august"),
    ("Erik Frost", "Pedel", "Skovhuset", "4. marts"),
)
_COLUMNS = tuple(Column(x, "left") for x in (52, 190, 310, 450))


def texts(sheet: Sheet, folder: Path) -> list[list[str | None]]:
    return [[c and c.text for c in row.cells] for row in the_grid(reading(folder, pdf(sheet))).rows]


def test_words_under_each_other_are_a_table(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(90, _COLUMNS, _STAFF, bold=())
    assert texts(sheet, tmp_path) == [list(row) for row in _STAFF]


def test_a_centred_header_over_one_column_of_words_parts_it_not(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (_COLUMNS[0], _COLUMNS[1], Column(310, "left"), _COLUMNS[3])
    sheet.table(90, columns, [("Navn", "Stilling", "", "Tiltrådt"), *_STAFF[1:]], bold=())
    sheet.text(410, 101, "Sted")
    assert texts(sheet, tmp_path)[0] == ["Navn", "Stilling", "Sted", "Tiltrådt"]


def test_columns_of_words_no_wider_apart_than_a_blank(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(77.5), Column(80, "left"), *_COLUMNS[1:])
    codes = (("1", "A"), ("20", "B"), ("300", "A"), ("41", "B"), ("5", "A"))
    rows = [(*code, *row[1:]) for code, row in zip(codes, _STAFF[1:], strict=True)]
    sheet.table(90, columns, rows, bold=())
    assert [row[:2] for row in texts(sheet, tmp_path)] == [list(row[:2]) for row in rows]


def test_running_text_in_columns_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    for x in (50, 215, 380):
        for i in range(12):
            sheet.text(
                x, 100 + 11 * i, f"kommunen flytter opgaven til {'et fælles' if i % 2 else 'en anden'} hus", size=8
            )
    assert not grids(reading(tmp_path, pdf(sheet)))


def test_boxes_to_tick_are_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    for i in range(5):
        for x, text in ((52, "Afdeling"), (180, "By og Land"), (330, "Børn og Unge")):
            sheet.text(x, 100 + 14 * i, f"{text} {'ABCDE'[i]}")
        sheet.squares.append((318, 92 + 14 * i, 8, i == 1))
        sheet.squares.append((168, 92 + 14 * i, 8, i == 2))
    assert not grids(reading(tmp_path, pdf(sheet)))


def test_what_stands_beyond_a_line_down_the_page_is_no_part_of_the_table(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (180, 240, 300)))
    rows = [("Post", "2024", "2025", "2026"), *((f"Post {n}", f"{n}10", f"{n}20", f"{n}30") for n in range(1, 13))]
    sheet.table(90, columns, rows)
    sheet.lines.append((320, 80, 320, 320))
    for i in range(14):
        sheet.text(345, 92 + 15.1 * i, f"{28 - 2 * i}.000", size=7)
    grid = next(g for g in grids(reading(tmp_path, pdf(sheet))) if len(g.rows) > 12)
    assert [[c and c.text for c in row.cells] for row in grid.rows] == [list(row) for row in rows]


def test_a_cell_tells_how_many_rows_it_covers(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.lines += [(x, 90, x, 150) for x in (50, 150, 250, 350)]
    sheet.lines += [(50, y, 350, y) for y in (90, 110, 150)] + [(150, 130, 350, 130)]
    for x, y, text in ((55, 104, "Art"), (155, 104, "Sted"), (255, 104, "2025"), (55, 134, "Leje")):
        sheet.text(x, y, text)
    for y, place in ((124, "Lunden"), (144, "Skovhuset")):
        sheet.text(155, y, place)
        sheet.text(255, y, "120")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert [(c.text, c.rows) for row in grid.rows[1:] for c in row.cells if c and c.rows > 1] == [("Leje", 2)]


def test_from_one_amount_to_another_stands_as_a_figure(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 380, 460)))
    rows = [("Løntrin", "2024", "2025", "2026")]
    rows += [(f"Trin {n}", f"{n}1,35 - {n}1,42", f"{n}1,38", f"{n}1,27 - {n}1,35") for n in range(1, 5)]
    sheet.table(90, columns, rows)
    assert texts(sheet, tmp_path) == [list(row) for row in rows]


def test_a_sentence_below_is_no_row(tmp_path: Path) -> None:
    sheet = Sheet()
    end = sheet.table(90, _COLUMNS, _STAFF, bold=())
    sheet.text(52, end + 8, "Der spares 300 t.kr. i 2027, fordi to stillinger ikke bliver besat.")
    document = reading(tmp_path, pdf(sheet))
    assert len(the_grid(document).rows) == len(_STAFF)


@pytest.mark.parametrize(("pages", "found"), [("3 5 5 12", 0), ("3 1 12 5", 1)])
def test_a_list_of_contents_is_no_table(pages: str, found: int) -> None:
    lines = []
    for n, page in enumerate(pages.split(), 1):
        words = [
            Word(t, x, 20.0 * n, x + 6 * len(t), 20.0 * n + 9, 9.0)
            for t, x in ((f"{n}.", 50.0), (f"Afsnit{n}", 90.0), (page, 300.0))
        ]
        lines.append(VisualLine(words, words[0].y0, words[0].y1, 50.0, words[-1].x1))
        lines[-1].tokens = tokenize(lines[-1])
    assert len(word_tables(1, lines, Bands([], []))) == found
