"""The years and price levels that a sentence names.

In: one sentence.  Out: `Years` in print order, without dates, price levels and the names of budgets.
"""

from __future__ import annotations

from functools import cache

import regex

from extract.records import record
from lexicon.years import MONTH, YEAR
from normalize.prose.sentences import prose

_Y = rf"(?<![\d.,/§]){YEAR}(?!\d|[.,]\d)"
DASH = r"\s*[-–—‐‑−]\s*"
_PRICE_LEVEL = regex.compile(
    rf"(?P<a>{_Y})(?:{DASH})?\s*(?:p\s?/\s?[l1I]\b|pl\b|priser\b|prisniveau\b|pris-\s?og\s?lønniveau\b)"
    rf"|\b(?:(?:p\s?/\s?[l1I]|pl|(?:prisniveau|pris-\s?og\s?lønniveau)(?:et)?)(?:-niveau)?\s*:?\s*"
    rf"(?:(?:i|fra|for|år|budget)\s+)*|priser\s+fra\s+)(?P<b>{_Y})",
    regex.IGNORECASE,
)

_ROUNDS = r"(?<!fra )(?<!i )\b(?:ofs|budget|budgetaftale\w*|overførselssag\w*|strategi\w*)\s+(?:for\s+)?"
_NO_YEARS = regex.compile(  # dates and the names of budgets
    rf"(?:\d{{1,2}}\.\s*)?{MONTH}\s+{_Y}|\bQ[1-4]\s+{_Y}|\d\.?\s*(?:kvartal|halvår)\s+{_Y}|{_ROUNDS}{_Y}(?:[-/–]\d+)?",
    regex.IGNORECASE,
)


@record
class Years:
    """A mention of years; `onwards` where the last of them goes on."""

    start: int
    end: int
    years: tuple[int, ...]
    onwards: bool = False


def price_levels(sentence: str) -> list[regex.Match[str]]:
    """The price levels; group `a` or `b` is the year."""
    return list(_PRICE_LEVEL.finditer(sentence)) if _may_date(sentence) else []


def _may_date(sentence: str) -> bool:
    """Whether a year can stand in a sentence at all (quick)."""
    return "19" in sentence or "20" in sentence


@cache
def _mention() -> regex.Pattern[str]:
    onwards = "|".join(map(regex.escape, prose("marks", "onwards")))
    return regex.compile(
        rf"""
        (?P<from>\bfra(?:\s+og\s+med)?\s+(?:(?:år|året|budget|medio|primo|ultimo|starten\s+af)\s+)?)?
        (?:
            (?P<a>{_Y})(?:{DASH}|\s+til\s+(?:og\s+med\s+)?)(?:(?P<b>{_Y})|(?P<bb>\d\d)(?!\d|[.,]\d))
          | (?P<list>{_Y}(?:\s*,\s*{_Y})*(?:\s*,?\s*(?:og|samt|&)\s+(?:i\s+)?{_Y}))
          | (?P<one>{_Y})
        )
        (?P<on>\s+(?:{onwards})\b(?!\s+\d))?
        """,
        regex.VERBOSE | regex.IGNORECASE,
    )


def find_years(sentence: str) -> list[Years]:
    """The mentions of years that say when, leaving out dates, price levels and the names of budgets."""
    if not _may_date(sentence):
        return []
    hidden = [m.span() for pattern in (_PRICE_LEVEL, _NO_YEARS) for m in pattern.finditer(sentence)]
    out: list[Years] = []
    for match in _mention().finditer(sentence):
        if any(start < match.end() and match.start() < end for start, end in hidden):
            continue
        out.append(_years(match))
    return [y for y in out if y.years]


def _years(match: regex.Match[str]) -> Years:
    on = match["on"] is not None
    if match["one"] is not None:
        return Years(match.start(), match.end(), (int(match["one"]),), on or match["from"] is not None)
    if match["list"] is not None:
        listed = tuple(int(y) for y in regex.findall(r"\d{4}", match["list"]))
        return Years(match.start(), match.end(), listed, on)
    first = int(match["a"])
    last = int(match["b"]) if match["b"] else first // 100 * 100 + int(match["bb"])
    span = tuple(range(first, last + 1)) if first < last <= first + 40 else ()
    return Years(match.start(), match.end(), span, on)
