"""Names of columns beside the labels' own head."""

from __future__ import annotations

from pathlib import Path

from tests.extract.pages import Column, Sheet, body, grids, head, pdf, reading, the_grid


def test_a_wrapped_name_left_of_its_figures_is_the_first_columns_and_makes_none_of_its_own(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), Column(300), Column(390), Column(470), Column(545))
    sheet.text(248, 96, "Oprindeligt")
    for x, name in ((52, "1.000 kr."), (248, "budget"), (345, "Tillæg"), (425, "Forbrug"), (505, "Rest")):
        sheet.text(x, 107, name)
    rows = [(f"Hal {i}", f"6{i}.440", f"-{i}20", f"4{i}.420", f"6{i}5") for i in range(1, 6)]
    sheet.table(112, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid) == [list(row) for row in rows]
    assert [" ".join(row[c] or "" for row in head(grid)).strip() for c in range(5)] == [
        "1.000 kr.",
        "Oprindeligt budget",
        "Tillæg",
        "Forbrug",
        "Rest",
    ]


def test_names_with_a_year_beside_each_other_are_years_however_they_are_called(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), Column(300), Column(400), Column(520))
    rows = [("1.000 kr.", "Udgift 2026", "Kan lånes 2026", "Betales kontant 2026")]
    rows += [(f"Bro {i}", f"{i} 310", f"{i} 030", "280") for i in range(1, 5)]
    sheet.table(112, columns, rows, bold=(0,))
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(rows[0])]
    assert grid.ledger.orphans == ()


def test_the_lower_words_of_names_are_header_though_a_year_is_among_them(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), Column(300), Column(400), Column(500))
    for x, word in ((370, "Kan lånes"), (472, "Betales")):
        sheet.text(x, 100, word)
    rows = [("Formål", "Udgift", "2027", "kontant")]
    rows += [(f"Bro {i}", f"{i}.125.000", f"{i}.013.000", "112.000") for i in range(1, 5)]
    sheet.table(112, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid) == [list(row) for row in rows[1:]]


def test_a_span_of_years_that_breaks_off_ends_in_the_header(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (250, 320, 390, 480)))
    sheet.table(100, columns, [("1.000 kr.", "2027", "2028", "2029", "Sum 2027-")], bold=())
    sheet.text(469, 113, "29")
    rows = [(f"Bro {i}", f"{i}40", "110", "0", f"{i + 1}50") for i in range(1, 5)]
    sheet.table(126, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid) == [list(row) for row in rows]
    assert " ".join(row[4] or "" for row in head(grid)).split() == ["Sum", "2027-29"]


def test_names_repeated_under_each_year_are_header_whatever_heads_the_labels(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (240, 310, 380, 450)))
    for x, name in ((205, "Budget 2026"), (345, "Budget 2027")):
        sheet.text(x, 100, name)
    rows = [("Omkostningssted", "Udgifter", "Indtægter", "Udgifter", "Indtægter")]
    rows += [(f"Havn {i}", f"{i}.240", f"{i}10", f"{i}.280", f"{i}25") for i in range(1, 5)]
    sheet.table(112, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid)[-1] == list(rows[0])
    assert body(grid) == [list(row) for row in rows[1:]]


def test_a_line_of_units_stands_apart_from_the_names(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), Column(250), Column(350), Column(450))
    rows = [("Område", "B2026", "Afvigelse", "Afvigelse i pct."), ("", "t.kr.", "t.kr.", "pct.")]
    rows += [(f"Skole {i}", f"{i}.250", f"-{i}70", f"-{i},7") for i in range(1, 5)]
    sheet.table(112, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert head(grid) == [list(rows[0]), [None, *rows[1][1:]]]


def test_repeated_names_are_their_groups_though_the_first_reaches_over_the_labels(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (290, 360, 430, 500)))
    for x, name in ((360, "Budget 2027"), (500, "Budget 2028")):
        sheet.text(x, 100, name, align="right")
    rows = [("t.kr.", "Omsætning", "Rest", "Omsætning", "Rest")]
    rows += [(f"Ydelse {i} til andre kommuner og regionen", f"{i}0", "3", f"{i}1", "4") for i in range(1, 5)]
    sheet.table(105, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert [(c.text, c.span) for c in grid.rows[0].cells if c] == [("Budget 2027", 2), ("Budget 2028", 2)]


def test_names_with_years_and_units_set_close_are_several_and_begin_a_table(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 383, 460)))
    first = [("Mio. kr.", "2027", "2026", "2025"), *((f"Nøgletal {i}", f"3{i},1", f"3{i},0", "29,7") for i in range(3))]
    second = [("Poster", "2027 t.kr.", "Budget 2027 t.kr.", "2026 t.kr.")]
    second += [(f"Gebyr {i}", f"{i}.480", f"{i}.270", f"{i}.980") for i in range(1, 5)]
    sheet.table(170, columns, second, bold=())
    sheet.table(80, columns, first, bold=())
    found = reading(tmp_path, pdf(sheet))
    assert [head(grid) for grid in grids(found)] == [[list(first[0])], [list(second[0])]]


def test_words_a_blank_behind_figures_are_a_column_of_their_own(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), Column(240), Column(243, "left"), Column(400), Column(480))
    rows = [("Håndtag", "Udgift", "Sikkerhed", "Lavt", "Højt")]
    rows += [
        (f"Tiltag {i}", f"{10**i}.270", w, f"-{i}.875", f"-{i}.960")
        for i, w in enumerate(("lav", "høj", "mellem", "lav"))
    ]
    sheet.table(112, columns, rows, bold=(), style="zebra", bounds=(50, 170, 241.5, 330, 405, 485))
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == [list(row) for row in rows[1:]]
