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
from lexicon.lines import closes_what, ends_open


@record
class Costs:
    """What speaks against a division of lines into rows; distances in leadings, unless said otherwise."""

    begin: float = 0.6  # a row more
    far: float = 20.0  # a leading more than `one` between lines of one row
    far_most: float = 9.0
    far_bare: float = 2.5  # the same, where a figure needs the label above it
    numbered: float = 4.0  # a line with a number of its own within a row
    capital: float = 2.8  # a label's line that begins with a capital
    would_fit: float = 3.0  # one whose first word had room on the line above
    weight: float = 5.0  # one that is bold or italic where the one above is not, or the other way round
    near: float = 6.0  # a row that begins as near as lines of one cell stand, where rows stand apart
    gap: float = -0.5  # one that begins after a gap
    goes_on: float = 7.0  # one that begins where a text goes on
    hyphened: float = 12.0  # the same, after a hyphen
    section: float = 0.8  # a bold row without figures
    wordless: float = 1.6  # another one
    summed: float = -6.0  # one whose sum is a row of the table
    unlabelled: float = 2.5  # figures without a label
    off: float = 2.2  # figures not where the table's figures stand in their rows


@record
class Steps:
    """How far lines stand from each other; in leadings, unless said otherwise."""

    one: float = 1.05  # between lines of one row
    one_most: float = 1.08  # the same, from where on it costs
    padded: float = 1.04  # the same, where rows stand apart
    gap: float = 1.25  # from where on it is a gap
    text: float = 1.12  # between the lines of one text
    hyphened: float = 1.4  # the same after a hyphen: a marker set high may have widened the step
    points: float = 0.4  # that are allowed to all of these
    level: float = 0.3  # within which figures stand where they should
    same: float = 0.6  # of a line's height: two lines of figures so near are one
    wide: float = 1.15  # between rows that stand visibly apart
    least: float = 0.9  # font sizes between lines of one cell, at least
    most: float = 4.0  # font sizes, at most
    usual: float = 1.25  # font sizes, where nothing tells
    unseen: float = 1.5  # font sizes from where on no label is seen to wrap
    blank: float = 0.3  # font sizes between words


COSTS, STEPS = Costs(), Steps()
_MOSTLY_ROWS = 0.85  # share of the drawn bands that are one row each, where rows are drawn
_LOOK_BACK = 6  # lines above a line in which its column's text may have begun
_HIGHEST = 10  # lines of a row, at most
_LOOK_DOWN = 3  # lines of a row whose texts may go on from above


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
    def face(self) -> tuple[bool, bool]:
        """Whether it begins in bold, and in italic."""
        first = self.line.words[0]
        return first.bold, first.italic

    @property
    def label(self) -> str:
        return self.texts.get(0, "")


@record
class _Spacing:
    """`lead` is the distance of two lines of one cell; `padded`: rows stand visibly further apart than that.

    `row` is the distance of two rows of one line each.
    """

    lead: float
    padded: bool
    row: float


def group_rows(
    lines: list[BodyLine], cuts: list[bool], heads: int = 0, most: int = 0
) -> tuple[int, list[list[BodyLine]]]:
    """How many lines head the table, and the lines of each row below, top to bottom.

    `cuts[i]` tells that something is drawn between lines i and i + 1.  The first `heads` lines are known to head the
    table, at most `most` do.
    """
    if not lines:
        return 0, []
    _look_back(lines)
    space = _spacing(lines, heads)
    edge = max((x.label_end for x in lines[heads:] if x.label), default=0.0)
    bands = _bands(cuts, heads)
    summed = frozenset(name.casefold() for line in lines if line.anchor and (name := closes_what(line.label)))
    drawn = len(bands) > 1 and sum(_is_row(lines, b) for b in bands) >= _MOSTLY_ROWS * len(bands)

    def divided(mode: str) -> tuple[float, list[range]]:
        cost, rows = 0.0, []
        for band in bands:
            head = heads if band.start == 0 else 0
            if band.stop == heads or (drawn and not head and _is_row(lines, band)):
                rows.append(band)
                continue
            division = _Division(lines, mode, space, edge, head, min(most, band.stop), summed)
            c, r = division.cheapest(band.start, band.stop)
            cost += c
            rows += r
        return round(cost, 6), rows

    _, rows = min(map(divided, ("top", "middle", "bottom")), key=lambda way: way[0])
    header = rows.pop(0).stop if heads else 0
    return header, [lines[r.start : r.stop] for r in rows]


def _bands(cuts: list[bool], heads: int) -> list[range]:
    """The lines between what is drawn across the table, the header's in one."""
    starts = [0, *(i for i, cut in enumerate(cuts, 1) if cut and i >= max(heads, 1))]
    return [range(a, b) for a, b in pairwise([*starts, len(cuts) + 1])]


def _is_row(lines: list[BodyLine], band: range) -> bool:
    """Whether a band holds at most one line of figures."""
    return sum(lines[i].anchor for i in band) <= 1


def _look_back(lines: list[BodyLine]) -> None:
    """Tells each line the nearest one above that has words in a column."""
    worded: dict[int, int] = {}  # by column: the last line with words there
    for i, line in enumerate(lines):
        line.before = {c: j for c in line.texts if (j := worded.get(c)) is not None and i - j < _LOOK_BACK}
        worded.update((c, i) for c, text in line.texts.items() if any(map(str.isalpha, text)))


def _spacing(lines: list[BodyLine], heads: int) -> _Spacing:
    """The leading inside cells: the smallest step from line to line of one column of words."""
    size = lines[-1].line.size
    steps = [
        step
        for i, x in enumerate(lines)
        for c, j in x.before.items()
        if not any(y.overleaf for y in lines[j + 1 : i + 1])
        and any(a.isalpha() for a in x.texts[c])
        and STEPS.least * size < (step := x.middle - lines[j].middle) < STEPS.most * size
    ]
    body = [(a, b) for a, b in pairwise(lines[heads:]) if not b.overleaf]
    apart = [b.middle - a.middle for a, b in body if a.anchor and b.anchor and a.label and b.label]
    lead = min(steps, default=STEPS.usual * size)
    row = min(apart, default=lead)
    wide = sum(b.middle - a.middle > STEPS.wide * lead for a, b in body)
    if row > STEPS.one_most * lead or (not apart and wide >= sum(x.anchor for x in lines[heads:]) - 1 > 0):
        return _Spacing(lead, True, row)
    # No label is seen to wrap: lines as far apart as this are rows of one line each.
    unseen = lead > STEPS.unseen * size
    return _Spacing(STEPS.usual * size, True, row) if unseen else _Spacing(lead, False, row)


@dataclass(slots=True)
class _Division:
    """The cheapest division of lines into rows, for figures that stand at the `mode` of their rows."""

    lines: list[BodyLine]
    mode: str
    space: _Spacing
    edge: float
    heads: int
    most: int
    summed: frozenset[str]  # what the table's sums say that they are the sums of

    def cheapest(self, first: int, end: int) -> tuple[float, list[range]]:
        """The cost of the lines from `first` to `end`, and its rows."""
        best = {first: 0.0}
        begun = {first: 0.0}  # the best, and the price of beginning a row there
        back: dict[int, int] = {}
        for stop in range(first + max(1, self.heads), end + 1):
            # A known header may be higher than any row.
            lowest = first if self.heads > _HIGHEST else max(first, stop - _HIGHEST)
            for start in range(stop - 1, lowest - 1, -1):
                if start not in begun:
                    continue
                cost = self._row(start, stop)
                if cost is None:
                    continue
                cost += begun[start]
                if cost < best.get(stop, float("inf")) - 1e-9:
                    best[stop], back[stop] = cost, start
            if stop in best and stop < end:
                begun[stop] = best[stop] + self._cut(stop)
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
        anchors = sum([x.anchor for x in row])
        if anchors > 1 and not _same_height(row):
            return None
        return sum(self._join(i, start) for i in range(start + 1, stop)) + self._shape(row, anchors)

    def _join(self, i: int, start: int) -> float:
        """The price of holding line `i` to the one above, in a row that begins at `start`."""
        cost = 0.0
        lead = self.space.lead
        b = self.lines[i]
        step = b.middle - self.lines[i - 1].middle
        if step > STEPS.one_most * lead + STEPS.points and not b.overleaf and not self._wraps(i):
            bare = b.anchor and not b.label and i - 1 == start and not self.lines[start].bold
            cost += min(COSTS.far_bare if bare else COSTS.far_most, COSTS.far * (step / lead - STEPS.one))
        if b.numbered:
            cost += COSTS.numbered
        above = b.before.get(0, -1)
        if above >= start:
            a = self.lines[above]
            if b.label[0].isupper() and not ends_open(a.label):
                cost += COSTS.capital
            if b.label[0].isalpha() and _would_have_fit(a, b, self.edge) and not a.label.endswith("-"):
                cost += COSTS.would_fit
            if a.face != b.face:
                cost += COSTS.weight
        return cost

    def _cut(self, start: int) -> float:
        """The price of beginning a row at this line."""
        cost = COSTS.begin
        lines, lead = self.lines, self.space.lead
        step = lines[start].middle - lines[start - 1].middle
        told = not lines[start].overleaf
        if told and self.space.padded and step < STEPS.padded * lead + STEPS.points / 2:
            cost += COSTS.near
        elif told and step > STEPS.gap * lead + STEPS.points:
            cost += COSTS.gap
        return cost + (COSTS.goes_on if self._wraps(start) else self._held(start))

    def _held(self, start: int) -> float:
        """The price of beginning a row at this line where texts of the lines above go on."""
        lines, lead = self.lines, self.space.lead
        held = 0.0
        for below in lines[start : start + _LOOK_DOWN]:
            for column, above in below.before.items():
                a, b = lines[above].texts[column], below.texts[column]
                hyphened = a.endswith("-") and b[:1].islower()
                other = column == 0 and lines[above].face != below.face and not hyphened
                if above >= start or other or not _continues(a, b):
                    continue
                reach = STEPS.hyphened if hyphened else STEPS.text
                if below.middle - lines[above].middle < reach * lead + STEPS.points:
                    held = max(held, COSTS.hyphened if hyphened else COSTS.goes_on)
        return held

    def _wraps(self, i: int) -> bool:
        """Whether a label goes on in line `i`, set as far below as rows stand: its next word had no room above.

        Only one of the two lines has figures.
        """
        a, b = self.lines[i - 1], self.lines[i]
        near = b.middle - a.middle < STEPS.text * self.space.row and a.anchor != b.anchor
        if not near or a.face != b.face or not a.label or not b.label or not _continues(a.label, b.label):
            return False
        return ends_open(a.label) or not _would_have_fit(a, b, self.edge)

    def _shape(self, row: list[BodyLine], anchors: int) -> float:
        lead = self.space.lead
        if anchors == 0:
            label = " ".join(x.label for x in row).casefold()
            return COSTS.summed if label in self.summed else COSTS.section if row[0].bold else COSTS.wordless
        if len(row) == 1:
            return 0.0 if row[0].label else COSTS.unlabelled
        if not any(x.label for x in row):
            return COSTS.unlabelled
        at = next(x.middle for x in row if x.anchor)
        if self.mode == "top":
            off = at - row[0].middle
        elif self.mode == "bottom":
            off = row[-1].middle - at
        else:
            off = abs((row[0].middle + row[-1].middle) / 2 - at)
        return 0.0 if off < STEPS.level * lead else COSTS.off


def _same_height(row: list[BodyLine]) -> bool:
    """Lines of figures so close that they are one printed line set unevenly."""
    anchors = [x for x in row if x.anchor]
    return max(a.middle for a in anchors) - min(a.middle for a in anchors) < STEPS.same * (
        anchors[0].y1 - anchors[0].y0
    )


def _continues(before: str, text: str) -> bool:
    """A column's text goes on from one line to the next: cut by a hyphen, or goes on in lower case."""
    if not before or not text or before[-1].isdigit():
        return False
    if before.endswith("-") and len(before) > 1 and text[0].isalpha():
        return True
    return text[0].islower() or text[0] in "(&" or ends_open(before)


def _would_have_fit(a: BodyLine, b: BodyLine, edge: float) -> bool:
    """The lower line's first word had room on the upper line: the break between them is no wrapping."""
    return a.label_end + STEPS.blank * a.line.size + b.first_word < edge - 1
