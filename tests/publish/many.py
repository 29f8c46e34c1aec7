"""Runs with many findings, made from the example: so many cases of Lindeby, each with so many wrong totals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from normalize.models import CaseFile, Column, ColumnKind, Line, Role
from reconcile.models import Finding, Severity
from tests.publish.lindeby import case, document, row, table, wrong_total

_YEARS = ("2025", "2026", "2027", "2028")
_ROWS = 12


def many(cases: int, each: int) -> tuple[list[CaseFile], list[Finding]]:
    """`cases` files of one case, and `each` findings to a case."""
    files = [_file(number) for number in range(cases)]
    return files, [_finding(number, k, number * each + k) for number in range(cases) for k in range(each)]


def _file(number: int) -> CaseFile:
    lines = tuple(_line(number, ordinal) for ordinal in range(_ROWS))
    columns = tuple(Column(k, y, ColumnKind.YEAR, int(y)) for k, y in enumerate(_YEARS, 1))
    of = replace(table(), columns=(table().columns[0], *columns), lines=lines, table_id=f"t{number}")
    made = replace(
        case(f"c{number}", [of]),
        code=f"F{number}",
        title=f"Papirløs post nummer {number}",
        statements=(),
        headings=(),
        administrations=(f"Forvaltning {number % 7}",),
    )
    return CaseFile(
        replace(document(f"lindeby-{number}.pdf"), document_id=f"d{number}", sha256=f"{number:064x}"), (made,)
    )


def _line(number: int, ordinal: int) -> Line:
    figures: Sequence[tuple[str, str]] = [(f"-{ordinal}.{k}50", f"-{ordinal}{k}50") for k in range(len(_YEARS))]
    line = row(ordinal, f"Linje {ordinal} om mindre papir og færre breve", Role.DETAIL, figures, _YEARS)
    amounts = tuple(replace(a, amount_id=f"a{number}.{ordinal}.{a.column}") for a in line.amounts)
    return replace(line, line_id=f"l{number}.{ordinal}", amounts=amounts)


def _finding(number: int, k: int, serial: int) -> Finding:
    column = 1 + k % len(_YEARS)
    return replace(
        wrong_total(f"{serial:016x}"),
        severity=(Severity.ERROR, Severity.WARNING, Severity.INFO)[serial % 3],
        case_id=f"c{number}",
        table_id=f"t{number}",
        line_id=f"l{number}.{k % _ROWS}",
        year=int(_YEARS[column - 1]),
        evidence=tuple(f"a{number}.{ordinal}.{column}" for ordinal in range(_ROWS)),
        stated=Decimal(-400 - serial % 700),
        difference=Decimal(100 + serial % 977),
    )
