"""Tables of dumps that kept their blanks: such a dump is a page whose characters all have one width.

In: the lines of a dump.  Out: the tables found on its pages by the same builder of grids as in PDFs.  A line's words
keep their columns, so what stands under each other there stands under each other on the page that is made of them.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby, pairwise

from extract.grids.build import Part, build_grid, continues
from extract.grids.overleaf import Foot
from extract.grids.raw import RawTable
from extract.grids.tables import page_tables
from extract.models import Cell, Grid, Placement, Row
from extract.page.lines import visual_lines
from extract.page.model import Page, Printed, Word
from extract.text.source import SourceLine
from extract.text.tables import Found
from lexicon.captions import is_caption
from lexicon.figures import figures_in, is_figure
from lexicon.years import columns_in

SIZE = 10.0  # points: the height of a character on the page that is made
WIDTH = 3.9  # points: a character's width; one blank parts words and two part columns, as the page's tokens see them
PITCH = 12.0  # points from line to line
LEAST_GAPS = 2  # between figures of a line, that show how a dump parts its columns
LEAST_NAMES = 2  # of columns, in a line that heads a table
KEPT_SHARE = 0.5  # of such gaps that are wider than a blank, in a dump that kept its blanks
_WORD = re.compile(r"\S+")


@dataclass(slots=True)
class _Sheet:
    """One page of the dump as a page of words; `at` are the indices of its lines."""

    page: Page
    at: list[int]

    def lines_of(self, table: RawTable) -> list[int]:
        """The indices of the lines that a table takes."""
        ys = [w.y0 for row in table.rows for cell in row.cells.values() for line in cell.lines for w in line]
        ys += [w.y0 for w in (*table.orphans, *table.caption_words)]
        return sorted({self.at[int(y / PITCH)] for y in ys})


def keeps_blanks(lines: Sequence[SourceLine]) -> bool:
    """Whether the dump parts its columns by runs of blanks rather than by single ones."""
    gaps = [
        after[0] - before[1]
        for line in lines
        if not line.tabbed and not line.furniture
        for before, after in pairwise(figures_in(line.text))
    ]
    return len(gaps) >= LEAST_GAPS and sum(gap > 1 for gap in gaps) > KEPT_SHARE * len(gaps)


def find_kept(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Found]:
    """The tables of the lines that no other reader took, in print order; none where the dump lost its blanks."""
    if not keeps_blanks([line for at, line in enumerate(lines) if at not in taken]):
        return []
    again = _headers_again(lines, taken)
    parts: list[tuple[_Sheet, RawTable]] = []
    carry: RawTable | None = None
    foot: Foot | None = None
    for sheet in _sheets(lines, taken | again):
        visual = visual_lines(sheet.page.words)
        sheet.page.words = [w for line in visual for w in line.words]
        found = page_tables(sheet.page, visual, carry, foot)
        if found.upper is not None and parts:
            parts[-1] = (parts[-1][0], found.upper)
        parts += [(sheet, table) for table in found.tables]
        last = found.tables[-1] if found.tables else None
        carry = last if last is not None and not any(x.y0 > last.box[3] for x in found.lines) else None
        foot = found.foot
    return [_found(group, lines, known) for group in _joined(parts, lines)]


def _headers_again(lines: Sequence[SourceLine], taken: set[int]) -> set[int]:
    """The lines of headers that stand again amid their table, as where a page break left no other trace: a line that
    names columns, and those above it that stood above it before; no blank line parts them from the rows."""
    texts = [" ".join(line.text.split()) for line in lines]
    named: dict[str, int] = {}
    found: set[int] = set()
    for at, line in enumerate(lines):
        if at in taken or line.tabbed or len(columns_in(line.text)) < LEAST_NAMES:
            continue
        before = named.setdefault(texts[at], at)
        size = next((n for n in range(at - before) if not texts[at - n] or texts[at - n] != texts[before - n]), 0)
        rows = range(before + 1, at - size + 1)
        if size and rows and all(texts[row] and not is_caption(texts[row]) for row in rows):
            found.update(range(at - size + 1, at + 1))
    return found


def _sheets(lines: Sequence[SourceLine], taken: set[int]) -> Iterator[_Sheet]:
    """The dump's pages; lines that are taken or belong to no text leave their place blank."""
    for number, group in groupby(enumerate(lines), key=lambda entry: entry[1].page):
        held = list(group)
        words: list[Word] = []
        for row, (at, line) in enumerate(held):
            if at in taken or line.tabbed or line.furniture:
                continue
            words += [_word(match, row, line) for match in _WORD.finditer(line.text)]
        width = max((w.x1 for w in words), default=0.0)
        page = Page(number, width, len(held) * PITCH, words, printed=Printed([x.number for _, x in held], PITCH))
        yield _Sheet(page, [at for at, _ in held])


def _word(match: re.Match[str], row: int, line: SourceLine) -> Word:
    y0 = row * PITCH
    x0, x1 = match.start() * WIDTH, match.end() * WIDTH
    return Word(match[0], x0, y0, x1, y0 + SIZE, SIZE, line.bold, line.italic, raw=match[0])


def _joined(
    parts: list[tuple[_Sheet, RawTable]], lines: Sequence[SourceLine]
) -> Iterator[list[tuple[_Sheet, RawTable]]]:
    """The parts of each table together, page by page."""
    group: list[tuple[_Sheet, RawTable]] = []
    for sheet, table in parts:
        if group and not _follows(group[-1], (sheet, table), lines):
            yield group
            group = []
        group.append((sheet, table))
    if group:
        yield group


def _follows(before: tuple[_Sheet, RawTable], after: tuple[_Sheet, RawTable], lines: Sequence[SourceLine]) -> bool:
    """Whether a table goes on with the one before it, which ends the page before."""
    if before[0] is after[0]:
        return False
    if after[1].goes_on:
        return True
    last, first = before[0].lines_of(before[1])[-1], after[0].lines_of(after[1])[0]
    if any(not lines[at].blank and not lines[at].furniture for at in range(last + 1, first)):
        return False
    return after[1].page == before[1].page + 1 and continues(before[1], after[1], after[0].page)


def _found(group: list[tuple[_Sheet, RawTable]], lines: Sequence[SourceLine], known: frozenset[str]) -> Found:
    grid = build_grid([Part(table, sheet.page) for sheet, table in group], None, (), known)
    held = [at for sheet, table in group for at in sheet.lines_of(table)]
    first, last = held[0], held[-1]
    others = [at for at in range(first, last) if at not in set(held) and not lines[at].blank]
    furniture = [at for at in others if lines[at].furniture]
    text = [at for at in others if not lines[at].furniture]
    rows, columns = _counted_off(grid)
    return Found(rows, columns, first, last, furniture, others, text)


def _counted_off(grid: Grid) -> tuple[list[Row], int]:
    """The rows of a grid with how many columns they have, the figures loose where blanks and header disagree.

    A dump may set a header's names and the figures below them apart: then some column of figures has no name, though
    every row has as many figures as there are names, and counting them off explains more than where they stand.
    """
    heads = [row for row in grid.rows if row.header]
    body = [row for row in grid.rows if not row.header]
    named = {c for row in heads for c, cell in enumerate(row.cells) if c and cell is not None and cell.text}
    held = [[(c, cell) for c, cell in enumerate(row.cells) if c and cell is not None and cell.text] for row in body]
    columns = {c for cells in held for c, _ in cells}
    if not named or columns <= named or not _is_counted(held, len(named)):
        return list(grid.rows), grid.columns
    kept = [0, *sorted(named)]
    rows = [replace(row, cells=tuple(row.cells[c] for c in kept)) for row in heads]
    for row, cells in zip(body, held, strict=True):
        loose = tuple(replace(cell, placement=Placement.UNDECIDED) for _, cell in cells)
        rows.append(replace(row, cells=(row.cells[0], *[None] * len(named)), loose=loose))
    return rows, len(kept)


def _is_counted(rows: Sequence[Sequence[tuple[int, Cell]]], columns: int) -> bool:
    """Whether every row has that many cells or none, and all of them are figures."""
    return all(len(cells) in (0, columns) and all(is_figure(cell.text) for _, cell in cells) for cells in rows)
