"""One document in the terminal or as JSON: its cases, tables as read, what went nowhere, and what does not agree."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.padding import Padding
from rich.table import Table as Box

from afstem.errors import UsageError
from afstem.texts import say
from normalize.models import Amount, Case, CaseFile, ColumnKind, Table
from publish.wording import cause_text, finding_text, reason_text
from reconcile import CheckInfo
from reconcile.models import Finding, Severity

#: A reading less certain than this carries a question mark.
_DOUBTFUL = 0.5
#: So many consequences of a finding are written out; the reports have them all.
_MOST_FOLLOWERS = 3
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}


def chosen(file: CaseFile, code: str | None) -> CaseFile:
    """The file with only the cases of that code (compared without blanks and case), or whole where it is None.

    Raises UsageError where no case has it.
    """
    if code is None:
        return file
    cases = tuple(c for c in file.cases if c.code is not None and _plain(c.code) == _plain(code))
    if not cases:
        codes = ", ".join(c.code or c.title or "–" for c in file.cases) or "–"
        raise UsageError("no_case", case=code, path=file.document.file_name, cases=codes)
    return replace(file, cases=cases)


def _plain(code: str) -> str:
    return "".join(code.split()).casefold()


def print_document(file: CaseFile, findings: Sequence[Finding], console: Console, language: str) -> None:
    """Everything that was read and found, for a person to compare with the page."""
    document = file.document
    pages = say(language, "show.pages", pages=document.pages)
    console.print(f"[bold]{escape(document.file_name)}[/]  {document.media_type}, {pages}, {document.sha256[:16]}")
    if document.reason is not None:
        console.print(reason_text(document.reason, language), style="yellow", markup=False)
    if not file.cases:
        console.print(say(language, "show.no_cases"))
    for case in file.cases:
        _print_case(case, [f for f in findings if f.case_id == case.case_id], console, language)


def _print_case(case: Case, findings: Sequence[Finding], console: Console, language: str) -> None:
    kind = say(language, "show.catalogue" if case.kind_of == "catalogue" else "show.case")
    console.print()
    console.rule(escape(" ".join(filter(None, (kind, case.code, case.title)))), align="left")
    for line in _metadata(case, language):
        console.print(line, markup=False)
    if case.headings:
        console.print(say(language, "show.headings"), style="bold")
        for heading in case.headings:
            number = f"{heading.number} " if heading.number else ""
            console.print(f"{'  ' * heading.level}{number}{heading.title}", markup=False)
    involved = Counter(amount_id for f in findings if f.severity is not Severity.INFO for amount_id in f.evidence)
    for table in case.tables:
        _print_table(table, involved, console, language)
    figures = [a for table in case.tables for line in table.lines for a in line.amounts]
    if any(a.confidence < _DOUBTFUL for a in figures):
        console.print(f"    {say(language, 'show.doubtful')}", style="dim")
    if any(a.amount_id in involved for a in figures):
        console.print(f"    {say(language, 'show.marked')}", style="dim")
    _print_statements(case, console, language)
    _print_findings(findings, console, language)


def _metadata(case: Case, language: str) -> Iterator[str]:
    if case.administrations:
        yield say(language, "show.administrations", names=", ".join(case.administrations))
    if case.affected:
        yield say(language, "show.affected", names=", ".join(case.affected))
    if case.budget_round:
        yield say(language, "show.round", round=case.budget_round)
    if case.stated_price_level:
        yield say(language, "show.price_level", year=str(case.stated_price_level))


def _print_table(table: Table, involved: Counter[str], console: Console, language: str) -> None:
    name = " ".join(filter(None, (table.label, table.title))) or say(language, "show.table")
    facts = [str(table.kind), str(table.measure), f"p. {table.first_page}"]
    if table.unit is not None:
        facts.append(say(language, "show.unit", unit=table.unit))
    if table.price_level is not None:
        facts.append(say(language, "show.price_level", year=str(table.price_level)))
    if table.cost_sign < 0:
        facts.append(say(language, "show.sign"))
    console.print(f"\n[bold]{escape(name)}[/]  ({escape(', '.join(facts))})")
    console.print(Padding(_grid(table, involved, language), (0, 0, 0, 2)))
    for total in table.sums:
        parts = " ".join(f"{'−' if sign < 0 else '+'} {index + 1}" for index, sign in total.parts).removeprefix("+ ")
        doubt = "" if total.certain else f", {say(language, 'show.uncertain')}"
        sums = f"{say(language, 'show.sum')} {total.total + 1} = {parts}  ({total.by}{doubt})"
        console.print(f"    {sums}", markup=False, style="dim")
    ledger = table.ledger
    counts = say(
        language,
        "show.ledger",
        tokens=ledger.tokens,
        placed=ledger.placed,
        captions=ledger.captions,
        notes=ledger.notes,
        orphans=len(ledger.orphans),
    )
    console.print(f"    {counts}", style="dim", markup=False)
    if ledger.orphans:
        words = " | ".join(ledger.orphans)
        console.print(f"    {say(language, 'show.lost', words=words)}", style="yellow", markup=False)


def _grid(table: Table, involved: Counter[str], language: str) -> Box:
    """The table as read: figures as printed, `?` for a doubtful reading, `!` for a part of a discrepancy."""
    shown = [c for c in table.columns if c.kind is not ColumnKind.TEXT]
    elsewhere = {c.index for c in table.columns} - {c.index for c in shown}
    areas = any(line.steering_area for line in table.lines)
    appropriations = any(line.appropriation for line in table.lines)
    grid = Box(box=None, pad_edge=False, header_style="bold")
    grid.add_column("", justify="right", style="dim")
    grid.add_column(say(language, "show.line"), overflow="fold", max_width=60)
    grid.add_column(say(language, "show.role"), style="dim")
    if areas:
        grid.add_column(say(language, "show.area"))
    if appropriations:
        grid.add_column(say(language, "show.appropriation"))
    for column in shown:
        grid.add_column(escape(column.label), justify="right", no_wrap=True)
    grid.add_column("", overflow="fold")
    for line in table.lines:
        cells = [str(line.ordinal + 1), escape(line.label), str(line.role)]
        cells += [escape(line.steering_area or "")] if areas else []
        cells += [escape(line.appropriation or "")] if appropriations else []
        cells += [_figure(line.at(column.index), involved) for column in shown]
        bold = "bold" if line.bold or line.role in ("total", "subtotal") else None
        # A payback time may stand in a column of words.
        others = [_figure(a, involved) for a in line.amounts if a.column in elsewhere] + [escape(t) for t in line.texts]
        grid.add_row(*cells, " | ".join(others), style=bold)
    return grid


def _figure(amount: Amount | None, involved: Counter[str]) -> str:
    if amount is None:
        return ""
    doubt = "?" if amount.confidence < _DOUBTFUL else ""
    if amount.amount_id in involved:
        return f"[red]{escape(amount.printed)}{doubt}![/]"
    return escape(amount.printed) + doubt


def _print_statements(case: Case, console: Console, language: str) -> None:
    """The amounts in the running text, each with the row that it was found to speak of."""
    if case.statements:
        console.print(f"\n{say(language, 'show.statements')}", style="bold")
    for statement in case.statements:
        said = " ".join(filter(None, (statement.printed, ", ".join(map(str, statement.years)))))
        row = ""
        if statement.table is not None and statement.line is not None:
            table = case.tables[statement.table]
            row = f"  → {table.label or say(language, 'show.table')}, {table.lines[statement.line].label}"
        console.print(f"  {said}{row}", markup=False)


def _print_findings(findings: Sequence[Finding], console: Console, language: str) -> None:
    if not findings:
        console.print(f"\n{say(language, 'show.no_findings')}", style="green")
        return
    console.print(f"\n{say(language, 'show.findings')}", style="bold")
    roots = [f for f in findings if f.consequence_of is None]
    for root in sorted(roots, key=lambda f: list(_COLOURS).index(f.severity)):
        _print_finding(root, console, language, "  ")
        followers = [f for f in findings if f.consequence_of == root.finding_id]
        for finding in followers[:_MOST_FOLLOWERS]:
            _print_finding(finding, console, language, "    → ")
        if len(followers) > _MOST_FOLLOWERS:
            more = say(language, "show.followers", count=len(followers) - _MOST_FOLLOWERS)
            console.print(f"    → {more}", style="dim", markup=False)


def _print_finding(finding: Finding, console: Console, language: str, indent: str) -> None:
    colour = _COLOURS[finding.severity]
    text = finding_text(finding, language)
    cause = cause_text(finding, language)
    words = f"{text} {cause}" if cause else text
    console.print(f"{indent}[{colour}]{finding.severity}[/] [dim]{finding.check}[/] {escape(words)}")
    if finding.quote:
        console.print(f"{indent}»{finding.quote}«", style="dim", markup=False)


def print_checks(catalogue: Iterable[CheckInfo], console: Console, language: str) -> None:
    """Every check with its rule, an example and the source of the rule."""
    for check in catalogue:
        console.print(f"[bold]{check.code}[/]  {escape(check.title)}")
        for name in ("rule", "example", "source"):
            text = f"{say(language, f'checks.{name}')}: {getattr(check, name)}"
            console.print(Padding(escape(text), (0, 0, 0, 2)))
        console.print()


def to_json(file: CaseFile, findings: Sequence[Finding], language: str) -> dict[str, Any]:
    """The document, its cases and their findings as plain JSON values; decimals as strings, so that no digit is lost.

    The document's printed blocks are left out: the cases hold what was made of them.
    """
    ids = {case.case_id for case in file.cases}
    document = _json_of(file.document)
    del document["blocks"]
    return {
        "document": document,
        "cases": [_json_of(case) for case in file.cases],
        "findings": [_json_of(f) | {"text": finding_text(f, language)} for f in findings if f.case_id in ids],
    }


def _json_of(value: Any) -> Any:
    if is_dataclass(value) and not isinstance(value, type):
        return {field.name: _json_of(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple):
        named = getattr(value, "_asdict", None)
        return named() if named else [_json_of(item) for item in value]
    return str(value) if isinstance(value, Decimal) else value
