"""Tables of all layouts, each a small page drawn here and what must be read from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import Placement
from tests.extract.pages import Column, Sheet, body, grids, head, paragraphs, pdf, reading, texts, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460), Column(540))
BOUNDS = (50, 230, 305, 385, 465, 545)
HEADER = ("1.000 kr. 2024 p/l", "2025", "2026", "2027", "2028")
ROWS = (
    ("Færre møder", "-200", "-400", "-400", "-400"),
    ("Nye lokaler", "", "50", "60", "60"),
    ("Drift af det nye system", "25", "1.025", "25", "-"),
    ("Varige ændringer i alt", "-175", "675", "-315", "-340"),
)
PRINTED = [[cell or None for cell in row] for row in ROWS]


@pytest.mark.parametrize("style", ["plain", "horizontal", "grid", "zebra", "zebra cell by cell"])
def test_a_table_of_every_style(style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 60, "Tabel 1. Varige ændringer, service", bold=True)
    bounds = BOUNDS if style in ("grid", "zebra cell by cell") else ()
    sheet.table(70, COLUMNS, [HEADER, *ROWS], style=style.split()[0], bounds=bounds)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(HEADER)]
    assert body(grid) == PRINTED
    assert grid.caption is not None
    assert grid.caption.text == "Tabel 1. Varige ændringer, service"
    assert grid.ruled == (style == "grid")
    assert grid.ledger.orphans == ()


def test_an_empty_ruled_cell_is_no_zero_and_no_dash(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, [HEADER, *ROWS], style="grid", bounds=BOUNDS)
    lokaler = the_grid(reading(tmp_path, pdf(sheet))).rows[2]
    assert [cell.text if cell else None for cell in lokaler.cells] == ["Nye lokaler", None, "50", "60", "60"]


def test_a_figure_says_who_placed_it(tmp_path: Path) -> None:
    ruled, plain = Sheet(), Sheet()
    ruled.table(70, COLUMNS, [HEADER, *ROWS], style="grid", bounds=BOUNDS)
    plain.table(70, COLUMNS, [HEADER, *ROWS])
    for sheet, placement in ((ruled, Placement.RULED), (plain, Placement.ALIGNED)):
        grid = the_grid(reading(tmp_path, pdf(sheet)))
        assert {cell.placement for row in grid.rows for cell in row.cells if cell} == {placement}


def test_a_merged_header_over_the_years(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(420, 82, "1.000 kr. 2024 p/l", align="centre", bold=True)
    sheet.table(90, COLUMNS, [("", *HEADER[1:]), *ROWS], style="grid", bounds=BOUNDS)
    sheet.rule(230, 70, 545)
    sheet.lines += [(x, 70, x, 90) for x in (230, 545)]
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "1.000 kr. 2024 p/l", None, None, None], [None, *HEADER[1:]]]
    unit = grid.rows[0].cells[1]
    assert unit is not None
    assert unit.span == 4
    assert body(grid) == PRINTED


def test_a_unit_line_over_the_years_without_rules(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(405, 66, "1.000 kr. 2024 p/l", align="centre", bold=True)
    sheet.table(70, COLUMNS, [("", *HEADER[1:]), *ROWS], style="horizontal")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert [[c for c in row if c] for row in head(grid)] == [["1.000 kr. 2024 p/l"], list(HEADER[1:])]
    assert body(grid) == PRINTED


@pytest.mark.parametrize("heads", ["right", "centre", "left"])
@pytest.mark.parametrize("style", ["plain", "horizontal"])
def test_headers_set_otherwise_than_their_figures(heads: str, style: str, tmp_path: Path) -> None:
    """Years left over, or centred over, columns of figures that keep to the right."""
    reach = {"right": 0, "centre": 18, "left": 36}[heads]
    sheet = Sheet()
    for column, year in zip(COLUMNS[1:], HEADER[1:], strict=True):
        sheet.text(column.x - reach, 82, year, bold=True, align=heads)
    sheet.text(52, 82, HEADER[0], bold=True)
    sheet.table(88, COLUMNS, ROWS, style=style, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(HEADER)]
    assert body(grid) == PRINTED


def test_columns_of_words_before_the_years(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(200, "left"), Column(300, "left"), Column(440), Column(500))
    rows = [
        ("1.000 kr. 2024 p/l", "Styringsområde", "Bevilling", "2025", "2026"),
        ("Færre møder", "Service", "Sekretariat", "-200", "-400"),
        ("Nye lokaler", "Anlæg", "Ejendomme", "50", "60"),
        ("I alt", "", "", "-150", "-340"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(rows[0])]
    assert body(grid) == [[cell or None for cell in row] for row in rows[1:]]


def test_bold_rows_and_filled_rows_stand_out(tmp_path: Path) -> None:
    sheet = Sheet()
    bottom = sheet.table(70, COLUMNS, [HEADER, *ROWS], bold=(0, 4))
    sheet.fills.append((50, bottom - 16, 545, bottom, 0.85))
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    rows = [row for row in grid.rows if not row.header]
    assert [row.cells[0].bold for row in rows if row.cells[0]] == [False, False, False, True]
    assert [row.shaded for row in rows] == [False, False, False, True]


def test_a_rule_over_the_total_stands_out(tmp_path: Path) -> None:
    sheet = Sheet()
    bottom = sheet.table(70, COLUMNS, [HEADER, *ROWS])
    sheet.rule(50, bottom - 15.5, 545)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert [row.rule_above for row in grid.rows if not row.header] == [False, False, False, True]


def test_two_tables_below_each_other_keep_their_captions(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 60, "Tabel 1. Varige ændringer", bold=True)
    bottom = sheet.table(70, COLUMNS, [HEADER, *ROWS])
    sheet.text(50, bottom + 30, "Tabel 2. Investeringer", bold=True)
    sheet.table(bottom + 40, COLUMNS, [HEADER, *ROWS[:2]])
    first, second = grids(reading(tmp_path, pdf(sheet)))
    assert [g.caption.text if g.caption else None for g in (first, second)] == [
        "Tabel 1. Varige ændringer",
        "Tabel 2. Investeringer",
    ]
    assert (body(first), body(second)) == (PRINTED, PRINTED[:2])


@pytest.mark.parametrize("style", ["plain", "grid"])
def test_two_tables_side_by_side(style: str, tmp_path: Path) -> None:
    left = (Column(52, "left"), Column(200), Column(250))
    right = (Column(322, "left"), Column(480), Column(530))
    first_rows = [("1.000 kr.", "2025", "2026"), ("Færre møder", "-200", "-400"), ("I alt", "-200", "-400")]
    second_rows = [("1.000 kr.", "2025", "2026"), ("Nye lokaler", "50", "60"), ("I alt", "50", "60")]
    sheet = Sheet()
    sheet.text(50, 60, "Tabel 1. Drift", bold=True)
    sheet.text(320, 60, "Tabel 2. Anlæg", bold=True)
    sheet.table(70, left, first_rows, style=style, bounds=(50, 160, 205, 255))
    sheet.table(70, right, second_rows, style=style, bounds=(320, 430, 485, 535))
    first, second = grids(reading(tmp_path, pdf(sheet)))
    assert (texts(first.rows), texts(second.rows)) == ([list(r) for r in first_rows], [list(r) for r in second_rows])
    assert first.caption is not None
    assert first.caption.text == "Tabel 1. Drift"
    assert second.caption is not None
    assert second.caption.text == "Tabel 2. Anlæg"


def test_notes_belong_to_the_table_above_them(tmp_path: Path) -> None:
    sheet = Sheet()
    bottom = sheet.table(70, COLUMNS, [HEADER, *ROWS])
    sheet.text(50, bottom + 14, "Note: Beløbene er afrundet.", size=8)
    sheet.text(50, bottom + 60, "Udvalget ser frem til at høre nærmere om det.")
    document = reading(tmp_path, pdf(sheet))
    grid = the_grid(document)
    assert [note.text for note in grid.notes] == ["Note: Beløbene er afrundet."]
    assert grid.ledger.notes == 4
    assert paragraphs(document) == ["Udvalget ser frem til at høre nærmere om det."]


def test_running_text_with_figures_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    for i, line in enumerate(
        (
            "Forslaget koster 200 t.kr. i 2025 og 400 t.kr. i 2026, hvorefter udgiften falder til",
            "150 t.kr. om året. I alt er der tale om 1.200 t.kr. over seks år, som findes i 2027",
            "og 2028 ved at lade 12 af de 40 lokaler stå tomme i op til 3 måneder hvert af årene.",
        )
    ):
        sheet.text(50, 100 + 12 * i, line)
    document = reading(tmp_path, pdf(sheet))
    assert grids(document) == []
    assert len(paragraphs(document)) == 1


def test_a_frame_around_text_is_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.rule(50, 80, 545)
    sheet.rule(50, 140, 545)
    sheet.lines += [(50, 80, 50, 140), (545, 80, 545, 140)]
    sheet.text(60, 100, "Udvalget indstiller, at forslaget vedtages.")
    document = reading(tmp_path, pdf(sheet))
    assert grids(document) == []
    assert paragraphs(document) == ["Udvalget indstiller, at forslaget vedtages."]
