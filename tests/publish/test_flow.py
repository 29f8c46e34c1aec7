"""The cash flow of a case: what its total states, and what its rows make of it where they do so surely."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

import pytest

from extract.models import Placement
from normalize.models import CaseFile, Column, ColumnKind, Kind, Line, Role
from publish.flow import Flow, flows, paid_back
from publish.relations import relations
from reconcile.models import Finding
from tests.publish.lindeby import case, document, row, table, wrong_total

YEARS = ("2025", "2026", "2027")


def line(ordinal: int, label: str, role: Role, *values: int) -> Line:
    return row(ordinal, label, role, [(str(v), str(v)) for v in values], YEARS)


def flow(lines: Sequence[Line], findings: Sequence[Finding] = ()) -> Flow | None:
    columns = (Column(0, "", ColumnKind.TEXT), *(Column(k, y, ColumnKind.YEAR, int(y)) for k, y in enumerate(YEARS, 1)))
    summary = replace(table(), kind=Kind.SUMMARY, columns=columns, lines=tuple(lines), sums=())
    return flows(relations([CaseFile(document(), (case(tables=[summary]),))], findings)).get("c0")


COST = line(0, "Nyt system", Role.DETAIL, 900, 0, 0)
SAVED = line(1, "Færre breve", Role.DETAIL, 0, -500, -500)


def test_the_rows_of_the_summary_make_its_total() -> None:
    found = flow([COST, SAVED, line(2, "Samlet økonomisk påvirkning", Role.TOTAL, 900, -500, -500)])
    assert found is not None
    assert found.stated == found.computed == (900_000, -500_000, -500_000)
    assert (found.years, found.payback_stated, found.payback_computed) == ((2025, 2026, 2027), None, 3)


def test_a_wrong_total_of_which_a_finding_speaks_is_drawn_beside_what_the_rows_make() -> None:
    found = flow([COST, SAVED, line(2, "I alt", Role.TOTAL, 900, -400, -500)], [wrong_total()])
    assert found is not None
    assert found.computed is not None
    assert (found.stated[1], found.computed[1]) == (-400_000, -500_000)


def test_rows_that_do_not_make_the_total_and_no_finding_says_so_are_not_drawn() -> None:
    found = flow([COST, SAVED, line(2, "I alt", Role.TOTAL, 900, -100, -500)])
    assert found is not None
    assert found.computed is None


def test_a_table_with_an_undecided_figure_is_not_drawn() -> None:
    unsure = replace(SAVED, amounts=tuple(replace(a, placement=Placement.UNDECIDED) for a in SAVED.amounts))
    assert flow([COST, unsure, line(2, "I alt", Role.TOTAL, 900, -500, -500)]) is None


@pytest.mark.parametrize(
    ("figures", "year"), [((3800, 1705, -3091, -3791), 4), ((100, -30), 5), ((-5, -5), None), ((100, 100), None)]
)
def test_a_case_is_paid_back_when_the_running_sum_is_no_longer_above_nothing(
    figures: tuple[int, ...], year: int | None
) -> None:
    assert paid_back([Decimal(f) for f in figures]) == year


def test_without_a_total_nothing_is_drawn() -> None:
    assert flow([COST, SAVED]) is None


def test_a_payback_time_of_nothing_is_none_that_is_stated() -> None:
    total = line(2, "Samlet økonomisk påvirkning", Role.TOTAL, 900, -500, -500)
    stated = [flow([COST, SAVED, total, line(3, "Tilbagebetalingstid", Role.PAYBACK, n, 0, 0)]) for n in (0, 1, 3)]
    assert [one.payback_stated for one in stated if one is not None] == [None, 1, 3]
