"""What speaks for and against a figure standing in this row and column with this value."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterator
from decimal import Decimal

import regex

from extract.models import Placement
from extract.records import record
from normalize.models import Amount, ColumnKind, Line, Role, Table
from normalize.sums.arithmetic import information

_STOPLESS = regex.compile(r"[-−–(]?\d{4,}(?:,\d+)?\)?")
_GROUPED = regex.compile(r"[-−–(]?\d{1,3}(?:[. \u00a0]\d{3})+(?:,\d+)?\)?")
_SIGN_APART = regex.compile(r"[-–−]\s+\d")
_CODE_LIKE = regex.compile(r"\d{4,5}|\d{1,2}\.\d{2}")
_MOST_BITS = 8.0  # of one sum in one column
_MOST_TABLE_BITS = 40.0
_LEAST, _MOST = -4.0, 8.0  # bits that the reader's own confidence may carry


@record
class Places:
    """What the figures of a table show: all together, row by row, one by one."""

    shared: dict[str, float]
    rows: dict[int, dict[str, float]]
    own: dict[tuple[int, int], dict[str, float]]  # by the line's ordinal and the column's index


def places_of(table: Table, elsewhere: Counter[tuple[str, int | None, Decimal]], beside: int) -> Places:
    """The evidence on every figure; `elsewhere` counts label, year and value of the case's other tables, `beside`
    is how many paragraphs next to the table are nothing but figures."""
    figures = [(line, a) for line in table.lines for a in line.amounts]
    values = [c.index for c in table.columns if c.kind is not ColumnKind.TEXT]
    sums, closing, failing = _sums(table)
    grouped = sum(_GROUPED.fullmatch(a.printed) is not None for _, a in figures)
    rows = {line.ordinal: dict(_row(line, table, values)) for line in table.lines if line.amounts}
    own = {(line.ordinal, a.column): dict(_figure(line, a, table, sums, grouped, elsewhere)) for line, a in figures}
    return Places(dict(_together(table, figures, rows, closing, failing, beside)), rows, own)


def _sums(table: Table) -> tuple[dict[tuple[int, int], float], float, float]:
    """Bits by row and column of the sums that close there (negative one where one fails), of all that close, and how
    many do not."""
    found: dict[tuple[int, int], float] = defaultdict(float)
    closing = failing = 0.0
    for one in table.sums:
        members = [one.total, *(part for part, _ in one.parts)]
        for column in {a.column for row in members for a in table.lines[row].amounts}:
            bits = _bits(table, one.total, one.parts, column)
            if bits is None:
                continue
            closing, failing = closing + max(0.0, bits), failing + (bits < 0)
            for row in members:
                known = found[row, column]
                found[row, column] = max(known, bits) if known > 0 or bits > 0 else min(known, bits)
    return found, closing, failing


def _bits(table: Table, total: int, parts: tuple[tuple[int, int], ...], column: int) -> float | None:
    """What a sum says in a column: bits where it closes, -1 where it does not, None where all is nil or blank."""
    stated = table.lines[total].at(column)
    terms = [(a, sign) for part, sign in parts if (a := table.lines[part].at(column)) is not None]
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


def _row(line: Line, table: Table, values: list[int]) -> Iterator[tuple[str, float]]:
    at = [a.column for a in line.amounts]
    yield "full_row", float(len(at) == len(values))
    yield "blanks", (len(values) - len(at)) / max(1, len(values))
    first, last = min(at), max(at)
    yield "gap", float(sum(first <= v <= last for v in values) > len(at))
    yield "alone", float(len(at) == 1 and len(values) > 1 and line.role is not Role.PAYBACK)
    for column in table.columns:
        if column.total_of and (stated := line.at(column.index)) is not None and stated.value:
            terms = [a for part in column.total_of if (a := line.at(part)) is not None]
            off = abs(stated.value - sum((a.value for a in terms), Decimal(0)))
            holds = off <= stated.half_step + sum((a.half_step for a in terms), Decimal(0))
            yield ("row_closes" if holds else "row_fails"), 1.0


def _figure(
    line: Line,
    amount: Amount,
    table: Table,
    sums: dict[tuple[int, int], float],
    grouped: int,
    elsewhere: Counter[tuple[str, int | None, Decimal]],
) -> Iterator[tuple[str, float]]:
    sure = min(max(amount.confidence, 0.001), 0.9999)
    yield "reader", max(_LEAST, min(_MOST, math.log2(sure / (1 - sure))))
    yield "undecided", float(amount.placement is Placement.UNDECIDED)
    yield "arithmetic", float(amount.placement is Placement.ARITHMETIC)
    bits = sums.get((line.ordinal, amount.column), 0.0)
    yield "closes", max(0.0, bits)
    yield "fails", float(bits < 0)
    yield "in_no_sum", float(bits == 0 and bool(amount.value))
    printed = amount.printed
    yield "stopless", float(_STOPLESS.fullmatch(printed) is not None and grouped > 1)
    left = amount.column - 1
    blank = left > 0 and table.columns[left].kind is not ColumnKind.TEXT and line.at(left) is None
    yield "sign_apart", float(_SIGN_APART.match(printed) is not None)
    yield "sign_over_blank", float(blank and _SIGN_APART.match(printed) is not None)
    yield "code_alone", float(len(line.amounts) == 1 and _CODE_LIKE.fullmatch(printed) is not None)
    if amount.value and amount.year is not None:
        yield "elsewhere", float(elsewhere[line.label.casefold(), amount.year, amount.value] > 0)


def _together(
    table: Table,
    figures: list[tuple[Line, Amount]],
    rows: dict[int, dict[str, float]],
    closing: float,
    failing: float,
    beside: int,
) -> Iterator[tuple[str, float]]:
    count, many = max(1, len(figures)), max(1, len(rows))
    ways = Counter(a.placement for _, a in figures)
    boxed = any(a.place.box is not None for _, a in figures)
    if table.loose:
        yield "loose", 1.0
    elif ways[Placement.RULED] * 2 > count:
        yield "ruled", 1.0
    elif ways[Placement.TABBED] * 2 > count:
        yield "parted", 1.0
    else:
        yield "aligned_boxes" if boxed else "aligned_text", 1.0
    yield "undecided_share", ways[Placement.UNDECIDED] / count
    yield "full_share", sum(row["full_row"] for row in rows.values()) / many
    yield "alone_share", sum(row["alone"] for row in rows.values()) / many
    yield "gap_share", sum(row["gap"] for row in rows.values()) / many
    yield "rows_close", sum(row.get("row_closes", 0.0) for row in rows.values()) / many
    yield "rows_fail", sum(row.get("row_fails", 0.0) for row in rows.values()) / many
    yield "closing", min(closing, _MOST_TABLE_BITS)
    yield "failing_share", failing / (failing + closing / 4) if failing else 0.0
    yield "no_sums", float(not table.sums)
    yield "lost", math.log2(1 + sum(any(c.isdigit() for c in text) for text in table.ledger.orphans))
    yield "beside", math.log2(1 + beside)
    apart = sum(_SIGN_APART.match(a.printed) is not None for _, a in figures)
    yield "signs_apart", apart / count
    yield "few", float(len(figures) < 4)
