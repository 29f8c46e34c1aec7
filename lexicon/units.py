"""Units of money, price levels and measures in captions, headers and lines above a table."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cache, lru_cache
from typing import NamedTuple

import regex

from lexicon.data import UnitsData, load
from lexicon.folding import fold_dashes


class Measure(StrEnum):
    """What a table counts."""

    DKK = "DKK"
    FTE = "FTE"
    COUNT = "count"


@dataclass(frozen=True, slots=True)
class UnitMention:
    """A unit of money and how it is printed; `factor` is how many kroner one of it is."""

    factor: int
    printed: str


@dataclass(frozen=True, slots=True)
class PriceLevel:
    """A price level and how it is printed; `year` is None for prices of the year in question ("løbende priser")."""

    year: int | None
    printed: str


class _Unit(NamedTuple):
    factor: int
    pattern: regex.Pattern[str]


@cache
def _data() -> UnitsData:
    return load("units", UnitsData)


def _compiled(patterns: list[str]) -> regex.Pattern[str]:
    return regex.compile("|".join(f"(?:{p})" for p in patterns), regex.IGNORECASE)


@cache
def _units() -> tuple[_Unit, ...]:
    return tuple(_Unit(u.factor, _compiled(u.patterns)) for u in _data().unit)


@cache
def _price_level() -> tuple[regex.Pattern[str], regex.Pattern[str]]:
    level = _data().price_level
    return _compiled(level.patterns), _compiled(level.current)


@cache
def _measures() -> tuple[tuple[Measure, regex.Pattern[str]], ...]:
    return tuple((Measure(m.name), _compiled(m.patterns)) for m in _data().measure)


@lru_cache(maxsize=4096)
def find_unit(text: str) -> UnitMention | None:
    """The unit of money a text names, None for none: "1.000 kr. 2022 p/l" gives 1000."""
    folded = fold_dashes(text)
    for unit in _units():
        if match := unit.pattern.search(folded):
            return UnitMention(unit.factor, match[0].strip())
    return None


@cache
def _stated() -> tuple[_Unit, ...]:
    return tuple(
        _Unit(u.factor, regex.compile(rf"\bi (?:hele )?(?:{u.pattern.pattern})", u.pattern.flags)) for u in _units()
    )


@lru_cache(maxsize=4096)
def find_stated_unit(text: str) -> UnitMention | None:
    """The unit that running text says figures stand in ("beløb i mio. kr."); an amount ("1,2 mio. kr.") says none, nor
    does a text that names several units."""
    folded = fold_dashes(text)
    found = [UnitMention(unit.factor, m[0]) for unit in _stated() if (m := unit.pattern.search(folded))]
    return found[0] if len(found) == 1 else None


@lru_cache(maxsize=4096)
def find_price_level(text: str) -> PriceLevel | None:
    """The first price level a text names, None for none; "løbende priser" has no year."""
    plain = " ".join(text.split())
    dated, current = _price_level()
    if match := dated.search(plain):
        return PriceLevel(int(match["year"]), match[0].strip(" ("))
    if match := current.search(plain):
        return PriceLevel(None, match[0])
    return None


@lru_cache(maxsize=4096)
def find_measure(text: str) -> Measure | None:
    """What a caption or header says that its table counts, None where it does not say; money wins over anything."""
    if find_unit(text) is not None:
        return Measure.DKK
    plain = " ".join(text.split())
    return next((measure for measure, pattern in _measures() if pattern.search(plain)), None)


@cache
def _fillers() -> regex.Pattern[str]:
    return _compiled(_data().fillers)


@lru_cache(maxsize=4096)
def is_only_unit(text: str) -> bool:
    """Whether a text says a unit or a price level and nothing else: "1.000 kr. (2016 p/l.)", "i mio. kr."."""
    rest = " ".join(text.split())
    dated, current = _price_level()
    found = False
    for pattern in (dated, current, *(unit.pattern for unit in _units())):
        rest, count = pattern.subn(" ", rest)
        found = found or count > 0
    return found and not regex.search(r"[\p{L}\d]", _fillers().sub(" ", rest))


@cache
def _others() -> regex.Pattern[str]:
    return _compiled(_data().others)


def are_units(texts: Sequence[str]) -> bool:
    """Whether texts beside each other say what their columns stand in and nothing else: "t.kr.", "t.kr.", "pct."."""
    return any(map(is_only_unit, texts)) and all(map(is_unit, texts))


def is_unit(text: str) -> bool:
    """Whether a text is a unit and nothing else, of money or of what else columns may stand in ("pct.", "stk.")."""
    return is_only_unit(text) or _others().fullmatch(text) is not None


_MOST_UNIT_WORDS = 7


@lru_cache(maxsize=8192)
def without_unit_behind(text: str) -> str:
    """A header's text without the unit of money that it ends in: "Budget 2015, t.kr." is "Budget 2015".

    Kroner alone are no such unit where nothing parts them from a number: "2022 kr." is an amount.
    """
    if find_unit(text) is None:
        return text  # the usual case
    ends = [match.end() for match in regex.finditer(r"\S+", text)][:-1]
    for end in ends[-_MOST_UNIT_WORDS:]:
        tail, head = text[end:].strip(" ()"), text[:end].rstrip(" ,;")
        unit = find_unit(tail)
        parted = text[:end] != head or not head.isdigit() or text[end:].lstrip().startswith("(")
        if unit is not None and (parted or unit.factor > 1) and is_only_unit(tail):
            return head
    return text


@lru_cache(maxsize=8192)
def unit_end(text: str) -> int:
    """Where the unit or price level ends that a text begins with ("1.000 kr. 2022 p/l Bevilling"); 0 for none."""
    ends = [match.end() for match in regex.finditer(r"\S+", text)][:_MOST_UNIT_WORDS]
    return next((end for end in reversed(ends) if is_only_unit(text[:end])), 0)
