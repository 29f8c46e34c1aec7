"""The same case in two documents: recognised as versions of one case and compared figure by figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations

from reconcile.figures.draft import Draft
from reconcile.figures.view import Batch, CaseView, TableView
from reconcile.links.linking import link
from reconcile.models import Check, Severity
from reconcile.wording import likeness

_SAME_TITLE = 0.9


def same_case(left: CaseView, right: CaseView) -> bool:
    """Whether two cases of different documents are versions of one: same code (or none), title and kind."""
    if left.document_id == right.document_id or left.case.kind_of != right.case.kind_of:
        return False
    (left_code, left_title), (right_code, right_title) = left.key, right.key
    if not left_title or not right_title or (left_code and right_code and left_code != right_code):
        return False
    return left_title == right_title or likeness(left.case.title or "", right.case.title or "") >= _SAME_TITLE


def originals(batch: Batch) -> set[int]:
    """Indices of the cases that are not a later version of a case before them: each case counts once."""
    out: list[CaseView] = []
    for case in batch.cases:
        if not any(same_case(kept, case) for kept in out):
            out.append(case)
    return {case.index for case in out}


def table_pairs(left: CaseView, right: CaseView) -> Iterator[tuple[TableView, TableView]]:
    """The tables that two versions share: same kind and label or title, in print order."""
    free = list(right.tables)
    for table in left.tables:
        for other in free:
            if table.kind is other.kind and (table.table.label, table.table.title) == (
                other.table.label,
                other.table.title,
            ):
                free.remove(other)
                yield table, other
                break


def _same_print(table: TableView, lines: Sequence[int], other: TableView, others: Sequence[int]) -> bool:
    """Whether two tables print the same labels and figures in the same order and years (as versions mostly do)."""
    return (
        len(lines) == len(others)
        and table.table.cost_sign == other.table.cost_sign
        and table.year_columns.keys() == other.year_columns.keys()
        and all(
            table.lines[a].label == other.lines[b].label and table.vector(a) == other.vector(b)
            for a, b in zip(lines, others, strict=True)
        )
    )


def compare_versions(batch: Batch) -> Iterator[Draft]:
    """One finding for each pair of versions whose figures differ, the differing figures as its consequences."""
    for left, right in combinations(batch.cases, 2):
        if not same_case(left, right):
            continue
        compared, differing = 0, []
        for table, other in table_pairs(left, right):
            count, drafts = _compare(table, other, right)
            compared += count
            differing += drafts
        if differing:
            yield Draft(
                Check.CROSS_TABLE,
                Severity.INFO,
                "version_differs",
                left.index,
                other_case=right.index,
                params={
                    "other_document": right.file.document.file_name,
                    "differences": len(differing),
                    "compared": compared,
                },
                consequences=differing,
            )


def _compare(table: TableView, other: TableView, right: CaseView) -> tuple[int, list[Draft]]:
    """(figures compared, one draft for each that differs) of a table and the `right` case's version of it."""
    lines = [i for i, line in enumerate(table.lines) if line.amounts]
    others = [i for i, line in enumerate(other.lines) if line.amounts]
    if _same_print(table, lines, other, others):
        return len(lines) * len(table.year_columns), []
    compared, differing = 0, []
    for found in link(table, lines, other, others):
        if len(found.right) != 1 or found.wording < _SAME_TITLE:
            continue
        for year in table.year_columns.keys() & other.year_columns.keys():
            here, there = table.year_columns[year], other.year_columns[year]
            compared += 1
            stated, expected = table.value(found.left, here), other.value(found.right[0], there)
            if stated * table.unit(here) == expected * other.unit(there):
                continue
            differing.append(
                Draft(
                    Check.CROSS_TABLE,
                    Severity.INFO,
                    "version_figure",
                    table.case_index,
                    table.index,
                    found.left,
                    year,
                    table.column_label(here),
                    other_case=right.index,
                    other_table=other.index,
                    other_line=found.right[0],
                    params={"other_document": right.file.document.file_name},
                    stated=stated,
                    expected=expected,
                    evidence=(table.slot(found.left, here), other.slot(found.right[0], there)),
                )
            )
    return compared, differing
