"""Small cases for the tests, written as they would be printed.

A table is a block of text: the first line holds the column headers, every other line a row, cells divided by `|`.
The first character of a row says what it is: `#` a section, `+` a subtotal, `=` a total, `~` a memo, `%` a payback
time, anything else a detail.  A subtotal is the sum of the details since the last section or subtotal, a total the sum
of the subtotals, or of the details where there are none.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from decimal import Decimal

from extract.models import Document, Place, Placement, Status
from normalize.models import (
    Amount,
    Case,
    CaseFile,
    Column,
    ColumnKind,
    Kind,
    Line,
    Measure,
    Role,
    Statement,
    StatementKind,
    Sum,
    Table,
)
from reconcile import check
from reconcile.models import Finding, Severity

PLACE = Place(1, line=1)
_ROLES = {"#": Role.SECTION, "+": Role.SUBTOTAL, "=": Role.TOTAL, "~": Role.MEMO, "%": Role.PAYBACK}
_FIGURE = re.compile(r"-?\d{1,3}(?:\.\d{3})*(?:,\d+)?|-?\d+(?:,\d+)?")


def value(text: str) -> Decimal | None:
    """The value of a printed figure; a dash is 0, a blank and words are None."""
    if text == "-":
        return Decimal(0)
    return Decimal(text.replace(".", "").replace(",", ".")) if _FIGURE.fullmatch(text) else None


def columns(header: Iterable[str]) -> tuple[Column, ...]:
    out = []
    for index, text in enumerate(header, 1):
        year = re.search(r"(?:19|20)\d\d", text)
        if text.startswith("I alt"):
            out.append(Column(index, text, ColumnKind.TOTAL))
        elif year:
            out.append(Column(index, text, ColumnKind.YEAR, int(year[0])))
        elif text == "Samlet investering":
            out.append(Column(index, text, ColumnKind.INVESTMENT))
        elif text in ("Område", "Note"):
            out.append(Column(index, text, ColumnKind.TEXT))
        else:
            out.append(Column(index, text, ColumnKind.AMOUNT))
    return tuple(out)


def table(
    kind: Kind,
    text: str,
    *,
    label: str | None = None,
    title: str | None = None,
    level: int | None = 2022,
    unit: int | None = 1000,
    measure: Measure = Measure.DKK,
    placement: Placement = Placement.RULED,
    confidence: float = 1.0,
    reader: str = "geometry",
    certain: bool = True,
    cost_sign: int = 1,
) -> Table:
    """The table that the text draws (see the module's docstring)."""
    first, *rows = [line.strip() for line in text.strip().splitlines() if line.strip()]
    heads = columns(cell.strip() for cell in first.split("|")[1:])
    lines: list[Line] = []
    sums: list[Sum] = []
    parts: list[int] = []
    subtotals: list[int] = []
    section: int | None = None
    for ordinal, row in enumerate(rows):
        role = _ROLES.get(row[0], Role.DETAIL)
        name, *cells = [cell.strip() for cell in (row if role is Role.DETAIL else row[1:]).split("|")]
        amounts, area = [], None
        for head, cell in zip(heads, cells, strict=False):
            number = value(cell)
            if head.kind is ColumnKind.TEXT and role is not Role.PAYBACK:
                area = cell or None
            elif number is not None:
                decimals = len(cell.partition(",")[2])
                half = Decimal("0.5").scaleb(-decimals) if measure is Measure.DKK and cell != "-" else Decimal(0)
                amounts.append(
                    Amount(
                        head.index,
                        head.year,
                        head.label,
                        cell,
                        number,
                        half,
                        PLACE,
                        placement,
                        confidence,
                        amount_id=f"{label or title}/{ordinal}/{head.label}",
                    )
                )
        committee = name if name.endswith("udvalget") else None
        if role is Role.SECTION:
            section = ordinal
        lines.append(
            Line(
                ordinal,
                name,
                role,
                tuple(amounts),
                PLACE,
                area,
                committee=committee,
                section=section if role is not Role.SECTION else None,
                line_id=f"{label or title}/{ordinal}",
            )
        )
        if role is Role.DETAIL:
            parts.append(ordinal)
        elif role is Role.SUBTOTAL:
            sums.append(Sum(ordinal, tuple((p, 1) for p in parts), "label", certain))
            subtotals.append(ordinal)
            parts = []
        elif role is Role.TOTAL:
            sums.append(Sum(ordinal, tuple((p, 1) for p in subtotals or parts), "label", certain))
            parts, subtotals = [], []
    return Table(
        0,
        label,
        title,
        kind,
        measure,
        unit if measure is Measure.DKK else None,
        level,
        heads,
        tuple(lines),
        tuple(s for s in sums if s.parts),
        1,
        1,
        PLACE,
        cost_sign,
        price_level_printed=f"{level} p/l" if level else None,
        reader=reader,
        table_id=label or title or "",
    )


def statement(
    value: str,
    sentence: str,
    *,
    kind: StatementKind = StatementKind.MONEY,
    half: str = "500",
    table: int | None = None,
    line: int | None = None,
    years: tuple[int, ...] = (),
    onwards: bool = False,
    per_year: bool = False,
    total: bool = False,
    approximate: bool = False,
) -> Statement:
    """What prose states: `value` and `half` in kroner (årsværk, a year)."""
    return Statement(
        kind,
        Decimal(value),
        Decimal(half) if kind is StatementKind.MONEY else Decimal(0),
        value,
        sentence,
        PLACE,
        years,
        onwards,
        per_year,
        total,
        approximate,
        table,
        line,
    )


def case(
    *tables: Table,
    code: str | None = "BC01",
    title: str = "Fælles lager",
    statements: Sequence[Statement] = (),
    stated_level: int | None = None,
    ordinal: int = 0,
) -> Case:
    """A case with these tables, in this order."""
    numbered = tuple(_numbered(t, i, f"{code}-{title}") for i, t in enumerate(tables))
    return Case(
        ordinal,
        code,
        title,
        None,
        (),
        None,
        None,
        False,
        stated_level,
        PLACE if stated_level else None,
        1,
        1,
        (),
        numbered,
        tuple(statements),
        case_id=f"{code}-{title}",
    )


def _numbered(old: Table, ordinal: int, prefix: str) -> Table:
    lines = tuple(replace(x, line_id=f"{prefix}/{ordinal}/{x.ordinal}") for x in old.lines)
    return replace(old, ordinal=ordinal, table_id=f"{prefix}/{ordinal}", lines=lines)


def file(*cases: Case, name: str = "sag.pdf") -> CaseFile:
    """An imported file that holds these cases."""
    digest = hashlib.sha256(name.encode()).hexdigest()
    document = Document(digest[:16], name, digest, "application/pdf", 1, Status.IMPORTED)
    return CaseFile(document, tuple(replace(c, ordinal=i) for i, c in enumerate(cases)))


def findings(*tables: Table, statements: Sequence[Statement] = (), stated_level: int | None = None) -> list[Finding]:
    """What the checks say about one case with these tables."""
    return check([file(case(*tables, statements=statements, stated_level=stated_level))])


def roots(found: Iterable[Finding]) -> list[Finding]:
    """The findings that follow from no other and say that something is wrong."""
    return [f for f in found if f.consequence_of is None and f.severity is not Severity.INFO]


def only(found: Iterable[Finding]) -> Finding:
    """The one thing that is wrong."""
    (root,) = roots(found)
    return root
