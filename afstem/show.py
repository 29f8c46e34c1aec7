"""One document in the terminal or as JSON: its cases, tables as read, what went nowhere, and what does not agree.

All text of the document is put through `publish.plain`, and reaches rich as `Text`: it is neither markup nor a command
to the terminal.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import fields, is_dataclass, replace
from decimal import Decimal
from operator import attrgetter
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.measure import Measurement
from rich.padding import Padding
from rich.table import Table as Box
from rich.text import Text

from afstem.errors import UsageError
from afstem.texts import catalogue, say
from extract.models import Document
from normalize.models import Amount, Case, CaseFile, Column, ColumnKind, Line, Role, Table
from publish import texts
from publish.grid import by_place, where_text
from publish.plain import one_line
from publish.wording import cause_text, finding_text, reason_text
from reconcile.models import Finding, Severity

#: A reading less certain than this carries a question mark.
_DOUBTFUL = 0.5
#: So many consequences of a finding are written out; the reports have them all.
_MOST_FOLLOWERS = 3
#: So many terms of a table's confidence are written out; `--json` has them all.
_MOST_TERMS = 8
#: So many places of figures that stand in no table are written out; the reports and `--json` have them all.
_MOST_PLACES = 20
_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "cyan"}
#: Characters of a word of a document that is shown; more is no label.
_LONGEST = 300
_WIDEST_LABEL = 60  # columns of the terminal
_INDENT = 2
_Words = tuple[str, Callable[[Line], str | None]]
#: Columns of words beside the labels, shown where they say anything: what heads them, and the words of a row.
_WORDS: tuple[_Words, ...] = (("area", attrgetter("steering_area")), ("appropriation", attrgetter("appropriation")))


def chosen(files: Sequence[tuple[Path, CaseFile]], code: str | None) -> list[tuple[Path, CaseFile]]:
    """The files that hold cases of that code, with these cases only; all of them, whole, where it is None.

    Codes are compared without blanks and case.  Raises UsageError where no case has it.
    """
    if code is None:
        return list(files)
    wanted = _folded(code)
    kept = [(path, replace(f, cases=tuple(c for c in f.cases if _folded(c.code) == wanted))) for path, f in files]
    if not any(file.cases for _, file in kept):
        names = [_safe(c.code or c.title or "–") for _, file in files for c in file.cases]
        there = ", ".join(_safe(file.document.file_name) for _, file in files)
        raise UsageError("no_case", case=code, path=there, cases=", ".join(names) or "–")
    return [(path, file) for path, file in kept if file.cases]


def _folded(code: str | None) -> str:
    return "".join((code or "").split()).casefold()


def _safe(text: str) -> str:
    return one_line(text, _LONGEST)


class _Printer:
    """Prints in one language on one console."""

    def __init__(self, console: Console, language: str) -> None:
        self.console, self.language = console, language

    def say(self, code: str, **params: str | int) -> str:
        """A text of the command line's own."""
        return say(self.language, f"show.{code}", **params)

    def line(self, text: str = "", style: str = "", indent: int = 0) -> None:
        """One line of our own or the document's words."""
        self.console.print(Padding(Text(text, style=style), (0, 0, 0, indent), expand=False))

    def title(self, text: str) -> None:
        """What heads a part."""
        self.console.print()
        self.line(text, "bold")


def print_document(file: CaseFile, findings: Sequence[Finding], console: Console, language: str) -> None:
    """Everything that was read and found, for a person to compare with the page."""
    out = _Printer(console, language)
    document = file.document
    facts = [document.media_type, out.say("pages", pages=document.pages), document.sha256[:16]]
    console.print(Text.assemble((_safe(document.file_name), "bold"), f"  {', '.join(facts)}"))
    if document.reason is not None:
        out.line(_safe(reason_text(document.reason, language)), "yellow")
    if not file.cases:
        out.line(out.say("no_cases"))
    for case in file.cases:
        _print_case(case, [f for f in findings if f.case_id == case.case_id], out)
    _print_unplaced(document, out)
    console.print()


def _print_unplaced(document: Document, out: _Printer) -> None:
    """The figures that stand in no table, page by page or line by line."""
    if not document.unplaced_figures:
        return
    out.line(out.say("unplaced", count=document.unplaced_figures), "yellow")
    printed = ((figure.place.page, figure.place.line, _safe(figure.text)) for figure in document.unplaced)
    told = list(by_place(printed, out.language).items())[:_MOST_PLACES]
    for place, figures in told:
        out.line(out.say("unplaced_at", place=place, figures=" | ".join(figures)), "yellow", _INDENT)
    if left := document.unplaced_figures - sum(len(figures) for _, figures in told):
        out.line(out.say("unplaced_more", count=left), "yellow", _INDENT)


def _print_case(case: Case, findings: Sequence[Finding], out: _Printer) -> None:
    kind = out.say("catalogue" if case.kind_of == "catalogue" else "case")
    name = " ".join(_safe(word) for word in (kind, case.code, case.title) if word)
    out.console.print()
    out.console.rule(Text(name), align="left")
    for line in _metadata(case, out):
        out.line(line)
    _print_headings(case, out)
    involved = Counter(amount_id for f in findings if f.severity is not Severity.INFO for amount_id in f.evidence)
    for table in case.tables:
        _print_table(table, involved, out)
    _print_legend([a for table in case.tables for line in table.lines for a in line.amounts], involved, out)
    _print_statements(case, out)
    _print_findings(findings, out)


def _print_headings(case: Case, out: _Printer) -> None:
    """The headings below the case's own, set in by their level."""
    if case.headings:
        out.line(out.say("headings"), "bold")
    for heading in case.headings:
        number = f"{heading.number} " if heading.number else ""
        out.line(_safe(f"{number}{heading.title}"), indent=_INDENT * heading.level)


def _print_legend(figures: Sequence[Amount], involved: Counter[str], out: _Printer) -> None:
    """What the signs behind figures say, of those that are used."""
    if any(a.confidence < _DOUBTFUL for a in figures):
        out.line(out.say("doubtful"), "dim", 2 * _INDENT)
    if any(a.amount_id in involved for a in figures):
        out.line(out.say("marked"), "dim", 2 * _INDENT)


def _metadata(case: Case, out: _Printer) -> Iterator[str]:
    if case.opened_why:
        terms = ", ".join(f"{out.say(f'opened_{name}')} {bits:+.1f}" for name, bits in case.opened_why)
        yield out.say("opened_why", terms=terms)
    if case.title is not None and case.title_why:
        terms = ", ".join(f"{out.say(f'why_{name}')} {bits:+.0f}" for name, bits in case.title_why)
        yield out.say("title_doubtful" if case.title_doubtful else "title_why", terms=terms)
    if case.municipality:
        yield out.say("municipality", name=_safe(case.municipality))
    if case.administrations:
        yield out.say("administrations", names=_safe(", ".join(case.administrations)))
    if case.affected:
        yield out.say("affected", names=_safe(", ".join(case.affected)))
    if case.budget_round:
        yield out.say("round", round=_safe(case.budget_round))
    if case.stated_price_level:
        yield out.say("price_level", year=str(case.stated_price_level))


def _print_table(table: Table, involved: Counter[str], out: _Printer) -> None:
    name = _safe(" ".join(filter(None, (table.label, table.title)))) or out.say("table")
    facts = [
        texts.say(out.language, f"kind.{table.kind}"),
        where_text(table.first_page, table.place.line, out.language),
    ]
    if table.unit is not None:
        facts.append(out.say("unit", unit=table.unit))
    if table.price_level is not None:
        facts.append(out.say("price_level", year=str(table.price_level)))
    if table.cost_sign < 0:
        facts.append(out.say("sign"))
    out.console.print()
    out.console.print(Text.assemble((name, "bold"), f"  ({', '.join(facts)})"))
    _print_grid(_grid(table, involved, out), out)
    words = catalogue(out.language)
    for total in table.sums:
        parts = " ".join(f"{texts.MINUS if sign < 0 else '+'} {index + 1}" for index, sign in total.parts)
        by = out.say("by", what=", ".join(words.get(f"show.by_{word}", word) for word in total.by.split("+")))
        doubt = "" if total.certain else f"; {out.say('uncertain')}"
        out.line(f"{out.say('sum')} {total.total + 1} = {parts.removeprefix('+ ')}  ({by}{doubt})", "dim", 2 * _INDENT)
    ledger = table.ledger
    counts = {"tokens": ledger.tokens, "placed": ledger.placed, "captions": ledger.captions, "notes": ledger.notes}
    out.line(out.say("ledger", **counts, orphans=len(ledger.orphans)), "dim", 2 * _INDENT)
    if table.why:
        out.line(out.say("trust", terms=_terms(table.why, out)), "dim", 2 * _INDENT)
    if ledger.orphans:
        out.line(out.say("lost", words=" | ".join(map(_safe, ledger.orphans))), "yellow", 2 * _INDENT)


def _terms(why: Sequence[tuple[str, float]], out: _Printer) -> str:
    """The terms that weighed most on a table's figures in words, with their bits; of a share, that it is one."""
    said = []
    for name, bits in why[:_MOST_TERMS]:
        term, share, _ = name.partition("_of_")
        words = say(out.language, f"trust.{term}")
        said.append(f"{out.say('trust_share', term=words) if share else words} {bits:+.0f}")
    return ", ".join(said)


def _print_grid(grid: Box, out: _Printer) -> None:
    """The grid, in lines longer than the terminal where it is too narrow: a figure is never cut."""
    console = out.console
    least = Measurement.get(console, console.options.update(max_width=10_000), grid).minimum
    padded = Padding(grid, (0, 0, 0, _INDENT), expand=False)
    console.print(padded, width=max(console.width, least + _INDENT), crop=False, no_wrap=True)


def _grid(table: Table, involved: Counter[str], out: _Printer) -> Box:
    """The table as read: figures as printed, `?` for a doubtful reading, `!` for a part of a discrepancy."""
    shown = [c for c in table.columns if c.kind is not ColumnKind.TEXT]
    elsewhere = {c.index for c in table.columns if c.kind is ColumnKind.TEXT}
    words = [(name, field) for name, field in _WORDS if any(map(field, table.lines))]
    others = [_others(line, elsewhere, involved) for line in table.lines]
    grid = _headed(words, shown, out)
    if any(others):
        grid.add_column("", overflow="fold")
    for line, other in zip(table.lines, others, strict=True):
        role = texts.say(out.language, f"role.{line.role}")
        cells = [Text(str(line.ordinal + 1)), Text(_safe(line.label)), Text(role)]
        cells += [Text(_safe(field(line) or "")) for _, field in words]
        cells += [_figure(line.at(column.index), involved) for column in shown]
        cells += [other] if any(others) else []
        grid.add_row(*cells, style=_weight(line))
    return grid


def _weight(line: Line) -> str | None:
    """The style of a row: a sum's is bold, as is one that is printed so."""
    return "bold" if line.bold or line.role in (Role.TOTAL, Role.SUBTOTAL) else None


def _headed(words: Sequence[_Words], figures: Sequence[Column], out: _Printer) -> Box:
    """A grid with the heads of its columns and no rows."""
    grid = Box(box=None, pad_edge=False, header_style="bold")
    grid.add_column("", justify="right", style="dim")
    grid.add_column(out.say("line"), overflow="fold", max_width=_WIDEST_LABEL)
    grid.add_column(out.say("role"), style="dim")
    for name, _ in words:
        grid.add_column(out.say(name))
    for column in figures:
        grid.add_column(Text(_safe(column.label)), justify="right", no_wrap=True)
    return grid


def _others(line: Line, elsewhere: set[int], involved: Counter[str]) -> Text:
    """What stands in columns of words: a payback time may."""
    figures = [_figure(a, involved) for a in line.amounts if a.column in elsewhere]
    return Text(" | ").join([*figures, *(Text(_safe(t)) for t in line.texts)])


def _figure(amount: Amount | None, involved: Counter[str]) -> Text:
    if amount is None:
        return Text()
    printed = _safe(amount.printed) + ("?" if amount.confidence < _DOUBTFUL else "")
    return Text(f"{printed}!", style="red") if amount.amount_id in involved else Text(printed)


def _print_statements(case: Case, out: _Printer) -> None:
    """The amounts in the running text, each with the row that it was found to speak of."""
    if case.statements:
        out.title(out.say("statements"))
    for statement in case.statements:
        said = _safe(" ".join(filter(None, (statement.printed, ", ".join(map(str, statement.years))))))
        if statement.table is not None and statement.line is not None:
            table = case.tables[statement.table]
            said += "  " + _safe(f"→ {table.label or out.say('table')}, {table.lines[statement.line].label}")
        out.line(said, indent=_INDENT)


def _print_findings(findings: Sequence[Finding], out: _Printer) -> None:
    if not findings:
        out.console.print()
        out.line(out.say("no_findings"), "green")
        return
    out.title(out.say("findings"))
    roots = [f for f in findings if f.consequence_of is None]
    for root in sorted(roots, key=lambda f: list(_COLOURS).index(f.severity)):
        _print_finding(root, out, "", _INDENT)
        followers = [f for f in findings if f.consequence_of == root.finding_id]
        for finding in followers[:_MOST_FOLLOWERS]:
            _print_finding(finding, out, "→ ", 2 * _INDENT)
        if len(followers) > _MOST_FOLLOWERS:
            out.line(f"→ {out.say('followers', count=len(followers) - _MOST_FOLLOWERS)}", "dim", 2 * _INDENT)


def _print_finding(finding: Finding, out: _Printer, mark: str, indent: int) -> None:
    language = out.language
    words = " ".join(filter(None, (finding_text(finding, language), cause_text(finding, language))))
    severity = texts.say(language, f"severity.{finding.severity}")
    check = texts.say(language, f"check.{finding.check}")
    colour = _COLOURS[finding.severity]
    text = Text.assemble(mark, (severity, colour), (f" {check}. ", "dim"), _safe_text(words))
    out.console.print(Padding(text, (0, 0, 0, indent), expand=False))
    if finding.quote:
        out.line(f"»{_safe_text(finding.quote)}«", "dim", indent)


def _safe_text(text: str) -> str:
    """A sentence, which may be longer than a label."""
    return one_line(text, 10 * _LONGEST)


def check_texts(code: str, language: str) -> dict[str, str]:
    """A check's title, rule, example and the source of the rule."""
    return {
        "title": texts.say(language, f"check.{code}"),
        "rule": texts.say(language, f"rule.{code}"),
        "example": texts.say(language, f"example.{code}"),
        "source": texts.say(language, f"source.{code}"),
    }


def print_checks(codes: Iterable[str], console: Console, language: str) -> None:
    """Every check with its rule, an example and the source of the rule."""
    out = _Printer(console, language)
    for code in codes:
        console.print(Text.assemble((texts.say(language, f"check.{code}"), "bold"), (f"  {code}", "dim")))
        for name, text in check_texts(code, language).items():
            if name != "title":
                out.line(f"{say(language, f'checks.{name}')}: {text}", indent=_INDENT)
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
