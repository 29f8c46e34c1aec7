"""Tables of words without a grid: lines whose cells stand under each other, with white between them all the way down.

Found last, among the lines that no other table took.  Running text set in columns looks alike but fills its columns:
many words a line, as wide as the column.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise

from extract.grids.raw import RawCell, RawRow, RawTable
from extract.page.model import Token, VisualLine, extent
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
    filled: float = 0.5  # share of the cells of a row that is one by itself
    wordy: float = 3.2  # words a cell from where on, filling its column, it may be running text
    full: float = 0.75  # share of a column's width that running text fills
    texts: float = 0.34  # share of the columns that may look like running text


WORDS = Words()
Strip = tuple[float, float]


@dataclass(slots=True)
class _Run:
    """Lines below each other and the white strips that part all of them, left to right."""

    lines: list[VisualLine]
    strips: list[Strip] = field(default_factory=list)

    def takes(self, line: VisualLine) -> bool:
        """Takes in a line; False for one that is too far below or leaves too few columns."""
        above = self.lines[-1]
        if line.middle - above.middle > WORDS.step * line.size or is_caption(line.text) or is_note(line.text):
            return False
        if abs(line.size - above.size) > 0.1 * above.size:
            return False
        left = _narrowed(self.strips, line)
        if len(left) < max(WORDS.columns - 1, len(self.strips) / 2):
            return False
        self.lines.append(line)
        self.strips = left
        return True



def word_tables(page: int, lines: list[VisualLine]) -> list[tuple[RawTable, list[VisualLine]]]:
    """The tables of words among lines (top to bottom, tokens made), each with its lines."""
    found = []
    at = 0
    while at < len(lines):
        if len(lines[at].tokens) < WORDS.columns:
            at += 1
            continue
        run = _Run(lines[at : at + 1], _white(lines[at]))
        while at + len(run.lines) < len(lines) and run.takes(lines[at + len(run.lines)]):
            pass
        table = _table(page, run)
        if table is not None:
            found.append((table, run.lines))
        at += len(run.lines) if table is not None else 1
    return found


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


def _table(page: int, run: _Run) -> RawTable | None:
    """The table of a run; None where it has too few rows or reads like text set in columns."""
    columns, cells = _columns(run)
    whole = [len(row) >= max(2, WORDS.filled * len(columns)) for row in cells]
    if sum(whole) < WORDS.rows or sum(_reads_on([r[c] for r in cells if c in r]) for c in range(len(columns))) > (
        WORDS.texts * len(columns)
    ):
        return None
    rows: list[dict[int, RawCell]] = []
    spans: list[list[VisualLine]] = []
    for line, row, own in zip(run.lines, cells, whole, strict=True):
        if own or not rows:
            rows.append({})
            spans.append([])
        spans[-1].append(line)
        for column, token in row.items():
            rows[-1].setdefault(column, RawCell(column, [])).lines.append(token.words)
    raw = [
        RawRow(row, min(x.y0 for x in held), max(x.y1 for x in held)) for row, held in zip(rows, spans, strict=True)
    ]
    return RawTable(page, extent(run.lines), columns, raw, False, words=sum(len(x.words) for x in run.lines))


def _columns(run: _Run) -> tuple[list[Strip], list[dict[int, Token]]]:
    """The columns of a run and its lines' cells: strips part them, but not what no line has words on both sides of."""
    x0, _, x1, _ = extent(run.lines)
    bounds = [x0, *((a + b) / 2 for a, b in run.strips), x1]
    at = 1
    while at < len(bounds) - 1:
        cells = [_cells(line, list(pairwise(bounds))) for line in run.lines]
        if any(at - 1 in row and at in row for row in cells):
            at += 1
        else:
            del bounds[at]
    columns = list(pairwise(bounds))
    return columns, [_cells(line, columns) for line in run.lines]


def _cells(line: VisualLine, columns: list[Strip]) -> dict[int, Token]:
    """The tokens of a line by column, those of one column as one."""
    held: dict[int, list[Token]] = {}
    for t in line.tokens:
        column = next((i for i, (_, x1) in enumerate(columns) if t.centre < x1), len(columns) - 1)
        held.setdefault(column, []).append(t)
    return {c: ts[0] if len(ts) == 1 else make_token([w for t in ts for w in t.words]) for c, ts in held.items()}


def _reads_on(tokens: list[Token]) -> bool:
    """Whether a column's lines read like running text: many words each, most as wide as the column."""
    if not tokens:
        return False
    width = max(t.x1 for t in tokens) - min(t.x0 for t in tokens)
    full = sum(t.x1 - t.x0 > WORDS.full * width for t in tokens)
    return sum(len(t.words) for t in tokens) > WORDS.wordy * len(tokens) and full > len(tokens) / 2
