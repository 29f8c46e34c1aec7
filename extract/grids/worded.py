"""Tables of words without a grid: lines whose cells stand under each other, with white between them all the way down.

Found last, among the lines that no other table took.  Running text set in columns looks alike but fills its columns:
many words a line, as wide as the column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from extract.grids.evidence import Bands
from extract.grids.raw import RawCell, RawRow, RawTable
from extract.page.model import Token, VisualLine, Word, extent
from extract.page.tokens import make_token
from extract.records import record
from lexicon.captions import is_caption, is_note


@record
class Words:
    """What makes lines of words a table; lengths in font sizes."""

    white: float = 0.7  # between two columns, at least
    columns: int = 3  # at least
    rows: int = 4  # of which most cells are filled, at least
    step: float = 2.6  # down to the next line, at most
    near: float = 0.9  # times the usual step: a line nearer to the one above may go on with its words
    apart: float = 1.4  # times the usual step: words of one column alone, so far below all others, are a heading
    filled: float = 0.5  # share of the cells of a row that is one by itself
    alike: float = 0.1  # share of their size by which the lines of one table differ, at most
    wordy: float = 3.2  # words a cell from where on, filling its column, it may be running text
    full: float = 0.75  # share of a column's width that running text fills
    texts: float = 0.34  # share of the columns that may look like running text
    aligned: float = 0.8  # share of a column's rows in which a word begins at one place: two columns set close
    crossed: float = 0.1  # share of them in which a word may reach over it
    blank: float = 0.4  # of white before it which is more than a blank
    edge: float = 0.15  # within which it is one place
    heads: int = 3  # lines above the first whole one that may be its header's


WORDS = Words()
Strip = tuple[float, float]


@dataclass(slots=True)
class _Run:
    """Lines below each other and the white strips that part all of them, left to right."""

    lines: list[VisualLine]
    strips: list[Strip] = field(default_factory=list)

    def takes(self, line: VisualLine) -> bool:
        """Takes in a line; False for one that is too far below or leaves too few columns, and for a form's boxes."""
        above = self.lines[-1]
        if line.middle - above.middle > WORDS.step * line.size:
            return False
        if abs(line.size - above.size) > WORDS.alike * above.size or _ticks(line):
            return False
        left = _narrowed(self.strips, line)
        if len(line.tokens) == 1 and len(left) < len(self.strips):
            return False  # running text across the columns
        if len(left) < max(WORDS.columns - 1, len(self.strips) / 2) or is_caption(line.text) or is_note(line.text):
            return False
        self.lines.append(line)
        self.strips = left
        return True

    def ends(self) -> None:
        """Gives back the last lines that are no row's: words of one column alone, far below the others."""
        usual = median(b.middle - a.middle for a, b in pairwise(self.lines)) if len(self.lines) > 1 else 0.0
        while len(self.lines) > 1 and len(self.lines[-1].tokens) == 1:
            if self.lines[-1].middle - self.lines[-2].middle <= WORDS.apart * usual:
                return
            self.lines.pop()

    def begins(self, line: VisualLine) -> bool:
        """Takes in the line above where it is near and leaves the columns as they are: a header's."""
        near = self.lines[0].middle - line.middle < WORDS.step / 2 * line.size
        heads = near and len(line.tokens) > 1 and not is_caption(line.text)
        if heads and len(left := _narrowed(self.strips, line)) == len(self.strips):
            self.lines.insert(0, line)
            self.strips = left
            return True
        return False


def word_tables(page: int, lines: list[VisualLine], bands: Bands) -> list[tuple[RawTable, list[VisualLine]]]:
    """The tables of words among lines (top to bottom, tokens made), each with its lines."""
    runs = []
    for at, line in enumerate(lines):
        if len(line.tokens) >= WORDS.columns and not _ticks(line):
            run = _Run([line], _white(line))
            all(run.takes(below) for below in lines[at + 1 :])
            run.ends()
            runs.append((len(run.lines) * len(run.strips), at, run))
    found = []
    taken: set[int] = set()
    for _, at, run in sorted(runs, key=lambda one: (-one[0], one[1])):
        if not taken.isdisjoint(map(id, run.lines)):
            continue
        above = [x for x in reversed(lines[max(0, at - WORDS.heads) : at]) if id(x) not in taken]
        all(run.begins(line) for line in above)
        table = _table(page, run, bands)
        if table is not None:
            found.append((table, run.lines))
            taken.update(map(id, run.lines))
    return found


def _ticks(line: VisualLine) -> bool:
    """Whether a line holds tick boxes."""
    return any(w.text[0] in "☐☒" for w in line.words)


def _white(line: VisualLine) -> list[Strip]:
    """The strips of white between the tokens of a line."""
    least = WORDS.white * line.size
    return [(a.x1, b.x0) for a, b in zip(line.tokens, line.tokens[1:], strict=False) if b.x0 - a.x1 >= least]


def _narrowed(strips: list[Strip], line: VisualLine) -> list[Strip]:
    """What a line leaves of strips of white: the parts that stay wide enough."""
    for t in line.tokens:
        parts = ((left, right) for a, b in strips for left, right in ((a, min(b, t.x0)), (max(a, t.x1), b)))
        strips = sorted({part for part in parts if part[1] - part[0] >= WORDS.white * line.size})
    return strips


def _table(page: int, run: _Run, bands: Bands) -> RawTable | None:
    """The table of a run; None where it has too few rows or reads like text set in columns."""
    if len(run.lines) < WORDS.rows:
        return None
    columns, cells = _columns(run)
    whole = _whole(run.lines, cells, columns)
    texts = sum(_reads_on([row[c] for row in cells if c in row]) for c in range(len(columns)))
    if sum(whole) < WORDS.rows or texts > WORDS.texts * len(columns) or _lists_pages(cells, len(columns) - 1):
        return None
    rows = []
    for group in _grouped(run.lines, whole, bands):
        row: dict[int, RawCell] = {}
        for i in group:
            for column, token in cells[i].items():
                row.setdefault(column, RawCell(column, [])).lines.append(token.words)
        _, y0, _, y1 = extent([run.lines[i] for i in group])
        rows.append(RawRow(row, y0, y1))
    return RawTable(page, extent(run.lines), columns, rows, False, words=sum(len(x.words) for x in run.lines))


def _whole(lines: list[VisualLine], cells: list[dict[int, Token]], columns: list[Strip]) -> list[bool]:
    """Which lines are rows by themselves: not those that go on, nearer than others, with words of the line above."""
    usual = median(b.middle - a.middle for a, b in pairwise(lines))
    whole = [_is_whole(row, columns) for row in cells]
    for i, (above, line) in enumerate(pairwise(lines), 1):
        if line.middle - above.middle < WORDS.near * usual:
            whole[i] &= not any(t.text[0].islower() for c, t in cells[i].items() if c in cells[i - 1])
    return whole


def _grouped(lines: list[VisualLine], whole: list[bool], bands: Bands) -> list[list[int]]:
    """The numbers of the lines of each row: a line with few cells is of the row above, or where a fill says so below.

    So is one above the first row.
    """
    fills = [bands.fill_at(line.words[0].x0 + 1, line.middle) for line in lines]
    groups: list[list[int]] = []
    open_ = False  # the last group waits for its row
    for i, own in enumerate(whole):
        parted = i > 0 and fills[i] != fills[i - 1]
        if not groups or (own and not open_) or (parted and not open_):
            groups.append([i])
        else:
            groups[-1].append(i)
        open_ = not own and (open_ or parted or i == 0)
    return groups


def _columns(run: _Run) -> tuple[list[Strip], list[dict[int, Token]]]:
    """The columns of a run and its lines' cells: strips part them, but not what no line has words on both sides of."""
    x0, _, x1, _ = extent(run.lines)
    bounds = [x0, *((a + b) / 2 for a, b in run.strips), x1]
    middles = [[t.centre for t in line.tokens] for line in run.lines]
    at = 1
    while at < len(bounds) - 1:
        left, cut, right = bounds[at - 1 : at + 2]
        if any(_between(some, left, cut) and _between(some, cut, right) for some in middles):
            at += 1
        else:
            del bounds[at]
    columns = list(pairwise(bounds))
    whole = [line for line in run.lines if _is_whole(_cells(line, columns), columns)]
    columns = [part for column in columns for part in _set_close(column, whole)]
    return columns, [_cells(line, columns) for line in run.lines]


def _between(places: list[float], x0: float, x1: float) -> bool:
    """Whether one of the places lies between two others."""
    return any(x0 <= x < x1 for x in places)


def _is_whole(row: dict[int, Token], columns: list[Strip]) -> bool:
    """Whether a line is a row by itself: it fills half of the columns."""
    return len(row) >= max(2, WORDS.filled * len(columns))


def _set_close(column: Strip, lines: list[VisualLine]) -> list[Strip]:
    """A column as it is, or the columns that it is: in most of its rows a second word begins at one place."""
    rows = [[w for w in line.words if column[0] <= (w.x0 + w.x1) / 2 < column[1]] for line in lines]
    rows = [row for row in rows if len(row) > 1]
    if len(rows) < WORDS.rows:
        return [column]
    edge = WORDS.edge * rows[0][0].size
    starts = sorted(w.x0 for row in rows for w in row[1:])
    last = starts[int(WORDS.aligned * len(rows)) - 1 :]
    often = dict.fromkeys((a + b) / 2 for a, b in zip(starts, last, strict=False) if b - a <= 2 * edge)
    x = next((x for x in often if _begins_column(x, rows)), None)
    if x is None:
        return [column]
    return [(column[0], x - edge), *_set_close((x - edge, column[1]), lines)]


def _begins_column(x: float, rows: list[list[Word]]) -> bool:
    """Whether a column begins at a place: most rows have a word there and few one across it.

    Not so after the same word over and over ("Ny By", "Ny Gade") with no more than a blank between.
    """
    size = rows[0][0].size
    edge = WORDS.edge * size
    begun = sum([any(abs(w.x0 - x) <= edge for w in row[1:]) for row in rows])
    if begun < WORDS.aligned * len(rows):
        return False
    before = [words for row in rows if (words := [w for w in row if w.x0 < x - edge])]
    if sum(words[-1].x1 > x + edge for words in before) > WORDS.crossed * len(rows):
        return False
    widths = [words[-1].x1 - words[0].x0 for words in before]
    white = median([x - words[-1].x1 for words in before])
    return max(widths) - min(widths) > 2 * edge or white > WORDS.blank * size


def _cells(line: VisualLine, columns: list[Strip]) -> dict[int, Token]:
    """The words of a line by column, those of one column as one token."""
    held: dict[int, list[Word]] = {}
    for w in line.words:
        column = next((i for i, (_, x1) in enumerate(columns) if (w.x0 + w.x1) / 2 < x1), len(columns) - 1)
        held.setdefault(column, []).append(w)
    return {c: make_token(words) for c, words in held.items()}


def _lists_pages(cells: list[dict[int, Token]], last: int) -> bool:
    """Whether the last column holds rising numbers and nothing else: the pages of a list of contents."""
    pages = [row[last].text for row in cells if last in row]
    return all(map(str.isdecimal, pages)) and all(int(a) <= int(b) for a, b in pairwise(pages))


def _reads_on(tokens: list[Token]) -> bool:
    """Whether a column's lines read like running text: many words each, most as wide as the column."""
    if not tokens:
        return False
    width = max(t.x1 for t in tokens) - min(t.x0 for t in tokens)
    full = sum(t.x1 - t.x0 > WORDS.full * width for t in tokens)
    return sum(len(t.words) for t in tokens) > WORDS.wordy * len(tokens) and full > len(tokens) / 2
