"""What heads a column of figures: a year in any notation, a span of years, a year with a name, what lies outside them.

`read_year` reads the text of one header cell; `year_items` finds the headers of columns in a line of text.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from lexicon.characters import SUPERSCRIPTS
from lexicon.data import YearsData, alternatives, load
from lexicon.folding import fold_label
from lexicon.units import without_unit_behind

#: Four digits that may be a year, as part of an expression; `read_year` says what a header's year is.
YEAR = r"(?:19|20)\d\d"
#: The name of a month, likewise.
MONTH = r"(?:januar|februar|marts|april|maj|juni|juli|august|september|oktober|november|december)"
_PRICES = r"(?!\s*[-–]?\s*(?:p/|pl\b|p\.l|pris(?:er|erne|niveau)?(?![-\w])|niveau))"  # behind a price level's year
_MARKS = rf"(?:\*{{1,3}}\)?|\d\)|[{SUPERSCRIPTS}]+)?"  # a footnote's, behind a year
_LAST = r"(?:\s?[-–/]\s?(?P<last>(?:20)?\d\d)(?!\d))?"


@dataclass(frozen=True, slots=True)
class YearHeader:
    """A year that heads a column; `last` where it is a span ("2026/27"), `onwards` where it stands for all later years
    too ("2028 og frem"), `name` what it says besides the year ("Rådighedsbeløb 2026")."""

    year: int
    last: int | None = None
    onwards: bool = False
    name: str | None = None


@cache
def _data() -> YearsData:
    return load("years", YearsData)


@cache
def _dated() -> re.Pattern[str]:
    data = _data()
    return re.compile(
        rf"(?:{alternatives(data.notations + data.cell_notations)}[ .:-]*)?\(?(?P<year>{YEAR}){_LAST}\)?"
        rf"(?:[ ,.-]*(?P<suffix>{alternatives(data.suffixes)}))?\s?{_MARKS}\.?",
        re.IGNORECASE,
    )


@cache
def _short() -> re.Pattern[str]:
    notations = alternatives(_data().notations + _data().cell_notations)
    return re.compile(rf"(?:{notations}[ -]*'?|')(?P<short>[0-4]\d)", re.IGNORECASE)


_NAMED = re.compile(rf"(?P<name>[^\W\d_][^\d,;:()]{{1,40}}?)[ .:-]+(?P<rest>\S*{YEAR}.*)")
_NAMED_BEHIND = re.compile(rf"(?P<rest>{YEAR})[ :-]+(?P<name>[^\W\d_][^\d,;:()]{{2,40}})")
_MOST_NAME_WORDS = 4
_LEAST_LETTERS = 3  # of the first word of a name; of several with a capital one less ("Ny ramme 2026")


@lru_cache(maxsize=8192)
def read_year(header: str) -> YearHeader | None:
    """The year that a column's header names, in any notation and with or without a name; None where it names none.

    "Før 2026", "Senere" and "efter 2028" are none, nor are dates and price levels.
    """
    header = without_unit_behind(header.strip())
    folded = fold_label(header)
    if match := _dated().fullmatch(folded):
        return _header(match)
    if match := _short().fullmatch(folded):
        return YearHeader(2000 + int(match["short"]))
    if is_outside_years(header):
        return None
    plain = " ".join(header.split()).rstrip(" .:;,")
    for pattern in (_NAMED, _NAMED_BEHIND):
        if (found := pattern.fullmatch(plain)) and _is_name(found["name"]):
            inner = _dated().fullmatch(fold_label(found["rest"]))
            if inner is not None:
                whole = _header(inner)
                return YearHeader(whole.year, whole.last, whole.onwards, found["name"].strip(" -–"))
    return None


def _is_name(text: str) -> bool:
    words = text.casefold().split()
    if not 0 < len(words) <= _MOST_NAME_WORDS:
        return False
    if len(words[0]) < _LEAST_LETTERS - (len(words) > 1 and text[0].isupper()):  # "d. 2026", "I alt 2026"
        return False
    return all(word.strip(".,-") not in _data().no_names and word not in _data().no_names for word in words)


def _header(match: re.Match[str]) -> YearHeader:
    year = int(match["year"])
    last = match["last"]
    return YearHeader(
        year, None if last is None else year // 100 * 100 + int(last[-2:]), onwards=match["suffix"] is not None
    )


@lru_cache(maxsize=65_536)
def is_year(text: str) -> bool:
    """Whether a text is a year or a span of years in a known notation or under a known name, wherever it stands."""
    if "19" not in text and "20" not in text:
        return False
    match = _in_line().fullmatch(without_unit_behind(text.strip()))
    return match is not None and match["year"] is not None


@cache
def _outside() -> re.Pattern[str]:
    return re.compile(alternatives(_data().outside), re.IGNORECASE)


@lru_cache(maxsize=4096)
def is_outside_years(header: str) -> bool:
    """Whether a header names the amounts before the first or after the last year column ("Tidl. år", "Senere")."""
    return _outside().fullmatch(fold_label(header)) is not None


@cache
def _in_line() -> re.Pattern[str]:
    data = _data()
    before, last = alternatives(data.notations + data.names), _LAST.replace("P<last>", ":")
    year = (
        rf"(?:{before}[ .-]?)?(?<!\d)(?P<year>{YEAR}){last}"
        rf"(?:\s{alternatives(data.suffixes)})?{_MARKS}(?![\w,.]){_PRICES}"
    )
    return re.compile(
        rf"(?:{alternatives(data.outside)}(?=\s|\Z)|{year}|{alternatives(data.values)}(?=\s|\Z))", re.IGNORECASE
    )


def column_at(line: str, start: int) -> tuple[int, int | None] | None:
    """Where the column's header that begins there ends, and the year it names; None where none begins there."""
    match = _in_line().match(line, start)
    if match is None or match.end() == start:
        return None
    return match.end(), int(match["year"]) if match["year"] else None


def columns_in(line: str) -> list[tuple[int, int, int | None]]:
    """The headers of columns in a line of text: where each begins and ends, and the year it names."""
    return [
        (m.start(), m.end(), int(m["year"]) if m["year"] else None)
        for m in _in_line().finditer(line)
        if m.end() > m.start()
    ]


@lru_cache(maxsize=8192)
def is_column_header(text: str) -> bool:
    """Whether the text is a year's or another column of figures' header, and nothing else."""
    return _in_line().fullmatch(text.strip()) is not None


@cache
def _values() -> re.Pattern[str]:
    return re.compile(rf"(?<!\S){alternatives(_data().values)}(?=\s|\Z)", re.IGNORECASE)


@cache
def _phrases() -> re.Pattern[str]:
    return re.compile(alternatives(_data().phrases), re.IGNORECASE)


def names_column(text: str) -> bool:
    """Whether a text is a column's known name of several words: "Forventet regnskab"."""
    return _phrases().fullmatch(text.strip()) is not None


def value_columns_in(line: str) -> list[tuple[int, int]]:
    """Where headers of columns that are no years ("I alt") stand in a line of text."""
    return [m.span() for m in _values().finditer(line)]


_OPEN_SPAN = re.compile(rf"(?<!\d){YEAR}\s?[-–/]\Z")
_SPAN_END = re.compile(rf"[A-Z]?{YEAR}|\d\d")


def opens_span(header: str) -> bool:
    """Whether a header breaks off within a span of years: "Vækst R2025-"."""
    return _OPEN_SPAN.search(header) is not None


def ends_span(header: str, end: str) -> bool:
    """Whether a header breaks off within a span of years ("Sum 2027-") that this text ends ("30")."""
    return _SPAN_END.fullmatch(end) is not None and _OPEN_SPAN.search(header) is not None


def single_year(header: str) -> YearHeader | None:
    """`read_year`, for a header that names one year and no span of years."""
    found = read_year(header)
    return found if found is not None and found.last is None else None


_DATE = re.compile(r"\d{1,2}\. ?\d{1,2}\. ?(?:\d\d)?\d\d")


def is_date(text: str) -> bool:
    """Whether a text is a date in figures and nothing else, as a balance's columns are named: "31.12.2026"."""
    return _DATE.fullmatch(text.strip()) is not None


_DAY_OF_MONTH = re.compile(r"(?<![\d/])\d{1,2}/\d{1,2}\Z|\d{1,2}\. ?" + MONTH + r"\Z", re.IGNORECASE)


def opens_date(header: str) -> bool:
    """Whether a header breaks off at a day of a month, whose year follows: "1/1-31/7", "pr. 31. marts"."""
    return _DAY_OF_MONTH.search(header) is not None


_ANYWHERE = re.compile(rf"(?<!\d){YEAR}(?!\d)")
_PRICED = re.compile(
    rf"{YEAR}\s?[-–]?\s?(?:\(?p\.?/?l|\(?pl\b|niveau|pris)|(?:p\.?/?l|pl|prisniveau|priser)\.?\s?{YEAR}", re.IGNORECASE
)


def years_in(text: str) -> list[str]:
    """The years that a text names anywhere, those of prices among them."""
    return _ANYWHERE.findall(text)


def without_years(text: str) -> str:
    """A header's words without its years: "Budget 2026" says "Budget"."""
    return _ANYWHERE.sub("", text).strip()


def without_price_years(text: str) -> str:
    """A text without the years of its price levels: "1.000 kr., 2026-priser 2027" keeps 2027."""
    return _PRICED.sub("", text)
