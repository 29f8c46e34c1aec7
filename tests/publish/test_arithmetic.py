"""The arithmetic of a finding: only what comes out is written as a sum."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from publish.arithmetic import Arithmetic, Term, Way, stated_in, written_out
from publish.relations import relations
from publish.sheets.findings import sum_text
from reconcile.models import Check, Finding
from tests.publish.lindeby import files, wrong_total


def calculated(finding: Finding) -> Arithmetic | None:
    made = relations(files(), [finding])
    rows = [{row[key]: row for row in made[name].to_pylist()} for name, key in KEYS]
    (found,) = made["findings"].to_pylist()
    return written_out(found, *rows, "da")


KEYS = (("amounts", "amount_id"), ("lines", "line_id"), ("tables", "table_id"))


def test_the_rows_of_a_total_are_added_up() -> None:
    sum_ = calculated(wrong_total())
    assert sum_ is not None
    assert [(t.label, t.column, t.printed, t.value) for t in sum_.terms] == [
        ("Mindre papir", "2026", "-", "0"),
        ("Færre breve <script>alert(1)</script>", "2026", "-500", "−500"),
    ]
    assert (sum_.result, sum_.way) == ("−500", Way.SUM)


def test_a_wrong_row_is_what_the_total_leaves_for_it() -> None:
    """−1.500 − (−1.250) = −250: the total counts as it is, the other row against it."""
    part = replace(
        wrong_total(),
        line_id="l1",
        year=2025,
        evidence=("a10", "a00", "a20"),
        stated=Decimal(-250),
        expected=Decimal(-250),
    )
    sum_ = calculated(part)
    assert sum_ is not None
    assert [t.value for t in sum_.terms] == ["1.250", "−1.500"]
    assert sum_.result == "−250"


@pytest.mark.parametrize(("printed", "wrong"), [((40, 70), "b"), ((70, 40), "a"), ((70, 70), "b")])
def test_of_two_figures_of_one_year_one_is_wrong_and_the_other_a_part(printed: tuple[int, int], wrong: str) -> None:
    """Two columns of a year (units and price, say): what is stated tells which, then what the evidence names first."""
    made = [
        {"amount_id": name, "line_id": "l0", "year": 2026, "value": Decimal(value)}
        for name, value in zip("ab", printed, strict=True)
    ]
    about = {"check": Check.ROW_TOTAL, "line_id": "l0", "year": 2026, "evidence": ["b", "a"]}
    assert stated_in(made, about | {"stated": Decimal(70)}) == {wrong}


def test_one_figure_is_named_and_not_called_a_sum_of_itself() -> None:
    only = Term("Tabel 1, I alt", "2026", "470", "470", "a")
    assert sum_text(Arithmetic((only,), "470", Way.SUM), "da") == "Tabel 1, I alt, 2026: 470"


def test_figures_that_do_not_make_what_is_expected_are_only_listed() -> None:
    sum_ = calculated(replace(wrong_total(), expected=Decimal(-501)))
    assert sum_ is not None
    assert (sum_.way, sum_.result) == (Way.LISTED, "")


def test_a_payback_time_shows_the_running_sum() -> None:
    paid = replace(
        wrong_total(),
        check=Check.PAYBACK,
        line_id=None,
        year=None,
        evidence=("a20", "a21"),
        stated=Decimal(3),
        expected=Decimal(2),
    )
    sum_ = calculated(paid)
    assert sum_ is not None
    assert [t.value for t in sum_.terms] == ["−1.500", "−1.900"]
    assert sum_.way is Way.LISTED, "it was never above nothing, so nothing is paid back"


def test_without_evidence_there_is_no_arithmetic() -> None:
    assert calculated(replace(wrong_total(), evidence=("a21",))) is None


@given(st.integers(-2000, 2000))
def test_what_is_written_as_a_sum_adds_up(expected: int) -> None:
    sum_ = calculated(replace(wrong_total(), expected=Decimal(expected)))
    assert sum_ is not None
    total = sum(int(t.value.replace(".", "").replace("−", "-")) for t in sum_.terms)
    assert (sum_.way is Way.SUM) == (total == expected and sum_.result != "")
