"""Headers of several levels: years over names, rows that count the columns, with and without a drawn grid."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest

from extract.models import Placement
from tests.extract.pages import Column, Sheet, body, grids, head, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(270), Column(340), Column(410), Column(480))
BOUNDS = (50.0, 210.0, 275.0, 345.0, 415.0, 485.0)
ROWS = (
    ("Veje og stier", "38.214", "-9.127", "39.450", "-9.310"),
    ("Skoler", "61.480", "-3.205", "64.118", "-4.118"),
    ("I alt", "99.694", "-12.332", "103.568", "-13.428"),
)


@pytest.mark.parametrize("style", ["plain", "horizontal"])
def test_names_under_years_head_the_columns(style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(305, 64, "Regnskab 2024", align="centre", bold=True)
    sheet.text(445, 64, "Budget 2025", align="centre", bold=True)
    names = ("1.000 kr.", "Udgifter", "Indtægter", "Udgifter", "Indtægter")
    sheet.table(70, COLUMNS, [names, *ROWS], style=style)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "Regnskab 2024", None, "Budget 2025", None], list(names)]
    assert [c.span for c in grid.rows[0].cells if c] == [2, 2]
    assert body(grid) == [list(row) for row in ROWS]
    assert grid.ledger.orphans == ()


@pytest.mark.parametrize("style", ["plain", "horizontal", "grid"])
def test_a_row_that_counts_the_columns_is_header(style: str, tmp_path: Path) -> None:
    names = ("1.000 kr.", "Budget", "Tillæg", "Forbrug", "Rest")
    counts = ("", "(1)", "(2)", "(3)", "(4)=(1)-(3)")
    sheet = Sheet()
    sheet.table(70, COLUMNS, [names, counts, *ROWS], style=style, bounds=BOUNDS)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(names), [None, *counts[1:]]]
    assert body(grid) == [list(row) for row in ROWS]


def test_letters_that_count_columns_and_a_formula_over_two_lines_are_in_no_name(tmp_path: Path) -> None:
    sheet = Sheet()
    names = ("Dag", "Vagter", "Bagvagt", "Vikar", "Forskel")
    counts, rest = ("", "A", "B", "C", "A-B-"), ("", "", "", "", "C")
    sheet.table(70, COLUMNS, [names, counts, rest, *ROWS], style="plain")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid)[-2:] == [list(names), [None, "A", "B", "C", "A-B-C"]]
    assert body(grid) == [list(row) for row in ROWS]


def test_of_two_figures_for_one_place_neither_is_sure(tmp_path: Path) -> None:
    names = ("1.000 kr.", "2024", "2025", "2026", "2027")
    sheet = Sheet()
    sheet.table(70, COLUMNS, [names, ROWS[0], ("Skoler", "61.480", "-3.205", "5", "-4.118"), ROWS[2]])
    baseline = next(p.y for p in sheet.pieces if p.text == "Skoler")
    sheet.text(388, baseline, "7", align="right")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    skoler = next(row for row in grid.rows if row.cells[0] and row.cells[0].text == "Skoler")
    doubted = [c.text for c in skoler.cells[1:] if c and c.placement is Placement.UNDECIDED and c.confidence < 0.5]
    assert len(doubted) == len(grid.ledger.orphans) == 1


def test_names_set_left_over_figures_set_right_keep_their_order(tmp_path: Path) -> None:
    names = ("Udgifter", "Indtægter", "Udgifter", "Indtægter")
    sheet = Sheet()
    for x, year in ((232, "Regnskab 2026"), (396, "Budget 2027")):
        sheet.text(x, 64, year, size=9, align="centre", bold=True)
    sheet.text(52, 77, "t.kr.", size=9, bold=True)
    for x, name in zip((193, 275, 357, 439), names, strict=True):
        sheet.text(x, 77, name, size=9, bold=True)
    columns = (Column(52, "left"), Column(271), Column(353), Column(435), Column(517))
    sheet.table(90, columns, ROWS)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "Regnskab 2026", None, "Budget 2027", None], ["t.kr.", *names]]
    assert body(grid) == [list(row) for row in ROWS]


def test_a_wrapped_header_s_second_word_keeps_to_its_own_column(tmp_path: Path) -> None:
    """It stands nearer to the neighbour's words than a blank is wide, and in line with its own first one."""
    sheet = Sheet()
    bounds = (52.0, 176.0, 232.0, 288.0, 341.0)
    for x0, x1 in pairwise(bounds):
        sheet.fills.append((x0, 50, x1, 80, 0.9))
    for column, upper, lower in (
        (1, "Oprindeligt", "budget"),
        (3, "Korrigeret", "forbrugsbudget"),
        (2, "", "Tillæg"),
    ):
        for y, word in ((62, upper), (74, lower)):
            if word:
                sheet.text(bounds[column + 1] - 4, y, word, size=7, align="right", bold=True)
    columns = (Column(54, "left"), Column(228), Column(284), Column(337))
    counts = ("", "(1)", "(2)", "(3)=(1)+(2)")
    sheet.table(82, columns, [counts, *(row[:4] for row in ROWS)], size=7)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "Oprindeligt budget", "Tillæg", "Korrigeret forbrugsbudget"], [None, *counts[1:]]]


def test_headers_set_left_head_figures_that_end_where_the_next_cell_begins(tmp_path: Path) -> None:
    """Cells of unequal widths, most of them empty: a figure stands nearer to the next cell's header than to its own."""
    lefts = (224.0, 288.0, 331.0, 394.0, 457.0, 501.0)
    sheet = Sheet()
    sheet.text(52, 62, "T.kr.", bold=True)
    sheet.text(176, 62, "Før 2026", bold=True)
    for x, year in zip(lefts, range(2026, 2032), strict=True):
        sheet.text(x, 62, str(year), bold=True)
    for y, label, column in ((76, "Kloak", 2), (90, "Opsyn", 0), (104, "Bro", 4), (118, "I alt", 2)):
        sheet.text(52, y, label)
        sheet.text(lefts[column + 1] - 8, y, "5.460", align="right")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [["T.kr.", "Før 2026", *(str(year) for year in range(2026, 2032))]]
    held = {row[0]: [i for i, text in enumerate(row) if text == "5.460"] for row in body(grid)}
    assert held == {"Kloak": [4], "Opsyn": [2], "Bro": [6], "I alt": [4]}


def test_a_figure_that_ends_before_a_header_begins_is_the_column_s_before(tmp_path: Path) -> None:
    """Even where most cells are empty and every figure stands nearer to the next header than to its own."""
    lefts = (227.0, 283.0, 340.0, 396.0, 452.0)
    sheet = Sheet()
    sheet.text(52, 62, "Mio. kr.", bold=True)
    for x, year in zip(lefts[:-1], (2027, 2028, 2029, 2030), strict=True):
        sheet.text(x, 62, str(year), bold=True)
    for y, label, held in (
        (78, "Rådgivning", {2: "0,5"}),
        (94, "Flytning", {0: "0,9"}),
        (110, "I alt", {0: "0,9", 2: "0,5"}),
    ):
        sheet.text(52, y, label)
        for column, figure in held.items():
            sheet.text(lefts[column + 1] - 6, y, figure, align="right")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid) == [
        ["Rådgivning", None, None, "0,5", None],
        ["Flytning", "0,9", None, None, None],
        ["I alt", "0,9", None, "0,5", None],
    ]


def test_a_sum_named_before_the_years_and_words_named_behind_them_keep_their_columns(tmp_path: Path) -> None:
    """Names set left over figures set right: as many names as years and figures would fit a column too far right."""
    lefts = (185.0, 243.0, 301.0, 359.0, 417.0)
    names = ("Samlet sum", "2028", "2029", "2030", "Trin")
    rows = (
        ("Råhus", ("7,71", "0,00", "7,71", "0,00"), "Program"),
        ("Indvendig aptering", ("0,79", "0,00", "0,79", "0,00"), "Udbud"),
        ("Projektet samlet", ("8,50", "0,00", "8,50", "0,00"), None),
    )
    sheet = Sheet()
    sheet.text(52, 62, "Mio. kr., 2028-niveau", bold=True)
    for x, name in zip(lefts, names, strict=True):
        sheet.text(x, 62, name, bold=True)
    for y, (label, figures, step) in zip((76, 90, 104), rows, strict=True):
        sheet.text(52, y, label)
        for x, figure in zip(lefts[1:], figures, strict=True):
            sheet.text(x - 7, y, figure, align="right")
        if step:
            sheet.text(lefts[-1], y, step)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [["Mio. kr., 2028-niveau", *names]]
    assert body(grid) == [[label, *figures, step] for label, figures, step in rows]


def test_a_name_s_upper_word_over_a_neighbour_s_long_name_keeps_to_its_own(tmp_path: Path) -> None:
    """ "Korrigeret" stands over "Tillægsbevillinger", which is set close to the "budget" that belongs to it."""
    columns = (Column(55, "left"), Column(228), Column(283), Column(338), Column(390))
    upper, lower = ("", "Oprindeligt", "", "Korrigeret", ""), ("1.000 kr.", "budget", "", "budget", "Forbrug")
    counts = ("- = indtægt", "(1)", "(2)", "(3)=(1)+(2)", "(4)")
    sheet = Sheet()
    sheet.table(70, columns, [upper, lower, counts, *ROWS], size=8)
    baseline = next(p.y for p in sheet.pieces if p.text == "Forbrug")
    sheet.text(308, baseline, "Tillægsbevillinger", size=8, align="right", bold=True)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    names = ["1.000 kr.", "Oprindeligt budget", "Tillægsbevillinger", "Korrigeret budget", "Forbrug"]
    assert head(grid) == [names, list(counts)]


def test_names_that_share_a_year_head_columns(tmp_path: Path) -> None:
    names = ("i kr.", "Egenbetaling 2026", "Tilskud 2026", "Pladspris 2026")
    sheet = Sheet()
    columns = (Column(52, "left"), Column(300), Column(400), Column(500))
    sheet.table(70, columns, [names, ("Svømmehal", "388", "1.150", "1.538"), ("Biograf", "315", "966", "1.281")])
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(names)]
    assert grid.ledger.orphans == ()


def test_a_unit_alone_over_the_last_column_is_that_of_all(tmp_path: Path) -> None:
    names = ("", "Bevilling", "Forbrug", "Rest")
    sheet = Sheet()
    columns = (Column(52, "left"), Column(300), Column(400), Column(500))
    sheet.text(500, 66, "i 1.000 kr.", align="right", bold=True)
    sheet.table(70, columns, [names, ("Tag", "388", "150", "238"), ("Bro", "315", "66", "249")])
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "i 1.000 kr.", None, None], [None, *names[1:]]]
    assert [c.span for c in grid.rows[0].cells if c] == [3]


def test_a_header_with_its_unit_begins_another_table(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(300), Column(400), Column(500))
    rows = [("Mentorer", "1.745", "1.325", "2.325"), ("Tilskud", "3.285", "2.160", "4.380")]
    sheet = Sheet()
    end = sheet.table(70, columns, [("1.000 kr.", "Scenarie A", "Scenarie B", "Scenarie C"), *rows])
    sheet.text(52, end + 12, "Virkning pr. år", bold=True)
    sheet.table(end + 16, columns, [("1.000 kr.", "År 1", "År 2", "År 3"), *rows])
    first, second = grids(reading(tmp_path, pdf(sheet)))
    assert (len(body(first)), head(second)) == (2, [["1.000 kr.", "År 1", "År 2", "År 3"]])


def test_groups_over_names_set_left_keep_their_own(tmp_path: Path) -> None:
    """Words set left in cells of which the figures are set right, as HTML and ReportLab set them."""
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x + 64) for x in (252, 327, 401, 476)))
    names = ("1.000 kr.", "Udgifter", "Indtægter", "Udgifter", "Indtægter")
    rows = [("Veje", "2.525", "-845", "1.685", "165"), ("Skoler", "1.040", "-295", "0", "105")]
    for x, name in zip((252, 327, 401, 476), names[1:], strict=True):
        sheet.text(x, 90, name, bold=True)
    sheet.text(52, 90, names[0], bold=True)
    for x, name in ((252, "Drift 2019"), (401, "Anlæg 2019")):
        sheet.text(x, 74, name, bold=True)
    sheet.table(98, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [[None, "Drift 2019", None, "Anlæg 2019", None], list(names)]
    assert [c.span for c in grid.rows[0].cells if c] == [2, 2]


def test_names_set_close_that_end_with_their_figures_are_two(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(58, "left"), Column(312), Column(374), Column(442))
    names = ("Tkr.", "Vedtaget", "Ændret i året", "Gældende")
    sheet.table(90, columns, [names, ("Natur", "28.775", "-430", "28.345"), ("Vandløb", "31.005", "15", "31.020")])
    assert head(the_grid(reading(tmp_path, pdf(sheet)))) == [list(names)]
