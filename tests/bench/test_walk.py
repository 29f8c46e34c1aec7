"""The walk of one figure from the page to its finding."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path

import pytest

from bench.walk import FIGURE, PAPER, Walk, walk


def test_a_figure_is_seen_from_the_reader_to_its_finding(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(PAPER, encoding="utf-8")
    walked = walk(path, FIGURE)
    assert ("lexicon/figures.py", "parse_figure") in walked.functions
    assert ("reconcile/engine.py", "_finding") in walked.functions
    assert {Path(file).parts[0] for file in walked.files} == {"lexicon", "extract", "normalize", "reconcile"}


def test_a_figure_that_is_not_there_is_in_nobody_s_hand(tmp_path: Path) -> None:
    path = tmp_path / "paper.txt"
    path.write_text(PAPER, encoding="utf-8")
    assert not walk(path, "-9.999.999").functions


@pytest.mark.parametrize("held", ["-7.321", " -7.321 ", Decimal(-7321), ("Drift", Decimal(-7321))])
def test_in_hand_is_the_print_the_value_or_a_record_of_it(held: object) -> None:
    assert Walk(FIGURE)._in_hand(held)


@pytest.mark.parametrize("held", ["I alt -7.321", Decimal(7321), [Decimal(-7321)], tuple(range(9)), True])
def test_a_line_or_a_list_that_holds_it_somewhere_is_not(held: object) -> None:
    assert not Walk(FIGURE)._in_hand(held)
