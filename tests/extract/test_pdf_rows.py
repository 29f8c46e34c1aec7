"""Rows of tables without a grid: which lines are one row, however labels are wrapped and aligned."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.pages import Column, Sheet, body, grids, head, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(330), Column(410), Column(490))
HEADER = ("1.000 kr. 2024 p/l", "2025", "2026", "2027")
WRAPPED = (
    ("Færre møder i udvalgene og en\nkortere dagsorden", "-200", "-400", "-400"),
    ("Uddannelse af medarbejderne", "25", "25", "0"),
    ("Nye lokaler til borgerrådgiv-\nningen på Nørregade og i\nden gamle skole", "", "50", "60"),
    ("Drift af it-\nstøtten til sagsbehandling", "10", "20", "30"),
    ("Varige ændringer i alt", "-165", "-305", "-310"),
)
READ = [
    ["Færre møder i udvalgene og en kortere dagsorden", "-200", "-400", "-400"],
    ["Uddannelse af medarbejderne", "25", "25", "0"],
    ["Nye lokaler til borgerrådgivningen på Nørregade og i den gamle skole", None, "50", "60"],
    ["Drift af it-støtten til sagsbehandling", "10", "20", "30"],
    ["Varige ændringer i alt", "-165", "-305", "-310"],
]


@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
@pytest.mark.parametrize("style", ["plain", "horizontal", "zebra", "grid"])
def test_wrapped_and_hyphenated_labels(style: str, valign: str, tmp_path: Path) -> None:
    sheet = Sheet()
    bounds = (50, 260, 335, 415, 495) if style == "grid" else ()
    sheet.table(70, COLUMNS, [HEADER, *WRAPPED], style=style, valign=valign, bounds=bounds)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(HEADER)]
    assert body(grid) == READ


def test_the_print_is_kept_as_it_was(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(70, COLUMNS, [HEADER, *WRAPPED])
    label = the_grid(reading(tmp_path, pdf(sheet))).rows[3].cells[0]
    assert label is not None
    assert label.raw == "Nye lokaler til borgerrådgiv-\nningen på Nørregade og i\nden gamle skole"


def test_the_document_itself_says_which_hyphens_are_its_own(tmp_path: Path) -> None:
    """ "løn-" at a line's end: the text says "lønudgifter" elsewhere, so the hyphen was the typesetter's."""
    sheet = Sheet()
    sheet.text(50, 50, "De samlede lønudgifter falder i perioden.")
    rows = [HEADER, ("Mindre løn-\nudgifter", "-20", "-20", "-20"), ("I alt", "-20", "-20", "-20")]
    sheet.table(80, COLUMNS, rows)
    assert body(the_grid(reading(tmp_path, pdf(sheet))))[0][0] == "Mindre lønudgifter"


def test_a_second_column_wraps_too(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(190, "left"), Column(410), Column(490))
    rows = [
        ("1.000 kr. 2024 p/l", "Bevilling, profitcenter", "2025", "2026"),
        ("Færre møder i\nudvalgene", "Sekretariat og\nbetjening, 1234", "-200", "-400"),
        ("Nye lokaler", "Ejendomme", "50", "60"),
        ("I alt", "", "-150", "-340"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [
        ["Færre møder i udvalgene", "Sekretariat og betjening, 1234", "-200", "-400"],
        ["Nye lokaler", "Ejendomme", "50", "60"],
        ["I alt", None, "-150", "-340"],
    ]


@pytest.mark.parametrize("style", ["plain", "horizontal", "grid"])
def test_section_labels_are_rows_of_their_own(style: str, tmp_path: Path) -> None:
    rows = [
        HEADER,
        ("Varige ændringer", "", "", ""),
        ("Færre møder", "-200", "-400", "-400"),
        ("Implementeringsomkostninger", "", "", ""),
        ("Nye lokaler", "50", "60", "60"),
        ("I alt", "-150", "-340", "-340"),
    ]
    sheet = Sheet()
    bounds = (50, 260, 335, 415, 495) if style == "grid" else ()
    sheet.table(70, COLUMNS, rows, style=style, bounds=bounds, bold=(0, 1, 3))
    assert [row[0] for row in body(the_grid(reading(tmp_path, pdf(sheet))))] == [row[0] for row in rows[1:]]


def test_a_header_of_two_lines(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(190, "left"), Column(410), Column(490))
    rows = [
        ("1.000 kr.\n2024 p/l", "Bevilling,\nprofitcenter", "2025", "2026"),
        ("Færre møder", "Sekretariat", "-200", "-400"),
        ("I alt", "", "-200", "-400"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [["1.000 kr. 2024 p/l", "Bevilling, profitcenter", "2025", "2026"]]
    assert body(grid) == [["Færre møder", "Sekretariat", "-200", "-400"], ["I alt", None, "-200", "-400"]]


def test_one_drawn_row_that_holds_several_printed_ones(tmp_path: Path) -> None:
    """Rows without lines between them: the figures say how many there are."""
    rows = [
        HEADER,
        ("Færre møder\nNye lokaler\nDrift", "-200\n50\n10", "-400\n60\n20", "-400\n60\n30"),
        ("I alt", "-140", "-320", "-310"),
    ]
    sheet = Sheet()
    sheet.table(70, COLUMNS, rows, style="grid", bounds=(50, 260, 335, 415, 495))
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [
        ["Færre møder", "-200", "-400", "-400"],
        ["Nye lokaler", "50", "60", "60"],
        ["Drift", "10", "20", "30"],
        ["I alt", "-140", "-320", "-310"],
    ]


def test_the_same_years_again_on_a_page_head_another_table(tmp_path: Path) -> None:
    """Two tables under short headings: the second has a unit and columns of its own, however alike its years."""
    first = [("Mio. kr.", "2025", "2026", "2027"), ("Sensorer", "1,2", "0,7", "0,0"), ("I alt", "1,2", "0,7", "0,0")]
    second = [
        ("1.000 kr.", "2025", "2026", "2027"),
        ("Timer", "-350", "-900", "-900"),
        ("I alt", "-350", "-900", "-900"),
    ]
    sheet = Sheet()
    at = sheet.table(90, COLUMNS, first, bold=(2,))
    sheet.text(COLUMNS[0].x, at + 8, "Drift", bold=True)
    sheet.table(at + 24, COLUMNS, second, bold=(2,))
    found = grids(reading(tmp_path, pdf(sheet)))
    assert [head(grid) + body(grid) for grid in found] == [[list(r) for r in first], [list(r) for r in second]]
