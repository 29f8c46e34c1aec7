"""Blocks cut where a case begins amid one: a dump may run a case's last line, or its last table, and the next title
together.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from itertools import groupby, pairwise

from extract.models import Block, Cell, Grid, Heading, Ledger, Line, Paragraph, Row
from normalize.cases.traits import Trait
from normalize.forms.rows import join


def cut_at(
    blocks: Sequence[Block], traits: Sequence[Trait], starts: Collection[int]
) -> tuple[tuple[Block, ...], list[Trait]]:
    """The blocks with each paragraph and grid cut before the lines `starts`, and the traits with their new blocks."""
    first_lines = frozenset(starts)
    if not any(t.row in first_lines and t.line > 0 and not isinstance(blocks[t.block], Heading) for t in traits):
        return tuple(blocks), list(traits)  # the usual case: each begins with a block
    lines = {block: list(own) for block, own in groupby(traits, key=lambda t: t.block)}
    out: list[Block] = []
    moved: list[Trait] = []
    for n, block in enumerate(blocks):
        own = lines.get(n, [])
        cuts = sorted({t.line for t in own if t.row in first_lines and t.line > 0 and not isinstance(block, Heading)})
        for first, part in _parts(block, cuts):
            stop = first + (len(part.lines) if isinstance(part, Paragraph) else len(_rows(part)))
            whole = len(cuts) == 0
            moved += [replace(t, block=len(out)) for t in own if whole or first <= max(t.line, 0) < stop]
            out.append(part)
    return tuple(out), moved


def _rows(part: Block) -> Sequence[object]:
    return part.rows if isinstance(part, Grid) else ()


def _parts(block: Block, cuts: Sequence[int]) -> list[tuple[int, Block]]:
    """The block cut before its lines `cuts`, each part with the number of its first line."""
    if isinstance(block, Paragraph) and cuts:
        edges = pairwise([0, *cuts, len(block.lines)])
        return [(first, _paragraph(block.lines[first:stop])) for first, stop in edges]
    if isinstance(block, Grid) and cuts:
        edges = pairwise([0, *cuts, len(block.rows)])
        return [part for first, stop in edges for part in _of_grid(block, first, stop)]
    return [(0, block)]


def _paragraph(lines: tuple[Line, ...]) -> Paragraph:
    return Paragraph(join(line.text for line in lines), lines, lines[0].place)


def _of_grid(grid: Grid, first: int, stop: int) -> list[tuple[int, Block]]:
    """Rows of a grid: below a cut, the lines of the next case's head as paragraphs, then the rest as a grid."""
    rows = grid.rows[first:stop]
    head = 0 if first == 0 else 1 + next((n for n, row in enumerate(rows[1:]) if len(_filled(row)) > 1), len(rows) - 1)
    parts: list[tuple[int, Block]] = [
        (first + n, _paragraph((Line(join(c.text for c in cells), cells[0].place, tuple(cells)),)))
        for n, row in enumerate(rows[:head])
        if (cells := _filled(row))
    ]
    if rows[head:]:
        part = _grid(grid, rows[head:])
        part = replace(part, caption=grid.caption) if first == 0 else part
        parts.append((first + head, replace(part, notes=grid.notes) if stop == len(grid.rows) else part))
    return parts


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in (*row.cells, *row.loose) if cell is not None and cell.text.strip()]


def _grid(grid: Grid, rows: tuple[Row, ...]) -> Grid:
    """Some rows of a grid as a grid of their own; its ledger counts their own words, all of them in cells."""
    tokens = sum(len(cell.text.split()) for row in rows for cell in _filled(row))
    pages = [row.place.page for row in rows]
    return replace(
        grid,
        rows=rows,
        first_page=min(pages),
        last_page=max(pages),
        place=rows[0].place,
        caption=None,
        notes=(),
        ledger=Ledger(tokens=tokens, placed=tokens),
    )
