"""Grids that run on into the next case's opening lines, cut there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from extract.models import Block, Cell, Grid, Ledger, Line, Paragraph, Row
from normalize.forms.labels import NOT_READ, match_label
from normalize.forms.lines import is_banner


def unglued(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with a grid that runs on into the next case's opening lines cut there.

    A text dump may set the next banner and form right below a table, without anything between them.
    """
    out: list[Block] = []
    for block in blocks:
        while isinstance(block, Grid) and (at := _opening_row(block)) is not None:
            rest = block.rows[at:]
            stop = next((n for n, row in enumerate(rest) if len(_filled(row)) > 1), len(rest))
            lines = [Line(cell.text, cell.place, (cell,)) for row in rest[:stop] for cell in _filled(row)]
            out.append(_part(block, block.rows[:at], caption=block.caption))
            out += [Paragraph(line.text, (line,), line.place) for line in lines]
            if stop == len(rest):
                break
            block = _part(block, rest[stop:], notes=block.notes)
        else:
            out.append(block)
    return tuple(out)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in (*row.cells, *row.loose) if cell is not None and cell.text.strip()]


def _opening_row(grid: Grid) -> int | None:
    """The first row below a grid's body that holds a case's banner and nothing else, with a form's label below it."""
    for n, row in enumerate(grid.rows[:-1]):
        cells, below = _filled(row), _filled(grid.rows[n + 1])
        if n and len(cells) == len(below) == 1 and cells[0].text[:1].isupper() and is_banner(cells[0].text):
            label = match_label(below[0].text)
            if label is not None and label[0] not in NOT_READ:
                return n
    return None


def _part(grid: Grid, rows: Sequence[Row], caption: Paragraph | None = None, notes: tuple[Paragraph, ...] = ()) -> Grid:
    """Some rows of a grid as a grid of their own; its ledger counts their own words, all of them in cells."""
    tokens = sum(len(cell.text.split()) for row in rows for cell in _filled(row))
    pages = [row.place.page for row in rows]
    ledger = Ledger(tokens=tokens, placed=tokens)
    return replace(
        grid,
        rows=tuple(rows),
        first_page=min(pages),
        last_page=max(pages),
        place=rows[0].place,
        caption=caption,
        notes=notes,
        ledger=ledger,
    )
