"""The sum structure as small tables: labels and figures on the left, roles and sums on the right."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.models import Role
from normalize.sums import Interval, Structure, SumRow, find_sums

HINTS = {"+": Role.SUBTOTAL, "=": Role.TOTAL, "#": Role.SECTION, "~": Role.MEMO, "?": Role.PAYBACK}
HALF = Decimal("0.5")


def table(text: str, **style: dict[int, bool]) -> list[SumRow]:
    """Rows from lines such as `+ Samlet ændring | 0 -707 .`; `.` is a blank, the first sign what the label says."""
    rows = []
    for index, line in enumerate(text.strip("\n").splitlines()):
        sign, label, figures = line.strip()[0], *(part.strip() for part in line.strip()[1:].split("|"))
        values = tuple(None if f == "." else Interval(Decimal(f), HALF) for f in figures.split())
        marks = {name: index in rows_of for name, rows_of in style.items()}
        rows.append(SumRow(label, values, HINTS.get(sign), **marks))
    return rows


def read(text: str, **style: dict[int, bool]) -> Structure:
    """The structure of a table written down."""
    rows = table(text, **style)
    return find_sums(rows, max(len(row.values) for row in rows))


def sums(structure: Structure) -> dict[int, list[int]]:
    """Each total's row with the rows of its parts; a part that counts against it is negative."""
    return {found.total: [part * sign for part, sign in found.parts] for found in structure.sums}


SUMMARY = """
    # Varige ændringer                    | .    .    .
      Besparelse                          | 0   -942 -942
      Drift                               | 0    235  235
    + Samlet varig ændring                | 0   -707 -707
    # Implementeringsomkostninger         | .    .    .
      System                              | 500  700  .
      Projektledelse                      | 450  880  .
    + Samlede implementeringsomkostninger | 950  1580 .
    = Samlet økonomisk påvirkning         | 950  873 -707
    ? Tilbagebetalingstid                 | .    .    .
"""


def marked(text: str) -> str:
    """The lines with a `-` for a label that says nothing."""
    return "\n".join(
        line if line.strip()[:1] in HINTS else "-" + line.strip() for line in text.splitlines() if line.strip()
    )


def test_details_subtotals_and_the_total_of_the_subtotals() -> None:
    structure = read(marked(SUMMARY))
    assert sums(structure) == {3: [1, 2], 7: [5, 6], 8: [3, 7]}
    assert [role.value for role in structure.roles] == [
        "section",
        "detail",
        "detail",
        "subtotal",
        "section",
        "detail",
        "detail",
        "subtotal",
        "total",
        "payback",
    ]
    assert all(found.certain for found in structure.sums)


def test_a_wrong_total_is_still_the_total_of_its_rows() -> None:
    wrong = marked(SUMMARY).replace("| 0   -707 -707", "| 44  -999 -123")
    assert sums(read(wrong))[3] == [1, 2]
    assert sums(read(wrong))[8] == [3, 7]


def test_a_total_that_leaves_out_one_of_its_rows_keeps_it_as_a_part() -> None:
    structure = read("- A | 10 20 30\n- B | 41 42 43\n- C | 17 18 19\n= I alt | 58 60 62")
    assert sums(structure) == {3: [0, 1, 2]}


def test_a_total_above_its_parts() -> None:
    structure = read("= I alt | 171 284\n- Skoler | 100 200\n- Dagtilbud | 71 84")
    assert sums(structure) == {0: [1, 2]}
    assert structure.roles[0] is Role.TOTAL


def test_a_wrong_total_above_its_parts() -> None:
    assert sums(read("= I alt | 999 111\n- Skoler | 100 200\n- Dagtilbud | 71 84")) == {0: [1, 2]}


def test_a_total_printed_twice_is_the_total_of_the_first() -> None:
    structure = read(
        "- A | 10 25\n- B | 31 42\n+ Samlet varig ændring, service | 41 67\n+ Samlet varig ændring | 41 67"
    )
    assert sums(structure) == {2: [0, 1], 3: [2]}


def test_a_section_of_one_row_is_a_sum_too() -> None:
    structure = read("# Varige ændringer | . .\n- Energi | -475 -475\n+ Samlet varig ændring | -475 -475")
    assert sums(structure) == {2: [1]}
    assert structure.roles[2] is Role.TOTAL


def test_split_totals_take_the_rows_of_their_steering_area() -> None:
    rows = [
        SumRow(label, (Interval(Decimal(a), HALF), Interval(Decimal(b), HALF)), hint, group=group)
        for label, a, b, hint, group in [
            ("System", "511", "703", None, "Anlæg"),
            ("Uddannelse", "120", "88", None, "Service"),
            ("Udstyr", "47", "35", None, "Anlæg"),
            ("Samlede omkostninger, service", "120", "88", Role.SUBTOTAL, None),
            ("Samlede omkostninger, anlæg", "558", "738", Role.SUBTOTAL, None),
            ("Samlede omkostninger", "678", "826", Role.SUBTOTAL, None),
        ]
    ]
    assert sums(find_sums(rows, 2)) == {3: [1], 4: [0, 2], 5: [3, 4]}


def test_net_is_expenditure_less_income() -> None:
    structure = read("- Udgift | 700 815\n- Indtægt | 123 204\n= Netto | 577 611")
    (found,) = structure.sums
    assert found.parts == ((0, 1), (1, -1))


def test_memo_and_payback_rows_belong_to_no_sum() -> None:
    structure = read("- A | 10 20\n- B | 31 42\n= I alt | 41 62\n~ heraf løn | 7 9\n? Tilbagebetalingstid | 4 .")
    assert sums(structure) == {2: [0, 1]}
    assert structure.roles[3:] == (Role.MEMO, Role.PAYBACK)


def test_a_row_after_a_subtotal_that_no_sum_needs_is_a_memo() -> None:
    text = "- A | -635 -127\n- B | 396 79\n+ Samlet | -239 -48\n- Indkøb** | . -44\n# Omkostninger | . .\n- C | 7 8"
    structure = read(text + "\n+ Samlede omkostninger | 7 8\n= Samlet påvirkning | -232 -40")
    assert sums(structure) == {2: [0, 1], 6: [5], 7: [2, 6]}
    assert structure.roles[3] is Role.MEMO


def test_a_row_in_italics_is_left_out_of_the_sum() -> None:
    structure = read("- A | 112 20\n- B | 31 42\n- C | 45 11\n- løn | 77 9\n= I alt | 188 73", italic={3: True})
    assert sums(structure) == {4: [0, 1, 2]}


def test_figures_that_add_up_by_chance_are_no_sum() -> None:
    structure = read("- A | 100\n- B | 200\n- C | 300\n= I alt | 600")
    assert sums(structure) == {3: [0, 1, 2]}


def test_without_labels_the_figures_alone_must_speak_clearly() -> None:
    clear = read("- a | 1234 87 561\n- b | 4311 19 778\n- c | 5545 106 1339")
    assert sums(clear) == {2: [0, 1]}
    assert sums(read("- a | 1\n- b | 2\n- c | 3\n- d | 9")) == {}


def test_a_product_called_total_is_not_held_to_be_a_sum() -> None:
    structure = read("- Timer | 120\n- Timepris | 415\n= I alt | 49800")
    assert not any(found.certain for found in structure.sums)


def test_a_total_that_its_last_rows_alone_make_up_is_not_certain() -> None:
    structure = read("- Budget i dag | 770 815\n- B | 141 42\n- C | 117 18\n= I alt | 258 60")
    assert [found.certain for found in structure.sums] == [False]


def test_a_total_with_a_slip_in_one_year_is_certain() -> None:
    structure = read("- A | 770 815\n- B | 141 42\n- C | 117 18\n= I alt | 1028 857")
    assert [found.certain for found in structure.sums] == [True]


def test_rounding_within_half_a_unit_a_part_is_no_miss() -> None:
    structure = read("- A | 6356 12711\n- B | 3960 7920\n- C | 501 1001\n= I alt | 10818 21633")
    (found,) = structure.sums
    assert found.by.endswith("arithmetic")


def test_blank_rows_are_sections_only_where_one_may_begin() -> None:
    structure = read("- Kultur | 7 7\n- Koncernservice | . .\n- Sundhed | 9 9\n= Total | 16 16")
    assert structure.roles[1] is Role.DETAIL
    structure = read("- Nye effektiviseringer | . .\n- Indkøb | 7 7\n- Drift | 9 9\n= I alt | 16 16")
    assert structure.roles[0] is Role.SECTION


def test_a_blank_total_is_a_total() -> None:
    structure = read("- Inden for målsætning | . .\n- Uden for målsætning | . .\n+ Varige ændringer totalt | . .")
    assert structure.roles == (Role.DETAIL, Role.DETAIL, Role.TOTAL)


def test_nothing_comes_of_nothing() -> None:
    assert find_sums([], 3) == Structure((), ())


Figures = st.integers(-5000, 5000).filter(bool)


@settings(max_examples=40, deadline=None)
@given(st.lists(st.lists(Figures, min_size=3, max_size=3), min_size=2, max_size=7), st.integers(-900, 900))
def test_a_labelled_total_takes_all_its_rows_whatever_is_printed(rows: list[list[int]], slip: int) -> None:
    total = [sum(column) for column in zip(*rows, strict=True)]
    total[0] += slip
    lines = [f"- Linje {n} | {' '.join(map(str, row))}" for n, row in enumerate(rows)]
    structure = read("\n".join([*lines, f"= I alt | {' '.join(map(str, total))}"]))
    assert sums(structure)[len(rows)] == list(range(len(rows)))
    assert structure.roles[-1] is Role.TOTAL


@settings(max_examples=25, deadline=None)
@given(st.lists(st.lists(Figures, min_size=2, max_size=2), min_size=1, max_size=9))
def test_every_part_is_used_once_and_every_row_has_a_role(rows: list[list[int]]) -> None:
    structure = read("\n".join(f"- Linje {n} | {' '.join(map(str, row))}" for n, row in enumerate(rows)))
    parts = [part for found in structure.sums for part, _ in found.parts]
    assert len(parts) == len(set(parts))
    assert len(structure.roles) == len(rows)


def test_a_total_of_figures_with_printed_signs_is_no_difference() -> None:
    printed = read("  Hjemtagelse | -152 -608 -608\n  Nye priser | 70 278 278\n= Samlet | -222 -886 -886")
    assert sums(printed) == {2: [0, 1]}  # the sign of a row is wrong
    bare = read("  Udgifter | 500 610 620\n  Indtægter | 120 130 140\n= Netto | 380 480 480")
    assert sums(bare) == {2: [0, -1]}
