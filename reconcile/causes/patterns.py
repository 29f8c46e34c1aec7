"""Slips of more than one figure: a total row that repeats another, two rows exchanged, figures in the wrong column."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from decimal import Decimal

from normalize.models import Kind, Role
from reconcile.causes.correction import BITS, Correction
from reconcile.causes.ledger import Ledger
from reconcile.figures.draft import Param
from reconcile.figures.view import ZERO, Slot, TableView
from reconcile.models import Check

_PAIR = 2  # parts of a total of which one alone is the whole without the other

Row = tuple[int, int, int]
"""A row of the batch: case, table, line."""


def patterns(ledger: Ledger, open_: Iterable[int]) -> Iterator[Correction]:
    """Every such slip that would mend some of the broken identities `open_`."""
    yield from _repeats(ledger, open_)
    yield from _swaps(ledger, open_)
    yield from _moves(ledger, open_)


def _repeats(ledger: Ledger, open_: Iterable[int]) -> Iterator[Correction]:
    """A total row that repeats another total row of its table, figure by figure."""
    batch = ledger.batch
    wrong: dict[tuple[int, int, int], dict[int, Decimal]] = defaultdict(dict)
    for k in sorted(open_):
        identity = ledger.identities[k]
        if identity.check is Check.COLUMN_TOTAL:
            wrong[identity.stated[:3]][identity.stated.column] = ledger.expected(k)
    for (case, index, line), columns in wrong.items():
        table = batch.cases[case].tables[index]
        other = table.repeated_total(line)
        if other is not None and len(columns) > 1:
            changes = {Slot(case, index, line, c): value for c, value in columns.items()}
            for column in table.adding_columns:  # what the totals along the row become
                if column.index not in columns and column.total_of:
                    changes[Slot(case, index, line, column.index)] = sum(
                        (ledger.value(Slot(case, index, line, c), changes) for c in column.total_of), ZERO
                    )
            yield Correction(
                Slot(case, index, line, min(columns)),
                changes,
                *_why_alike(table, line, other),
                score=BITS.copied,
            )


def _why_alike(table: TableView, total: int, other: int) -> tuple[str, dict[str, Param]]:
    """Why a total repeats another row: where that is one of its two parts, the second is left out."""
    parts = [part for part, _ in table.parts_of.get(total, ())]
    if other in parts and len(parts) == _PAIR:
        return "missing_part", {"line": table.lines[parts[1 - parts.index(other)]].label}
    return "total_of_other_row", {"line": table.lines[other].label}


def _swaps(ledger: Ledger, open_: Iterable[int]) -> Iterator[Correction]:
    """Two rows of a table whose figures stand in each other's place."""
    asked: dict[Row, dict[int, Decimal]] = defaultdict(dict)
    for k in open_:
        if ledger.identities[k].check not in (Check.COLUMN_TOTAL, Check.ROW_TOTAL):
            for slot, value in ledger.wanted(k):
                asked[slot[:3]].setdefault(slot.column, value)
    printing: dict[tuple[int, int, int, Decimal], list[Row]] = defaultdict(list)
    for row, columns in asked.items():
        for column in columns:
            printing[(*row[:2], column, ledger.value(Slot(*row, column)))].append(row)
    for row, columns in sorted(asked.items()):
        column, wanted = next(iter(columns.items()))
        for other in printing.get((*row[:2], column, wanted), []):
            if row < other and _exchanged(ledger, row, other, asked):
                yield _swap(ledger, row, other, min(columns.keys() & asked[other].keys()))


def _exchanged(ledger: Ledger, one: Row, other: Row, asked: Mapping[Row, Mapping[int, Decimal]]) -> bool:
    """Whether each row should print what the other does, wherever both are asked for another figure."""
    return all(
        asked[one][c] == ledger.value(Slot(*other, c)) and asked[other][c] == ledger.value(Slot(*one, c))
        for c in asked[one].keys() & asked[other].keys()
    )


def _swap(ledger: Ledger, one: Row, other: Row, column: int) -> Correction:
    table = ledger.batch.cases[one[0]].tables[one[1]]
    changes = {}
    for place in table.adding_columns:
        first, second = Slot(*one, place.index), Slot(*other, place.index)
        changes[first], changes[second] = ledger.value(second), ledger.value(first)
    lines = table.lines[one[2]], table.lines[other[2]]
    return Correction(
        Slot(*one, column),
        changes,
        "committees_swapped" if all(line.committee is not None for line in lines) else "rows_swapped",
        {"line": lines[0].label, "second_line": lines[1].label},
        score=BITS.swapped + BITS.summary * (table.kind is Kind.SUMMARY),
    )


def _moves(ledger: Ledger, open_: Iterable[int]) -> Iterator[Correction]:
    """Figures of a row that stand one or more columns off: one moved, two exchanged, or the whole row displaced."""
    batch = ledger.batch
    hit: dict[tuple[int, int, int], set[int]] = defaultdict(set)
    for k in open_:
        for slot in ledger.identities[k].slots:
            hit[(slot.case, slot.table, slot.line)].add(slot.column)
    for (case, table_index, line), columns in hit.items():
        table = batch.cases[case].tables[table_index]
        if len(columns) < 2 or table.lines[line].role is Role.PAYBACK:
            continue
        order = [c.index for c in table.columns if c.index in table.year_of]
        row = {c: ledger.value(Slot(case, table_index, line, c)) for c in order}
        for shift in (1, -1) if order else ():
            yield from _displaced(ledger, Slot(case, table_index, line, 0), order, row, shift)
        wrong = [c for c in order if c in columns]
        for i, first in enumerate(wrong):
            for second in wrong[i + 1 :]:
                if row[first] == row[second]:
                    continue
                key, to = (first, second) if row[first] != 0 else (second, first)
                changes = {
                    Slot(case, table_index, line, first): row[second],
                    Slot(case, table_index, line, second): row[first],
                }
                nil = 0 in (row[first], row[second])
                yield _moved(
                    table.column_label(key),
                    table.column_label(to),
                    Slot(case, table_index, line, key),
                    changes,
                    (BITS.moved_nil if nil else BITS.moved),
                )


def _displaced(ledger: Ledger, at: Slot, order: list[int], row: dict[int, Decimal], shift: int) -> Iterator[Correction]:
    """The whole row, or the run of its printed figures, belongs `shift` columns further on.

    What belongs in the column that nothing is moved into is nil, or what stands there: a row that lasts goes on.
    """
    table = ledger.batch.table(at)
    key = next((c for c in order if row[c] != 0), None)
    if key is None:
        return
    to = order[min(max(order.index(key) + shift, 0), len(order) - 1)]
    edge = order[0] if shift == 1 else order[-1]
    for left in dict.fromkeys((ZERO, row[edge])):
        there = {c: row[order[k - shift]] if 0 <= k - shift < len(order) else left for k, c in enumerate(order)}
        changes = {at._replace(column=c): value for c, value in there.items() if value != row[c]}
        if len(changes) > 1:
            yield _moved(
                table.column_label(key), table.column_label(to), at._replace(column=key), changes, BITS.displaced
            )


def _moved(source: str, target: str, key: Slot, changes: dict[Slot, Decimal], score: float) -> Correction:
    return Correction(key, changes, "column_shift", {"from_column": source, "to_column": target}, score=score)
