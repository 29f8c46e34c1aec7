"""The same case in two documents: recognised as versions of one case and compared figure by figure."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from itertools import pairwise

from normalize.models import Role
from reconcile.figures.draft import Draft
from reconcile.figures.view import Batch, CaseView, TableView
from reconcile.models import Check, Severity
from reconcile.wording import likeness, squash, traces

_SAME_TITLE = 0.9
_FIRST_WORD = 5  # letters of a title by which cases are sorted before their titles are compared
_SHARED = 0.3  # share of their traces that titles of one case have in common at least
_SAME_LINES = 0.9


def same_case(left: CaseView, right: CaseView) -> bool:
    """Whether two cases of different documents are versions of one: same code (or none), title and kind."""
    if left.document_id == right.document_id or left.case.kind_of != right.case.kind_of:
        return False
    (left_code, left_title), (right_code, right_title) = left.key, right.key
    if not left_title or not right_title or (left_code and right_code and left_code != right_code):
        return False
    if left_title == right_title:
        return True
    one, other = left.case.title or "", right.case.title or ""
    mine, theirs = traces(one), traces(other)
    if len(mine & theirs) < _SHARED * max(len(mine), len(theirs)):
        return False  # told without comparing them word by word
    return likeness(one, other) >= _SAME_TITLE


def versions(batch: Batch) -> list[list[CaseView]]:
    """The cases of a batch, those that are versions of one together, in the order of the documents."""
    out: list[list[CaseView]] = []
    near: dict[object, list[list[CaseView]]] = defaultdict(list)
    for case in batch.cases:
        code, title = case.key
        keys = {title[:_FIRST_WORD], title[-_FIRST_WORD:], code} - {""}
        known = next((group for key in keys for group in near[key] if same_case(group[0], case)), None)
        if known is None:
            known = []
            out.append(known)
        known.append(case)
        for key in keys:
            if not any(group is known for group in near[key]):
                near[key].append(known)
    return out


def originals(batch: Batch) -> set[int]:
    """Indices of the cases that are not a later version of a case before them: each case counts once."""
    return {group[0].index for group in versions(batch)}


def table_pairs(left: CaseView, right: CaseView) -> Iterator[tuple[TableView, TableView]]:
    """The tables that two versions share: same kind and label or title, in print order."""
    free: dict[object, list[TableView]] = defaultdict(list)
    for table in right.tables:
        free[(table.kind, table.table.label, table.table.title)].append(table)
    for table in left.tables:
        others = free[(table.kind, table.table.label, table.table.title)]
        if others:
            yield table, others.pop(0)


def line_pairs(table: TableView, other: TableView) -> Iterator[tuple[int, int]]:
    """The lines that two versions of a table share: the same label, the first with the first; else a label like it."""
    free: dict[str, list[int]] = defaultdict(list)
    for line in other.figure_lines:
        free[squash(other.lines[line].label)].append(line)
    left = []
    for line in table.figure_lines:
        same = free[squash(table.lines[line].label)]
        if same:
            yield line, same.pop(0)
        else:
            left.append(line)
    rest = [line for lines in free.values() for line in lines]
    for line in left:
        fits = [x for x in rest if likeness(table.lines[line].label, other.lines[x].label) >= _SAME_LINES]
        if len(fits) == 1:
            rest.remove(fits[0])
            yield line, fits[0]


def compare_versions(batch: Batch) -> Iterator[Draft]:
    """One finding for each version whose figures differ from the one before it, what differs as its consequences.

    Versions of one budget round ought to be the same; of a later round they may have been worked over.
    """
    for group in versions(batch):
        for left, right in pairwise(group):
            compared, differing = 0, []
            for table, other in table_pairs(left, right):
                count, drafts = _compare(table, other, right)
                compared += count
                differing += drafts
            if differing and 2 * len(differing) <= compared:  # else it is another case of the same name
                yield _differs(left, right, compared, differing)


def _differs(left: CaseView, right: CaseView, compared: int, differing: list[Draft]) -> Draft:
    details = [d for d in differing if left.tables[d.table or 0].lines[d.line or 0].role is Role.DETAIL]
    lines = dict.fromkeys(left.tables[d.table or 0].lines[d.line or 0].label for d in details or differing)
    one_round = left.case.budget_round is not None and left.case.budget_round == right.case.budget_round
    return Draft(
        Check.CROSS_TABLE,
        Severity.WARNING if one_round else Severity.INFO,
        "version_differs",
        left.index,
        other_case=right.index,
        params={
            "other_document": right.file.document.file_name,
            "differences": len(differing),
            "compared": compared,
            "lines": "; ".join(lines),
        },
        evidence=tuple(slot for d in differing for slot in d.evidence),
        consequences=differing,
    )


def _compare(table: TableView, other: TableView, right: CaseView) -> tuple[int, list[Draft]]:
    """(figures compared, one draft for each that differs) of a table and the `right` case's version of it."""
    compared, differing = 0, []
    years = [y for y in table.year_columns if y in other.year_columns]
    for line, opposite in line_pairs(table, other):
        for year in years:
            here, there = table.year_columns[year], other.year_columns[year]
            compared += 1
            stated, expected = table.value(line, here), other.value(opposite, there)
            if stated * table.unit(here) == expected * other.unit(there):
                continue
            differing.append(
                Draft(
                    Check.CROSS_TABLE,
                    Severity.INFO,
                    "version_figure",
                    table.case_index,
                    table.index,
                    line,
                    year,
                    table.column_label(here),
                    other_case=right.index,
                    other_table=other.index,
                    other_line=opposite,
                    params={"other_document": right.file.document.file_name},
                    stated=stated,
                    expected=expected,
                    evidence=(table.slot(line, here), other.slot(opposite, there)),
                )
            )
    return compared, differing
