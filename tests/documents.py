"""Small documents with what is read in them, kept beside each other in `tests/known`: `NAME.txt` and `NAME.read`.

A `.read` file tells in plain words what each stage made of the document: its blocks as printed, its cases, tables,
rows and figures, what its sentences state, and what does not agree.  Whatever a change makes of them otherwise is seen,
line by line, and looked at: `python -m tests.documents` writes the `.read` files anew, and their difference is what the
change does.  Confidence is told by whether a figure is sure, not to the last digit, so that weights may be fitted anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extract import read
from extract.models import Block, Cell, Document, Grid, Heading, Paragraph, Place, Row
from normalize import understand
from normalize.models import Amount, Case, CaseFile, Column, Line, Statement, Table
from publish.wording import cause_text, finding_text
from reconcile import check
from reconcile.models import Finding

FOLDER = Path(__file__).with_name("known")
_SURE = 0.9  # confidence from which readers of the report are not warned


def names() -> list[str]:
    """The documents, by the name that says what they show."""
    return sorted(path.stem for path in FOLDER.glob("*.txt"))


def kept(name: str) -> list[str]:
    """What was read in a document when somebody last looked at it."""
    return FOLDER.joinpath(f"{name}.read").read_text(encoding="utf-8").splitlines()


def told(name: str) -> list[str]:
    """What is read in a document now."""
    document = read(FOLDER / f"{name}.txt")
    file = understand(document)
    return [*printed(document), "", *understood(file), "", *found(check([file]), file)]


def printed(document: Document) -> Iterator[str]:
    """The blocks of a document, a line or more each."""
    yield f"document: {document.media_type}, {document.pages} pages, {document.status}"
    if document.unplaced_figures or document.captions_without_table:
        yield f"  figures without a place {document.unplaced_figures}, captions alone {document.captions_without_table}"
    for block in document.blocks:
        yield from _block(block)


def _block(block: Block) -> Iterator[str]:
    if isinstance(block, Heading):
        yield f"  heading {_at(block.place)}: {block.number or '-'} {block.title} (level {block.level})"
    elif isinstance(block, Paragraph):
        yield f"  paragraph {_at(block.place)}: {block.text!r}"
    else:
        yield from _grid(block)


def _grid(grid: Grid) -> Iterator[str]:
    ledger = grid.ledger
    pages = f"pages {grid.first_page}-{grid.last_page}"
    yield f"  grid {_at(grid.place)}, {pages}, {grid.columns} columns, by {grid.reader}"
    counted = f"{ledger.tokens} = {ledger.placed} + {ledger.captions} + {ledger.notes} + {list(ledger.orphans)}"
    yield f"    caption {grid.caption.text if grid.caption else None!r}; tokens {counted}"
    for row in grid.rows:
        yield f"    {'head' if row.header else 'row'} {_at(row.place)}: {_cells(row)}"
    for note in grid.notes:
        yield f"    note {_at(note.place)}: {note.text!r}"


def _cells(row: Row) -> str:
    placed = " | ".join(_cell(cell) for cell in row.cells)
    return placed + (f"  loose {' | '.join(map(_cell, row.loose))}" if row.loose else "")


def _cell(cell: Cell | None) -> str:
    return "." if cell is None else cell.text + (f" (over {cell.span})" if cell.span > 1 else "")


def _at(place: Place) -> str:
    return f"p{place.page}" + (f" l{place.line}" if place.line is not None else "")


def understood(file: CaseFile) -> Iterator[str]:
    """The cases of a file with their tables and statements."""
    for case in file.cases:
        yield from _case(case)


def _case(case: Case) -> Iterator[str]:
    yield f"{case.kind_of}: {case.code} {case.title!r}{' (doubtful)' if case.title_doubtful else ''}"
    yield f"  pages {case.first_page}-{case.last_page}, confidential {case.confidential}, key {case.case_key}"
    yield f"  of {case.municipality}, round {case.budget_round}, from {case.budget_year}, p/l {case.stated_price_level}"
    yield f"  administrations {list(case.administrations)}, affected {case.affected}"
    yield f"  summary {case.summary!r}"
    for heading in case.headings:
        yield f"  heading {heading.number or '-'} {heading.title} (level {heading.level}, {_at(heading.place)})"
    for table in case.tables:
        yield from _table(table)
    for statement in case.statements:
        yield f"  states {_statement(statement)}"
    for text, place in case.notes:
        yield f"  note {_at(place)}: {text!r}"
    yield f"  text at {', '.join(_at(place) for _, place in case.text)}"


def _table(table: Table) -> Iterator[str]:
    yield f"  table {table.label}: {table.title!r}, {table.kind}, pages {table.first_page}-{table.last_page}"
    level = f"{table.price_level} ({table.price_level_printed!r})"
    yield f"    {table.measure} in {table.unit}, p/l {level}, area {table.steering_area}, cost {table.cost_sign:+d}"
    yield f"    {'loose, ' if table.loose else ''}not placed {table.unplaced_figures}, notes {list(table.notes)}"
    yield f"    columns: {'; '.join(map(_column, table.columns))}"
    for line in table.lines:
        yield f"    {line.ordinal} {line.role}: {_line(line)}"
    for one in table.sums:
        parts = " ".join(f"{'+' if sign > 0 else '-'}{part}" for part, sign in one.parts)
        yield f"    sum {one.total} = {parts} by {one.by}{'' if one.certain else ', not certain'}"


def _column(column: Column) -> str:
    own = [str(x) for x in (column.measure, column.unit, column.price_level) if x is not None]
    year = f" {column.year}" if column.year is not None else ""
    added = f" of {list(column.total_of)}" if column.total_of else ""
    return f"{column.index} {column.label!r} {column.kind}{year}{added}" + (f" in {' '.join(own)}" if own else "")


def _line(line: Line) -> str:
    words = [w for w in (line.steering_area, line.appropriation, line.committee, line.measure, *line.texts) if w]
    under = f" under {line.section}" if line.section is not None else ""
    said = f" [{' / '.join(words)}]" if words else ""
    return f"{line.label!r}{under}{said} {'; '.join(map(_amount, line.amounts))}".rstrip()


def _amount(amount: Amount) -> str:
    sure = "" if amount.confidence >= _SURE else "?"
    other = f" or {', '.join(map(str, amount.alternatives))}" if amount.alternatives else ""
    half = "" if amount.half_step * 2 == 1 else f"±{amount.half_step}"
    return f"{amount.column}={amount.printed}{sure} {amount.value}{half} {amount.placement}{other}"


def _statement(said: Statement) -> str:
    flags = [n for n in ("onwards", "per_year", "total", "approximate") if getattr(said, n)]
    line = f"table {said.table} line {said.line}" if said.table is not None else "no line"
    likely = f" likely {said.likely}" if said.likely else ""
    value = f"{said.kind} {said.value}±{said.half_step} {list(said.years)} {' '.join(flags)}".rstrip()
    return f"{value}: {line}{likely}, {_at(said.place)}, under {said.heading}, {said.printed!r}"


def found(findings: list[Finding], file: CaseFile) -> Iterator[str]:
    """What does not agree in a file, with the figures by table, row and column."""
    case_of = {case.case_id: case.ordinal for case in file.cases}
    lines = {x.line_id: f"{t.ordinal}.{x.ordinal}" for c in file.cases for t in c.tables for x in t.lines}
    figures = {
        a.amount_id: f"{lines[x.line_id]}.{a.column}"
        for c in file.cases
        for t in c.tables
        for x in t.lines
        for a in x.amounts
    }
    numbered = {f.finding_id: n for n, f in enumerate(findings)}
    for n, one in enumerate(findings):
        follows = f" after {numbered[one.consequence_of]}" if one.consequence_of else ""
        where = f"line {lines.get(one.line_id or '')} against {lines.get(one.other_line_id or '')}"
        yield f"finding {n}{follows}: {one.check} {one.severity} in case {case_of.get(one.case_id)}, {where}"
        sums = f"{one.stated} for {one.expected}, off {one.difference}, may {one.tolerance}, {one.verdict}"
        yield f"  {one.year}: {sums}, cause {one.cause}, {'read again' if one.reread else 'as read'}"
        yield f"  p{one.page} l{one.source_line}, figures {' '.join(figures.get(e, '?') for e in one.evidence)}"
        for language in ("da", "en"):
            words = finding_text(one, language)
            yield f"  {language}: {words} {cause_text(one, language) or ''}".rstrip()
        if one.quote:
            yield f"  »{one.quote}« {' '.join(map(str, one.arithmetic))}".rstrip()
    if not findings:
        yield "nothing is wrong"


def main() -> None:
    """Write what is read now."""
    for name in names():
        FOLDER.joinpath(f"{name}.read").write_text("\n".join(told(name)) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
