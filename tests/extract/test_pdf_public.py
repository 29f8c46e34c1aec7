"""Tables as public papers of other countries print them: what stands where, when no rule and no year says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from extract.models import Document
from extract.page.clean import without_leaders
from extract.page.lines import visual_lines
from extract.page.model import Page, Word
from extract.pdf.pictured import is_untold
from tests.extract.pages import PLAIN, Column, Sheet, body, grids, head, pdf, reading, the_grid


def read(sheet: Sheet, folder: Path) -> Document:
    return reading(folder, pdf(sheet))


def test_codes_and_words_between_columns_of_figures_have_columns_of_their_own(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("Navn", "Nummer", "Reference", "Dato", "Type", "Beløb")]
    people = ("Andersen", "Bøgh", "Clausen", "Dahl", "Eriksen", "Frost", "Green")
    for i, name in enumerate(people):
        rows.append((name, f"27.08{i}.460", f"20-270{i}-5", f"0{i + 1}/10/2023", "KONTANT", f"{i + 1}0.000"))
    columns = (
        Column(52, "left"),
        Column(205),
        Column(230, "left"),
        Column(310, "left"),
        Column(385, "left"),
        Column(540),
    )
    sheet.table(90, columns, rows)
    assert body(the_grid(read(sheet, tmp_path))) == [list(row) for row in rows[1:]]


def test_long_rows_that_end_in_their_only_figure_are_a_table(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [
        (f"BILAG{i}", f"0{i}.03.2024", "Rejsekort", "Møde i Hedelund", "Tog tur og retur", f"{i}20,50")
        for i in range(1, 7)
    ]
    columns = (*(Column(x, "left") for x in (52, 120, 190, 260, 360)), Column(540))
    sheet.table(90, columns, rows, bold=())
    document = read(sheet, tmp_path)
    assert [row[-1] for row in body(the_grid(document))] == [row[-1] for row in rows]
    assert document.unplaced_figures == 0


def test_a_header_set_off_from_its_rows_names_the_columns_all_the_same(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 380, 460, 540)))
    names = ("Ministerium", "Drift", "Anlæg", "I alt", "Side nr.")
    sheet.table(90, columns, [names], size=8)
    rows = [(f"Område {i}", f"1.{i}00", f"{i}00", f"1.{i}50", f"{i}") for i in range(1, 6)]
    sheet.table(125, columns, rows, size=8, bold=())
    grid = the_grid(read(sheet, tmp_path))
    assert head(grid) == [list(names)]
    assert body(grid) == [list(row) for row in rows]


def test_dots_for_nothing_do_not_make_a_column_of_words(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 380, 460)))
    rows = [
        ("Post", "2024", "2025", "2026"),
        ("Drift", "1.500", "...", "1.700"),
        ("Anlæg", "2.500", "...", "2.700"),
        ("Renter", "3.500", "360", "3.700"),
        ("Lån", "4.500", "...", "4.700"),
    ]
    sheet.table(90, columns, rows)
    document = read(sheet, tmp_path)
    assert body(the_grid(document)) == [list(row) for row in rows[1:]]
    assert document.unplaced_figures == 0


def test_spans_of_years_that_follow_each_other_are_a_header(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 380, 460, 540)))
    spans = ("Region", "1990-2000", "2000-2010", "2010-2020", "2020-2030")
    rows = [spans, *((f"Egn {i}", *(f"{i},{j}" for j in range(4))) for i in range(1, 6))]
    sheet.table(90, columns, rows, bold=())
    assert head(the_grid(read(sheet, tmp_path))) == [list(spans)]


@pytest.mark.parametrize("last", ["(106.870)", "3,78"])
def test_one_column_of_figures_is_a_table_though_some_stand_beside_its_edge(last: str, tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [(f"Beholdning {i}", f"5.{i}11.372") for i in range(1, 7)]
    bottom = sheet.table(90, (Column(52, "left"), Column(532)), rows, bold=())
    sheet.text(52, bottom + 12, "Omkostninger")
    sheet.text(537, bottom + 12, last, align="right")
    assert body(the_grid(read(sheet, tmp_path))) == [*([*row] for row in rows), ["Omkostninger", last]]


def test_the_upper_line_of_a_name_is_not_taken_for_a_group_of_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (250, 340, 420, 480, 545)))
    for x, upper in ((250, "Oprindeligt"), (420, "Korrigeret")):
        sheet.text(x, 96, upper, align="right")
    for x, lower in ((250, "budget"), (340, "Tillæg"), (420, "budget"), (480, "Forbrug"), (545, "Afvigelse")):
        sheet.text(x, 107, lower, align="right")
    sheet.text(52, 107, "Post")
    rows = [(f"Post {i}", f"1.{i}00", f"{i}0", f"1.{i}{i}0", f"{i}00", f"-{i}") for i in range(1, 6)]
    sheet.table(112, columns, rows, bold=())
    names = head(the_grid(read(sheet, tmp_path)))
    assert [" ".join(row[c] or "" for row in names).strip() for c in range(1, 6)] == [
        "Oprindeligt budget",
        "Tillæg",
        "Korrigeret budget",
        "Forbrug",
        "Afvigelse",
    ]


def test_names_set_left_in_cells_whose_figures_are_set_right(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x, head="left") for x in (355, 445, 535)))
    rows = [(f"Post {i}", f"{i}94", f"{i}82", f"{i}77") for i in range(1, 5)]
    for x, name in zip((272, 362, 452), ("År 1", "År 2", "År 3"), strict=True):
        sheet.text(x, 96, name)
    sheet.text(52, 96, "Post")
    sheet.table(108, columns, rows, bold=())
    grid = the_grid(read(sheet, tmp_path))
    assert head(grid) == [["Post", "År 1", "År 2", "År 3"]]
    assert body(grid) == [list(row) for row in rows]


def test_before_over_a_year_is_one_name_with_it(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (300, 380, 460, 540)))
    rows = [
        ("1.000 kr.", "Før\n2026", "\n2026", "\n2027", "\nI alt"),
        ("Ny hal", "0", "5.260", "4.530", "9.790"),
        ("Gulv", "0", "980", "970", "1.950"),
    ]
    sheet.table(90, columns, rows)
    assert [row[1] for row in head(the_grid(read(sheet, tmp_path)))] == ["Før 2026"]


def test_leader_dots_that_tell_no_character_do_not_make_a_page_unreadable() -> None:
    dots = "\ufffd" * 20
    words = [
        Word(text, 50, y, 90, y + 9, 9) for y in range(50, 700, 12) for text in ("Sum", "of", f"Drift{dots}", dots)
    ]
    content = Page(1, 595, 842, words)
    assert is_untold(None, content) is False
    assert {w.text for w in without_leaders(words)} == {"Sum", "of", "Drift"}
    lost = Page(1, 595, 842, [Word("a\ufffd\ufffd", 50, 50, 90, 59, 9)] * 40)
    assert is_untold(None, lost) is True


def test_white_words_on_a_band_that_is_lower_than_they_are_high_are_seen(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.fills.append((0, 0, sheet.width, sheet.height, 1.0))
    sheet.fills.append((50, 92, 300, 100, 0.2))
    sheet.text(52, 99, "Tabel 5. Sundhed 2024        ", grey=1.0, size=11)
    sheet.text(52, 130, "Beløbene er uden moms.")
    assert "Tabel 5. Sundhed 2024" in " ".join(str(getattr(b, "text", b)) for b in read(sheet, tmp_path).blocks)


def test_a_line_through_the_decimals_of_a_figure_parts_nothing(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("Egn", "2024", "2025"), ("Nord", "84,6", "85,1"), ("Syd", "81,0", "82,5"), ("I alt", "82,8", "83,8")]
    bottom = sheet.table(90, (Column(52, "left"), Column(300), Column(380)), rows)
    sheet.lines.append((295.5, 85, 295.5, bottom))
    document = read(sheet, tmp_path)
    assert body(the_grid(document)) == [list(row) for row in rows[1:]]
    assert document.unplaced_figures == 0


def statistics(sheet: Sheet, rows: list[tuple[str, ...]], y: float = 90, first: float = 250) -> None:
    """Rows of a label and figures, a column every 70 points."""
    count = max(map(len, rows))
    columns = (Column(52, "left"), *(Column(first + 70 * i) for i in range(count - 1)))
    sheet.table(y, columns, rows, bold=(0,))


def test_leader_dots_that_are_words_of_their_own_lead_and_are_no_cells(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("Lovovertrædelse", "I alt", "Mænd"), *((f"Art {i}.", f"1.{i}00,5", f"{i}00,5") for i in range(1, 6))]
    statistics(sheet, rows)
    for label in [p for p in sheet.pieces if p.text.startswith("Art")]:
        for step in range(9):
            sheet.text(80 + 6.5 * step, label.y, ".")
    assert body(the_grid(read(sheet, tmp_path))) == [[row[0].rstrip("."), *row[1:]] for row in rows[1:]]


def test_lone_dots_in_several_columns_are_nils_and_stay(tmp_path: Path) -> None:
    words = [Word(".", x, 90, x + 3, 100, 10) for x in (100.0, 180.0, 260.0, 340.0)]
    assert without_leaders(words) == words


def test_decimals_set_apart_belong_to_their_figures(tmp_path: Path) -> None:
    sheet = Sheet()
    statistics(sheet, [("Art", "I alt", "Mænd"), *((f"Art {i}", f"1.0{i}2,", f"2.0{i}3,") for i in range(1, 6))])
    for figure in [p for p in sheet.pieces if p.text.endswith(",")]:
        end = figure.x + PLAIN.text_length(figure.text, figure.size)
        sheet.text(end + 0.28 * figure.size, figure.y, "6")
    grid = the_grid(read(sheet, tmp_path))
    assert body(grid)[0] == ["Art 1", "1.012,6", "2.013,6"]


def test_a_currency_at_the_left_edge_of_the_cell_is_its_figures_own(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("Skatter", "2003", "2004"), *((f"Art {i}", f"17.{i}63.817", f"19.{i}53.000") for i in range(1, 6))]
    statistics(sheet, rows, first=300)
    first = next(p for p in sheet.pieces if p.text == "Art 1")
    sheet.text(245, first.y, "$")
    sheet.text(315, first.y, "$")
    assert body(the_grid(read(sheet, tmp_path)))[0] == ["Art 1", "$ 17.163.817", "$ 19.153.000"]


def test_a_title_centred_over_the_whole_table_is_none_of_its_header(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [
        ("Område", "Drift", "Anlæg", "I alt"),
        *((f"Område {i}", f"1.{i}00", f"{i}00", f"1.{i}50") for i in range(6)),
    ]
    statistics(sheet, rows, first=200)
    sheet.text((52 + 340) / 2, 78, "Kommunens regnskab for alle områder", align="centre")
    assert head(the_grid(read(sheet, tmp_path))) == [list(rows[0])]


def test_years_far_apart_head_the_columns_and_part_two_tables(tmp_path: Path) -> None:
    sheet = Sheet()
    statistics(sheet, [("Art", "Uge", "Md."), *((f"Art {i}", f"{i}1", f"{i}2") for i in range(1, 6))])
    statistics(
        sheet, [("", "1990", "1998", "2013"), *((f"Art {i}", f"{i}71", f"{i}98", f"{i}04") for i in range(1, 6))], 260
    )
    upper, lower = grids(read(sheet, tmp_path))
    assert len(upper.rows) == len(lower.rows) == 6
    assert head(lower) == [[None, "1990", "1998", "2013"]]


def test_words_between_the_years_below_them_head_all_columns(tmp_path: Path) -> None:
    sheet = Sheet()
    statistics(
        sheet,
        [("", "2003", "2004", "2005", "2006"), *((f"Art {i}", *(f"{i}.{c}00" for c in range(4))) for i in range(1, 6))],
    )
    sheet.text((230 + 460) / 2, 86, "Regnskabsår", align="centre")
    grid = the_grid(read(sheet, tmp_path))
    (span,) = [c for c in grid.rows[0].cells if c]
    assert (span.text, span.span) == ("Regnskabsår", 4)


def test_letters_from_which_columns_are_worked_out_are_header(tmp_path: Path) -> None:
    sheet = Sheet()
    names, letters = ("Egn", "11/12", "12/13", "Pct."), ("", "(a)", "(b)", "(b/a)")
    statistics(sheet, [names, letters, *((f"Egn {i}", f"31{i},8", f"29{i},3", f"({i},4)") for i in range(1, 6))])
    assert head(the_grid(read(sheet, tmp_path)))[-1] == [None, *letters[1:]]


def test_a_word_drawn_once_more_in_pieces_is_one_word(tmp_path: Path) -> None:
    line = [
        Word(t, x, 90, x1, 100, 10)
        for t, x, x1 in (("2", 261, 266), ("2,772,829", 261, 295), ("772", 269, 281), ("829", 283, 295))
    ]
    (row,) = visual_lines(line)
    assert [w.text for w in row.words] == ["2,772,829"]


def test_names_set_left_in_cells_of_different_widths(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (330, 420, 540)))
    rows = [(f"Post {i}", f"{i}94", f"{i}82", f"{i}77") for i in range(1, 5)]
    for x, name in ((52, "Post"), (240, "Staten"), (338, "Kommunen"), (428, "Begge")):
        sheet.text(x, 96, name)
    sheet.table(108, columns, rows, bold=())
    grid = the_grid(read(sheet, tmp_path))
    assert head(grid) == [["Post", "Staten", "Kommunen", "Begge"]]
    assert body(grid) == [list(row) for row in rows]


def test_a_wrapped_name_over_a_label_of_a_section(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (330, 420, 540)))
    rows = [("Børn", "", "", ""), *((f"Post {i}", f"{i}94", f"{i}82", f"{i}77") for i in range(1, 5))]
    for x, y, name in (
        (52, 75, "Post"),
        (270, 75, "Lunde"),
        (360, 75, "Egå"),
        (450, 75, "Forskel"),
        (450, 86, "Lunde og"),
        (450, 97, "Egå"),
    ):
        sheet.text(x, y, name, bold=True)
    sheet.table(101, columns, rows, bold=())
    grid = the_grid(read(sheet, tmp_path))
    assert head(grid) == [["Post", "Lunde", "Egå", "Forskel Lunde og Egå"]]
    assert body(grid)[0][0] == "Børn"


def test_a_line_of_text_between_two_rows_parts_no_table(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (330, 420, 540)))
    note = "Beløbet på denne linje er foreløbigt og bliver forhandlet igen til foråret, når taksten er kendt."
    head_row = ("Post", "2024", "2025", "2026")
    rows = [(f"Post {i}", f"{i}94", f"{i}82", f"{i}77") for i in range(1, 7)]
    sheet.table(90, columns, [head_row, *rows[:3], (note, "", "", ""), *rows[3:]])
    grid = the_grid(read(sheet, tmp_path))
    assert [row for row in body(grid) if row[1]] == [list(row) for row in rows]
    assert [row[0] for row in body(grid) if not row[1]] == [note]


def test_a_second_line_with_a_year_alone_ends_the_name_above_it(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), *(Column(x) for x in (330, 390, 450, 540)))
    for x, name in ((52, "Etape"), (330, "Før"), (390, "2026"), (450, "2027"), (540, "I alt")):
        sheet.text(x, 87, name, align="left" if x == 52 else "right", bold=True)
    sheet.text(330, 97, "2026", align="right", bold=True)
    rows = [(f"Etape {i}", "0", f"{i}82", f"{i}77", f"{i}99") for i in range(1, 5)]
    sheet.table(104, columns, rows, bold=())
    grid = the_grid(read(sheet, tmp_path))
    names = [" ".join(row[1] or "" for row in head(grid)).strip()]
    assert (names, body(grid)) == (["Før 2026"], [list(row) for row in rows])
