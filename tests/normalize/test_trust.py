"""Confidence is what the evidence makes it: a figure is no surer than its row, its column's name and its place."""

from __future__ import annotations

import hashlib
from pathlib import Path
from textwrap import dedent

import pytest

from extract.text import read_text
from normalize import understand
from normalize.models import Table
from normalize.trust.posterior import probability
from normalize.trust.weights import weights


def only(text: str) -> Table:
    data = dedent(text).encode()
    (case,) = understand(read_text(Path("sag.txt"), data, hashlib.sha256(data).hexdigest())).cases
    (table,) = case.tables
    return table


def least(table: Table) -> float:
    return min(a.confidence for line in table.lines for a in line.amounts)


LOOSE = """\
    Forslag 7: Nye lamper

    1.000 kr. 2025 p/l 2025 2026
    Lamper 10 20
    Strøm -4 -6
    I alt 6 {total}
    """


def test_sums_that_close_bear_figures_out_that_only_follow_each_other() -> None:
    closed, open_ = only(LOOSE.format(total=14)), only(LOOSE.format(total=99))
    assert closed.loose
    assert least(closed) > least(open_)


def test_a_printed_error_costs_little_where_drawn_columns_hold_the_figures() -> None:
    table = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t2026\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t99\n")
    assert least(table) >= 0.7


def test_a_column_without_a_name_makes_nobody_sure() -> None:
    named = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t2026\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t14\n")
    nameless = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t14\n")
    assert least(named) > 0.9
    assert all(a.confidence < 0.5 for line in nameless.lines for a in line.amounts if not a.column_label)


def test_the_terms_that_weighed_are_told_the_weightiest_first() -> None:
    table = only(LOOSE.format(total=14))
    bits = [abs(points) for _, points in table.why]
    assert bits == sorted(bits, reverse=True)
    assert "loose" in dict(table.why)


def test_every_weight_is_of_a_term_and_no_file_is_read_that_holds_another() -> None:
    told = weights()
    assert told.row.terms["unlabelled"] < 0 < told.place.terms["elsewhere"]


@pytest.mark.parametrize(("points", "share"), [(0.0, 0.5), (10.0, 0.999), (-10.0, 0.001), (-5000.0, 0.0)])
def test_bits_as_a_probability(points: float, share: float) -> None:
    assert probability(points) == pytest.approx(share, abs=0.001)
