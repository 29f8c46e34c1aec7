"""From cases to findings: run every check, find the causes, give each finding its place and its stable id."""

from __future__ import annotations

import hashlib
import traceback
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from extract.models import Place
from normalize.models import CaseFile, Line
from reconcile import checks as _checks
from reconcile.causes.explain import drafts as explained
from reconcile.causes.ledger import Ledger
from reconcile.causes.solve import solve
from reconcile.checks.payback import years_to_pay_back
from reconcile.figures.draft import Draft, Identity, Param
from reconcile.figures.readings import may_hold
from reconcile.figures.view import Batch, CaseView, Slot, TableView
from reconcile.messages import MESSAGES
from reconcile.models import Check, Finding, Severity
from reconcile.registry import Registered, registered
from reconcile.wording import squash

ALL_CHECKS = tuple(_checks.__all__)
"""The modules that hold the checks; importing them registers the checks."""


def check(
    files: Sequence[CaseFile], shared: Collection[tuple[str, str]] = (), problem: str | None = None
) -> list[Finding]:
    """All findings about the cases of `files`, in the order of cases and tables; consequences follow their root.

    Where `files` are one of the groups of `reconcile.apart`, `shared` is what several cases of all groups are called
    alike.  `problem` says why other files that belong to them are not checked with them; it becomes a diagnostic.

    Files that were not imported, and files with the same bytes as one before them, are passed over.  A check that fails
    becomes a finding of check "diagnostic" (a warning that names the check), and the others go on.
    """
    batch = Batch(files)
    identities: list[Identity] = []
    found: list[Draft] = []
    for entry in registered():
        for outcome in _run(entry, batch):
            if isinstance(outcome, Identity):
                silent = any(slot.column in batch.table(slot).silent_columns for slot in outcome.slots)
                if not silent and not may_hold(batch, outcome):
                    identities.append(outcome)
            else:
                found.append(outcome)
    corrections, ledger = solve(batch, identities)
    roots = explained(batch, corrections, ledger)
    found = [d for d in found if not _follows(batch, d, roots, ledger)]
    said = [] if problem is None else _diagnostics(batch, "across_documents", problem)
    return _finished(batch, _once([*roots, *found, *said]), shared)


def unchecked(files: Sequence[CaseFile], problem: str, shared: Collection[tuple[str, str]] = ()) -> list[Finding]:
    """What is said of files whose checks could not be brought to an end: a diagnostic for each."""
    batch = Batch(files)
    return _finished(batch, _diagnostics(batch, "all", problem), shared)


def _diagnostics(batch: Batch, check: str, problem: str) -> list[Draft]:
    """One for each document, at its first case."""
    first = {case.document_id: case.index for case in reversed(batch.cases)}
    params: dict[str, Param] = {"check": check, "problem": problem}
    return [Draft(Check.DIAGNOSTIC, Severity.WARNING, "check_failed", index, params=params) for index in first.values()]


def _run(entry: Registered, batch: Batch) -> Iterable[Identity | Draft]:
    """What a check yields; where it fails what it yielded until then, and a diagnostic."""
    out: list[Identity | Draft] = []
    try:
        out.extend(entry.function(batch))
    except Exception as problem:  # noqa: BLE001 - one check's fault must not silence the others
        where = traceback.extract_tb(problem.__traceback__)[-1]
        text = f"{type(problem).__name__}: {problem} ({where.name})"
        if batch.cases:
            params: dict[str, Param] = {"check": entry.check.value, "problem": text}
            out.append(Draft(Check.DIAGNOSTIC, Severity.WARNING, "check_failed", 0, params=params))
    return out


def _follows(batch: Batch, draft: Draft, roots: Sequence[Draft], ledger: Ledger) -> bool:
    """Hang a payback finding under the wrong figures that explain it: with them put right the printed time is right."""
    if draft.check is not Check.PAYBACK or draft.severity is Severity.INFO or draft.table is None:
        return False
    columns = [slot for slot in draft.evidence[1:] if slot in ledger.corrected]
    if not columns:
        return False
    figures = [ledger.value(slot) for slot in draft.evidence[1:]]
    sign = batch.cases[draft.case].tables[draft.table].table.cost_sign
    if not figures or years_to_pay_back([f * sign for f in figures]) != draft.stated:
        return False
    for root in roots:
        if root.case == draft.case and any(slot in columns for slot in root.evidence):
            root.consequences.extend([draft, *draft.consequences])
            draft.consequences = []
            return True
    return False


def _once(drafts: Sequence[Draft]) -> list[Draft]:
    """A statement that is made twice in the prose is one finding with a consequence."""
    seen: dict[tuple[object, ...], Draft] = {}
    out = []
    for draft in drafts:
        if draft.quote is None:
            out.append(draft)
            continue
        year = draft.year if draft.check is not Check.TEXT_FTE else None
        key = (draft.check, draft.case, draft.table, draft.line, year, draft.message, draft.stated)
        if key in seen:
            seen[key].consequences.append(draft)
        else:
            seen[key] = draft
            out.append(draft)
    return out


def _place(draft: Draft) -> tuple[int, int, int, int]:
    return (draft.case, draft.table if draft.table is not None else -1, draft.line or 0, draft.year or 0)


def _finished(batch: Batch, roots: Sequence[Draft], shared: Collection[tuple[str, str]] = ()) -> list[Finding]:
    """Findings with ids; the ids of equal findings count up, those of equal cases name their documents."""
    ids = _Ids(batch, shared)
    out: list[Finding] = []
    for root in sorted(roots, key=_place):
        root_id = ids.next(root)
        out.append(_finding(batch, root, root_id, None))
        out.extend(_finding(batch, d, ids.next(d), root_id) for d in _all(root.consequences))
    return out


def _all(drafts: Iterable[Draft]) -> Iterator[Draft]:
    for draft in drafts:
        yield draft
        yield from _all(draft.consequences)


class _Ids:
    """Ids that hang on what a finding says, not on where its document lies or what else is found."""

    def __init__(self, batch: Batch, shared: Collection[tuple[str, str]]) -> None:
        self.batch = batch
        self.seen: Counter[tuple[str, ...]] = Counter()
        keys = Counter(case.key for case in batch.cases)
        self.shared = {key for key, count in keys.items() if count > 1}.union(shared)

    def next(self, draft: Draft) -> str:
        case = self.batch.cases[draft.case]
        table = case.tables[draft.table] if draft.table is not None else None
        line = table.lines[draft.line].label if table is not None and draft.line is not None else ""
        name = f"{squash(table.table.label or '')}/{squash(table.table.title or '')}" if table is not None else ""
        other = ""
        if draft.other_table is not None:
            place = self.batch.cases[draft.other_case if draft.other_case is not None else draft.case]
            other = squash(place.tables[draft.other_table].name)
        parts = [
            *case.key,
            draft.check.value,
            name,
            squash(line),
            str(draft.year or draft.column_label),
            draft.message,
            other,
        ]
        if case.key in self.shared:
            parts.append(case.document_id[:8])
        key = tuple(parts)
        self.seen[key] += 1
        digest = hashlib.sha256("\x1f".join([*parts, str(self.seen[key])]).encode()).hexdigest()
        return digest[:16]


@dataclass(frozen=True)
class _Place:
    """Where a draft stands: its case, table and line, and those it is held against."""

    case: CaseView
    table: TableView | None
    line: Line | None
    other: TableView | None
    opposite: Line | None

    @classmethod
    def of(cls, batch: Batch, draft: Draft) -> _Place:
        case = batch.cases[draft.case]
        table = case.tables[draft.table] if draft.table is not None else None
        other_case = batch.cases[draft.other_case] if draft.other_case is not None else case
        other = other_case.tables[draft.other_table] if draft.other_table is not None else None
        return cls(case, table, _line(table, draft.line), other, _line(other, draft.other_line))

    @property
    def figures(self) -> Place | None:
        """Where it is printed."""
        if self.line is not None:
            return self.line.place
        return self.table.table.place if self.table is not None else None


def _line(table: TableView | None, line: int | None) -> Line | None:
    return table.lines[line] if table is not None and line is not None else None


def _finding(batch: Batch, draft: Draft, finding_id: str, root: str | None) -> Finding:
    at = _Place.of(batch, draft)
    difference = draft.stated - draft.expected if draft.stated is not None and draft.expected is not None else None
    values: dict[str, Param | None] = {
        "table": _name(at.table),
        "line": at.line.label if at.line is not None else "",
        "column": draft.column_label or (str(draft.year) if draft.year else ""),
        "stated": draft.stated,
        "expected": draft.expected,
        "difference": draft.expected * -1 if draft.stated is None and draft.expected is not None else difference,
        "other_table": _name(at.other),
        "other_line": at.opposite.label if at.opposite is not None else "",
        **draft.params,
    }
    page, source_line = _where(draft, at.figures)
    return Finding(
        check=draft.check,
        severity=draft.severity,
        case_id=at.case.case.case_id,
        message=draft.message,
        params=_message_params(draft.message, values),
        table_id=at.table.table.table_id if at.table is not None else None,
        line_id=at.line.line_id if at.line is not None else None,
        year=draft.year,
        other_table_id=at.other.table.table_id if at.other is not None else None,
        other_line_id=at.opposite.line_id if at.opposite is not None else None,
        stated=_number(draft.stated),
        expected=_number(draft.expected),
        difference=_number(difference),
        tolerance=_number(draft.tolerance),
        verdict=draft.verdict,
        evidence=_evidence(batch, draft.evidence) or _figures_of(at.table, draft.line),
        cause=draft.cause,
        cause_params=tuple((k, _plain(v)) for k, v in draft.cause_params.items()),
        consequence_of=root,
        reread=draft.reread,
        quote=draft.quote,
        arithmetic=tuple(_plain_step(step) for step in draft.arithmetic),
        document_id=at.case.document_id,
        page=page,
        source_line=source_line,
        finding_id=finding_id,
    )


def _plain_step(step: str | Decimal) -> str | Decimal:
    number = _number(step) if isinstance(step, Decimal) else None
    return step if number is None else number


def _name(table: TableView | None) -> str:
    return table.name if table is not None else ""


def _message_params(message: str, values: Mapping[str, Param | None]) -> tuple[tuple[str, Param], ...]:
    """The parameters that the message asks for, empty where there is none of that name."""
    asked = ((name, values.get(name)) for name in MESSAGES[message])
    return tuple((name, _plain(value) if value is not None else "") for name, value in asked)


def _where(draft: Draft, figures: Place | None) -> tuple[int | None, int | None]:
    """(page, source line) of the sentence or field it is about, else of the figures."""
    page, line = (figures.page, figures.line) if figures is not None else (None, None)
    quoted = draft.quote is not None or draft.source_line is not None
    return draft.page if draft.page is not None else page, draft.source_line if quoted else line


def _number(value: Decimal | None) -> Decimal | None:
    """Without trailing zeros that arithmetic left, and without exponents."""
    if value is None:
        return None
    value = value.normalize() if value else Decimal(0)
    return value.quantize(Decimal(1)) if value == value.to_integral_value() else value


def _plain(value: Param) -> Param:
    number = _number(value) if isinstance(value, Decimal) else None
    return number if number is not None else value


def _figures_of(table: TableView | None, line: int | None) -> tuple[str, ...]:
    """The amounts of a line, of its table where it has none: what a finding about words or headers is about."""
    if table is None:
        return ()
    lines = [line, table.grand_total, *table.figure_lines]
    own = next((table.lines[i].amounts for i in lines if i is not None and table.lines[i].amounts), ())
    return tuple(a.amount_id for a in own if a.amount_id)


def _evidence(batch: Batch, slots: Iterable[Slot]) -> tuple[str, ...]:
    amounts = (batch.amount(slot) for slot in slots)
    return tuple(dict.fromkeys(a.amount_id for a in amounts if a is not None and a.amount_id))
