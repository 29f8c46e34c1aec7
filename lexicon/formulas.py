"""Numbers of columns and what is made of them: "(1)", "(2)", "(3)=(1)-(2)"; "A", "B", "C=A-B"; "(a)", "(b/a)".

In: the texts of a row of cells, or a line.  Out: whether they count the columns, as a header's last row does, and say
nothing of money.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

FEWEST = 3  # columns of a row that counts them
_SIGN = r"[+\-–−/:×*]"
_TERM = r"\(?\d{1,3}\)?"
_NAMED = re.compile(r"(?P<open>\()?(?P<number>\d{1,2}|[A-Ha-h])(?(open)\))(?P<formula>\s?=.+)?")
_PART = r"\(*(?:\d{1,2}|[A-Ha-h])\)*"
_MADE = re.compile(rf"{_PART}(?:\s?{_SIGN}\s?{_PART})+\s?(?:%?\)?|{_SIGN})")
_IN_LINE = re.compile(
    rf"\(\d{{1,2}}\)(?:{_SIGN}\(\d{{1,2}}\))+"
    rf"|\(\d{{1,2}}\)(?:\s?=\s?\(*{_TERM}(?:\s?{_SIGN}\s?\(*{_TERM}\)*)*\s?%?(?:{_SIGN}\Z)?)?"
    rf"|[A-H]\s?=\s?[A-H](?:\s?{_SIGN}\s?[A-H])+"
)


class _Mark(NamedTuple):
    """A column's number (`None` where the text only says what it comes of), and whether it stands there bare."""

    number: int | None
    bare: bool


def without_formulas(text: str) -> str:
    """A header's line without the numbers of columns and what is made of them: "(1) (2) (3)=(1)-(2)" is ""."""
    return " ".join(_IN_LINE.sub(" ", text).split()) if "(" in text or "=" in text else text


def line_counts_columns(text: str) -> bool:
    """Whether a line numbers the columns and says no more: "(1) (2) (3)=(1)-(2)", and not "(70) (70)"."""
    found = [_mark(match[0]) for match in _IN_LINE.finditer(text)]
    return bool(found) and _rising(found) and not without_formulas(text)


def counts_columns(texts: Sequence[str], label: str = "") -> bool:
    """Whether the texts of a row count the columns: "(1)", "(2)", "(1)-(2)", or, without a label, "1", "2", "3"."""
    found = [_mark(text.strip()) for text in texts]
    if len(found) < FEWEST or not _rising(found):
        return False
    bare = all(mark is not None and mark.bare for mark in found)
    return not bare or (not label and found[0] == _Mark(1, bare=True) and texts[0].strip().isdigit())


def goes_on(texts: Sequence[str], below: Sequence[str]) -> bool:
    """Whether a formula breaks off among the texts of a row and the row below holds the rest: "A+B+C-" over "D"."""
    broken = any(re.search(rf"{_SIGN}\Z", text) and _mark(text) is not None for text in texts)
    return broken and all(_mark(text) is not None for text in below)


def _mark(text: str) -> _Mark | None:
    if (named := _NAMED.fullmatch(text)) is not None:
        number = named["number"]
        at = int(number) if number.isdigit() else ord(number.casefold()) - ord("a") + 1
        return _Mark(at, bare=not named["open"] and not named["formula"])
    return _Mark(None, bare=False) if _MADE.fullmatch(text) is not None else None


def _rising(found: Sequence[_Mark | None]) -> bool:
    """Whether all are marks, the first a number, and each number one more for each column since."""
    first = found[0].number if found[0] is not None else None
    return first is not None and all(
        mark is not None and mark.number in (None, first + at) for at, mark in enumerate(found)
    )
