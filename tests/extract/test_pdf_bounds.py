"""Where a column or a cell ends when nothing but its neighbours' edges, or a colour's edge, says so."""

from __future__ import annotations

from pathlib import Path

from extract.grids.lattice import ruled_regions
from extract.page.model import Page
from tests.extract.pages import Column, Sheet, body, head, pdf, reading, the_grid

_ROWS = (
    ("Ordning", "2023", "2022", "Ændring"),
    ("Legater", "12", "3", "-100,0"),
    ("Stipendier", "1.270.500", "8.400", "7,8"),
    ("Rejser", "7", "6", "-100,0"),
    ("Tryksager", "81", "1.163.900", "0,5"),
)


def test_long_figures_over_the_next_columns_short_ones_are_of_their_own_column(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(90, (Column(52, "left"), Column(300), Column(344), Column(376)), _ROWS)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in _ROWS[1:]]


def test_years_that_run_backwards_and_anew_head_their_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 360, 420, 480)))
    rows = [("", "2023", "2022", "2023", "2022"), *((f"Post {n}", *(f"{n}{c}0" for c in range(4))) for n in range(4))]
    sheet.table(90, columns, rows, bold=())
    assert head(the_grid(reading(tmp_path, pdf(sheet)))) == [[None, *rows[0][1:]]]


def test_a_wide_blank_is_no_nought(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 380, 460)))
    rows = [("Post", "2024", "2025", "2026"), *((f"Post {n}", f"{n}20", "", f"{n}40") for n in range(1, 5))]
    sheet.table(90, columns, rows)
    sheet.text(370, 117, "\u3000")
    assert body(the_grid(reading(tmp_path, pdf(sheet))))[0] == ["Post 1", "120", None, "140"]


def test_a_ring_around_cells_is_no_cell_of_theirs() -> None:
    """A frame drawn at a distance from the cells in it, whose own lines it does not touch."""
    cells = [(x, y) for x in (52.0, 152.0) for y in (52.0, 72.0)]
    across = [(y, 40.0, 260.0) for y in (40.0, 100.0)] + [(y + d, x, x + 100) for x, y in cells for d in (0, 20)]
    down = [(x, 40.0, 100.0) for x in (40.0, 260.0)] + [(x + d, y, y + 20) for x, y in cells for d in (0, 100)]
    across.append((52.0, 40.0, 52.0))  # where it does
    (ruling,) = ruled_regions(Page(1, 300, 200, [], across, down))
    assert ruling.area[1][1] == (1, 1, 1, 1)
    assert ruling.area[0][0] == (0, 0, 0, 3)


def test_edges_of_fills_part_what_lines_leave_in_one() -> None:
    """A band over two columns, and beside them a cell as high as both rows below it."""
    across = [(50.0, 50.0, 250.0), (80.0, 100.0, 250.0), (100.0, 50.0, 250.0)]
    down = [(50.0, 50.0, 100.0), (100.0, 65.0, 100.0), (150.0, 65.0, 100.0), (250.0, 50.0, 100.0)]
    (ruling,) = ruled_regions(Page(1, 300, 200, [], across, down, [(50.0, 50.0, 250.0, 65.0)]))
    assert ruling.ys == [50.0, 65.0, 80.0, 100.0]
    assert ruling.area[0] == [(0, 0, 0, 2)] * 3
    assert [row[0] for row in ruling.area[1:]] == [(1, 0, 2, 0)] * 2


def test_names_that_come_again_stand_under_groups(tmp_path: Path) -> None:
    """Groups set far from the middle of their columns, beside names that head one column each."""
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (200, 245, 290, 335, 380, 425, 500)))
    for x, text in ((166, "Uge til dato"), (330, "År til dato"), (470, "2 år")):
        sheet.text(x, 86, text)
    names = ("", "I år", "Sidste", "Ændring", "I år", "Sidste", "Ændring", "Ændring")
    rows = [names, *((f"Sag {n}", *(f"{n}{c}" for c in range(7))) for n in range(1, 6))]
    sheet.table(90, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert [(c.text, c.span) for c in grid.rows[0].cells if c][:2] == [("Uge til dato", 3), ("År til dato", 3)]
    assert head(grid)[-1][1:7] == list(names[1:7])


def test_a_header_over_a_rule_whose_last_line_names_few_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x, "left") for x in (150, 230, 310, 400)))
    upper = ("Prøve", "Zink", "Bly", "Ledningsevne", "Modstand")
    sheet.table(90, columns, [upper], bold=(), size=8)
    sheet.text(400, 107, "(ohm)", size=8)
    sheet.table(124, columns, [(f"P{n}", *(f"0,{n}{c}" for c in range(4))) for n in range(1, 6)], bold=(), size=8)
    assert head(the_grid(reading(tmp_path, pdf(sheet)))) == [[*upper[:-1], "Modstand (ohm)"]]
