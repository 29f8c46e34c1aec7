"""What speaks for and against a figure standing in this row and column with this value."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal

from extract.models import Placement
from extract.records import record
from lexicon.codes import may_be_code
from lexicon.figures import has_blanks, has_stops, is_stopless, sign_apart
from normalize.models import Amount, ColumnKind, Line, Role, Table
from normalize.sums.arithmetic import information
from normalize.trust.fills import has_decimals
from normalize.trust.labels import Terms

Witness = tuple[str, int | None, Decimal]  # label, year and value of a figure

_MOST_BITS = 8.0  # of one sum in one column
_MOST_TABLE_BITS = 40.0
_LEAST, _MOST = -4.0, 8.0  # bits that the reader's own confidence may carry
_FEW = 4  # figures, below which a table shows little


@record
class Sums:
    """What a table's sums say: bits by row and column of those that close there (negative where one fails), of all
    that close, and how many fail."""

    at: dict[tuple[int, int], float]
    closing: float
    failing: float


@record
class _Context:
    """What a figure is compared with: the table's sums and habits of print, the case's other tables."""

    table: Table
    values: tuple[int, ...]  # columns of figures
    named: frozenset[int]  # those with a name
    usual: int  # figures in most rows
    stops: bool  # whether several figures print stops between their thousands
    decimals: dict[int, bool]  # whether most figures of a column have decimals
    sums: Sums
    tables: Mapping[Witness, int]  # of the case with a figure


def places_of(
    table: Table, tables: Mapping[Witness, int]
) -> tuple[dict[int, Terms], dict[tuple[int, int], Terms], Sums]:
    """The evidence on every row's figures by the row's ordinal, on every figure by that and its column's index, and
    the table's sums; `tables` counts the case's tables with each label, year and value."""
    figures = [(line, a) for line in table.lines for a in line.amounts]
    counts = Counter(len(line.amounts) for line in table.lines if line.amounts)
    by_column: dict[int, list[bool]] = defaultdict(list)
    for _, a in figures:
        by_column[a.column].append(has_decimals(a))
    context = _Context(
        table=table,
        values=tuple(c.index for c in table.columns if c.kind is not ColumnKind.TEXT),
        named=frozenset(c.index for c in table.columns if c.kind is not ColumnKind.TEXT and c.label),
        usual=max(counts, key=lambda n: (counts[n], n), default=0),
        stops=sum(has_stops(a.printed) for _, a in figures) > 1,
        decimals={column: sum(some) * 2 > len(some) for column, some in by_column.items()},
        sums=_sums(table),
        tables=tables,
    )
    rows = {line.ordinal: dict(_row(line, context)) for line in table.lines if line.amounts}
    return rows, {(line.ordinal, a.column): dict(_figure(line, a, context)) for line, a in figures}, context.sums


def _sums(table: Table) -> Sums:
    found: dict[tuple[int, int], float] = defaultdict(float)
    closing = failing = 0.0
    rows = [{a.column: a for a in line.amounts} for line in table.lines] if table.sums else []
    for one in table.sums:
        members = [one.total, *(part for part, _ in one.parts)]
        for column in {column for row in members for column in rows[row]}:
            bits = _bits([(rows[row].get(column), sign) for row, sign in ((one.total, 1), *one.parts)])
            if bits is None:
                continue
            closing, failing = closing + max(0.0, bits), failing + (bits < 0)
            for row in members:
                known = found[row, column]
                found[row, column] = max(known, bits) if known > 0 or bits > 0 else min(known, bits)
    return Sums(found, closing, failing)


def _bits(figures: Sequence[tuple[Amount | None, int]]) -> float | None:
    """What a sum says in a column: bits where it closes, -1 where it does not, None where all is nil or blank.

    `figures` are the total and its parts with their signs, None for what is blank.
    """
    (stated, _), *parts = figures
    terms = [(a, sign) for a, sign in parts if a is not None]
    if stated is None or not (stated.value or any(a.value for a, _ in terms)):
        return None
    off = abs(stated.value - sum((sign * a.value for a, sign in terms), Decimal(0)))
    room = stated.half_step + sum((a.half_step for a, _ in terms), Decimal(0))
    if off > room:
        return -1.0
    numbers = [stated.value, off, *(a.value for a, _ in terms)]
    scale = 10 ** max(0, *(-int(n.as_tuple().exponent) for n in numbers))
    whole = [int(n * scale) for n in numbers]
    return min(_MOST_BITS, information(whole[0], whole[2:], whole[1]))


def _row(line: Line, context: _Context) -> Iterator[tuple[str, float]]:
    at = [a.column for a in line.amounts]
    values = context.values
    yield ("full_row", 1.0) if len(at) == len(values) else ("blanks", (len(values) - len(at)) / max(1, len(values)))
    if len(at) != context.usual:
        yield "odd_count", 1.0
    if sum(min(at) <= v <= max(at) for v in values) > len(at):
        yield "gap", 1.0
    if not context.named.isdisjoint(set(values).difference(at)) and not context.named.issuperset(at):
        yield "off_names", 1.0  # figures under no name, and a name without a figure: the row may be moved
    if len(at) == 1 < len(values) and line.role is not Role.PAYBACK:
        yield "alone", 1.0
    for column in context.table.columns:
        stated = line.at(column.index) if column.total_of else None
        if stated is not None and stated.value:
            terms = [a for part in column.total_of if (a := line.at(part)) is not None]
            off = abs(stated.value - sum((a.value for a in terms), Decimal(0)))
            holds = off <= stated.half_step + sum((a.half_step for a in terms), Decimal(0))
            yield ("row_closes" if holds else "row_fails"), 1.0


def _figure(line: Line, amount: Amount, context: _Context) -> Iterator[tuple[str, float]]:
    printed, bits = amount.printed, context.sums.at.get((line.ordinal, amount.column), 0.0)
    sure = min(max(amount.confidence, 0.001), 0.9999)
    yield "reader", max(_LEAST, min(_MOST, math.log2(sure / (1 - sure))))
    if bits > 0:
        yield "closes", bits
    left = amount.column - 1
    apart = sign_apart(printed)
    blank = apart and left > 0 and context.table.columns[left].kind is not ColumnKind.TEXT and line.at(left) is None
    witness = line.label.casefold(), amount.year, amount.value
    shown = {
        "undecided": amount.placement is Placement.UNDECIDED,
        "arithmetic": amount.placement is Placement.ARITHMETIC,
        "fails": bits < 0,
        "in_no_sum": bits == 0 and bool(amount.value),
        "stopless": context.stops and is_stopless(printed),
        "parted_digits": has_blanks(printed) and context.stops,
        "odd_decimals": bool(amount.value) and has_decimals(amount) is not context.decimals[amount.column],
        "sign_apart": apart,
        "sign_over_blank": blank,
        "code_alone": len(line.amounts) == 1 and may_be_code(printed),
        "elsewhere": bool(amount.value) and amount.year is not None and context.tables[witness] > 1,
    }
    yield from ((name, 1.0) for name, there in shown.items() if there)


def way(table: Table, figures: Sequence[Amount]) -> str:
    """How a table's figures got their columns: by rules, by marks between cells, by alignment on a page or in text."""
    ways = Counter(a.placement for a in figures)
    if ways[Placement.RULED] * 2 > len(figures):
        return "ruled"
    if ways[Placement.TABBED] * 2 > len(figures):
        return "parted"
    return "aligned_boxes" if any(a.place.box is not None for a in figures) else "aligned_text"


def table_terms(table: Table, sums: Sums, beside: int, around: int) -> Terms:
    """What a table's figures show together; `beside` counts the lines next to it that are nothing but figures, `around`
    those next to all tables of the case."""
    figures = [a for line in table.lines for a in line.amounts]
    lost = sum(any(c.isdigit() for c in text) for text in table.ledger.orphans)
    return {
        way(table, figures): 1.0,
        "closing": min(sums.closing, _MOST_TABLE_BITS),
        "failing": sums.failing / (sums.failing + sums.closing / 4) if sums.failing else 0.0,
        "no_sums": float(not table.sums),
        "lost": math.log2(1 + lost),
        "beside": math.log2(1 + beside),
        "around": math.log2(1 + around),
        "few": float(len(figures) < _FEW),
    }
