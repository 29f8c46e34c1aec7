"""From cases to relations: every row and figure once, in kroner by one sign, the same whatever the order."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.models import Reason, Status
from normalize.forms.labels import NOT_READ
from normalize.models import CaseFile, Column, ColumnKind, Line, Measure, Role, Table
from publish.case_rows import amount_dkk
from publish.contract import CONTRACT, RELATIONS
from publish.relations import relations
from publish.view import view
from reconcile.models import Check
from tests.publish.lindeby import case, document, files, table, wrong_total


def dkk(of: Table) -> list[Decimal | None]:
    """amount_dkk of every figure of the table, in print order."""
    file = CaseFile(document(), (case(tables=[of]),))
    values: list[Decimal | None] = relations([file], [])["amounts"]["amount_dkk"].to_pylist()
    return values


def test_every_relation_is_there_with_its_columns_even_when_nothing_was_read() -> None:
    empty = relations([], [])
    for relation in RELATIONS:
        assert tuple(empty[relation.name].column_names) == relation.names()
        assert empty[relation.name].num_rows == 0


def test_a_field_that_a_case_may_keep_by_name_is_one_of_the_contract_s() -> None:
    assert {*CONTRACT.relation("case_metadata").column("name").values} == {*NOT_READ}


def test_counts_of_the_document_are_those_of_its_rows() -> None:
    made = relations(files(), [wrong_total()])
    imported = next(d for d in made["documents"].to_pylist() if d["status"] == "imported")
    assert (imported["cases"], imported["tables"], imported["figures"]) == (1, 1, 6)
    assert (made["cases"].num_rows, made["tables"].num_rows, made["amounts"].num_rows) == (1, 1, 6)
    assert (imported["tokens"], imported["orphans"]) == (14, 1)
    assert made["tables"]["orphans"].to_pylist() == [["xyz"]]


def test_a_file_in_quarantine_has_a_row_that_says_why() -> None:
    locked = next(d for d in relations(files(), [])["documents"].to_pylist() if d["status"] == "quarantined")
    assert locked["reason_code"] == "encrypted"
    assert locked["reason"] == "PDF-filen er låst med adgangskode. Gem en kopi uden adgangskode, og kør igen."
    assert locked["reason_en"].startswith("The PDF is locked")


def test_the_value_is_as_printed_and_the_amount_in_kroner() -> None:
    amounts = relations(files(), [])["amounts"].to_pylist()
    assert [a["value"] for a in amounts[:2]] == [Decimal(-1250), Decimal(0)]
    assert [a["amount_dkk"] for a in amounts[:2]] == [Decimal(-1250000), Decimal(0)]
    assert amounts[1]["printed"] == "-"
    assert {a["price_level"] for a in amounts} == {2025}


def test_savings_printed_positive_are_turned_but_investments_are_not() -> None:
    catalogue = replace(
        table(),
        cost_sign=-1,
        columns=(table().columns[0], table().columns[1], Column(2, "Samlet investering", ColumnKind.INVESTMENT)),
    )
    assert dkk(catalogue)[:4] == [1250000, 0, 250000, -500000]


def test_what_is_not_money_has_no_amount_in_kroner() -> None:
    assert set(dkk(replace(table(), measure=Measure.FTE, unit=None))) == {None}
    assert set(dkk(replace(table(), unit=None))) == {None}
    percent = Column(2, "Pct.", ColumnKind.PERCENT)
    assert dkk(replace(table(), columns=(*table().columns[:2], percent)))[1::2] == [None, None, None]
    years = replace(table().lines[2], role=Role.PAYBACK)
    assert amount_dkk(years.amounts[0], years, table(), table().columns[1]) is None


def test_a_column_may_have_its_own_unit_and_price_level() -> None:
    million = replace(table().columns[2], unit=1_000_000, price_level=2024)
    of = replace(table(), columns=(*table().columns[:2], million))
    amounts = relations([CaseFile(document(), (case(tables=[of]),))], [])["amounts"].to_pylist()
    assert (amounts[3]["amount_dkk"], amounts[3]["price_level"]) == (Decimal(-500_000_000), 2024)


YEAR_2026 = table().columns[2]


@pytest.mark.parametrize(
    ("column", "about", "counts"),
    [
        (YEAR_2026, {}, ("DKK", 1000)),
        (replace(YEAR_2026, unit=1_000_000), {}, ("DKK", 1_000_000)),
        (replace(YEAR_2026, kind=ColumnKind.PERCENT), {}, ("percent", None)),
        (replace(YEAR_2026, measure=Measure.FTE), {}, ("FTE", None)),
        (YEAR_2026, {"check": Check.PAYBACK}, ("years", None)),
        (YEAR_2026, {"check": Check.YEAR_HEADER}, ("year", None)),
        (YEAR_2026, {"line_id": None, "evidence": ()}, ("DKK", 1000)),
        (YEAR_2026, {"table_id": None, "line_id": None, "evidence": (), "check": Check.TEXT_AMOUNT}, ("DKK", 1)),
        (YEAR_2026, {"table_id": None, "line_id": None, "evidence": (), "check": Check.LABEL}, (None, None)),
    ],
)
def test_a_finding_says_what_its_figures_count(
    column: Column, about: dict[str, Any], counts: tuple[str | None, int | None]
) -> None:
    """A difference of six per cent is not six thousand kroner, though the table counts in thousands."""
    of = replace(table(), columns=(*table().columns[:2], column))
    made = relations([CaseFile(document(), (case(tables=[of]),))], [replace(wrong_total(), **about)])
    (finding,) = made["findings"].to_pylist()
    assert (finding["measure"], finding["unit"]) == counts
    (shown,) = view(made, "da").cases[0].findings
    assert shown.kroner == (None if counts[1] is None else 100 * counts[1])


def test_the_order_of_files_and_findings_does_not_matter() -> None:
    findings = [wrong_total("f0"), replace(wrong_total("f1"), year=2025)]
    one, other = relations(files(), findings), relations(files()[::-1], findings[::-1])
    assert all(one[r.name].equals(other[r.name]) for r in RELATIONS)


def test_a_duplicate_has_an_id_of_its_own_and_names_the_original() -> None:
    copy = replace(
        document("a-kopi.pdf"), status=Status.DUPLICATE, reason=Reason("duplicate", (("file", "lindeby.pdf"),))
    )
    rows = {d["file_name"]: d for d in relations([*files(), CaseFile(copy)], [])["documents"].to_pylist()}
    assert rows["lindeby.pdf"]["document_id"] == document().document_id
    assert rows["a-kopi.pdf"]["duplicate_of"] == document().document_id
    assert rows["a-kopi.pdf"]["document_id"] != document().document_id
    assert rows["a-kopi.pdf"]["sha256"] == rows["lindeby.pdf"]["sha256"]
    assert rows["a-kopi.pdf"]["cases"] == 0


def test_two_cases_with_one_id_are_refused() -> None:
    with pytest.raises(ValueError, match=r"cases: case_id is not unique: c0"):
        relations([CaseFile(document(), (case(tables=()), replace(case(tables=()), ordinal=1)))], [])


def test_ids_that_are_missing_are_made_from_the_place() -> None:
    nameless = replace(table(), table_id="", lines=tuple(replace(line, line_id="") for line in table().lines))
    made = relations([CaseFile(document(), (case(case_id="", tables=[nameless]),))], [])
    assert made["cases"]["case_id"].to_pylist() == ["abababababababab.c0"]
    assert made["lines"]["line_id"].to_pylist()[0] == "abababababababab.c0.t0.l0"


def test_a_statement_names_its_table_line_and_heading() -> None:
    (statement,) = relations(files(), [])["statements"].to_pylist()
    assert (statement["table_id"], statement["line_id"], statement["heading_id"]) == ("t0", "l2", "h0")
    assert statement["value"] == Decimal(1_500_000)
    assert statement["years"] == [2025]


def test_a_finding_keeps_its_figures_and_its_file() -> None:
    (finding,) = relations(files(), [wrong_total()])["findings"].to_pylist()
    assert finding["document_id"] == document().document_id
    assert (finding["stated"], finding["expected"], finding["difference"]) == (-400, -500, 100)
    assert finding["evidence"] == ["a01", "a11", "a21"]
    assert finding["cause_da"] == "Ét ciffer er forkert: −400 i stedet for −500."


def test_affected_is_null_where_the_print_shows_no_tick() -> None:
    ticked = replace(case("c1"), affected=(), tables=(), headings=())
    rows = relations([CaseFile(document(), (case(), replace(ticked, ordinal=1)))], [])["cases"].to_pylist()
    assert [row["affected"] for row in rows] == [None, []]


@given(st.decimals(-(10**15), 10**15, places=6))
def test_values_come_out_to_the_last_digit(value: Decimal) -> None:
    first = table().lines[0]
    line = replace(first, amounts=(replace(first.amounts[0], value=value),))
    of = replace(table(), lines=(line,), unit=1)
    (row,) = relations([CaseFile(document(), (case(tables=[of]),))], [])["amounts"].to_pylist()
    assert row["value"] == value
    assert row["amount_dkk"] == value


def test_a_row_of_digits_too_long_to_be_a_figure_stops_nothing() -> None:
    first = table().lines[0]
    line = replace(first, amounts=(replace(first.amounts[0], value=Decimal("9" * 40)),))
    (row,) = relations([CaseFile(document(), (case(tables=[replace(table(), lines=(line,))]),))], [])[
        "amounts"
    ].to_pylist()
    assert row["value"] is None
    assert row["printed"] == "-1.250"


def _apart(line: Line) -> Line:
    amounts = tuple(replace(amount, amount_id=f"{amount.amount_id}.s") for amount in line.amounts)
    return replace(line, line_id=f"{line.line_id}.s", amounts=amounts)


def test_rows_of_a_confidential_case_say_so_in_every_relation_and_those_of_others_do_not() -> None:
    """Both in one file: a figure may be shared without its case, and must not be taken for one that may be told."""
    secret = replace(
        case("c1", [replace(table(), table_id="t9", lines=tuple(_apart(line) for line in table().lines))]),
        ordinal=1,
        confidential=True,
        headings=(),
    )
    of_secret = replace(wrong_total("f9"), case_id="c1", table_id="t9", line_id=None, evidence=())
    made = relations([CaseFile(document(), (case(), secret))], [wrong_total(), of_secret])
    for name in ("case_administrations", "tables", "lines", "amounts", "findings"):
        assert sorted(set(made[name]["confidential"].to_pylist())) == [False, True], name
    assert {a["confidential"] for a in made["amounts"].to_pylist() if a["case_id"] == "c1"} == {True}
    assert dict(zip(*(made["findings"][c].to_pylist() for c in ("finding_id", "confidential")), strict=True)) == {
        "f0": False,
        "f9": True,
    }


def test_every_relation_that_comes_of_a_case_tells_whether_it_is_confidential() -> None:
    without = {relation.name for relation in RELATIONS if "confidential" not in relation.names()}
    assert without == {"rates"}
