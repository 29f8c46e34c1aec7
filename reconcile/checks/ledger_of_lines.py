"""Every line of a table is part of one sum, or stands outside by its own word: rows printed twice, "heraf" rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal

from normalize.models import Kind, Role, Sum
from reconcile.figures.draft import Draft
from reconcile.figures.relations import memo_parents, ratio_columns, relations
from reconcile.figures.view import ZERO, Batch, CaseView, TableView
from reconcile.models import Check, Severity
from reconcile.wording import squash

_FEWEST_FIGURES = 2  # figures other than nil that two rows must share to be one printed twice


def lines_out_of_place(batch: Batch) -> Iterator[Draft]:
    """Rows that are printed twice and counted once, and parts that are more than the line they are part of."""
    found = relations(batch)
    for case, table in batch.tables():
        yield from _printed_twice(table)
        yield from _more_than_whole(table, ratio_columns(found.get((table.case_index, table.index), ())))
        yield from _left_out(case, table)


def _left_out(case: CaseView, table: TableView) -> Iterator[Draft]:
    """Totals of a summary's section without lines of it that another table of the case adds up."""
    if table.kind is not Kind.SUMMARY:
        return
    elsewhere = {squash(t.lines[i].label) for t in case.tables if t is not table for i in t.wholes_of}
    for total in table.sums:
        left = [i for i in _unclaimed(table, total) if squash(table.lines[i].label) in elsewhere]
        if not left or table.unsure_lines.keys() & {total.total, *left}:
            continue
        parts = sorted([*(part for part, _ in total.parts), *left])
        columns = [c.index for c in table.adding_columns if any(table.value(i, c.index) for i in left)]
        drafts = [_left_out_draft(table, total.total, parts, left, c) for c in columns]
        if drafts:
            drafts[0].consequences = drafts[1:]
            yield drafts[0]


def _unclaimed(table: TableView, total: Sum) -> list[int]:
    """The details between a total and its first part that no sum takes in, where all stand in one section."""
    first = min(part for part, _ in total.parts)
    section = table.lines[first].section
    if section is None or any(table.lines[part].section != section or sign < 0 for part, sign in total.parts):
        return []
    between = (i for i in table.money_lines if first < i < total.total and i not in table.wholes_of)
    return [i for i in between if table.lines[i].role is Role.DETAIL and table.lines[i].section == section]


def _left_out_draft(table: TableView, total: int, parts: Sequence[int], left: Sequence[int], column: int) -> Draft:
    expected = sum((table.value(part, column) for part in parts), ZERO)
    written: list[str | Decimal] = []
    for value in (table.value(part, column) for part in parts):
        written += [value] if not written else ["−" if value < 0 else "+", abs(value)]
    return Draft(
        Check.COLUMN_TOTAL,
        Severity.ERROR,
        "column_total",
        table.case_index,
        table.index,
        total,
        table.year_of.get(column),
        table.column_label(column),
        params={"parts": len(parts)},
        stated=table.value(total, column),
        expected=expected,
        evidence=(table.slot(total, column), *(table.slot(part, column) for part in parts)),
        cause="missing_part",
        cause_params={"line": "; ".join(table.lines[i].label for i in left)},
        arithmetic=(*written, "=", expected),
    )


def _printed_twice(table: TableView) -> Iterator[Draft]:
    same: dict[tuple[object, ...], list[int]] = defaultdict(list)
    for line in table.figure_lines:
        row = table.lines[line]
        figures = tuple((a.column, a.value) for a in row.amounts)
        if squash(row.label) and sum(bool(v) for _, v in figures) >= _FEWEST_FIGURES and row.role is not Role.TOTAL:
            where = (row.section, row.steering_area, row.appropriation, row.committee, row.texts)
            same[(squash(row.label), where, figures)].append(line)
    for first, *more in same.values():
        counted = sum(line in table.wholes_of for line in (first, *more))
        for line in more:
            if table.parts_of and (line in table.repeats or first in table.repeats or counted <= len(more)):
                yield _draft(table, line, "duplicate_line")


def _draft(table: TableView, line: int, message: str) -> Draft:
    columns = [a.column for a in table.lines[line].amounts]
    return Draft(
        Check.COLUMN_TOTAL,
        Severity.ERROR,
        message,
        table.case_index,
        table.index,
        line,
        evidence=tuple(table.slot(line, c) for c in columns),
        cause="duplicate_line",
        cause_params={"line": table.lines[line].label},
    )


def _more_than_whole(table: TableView, quotients: frozenset[int]) -> Iterator[Draft]:
    """Parts that are more than their whole; a part's percent, or its price, may well be more than that of the whole."""
    adding = {c.index for c in table.adding_columns} - quotients
    for line, parent in memo_parents(table):
        places = [
            c
            for c, a in ((a.column, a) for a in table.lines[line].amounts)
            if c in adding
            and a.value * table.value(parent, c) > 0
            and abs(a.value) > abs(table.value(parent, c)) + a.half_step
        ]
        drafts = [_part_draft(table, line, parent, c) for c in places if not table.unsure_lines.keys() & {line, parent}]
        if drafts:
            drafts[0].consequences = drafts[1:]
            yield drafts[0]


def _part_draft(table: TableView, line: int, parent: int, column: int) -> Draft:
    return Draft(
        Check.COLUMN_TOTAL,
        Severity.ERROR,
        "part_more_than_whole",
        table.case_index,
        table.index,
        line,
        table.year_of.get(column),
        table.column_label(column),
        other_table=table.index,
        other_line=parent,
        params={"other_line": table.lines[parent].label},
        stated=table.value(line, column),
        expected=table.value(parent, column),
        evidence=(table.slot(line, column), table.slot(parent, column)),
    )
