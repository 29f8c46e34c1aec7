"""The tables of one page: ruled ones from their lines, others from their figures, the last from their cells' fills."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import chain, pairwise
from operator import attrgetter

from extract.grids.aligned import stream_table
from extract.grids.choice import WEIGHTS, overlap, unexplained
from extract.grids.evidence import Bands, Region, figures_of, mark_named_years, year_header
from extract.grids.halves import join_halves
from extract.grids.lattice import FilledRows, filled_rows, ruled_regions
from extract.grids.nils import settle_dashes
from extract.grids.overleaf import Foot, foot_of, read_on
from extract.grids.raw import RawTable
from extract.grids.regions import find_regions
from extract.grids.ruled import interval, ruled_table
from extract.grids.walls import parted
from extract.grids.worded import word_tables
from extract.page.lines import visual_lines
from extract.page.model import Page, VisualLine, Word
from extract.page.tokens import make_token, tokenize

_HIGHEST_FILL = 0.6  # of a page that a fill covers which sets lines apart


@dataclass(slots=True)
class PageTables:
    """A page's tables in print order and the lines outside them (tokens made).

    `foot` is the last table where it may go on overleaf; `upper` is what the foot of the page before is, read together
    with the rows here.
    """

    tables: list[RawTable]
    lines: list[VisualLine]
    foot: Foot | None = None
    upper: RawTable | None = None


def page_tables(
    content: Page, lines: list[VisualLine], carry: RawTable | None = None, foot: Foot | None = None
) -> PageTables:
    """The tables of a page.

    `lines` are those of all its words, `carry` is the table at the bottom of the page before, which may go on here,
    `foot` the same with its lines where it has no drawn grid.

    A drawn grid is one reading of its figures, their alignment another.  Where the grid leaves something unexplained
    (two figures in a cell, rows without label, a row just outside), both are made and the one that leaves less stands.
    """
    drawn = _drawn_tables(content, carry)
    found = _read(content, lines, drawn, carry, foot)
    for candidate in list(drawn):
        left = unexplained(candidate.table.box, found.tables, found.lines)
        if left < WEIGHTS.doubt:
            continue
        others = [d for d in drawn if d is not candidate]
        fresh = [VisualLine(list(x.words), x.y0, x.y1, x.x0, x.x1) for x in lines]
        other = _read(content, fresh, others, carry, foot)
        if unexplained(candidate.table.box, other.tables, other.lines) + WEIGHTS.drawn < left:
            drawn, found = others, other
    return found


@dataclass(slots=True)
class _Drawn:
    """A table as its drawn lines tell it, and the ids of the words within them."""

    table: RawTable
    words: set[int]


def _drawn_tables(content: Page, carry: RawTable | None) -> list[_Drawn]:
    if not (content.horizontals and content.verticals):
        return []
    above = carry.columns if carry is not None and carry.ruled else ()
    used: set[int] = set()
    found = []
    for ruling in ruled_regions(content, above):
        own = set(used)
        table = ruled_table(content, ruling, own, header_only=ruling.rows == 1 and not ruling.under(above))
        if table is not None:
            found.append(_Drawn(table, own - used))
            used = own
    return found


def _outside(lines: list[VisualLine], drawn: list[_Drawn]) -> list[VisualLine]:
    """The lines without the words of drawn tables."""
    if not drawn:
        return lines
    used = set().union(*(d.words for d in drawn))
    left = [(line, [w for w in line.words if id(w) not in used]) for line in lines]
    if all(not words or len(words) == len(line.words) for line, words in left):
        return [line for line, words in left if words]
    return visual_lines(
        [w for _, words in left for w in words]
    )  # a table's word may have held lines beside it together


def _read(
    content: Page, lines: list[VisualLine], drawn: list[_Drawn], carry: RawTable | None, foot: Foot | None
) -> PageTables:
    """The tables of a page of which these are drawn, the others told by alignment and fills."""
    tables = [d.table for d in drawn]
    blocks = [_with_tokens(block) for block in parted(content, _outside(lines, drawn))]
    bands = Bands(list(content.horizontals), [f for f in content.fills if f[3] - f[1] < _HIGHEST_FILL * content.height])
    top = blocks[0] if len(blocks) == 1 else []
    first = foot is not None and top and not any(t.box[1] < top[0].y1 for t in tables)
    joined = read_on(foot, content.number, content.height, top, bands) if foot is not None and first else None
    if joined is not None:
        blocks = [joined.rest]
        tables.append(joined.lower)
    aligned = _aligned_tables(content.number, blocks, bands, carry)
    tables += [table for table, _ in aligned]
    lines = sorted(chain.from_iterable(blocks), key=attrgetter("middle"))
    outside = _without(lines, {id(w) for _, region in aligned for x in region.lines for w in x.words})
    if content.fills:
        outside = _filled_tables(content, tables, outside)
    outside = _worded_tables(content.number, tables, outside, bands)
    tables.sort(key=lambda t: (t.box[1], t.box[0]))
    last = next((both for both in aligned if both[0] is tables[-1]), None)
    below = foot_of(*last, outside, bands, content.height) if last is not None else None
    return PageTables(tables, outside, below, joined.upper if joined is not None else None)


def _aligned_tables(
    page: int, blocks: list[list[VisualLine]], bands: Bands, carry: RawTable | None
) -> list[tuple[RawTable, Region]]:
    """The tables that their figures' alignment tells, with their regions."""
    found: list[tuple[RawTable, Region]] = []
    for block in blocks:
        for region in find_regions(block, bands):
            again = carry is not None and region.lines[0] is blocks[0][0] and _same_header(region, carry)
            columns = carry.columns if carry is not None and again else None
            found += [(stream_table(page, part, bands, columns), part) for part in _side_by_side(region)]
    return found


def _with_tokens(lines: list[VisualLine]) -> list[VisualLine]:
    for line in lines:
        line.tokens = tokenize(line)
    lines = join_halves(lines)
    settle_dashes(lines)
    mark_named_years(lines)
    return lines


def _without(lines: list[VisualLine], taken: set[int]) -> list[VisualLine]:
    """The lines without the words of these ids."""
    if not taken:
        return lines
    kept = [(line, [w for w in line.words if id(w) not in taken]) for line in lines]
    return [line if len(words) == len(line.words) else _line_of(words) for line, words in kept if words]


def _same_header(region: Region, carry: RawTable) -> bool:
    """Whether a region at a page's top repeats the years of the table before it, at the same places."""
    header = next((x for x in region.lines if year_header(x)), None)
    if header is None or carry.ruled:
        return False
    years = [t for t in header.tokens if t.year]
    first = [
        make_token(line)
        for row in carry.rows
        if row.header
        for cell in row.cells.values()
        for line in cell.lines
        if make_token(line).year
    ]
    return len(years) == len(first) and all(
        a.text == b.text and abs(a.x0 - b.x0) < 7 for a, b in zip(years, sorted(first, key=lambda t: t.x0), strict=True)
    )


def _filled_tables(content: Page, tables: list[RawTable], lines: list[VisualLine]) -> list[VisualLine]:
    """Tables (of words, mostly) that only their cells' fills show, among lines no other table took; what is left."""
    taken: set[int] = set()
    left = [w for line in lines for w in line.words]
    for filled in filled_rows(content):
        _add_unfilled(filled, lines)
        box = filled.xs[0], filled.ys[0], filled.xs[-1], filled.ys[-1]
        if len(filled.ys) < 3 or any(overlap(t.box, box) for t in tables):
            continue
        table = ruled_table(content, filled.ruling(), taken, left)
        if table is not None:
            tables.append(table)
    return _without(lines, taken)


def _worded_tables(page: int, tables: list[RawTable], lines: list[VisualLine], bands: Bands) -> list[VisualLine]:
    """Adds the tables of words among the lines that no other table took; what is left."""
    worded = word_tables(page, lines, bands)
    tables += [table for table, _ in worded]
    return _without(lines, {id(w) for _, held in worded for x in held for w in x.words})


def _add_unfilled(filled: FilledRows, lines: list[VisualLine]) -> None:
    """Zebra tables begin or end with a row without fill: a line above or below whose tokens keep to the columns."""

    def keeps(line: VisualLine) -> bool:
        columns = [interval(filled.xs, t.centre) for t in line.tokens]
        inside = all(
            t.x0 >= filled.xs[c] - 1 and t.x1 <= filled.xs[c + 1] + 1 for c, t in zip(columns, line.tokens, strict=True)
        )
        return len(columns) > 1 and inside and len(set(columns)) == len(columns)

    above = [x for x in lines if 0 <= filled.ys[0] - x.y1 < 9 and keeps(x)]
    below = [x for x in lines if 0 <= x.y0 - filled.ys[-1] < 9 and keeps(x)]
    if above:
        filled.ys.insert(0, above[0].y0 - 2)
    if below:
        filled.ys.append(below[0].y1 + 2)


def _side_by_side(region: Region) -> list[Region]:
    """Two tables beside each other: their years begin anew in the middle of a header."""
    for line in region.lines:
        years = [(t, int(t.text[-4:])) for t in line.tokens if t.year and t.text[-4:].isdigit()]
        breaks = [(a, b) for (a, before), (b, after) in pairwise(years) if after < before]
        if len(years) < 4 or len(breaks) != 1:
            continue
        (before, after) = breaks[0]
        words = (t.x0 for x in region.lines for t in x.tokens if not (t.figure or t.year))
        between = [x for x in words if before.x1 + 2 < x < after.x0]
        if len(between) > 1:
            cut = min(between) - 1
            return [r for r in (_part(region, -1e9, cut), _part(region, cut, 1e9)) if r is not None]
    return [region]


def _part(region: Region, left: float, right: float) -> Region | None:
    lines = []
    for line in region.lines:
        words = [w for w in line.words if left <= (w.x0 + w.x1) / 2 < right]
        if words:
            lines.append(_line_of(words))
    settle_dashes(lines)
    columns = [c for c in region.columns if left <= (c[0] + c[1]) / 2 < right]
    if not lines or not columns:
        return None
    anchors = [x for x in lines if figures_of(x)]
    return Region(
        lines, anchors, columns, min(c[0] for c in columns), min(x.x0 for x in lines), max(x.x1 for x in lines)
    )


def _line_of(words: list[Word]) -> VisualLine:
    line = VisualLine(words, min(w.y0 for w in words), max(w.y1 for w in words), words[0].x0, words[-1].x1)
    line.tokens = tokenize(line)
    return line
