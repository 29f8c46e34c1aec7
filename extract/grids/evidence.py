"""What tables without a drawn grid are told by: figures in a line, headers of years, captions, notes, what is drawn.

A funnel: lines with figures (anchors) → groups of anchors with common columns (`regions.py`) → the region with its
header and its label lines (`growth.py`) → columns (`columns.py`) → rows (`rows.py`) → header (`aligned.py`).  Drawn
rules and fills inside the region are evidence for cuts, never required.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise

from extract.page.model import Token, VisualLine
from lexicon.captions import is_marker
from lexicon.years import YEAR, single_year

Fill = tuple[float, float, float, float]
"""x0, y0, x1, y1 of an area in colour."""

_LEAST_APART = 3  # years that head columns though they are far apart
_LEAST_NAMED = 2  # names with a year beside each other
_LINES_BELOW = 4  # in which the first row of figures stands under them
_FOUR = re.compile(YEAR)


@dataclass(slots=True)
class Region:
    """The lines of one table without a grid; `value_left` is where its columns of figures begin."""

    lines: list[VisualLine]
    anchors: list[VisualLine]
    columns: list[tuple[float, float]]
    value_left: float
    x0: float
    x1: float
    seam: float | None = None  # the height where a page break was closed up: the distance across it says nothing

    @property
    def bodies(self) -> list[VisualLine]:
        """The lines with figures that are no line of years."""
        return [x for x in self.anchors if not year_header(x)]

    @property
    def tokens(self) -> list[Token]:
        return [t for x in self.lines for t in x.tokens]


@dataclass(slots=True)
class Bands:
    """What is drawn across a page: rules (y, x0, x1) and fills (x0, y0, x1, y1)."""

    rules: list[tuple[float, float, float]]
    fills: list[Fill]

    def between(self, y0: float, y1: float) -> Bands:
        """Only what is drawn between two heights."""
        return Bands([r for r in self.rules if y0 <= r[0] <= y1], [f for f in self.fills if f[1] <= y1 and f[3] >= y0])

    def fill_at(self, x: float, y: float) -> Fill | None:
        """The smallest fill that covers a point."""
        hits = [f for f in self.fills if f[0] <= x <= f[2] and f[1] <= y <= f[3]]
        return min(hits, key=lambda f: (f[2] - f[0]) * (f[3] - f[1])) if hits else None


def figures_of(line: VisualLine) -> list[Token]:
    """The figures of a line that can stand in a column: all but a number that the line begins with before its words."""
    tokens = line.tokens
    figures = [t for t in tokens if t.figure or t.year]
    if len(tokens) > 1 and figures and figures[0] is tokens[0]:
        if not (tokens[1].figure or tokens[1].year):
            return figures[1:]  # a row number or a list number
        if len(tokens) > 3 and not (tokens[2].figure or tokens[2].year) and is_marker(tokens[1].text):
            return figures[2:]  # with a footnote's marker
    return figures


def mark_named_years(lines: Sequence[VisualLine]) -> None:
    """Marks as years what stands beside each other as a name with its year: "Kan lånes 2026", "Betales kontant 2026".

    One alone is words ("Opgjort marts 2026"), as are those beside figures; those over more figures than the line has
    words head groups of columns.
    """
    for at, line in enumerate(lines):
        named = [t for t in line.tokens if t.year or is_named_year(t.text)]
        if len(named) < _LEAST_NAMED or all(t.year for t in named) or _amounts_behind(line):
            continue
        below = next((n for x in lines[at + 1 : at + 1 + _LINES_BELOW] if (n := _amounts_behind(x))), 0)
        if below <= len(line.tokens):
            for token in named:
                token.year = True


def _amounts_behind(line: VisualLine) -> int:
    """How many amounts stand behind a line's first token."""
    return sum(t.figure and not t.year for t in line.tokens[1:])


@lru_cache(maxsize=8192)
def is_named_year(text: str) -> bool:
    """Whether words are a name with its year: "Kan lånes 2026"."""
    return text[-4:].isdigit() and text[0].isalpha() and single_year(text) is not None


def year_header(line: VisualLine) -> bool:
    """A line that heads columns with years: at least two, running on (a repeated or skipped year is still a header).

    Where nothing else stands in the line, years far apart do too ("1990 1995 2013"), or backwards ("2023 2022"), as
    those do that have names ("2027 Budget 2027 2026").

    So does one year over and over, with names of its own ("Tilskud 2026", "Pladspris 2026"), of which one may stand in
    the line above, or be known to be a year's while the others are not.
    """
    figures = figures_of(line) or [t for t in line.tokens if t.year]
    dated = [t for t in figures if t.year and _FOUR.search(t.text)]
    years = [[int(y) for y in _FOUR.findall(t.text)] for t in dated]
    if len(years) < 2 or len(years) < len(figures) - 2:
        return 0 < len(dated) == len(figures) and sum(is_named_year(t.text) for t in line.tokens) > 1
    steps = [b[0] - a[-1] for a, b in pairwise(years)]  # from the end of a span ("2011-2020") to the next one's start
    if len(dated) == len(line.tokens) and _alone_head(steps):
        return True
    named = len({t.text for t in dated}) == len(dated) and any(t.text[0].isalpha() for t in dated)
    back = named and all(step in (0, -1) for step in steps)
    return (back or sum(step in (0, 1) for step in steps) >= 0.6 * len(steps)) and (any(steps) or named)


def _alone_head(steps: list[int]) -> bool:
    """Whether years alone on their line, these steps apart, head columns: year by year, or all in one direction."""
    one_way = len(steps) >= _LEAST_APART - 1 and (min(steps) > 0 or max(steps) < 0)
    return one_way or (any(steps) and all(abs(step) <= 1 for step in steps))


def cut_between(above: VisualLine, below: VisualLine, region: Region, bands: Bands) -> bool:
    """Whether something is drawn between two lines: a rule across the table, or a change of fill."""
    top, bottom = above.middle, below.middle
    width = region.x1 - region.x0
    covered = sum(
        max(0.0, min(x1, region.x1 + 5) - max(x0, region.x0 - 5))
        for y, x0, x1 in bands.rules
        if top < y < bottom and abs(y - top) > 1
    )
    if covered > 0.55 * width:
        return True
    x = region.x0 + 1
    a, b = bands.fill_at(x, top), bands.fill_at(x, bottom)
    if (a is None) != (b is None):
        return True
    return a is not None and b is not None and (abs(a[1] - b[1]) > 2 or abs(a[3] - b[3]) > 2)
