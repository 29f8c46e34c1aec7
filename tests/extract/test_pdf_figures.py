"""Figures to the last digit: every Danish notation, markers beside figures, text drawn in any order."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.pages import Column, Sheet, body, head, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460))
HEADER = ("1.000 kr. 2024 p/l", "2025", "2026", "2027")
SPACES = {"|": "\u00a0", "'": "\u2009", ";": "\u202f"}  # drawn as one, told as the other


@pytest.mark.parametrize(
    "printed",
    [
        "1.000",
        "-1.000",
        "- 250",
        "−250",
        "–250",
        "÷250",
        "(250)",
        "250-",
        "1333",
        "1 000",
        "-12 345",
        "0,62",
        "-1.234,5",
        "½",
        "1½",
        "-",
        "–",
        "25 %",
        "0",
    ],
)
@pytest.mark.parametrize("style", ["plain", "grid"])
def test_a_figure_as_printed(printed: str, style: str, tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("Færre møder", "12.345", printed, "-67"),
        ("Nye lokaler", "8", "9", "10"),
        ("I alt", "1", "2", "3"),
    ]
    sheet = Sheet()
    sheet.table(70, COLUMNS, rows, style=style, bounds=(50, 230, 305, 385, 465))
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(HEADER)]
    assert body(grid) == [list(row) for row in rows[1:]]


@pytest.mark.parametrize("drawn", sorted(SPACES))
def test_spaces_between_thousands(drawn: str, tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("Færre møder", f"-1{drawn}200", f"14{drawn}500", f"1{drawn}234{drawn}567"),
        ("I alt", "1", "2", "3"),
    ]
    sheet = Sheet()
    sheet.table(70, COLUMNS, rows)
    figures = body(the_grid(reading(tmp_path, pdf(sheet, unicode=SPACES))))[0][1:]
    assert ["".join((f or "").split()) for f in figures] == ["-1200", "14500", "1234567"]


@pytest.mark.parametrize("style", ["plain", "grid"])
@pytest.mark.parametrize("order", ["as drawn", "scrambled"])
def test_a_raised_marker_never_becomes_a_digit(order: str, style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [HEADER, ("Færre møder", "", "70.000", "-5"), ("I alt", "80.000", "70.000", "-5")]
    sheet.table(70, COLUMNS, rows, style=style, bounds=(50, 230, 305, 385, 465))
    first_baseline = next(p.y for p in sheet.pieces if p.text == "Færre møder")
    end = sheet.text(290, first_baseline, "80.000", align="right")
    sheet.text(end, first_baseline - 3.2, "1", size=5.5)
    sheet.text(50, 150, "1) Beløbet er foreløbigt.", size=8)
    grid = the_grid(reading(tmp_path, pdf(sheet, order=order)))
    assert body(grid)[0] == ["Færre møder", "80.000¹", "70.000", "-5"]
    assert [note.text for note in grid.notes] == ["1) Beløbet er foreløbigt."]


def test_a_raised_marker_at_a_label(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, [HEADER, ("Pulje 2025", "10", "20", "30"), ("I alt", "10", "20", "30")])
    label = next(p for p in sheet.pieces if p.text == "Pulje 2025")
    sheet.text(sheet.text(label.x, label.y, label.text), label.y - 3.2, "2", size=5.5)
    sheet.pieces.remove(label)
    assert body(the_grid(reading(tmp_path, pdf(sheet))))[0] == ["Pulje 2025²", "10", "20", "30"]


def test_a_word_beside_one_figure_is_kept_with_it(tmp_path: Path) -> None:
    """ "9.573 OFS" once, without a column of such words: they stay together, and the figure stays whole."""
    sheet = Sheet()
    sheet.table(70, COLUMNS, [HEADER, ("Færre møder", "100", "200", "9.573"), ("I alt", "100", "200", "9.573")])
    baseline = next(p.y for p in sheet.pieces if p.text == "Færre møder")
    sheet.text(463, baseline, "OFS")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid)[0] == ["Færre møder", "100", "200", "9.573 OFS"]


@pytest.mark.parametrize("start", [463, 475])
def test_a_column_of_words_right_beside_the_figures(start: float, tmp_path: Path) -> None:
    columns = (*COLUMNS, Column(start, "left"))
    rows = [
        (*HEADER, "Område"),
        ("Færre møder", "100", "200", "9.573", "OFS"),
        ("Nye lokaler", "10", "20", "30", "Anlæg"),
        ("I alt", "110", "220", "9.603", ""),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(rows[0])]
    assert body(grid) == [[cell or None for cell in row] for row in rows[1:]]


@pytest.mark.parametrize("style", ["plain", "grid", "horizontal"])
@pytest.mark.parametrize(
    ("order", "letters"), [("scrambled", False), ("columns", False), ("as drawn", True), ("scrambled", True)]
)
def test_the_order_of_drawing_says_nothing(order: str, letters: bool, style: str, tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("Færre møder i alle udvalg", "-1.200", "- 340", "-400"),
        ("Nye lokaler", "50", "61.234", "60"),
        ("Varige ændringer i alt", "-1.150", "60.894", "-340"),
    ]
    sheet = Sheet()
    sheet.text(50, 60, "Tabel 1. Varige ændringer, service", bold=True)
    sheet.table(70, COLUMNS, rows, style=style, bounds=(50, 230, 305, 385, 465))
    grid = the_grid(reading(tmp_path, pdf(sheet, order=order, letters=letters)))
    assert head(grid) == [list(HEADER)]
    assert body(grid) == [list(row) for row in rows[1:]]
    assert grid.caption is not None
    assert grid.caption.text == "Tabel 1. Varige ændringer, service"


def test_bold_drawn_by_printing_twice_is_printed_once(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, [HEADER, ("Færre møder", "11", "22", "33"), ("I alt", "11", "22", "33")])
    again = [p._replace(x=p.x + 0.3) for p in sheet.pieces if p.y > 100]
    sheet.pieces += again
    rows = [r for r in the_grid(reading(tmp_path, pdf(sheet))).rows if not r.header]
    assert [[c.text for c in r.cells if c] for r in rows] == [
        ["Færre møder", "11", "22", "33"],
        ["I alt", "11", "22", "33"],
    ]
    assert [r.cells[0].bold for r in rows if r.cells[0]] == [False, True]


def test_cells_without_a_blank_between_them_part_at_their_line(tmp_path: Path) -> None:
    """The file says "25.10050.200" in one go; the drawn line runs through it."""
    sheet = Sheet()
    rows = [HEADER, ("Færre møder", "", "", "7"), ("I alt", "1", "2", "7")]
    sheet.table(70, COLUMNS, rows, style="grid", bounds=(50, 230, 305, 385, 465))
    baseline = next(p.y for p in sheet.pieces if p.text == "Færre møder")
    sheet.text(305, baseline, "25.10050.200", align="centre")
    assert body(the_grid(reading(tmp_path, pdf(sheet))))[0] == ["Færre møder", "25.100", "50.200", "7"]


@pytest.mark.parametrize("dash", ["-", "–", "−"])
def test_a_nil_set_close_to_the_next_column_is_no_sign(dash: str, tmp_path: Path) -> None:
    """The next column's figures reach nearly to the nils; a sign with a blank of its own stays a sign."""
    columns = (Column(52, "left"), Column(300), Column(380), Column(410))
    rows = [
        ("1.000 kr. 2024 p/l", "2025", "2026", "I alt"),
        ("Færre møder", "- 200", "40", "- 160"),
        ("Nye lokaler", "2 275", dash, "2 275"),
        ("I alt", "2 075", "40", "2 115"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in rows[1:]]


def test_a_nil_that_is_told_tells_the_others_of_its_column(tmp_path: Path) -> None:
    """All of 2025 is nil, its dashes close to the figures of 2026; only the last row's narrow figure sets one apart."""
    columns = (Column(52, "left"), Column(380), Column(412), Column(470))
    rows = [
        ("1.000 kr. 2024 p/l", "", "2026", "2027"),
        ("Færre møder", "-", "1 500", "1 600"),
        ("Nye lokaler", "-", "2 275", "2 375"),
        ("Heraf drift", "-", "7", "8"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    sheet.text(350, 79, "2025", size=9)  # set left
    figures = [row[-3:] for row in body(the_grid(reading(tmp_path, pdf(sheet))))]
    assert figures == [list(row[1:]) for row in rows[1:]]
