"""Rows that lost their blanks: what is left of the print goes in, the columns come out."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Placement
from normalize.models import Role
from normalize.readings.choose import KnownRow, ReadingRow, Readings, choose_readings
from normalize.sums import Interval

HINTS = {"+": Role.SUBTOTAL, "=": Role.TOTAL, "#": Role.SECTION}


def rows(text: str) -> list[ReadingRow]:
    """Rows from lines such as `+ Samlet | 30 -373 -373`, the first sign what the vocabulary says of the label."""
    made = []
    for line in text.strip().splitlines():
        label, figures = (part.strip() for part in line.strip()[1:].split("|"))
        made.append(ReadingRow(label, tuple(figures.split()), hint=HINTS.get(line.strip()[0])))
    return made


def shown(readings: Readings) -> list[str]:
    """Each row as printed, `.` where a column is blank."""
    return [" ".join("." if cell is None else cell.text for cell in row.cells) for row in readings.rows]


def known(label: str, figures: str) -> KnownRow:
    """A line of another table."""
    return KnownRow(label, tuple(None if f == "." else Interval(Decimal(f), Decimal("0.5")) for f in figures.split()))


def test_the_sums_put_figures_into_their_columns() -> None:
    readings = choose_readings(
        rows(
            """
            # Varige ændringer                    |
            - Færre vikarer                       | -520 -520 -520
            - Leasing af cykler                   | 45 90 90 90
            + Samlet varig ændring                | 45 -430 -430 -430
            # Implementeringsomkostninger         |
            - Cykelskure                          | 180
            - Kurser                              | 75
            + Samlede implementeringsomkostninger | 255
            = Samlet økonomisk påvirkning         | 300 -430 -430 -430
            """
        ),
        4,
    )
    assert shown(readings)[1] == ". -520 -520 -520"
    assert shown(readings)[7] == "255 . . ."
    placed = [cell for row in readings.rows for cell in row.cells if cell is not None]
    assert {cell.placement for cell in placed} == {Placement.ARITHMETIC, Placement.TABBED}
    assert all(cell.confidence >= 0.9 for cell in placed)


def test_a_full_row_is_never_moved_however_wrong_it_is() -> None:
    readings = choose_readings(rows("- A | 10 20 30\n- B | 1 2 3\n= I alt | 99 77 55"), 3)
    assert shown(readings) == ["10 20 30", "1 2 3", "99 77 55"]
    assert all(c is not None and c.placement is Placement.TABBED for row in readings.rows for c in row.cells)


def test_a_wrong_total_does_not_bend_its_parts() -> None:
    text = "- A | 511 275\n- B | 1802 1807 901\n- C | 400\n= I alt | 2713 2082 999 0"
    readings = choose_readings(rows(text), 4)
    assert shown(readings) == ["511 275 . .", "1802 1807 901 .", "400 . . .", "2713 2082 999 0"]


def test_rows_that_may_all_stand_one_column_on_are_undecided() -> None:
    readings = choose_readings(rows("- A | 350 5.500 4.300\n- B | 350 5.500 4.900\n= Total | 700 11.000 9.200"), 5)
    placed = [cell for row in readings.rows for cell in row.cells if cell is not None]
    assert {cell.placement for cell in placed} == {Placement.UNDECIDED}
    assert all(cell.confidence < 0.9 for cell in placed)


def test_a_single_row_without_any_witness_is_undecided() -> None:
    (row,) = choose_readings(rows("- Engangsudgift | 400"), 6).rows
    (cell,) = [cell for cell in row.cells if cell is not None]
    assert cell.placement is Placement.UNDECIDED
    assert cell.confidence < 0.9


def test_the_same_line_of_another_table_is_a_witness() -> None:
    readings = choose_readings(
        rows("- Drift af nyt system | 620 655"), 4, known=[known("Drift af nyt system", ". 620 655 .")]
    )
    assert shown(readings) == [". 620 655 ."]


def test_a_total_column_of_the_row_settles_its_figures() -> None:
    readings = choose_readings(rows("- Udstyr | 200 100 300"), 4, totals={3: (0, 1, 2)})
    assert shown(readings)[0].endswith("300")


def test_a_minus_that_stands_apart_belongs_to_its_figure() -> None:
    readings = choose_readings(rows("- A | - 250 300\n- B | 40 71\n= I alt | -210 371"), 2)
    assert shown(readings)[0] == "-250 300"


def test_a_dash_of_its_own_is_nil_where_the_table_prints_nil_so() -> None:
    readings = choose_readings(rows("- A | 511 - -\n- B | - 250\n= I alt | 511 250 0"), 3)
    assert shown(readings)[1] == "- 250 ."


def test_a_dash_in_the_text_column_is_no_figure() -> None:
    readings = choose_readings(rows("- A | 511 250 7\n= I alt | _ 511 250 7"), 3, text_columns=1)
    assert shown(readings)[1] == "511 250 7"
    assert readings.rows[1].words == (0,)


def test_thousands_set_apart_by_a_blank_are_one_figure() -> None:
    readings = choose_readings(rows("- A | 1 250 300\n- B | 750 2 100\n= I alt | 2 000 2 400"), 2)
    assert shown(readings) == ["1 250 300", "750 2 100", "2 000 2 400"]


def test_more_figures_than_columns_are_never_sure() -> None:
    (row,) = choose_readings(rows("- A | 7 8 9"), 2).rows
    assert all(cell is None or cell.confidence < 0.5 for cell in row.cells)
    assert len(row.words) == 1


def test_an_empty_row_stays_empty() -> None:
    assert shown(choose_readings(rows("# Varige ændringer |\n- A | 7 8"), 2)) == [". .", "7 8"]


Row = st.lists(st.none() | st.integers(1, 4000), min_size=5, max_size=5).filter(lambda row: any(row))


@settings(max_examples=30, deadline=None)
@given(st.lists(Row, min_size=1, max_size=4))
def test_no_figure_is_lost_and_the_order_is_kept(table: list[list[int | None]]) -> None:
    total = [sum(filter(None, column)) for column in zip(*table, strict=True)]
    printed = [*table, total]
    text = [f"- {n} | {' '.join(str(v) for v in row if v is not None)}" for n, row in enumerate(printed)]
    text[-1] = "=" + text[-1][1:]
    readings = choose_readings(rows("\n".join(text)), 5)
    for row, read in zip(printed, readings.rows, strict=True):
        assert [str(v) for v in row if v is not None] == [cell.text for cell in read.cells if cell is not None]
        assert all(cell is None or 0 < cell.confidence <= 1 for cell in read.cells)
