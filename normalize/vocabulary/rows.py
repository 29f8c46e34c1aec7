"""What the labels of rows say of their part in the table."""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

import regex

from lexicon.folding import fold_label
from lexicon.units import Measure, find_measure
from normalize.models import Role
from normalize.vocabulary.load import compiled, load
from normalize.vocabulary.misread import mended


class RowWords(StrEnum):
    """The families of row labels the vocabulary knows."""

    PAYBACK = "payback"
    MEMO = "memo"
    TOTAL = "total"
    SUBTOTAL = "subtotal"
    SECTION = "section"
    INCOME = "income"
    EXPENSE = "expense"
    COUNT = "count"


_ORDER = (RowWords.PAYBACK, RowWords.TOTAL, RowWords.MEMO, RowWords.SUBTOTAL, RowWords.SECTION)


@cache
def _pattern(words: RowWords) -> regex.Pattern[str]:
    return compiled(load("labels")[words.value]["patterns"], whole=True)


@lru_cache(maxsize=8192)
def row_words(label: str) -> RowWords | None:
    """The family a label belongs to by its words alone, None where they say nothing."""
    folded = fold_label(label)
    if not folded:
        return None
    found = next((words for words in _ORDER if _pattern(words).fullmatch(folded)), None)
    if found is None and (meant := mended(folded)):
        return next((words for words in _ORDER if _pattern(words).fullmatch(meant)), None)
    return found


def role_hint(label: str, *, figures: bool, money: bool = False) -> Role | None:
    """The role a label's words speak for, None where they say nothing.

    `figures` says whether the row holds any: a row of figures is no section, and a "Heraf:" without is one.  `money`
    says whether the table holds amounts of money, among which a row that counts things is a remark.
    """
    words = row_words(label)
    if words is None and money and figures and _pattern(RowWords.COUNT).fullmatch(fold_label(label)):
        return Role.MEMO
    if words is None or (figures and words is RowWords.SECTION):
        return None
    if not figures and words is RowWords.MEMO:
        return Role.SECTION
    return Role(words.value)


@lru_cache(maxsize=8192)
def row_measure(text: str) -> Measure | None:
    """What a row counts by its label or by a cell that names its unit ("Antal børn", "årsværk"); None for money."""
    if _pattern(RowWords.COUNT).fullmatch(fold_label(text)) is None:
        return None
    return find_measure(text) or Measure.COUNT


@lru_cache(maxsize=8192)
def is_cash_flow(label: str) -> bool:
    """Whether a label names money coming in or going out as such ("Udgift", "Indtægter")."""
    folded = fold_label(label)
    return any(_pattern(words).fullmatch(folded) is not None for words in (RowWords.INCOME, RowWords.EXPENSE))


@cache
def _code_names() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{'|'.join(load('columns')['codes']['names'])})$")


def names_a_code(text: str) -> bool:
    """Whether a text ends in a word that a code follows ("It-drift, profitcenter" 4711)."""
    return _code_names().search(fold_label(text)) is not None
