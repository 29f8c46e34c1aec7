"""The tables of one case: from printed grids to columns, lines and amounts with meaning.

In: the blocks of a case in reading order.  Out: every table that holds figures, with the index of the block it is.
Word tables, forms, schedules and lists of dates are left alone.  A kind that is not known is `other_money`; nothing is
refused, and a figure whose place is in doubt says so in its `placement` and `confidence`.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace

from extract.models import Block, Grid, Paragraph
from normalize.models import Column, Measure, Table
from normalize.table_building import build_table
from normalize.table_caption import split_at_captions
from normalize.table_draft import Draft, draft
from normalize.table_figures import holds_figures
from normalize.table_placing import known_rows, place
from normalize.vocabulary import sign_of_notes


def read_tables(blocks: Sequence[Block]) -> list[tuple[int, Table]]:
    """The tables with figures among the blocks of one case, each with the index of its block, in print order.

    Unit and price level that a table does not print are taken over from the case's other tables
    (`price_level_printed` then stays None).  Ids are left empty.
    """
    drafts = [
        one
        for index, block in enumerate(blocks)
        if isinstance(block, Grid)
        for part in split_at_captions(block)
        if (one := draft(blocks, index, part)) and holds_figures(one)
    ]
    placed = [place(d) for d in drafts]
    for number, one in enumerate(drafts):
        if placed[number].undecided:
            others = [(d, p) for k, (d, p) in enumerate(zip(drafts, placed, strict=True)) if k != number]
            placed[number] = place(one, known=known_rows(one, others))
    case_sign = _case_sign(blocks)
    tables = [build_table(d, p, ordinal, case_sign) for ordinal, (d, p) in enumerate(zip(drafts, placed, strict=True))]
    tables = _taken_over(tables, drafts)
    return [(d.index, t) for d, t in zip(drafts, tables, strict=True)]


def _case_sign(blocks: Sequence[Block]) -> int | None:
    """What a note outside the tables says of the signs in all of them."""
    said = {s for b in blocks if isinstance(b, Paragraph) and (s := sign_of_notes(b.text)) is not None}
    return said.pop() if len(said) == 1 else None


def _taken_over(tables: Sequence[Table], drafts: Sequence[Draft]) -> list[Table]:
    """Fills unit and price level from the case's other tables where a table of money does not print its own."""
    money = [t for t in tables if t.measure is Measure.DKK]
    unit = _commonest([t.unit for t in money if t.unit is not None])
    level = _commonest([t.price_level for t in money if t.price_level is not None])
    done: list[Table] = []
    for table, one in zip(tables, drafts, strict=True):
        if table.measure is Measure.DKK:
            table = replace(table, unit=table.unit if table.unit is not None else unit)
            if table.price_level is None and one.meaning.price_level is None:
                table = replace(table, price_level=level)
        done.append(replace(table, columns=tuple(_own_only(c, table) for c in table.columns)))
    return done


def _commonest(values: Sequence[int]) -> int | None:
    return Counter(values).most_common(1)[0][0] if values else None


def _own_only(column: Column, table: Table) -> Column:
    """A column's measure, unit and price level only where they differ from its table's."""
    return replace(
        column,
        measure=None if column.measure is table.measure else column.measure,
        unit=None if column.unit == table.unit else column.unit,
        price_level=None if column.price_level == table.price_level else column.price_level,
    )
