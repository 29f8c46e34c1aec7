"""The data files are checked as they are read; a slip is told with its file and key."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from lexicon.data import CaptionsData, LexiconError, UnitsData, check, parse

ROOT = Path(__file__).parents[2]
STAGES = ("extract", "normalize", "reconcile", "publish", "afstem")
Said = list[tuple[str, ast.FunctionDef | ast.Constant]]
OF_LEXICON = {
    "parse_figure",
    "is_caption",
    "is_note",
    "is_year",
    "join_lines",
    "goes_on",
    "ends_sentence",
    "fold_label",
    "find_unit",
}


def test_every_file_is_sound() -> None:
    check()


def test_an_unknown_key_is_told_with_what_is_allowed() -> None:
    with pytest.raises(LexiconError, match=r"captions.toml: wrods: words, continued, notes"):
        parse("wrods = []\nwords = []\ncontinued = []\nnotes = []\nnotes_to_all = []", "captions.toml", CaptionsData)


def test_a_pattern_that_does_not_compile_is_told() -> None:
    unit = "unit = [{name = 'kr.', factor = 1, patterns = ['(']}]"
    broken = f"fillers = []\nothers = []\n{unit}\nmeasure = []\n[price_level]\npatterns = []\ncurrent = []"
    with pytest.raises(LexiconError, match=r"units.toml: unit.0.patterns.0: .*no regular expression"):
        parse(broken, "units.toml", UnitsData)


@pytest.fixture(scope="module")
def said() -> Said:
    """Every function and every text of the stages, with its file and line."""
    return [*_said()]


def _said() -> Iterator[tuple[str, ast.FunctionDef | ast.Constant]]:
    for stage in STAGES:
        for path in (ROOT / stage).rglob("*.py"):
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
                if isinstance(node, ast.FunctionDef) or (
                    isinstance(node, ast.Constant) and isinstance(node.value, str)
                ):
                    yield f"{path.relative_to(ROOT)}:{node.lineno}", node


def test_what_print_means_is_said_once(said: Said) -> None:
    """A second definition beside the lexicon's would drift away from it."""
    others = [
        f"{at}: {node.name}" for at, node in said if isinstance(node, ast.FunctionDef) and node.name in OF_LEXICON
    ]
    assert others == []


@pytest.mark.parametrize(
    ("what", "pattern"),
    [
        ("four digits of a year: lexicon.years.YEAR", r"19\|20|\[12\]\[09\]|20\\d\\d"),
        ("thousands with full stops: lexicon.figures.GROUPED", r"\.\]?\\d\{3\}\)[+*]"),
        ("the words that label a table: lexicon.captions", r"(?i)\btabel(?:ler)?\|"),
    ],
)
def test_no_stage_has_an_expression_of_its_own_for(what: str, pattern: str, said: Said) -> None:
    """A stage puts its expressions together from the lexicon's, so that all mean the same by a year or an amount."""
    texts = [(at, str(node.value)) for at, node in said if isinstance(node, ast.Constant)]
    own = [at for at, text in texts if re.search(pattern, text)]
    assert own == [], what
