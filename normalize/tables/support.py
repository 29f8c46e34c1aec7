"""How far a table as read bears its figures out: what speaks for and against the reading, in bits.

In: a finished `Table`.  Out: the same table, its figures no surer than the reading of the whole is.  Sums that close
are what chance does not give; columns without a name, names given twice, figures that found no place, rows of figures
without a label are what a right reading does not leave.  A sum that fails is what a printed error leaves too.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from extract.models import Placement
from extract.records import record
from lexicon.figures import is_number
from normalize.models import ColumnKind, Line, Sum, Table


@record
class Weights:
    """Evidence for (+) and against (-) a table's reading, in bits; set by hand on papers of the foundry's seed 5101."""

    ruled: float = 8.0  # drawn lines part its columns
    parted: float = 10.0  # tabs, bars or runs of blanks do
    aligned: float = 5.0  # its figures stand under each other
    in_order: float = 2.0  # its figures follow each other, and their columns are counted off
    closing: float = 2.0  # a sum of a column that closes
    most_closing: float = 8.0
    failing: float = -0.5  # a sum of a column that does not
    most_failing: float = -2.0
    nameless: float = -6.0  # no column of figures has a name; fewer count in proportion
    named_twice: float = -6.0  # a column whose name and year another one has
    lost: float = -2.0  # a figure of its area that found no place
    unlabelled: float = -4.0  # no row of figures has a label; fewer count in proportion
    most_against: float = -12.0  # of each kind


WEIGHTS = Weights()
_UNDECIDED = 0.5  # a figure less probable than this stands in no column that anybody vouches for


def supported(table: Table) -> Table:
    """The table with its figures no surer than the whole; those of a reading that nothing bears out are undecided."""
    sure = probability(bits(table))
    if all(amount.confidence <= sure for line in table.lines for amount in line.amounts):
        return table
    return replace(table, lines=tuple(_no_surer(line, sure) for line in table.lines))


def probability(evidence: float) -> float:
    """The probability that bits of evidence mean, four decimals."""
    return round(1.0 / (1.0 + math.pow(2.0, -evidence)), 4)


def bits(table: Table) -> float:
    """What speaks for the table's reading less what speaks against it."""
    return sum(points for _, points in terms(table))


def terms(table: Table) -> Iterator[tuple[str, float]]:
    """The evidence by name, each with its bits; names are those of `Weights`."""
    yield _order(table)
    closing, failing = _sums(table)
    yield "closing", min(WEIGHTS.closing * closing, WEIGHTS.most_closing)
    yield "failing", max(WEIGHTS.failing * failing, WEIGHTS.most_failing)
    columns = [c for c in table.columns if c.kind is not ColumnKind.TEXT]
    names = Counter((c.year, c.label.casefold()) for c in columns if c.label)
    rows = [line for line in table.lines if line.amounts]
    if len(columns) > 1:
        yield "nameless", WEIGHTS.nameless * sum(not c.label for c in columns) / len(columns)
    if rows:
        yield "unlabelled", WEIGHTS.unlabelled * sum(not line.label for line in rows) / len(rows)
    yield "named_twice", max(WEIGHTS.named_twice * sum(n - 1 for n in names.values()), WEIGHTS.most_against)
    yield "lost", max(WEIGHTS.lost * sum(is_number(text) for text in table.ledger.orphans), WEIGHTS.most_against)


def _order(table: Table) -> tuple[str, float]:
    """What tells the columns, by how most figures came to theirs."""
    found = Counter(a.placement for line in table.lines for a in line.amounts)
    most = found.most_common(1)[0][0] if found else Placement.UNDECIDED
    if most is Placement.RULED:
        return "ruled", WEIGHTS.ruled
    if table.loose:
        return "in_order", WEIGHTS.in_order
    return ("parted", WEIGHTS.parted) if most is Placement.TABBED else ("aligned", WEIGHTS.aligned)


def _sums(table: Table) -> tuple[int, int]:
    """How many sums of columns close with figures other than nil, and how many do not."""
    closing = failing = 0
    for one in table.sums:
        for column in {a.column for a in table.lines[one.total].amounts}:
            difference, size = _difference(table, one, column)
            if size:
                closing += difference == 0
                failing += difference != 0
    return closing, failing


def _difference(table: Table, one: Sum, column: int) -> tuple[Decimal, Decimal]:
    """What a sum is off by in a column, beyond rounding, and how large it is."""
    total = _amount(table, one.total, column)
    parts = [(sign, _amount(table, part, column)) for part, sign in one.parts]
    value = sum((sign * amount[0] for sign, amount in parts), Decimal(0))
    room = total[1] + sum((amount[1] for _, amount in parts), Decimal(0))
    off = abs(total[0] - value)
    return (Decimal(0) if off <= room else off), abs(total[0]) + sum((abs(a[0]) for _, a in parts), Decimal(0))


def _amount(table: Table, line: int, column: int) -> tuple[Decimal, Decimal]:
    found = next((a for a in table.lines[line].amounts if a.column == column), None)
    return (found.value, found.half_step) if found is not None else (Decimal(0), Decimal(0))


def _no_surer(line: Line, sure: float) -> Line:
    amounts = tuple(
        a
        if a.confidence <= sure
        else replace(a, confidence=sure, placement=a.placement if sure >= _UNDECIDED else Placement.UNDECIDED)
        for a in line.amounts
    )
    return replace(line, amounts=amounts)
