"""Danish figures: what prints such as `-1.000`, `(250)`, `kr. 1.250,-`, `0,62 mio. kr.`, `½` or `–` are and say.

`parse_figure` reads the text of one printed cell: the value as `Decimal`, in the unit printed beside it (or, where none
is, in the table's unit), with the sign as printed.  Words, dates, ranges and cells that mix words and figures are no
figures: it gives None for them and never guesses.  `figure_at` and `figures_in` find figures in a line of text whose
columns are parted by blanks.  Both are made of one grammar; they differ only in which blank may stand inside a figure.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cache, lru_cache

from lexicon.characters import BLANKS, DASHES, FRACTIONS, HARD_BLANKS, MINUS, SUPERSCRIPTS
from lexicon.data import FiguresData, alternatives, load


class FigureUnit(StrEnum):
    """The unit printed beside a figure."""

    KR = "kr"
    TKR = "tkr"
    MIO = "mio"
    MIA = "mia"
    PERCENT = "percent"
    YEARS = "years"
    FTE = "fte"
    MONTHS = "months"
    HOURS = "hours"
    PIECES = "pieces"

    @property
    def factor(self) -> int | None:
        """How many kroner one of it is; None where it is not money."""
        return next((unit.factor for unit in _data().unit if unit.name == self.value), None)


@dataclass(frozen=True, slots=True)
class Figure:
    """One printed figure.

    `value` and `half_step` are in `unit` where one is printed beside the figure, else in the table's unit.  `half_step`
    is half a unit of the last printed digit (zeros at the end of an integer are taken as meant); a dash and a fraction
    sign are exact.  `other` is the second reading of a print that has two: `1.000` may be a thousand or one with three
    decimals, and only its column can tell.  `approximate` is a figure that says so itself ("ca. 250").
    """

    value: Decimal
    half_step: Decimal
    printed: str
    is_dash: bool = False
    unit: FigureUnit | None = None
    footnotes: tuple[str, ...] = ()
    other: Decimal | None = None
    approximate: bool = False
    implied: bool = False  # ",-" alone says kroner: there are no øre, in a table of thousands neither
    rate: bool = False  # so much for each: "5.000 kr. pr. år"


@dataclass(frozen=True, slots=True)
class _Number:
    value: Decimal
    decimals: int
    other: Decimal | None


def _number_source(inside: str) -> str:
    """A number without its sign; `inside` are the blanks that may part its groups of digits."""
    return (
        rf"(?:\d{{1,3}}(?:[{inside}]?[.][{inside}]?\d{{3}})+(?:,\d+)?"  # 1.000 or 1.234.567,5 (also split: "1. 000")
        rf"|\d{{1,3}}(?:[{inside}]\d{{3}})+(?:,\d+)?"  # 1 000
        r"|\d{1,3}(?:['’]\d{3})+(?:[.,]\d+)?"  # 1'000
        r"|\d{1,3}(?:,\d{3})+[.]\d+"  # 1,234.5
        r"|\d{1,3}(?:,\d{3}){2,}"  # 1,234,567
        r"|\d+(?:[.,]\d+)?"  # 1333  0,62  6.45
        r"|[.,]\d+)"
    )


NUMBER = _number_source(BLANKS)
"""A number without its sign as a cell prints it, as the source of a regular expression (no groups of its own)."""

MARK = rf"(?:\*+\)?|[{SUPERSCRIPTS}]+|(?:(?<=[\d,%.-])|(?<=\s)|\A)\d{{1,2}}\)|\([a-z*]\)|(?<=\d)[a-e]\)|[†‡§¤#])"
"""A footnote's mark behind a figure or a label."""


@cache
def _data() -> FiguresData:
    return load("figures", FiguresData)


def _figure_source(inside: str, apart: str, signed: str, bracket: str) -> str:
    """The grammar of a figure.

    `inside` may part its digits, `apart` it and its unit, `signed` its sign and it; `bracket` may close after its unit.
    """
    data = _data()
    units = "|".join(f"(?P<{unit.name}>{unit.pattern})" for unit in data.unit)
    currency, number = alternatives(data.currency), _number_source(inside)
    return "".join(
        (
            rf"(?:(?:[{SUPERSCRIPTS}]+|\*+|\d{{1,2}}\)\s)\s*)?",  # a footnote's mark set before it
            rf"(?:(?P<approximate>{alternatives(data.approximate)})\s?)?",
            rf"(?:(?P<before>{currency}){apart})?",
            rf"(?P<open>\({signed})?",
            rf"(?:(?P<sign>[{MINUS}+]{signed}|÷{apart}))?",
            rf"(?:(?P<currency>{currency}){apart})?",
            rf"(?:(?P<number>{number})?{apart}(?P<fraction>[{''.join(FRACTIONS)}])|(?P<plain>{number}))",
            rf"(?P<nodecimals>,[{MINUS}]{{1,2}})?",
            rf"(?P<trailing>{signed}[{MINUS}](?![\d,]))?",
            rf"(?P<close>{signed}\))?",
            rf"(?:{apart}(?:{units})(?!\w))?",
            rf"(?P<rate>\s(?:{alternatives(data.per)}))?",
            rf"(?P<bracket>{bracket})?",
            rf"(?P<marks>(?:{apart}{MARK})*)",
        )
    )


_DASH_SOURCE = rf"[{DASHES}](?:[{BLANKS}]*[{DASHES}]){{0,2}}(?P<nilmarks>[{BLANKS}]*(?:\*+|[{SUPERSCRIPTS}]+))?"


@cache
def _cell() -> re.Pattern[str]:
    apart = f"[{BLANKS}]*"
    return re.compile(_figure_source(BLANKS, apart, apart, r"\)"), re.IGNORECASE)


@cache
def _in_line() -> re.Pattern[str]:
    figure = _figure_source(HARD_BLANKS, rf"(?:[{HARD_BLANKS}]| (?! ))?", f"[{HARD_BLANKS}]?", r"(?!)")
    # a stroke behind it: the cell goes on in another line ("½ årsværk/" over "-310")
    return re.compile(rf"(?<!\S)(?:{figure}/?|[{DASHES}]{{1,2}})(?=\s|\Z)", re.IGNORECASE)


_GROUPING = re.compile(rf"[{BLANKS}'’]")
_ENGLISH = re.compile(r"\d{1,3}(?:,\d{3})+[.]\d+|\d{1,3}(?:,\d{3}){2,}")
#: An amount with full stops between its thousands, as part of an expression; `parse_figure` reads figures.
GROUPED = r"\d{1,3}(?:\.\d{3})+"
#: One whose full stops stand behind a gap of kerning: "6 .250".
TORN = re.compile(r"(?<![\d.,])\d{1,3}(?: \.\d{3})+(?![\d.])")
_DOTTED = re.compile(rf"{GROUPED}(?:,\d+)?")
_MARKS = re.compile(MARK, re.IGNORECASE)
_DASH = re.compile(_DASH_SOURCE)
_BARE = re.compile(NUMBER)


def is_dash(text: str) -> bool:
    """Whether the text is a lone dash or underscore: a printed nil, or an empty text cell."""
    return _DASH.fullmatch(text.strip()) is not None


def is_figure(text: str) -> bool:
    """Whether the text is one printed figure, a rate or a nil, and nothing else."""
    return _read(text) is not None


def is_number(text: str) -> bool:
    """Whether the text is one printed figure or a rate, with digits: no nil."""
    figure = _read(text)
    return figure is not None and not figure.is_dash


_STOPLESS = re.compile(rf"[{MINUS}(]?\d{{4,}}(?:,\d+)?\)?")
_STOPPED = re.compile(rf"[{MINUS}(]?[{BLANKS}]*\d{{1,3}}(?:\.\d{{3}})+(?:,\d+)?\)?")
_PARTED = re.compile(rf"\d[{BLANKS}]+\d")
_SIGN_APART = re.compile(rf"[{MINUS}][{BLANKS}]+\d")


def is_stopless(printed: str) -> bool:
    """Whether a figure of a thousand or more is printed without anything between its thousands."""
    return _STOPLESS.fullmatch(printed) is not None


def has_stops(printed: str) -> bool:
    """Whether a figure is printed with full stops between its thousands."""
    return _STOPPED.fullmatch(printed) is not None


def has_blanks(printed: str) -> bool:
    """Whether a figure is printed with blanks between its digits, as two figures may be."""
    return _PARTED.search(printed) is not None


def sign_apart(printed: str) -> bool:
    """Whether a blank stands between a figure and its minus, which may as well be a nil beside it."""
    return _SIGN_APART.match(printed) is not None


_FOREIGN = re.compile(r"(?:US)?[$£€]\s?")
FOREIGN_SIGNS = frozenset(("$", "£", "€", "US$"))
"""Words that are the sign of another currency and nothing else: "$" at the left edge of a figure's cell."""


def stands_as_figure(text: str) -> bool:
    """Whether the text is a figure, or stands as one in a column and is none of a case's: an amount in another
    currency, or from one amount to another ("1,35 - 1,42"; without decimals or thousands it may be a label)."""
    if is_figure(text) or is_number(_FOREIGN.sub("", text, count=1)):
        return True
    found = _SPREAD.fullmatch(text)
    return found is not None and is_number(found[1]) and is_number(found[2])


_SPREAD = re.compile(rf"(\d+[.,][\d.,]*)\s?[{DASHES}]\s?(\d+[.,][\d.,]*)")


_HEAD = re.compile(rf"\(?[{MINUS}+]?\d{{1,3}}")
_GROUP = re.compile(rf"\d{{3}}(?:,\d+)?[{MINUS})%*{SUPERSCRIPTS}]*")


def opens_groups(text: str) -> bool:
    """Whether a word can be the first group of a number whose thousands are parted by blanks: "1", "-12"."""
    return _HEAD.fullmatch(text) is not None


def is_group(text: str) -> bool:
    """Whether a word can be a later group of such a number: "000", "250)"."""
    return _GROUP.fullmatch(text) is not None


_TORN = re.compile(rf"[{MINUS}]?(?:0\d|\.\d{{3}}(?!\d))")


def is_torn(text: str) -> bool:
    """Whether a printed figure is the end of a longer one, whose beginning stands elsewhere: "000", "071", ".240"."""
    return _TORN.match(text) is not None


_SIGN = re.compile(f"[{MINUS}]")


def is_sign(text: str) -> bool:
    """Whether a word is a minus and nothing else."""
    return _SIGN.fullmatch(text) is not None


def own_unit(text: str) -> FigureUnit | None:
    """The unit that a figure or a rate has printed beside it; None where it is none or has none."""
    figure = _read(text)
    return figure.unit if figure is not None else None


def figure_at(line: str, start: int) -> int | None:
    """Where the figure or nil that begins there ends, in a line whose columns are parted by blanks; None for none."""
    match = _in_line().match(line, start)
    return match.end() if match is not None and match.end() > start and _balanced(match) else None


def figures_in(line: str, start: int = 0) -> list[tuple[int, int]]:
    """Where the figures and nils of a line begin and end, from `start` on."""
    return [m.span() for m in _in_line().finditer(line, start) if m.end() > m.start() and _balanced(m)]


def _balanced(match: re.Match[str]) -> bool:
    """Whether a bracket that opens closes, and only one sign is printed."""
    closed = bool(match["close"]) + bool(match["bracket"])
    twice = _signed(match) and (match["trailing"] or match["open"])
    return bool(match["open"]) == bool(closed) and closed < 2 and not twice


def _signed(match: re.Match[str]) -> bool:
    """Whether a minus stands before the figure."""
    return (match["sign"] or "+").strip() != "+"


def parse_figure(text: str) -> Figure | None:
    """The figure a cell prints, or None for a blank, for words, dates, ranges and mixtures of words and figures.

    A rate ("5.000 kr. pr. år") is a price and no amount of its row: None too.

    >>> parse_figure("-1.000").value, parse_figure("0,62 mio. kr.").half_step
    (Decimal('-1000'), Decimal('0.005'))
    """
    figure = _read(text)
    return None if figure is None or figure.rate else figure


@lru_cache(maxsize=65_536)
def _read(text: str) -> Figure | None:
    printed = text.strip()
    if not printed:
        return None
    if dash := _DASH.fullmatch(printed):
        return Figure(
            Decimal(0), Decimal(0), printed, is_dash=True, footnotes=tuple(_MARKS.findall(dash["nilmarks"] or ""))
        )
    if not any(c.isdigit() or c in FRACTIONS for c in printed):
        return None
    match = _cell().fullmatch(printed)
    if match is None or not _balanced(match):  # "(-250)" is two negations; nobody can say what is meant
        return None
    return _figure(match, printed)


def _figure(match: re.Match[str], printed: str) -> Figure:
    source = match["plain"] or match["number"]
    number = _number(source) if source else _Number(Decimal(0), 0, None)
    fraction = Decimal(FRACTIONS[match["fraction"]]) if match["fraction"] else None
    factor = -1 if match["open"] or match["trailing"] or _signed(match) else 1
    half_step = Decimal(0) if fraction is not None else Decimal(5).scaleb(-number.decimals - 1)
    unit, implied = _unit(match)
    return Figure(
        value=(number.value + (fraction or 0)) * factor,
        half_step=half_step,
        printed=printed,
        unit=unit,
        implied=implied,
        footnotes=tuple(m[0] for m in _MARKS.finditer(printed, match.start("marks"))),
        other=number.other * factor if number.other is not None and fraction is None else None,
        approximate=match["approximate"] is not None,
        rate=match["rate"] is not None,
    )


def _unit(match: re.Match[str]) -> tuple[FigureUnit | None, bool]:
    """The unit printed beside a figure, and whether no more than ",-" says that it is kroner."""
    for unit in _data().unit:
        if match[unit.name]:
            return FigureUnit(unit.name), False
    if match["before"] or match["currency"]:
        return FigureUnit.KR, False
    return (FigureUnit.KR, True) if match["nodecimals"] else (None, False)


def parse_number(text: str) -> Decimal | None:
    """The value of a bare number as `NUMBER` matches it (no sign, no unit); None where it is none."""
    return _number(text).value if _BARE.fullmatch(text) else None


def decimals_of(text: str) -> int:
    """How many decimals a bare number prints, by the Danish reading."""
    return _number(text).decimals


def _number(source: str) -> _Number:
    """Reads a number by the Danish habit: dot or blank between thousands, comma before decimals."""
    compact = _GROUPING.sub("", unicodedata.normalize("NFKC", source))
    other: Decimal | None = None
    if _ENGLISH.fullmatch(compact):  # English print
        whole, _, decimals = compact.replace(",", "").partition(".")
    elif _DOTTED.fullmatch(compact):
        whole, _, decimals = compact.replace(".", "").partition(",")
        if compact.count(".") == 1 and not decimals:
            other = Decimal(compact)
    else:
        whole, _, decimals = compact.replace(".", ",").partition(",")
        if "," in compact and len(decimals) == 3 and 1 <= len(whole) <= 3 and whole != "0":
            other = Decimal(whole + decimals)
    return _Number(Decimal(f"{whole or '0'}.{decimals}" if decimals else whole), len(decimals), other)
