"""Lines of a layout dump as label and figures, and the headers of year columns: what a layout table is made of."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.records import record
from extract.text.source import SourceLine
from lexicon.figures import figure_at, figures_in, is_dash, is_number
from lexicon.years import YEAR, column_at, value_columns_in

LONGEST_LINE = 1500  # longer lines are running text
_PRICE_WORD = re.compile(r"(?:\bpl|p/l|p\.l\.|pris(?:er|niveau)?)[ :]*\Z", re.IGNORECASE)
_YEAR = re.compile(YEAR)


@record
class Token:
    """A run of characters of a line: a figure, a dash, or words; `x0` and `x1` are its columns in the line."""

    text: str
    x0: int
    x1: int

    @property
    def is_dash(self) -> bool:
        return is_dash(self.text)


@dataclass(slots=True)
class Entry:
    """A line of a table's body: its label (may be empty) and the figures at its end."""

    at: int
    line: SourceLine
    label: str
    label_x: int
    label_end: int
    figures: list[Token]
    gap: int = 0  # blank lines above it
    beyond: list[Token] = field(default_factory=list)  # what stands right of the header's value columns

    @property
    def only_label(self) -> bool:
        return bool(self.label) and not self.figures

    @property
    def only_figures(self) -> bool:
        return not self.label and bool(self.figures)


def entry(at: int, line: SourceLine, gap: int = 0, limit: int | None = None) -> Entry:
    """The line split into label and figures: the longest run of figures that reaches the line's end.

    What starts at column `limit` or right of it belongs to the header's last columns and is left out of both.
    """
    whole = line.text.replace("\t", "    ")
    text, beyond = _split_at(whole, limit)
    start = _figures_start(text)
    label = text[:start].rstrip()
    figures = [Token(text[x0:x1], x0, x1) for x0, x1 in figures_in(text, start)] if start < len(text) else []
    stripped = label.lstrip()
    return Entry(at, line, stripped, len(label) - len(stripped), len(label), figures, gap, beyond)


def _split_at(text: str, limit: int | None) -> tuple[str, list[Token]]:
    """The text left of that column, and the runs of words right of it; a word across it stays left."""
    if limit is None or len(text) <= limit:
        return text, []
    at = limit
    while at < len(text) and at > 0 and not text[at - 1].isspace():
        at += 1
    beyond = [Token(m[0], m.start(), m.end()) for m in re.finditer(r"\S+(?: \S+)*", text) if m.start() >= at]
    if not beyond:
        rest = text[at:].strip()
        beyond = [Token(rest, text.index(rest, at), len(text.rstrip()))] if rest else []
    cut = beyond[0].x0 if beyond else at
    return text[: max(at, cut)].rstrip() if not beyond else text[:cut].rstrip(), beyond


def _figures_start(text: str) -> int:
    """Where the run of figures at the line's end starts; the line's length where there is none."""
    if len(text) > LONGEST_LINE or not text.strip():
        return len(text)
    starts = [m.start() for m in re.finditer(r"(?<!\S)\S", text)]
    best = len(text)
    # from the right: a word is part of the run if the text from it on is figures only
    ends: set[int] = {len(text)}
    for start in reversed(starts):
        end = figure_at(text, start)
        if end is not None and _reaches(text, end, ends):
            best = start
            ends.add(start)
        elif start < best - 40:
            break
    return best


def _reaches(text: str, end: int, ends: set[int]) -> bool:
    following = end
    while following < len(text) and text[following].isspace():
        following += 1
    return following in ends


@record
class Header:
    """The line that heads figures: its value columns, and the words before them."""

    at: int
    last: int  # the same line, or the last of several where each column has a line of its own
    items: tuple[Token, ...]
    prefix: str
    beyond: tuple[Token, ...] = ()  # the headers right of the last value column, in a dump that kept its columns
    below: int = 0  # lines below it that hold the rest of its columns' words
    used: frozenset[tuple[int, int]] = (
        frozenset()
    )  # words of lines above that are its columns': line number, where they end

    @property
    def upright(self) -> bool:
        """Whether each column's header has a line of its own."""
        return self.last > self.at

    @property
    def limit(self) -> int | None:
        """Where the columns right of the value columns start; None where there are none."""
        if not self.beyond:
            return None
        return (self.items[-1].x1 + self.beyond[0].x0) // 2

    @property
    def gaps(self) -> list[int]:
        return [b.x0 - a.x1 for a, b in pairwise(self.items)]


def header(lines: Sequence[SourceLine], at: int) -> Header | None:
    """The header of year columns at that line, if it is one."""
    line = lines[at]
    text = line.text.replace("\t", "    ")
    if len(text) > 400 or not _YEAR.search(text):
        return None
    items = _items_at_end(text)
    if _are_columns(items):
        return Header(at, at, tuple(items), text[: items[0].x0].rstrip())
    inner = _items_within(text)
    if inner is not None:
        return inner_header(at, text, *inner)
    if len(items) == 1 and items[0].x0 == len(text) - len(text.lstrip()):
        return _upright(lines, at)
    return None


def inner_header(at: int, text: str, items: Sequence[Token], beyond: Sequence[Token]) -> Header:
    """A header whose years have other columns to their right."""
    return Header(at, at, tuple(items), text[: items[0].x0].rstrip(), tuple(beyond))


def named_columns(text: str) -> list[Token]:
    """The headers of value columns other than years that stand among the words of a line."""
    return [Token(text[x0:x1], x0, x1) for x0, x1 in value_columns_in(text)]


def _items_within(text: str) -> tuple[list[Token], list[Token]] | None:
    """At least three years, each between wide gaps, with the headers of a few more columns to their right."""
    segments = [Token(m[0], m.start(), m.end()) for m in re.finditer(r"\S+(?: \S+)*", text)]
    heads = [s for s in segments if (head := column_at(s.text, 0)) and head[0] == len(s.text) and head[1]]
    if len(heads) < 3 or not _are_columns(heads) or segments[-1].x1 > 400:
        return None
    first, last = segments.index(heads[0]), segments.index(heads[-1])
    beyond = segments[last + 1 :]
    whole = segments[first : last + 1] == heads
    short = all(len(s.text) <= 30 and not is_number(s.text) for s in beyond)
    if not whole or not short or not 1 <= len(beyond) <= 3 or any(b.x0 - a.x1 < 2 for a, b in pairwise(heads)):
        return None
    return heads, beyond


def _items_at_end(text: str) -> list[Token]:
    """The longest run of column headers that reaches the line's end."""
    end = len(text.rstrip())
    for match in re.finditer(r"(?<!\S)\S", text):
        items: list[Token] = []
        at = match.start()
        while at < end and (head := column_at(text, at)):
            items.append(Token(text[at : head[0]], at, head[0]))
            at = head[0]
            while at < end and text[at].isspace():
                at += 1
        if items and at >= end:
            return items[1:] if _is_price_year(text, items) else items
    return []


def _is_price_year(text: str, items: Sequence[Token]) -> bool:
    """Whether the first year is the price level's ("kr. i PL 2026 2026 2027"): the columns' years start after it."""
    if len(items) < 3 or _PRICE_WORD.search(text[: items[0].x0]) is None:
        return False
    first, second = _YEAR.search(items[0].text), _YEAR.search(items[1].text)
    return first is not None and second is not None and int(second[0]) - int(first[0]) != 1


def _are_columns(items: Sequence[Token]) -> bool:
    single = [item.text for item in items if not item.text.casefold().startswith("i alt")]
    years = [int(m[0]) for text in single if (m := _YEAR.search(text))]
    if not years or len(items) < 2:
        return False
    if len(years) == 1:
        return len(items) >= 2 and _YEAR.search(items[0].text) is not None
    steps = [b - a for a, b in pairwise(years)]
    if not any(steps) and all(len(text) == 4 for text in single if _YEAR.search(text)):
        return False  # a row whose figures happen to look like one year
    return sum(step in (0, 1, -1) for step in steps) * 2 >= len(steps) and all(abs(s) <= 10 for s in steps)


def _upright(lines: Sequence[SourceLine], at: int) -> Header | None:
    """A header whose columns stand below each other, as dumps print that give every cell a line."""
    items: list[Token] = []
    last = at
    for index in range(at, min(at + 16, len(lines))):
        if lines[index].blank:
            if items and index - last > 2:
                break
            continue
        found = _items_at_end(lines[index].text)
        if len(found) != 1 or found[0].text != lines[index].text.strip():
            break
        items.append(found[0])
        last = index
    return Header(at, last, tuple(items), "") if len(items) >= 3 and _are_columns(items) else None
