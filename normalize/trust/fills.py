"""What a table's figures say against its names and rows: a sum under a year, another style, large shares."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from itertools import groupby
from operator import itemgetter

from normalize.models import Amount, Column, ColumnKind, Table
from normalize.tables.draft import LARGEST_SHARE

_FEWEST_ROWS = 3  # that show a habit
_HALF = Decimal("0.5")
_NEARLY = 0.8  # share of the rows in which a year is the sum of the others


def are_moved(table: Table, columns: Sequence[Column]) -> bool:
    """Whether the figures of a column cannot be what its name says, so that all names are likely a column off."""
    dated = [c for c in columns if c.kind is ColumnKind.YEAR]
    alone = len({c.year for c in dated}) == len(dated)  # what stands below one year may well add up to another of it
    years = [_figures(table, c) for c in dated if alone]
    shares = [_figures(table, c) for c in columns if c.kind is ColumnKind.PERCENT]
    others = [(own, [*years[:n], *years[n + 1 :]]) for n, own in enumerate(years)]
    return any(_is_sum(own, rest) or _is_odd(own, rest) for own, rest in others) or any(map(_are_large, shares))


def close_across(table: Table, columns: Sequence[Column]) -> bool:
    """Whether one column's figures are what those of all others come to, as a total's or a balance's are."""
    figures = [_figures(table, c) for c in columns if c.kind is not ColumnKind.PERCENT]
    return len(figures) > 2 and any(_is_sum(own, [*figures[:n], *figures[n + 1 :]]) for n, own in enumerate(figures))


def shares_in_place(table: Table, columns: Sequence[Column]) -> bool:
    """Whether what is called shares is what alone is printed with decimals, so that no name can be a column off."""
    shares = {c.index for c in columns if c.kind is ColumnKind.PERCENT}
    styles = {(a.column in shares, has_decimals(a)) for line in table.lines for a in line.amounts if a.value}
    return styles == {(True, True), (False, False)}


def begun_anew(table: Table) -> frozenset[int]:
    """The ordinals of rows that are likely another table's, whose header was taken for words: below rows without
    figures, all printed with decimals where all above are without, or the reverse, in one measure and no common sum."""
    styles = {x.ordinal: {has_decimals(a) for a in x.amounts if a.value} for x in table.lines}
    rows = [(at, style) for at, style in styles.items() if style]
    runs = [(style, [at for at, _ in some]) for style, some in groupby(rows, key=itemgetter(1))]
    if len(runs) != 2 or any(len(style) > 1 for style, _ in runs):
        return frozenset()
    (_, above), (_, below) = runs
    told = below[0] == above[-1] + 1 or any(table.lines[at].measure is not None for at in below)
    mixed = any(len({at in below for at in (one.total, *(p for p, _ in one.parts))}) > 1 for one in table.sums)
    return frozenset() if told or mixed else frozenset(below)


def _are_large(figures: dict[int, Amount]) -> bool:
    """Whether most shares are of thousands of percent."""
    return 2 * sum(abs(a.value) > LARGEST_SHARE for a in figures.values()) > len(figures)


def _figures(table: Table, column: Column) -> dict[int, Amount]:
    """The figures of a column by the ordinal of their row."""
    return {line.ordinal: a for line in table.lines if (a := line.at(column.index)) is not None}


def _is_sum(figures: dict[int, Amount], others: Sequence[dict[int, Amount]]) -> bool:
    """Whether a year's figures are those of all other years together: then it is their total, and all are moved."""
    parts = {at: [o[at].value for o in others if at in o and o[at].value] for at in figures}
    told = {at: a.value for at, a in figures.items() if a.value and len(parts[at]) != 1}  # one part only is repeated
    if len(told) < _FEWEST_ROWS:
        return False
    return sum(value == sum(parts[at], Decimal(0)) for at, value in told.items()) >= _NEARLY * len(told)


def _is_odd(figures: dict[int, Amount], others: Sequence[dict[int, Amount]]) -> bool:
    """Whether all figures of a year have decimals and none of any other year has, or the reverse."""
    if len(others) < 2 or len(figures) < _FEWEST_ROWS:
        return False
    own = {has_decimals(a) for a in figures.values() if a.value}
    rest = {has_decimals(a) for o in others for a in o.values() if a.value}
    return len(own) == len(rest) == 1 and own != rest


def has_decimals(amount: Amount) -> bool:
    """Whether a figure is printed with decimals; "195.355,-" is not."""
    return 0 < amount.half_step < _HALF
