"""Documents of several weeks: each with one case, whose ids are the document's own."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from normalize.models import Amount, Case, CaseFile, Line, Table
from reconcile.models import Finding
from tests.publish.lindeby import case, document, table, wrong_total


def file(letter: str, *, saved: int = -1250, name: str | None = None, **about: str | None) -> CaseFile:
    """The document `<letter>.pdf` with a case `c<letter>` that saves so much in its first row and year."""
    sha = letter * 64
    paper = replace(document(name or f"{letter}.pdf", sha), **{k: v for k, v in about.items() if k in _OF_DOCUMENT})
    return CaseFile(paper, (_case(letter, saved, {k: v for k, v in about.items() if k not in _OF_DOCUMENT}),))


_OF_DOCUMENT = ("path", "source_folder")


def _case(letter: str, saved: int, about: dict[str, str | None]) -> Case:
    first = case(f"c{letter}", tables=[_table(letter, saved)])
    headings = tuple(replace(heading, heading_id=f"{letter}.{heading.heading_id}") for heading in first.headings)
    return replace(first, headings=headings, **about)


def _table(letter: str, saved: int) -> Table:
    lines = tuple(_line(letter, line, saved) for line in table().lines)
    return replace(table(), table_id=f"{letter}.t0", lines=lines)


def _line(letter: str, line: Line, saved: int) -> Line:
    amounts = tuple(_amount(letter, amount, saved) for amount in line.amounts)
    return replace(line, line_id=f"{letter}.{line.line_id}", amounts=amounts)


def _amount(letter: str, amount: Amount, saved: int) -> Amount:
    if amount.amount_id == "a00":
        amount = replace(amount, value=Decimal(saved), printed=str(saved))
    return replace(amount, amount_id=f"{letter}.{amount.amount_id}")


def finding(letter: str) -> Finding:
    """That document's total is wrong."""
    wrong = wrong_total(f"f{letter}")
    return replace(
        wrong,
        case_id=f"c{letter}",
        table_id=f"{letter}.t0",
        line_id=f"{letter}.l2",
        evidence=tuple(f"{letter}.{amount}" for amount in wrong.evidence),
    )
