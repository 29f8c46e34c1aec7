"""Identifiers of cases, headings, tables, lines and amounts.

In: cases whose ids are still empty.  Out: the same cases with an id at every level, 16 hex digits each.  An id depends
only on the document's bytes (`document_id` is cut from their SHA-256) and on the place of the thing in the document, so
the same bytes give the same ids on any machine and in any order of files.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from hashlib import sha256

from normalize.models import Case, Heading, Line, Table

LENGTH = 16


def digest(*parts: str | int) -> str:
    """16 hex digits that stand for `parts`, told apart by their borders as well as by their content."""
    joined = "\x1f".join(str(part) for part in parts)
    return sha256(joined.encode()).hexdigest()[:LENGTH]


def assign(document_id: str, cases: Sequence[Case]) -> tuple[Case, ...]:
    """The cases of one document with `case_id`, `heading_id`, `table_id`, `line_id` and `amount_id` filled in."""
    return tuple(_case(case, digest("case", document_id, case.ordinal)) for case in cases)


def _case(case: Case, case_id: str) -> Case:
    headings = tuple(_heading(h, digest("heading", case_id, n)) for n, h in enumerate(case.headings))
    tables = tuple(_table(t, digest("table", case_id, n)) for n, t in enumerate(case.tables))
    return replace(case, case_id=case_id, headings=headings, tables=tables)


def _heading(heading: Heading, heading_id: str) -> Heading:
    return replace(heading, heading_id=heading_id)


def _table(table: Table, table_id: str) -> Table:
    lines = tuple(_line(line, digest("line", table_id, n)) for n, line in enumerate(table.lines))
    return replace(table, table_id=table_id, lines=lines)


def _line(line: Line, line_id: str) -> Line:
    amounts = tuple(replace(a, amount_id=digest("amount", line_id, n)) for n, a in enumerate(line.amounts))
    return replace(line, line_id=line_id, amounts=amounts)
