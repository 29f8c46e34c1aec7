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
from extract.records import record
from lexicon.figures import parse_figure
from lexicon.units import find_price_level, find_stated_unit
from normalize.models import Column, Measure, Table
from normalize.tables.building import build_table
from normalize.tables.caption import split_at_captions
from normalize.tables.draft import Draft, draft
from normalize.tables.figures import holds_figures
from normalize.tables.halves import joined
from normalize.tables.placing import known_rows, place
from normalize.trust.posterior import trusted
from normalize.vocabulary import sign_of_notes

BESIDE = 8  # blocks before and after a table that are looked at for figures it left


@record
class Said:
    """What running text says of all tables: unit of money, way of the signs, price level; None where silent."""

    unit: int | None = None
    sign: int | None = None
    price_level: int | None = None


def said_of_tables(blocks: Sequence[Block], before: Said | None = None) -> Said:
    """What the text of these blocks says of all tables, what was said `before` them where they are silent."""
    before = before or Said()
    texts = [t for b in blocks for t in _statements(b)]
    units = {u.factor for t in texts if (u := find_stated_unit(t)) is not None}
    signs = {s for b in blocks if isinstance(b, Paragraph) and (s := sign_of_notes(b.text)) is not None}
    unit = before.unit if not units else units.pop() if len(units) == 1 else None
    sign = before.sign if not signs else signs.pop() if len(signs) == 1 else None
    levels = {p.year for t in texts if find_stated_unit(t) is not None and (p := find_price_level(t)) is not None}
    level = before.price_level if not levels else levels.pop() if len(levels) == 1 else None
    return Said(unit, sign, level)


def _statements(block: Block) -> list[str]:
    """The texts of a block that may speak of all tables: running text, and the rows of a form ("Beløb | i t.kr.")."""
    if isinstance(block, Paragraph):
        return [block.text]
    if not isinstance(block, Grid):
        return []
    rows = [[c.text for c in row.cells if c is not None and c.text.strip()] for row in block.rows]
    return [" ".join(texts) for texts in rows if len(texts) == 2]


def read_tables(blocks: Sequence[Block], said: Said | None = None, *, why: bool = False) -> list[tuple[int, Table]]:
    """The tables with figures among the blocks of one case, each with the index of its block, in print order.

    Unit and price level that a table does not print are what the case's text says, `said` where that is silent, or
    are taken over from the case's other tables (`price_level_printed` then stays None).  Ids are left empty.  With
    `why` each table says what weighed on its figures' confidence.
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
    said = said_of_tables(blocks, said)
    tables = [build_table(d, p, ordinal, said.sign) for ordinal, (d, p) in enumerate(zip(drafts, placed, strict=True))]
    tables = trusted(
        joined(_taken_over(tables, drafts, said.unit)), [_beside(blocks, d.index) for d in drafts], why=why
    )
    return [(d.index, t) for d, t in zip(drafts, tables, strict=True)]


def _beside(blocks: Sequence[Block], index: int) -> int:
    """How many lines of the paragraphs next to a table are nothing but figures: what a reading left of its print."""
    near = (*blocks[max(0, index - BESIDE) : index], *blocks[index + 1 : index + 1 + BESIDE])
    texts = (text for b in near if isinstance(b, Paragraph) for text in ([ln.text for ln in b.lines] or [b.text]))
    return sum(parse_figure(text) is not None for text in texts)


def _taken_over(tables: Sequence[Table], drafts: Sequence[Draft], said: int | None) -> list[Table]:
    """Fills unit (first the `said` one) and price level from the case's other tables where a table prints none."""
    money = [t for t in tables if t.measure is Measure.DKK]
    unit = said or _commonest([t.unit for t in money if t.unit is not None])
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
