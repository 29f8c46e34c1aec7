"""Tables without rules that are set tight or uneven: what stands close is parted, what is one row is held together."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.extract.pages import PLAIN, Column, Sheet, body, head, pdf, reading, the_grid

HEADER = ("1.000 kr. 2024 p/l", "2025", "2026", "2027")
COLUMNS = (Column(52, "left"), Column(330), Column(410), Column(490))


@pytest.mark.parametrize("valign", ["top", "middle", "bottom"])
def test_a_column_of_words_deeper_than_the_label(valign: str, tmp_path: Path) -> None:
    """The words' first line stands above the label, right below the header, and belongs to neither of them alone."""
    columns = (Column(52, "left"), Column(220, "left"), Column(410), Column(490))
    rows = [
        ("1.000 kr. 2024 p/l", "Bevilling, pro-\nfitcenter", "2025", "2026"),
        ("Nye lokaler", "6010 Byg-\nningsdrift", "50", "60"),
        ("Færre kørte kilometer i\nhjemmeplejen", "1310 It-drift,\nprofitcenter\n4711", "-343", "-686"),
        ("I alt", "", "-293", "-626"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows, valign=valign)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [["1.000 kr. 2024 p/l", "Bevilling, profitcenter", "2025", "2026"]]
    assert body(grid) == [
        ["Nye lokaler", "6010 Bygningsdrift", "50", "60"],
        ["Færre kørte kilometer i hjemmeplejen", "1310 It-drift, profitcenter 4711", "-343", "-686"],
        ["I alt", None, "-293", "-626"],
    ]


def test_numbered_rows_under_headings_that_are_not_bold(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(80, "left"), Column(330), Column(410), Column(490))
    rows = [
        ("", "Udvalg", "2025", "2026", "2027"),
        ("Økonomiudvalget", "", "", "", ""),
        ("1", "Fælles lager", "100", "200", "200"),
        ("Socialudvalget", "", "", "", ""),
        ("2", "Én indgang til alle\nafdelinger", "30", "40", "40"),
        ("I alt", "", "130", "240", "240"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows, valign="middle")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid) == [
        ["Økonomiudvalget", None, None, None],
        ["1 Fælles lager", "100", "200", "200"],
        ["Socialudvalget", None, None, None],
        ["2 Én indgang til alle afdelinger", "30", "40", "40"],
        ["I alt", "130", "240", "240"],
    ]


def test_a_label_that_reaches_the_words_of_the_next_column(tmp_path: Path) -> None:
    label = "Fælles drift af hallernes bo-\nner og gulve"
    beside = 52 + PLAIN.text_length("Fælles drift af hallernes bo- ", 9.0)
    columns = (Column(52, "left"), Column(beside, "left"), Column(410), Column(490))
    rows = [
        ("t.kr.", "Bevilling", "2025", "2026"),
        ("Nye net", "6010 Haller", "50", "60"),
        (label, "6010 Haller", "-343", "-686"),
        ("Mål", "1205 Idræt", "-3", "-6"),
        ("I alt", "", "-296", "-632"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [
        ["Nye net", "6010 Haller", "50", "60"],
        ["Fælles drift af hallernes boner og gulve", "6010 Haller", "-343", "-686"],
        ["Mål", "1205 Idræt", "-3", "-6"],
        ["I alt", None, "-296", "-632"],
    ]


def test_a_total_of_years_and_the_header_right_of_it_set_close(tmp_path: Path) -> None:
    columns = (Column(52, "left"), Column(250), Column(330), Column(412), Column(462))
    rows = [
        ("mio. kr.", "2025", "2026", "I alt 2025-26", "Andel i pct."),
        ("Færre lejemål", "0,7", "0,7", "1,4", "70,0 %"),
        ("Mindre rengøring", "0,3", "0,3", "0,6", "30,0 %"),
        ("I alt", "1,0", "1,0", "2,0", "100,0 %"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows, style="horizontal")
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [["mio. kr.", "2025", "2026", "I alt 2025-26", "Andel i pct."]]
    assert body(grid)[0] == ["Færre lejemål", "0,7", "0,7", "1,4", "70,0 %"]


def test_a_dash_for_nothing_close_to_the_next_column(tmp_path: Path) -> None:
    """ "-" and "2 275" are two cells; "- 150" in the row above is one."""
    columns = (Column(52, "left"), Column(330), Column(356), Column(384))
    rows = [HEADER, ("Møder", "40", "70", "- 150"), ("Kurser", "40", "-", "2 275"), ("I alt", "80", "70", "2 125")]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [
        ["Møder", "40", "70", "- 150"],
        ["Kurser", "40", "-", "2 275"],
        ["I alt", "80", "70", "2 125"],
    ]


def test_a_label_that_reaches_its_figure(tmp_path: Path) -> None:
    label = "Fælles bookingportal for idrætsanlæg"
    right = 52 + PLAIN.text_length(f"{label} 4.840", 9.0)
    columns = (Column(52, "left"), Column(right), Column(right + 60), Column(right + 120))
    rows = [
        HEADER,
        (label, "4.840", "4.861", "4.861"),
        ("Drift", "10", "20", "20"),
        ("I alt", "4.850", "4.881", "4.881"),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    assert body(the_grid(reading(tmp_path, pdf(sheet))))[0] == [label, "4.840", "4.861", "4.861"]


def test_headers_of_neighbours_that_touch(tmp_path: Path) -> None:
    """ "Samlet investering" set right over figures, "Godkendt med" set left over words, a blank between them."""
    columns = (Column(52, "left"), Column(250), Column(310), Column(400), Column(403, "left"))
    rows = [
        ("1.000 kr.", "2025", "2026", "Samlet investering", "Godkendt med"),
        ("Fælles lager", "485", "604", "9.499", "OFS"),
        ("Ny ruteplan", "303", "815", "110", "OFS"),
        ("I alt", "788", "1.419", "9.609", ""),
    ]
    sheet = Sheet()
    sheet.table(70, columns, rows)
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid)[-1] == ["1.000 kr.", "2025", "2026", "Samlet investering", "Godkendt med"]
    assert [row[3:] for row in body(grid)] == [["9.499", "OFS"], ["110", "OFS"], ["9.609", None]]


def test_years_set_left_over_few_figures_set_right(tmp_path: Path) -> None:
    """The figures stand nearer to the next year than to their own; the cells still tell where they belong."""
    years = (210, 270, 330, 390)
    columns = (Column(52, "left"), *(Column(x + 52) for x in years))
    sheet = Sheet()
    sheet.text(52, 70, "1.000 kr.", bold=True)
    for x, year in zip(years, ("2025", "2026", "2027", "2028"), strict=True):
        sheet.text(x, 70, year, bold=True)
    sheet.table(
        76, columns, [("Fælles datagrundlag", "216", "1.724", "", ""), ("I alt", "216", "1.724", "", "")], bold=()
    )
    assert [row[1:] for row in body(the_grid(reading(tmp_path, pdf(sheet))))] == [["216", "1.724", None, None]] * 2


def test_a_stamp_across_the_table_is_no_row(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [
        HEADER,
        ("Drift", "6,1", "6,1", "6,1"),
        ("Tilskud til foreninger og insti-\ntutioner", "1,8", "1,8", "1,8"),
        ("I alt", "7,9", "7,9", "7,9"),
    ]
    end = sheet.table(70, COLUMNS, rows)
    sheet.text(180, (70 + end) / 2 + 20, "UDKAST", size=60, grey=0.8)
    labels = [row[0] for row in body(the_grid(reading(tmp_path, pdf(sheet))))]
    assert labels == ["Drift", "Tilskud til foreninger og institutioner", "I alt"]


def test_an_office_table_without_any_leading_between_its_rows(tmp_path: Path) -> None:
    """Right-set figures, "-" for nil, blanks, indented "heraf" rows, a rule above the total, one leading throughout."""
    lines: tuple[tuple[str, tuple[str, str, str]], ...] = (
        ("Drift af fælles lager", ("120", "240", "240")),
        ("   heraf løn", ("80", "160", "160")),
        ("   heraf husleje", ("40", "80", "80")),
        ("Mindre kørsel mellem afde-", ("", "", "")),
        ("lingerne", ("-", "-35", "-70")),
        ("Nye reoler", ("55", "", "")),
        ("Udgifter i alt", ("175", "205", "170")),
    )
    sheet = Sheet()
    for x, text in zip((330, 410, 490), HEADER[1:], strict=True):
        sheet.text(x, 80, text, align="right", bold=True)
    sheet.text(52, 80, HEADER[0], bold=True)
    y = 80.0
    for label, figures in lines:
        y += 11
        indent = len(label) - len(label.lstrip())
        sheet.text(52 + 3 * indent, y, label.strip(), bold=label.endswith("i alt"))
        for x, figure in zip((330, 410, 490), figures, strict=True):
            if figure:
                sheet.text(x, y, figure, align="right", bold=label.endswith("i alt"))
    sheet.rule(52, y - 9, 490)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [
        ["Drift af fælles lager", "120", "240", "240"],
        ["heraf løn", "80", "160", "160"],
        ["heraf husleje", "40", "80", "80"],
        ["Mindre kørsel mellem afdelingerne", "-", "-35", "-70"],
        ["Nye reoler", "55", None, None],
        ["Udgifter i alt", "175", "205", "170"],
    ]
