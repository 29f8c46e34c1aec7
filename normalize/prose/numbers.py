"""Amounts, årsværk, price levels and payback times in a sentence.

In: one sentence.  Out: `Found` in print order: the value in kroner (money), in årsværk (FTE) or as a year (price
level), exact, with half a step of its last printed digit; the years it speaks of; and what the words beside it say.
A printed range ("35-60.000 kr.") is its middle, with half its width as the half step.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache

import regex

from extract.records import record
from lexicon.characters import FRACTIONS, MINUS
from lexicon.figures import NUMBER, decimals_of, parse_number
from lexicon.units import find_stated_unit
from lexicon.years import YEAR
from normalize.models import StatementKind
from normalize.prose.sentences import may_state, prose
from normalize.prose.years import DASH, Years, find_years, price_levels
from normalize.vocabulary.load import load


@record
class Found:
    """One amount of a sentence; offsets are within the sentence."""

    kind: StatementKind
    start: int
    end: int
    printed: str
    value: Decimal
    half_step: Decimal
    years: tuple[int, ...] = ()
    onwards: bool = False
    per_year: bool = False
    total: bool = False
    approximate: bool = False
    partly: bool = False  # the words say it is a share or an addition
    added: bool = False  # an addition, no share
    rate: bool = False  # the price of one of something
    rising: bool = False  # first or last of "-40 t.kr. stigende til -90 t.kr."


@cache
def _number_words() -> dict[str, Decimal]:
    table = load("prose")["numbers"]
    assert isinstance(table, dict)
    return {str(word): Decimal(str(value)) for word, value in table.items()}


@cache
def _amount() -> regex.Pattern[str]:
    words = "|".join(sorted(map(regex.escape, _number_words()), key=len, reverse=True))
    glyphs = "".join(FRACTIONS)
    one = rf"(?:{NUMBER})?\s?[{glyphs}]|\d/\d(?!\d)|{NUMBER}"
    return regex.compile(
        rf"""
        (?<![\p{{L}}\d.,/§])
        (?:(?P<before>(?:kr|dkk)\.?\s+(?=[{MINUS}]?\s?\d)))?
        (?:(?P<low>{NUMBER})(?:{DASH}|\s+til\s+|\s+og\s+)(?=\d))?
        (?:(?P<sign>[{MINUS}])\s?)?
        (?:(?P<number>{one})|(?P<word>\b(?:{words})\b))
        (?:
            (?P<mia>\s*(?:mia|milliard(?:er)?)\b\.?(?:\s*(?:kr|kroner)\b\.?)?)
          | (?P<mio>\s*(?:mio|mill?|million(?:er)?)\b\.?\s*(?:(?:kr|kroner|dkk)\b\.?))
          | (?P<barmio>\s*mio\b\.?
                (?=\s*(?:i|om|årligt|årlig|pr|til|fra|og|stigende|heraf)\b|\s*[,;)]|\s*$|\s+(?-i:\p{{Lu}})))
          | (?P<tkr>\s*(?:t\.?\s*kr|tkr|tusinde?\s+kr(?:oner)?|t\.?\s*dkk)\b\.?)
          | (?P<bart>\s*t\.(?=\s+(?:i|til|og|årligt|fra|om)\b))
          | (?P<kr>\s*(?:(?:hele\s+)?kr\b\.?(?:,-)?|kroner\b|dkk\b)|,-(?=\s|$))
          | (?P<fte>(?:\s+["'’”“]?(?!(?:i|til|og|på|af|fra|ad|kr|mio|år|timer|pct|pr|at|for|med)\b)[\p{{L}}-]+){{0,2}}?
                \s+["'’”“]?[\p{{L}}-]*(?:årsværk(?:et|ene|er)?|ÅV|åv|fuldtidsstilling(?:er)?|fuldtidsperson(?:er)?)\b)
          | (?P<none>(?=\s|[.,;)]|$))
        )
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


@cache
def _payback() -> regex.Pattern[str]:
    """ "tilbagebetalingstiden er 4 år", "tjener sig selv hjem på tre år", "efter 4 år er investeringen tjent hjem"."""
    words = "|".join(sorted(map(regex.escape, _number_words()), key=len, reverse=True))
    said = "|".join(prose("marks", "paid_back"))
    years = rf"(?<![\p{{L}}\d.,-])(?P<n>\d{{1,2}}(?:,\d+)?|{words})\s+år\b"
    return regex.compile(rf"(?:{said})[^.;:]{{0,60}}?{years}|{years}[^.,;:]{{0,60}}?(?:{said})", regex.IGNORECASE)


_CLAUSE = regex.compile(r"[,;(]|\bmen\b")
_PART = regex.compile(r"[;()]")
_PART_END = regex.compile(r"[;(]|,(?!\d)")
_TWICE = regex.compile(r"(?i)svarende til|svarer til|^\s*\(?=|^\s*eller\s*$|dvs\.")
_THOUSANDS = regex.compile(r"(?i)\bt\.?\s*kr\b")
_PART_OF = regex.compile(r"\d\s*(?:%|pct\.?|procent)\s+af\b[^.;]{0,60}$")  # "2 % af …": a base, not an amount granted
_ONE_OF = regex.compile(r"(?i)\W*(?:en|et|én|ét|hver|hvert)\s+\p{L}+\s+(?:koster|kan|vil|udgør)\b")  # the price of one
_FRACTION = regex.compile(r"\d/\d")
_SPREAD_OUT = regex.compile(r"(?i),\s*(?:\w+\s+)?(?:fordelt|fordeles|fordeler|i alt)\b[^,]*$")
_SPREAD = regex.compile(rf"(?i)\bfordelt (?:over|på) (?:årene|perioden|hele perioden|{YEAR})")
_THOUSAND = ("1.000", "1000")
_BEFORE_UNIT = len("i hele ")
_NEAR = 40  # letters beside an amount that may say of which years it is
_FACTORS = {"mia": 10**9, "mio": 10**6, "barmio": 10**6, "tkr": 1000, "bart": 1000, "kr": 1, "none": 1}


def find(sentence: str) -> list[Found]:
    """Everything a sentence states, in print order."""
    if not may_state(sentence):
        return []
    levels = [_level(m) for m in price_levels(sentence) if not _other_level(sentence[: m.start()])]
    amounts = _amounts(sentence)
    amounts = _with_years(sentence, amounts, find_years(sentence))
    amounts = _with_words(sentence, amounts)
    return sorted([*levels, *amounts, *_times(sentence)], key=lambda f: f.start)


def _times(sentence: str) -> list[Found]:
    return [_time(match) for match in _payback().finditer(sentence)] if "år" in sentence.casefold() else []


def _time(match: regex.Match[str]) -> Found:
    """A payback time; a range of years ("3-4 år") or a bound ("under 5 år") says nothing exact."""
    word = match["n"].casefold()
    value = _number_words().get(word) or parse_number(word) or Decimal(0)
    half = Decimal(5).scaleb(-decimals_of(word) - 1) if "," in word else Decimal(0)
    before = match.string[max(0, match.start("n") - 25) : match.start("n")]
    vague = _ends_with(before, "approximate") or _ends_with(before, "bounds")
    return Found(StatementKind.PAYBACK, match.start(), match.end(), f"{word} år", value, half, approximate=vague)


def _level(match: regex.Match[str]) -> Found:
    year = Decimal(match["a"] or match["b"])
    return Found(StatementKind.PRICE_LEVEL, match.start(), match.end(), match[0].strip(), year, Decimal(0))


def _other_level(before: str) -> bool:
    """Whether a price level is only the one in which the money will be paid out or was once counted."""
    clause = _CLAUSE.split(before)[-1]
    return _says("other_level", clause)


def _amounts(sentence: str) -> list[Found]:
    out: list[Found] = []
    thousands = _THOUSANDS.search(sentence) is not None
    at = 0
    while match := _amount().search(sentence, at):
        if _is_unit(match):
            at = match.end()
            continue
        found = _read(match) if match["bart"] is None or thousands else None
        if found is None:
            at = match.start() + 1
            while at < len(sentence) and sentence[at - 1].isdigit() and sentence[at].isdigit():
                at += 1
            continue
        out.append(found)
        at = match.end()
    return out


def _is_unit(match: regex.Match[str]) -> bool:
    """Whether it is the unit that figures stand in and no amount ("beløb i hele 1.000 kr.")."""
    before = match.string[max(0, match.start() - _BEFORE_UNIT) : match.end()]
    return match["number"] in _THOUSAND and find_stated_unit(before) is not None


def _read(match: regex.Match[str]) -> Found | None:
    unit = match.lastgroup  # the unit closes the pattern
    if unit is None or (unit == "none" and match["before"] is None):
        return None
    if match["word"] is not None and unit in ("kr", "none"):
        return None  # "en kr." is no amount anybody states
    value, half = _value(match)
    if value is None:
        return None
    kind = StatementKind.FTE if unit == "fte" else StatementKind.MONEY
    factor = Decimal(_FACTORS.get(unit, 1))
    if kind is StatementKind.FTE and half == Decimal("0.5"):
        half = Decimal(0)  # "3 årsværk" are three
    low = _low(match, value)
    approximate = False
    if match["low"] is not None:
        if low is None or low >= value or _is_year(match["low"], match["number"] or ""):
            return None
        value, half, approximate = (low + value) / 2, (value - low) / 2, True
    if match["sign"]:
        value = -value
    start = match.start("low") if match["low"] is not None else match.start()
    printed = " ".join(match[0].split())
    return Found(kind, start, match.end(), printed, value * factor, half * factor, approximate=approximate)


def _value(match: regex.Match[str]) -> tuple[Decimal | None, Decimal]:
    """The number's value, and half a unit of its last printed digit."""
    if match["word"] is not None:
        spoken = _number_words()[match["word"].casefold()]
        return spoken, Decimal("0.5") if spoken == spoken.to_integral_value() else Decimal(0)
    text = match["number"]
    if _FRACTION.fullmatch(text):
        top, bottom = Decimal(text[0]), Decimal(text[2])
        return (top / bottom).quantize(Decimal("0.0001")) if bottom else None, Decimal("0.0001")
    if text[-1] in FRACTIONS:
        whole = parse_number(text[:-1].strip()) if text[:-1].strip() else Decimal(0)
        return (whole + Decimal(FRACTIONS[text[-1]]) if whole is not None else None), Decimal(0)
    value = parse_number(text)
    return value, Decimal(5).scaleb(-decimals_of(text) - 1)


def _low(match: regex.Match[str], high: Decimal) -> Decimal | None:
    """The lower end of a range; "35-60.000" leaves out the lower one's thousands."""
    if match["low"] is None:
        return None
    low = parse_number(match["low"])
    cut = match["low"].isdigit() and "." in (match["number"] or "")
    return low * 1000 if low is not None and cut and low * 1000 < high else low


def _is_year(low: str, number: str) -> bool:
    """Whether the lower end of a range is the year of what stands before: "85.000 kr. i 2024 og 340.000 kr. i 2025"."""
    return regex.fullmatch(YEAR, low) is not None and regex.fullmatch(r"\d{4}", number) is None


Given = dict[int, Years]
"""Index of an amount → the years it speaks of."""


def _with_years(sentence: str, amounts: Sequence[Found], mentions: Sequence[Years]) -> list[Found]:
    """Each amount with the years it speaks of: those right behind it, else those right before it."""
    given = _behind(sentence, amounts, mentions)
    _before(amounts, mentions, given)
    _said_twice(sentence, amounts, given)
    _thereafter(sentence, amounts, given)
    lead = given.get(0)
    if (
        lead is not None and lead.start < amounts[0].start
    ):  # "I 2027-2029 afsættes 6,5 mio. kr. til …, samt 2,5 mio. kr."
        given = dict.fromkeys(range(len(amounts)), lead) | given
    out = [
        replace(a, years=given[n].years, onwards=given[n].onwards) if n in given else a for n, a in enumerate(amounts)
    ]
    return _respectively(sentence, out, mentions)


def _behind(sentence: str, amounts: Sequence[Found], mentions: Sequence[Years]) -> Given:
    """The first years between an amount and the next one, where nothing parts them from it."""
    given: Given = {}
    for n, amount in enumerate(amounts):
        limit = amounts[n + 1].start if n + 1 < len(amounts) else len(sentence)
        near = (y for y in mentions if amount.end <= y.start < limit and _clean_gap(sentence[amount.end : y.start]))
        years = next(near, None)
        if years is not None:
            given[n] = years
    return given


def _before(amounts: Sequence[Found], mentions: Sequence[Years], given: Given) -> None:
    """The last years between an amount and the one before it, where they are not that one's."""
    taken = {years.start for years in given.values()}
    floor = 0
    for n, amount in enumerate(amounts):
        free = [y for y in mentions if floor <= y.start and y.end <= amount.start and y.start not in taken]
        if free:
            given.setdefault(n, free[-1])
        floor = amount.end


def _said_twice(sentence: str, amounts: Sequence[Found], given: Given) -> None:
    """ "0,4 årsværk eller 210 t.kr.": one thing said twice has one date."""
    for n in range(1, len(amounts)):
        if not _TWICE.search(sentence[amounts[n - 1].end : amounts[n].start]):
            continue
        if n not in given and n - 1 in given:
            given[n] = given[n - 1]
        elif n in given and n - 1 not in given and given[n].start > amounts[n].start:
            given[n - 1] = given[n]


def _thereafter(sentence: str, amounts: Sequence[Found], given: Given) -> None:
    """ "0,9 mio. kr. i 2027 og herefter 1,8 mio. kr.": the second is of the years after the first's."""
    for n in range(1, len(amounts)):
        first = given.get(n - 1)
        if n in given or first is None or first.onwards:
            continue
        around = sentence[amounts[n - 1].end : amounts[n].start][-_NEAR:]
        behind = _PART_END.split(sentence[amounts[n].end :], maxsplit=1)[0][:_NEAR]
        if _says("thereafter", f"{around} \x1f {behind}"):
            given[n] = Years(first.start, first.end, (max(first.years) + 1,), onwards=True)


def _clean_gap(gap: str) -> bool:
    """Whether years behind an amount are its own: nothing in between begins another thought."""
    if len(gap) > 80 or "%" in gap:
        return False
    return "," not in gap or _SPREAD_OUT.search(gap) is not None


def _respectively(sentence: str, amounts: list[Found], mentions: Sequence[Years]) -> list[Found]:
    """ "40 t.kr. og 90 t.kr. i hhv. 2027 og 2028": the n-th amount is the n-th year's."""
    for years in mentions:
        before = [n for n, a in enumerate(amounts) if a.end <= years.start]
        words = sentence[amounts[before[-1]].end : years.start] if before else ""
        if len(years.years) < 2 or not any(w in words.casefold() for w in prose("marks", "respectively")):
            continue
        last = before[-len(years.years) :]
        if len(last) == len(years.years):
            for n, year in zip(last, years.years, strict=True):
                amounts[n] = replace(amounts[n], years=(year,), onwards=years.onwards and year == years.years[-1])
    return amounts


@cache
def _any_of(key: str) -> regex.Pattern[str]:
    words = "|".join(sorted(map(regex.escape, prose("marks", key)), key=len, reverse=True))
    return regex.compile(rf"(?<![\p{{L}}\d])(?:{words})(?![\p{{L}}\d])", regex.IGNORECASE)


def _says(key: str, text: str) -> bool:
    """Whether a text has one of the words of `prose.toml` that `key` lists."""
    plain = text.casefold()
    return any(word in plain for word in _plain_marks(key)) and _any_of(key).search(text) is not None


@cache
def _plain_marks(key: str) -> tuple[str, ...]:
    return tuple(word.casefold() for word in prose("marks", key))


def _with_words(sentence: str, amounts: Sequence[Found]) -> list[Found]:
    """Each amount with what the words around it say: per year, total, about, a share, a price, rising."""
    out: list[Found] = []
    for n, amount in enumerate(amounts):
        before = sentence[amounts[n - 1].end if n else 0 : amount.start]
        after = sentence[amount.end : amounts[n + 1].start if n + 1 < len(amounts) else len(sentence)]
        rises = n > 0 and _says("rising", before[-30:])
        if rises:
            out[-1] = replace(out[-1], rising=True, per_year=True, total=False)
        near = _PART_END.split(after, maxsplit=1)[0]
        own = _PART.split(before)[-1]
        priced = _says("rate", own[-60:] + " \x1f " + near[:30]) or _ends_with(before, "rate_before")
        priced = priced or _PART_OF.search(before) is not None or _ONE_OF.match(before) is not None
        if amount.kind is StatementKind.FTE:
            priced = priced or _any_of("rate_before").match(near.strip()) is not None
        per_year = _says("per_year", own[-40:] + " \x1f " + near[:40])
        total = _says("total", before[-80:]) or _says("total", after[:40]) or _SPREAD.search(after) is not None
        share, added = _says("partly", before), _says("added", before)
        out.append(
            replace(
                amount,
                per_year=per_year or rises,
                total=total and not rises,
                approximate=amount.approximate or _ends_with(before, "approximate"),
                partly=share or added,
                added=added and not share,
                rate=priced,
                rising=rises,
            )
        )
    return out


def _ends_with(text: str, key: str) -> bool:
    plain = text.casefold().rstrip()
    return any(plain == word or plain.endswith((f" {word}", f"({word}")) for word in prose("marks", key))
