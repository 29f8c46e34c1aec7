"""From the lines whose figures share columns to a table's region: its header above, label lines between and below."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from extract.grids.evidence import Bands, Fill, Region, figures_of, year_header
from extract.grids.named import in_order, names_of
from extract.page.model import VisualLine
from extract.records import record
from lexicon.captions import is_caption, is_note
from lexicon.lines import ends_open, ends_sentence

_NUMBERED = re.compile(r"^\d{1,2}(?:\.\d{1,2})*\.?\s+[A-ZÆØÅ]")
_UNIT = re.compile(r"\bkr\b|p/l|priser")


@record
class Reach:
    """How near a table its lines stand, in font sizes unless said otherwise."""

    shaded: float = 2.2  # of white over a line that a fill joins to the table
    over_values: float = 1.2  # over one whose words stand over figures
    above: float = 0.95  # over any other
    margin: float = 3.0  # left of the figures, from where on words may head them
    wrapped: float = 0.5  # between the lines of a header over a column of words
    set_in: float = 4.0  # right of the labels, from where on a column of words may begin
    leading: float = 4.0  # between the lines of a header and of the labels under it
    sections: float = 1.5  # between labels of sections and the header over them
    larger: float = 1.25  # times the table's size: a line above it that is larger is none of it
    larger_below: float = 1.15  # the same, below
    stamp: float = 2.0  # the same, across it
    step: float = 2.6  # down to the next line
    leadings: float = 2.2  # the same in the table's own leading
    rule: float = 1.6  # under a line, within which a rule closes its row
    apart: float = 1.2  # between a lone column of figures and what stands left of it
    flush: float = 3.5  # points between the right edges of such a column
    most_flush: float = 0.75  # share of its figures that end there, at least
    least_inset: float = 1.5  # points that cells are set in from where the page's text begins, at least
    inset: float = 0.8  # the same, at most
    centred: float = 1.0  # between the middle of a title and that of its table
    plainly: float = 3.0  # times nearer to it than to that of its columns of figures
    columns: float = 4.5  # of white over a line whose words name most columns, each its own
    most_columns: float = 0.6  # share of the columns that such a line names, at least


REACH = Reach()
_LABELS = 3  # labels of sections between a header and the first row of figures
_DEEPEST = 4  # lines of a header over them
_SMALL_WORDS = 3  # words in lower case that a table's rows may hold without being running text
_UNIT_LINE = 60  # characters of a line that tells the unit
_HEAD_WORDS = 4  # of one line of a header over one column
_LAST_LINES = 4  # of a page, below a header whose rows come overleaf
_ROWS = 3  # of a table with one column of figures


@dataclass(slots=True)
class _Growth:
    """A table by its columns of figures; tells which lines above and below are its own."""

    lines: list[VisualLine]  # of the page
    taken: set[int]  # ids of those of other tables
    bands: Bands
    columns: list[list[float]]
    size: float  # of the table's text
    leading: float = 0.0  # from line to line
    left: float = 0.0  # of its columns of figures
    edge: float = 0.0  # left, of its labels
    right: float = 0.0

    def __post_init__(self) -> None:
        self.left, self.right = min(c[0] for c in self.columns), max(c[1] for c in self.columns)

    def top(self, first: int, last: int) -> int:
        """Where the table begins whose lines of figures are the first to the last."""
        start = first
        while start > 0 and id(self.lines[start - 1]) not in self.taken:
            line, below = self.lines[start - 1], self.lines[start]
            if self._is_title(line):
                break
            if self._joins_above(line, below) or self._heads_words(line, below, self.lines[first : last + 1]):
                start -= 1
                continue
            header = self._header_over_labels(start)
            if header is None:
                break
            start = header
        return start

    def bottom(self, last: int) -> int:
        """Where it ends."""
        for line, above in zip(self.lines[last + 1 :], self.lines[last:], strict=False):
            if id(line) in self.taken or not self._joins_below(line, above):
                break
            last += 1
        return last

    def region(self, anchors: list[VisualLine], chosen: list[VisualLine], x0: float) -> Region:
        columns = [(c[0], c[1]) for c in self.columns]
        return Region(chosen, [a for a in anchors if a in chosen], columns, self.left, x0, max(x.x1 for x in chosen))

    def _joins_above(self, line: VisualLine, below: VisualLine) -> bool:
        """Whether a line goes on upwards with the table that begins below: its header or what that spans."""
        if is_caption(line.text) or line.size > REACH.larger * self.size or self._stands_with_text(line):
            return False
        near = self._names_begin(below)
        shaded = self._shaded_with(line, below)
        over_values = len(line.tokens) > 1 and all(t.x0 > near for t in line.tokens[1:])
        farthest = REACH.shaded if shaded else REACH.over_values if over_values else REACH.above
        gap = below.y0 - line.y1
        if self._named_with_above(line) >= max(2, REACH.most_columns * len(self.columns)):
            return gap <= REACH.columns * self.size
        if gap > farthest * self.size:
            return False
        if shaded:
            return True
        if ends_sentence(line.text) or _NUMBERED.match(line.text):
            return False
        widest = max(t.x1 - t.x0 for t in line.tokens)
        narrow = widest < 0.75 * (self.right - self.left) + 4 * self.size
        tells_unit = _UNIT.search(line.text) is not None and len(line.text) < _UNIT_LINE
        return tells_unit or (narrow and any(t.x0 >= near for t in line.tokens))

    def _stands_with_text(self, line: VisualLine) -> bool:
        """Whether words alone on their line begin where the page's text does, and no row: cells are set in."""
        inset = self.edge - line.x0
        if len(line.tokens) > 1 or not REACH.least_inset < inset < REACH.inset * self.size:
            return False
        return any(abs(x.x0 - line.x0) < REACH.least_inset for x in self.lines if x is not line)

    def _names_begin(self, below: VisualLine) -> float:
        """Where words over figures begin at the earliest; where the line below is a header, where its names do."""
        near = self.left - REACH.margin * self.size
        if figures_of(below):
            return near
        return min([near, *(t.x0 - REACH.flush for t in below.tokens if t.x1 > near)])

    def _is_title(self, line: VisualLine) -> bool:
        """Whether words alone on their line are centred over the whole table, not over its columns of figures."""
        if len(line.tokens) > 1 or line.tokens[0].figure or _UNIT.search(line.text):
            return False
        token = line.tokens[0]
        if sum(token.x0 < x1 and x0 < token.x1 for x0, x1 in self.columns) < 2:
            return False
        centre = token.centre
        off = abs(centre - (self.edge + self.right) / 2)
        return off < REACH.centred * self.size and off * REACH.plainly < abs(centre - (self.left + self.right) / 2)

    def _shaded_with(self, line: VisualLine, below: VisualLine) -> bool:
        """Whether a line stands in the fill of the one below, or in one of its own that goes down to it."""
        own = self.bands.fill_at(below.x0 + 1, below.middle)
        if own is not None and own[1] - 1 <= line.middle <= own[3] + 1:
            return True
        fill = self.bands.fill_at((self.left + self.right) / 2, line.middle)
        return fill is not None and fill[3] >= below.y0 - 3 and fill[2] - fill[0] > 20

    def _heads_words(self, line: VisualLine, below: VisualLine, table: list[VisualLine]) -> bool:
        """The first line of a wrapped header over a column of words ("Bevilling," above the line of years)."""
        if below.y0 - line.y1 >= REACH.wrapped * self.size:
            return False
        left = min(x.x0 for x in table)
        cells = [t for x in table if not year_header(x) for t in x.tokens[1:] if not t.figure]
        heads_bold = table[0].words[-1].bold
        for t in line.tokens:
            over = any(t.x0 < u.x1 and t.x1 > u.x0 for u in cells) or (t.bold and heads_bold and t.x1 < self.left)
            if t.x0 <= left + REACH.set_in * t.size or len(t.words) > _HEAD_WORDS or not over:
                return False
        return True

    def _header_over_labels(self, start: int) -> int | None:
        """The header that only labels of sections part from the rows below it: its line; None for none."""
        header: list[VisualLine] = []
        for at in range(start - 1, max(-1, start - 1 - _LABELS - _DEEPEST), -1):
            line, below = self.lines[at], self.lines[at + 1]
            apart = below.y0 - line.y1 > REACH.sections * below.size
            if id(line) in self.taken or is_caption(line.text) or apart:
                return None
            if header or line.x1 >= self.left:
                header.append(line)
                if at < start - 1 and self._heads_columns(header):
                    return at
            elif start - at > _LABELS or _NUMBERED.match(line.text) or line.size > REACH.larger_below * below.size:
                return None
        return None

    def _heads_columns(self, header: list[VisualLine]) -> bool:
        """Whether a header's lines, the lowest first, name every column together, or the upper one at least two."""
        line = header[-1]
        columns = [(line.x0, self.left), *((c[0], c[1]) for c in self.columns)]
        return (len(header) == 1 and self._named(line) > 1) or bool(names_of([x.tokens for x in header], columns))

    def _named_with_above(self, line: VisualLine) -> int:
        """How many columns a line's tokens head, or those of the line of the same header right above it."""
        at = self.lines.index(line)
        above = self.lines[at - 1] if at else line
        close = line.y0 - above.y1 < REACH.wrapped * self.size and self._named(line) > 0
        return max(self._named(line), self._named(above) if close else 0)

    def _named(self, line: VisualLine) -> int:
        """How many columns of figures a line's tokens head, each one of its own; 0 where some do not."""
        beside = in_order(line.tokens, [(line.x0, self.left), *((c[0], c[1]) for c in self.columns)])
        if beside:
            return len(beside)
        tokens = [t for t in line.tokens if t.x1 > self.left and t.x0 < self.right]
        over = [[i for i, c in enumerate(self.columns) if t.x0 < c[1] and t.x1 > c[0]] for t in tokens]
        single = {hit[0] for hit in over if len(hit) == 1}
        return len(single) if len(over) == len(single) else 0

    def _joins_below(self, line: VisualLine, above: VisualLine) -> bool:
        """Whether a line goes on downwards with the table: a label's next line, a row without figures."""
        step = line.middle - above.middle
        far = step > max(REACH.leadings * self.leading, REACH.step * self.size)
        if far or _begins_text(line, self.size) or self._is_title(line) or any(t.figure for t in line.tokens[1:]):
            return False
        fill = self.bands.fill_at(line.x0 + 1, line.middle)
        if fill is not None and self._reaches_values(fill, line):
            return True
        if line.x1 > self.left:
            return False
        if self._stands_under_fill(line, above) or self._ruled_off(line):
            return True
        if line.words[0].bold and not above.words[0].bold:
            return False
        small = line.text[0].islower() and step <= 1.15 * self.leading + 0.5
        return small or ends_open(above.tokens[0].text)

    def _ruled_off(self, line: VisualLine) -> bool:
        """Whether a rule under a line closes a row that reaches to the figures."""
        y0, y1 = line.y1 - 1, line.y1 + REACH.rule * self.size
        across = self.left + 3 * self.size
        return any(y0 <= y <= y1 and a <= line.x0 + 4 and b >= across for y, a, b in self.bands.rules)

    def _stands_under_fill(self, line: VisualLine, above: VisualLine) -> bool:
        """Whether a line stands as near below a row's fill as text stands in it: the next row, which has none."""
        fill = self.bands.fill_at(above.x0 + 1, above.middle)
        if fill is None or not self._reaches_values(fill, above):
            return False
        inset = line.y0 - fill[3]
        return 0 <= inset < above.y0 - fill[1] + 0.15 * self.size and abs(line.x0 - above.x0) < 1

    def _reaches_values(self, fill: Fill, line: VisualLine) -> bool:
        """Whether a label's fill goes on to the columns of figures, in one piece or drawn cell by cell."""
        if fill[2] > self.left:
            return True
        beside = self.bands.fill_at(self.left + 1, line.middle)
        return beside is not None and abs(beside[1] - fill[1]) < 2 and abs(beside[3] - fill[3]) < 2


def grown(
    anchors: list[VisualLine],
    columns: list[list[float]],
    lines: list[VisualLine],
    bands: Bands,
    taken: set[int],
) -> Region | None:
    """The region of the table that the anchors belong to, without lines that are `taken` (ids); None for no table."""
    bodies = [a for a in anchors if not year_header(a)]
    headed = len(bodies) < len(anchors)
    if not bodies:
        growth = _Growth(lines, taken, bands, columns, anchors[0].size)
        return _header_at_page_end(growth, anchors)
    kept = columns if headed else _repeated(columns, bodies)
    if not kept or not _is_table(anchors, bodies, headed):
        return None
    first, last = lines.index(anchors[0]), lines.index(anchors[-1])
    inside = lines[first : last + 1]
    size = sorted(a.size for a in anchors)[len(anchors) // 2]
    edge = min(x.x0 for x in inside)
    growth = _Growth(lines, taken, bands, _of_values(kept, inside), size, _leading(inside, size), edge=edge)
    chosen = lines[growth.top(first, last) : growth.bottom(last) + 1]
    chosen = [x for x in chosen if id(x) not in taken and x.size < REACH.stamp * size]
    return growth.region(anchors, chosen, min(x.x0 for x in chosen))


def _is_table(anchors: list[VisualLine], bodies: list[VisualLine], headed: bool) -> bool:
    """Whether lines of figures are a table: not dashes alone, which are empty cells of words, and no running text."""
    if not headed and not any(c.isdigit() for a in bodies for t in figures_of(a) for c in t.text):
        return False
    if _reads_on(anchors):
        return False
    return headed or sum(len(figures_of(a)) >= 2 for a in bodies) >= 2 or _money_column(bodies)


def _repeated(columns: list[list[float]], bodies: list[VisualLine]) -> list[list[float]]:
    """The columns in which figures stand under each other."""
    figures = [t for a in bodies for t in figures_of(a)]
    return [c for c in columns if sum(t.x0 < c[1] + 1 and t.x1 > c[0] - 1 for t in figures) >= 2]


def _begins_text(line: VisualLine, size: float) -> bool:
    """Whether a line is a caption, note or heading: none of a table above it."""
    if line.size > REACH.larger_below * size or _NUMBERED.match(line.text):
        return True
    return is_caption(line.text) or is_note(line.text)


def _reads_on(anchors: list[VisualLine]) -> bool:
    """Whether lines with figures are running text set wide: more small words than figures behind their first token."""
    behind = [t for a in anchors for t in a.tokens[1:]]
    small = sum(t.text[0].islower() and t.text.isalpha() for t in behind)
    return small > max(_SMALL_WORDS, sum(t.figure or t.year for t in behind))


def _header_at_page_end(growth: _Growth, anchors: list[VisualLine]) -> Region | None:
    """A header (and labels of sections or a label's first lines) last on a page: its rows come overleaf."""
    lines, start = growth.lines, growth.lines.index(anchors[0])
    after = lines[lines.index(anchors[-1]) + 1 :]
    if len(after) > _LAST_LINES or any(
        b.y0 - a.y1 > REACH.leading * b.size for a, b in pairwise([anchors[-1], *after])
    ):
        return None
    if any(x.x1 > growth.left or is_caption(x.text) or _NUMBERED.match(x.text) for x in after):
        return None
    while start > 0 and growth._joins_above(lines[start - 1], lines[start]):
        start -= 1
    if start > 0 and not is_caption(lines[start - 1].text) and len(anchors[0].tokens) < 3:
        return None
    # the labels to come begin where the page's text does
    return growth.region(anchors, lines[start:], min(x.x0 for x in lines))


def _of_values(columns: list[list[float]], lines: list[VisualLine]) -> list[list[float]]:
    """The columns without those that only some figures stand in: rows' numbers, cost centres among words."""

    def of_words(column: list[float]) -> bool:
        inside = [t for x in lines for t in x.tokens if column[0] - 3 <= t.x0 < column[1]]
        words = [t for t in inside if not (t.figure or t.year) and any(c.isalpha() for c in t.text)]
        return 2 * len(words) > len(inside)  # dots and stars are nils

    kept = [c for c in columns if not of_words(c)] or columns
    if len(kept) > 2 and kept[0][0] < min(x.x0 for x in lines) + 2:
        labels = [t for x in lines if not year_header(x) for t in x.tokens if t.x0 < kept[1][0]]
        if any(not (t.figure or t.year) for t in labels):
            return kept[1:]
    return kept


def _money_column(bodies: list[VisualLine]) -> bool:
    """A single column of figures is a table only if plainly one: right edges in line, set well apart, three rows."""
    rights = []
    for a in bodies:
        last = figures_of(a)[-1]
        at = a.tokens.index(last)
        if at == 0 or last.x0 - a.tokens[at - 1].x1 < REACH.apart * a.size:
            return False
        rights.append(last.x1)
    usual = sorted(rights)[len(rights) // 2]
    flush = sum(abs(x - usual) <= REACH.flush for x in rights)  # brackets and small sums may stand beside the edge
    return flush >= _ROWS and flush >= REACH.most_flush * len(rights)


def _leading(lines: list[VisualLine], size: float) -> float:
    steps = sorted(b.middle - a.middle for a, b in pairwise(lines) if b.middle - a.middle > 0.7 * size)
    return steps[len(steps) // 4] if steps else 1.25 * size
