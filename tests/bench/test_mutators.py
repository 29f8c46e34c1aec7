"""Small slips in a program text, as the mutation run makes them."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

import lexicon.figures
from bench.mutators import Slip, mutants


def made(source: str) -> dict[Slip, list[str]]:
    """By kind the program texts with one slip each."""
    found: dict[Slip, list[str]] = {slip: [] for slip in Slip}
    for mutant in mutants(source):
        found[mutant.slip].append(mutant.apply(source))
    return found


def test_a_comparison_is_turned_and_its_threshold_moved() -> None:
    slips = made("def f(x):\n    return x < 3\n")
    assert slips[Slip.TURNED] == ["def f(x):\n    return x >= 3\n"]
    assert slips[Slip.MOVED] == ["def f(x):\n    return x < 4\n"]


def test_a_branch_is_dropped_and_its_condition_turned() -> None:
    slips = made("def f(x):\n    if x:\n        return 'æ'\n    return None\n")
    assert slips[Slip.DROPPED] == ["def f(x):\n    if False:\n        return 'æ'\n    return None\n"]
    assert slips[Slip.TURNED] == ["def f(x):\n    if not (x):\n        return 'æ'\n    return None\n"]


def test_one_of_several_conditions_is_dropped() -> None:
    slips = made("def f(a, b):\n    return a and b\n")
    assert slips[Slip.DROPPED] == ["def f(a, b):\n    return ((a))\n", "def f(a, b):\n    return ((b))\n"]


def test_a_constant_is_changed_where_it_is_no_threshold() -> None:
    slips = made("def f(ord):\n    return ord(næste=True) + 0.5\n")
    assert len(slips[Slip.CHANGED]) == 3
    assert "def f(ord):\n    return ord(næste=False) + 0.5\n" in slips[Slip.CHANGED]
    assert "def f(ord):\n    return ord(næste=True) + 1.5\n" in slips[Slip.CHANGED]
    assert "def f(ord):\n    return (ord(næste=True)) - (0.5)\n" in slips[Slip.CHANGED]


def test_a_named_number_is_a_threshold_that_its_name_leads_to() -> None:
    source = "_NEAR = 8\n\nclass Weights:\n    far: float = -2.0\n"
    assert [(m.name, m.after) for m in mutants(source)] == [("_NEAR", "12"), ("far", "-3.0")]


@pytest.mark.parametrize(
    "source",
    [
        '"""Says 1 < 2."""\n',
        "from typing import TYPE_CHECKING\n\nif TYPE_CHECKING:\n    import os\n",
        "@lru_cache(maxsize=4096)\ndef f(x: Literal[1]) -> int:\n    return x\n",
        "def f(x):\n    return cache(maxsize=8)\n",
        "def f(x):\n    return f'{x + 1}'\n",
    ],
)
def test_what_no_test_could_notice_is_left_alone(source: str) -> None:
    assert mutants(source) == []


def test_every_slip_leaves_a_program(repository_text: str) -> None:
    for mutant in mutants(repository_text):
        assert mutant.apply(repository_text) != repository_text
        ast.parse(mutant.apply(repository_text))


@pytest.fixture
def repository_text() -> str:
    return Path(lexicon.figures.__file__).read_text(encoding="utf-8")
