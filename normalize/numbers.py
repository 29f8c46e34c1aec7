"""Danish figures: what a cell such as `-1.000`, `(250)`, `0,62 mio. kr.`, `½` or `–` says, exactly.

In: the text of one printed cell.  Out: a `Figure` with the value as `Decimal`, in the unit printed beside it (or, where
none is, in the table's unit), with the sign as printed.  Words, dates, ranges and cells that mix words and figures are
no figures: `parse_figure` gives None for them and never guesses.
"""

from __future__ import annotations

import unicodedata
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache

import regex

from extract.records import record

BLANKS = "\\s\u00a0\u2000-\u200b\u202f\u205f\u2060\u3000\ufeff"
"""Every blank a producer puts between groups of digits, as the inside of a character class."""

MINUS = "-\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u00f7\ufe63\uff0d"
"""Hyphens, dashes and the Danish `÷`, all printed for minus, as the inside of a character class."""

DASHES = "-_\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe63\uff0d"
"""What stands alone for nil."""

SUPERSCRIPTS = "\u00b9\u00b2\u00b3\u2070\u2074-\u2079"

FRACTIONS = {"½": "0.5", "¼": "0.25", "¾": "0.75", "⅕": "0.2", "⅖": "0.4", "⅗": "0.6", "⅘": "0.8", "⅛": "0.125"}

NUMBER = (
    rf"(?:\d{{1,3}}(?:[{BLANKS}]?[.][{BLANKS}]?\d{{3}})+(?:,\d+)?"  # 1.000 or 1.234.567,5 (also split: "1. 000")
    rf"|\d{{1,3}}(?:[{BLANKS}]\d{{3}})+(?:,\d+)?"  # 1 000
    r"|\d{1,3}(?:'\d{3})+(?:[.,]\d+)?"  # 1'000
    r"|\d{1,3}(?:,\d{3})+[.]\d+"  # 1,234.5
    r"|\d{1,3}(?:,\d{3}){2,}"  # 1,234,567
    r"|\d+(?:[.,]\d+)?"  # 1333  0,62  6.45
    r"|[.,]\d+)"
)
"""A number without its sign, as the source of a regular expression (no groups of its own)."""

_MARKS = rf"(?:[{BLANKS}]*(?:\*+|[{SUPERSCRIPTS}]+|\d\)|\([a-z*]\)|[†‡§¤#]))*"
_UNITS: tuple[tuple[str, str], ...] = (
    ("mia", r"(?:mia|milliard(?:er)?)\.?\s*(?:kr|kroner|dkk)?\.?"),
    ("mio", r"(?:mio|mill|million(?:er)?)\.?\s*(?:kr|kroner|dkk)?\.?"),
    ("tkr", r"(?:t\.?\s*kr|tkr|t\.?\s*dkk|tusinde?\s*(?:kr|kroner))\.?"),
    ("kr", r"(?:(?:hele\s+)?kr|kroner|dkk)\.?|,-|,—|,–"),
    ("percent", r"%|pct\.?|procent"),
    ("years", r"år\.?"),
    ("fte", r"(?:årsværk|åv|fuldtidsstillinger|fuldtidspersoner)\.?"),
)
_UNIT = "|".join(f"(?P<{name}>{source})" for name, source in _UNITS)
_FIGURE = regex.compile(
    rf"""
    (?P<open>\()?[{BLANKS}]*
    (?:(?P<before>kr|dkk)\.?[{BLANKS}]+)?
    (?P<sign>[{MINUS}+])?[{BLANKS}]*
    (?:(?P<number>{NUMBER})?[{BLANKS}]*(?P<fraction>[{"".join(FRACTIONS)}])|(?P<plain>{NUMBER}))
    (?P<trailing>[{BLANKS}]?[{MINUS}](?![\d,]))?
    [{BLANKS}]*(?:{_UNIT})?
    [{BLANKS}]*(?P<close>\))?
    (?P<marks>{_MARKS})
    """,
    regex.VERBOSE | regex.IGNORECASE,
)
_GROUPING = regex.compile(rf"[{BLANKS}']")
_ENGLISH = regex.compile(r"\d{1,3}(?:,\d{3})+[.]\d+|\d{1,3}(?:,\d{3}){2,}")
_DOTTED = regex.compile(r"\d{1,3}(?:[.]\d{3})+(?:,\d+)?")
_MARK = regex.compile(rf"\*+|[{SUPERSCRIPTS}]+|\d\)|\([a-z*]\)|[†‡§¤#]", regex.IGNORECASE)
_DASH = regex.compile(rf"[{DASHES}](?:[{BLANKS}]*[{DASHES}])*(?P<marks>[{BLANKS}]*(?:\*+|[{SUPERSCRIPTS}]+))?")


class FigureUnit(StrEnum):
    """The unit printed beside a figure."""

    KR = "kr"
    TKR = "tkr"
    MIO = "mio"
    MIA = "mia"
    PERCENT = "percent"
    YEARS = "years"
    FTE = "fte"

    @property
    def factor(self) -> int | None:
        """How many kroner one of it is; None where it is not money."""
        return {"kr": 1, "tkr": 1_000, "mio": 1_000_000, "mia": 1_000_000_000}.get(self.value)


@record
class Figure:
    """One printed figure.

    `value` and `half_step` are in `unit` where one is printed beside the figure, else in the table's unit.  `half_step`
    is half a unit of the last printed digit (zeros at the end of an integer are taken as meant); a dash and a fraction
    sign are exact.  `other` is the second reading of a print that has two: `1.000` may be a thousand or one with three
    decimals, and only its column can tell.
    """

    value: Decimal
    half_step: Decimal
    printed: str
    is_dash: bool = False
    unit: FigureUnit | None = None
    footnotes: tuple[str, ...] = ()
    other: Decimal | None = None


@record
class _Number:
    value: Decimal
    decimals: int
    other: Decimal | None


def is_dash(text: str) -> bool:
    """Whether the text is a lone dash or underscore: a printed nil, or an empty text cell."""
    return _DASH.fullmatch(text.strip()) is not None


@lru_cache(maxsize=32_768)
def parse_figure(text: str) -> Figure | None:
    """The figure a cell prints, or None for a blank, for words, dates, ranges and mixtures of words and figures.

    >>> parse_figure("-1.000").value, parse_figure("0,62 mio. kr.").half_step
    (Decimal('-1000'), Decimal('0.005'))
    """
    printed = text.strip()
    if not printed:
        return None
    if dash := _DASH.fullmatch(printed):
        marks = tuple(_MARK.findall(dash["marks"] or ""))
        return Figure(Decimal(0), Decimal(0), printed, is_dash=True, footnotes=marks)
    if not any(c.isdigit() or c in FRACTIONS for c in printed):
        return None
    match = _FIGURE.fullmatch(printed)
    if match is None or bool(match["open"]) != bool(match["close"]) or (match["sign"] and match["trailing"]):
        return None
    source = match["plain"] or match["number"]
    number = _number(source) if source else _Number(Decimal(0), 0, None)
    fraction = Decimal(FRACTIONS[match["fraction"]]) if match["fraction"] else None
    negative = bool(match["open"]) or bool(match["trailing"]) or match["sign"] not in (None, "+")
    factor = -1 if negative else 1
    if match["open"] and match["sign"] not in (None, "+"):
        return None  # "(-250)": two negations; nobody can say what is meant
    half_step = Decimal(0) if fraction is not None else Decimal(5).scaleb(-number.decimals - 1)
    unit = next((FigureUnit(name) for name, _ in _UNITS if match[name]), None)
    return Figure(
        value=(number.value + (fraction or 0)) * factor,
        half_step=half_step,
        printed=printed,
        unit=unit or (FigureUnit.KR if match["before"] else None),
        footnotes=tuple(_MARK.findall(match["marks"] or "")),
        other=number.other * factor if number.other is not None and fraction is None else None,
    )


def parse_number(text: str) -> Decimal | None:
    """The value of a bare number as `NUMBER` matches it (no sign, no unit); None where it is none."""
    return _number(text).value if regex.fullmatch(NUMBER, text) else None


def decimals_of(text: str) -> int:
    """How many decimals a bare number prints, by the Danish reading."""
    return _number(text).decimals


def _number(source: str) -> _Number:
    """Reads a number by the Danish habit: dot or blank between thousands, comma before decimals."""
    compact = _GROUPING.sub("", unicodedata.normalize("NFKC", source))
    if _ENGLISH.fullmatch(compact):  # English print
        whole, _, decimals = compact.replace(",", "").partition(".")
        return _Number(Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals), None)
    if _DOTTED.fullmatch(compact):
        whole, _, decimals = compact.replace(".", "").partition(",")
        single = compact.count(".") == 1 and not decimals
        return _Number(
            Decimal(f"{whole}.{decimals}" if decimals else whole), len(decimals), Decimal(compact) if single else None
        )
    whole, _, decimals = compact.replace(".", ",").partition(",")
    value = Decimal(f"{whole or '0'}.{decimals}" if decimals else whole)
    ambiguous = "," in compact and len(decimals) == 3 and 1 <= len(whole) <= 3 and whole != "0"
    return _Number(value, len(decimals), Decimal(whole + decimals) if ambiguous else None)
