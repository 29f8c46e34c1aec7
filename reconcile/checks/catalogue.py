"""A catalogue of proposals against the proposals themselves, wherever they lie."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from normalize.models import ColumnKind, Kind, Line, Role
from reconcile.draft import Draft, Identity
from reconcile.models import Check, Severity
from reconcile.registry import register
from reconcile.summary import Summary, summaries
from reconcile.versions import originals
from reconcile.view import Batch, CaseView, TableView
from reconcile.wording import likeness

_NUMBER = re.compile(r"\d+")
_SAME_TITLE = 0.6
_LIKE_TITLE = 0.35


@register(Check.CATALOGUE)
def catalogue(batch: Batch) -> Iterator[Identity | Draft]:
    """A catalogue's figures are those of its proposals.

    Rule: for each proposal, the contribution of a year is the proposal's "Samlet varig ændring" of that year with the
    sign turned, and "Samlet investering" is the sum over the years of its implementation costs. A proposal is found
    by number and title, in the same file or another; one that is not among the inputs is said to be missing, not
    wrong.

    Example: the catalogue has 1.895 in 2025 for proposal 1, whose Tabel 2 has −1.895.

    Source: the catalogues of the City of Copenhagen's efficiency strategies ("Effektiviseringsbidrag", "Samlet
    investering").
    """
    firsts = originals(batch)
    for case in batch.cases:
        for table in case.of_kind(Kind.CATALOGUE):
            missing = []
            for index, line in enumerate(table.lines):
                if line.role is not Role.DETAIL or not line.amounts:
                    continue
                proposal = _proposal(batch, case, table, line, firsts)
                if proposal is None:
                    missing.append(_name(line))
                    continue
                named = _shown(batch.cases[proposal.table.case_index])
                yield from _contributions(table, index, proposal, named)
                yield from _investment(table, index, proposal, named)
            if missing:
                yield Draft(
                    Check.CATALOGUE,
                    Severity.INFO,
                    "catalogue_missing",
                    case.index,
                    table.index,
                    params={"count": len(missing), "proposals": "; ".join(missing)},
                )


def _name(line: Line) -> str:
    return " ".join([line.label, *line.texts[:1]]) if not re.search(r"[^\W\d_]", line.label) else line.label


def _shown(case: CaseView) -> str:
    return case.case.code or case.case.title or ""


def _number(text: str | None) -> int | None:
    found = _NUMBER.search(text or "")
    return int(found[0]) if found else None


def _proposal(batch: Batch, home: CaseView, table: TableView, line: Line, firsts: set[int]) -> Summary | None:
    """The summary of the proposal that a catalogue line is about, None where it is not among the inputs.

    In the catalogue's own file number and a title that is not quite another will do; in another file the title must be
    the same, or alike with the same number.
    """
    wanted = _number(line.label) if re.match(r"\s*(?:[A-Za-zÆØÅæøå]+\s*)?\d", line.label) else None
    best: tuple[float, Summary] | None = None
    for case in batch.cases:
        own_file = case.document_id == home.document_id
        if case.index == home.index or not (own_file or case.index in firsts):
            continue
        found = summaries(case)
        if not found:
            continue
        title = max(
            (likeness(text, case.case.title or "") for text in (line.label, _name(line), *line.texts)), default=0.0
        )
        same_number = wanted is not None and wanted == _number(case.case.code)
        needed = (0.2 if own_file else _LIKE_TITLE) if same_number else _SAME_TITLE + 0.1
        if title < needed:
            continue
        score = title + 0.5 * same_number + 0.2 * own_file
        if best is None or score > best[0]:
            best = (score, found[0])
    return best[1] if best is not None else None


def _contributions(table: TableView, line: int, summary: Summary, named: str) -> Iterator[Identity]:
    total = summary.total("recurring")
    if total is None:
        return
    years = [y for y in table.year_columns if y in summary.table.year_columns]
    pairs = [
        (
            table.value(line, table.year_columns[y]) * table.unit(table.year_columns[y]),
            summary.table.value(total, summary.table.year_columns[y])
            * summary.table.unit(summary.table.year_columns[y]),
        )
        for y in years
    ]
    turned = sum(a == -b != 0 for a, b in pairs)
    straight = sum(a == b != 0 for a, b in pairs)
    sign = Decimal(table.table.cost_sign * summary.table.table.cost_sign)
    if turned != straight:
        sign = Decimal(-1 if turned > straight else 1)
    for year in years:
        here, there = table.year_columns[year], summary.table.year_columns[year]
        if table.amount(line, here) is None and summary.table.value(total, there) == 0:
            continue
        yield Identity(
            Check.CATALOGUE,
            "catalogue_contribution",
            table.slot(line, here),
            ((summary.table.slot(total, there), sign * _scale(table, line, here, summary, there)),),
            same=True,
            params=(("proposal", named),),
        )


def _scale(table: TableView, line: int, column: int, summary: Summary, other_column: int) -> Decimal:
    """What turns the proposal's unit into the catalogue's; 1 where the printed contributions show that they are one.

    A unit that only one of the two headers gave away must not make every figure differ by a thousand.
    """
    scale = summary.table.unit(other_column) / table.unit(column)
    total = summary.total("recurring")
    if scale == 1 or total is None:
        return scale
    pairs = [
        (abs(table.value(line, c)), abs(summary.table.value(total, summary.table.year_columns[y])))
        for y, c in table.year_columns.items()
        if y in summary.table.year_columns
    ]
    alike = sum(a == b != 0 for a, b in pairs)
    return Decimal(1) if alike * 2 > len(pairs) else scale


def _investment(table: TableView, line: int, summary: Summary, named: str) -> Iterator[Identity]:
    """The investment column, where the catalogue has one and prints a figure in it."""
    columns = [c for c in table.columns if c.kind is ColumnKind.INVESTMENT]
    total = summary.total("implementation")
    if total is None:
        return
    for column in columns:
        if table.amount(line, column.index) is None:
            continue
        terms = tuple(
            (summary.table.slot(total, c), _scale(table, line, column.index, summary, c)) for c in summary.table.year_of
        )
        yield Identity(
            Check.CATALOGUE,
            "catalogue_investment",
            table.slot(line, column.index),
            terms,
            params=(("proposal", named),),
        )
