"""Which tables of a case a page's end parted: the second goes on where the one before it broke off."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from lexicon.codes import leading_number
from normalize.models import ColumnKind, Joined, Role, Table


def joined(tables: Sequence[Table]) -> list[Table]:
    """The tables of a case in print order, each with whether it is the rest of the one before it."""
    found = [replace(after, joined=_joined(before, after)) for before, after in pairwise(tables)]
    return [*tables[:1], *found]


def header(table: Table) -> tuple[str, ...]:
    """The names of a table's columns of figures."""
    return tuple(c.label.casefold() for c in table.columns if c.kind is not ColumnKind.TEXT)


def _joined(above: Table, table: Table) -> Joined | None:
    alike = header(table) == header(above) and table.measure is above.measure
    closed = _ends_in_a_sum(above)
    if not header(table) or not alike or _is_named(table, above, closed=closed):
        return None
    return Joined.LIKELY if closed and not _numbers_on(above, table) else Joined.SURE


def _is_named(table: Table, above: Table, *, closed: bool) -> bool:
    """Whether a table's label or title is its own.  Where a table goes on, what stands over its second half is often
    the page's head or the last row before it: a title is the table's own below one that is `closed`, on one page."""
    titled = table.title not in (None, above.title) and table.first_page == above.last_page
    return table.label is not None or (titled and closed)


def _ends_in_a_sum(table: Table) -> bool:
    """Whether a table's last figures are a total, or the last part of one that stands above its parts."""
    last = next((line for line in reversed(table.lines) if line.amounts), None)
    parts = {part for one in table.sums for part, _ in one.parts}
    return last is not None and (last.role in (Role.TOTAL, Role.SUBTOTAL) or last.ordinal in parts)


def _numbers_on(above: Table, table: Table) -> bool:
    """Whether the first number of a table's rows is the one after the last of the table above it."""
    before, after = ([n for line in t.lines if (n := leading_number(line.label)) is not None] for t in (above, table))
    return bool(before and after) and after[0] == before[-1] + 1
