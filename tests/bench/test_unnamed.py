"""The bar for numbers without a name in the readers."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from bench.unnamed import BAR, READERS, counted, unnamed


@pytest.mark.parametrize(
    ("line", "found"),
    [
        ("return gap > 1.25 * size", [1.25]),
        ("cost += 4.0", [4.0]),
        ("return 0.8 if bold else 1.6", [0.8, 1.6]),
        ("return abs(x) < -3", [3]),
        ("return (a + b) / 2 > 0", []),
        ("return gap > REACH.above * size", []),
        ("return words[3]", []),
    ],
)
def test_numbers_in_comparisons_calculations_and_choices_count(line: str, found: list[float]) -> None:
    assert [n.value for n in unnamed(ast.parse(f"def f():\n    {line}\n"))] == found


def test_constants_and_records_of_a_module_are_names() -> None:
    assert not list(unnamed(ast.parse("REACH = 4.0\nclass Reach:\n    above: float = 3 * 1.5\n")))


def test_files_are_told_with_the_most_first(tmp_path: Path) -> None:
    (tmp_path / READERS / "grids").mkdir(parents=True)
    (tmp_path / READERS / "one.py").write_text("def f(x):\n    return x > 7\n")
    (tmp_path / READERS / "grids" / "two.py").write_text("def f(x):\n    return 3 * x > 7\n")
    assert counted(tmp_path) == {"extract/grids/two.py": 2, "extract/one.py": 1}


def test_the_readers_keep_the_bar() -> None:
    assert sum(counted().values()) <= BAR
