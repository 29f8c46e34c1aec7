"""The bar for how hard to follow a function may be."""

from __future__ import annotations

from pathlib import Path

from bench import complexity
from bench.complexity import BAR, GOAL, Bar, functions, reached, told

PLAIN = "def plain(x):\n    return x\n"
BRANCHY = "class One:\n    def branchy(self, x):\n" + "        if x:\n            x -= 1\n" * 16 + "        return x\n"


def test_functions_and_methods_are_counted_once(tmp_path: Path) -> None:
    (tmp_path / "extract").mkdir()
    (tmp_path / "extract" / "rows.py").write_text(PLAIN + BRANCHY)
    assert sorted(functions(tmp_path)) == [(1, "extract/rows.py:1 plain"), (17, "extract/rows.py:4 branchy")]


def test_a_part_of_a_thousandth_counts() -> None:
    assert reached([(1, "a")] * 1999 + [(16, "b")]) == Bar(1, 0)
    assert reached([(1, "a")] * 1999 + [(26, "b")]) == Bar(1, 1)


def test_more_than_the_bar_is_told_with_the_hardest_functions() -> None:
    found = [(16, "reconcile/a.py:1 f"), (30, "reconcile/b.py:2 g"), (2, "reconcile/c.py:3 h")]
    kept, said = told(reached(found), Bar(1000, 0), found)
    assert not kept
    assert said[2].split() == ["30", "reconcile/b.py:2", "g"]
    assert told(reached(found), Bar(667, 1), found)[0]


def test_less_than_the_bar_asks_for_a_lower_one() -> None:
    kept, said = told(Bar(40, 2), Bar(50, 2), [(1, "a")])
    assert kept
    assert "Bar(hard_per_mille=40, too_hard=2)" in said[-1]


def test_the_bar_is_kept_and_is_no_lower_than_the_goal() -> None:
    assert GOAL.hard_per_mille <= BAR.hard_per_mille
    found = list(functions())
    assert told(reached(found), BAR, found)[0]
    assert len(found) > len(complexity.PACKAGES) * 100
