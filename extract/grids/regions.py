"""Where the tables without a drawn grid are on a page: lines whose figures stand under each other."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median, median_high

from extract.grids.evidence import Bands, Region, figures_of, year_header
from extract.grids.growth import grown
from extract.headings import numbered
from extract.page.model import Token, VisualLine
from extract.records import record
from lexicon.captions import is_caption, is_marker
from lexicon.figures import is_dash
from lexicon.units import find_unit

Extent = list[float]
"""Where a column begins and ends."""


@record
class Spacing:
    """How far apart lines and figures of one table stand; in font sizes, unless said otherwise."""

    near_nil: float = 0.6  # beside a column, within which a nil is that column's
    close: float = 0.75  # of white between two columns set close, in most rows at least
    set_off: float = 1.3  # of white between a table and the header of the next
    touching: float = 1.5  # points between figures of one column that do not stand under each other
    row: float = 4.5  # to the next row of figures
    tall_row: float = 9.0  # to one that fits the columns: a row is tall where a neighbour's cell holds many lines
    loose_row: float = 2.5  # to one of which most figures stand under none above
    under_years: float = 2.2  # to a row under a header, whatever stands under what
    near_note: float = 1.5  # that a line of text between two rows takes, besides their own white
    title_white: float = 1.5  # times the white between rows, more than which stands over a title
    larger: float = 1.15  # times the size of the rows above, from where on a line is a title
    beside: float = 1.6  # to a lone figure in a column of words
    words: float = 4.0  # to a line without figures
    shift: float = 14.0  # that a line with a lone figure begins beside the others
    widest_cell: float = 9.0  # of words under a header of years
    prose: float = 18.0  # that running text across columns is wide


SPACING = Spacing()
_PROSE_WORDS = 4  # that running text across columns has at least
_FEW_TOKENS = 4  # of a line whose only figure is a table's, unless it ends the line


def find_regions(lines: list[VisualLine], bands: Bands) -> list[Region]:
    """The tables without a grid among a page's lines (top to bottom, tokens made)."""
    regions: list[Region] = []
    taken: set[int] = set()
    for group in _groups(lines, bands):
        region = grown(group.lines, _columns_of(group.lines), lines, bands, taken)
        if region is not None:
            regions.append(region)
            taken.update(id(x) for x in region.lines)
    return regions


def _groups(lines: list[VisualLine], bands: Bands) -> list[_Group]:
    """The lines of figures that share columns, parted by captions, headers, running text and white."""
    groups: list[_Group] = []
    open_: _Group | None = None
    parted: _Group | None = None  # by one line of text from what may go on with it
    for line in lines:
        if is_caption(line.text) and len(figures_of(line)) < 2:
            open_ = parted = None
        elif _is_anchor(line, open_ is not None):
            if open_ is None and parted is not None and parted.resumes(line):
                open_ = parted
            parted = None
            if open_ is None or not open_.takes(line):
                open_ = _Group()
                groups.append(open_)
                open_.add_figures(line)
        elif open_ is None:
            parted = None
        elif not open_.takes_words(line, bands):
            parted = open_ if open_.is_parted_by(line) else None
            open_ = None
    return groups


def _is_anchor(line: VisualLine, inside: bool) -> bool:
    """A line with figures of a table; `inside` a table a lone figure will do (its label stands above or below)."""
    figures = figures_of(line)
    if len(figures) >= 2:
        return True
    if inside and len(line.tokens) == 1:
        return line.tokens[0].figure and not is_marker(line.text)
    return len(figures) == 1 < len(line.tokens) and (len(line.tokens) <= _FEW_TOKENS or figures[0] is line.tokens[-1])


@dataclass(slots=True)
class _Group:
    """Lines of figures that share columns, as far as they have been read."""

    lines: list[VisualLine] = field(default_factory=list)
    columns: list[Extent] = field(default_factory=list)
    reached: float = 0.0  # how far down its lines reach, those without figures among them
    left: float = float("inf")  # how far left they do
    headed: bool = False  # by a line of years
    bodies: bool = False  # it holds more than lines of years

    def _add(self, line: VisualLine) -> None:
        self.lines.append(line)
        years = year_header(line)
        self.headed, self.bodies = self.headed or years, self.bodies or not years

    def add_figures(self, line: VisualLine) -> None:
        self._add(line)
        self.left, self.reached = min(self.left, line.x0), line.y1
        for t in figures_of(line):
            column = self._under(t)
            if column is None:
                self.columns.append([t.x0, t.x1])
            else:
                column[0], column[1] = min(column[0], t.x0), max(column[1], t.x1)
        self.columns = _merge_intervals(self.columns)

    def takes(self, line: VisualLine) -> bool:
        """Takes in a line of figures that goes on with the group; False for one that begins another."""
        if self._stands_inside(line):
            self._add(line)  # a figure in a column of words ("Tilbagebetalingstid … 6" under "Styringsområde")
            self.left, self.reached = min(self.left, line.x0), line.y1
        elif self._goes_on(line):
            self.add_figures(line)
        else:
            return False
        return True

    def _goes_on(self, line: VisualLine) -> bool:
        figures, gap = figures_of(line), (line.y0 - self.reached) / line.size
        matched = sum(self._under(t) is not None for t in figures)
        fits = self.headed and matched > 1 and matched >= len(figures) - 1
        if gap > (SPACING.tall_row if fits else SPACING.row) or (self.bodies and year_header(line)):
            return False
        if matched == 0 and self.headed and len(figures) > 1 and gap < SPACING.under_years:
            return True
        if matched == 0 and (self.bodies or len(line.tokens) == 1):
            return False
        return matched >= len(figures) / 2 or gap <= SPACING.loose_row

    def _stands_inside(self, line: VisualLine) -> bool:
        """A lone figure in a column of words, left or right of the columns of figures."""
        figures = figures_of(line)
        if len(figures) != 1 or figures[0] is not line.tokens[-1] or self._under(figures[0]) is not None:
            return False
        shift = abs(line.x0 - min(g.x0 for g in self.lines))
        return (
            line.y0 - self.reached <= SPACING.beside * line.size
            and (shift < SPACING.shift * line.size or len(line.tokens) == 1)
            and min(self.left, line.x0) + 2 * line.size < figures[0].x0
        )

    def is_parted_by(self, line: VisualLine) -> bool:
        """Whether a line of text alone stands as near below the last row as its rows stand to each other."""
        return len(line.tokens) == 1 and line.y0 - self.lines[-1].y1 <= self._white() + 0.1 * line.size

    def resumes(self, line: VisualLine) -> bool:
        """Whether a line of figures right under a line of text is the next row: as near, under the same columns."""
        figures = figures_of(line)
        near = line.y0 - self.lines[-1].y1 <= 2 * self._white() + SPACING.near_note * line.size
        whole = len(figures) >= max(2, max(len(figures_of(x)) for x in self.lines if not year_header(x)) - 1)
        return near and whole and not year_header(line) and all(self._under(t) is not None for t in figures)

    def _white(self) -> float:
        """The white between two rows next to each other, in points; 0 where there are none."""
        steps = [b.y0 - a.y1 for a, b in pairwise(self.lines)]
        return max(0.0, median_high(steps)) if steps else 0.0

    def takes_words(self, line: VisualLine, bands: Bands) -> bool:
        """Takes in a line without figures of its own; False for one that ends the table."""
        if self._has_cells(line):
            self._add(line)
        elif self._breaks(line, bands) or self._heads_another(line):
            return False
        else:
            self.left = min(self.left, line.x0)
        self.reached = max(self.reached, line.y1)
        return True

    def _has_cells(self, line: VisualLine) -> bool:
        """Cells of words under a header of years ("1 årsværk/"): two tokens or more, each over a column of its own."""
        if not self.headed or line.y0 - self.lines[-1].y1 > SPACING.words * line.size:
            return False
        narrow = [t for t in line.tokens if t.x1 - t.x0 < SPACING.widest_cell * t.size]
        hit = [id(c) for t in narrow if (c := self._under(t)) is not None]
        return len(hit) >= 2 and len(set(hit)) == len(hit) and len(hit) >= 0.5 * len(line.tokens)

    def _heads_another(self, line: VisualLine) -> bool:
        """Whether words over columns, set off from rows above them or beside a unit, head another table."""
        over = [t for t in line.tokens if t.x1 > min(c[0] for c in self.columns)]
        set_off = line.y0 - self.lines[-1].y1 > SPACING.set_off * line.size
        first = line.tokens[0]
        return self.bodies and len(over) > 1 and (set_off or (first not in over and find_unit(first.text) is not None))

    def _breaks(self, line: VisualLine, bands: Bands) -> bool:
        """Whether a line without figures ends the table: far below it, or running text across its columns."""
        left, right = min(c[0] for c in self.columns), max(c[1] for c in self.columns)
        if line.y0 - self.reached > SPACING.words * line.size or self._is_heading(line):
            return True
        longest = max(line.tokens, key=lambda t: t.x1 - t.x0)
        if longest.x0 >= left - 0.5 * line.size or bands.fill_at(line.x0 + 1, line.middle) is not None:
            return False  # words inside the columns, or a row that is shaded
        return (
            longest.x1 - left > 0.3 * (right - left)
            and len(longest.words) >= _PROSE_WORDS
            and longest.x1 - longest.x0 > SPACING.prose * line.size
        )

    def _is_heading(self, line: VisualLine) -> bool:
        """Whether a line set off from the rows above it is larger than these, or a title with a number."""
        set_off = line.y0 - self.reached > max(SPACING.set_off * line.size, SPACING.title_white * self._white())
        larger = line.size > SPACING.larger * self.lines[-1].size
        return self.bodies and set_off and len(line.tokens) == 1 and (larger or numbered(line.text) is not None)

    def _under(self, token: Token) -> Extent | None:
        """The column that a token stands under."""
        touching = SPACING.touching
        return next((c for c in self.columns if token.x0 < c[1] + touching and token.x1 > c[0] - touching), None)


def _columns_of(group: list[VisualLine]) -> list[Extent]:
    """The extents of columns by the figures in them.

    A nil a little beside a column is that column's; where there are more columns than years, years head several each.
    """
    tokens = [t for line in group for t in figures_of(line)]
    columns = _merge_intervals([[t.x0, t.x1] for t in tokens if _is_amount(t)])
    years = max(sum(t.year for t in line.tokens) for line in group)
    for token in (t for t in tokens if not _is_amount(t) and (not t.year or len(columns) <= years)):
        near = SPACING.near_nil * token.size if is_dash(token.text) else 0.0
        under = [c for c in columns if token.x0 < c[1] + near and c[0] - near < token.x1]
        if len(under) == 1:
            under[0][0], under[0][1] = min(under[0][0], token.x0), max(under[0][1], token.x1)
        elif not under:
            columns.append([token.x0, token.x1])  # a year without a figure, a column of nils
            columns.sort()
    rows = [figures_of(line) for line in group]
    return [part for column in _merge_intervals(columns) for part in _parted(column, rows)]


def _parted(column: Extent, rows: list[list[Token]]) -> list[Extent]:
    """A column in which most rows have as many figures, two or more, as the columns that they are, set close."""
    held = [inside for row in rows if (inside := [t for t in row if column[0] <= t.x0 and t.x1 <= column[1]])]
    count, most = Counter(map(len, held)).most_common(1)[0] if held else (1, 0)
    if count < 2 or 2 * most <= len(held):
        return [column]
    full = [row for row in held if len(row) == count]
    if median(b.x0 - a.x1 for row in full for a, b in pairwise(row)) < SPACING.close * full[0][0].size:
        return [column]  # digits of one figure, spaced out
    columns = list(zip(*full, strict=True))
    cuts = [(max(t.x1 for t in a) + min(t.x0 for t in b)) / 2 for a, b in pairwise(columns)]
    return [[a, b] for a, b in pairwise([column[0], *cuts, column[1]])]


def _is_amount(token: Token) -> bool:
    return token.figure and not token.year and not is_dash(token.text)


def _merge_intervals(columns: list[Extent]) -> list[Extent]:
    merged: list[Extent] = []
    for column in sorted(columns):
        if merged and column[0] <= merged[-1][1] + SPACING.touching:
            merged[-1][1] = max(merged[-1][1], column[1])
        else:
            merged.append(column)
    return merged
