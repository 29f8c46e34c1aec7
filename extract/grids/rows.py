"""Rows of a table without a grid: which of its lines belong to one row, and how many head the table.

Lines are cut where a rule or a change of fill is drawn; between drawn cuts the cheapest division is chosen over all
divisions (dynamic programming), where a row holds at most one line of figures, a hyphen or a lower-case start holds
lines together, extra leading and a capital part them, and the figures stand at the same height of every row (top,
middle or bottom, whichever explains the table best).
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from extract.page.model import VisualLine
from extract.records import record
from lexicon.lines import ends_open

_MOSTLY_ROWS = 0.85  # share of the drawn bands that are one row each, where rows are drawn


@dataclass(slots=True)
class BodyLine:
    """A line of the table's body: its words by column, and whether it holds figures in the columns of figures."""

    line: VisualLine
    texts: dict[int, str]  # text by column
    anchor: bool
    bold: bool
    y0: float
    y1: float
    label_end: float = 0.0  # where its first token ends
    first_word: float = 0.0  # width of its first word
    numbered: bool = False  # begins with a number that stands by itself, set apart from the label
    overleaf: bool = False  # the first line after a page break: its distance from the line before says nothing
    before: dict[int, int] = field(default_factory=dict)  # by column: the nearest line above that has words there

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def label(self) -> str:
        return self.texts.get(0, "")


@record
class _Spacing:
    """`lead` is the distance of two lines of one cell; `padded`: rows stand visibly further apart than that."""

    lead: float
    padded: bool


def group_rows(
    lines: list[BodyLine], cuts: list[bool], heads: int = 0, most: int = 0
) -> tuple[int, list[list[BodyLine]]]:
    """How many lines head the table, and the lines of each row below, top to bottom.

    `cuts[i]` tells that something is drawn between lines i and i + 1.  The first `heads` lines are known to head the
    table, at most `most` do.
    """
    if not lines:
        return 0, []
    for i, line in enumerate(lines):
        line.before = {c: j for c in line.texts if (j := _last(lines, i, c)) is not None}
    space = _spacing(lines, heads)
    edge = max((x.label_end for x in lines[heads:] if x.label), default=0.0)
    bands = _bands(cuts, heads)
    drawn = len(bands) > 1 and sum(_is_row(lines, b) for b in bands) >= _MOSTLY_ROWS * len(bands)
    best: tuple[float, list[range]] | None = None
    for mode in ("top", "middle", "bottom"):
        cost, rows = 0.0, []
        for band in bands:
            head = heads if band.start == 0 else 0
            if band.stop == heads or (drawn and not head and _is_row(lines, band)):
                rows.append(band)
                continue
            division = _Division(lines, mode, space, edge, head, min(most, band.stop))
            c, r = division.cheapest(band.start, band.stop)
            cost += c
            rows += r
        if best is None or cost < best[0] - 1e-9:
            best = (cost, rows)
    assert best is not None
    rows = best[1]
    header = rows.pop(0).stop if heads else 0
    return header, [lines[r.start : r.stop] for r in rows]


def _bands(cuts: list[bool], heads: int) -> list[range]:
    """The lines between what is drawn across the table, the header's in one."""
    starts = [0, *(i for i, cut in enumerate(cuts, 1) if cut and i >= max(heads, 1))]
    return [range(a, b) for a, b in pairwise([*starts, len(cuts) + 1])]


def _is_row(lines: list[BodyLine], band: range) -> bool:
    """Whether a band holds at most one line of figures."""
    return sum(lines[i].anchor for i in band) <= 1


def _last(lines: list[BodyLine], before: int, column: int) -> int | None:
    nearest = (j for j in range(before - 1, max(-1, before - 6), -1))
    return next((j for j in nearest if any(c.isalpha() for c in lines[j].texts.get(column, ""))), None)


def _spacing(lines: list[BodyLine], heads: int) -> _Spacing:
    """The leading inside cells: the smallest step from line to line of one column of words."""
    size = lines[-1].line.size
    steps = [
        step
        for i, x in enumerate(lines)
        for c, j in x.before.items()
        if not any(y.overleaf for y in lines[j + 1 : i + 1])
        and any(a.isalpha() for a in x.texts[c])
        and 0.9 * size < (step := x.middle - lines[j].middle) < 4 * size
    ]
    body = [(a, b) for a, b in pairwise(lines[heads:]) if not b.overleaf]
    apart = [b.middle - a.middle for a, b in body if a.anchor and b.anchor and a.label and b.label]
    lead = min(steps, default=1.25 * size)
    row = min(apart, default=lead)
    wide = sum(b.middle - a.middle > 1.15 * lead for a, b in body)
    if row > 1.08 * lead or (not apart and wide >= sum(x.anchor for x in lines[heads:]) - 1 > 0):
        return _Spacing(lead, True)
    # No label is seen to wrap: lines as far apart as this are rows of one line each.
    return _Spacing(1.25 * size, True) if lead > 1.5 * size else _Spacing(lead, False)


@dataclass(slots=True)
class _Division:
    """The cheapest division of lines into rows, for figures that stand at the `mode` of their rows."""

    lines: list[BodyLine]
    mode: str
    space: _Spacing
    edge: float
    heads: int
    most: int

    def cheapest(self, first: int, end: int) -> tuple[float, list[range]]:
        """The cost of the lines from `first` to `end`, and its rows."""
        best = {first: 0.0}
        back: dict[int, int] = {}
        for stop in range(first + max(1, self.heads), end + 1):
            for start in range(stop - 1, max(first, stop - 10) - 1, -1):
                if start not in best:
                    continue
                cost = self._row(start, stop)
                if cost is None:
                    continue
                cost += best[start] + (self._cut(start) if start > first else 0.0)
                if cost < best.get(stop, float("inf")) - 1e-9:
                    best[stop], back[stop] = cost, start
        rows = []
        stop = end
        while stop > first:
            rows.append(range(back[stop], stop))
            stop = back[stop]
        rows.reverse()
        return best[end], rows

    def _row(self, start: int, stop: int) -> float | None:
        """The cost of the lines as one row (the first one may be the header); None where they cannot be one."""
        if start == 0 and self.heads:
            if stop > self.most:
                return None
            return sum(self._join(i, start) for i in range(self.heads, stop))
        row = self.lines[start:stop]
        anchors = sum(x.anchor for x in row)
        if anchors > 1 and not _same_height(row):
            return None
        return sum(self._join(i, start) for i in range(start + 1, stop)) + self._shape(row, anchors)

    def _join(self, i: int, start: int) -> float:
        """The price of holding line `i` to the one above, in a row that begins at `start`."""
        cost = 0.0
        lead = self.space.lead
        b = self.lines[i]
        step = b.middle - self.lines[i - 1].middle
        if step > 1.08 * lead + 0.4 and not b.overleaf:
            bare = b.anchor and not b.label and i - 1 == start and not self.lines[start].bold
            cost += min(2.5 if bare else 9.0, 20.0 * (step / lead - 1.05))  # figures need a label
        if b.numbered:
            cost += 4.0
        above = b.before.get(0, -1)
        if above >= start:
            a = self.lines[above]
            if b.label[0].isupper() and not ends_open(a.label):
                cost += 2.8
            if b.label[0].isalpha() and _would_have_fit(a, b, self.edge) and not a.label.endswith("-"):
                cost += 3.0
            if a.bold != b.bold:
                cost += 5.0
        return cost

    def _cut(self, start: int) -> float:
        """The price of beginning a row at this line."""
        cost = 0.6
        lines, lead = self.lines, self.space.lead
        step = lines[start].middle - lines[start - 1].middle
        told = not lines[start].overleaf
        if told and self.space.padded and step < 1.04 * lead + 0.2:
            cost += 6.0
        elif told and step > 1.25 * lead + 0.5:
            cost -= 0.5
        held = 0.0
        for below in lines[start : start + 3]:
            for column, above in below.before.items():
                a, b = lines[above].texts[column], below.texts[column]
                if above >= start or not _continues(a, b):
                    continue
                hyphened = a.endswith("-") and b[0].islower()  # a marker set high may have widened the step
                if below.middle - lines[above].middle < (1.4 if hyphened else 1.12) * lead + 0.4:
                    held = max(held, 12.0 if hyphened else 7.0)
        return cost + held

    def _shape(self, row: list[BodyLine], anchors: int) -> float:
        lead = self.space.lead
        if anchors == 0:
            return 0.8 if row[0].bold else 1.6
        if len(row) == 1:
            return 0.0 if row[0].label else 2.5
        if not any(x.label for x in row):
            return 2.5
        at = next(x.middle for x in row if x.anchor)
        if self.mode == "top":
            off = at - row[0].middle
        elif self.mode == "bottom":
            off = row[-1].middle - at
        else:
            off = abs((row[0].middle + row[-1].middle) / 2 - at)
        return 0.0 if off < 0.3 * lead else 2.2


def _same_height(row: list[BodyLine]) -> bool:
    """Lines of figures so close that they are one printed line set unevenly."""
    anchors = [x for x in row if x.anchor]
    return max(a.middle for a in anchors) - min(a.middle for a in anchors) < 0.6 * (anchors[0].y1 - anchors[0].y0)


def _continues(before: str, text: str) -> bool:
    """A column's text goes on from one line to the next: cut by a hyphen, or goes on in lower case."""
    if not before or not text or before[-1].isdigit():
        return False
    if before.endswith("-") and len(before) > 1 and text[0].isalpha():
        return True
    return text[0].islower() or text[0] in "(&" or ends_open(before)


def _would_have_fit(a: BodyLine, b: BodyLine, edge: float) -> bool:
    """The lower line's first word had room on the upper line: the break between them is no wrapping."""
    return a.label_end + 0.3 * a.line.size + b.first_word < edge - 1
