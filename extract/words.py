"""The readers' vocabulary of shapes (`words.toml`) as compiled patterns and sets; nothing else reads the file."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files


@cache
def _table() -> dict[str, list[str]]:
    return tomllib.loads(files("extract").joinpath("words.toml").read_text(encoding="utf-8"))


@cache
def words(key: str) -> frozenset[str]:
    """The list of that name as a set, in lower case."""
    return frozenset(word.casefold() for word in _table()[key])


@cache
def any_of(key: str) -> str:
    """The list of that name, of regular expressions, as one alternative, longest first."""
    return "(?:" + "|".join(sorted(_table()[key], key=len, reverse=True)) + ")"


@cache
def starts_with(key: str) -> re.Pattern[str]:
    """A pattern that matches at the start of a line that opens with an expression of that list, any case."""
    return re.compile(r"\s*" + any_of(key), re.IGNORECASE)


@cache
def fully(key: str) -> re.Pattern[str]:
    """A pattern that matches a line that holds only an expression of that list, any case."""
    return re.compile(r"\s*" + any_of(key) + r"\s*\Z", re.IGNORECASE)


@cache
def within(key: str) -> re.Pattern[str]:
    """A pattern that finds an expression of that list anywhere, any case."""
    return re.compile(any_of(key), re.IGNORECASE)


DASH = r"[-–—−_‒]{1,2}"
_SIGN = r"(?:÷ ?|[-–—−+])"
_BLANK = "[\u00a0\u2007\u2009\u202f]"
_DIGITS = rf"(?:\d{{1,3}}(?:\.\d{{3}})+|\d{{1,3}}(?:{_BLANK}\d{{3}})+|\d+)(?:,\d+)?"
_MARK = r"(?:\*{1,3}|[¹²³]|\d\))?"
NUMBER = rf"(?:\({_SIGN}?{_DIGITS}\)|{_SIGN}?{_DIGITS}[-−–]?|{_SIGN}?\d*[½¼¾])(?:%)?{_MARK}"
QUANTITY = rf"(?:[Cc]a\. )?{NUMBER}(?: ?{any_of('units')}(?!\w))?(?: (?:pr\.?|per|om) \w+)?\*{{0,3}}"
FIGURE = re.compile(rf"(?:{DASH}|{NUMBER})\Z")
ITEM = re.compile(rf"(?:{QUANTITY}|{DASH})(?=\s|\Z)")

YEAR = re.compile(
    rf"(?:{any_of('year_prefixes')}[ .-]?)?(?P<year>(?:19|20)\d\d)"
    rf"(?:[-–/](?:20)?\d\d)?(?:\s{any_of('year_suffixes')})?\*{{0,3}}(?![\w,.])(?!\s*[-–]?\s*(?:p/|pl\b|p\.l|pris))",
    re.IGNORECASE,
)
HEADER_ITEM = re.compile(rf"(?:{YEAR.pattern}|(?:{any_of('value_headers')})(?=\s|\Z))", re.IGNORECASE)
