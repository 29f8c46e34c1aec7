"""Headers of tables: one line, two lines, spans, years in other notations, columns that lost their place."""

from __future__ import annotations

import pytest

from extract.models import Box, Cell, Place, Placement, Row
from normalize import understand
from normalize.models import ColumnKind, Measure
from normalize.tables.columns import Header, bare_header, read_columns
from normalize.vocabulary import TextRole
from tests.extract.dumps import read
from tests.normalize.blocks import HERE


def header(*lines: str, share: str = "", loose: bool = False) -> Header:
    """Reads header lines of cells between bars; `text*3` spans three columns; `share` w(ords), f(igures) or . blank."""
    rows = []
    for line in lines:
        cells: list[Cell | None] = []
        for field in line.split("|"):
            text, _, span = field.strip().partition("*")
            width = int(span) if span.isdigit() else 1
            text = text if span.isdigit() or not span else field.strip()
            cells.append(Cell(text, text, HERE, Placement.TABBED, span=width))
            cells += [None] * (width - 1)
        rows.append(Row(tuple(cells), HERE, header=True))
    columns = max(len(r.cells) for r in rows)
    shares = [{"w": 0.0, "f": 1.0, ".": None}[c] for c in (share or "w" + "f" * (columns - 1))]
    return read_columns(rows, columns, shares, loose=loose)


def kinds(read: Header) -> str:
    short = {
        ColumnKind.YEAR: "Y",
        ColumnKind.TOTAL: "T",
        ColumnKind.INVESTMENT: "I",
        ColumnKind.AMOUNT: "A",
        ColumnKind.PERCENT: "P",
        ColumnKind.COUNT: "C",
        ColumnKind.TEXT: "w",
    }
    return "".join(short[c.kind] for c in read.columns)


def test_one_line_with_the_unit_in_the_corner() -> None:
    read = header("1.000 kr. 2022 p/l | Styrings- område | 2021 | 2022 | I alt", share="w.fff")
    assert kinds(read) == "wwYYT"
    assert read.roles == {1: TextRole.STEERING_AREA}
    assert [c.year for c in read.columns] == [None, None, 2021, 2022, None]
    assert read.columns[4].total_of == (2, 3)


@pytest.mark.parametrize(
    ("printed", "year"),
    [
        ("2024", 2024),
        ("B2025", 2025),
        ("BO 26", 2026),
        ("R2023", 2023),
        ("Budget 2025", 2025),
        ("Overslag 2027", 2027),
        ("Forventet regnskab 2024", 2024),
        ("2028 og frem", 2028),
        ("2025*", 2025),
        ("Budget 2025 (t.kr.)", 2025),
    ],
)
def test_years_in_any_notation(printed: str, year: int) -> None:
    assert header(f"Post | {printed}").columns[1].year == year


@pytest.mark.parametrize("printed", ["2025 p/l", "1. år", "2025/26", "Konto 2025 i alt", "12.2025"])
def test_what_only_looks_like_a_year_is_none(printed: str) -> None:
    assert header(f"Post | {printed}").columns[1].year is None


def test_a_unit_line_over_the_years_heads_no_column() -> None:
    spanned = header("| 1000 kr. (2016 p/l.)*3", "| 2018 | 2018 | 2019")
    tabbed = header(
        "Udvalg | 1.000 kr. 2025 p/l | | | ", " | Bevilling, profit-center mv.* | 2024 | 2025 | 2026", share="w.fff"
    )
    assert (kinds(spanned), spanned.spans) == ("wYYY", ("1000 kr. (2016 p/l.)",))
    assert (kinds(tabbed), tabbed.spans) == ("wwYYY", ("1.000 kr. 2025 p/l",))
    assert tabbed.roles == {0: TextRole.COMMITTEE, 1: TextRole.APPROPRIATION}


def test_a_group_over_some_columns_and_names_in_the_line_above() -> None:
    read = header(
        "1.000 kr. 2025 p/l | | Effektiviseringsbidrag | | Samlet investering | Godkendt med",
        "Udvalg | | 2025 | 2026 | | ",
        share="wwfffw",
    )
    assert kinds(read) == "wwYYIw"
    assert read.groups == ("", "", "Effektiviseringsbidrag", "Effektiviseringsbidrag", "", "")


def test_the_same_years_under_two_groups_are_told_apart() -> None:
    read = header("Post | Drift*2 | Anlæg*2", " | 2025 | 2026 | 2025 | 2026")
    assert [c.label for c in read.columns[1:]] == ["Drift 2025", "Drift 2026", "Anlæg 2025", "Anlæg 2026"]
    assert [c.year for c in read.columns[1:]] == [2025, 2026, 2025, 2026]


def test_totals_add_up_the_years_they_name_or_the_years_before_them() -> None:
    named = header("Post | 2024 | 2025 | 2026 | I alt 2025-26")
    halves = header("Post | 2024 | 2025 | I alt | 2026 | 2027 | I alt")
    first = header("Post | I alt | 2024 | 2025")
    assert named.columns[4].total_of == (2, 3)
    assert [halves.columns[i].total_of for i in (3, 6)] == [(1, 2), (4, 5)]
    assert first.columns[1].total_of == (2, 3)


def test_a_total_before_its_years_adds_up_what_lies_before_and_several_years_together() -> None:
    read = header("Anlæg | I alt | Brugt før 2027 | 2027 | 2028 | 2029-2031")
    assert read.columns[1].total_of == (2, 3, 4, 5)


def test_a_total_of_years_that_are_not_all_there_adds_up_none() -> None:
    assert header("Post | 2024 | 2025 | 2026 | I alt 2024-27").columns[4].total_of == ()


def test_a_year_below_the_word_before_is_no_year() -> None:
    read = header(" | Før | Budget | Budget", "Post | 2024 | 2024 | 2025")
    assert [(c.label, c.year) for c in read.columns[1:]] == [("Før 2024", None), ("2024", 2024), ("2025", 2025)]


@pytest.mark.parametrize(
    ("upper", "year", "name"),
    [
        ("Overført fra", "2027", "Overført fra 2027"),
        ("1/1-30/9", "2027", "1/1-30/9 2027"),
        ("Saldo 31. maj", "2027", "Saldo 31. maj 2027"),
    ],
)
def test_a_year_that_ends_a_phrase_or_a_date_heads_no_column_alone(upper: str, year: str, name: str) -> None:
    read = header(f" | {upper} | Budget", f"Post | {year} | {year}")
    assert [(c.label, c.year) for c in read.columns[1:]] == [(name, None), ("2027", 2027)]


def test_a_formula_that_begins_on_a_name_s_line_is_no_part_of_it() -> None:
    read = header("Post | Budget | Tillæg | Nyt budget (3)=(1)+", " | (1) | (2) | (2)+(1)")
    assert [c.label for c in read.columns[1:]] == ["Budget", "Tillæg", "Nyt budget"]


def test_a_header_with_a_unit_of_its_own() -> None:
    read = header(" | Antal brugere, maj 2024 | Abonnement (1.000 kr. 2025 p/l)")
    assert kinds(read) == "wCA"
    assert (read.columns[1].measure, read.columns[2].unit, read.columns[2].price_level) == (Measure.COUNT, 1000, 2025)
    assert bare_header("Abonnement (1.000 kr. 2025 p/l)") == "Abonnement"
    assert bare_header("Investering (i alt)") == "Investering (i alt)"


def test_names_of_two_columns_in_one_cell_fall_apart() -> None:
    read = header("Udvalg | 2025 | Samlet investering Godkendt med*2", share="wffw")
    assert [(c.label, c.kind) for c in read.columns[2:]] == [
        ("Samlet investering", ColumnKind.INVESTMENT),
        ("Godkendt med", ColumnKind.TEXT),
    ]


def test_loose_rows_get_the_columns_of_words_that_the_corner_names() -> None:
    read = header("1.000 kr. 2022 p/l Bevilling, profitcenter | 2021 | 2022", loose=True)
    assert [c.label for c in read.columns][1:] == ["Bevilling, profitcenter", "2021", "2022"]
    assert read.position == (0, 2, 3)
    assert read.values == (2, 3)
    assert kinds(header("Nettoeffekt på administrative udgifter 1.000 kr. | 2021 | 2022", loose=True)) == "wYY"


def test_a_column_of_codes_stays_words_beside_years_and_is_money_without() -> None:
    assert kinds(header("Post | Bevilling | 2024 | 2025", share="wfff")) == "wwYY"
    assert kinds(header("Post | Bevilling | Forbrug", share="wff")) == "wAA"


def test_a_unit_set_right_over_a_total_is_no_part_of_its_name() -> None:
    read = header(". | 2019 | 2020 | Kr., PL 2019 I alt 2019-20")
    assert (read.columns[3].label, read.columns[3].total_of) == ("I alt 2019-20", (1, 2))


def test_a_name_that_ends_above_the_next_line_s_is_that_column_s_alone() -> None:
    def cell(text: str, x0: float, x1: float, y: float) -> Cell:
        return Cell(text, text, Place(1, Box(x0, y, x1, y + 10)))

    upper = (None, cell("Nedsættelse", 130, 200, 0), None)
    lower = (cell("1.000 kr.", 50, 90, 12), cell("2026", 176, 200, 12), cell("Ny ramme 2026", 230, 300, 12))
    rows = [Row(upper, HERE, header=True), Row(lower, HERE, header=True)]
    read = read_columns(rows, 3, [0.0, 1.0, 1.0], loose=False)
    assert [(c.label, c.year) for c in read.columns[1:]] == [("Nedsættelse", 2026), ("Ny ramme", 2026)]


def test_words_over_one_year_are_its_name_where_the_column_beside_has_one_of_its_own() -> None:
    """ "Nedsættelse" is set right over "2025"; what stands beside it has a name and the same year."""
    read = header("| Nedsættelse | ", "1.000 kr. | 2025 | Ny ramme 2025")
    assert [(c.label, c.year) for c in read.columns[1:]] == [("Nedsættelse", 2025), ("Ny ramme", 2025)]


def test_all_words_over_a_year_name_its_column() -> None:
    read = header("| Kan lånes | Betales", "Formål | 2027 | kontant 2027")
    assert [c.label for c in read.columns[1:]] == ["Kan lånes", "Betales kontant"]


def test_a_unit_below_a_name_is_no_part_of_it() -> None:
    read = header("Post | Budget 2026 | Afvigelse | Afvigelse i pct.", " | t.kr. | t.kr. | pct.")
    assert [(c.label, c.unit) for c in read.columns[2:]] == [("Afvigelse", 1000), ("Afvigelse i pct.", None)]


def columns(text: str) -> list[tuple[str, ColumnKind, int | None]]:
    """The columns of figures of the only table of a text: name, kind, year."""
    file = understand(read(text))
    table = file.cases[0].tables[0]
    return [(c.label, c.kind, c.year) for c in table.columns if c.kind is not ColumnKind.TEXT]


def test_what_lies_before_the_years_is_no_year_though_they_go_on_from_it() -> None:
    assert columns(
        """
        Anlægsskema

        Mio. kr.          Til og med 2012      2013      2014     Efter 2014
        Cykelsti                      0,0       0,0      31,7            0,0
        Svømmehal                     0,0      52,4       0,0           73,8
        I alt                         0,0      52,4      31,7           73,8
        """
    ) == [
        ("Til og med 2012", ColumnKind.AMOUNT, None),
        ("2013", ColumnKind.YEAR, 2013),
        ("2014", ColumnKind.YEAR, 2014),
        ("Efter 2014", ColumnKind.AMOUNT, None),
    ]


def test_years_run_backwards_with_their_unit_and_notes_are_no_money() -> None:
    assert columns(
        """
        Resultatbudget for havnen

        | | Note | Budget 2015, t.kr. | Budget 2014, t.kr. | Regnskab 2013, t.kr. |
        |---|---|---|---|---|
        | Arealleje | 1 | 270 | 245 | 235 |
        | Kranydelser | 2 | 5.320 | 5.215 | 5.195 |
        | I alt | | 5.590 | 5.460 | 5.430 |
        """
    ) == [
        ("Budget 2015, t.kr.", ColumnKind.YEAR, 2015),
        ("Budget 2014, t.kr.", ColumnKind.YEAR, 2014),
        ("Regnskab 2013, t.kr.", ColumnKind.YEAR, 2013),
    ]


def test_shares_are_told_by_their_figures_where_the_name_does_not_say_percent() -> None:
    assert columns(
        """
        Fordeling på ejere

        | Kommune | Ejerandel i pct. | Andel af gæld |
        |---|---|---|
        | Engbæk | 39,2 | 18.686.843 |
        | Lindeby | 60,8 | 28.983.675 |
        | I alt | 100,0 | 47.670.518 |
        """
    ) == [("Ejerandel i pct.", ColumnKind.PERCENT, None), ("Andel af gæld", ColumnKind.AMOUNT, None)]
