"""A table's figures are no surer than the reading of the whole."""

from __future__ import annotations

import hashlib
from pathlib import Path
from textwrap import dedent

import pytest

from extract.text import read_text
from normalize import understand
from normalize.models import Table
from normalize.tables.support import WEIGHTS, bits, probability, terms


def only(text: str) -> Table:
    data = dedent(text).encode()
    (case,) = understand(read_text(Path("sag.txt"), data, hashlib.sha256(data).hexdigest())).cases
    (table,) = case.tables
    return table


def evidence(table: Table) -> dict[str, float]:
    return dict(terms(table))


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
    assert evidence(closed)["closing"] > evidence(open_)["closing"]
    assert bits(closed) > bits(open_)
    assert all(a.confidence >= 0.9 for line in closed.lines for a in line.amounts)


def test_a_printed_error_costs_little_where_drawn_columns_hold_the_figures() -> None:
    table = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t2026\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t99\n")
    assert evidence(table)["failing"] >= WEIGHTS.most_failing
    assert all(a.confidence >= 0.98 for line in table.lines for a in line.amounts)


@pytest.mark.parametrize(("points", "share"), [(0.0, 0.5), (10.0, 0.999), (-10.0, 0.001)])
def test_bits_as_a_probability(points: float, share: float) -> None:
    assert probability(points) == pytest.approx(share, abs=0.001)
