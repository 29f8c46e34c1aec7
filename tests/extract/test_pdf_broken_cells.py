"""Rows whose cells are broken over lines: a figure in two halves, codes alone on a line, hyphens of every make."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.pages import Column, Sheet, body, head, headings, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(150, "left"), Column(350), Column(430), Column(510))
HEADER = ("1.000 kr. 2024 p/l", "Bevilling", "2025", "2026", "2027")


@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
def test_a_figure_broken_over_two_lines_of_its_cell(valign: str, tmp_path: Path) -> None:
    """Both halves say that they are halves: a bracket that only opens, three digits before one that only closes."""
    sheet = Sheet()
    rows = [
        ("1.000 kr. 2024 p/l", "2025", "2026", "2027"),
        ("Møder", "(407)", "0", "12"),
        ("Lokaler", "50", "(15\n560)", "(15\n318)"),
    ]
    sheet.table(70, (COLUMNS[0], *COLUMNS[2:]), rows, valign=valign)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid) == [["Møder", "(407)", "0", "12"], ["Lokaler", "50", "(15 560)", "(15 318)"]]
    assert [c.raw for c in grid.rows[-1].cells if c][2:] == ["(15\n560)", "(15\n318)"]


@pytest.mark.parametrize("label", ["Færre timer til manuel\nregistrering", "Registrering"])
def test_a_code_alone_on_the_last_line_of_the_first_row(label: str, tmp_path: Path) -> None:
    """Figures midway: before any label is met beside figures, a line holds a lone number in a column of words."""
    sheet = Sheet()
    rows = [
        ("", *HEADER[1:]),
        (label, "1310 It-drift, center\n4711", "", "-1.300", "-1.300"),
        ("Lokaler", "2115 Veje", "5", "100", "200"),
    ]
    sheet.table(70, COLUMNS, rows, valign="middle")
    read = [[cell.replace("\n", " ") or None for cell in row] for row in rows[1:]]
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == read


def test_labels_that_touch_the_next_column_of_words(tmp_path: Path) -> None:
    """Most labels end in a hyphen a blank before the next column, whose words all begin in one place."""
    rows = [
        HEADER,
        ("Lavere udgift til rådgi-\nvning", "2115 Veje", "5", "10", "10"),
        ("Færre lejemål til admi-\nnistration", "3010 Børn", "5", "10", "10"),
        ("I alt", "", "10", "20", "20"),
    ]
    sheet = Sheet()
    sheet.table(70, (COLUMNS[0], Column(148, "left"), *COLUMNS[2:]), rows)
    assert [row[:2] for row in body(the_grid(reading(tmp_path, pdf(sheet))))] == [
        ["Lavere udgift til rådgivning", "2115 Veje"],
        ["Færre lejemål til administration", "3010 Børn"],
        ["I alt", None],
    ]


def test_a_unit_over_the_total_does_not_widen_its_column(tmp_path: Path) -> None:
    """Headers set left, figures right, and the unit at the right edge: only the header's own words tell the cell."""
    years = (276, 339, 402, 465)
    sheet = Sheet()
    sheet.text(540, 60, "1.000 kr. (2018-p/l)", align="right")
    for x, year in zip(years, ("2018", "2019", "2020", "I alt"), strict=True):
        sheet.text(x, 75, year, bold=True)
    columns = (COLUMNS[0], *(Column(x + 60) for x in years))
    rows = [("Møder", "50", "349", "0", "399"), ("Lokaler", "1.700", "0", "0", "1.700"), ("Drift", "1", "0", "0", "1")]
    sheet.table(80, columns, rows, bold=())
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in rows]


def test_two_lines_of_headers_set_close(tmp_path: Path) -> None:
    """ "I alt 2025-" and "Andel" stand little more than a blank apart, each over a line of its own."""
    sheet = Sheet()
    columns = (COLUMNS[0], Column(300), Column(350), Column(400), Column(430))
    rows = [
        ("1.000 kr.", "Budget\n2025", "Budget\n2026", "I alt 2025-\n26", "Andel\ni pct."),
        ("Drift", "1", "2", "3", "40"),
    ]
    sheet.table(70, columns, [*rows, ("Lokaler", "10", "20", "30", "60")])
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    named = [" ".join(t for t in column if t) for column in zip(*head(grid), strict=True)]
    assert named == ["1.000 kr.", "Budget 2025", "Budget 2026", "I alt 2025- 26", "Andel i pct."]


def test_empty_rows_of_a_table_with_every_other_row_filled_cell_by_cell(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [
        ("1.000 kr. 2024 p/l", "2025", "2026", "2027"),
        ("Inden for målet", "1", "2", "3"),
        ("Ny drift", "10", "20", "30"),
        ("Uden for målet", "", "", ""),
        ("I alt", "", "", ""),
    ]
    bounds = (50, 260, 360, 440, 520)
    bottom = sheet.table(70, (COLUMNS[0], *COLUMNS[2:]), rows, style="zebra", bounds=bounds, bold=(0, 4))
    sheet.text(50, bottom + 40, "Risikovurdering", bold=True)
    document = reading(tmp_path, pdf(sheet))
    assert [row[0] for row in body(the_grid(document))] == [row[0] for row in rows[1:]]
    assert headings(document) == [(None, "Risikovurdering")]


def test_bold_names_beside_boxes_are_no_headings(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(52, 60, "Forslaget berører disse forvaltninger, som alle er hørt i sagen.")
    for i, name in enumerate(("Socialforvaltningen", "Økonomiforvaltningen")):
        sheet.squares.append((52, 90 + 20 * i, 8, i == 1))
        sheet.text(66, 98 + 20 * i, name, bold=True)
    assert headings(reading(tmp_path, pdf(sheet))) == []
