"""A small case file with one wrong total, as the tests of `publish` use it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal

from extract.models import Box, Document, Ledger, Place, Placement, Reason, Status
from normalize.models import (
    Amount,
    Case,
    CaseFile,
    Column,
    ColumnKind,
    Heading,
    Kind,
    Line,
    Measure,
    Role,
    Statement,
    StatementKind,
    Sum,
    Table,
)
from reconcile.models import Check, Finding, Severity


def document(file_name: str = "lindeby.pdf", sha256: str = "ab" * 32, status: Status = Status.IMPORTED) -> Document:
    """A document of two pages without a reason."""
    return Document(sha256[:16], file_name, sha256, "application/pdf", 2, status)


def amount(row: int, column: int, label: str, printed: str, value: str) -> Amount:
    """A figure of page 2 in that row, under the column with that header."""
    return Amount(
        column=column,
        year=int(label) if label.isdigit() else None,
        column_label=label,
        printed=printed,
        value=Decimal(value),
        half_step=Decimal("0.5"),
        place=Place(2, Box(300 + 50 * column, 102 + 20 * row, 330 + 50 * column, 112 + 20 * row)),
        placement=Placement.RULED,
        confidence=1.0,
        amount_id=f"a{row}{column - 1}",
    )


def row(ordinal: int, label: str, role: Role, figures: Sequence[tuple[str, str]], columns: Sequence[str]) -> Line:
    """A row of figures, each as (printed, value), under the year columns."""
    cells = zip(columns, figures, strict=True)
    return Line(
        ordinal=ordinal,
        label=label,
        role=role,
        amounts=tuple(amount(ordinal, i + 1, c, p, v) for i, (c, (p, v)) in enumerate(cells)),
        place=Place(2, Box(70, 100 + 20 * ordinal, 500, 115 + 20 * ordinal)),
        steering_area="Service",
        line_id=f"l{ordinal}",
    )


def table() -> Table:
    """Two rows of savings and a total that is 100 too small in 2026."""
    years = ("2025", "2026")
    return Table(
        ordinal=0,
        label="Tabel 1",
        title="Varige ændringer",
        kind=Kind.RECURRING,
        measure=Measure.DKK,
        unit=1000,
        price_level=2025,
        columns=(
            Column(0, "1.000 kr. 2025 p/l", ColumnKind.TEXT),
            *(Column(i + 1, y, ColumnKind.YEAR, int(y)) for i, y in enumerate(years)),
        ),
        lines=(
            row(0, "Mindre papir", Role.DETAIL, (("-1.250", "-1250"), ("-", "0")), years),
            row(1, "Færre breve <script>alert(1)</script>", Role.DETAIL, (("-250", "-250"), ("-500", "-500")), years),
            row(2, "I alt", Role.TOTAL, (("-1.500", "-1500"), ("-400", "-400")), years),
        ),
        sums=(Sum(2, ((0, 1), (1, 1)), "label"),),
        first_page=2,
        last_page=2,
        place=Place(2, Box(70, 90, 500, 170)),
        ledger=Ledger(tokens=14, placed=13, orphans=("xyz",)),
        table_id="t0",
    )


def case(case_id: str = "c0", tables: Sequence[Table] | None = None) -> Case:
    """A case of Lindeby, a municipality that does not exist."""
    return Case(
        ordinal=0,
        code="F01",
        title="Papirløs post",
        summary="Breve sendes digitalt.",
        administrations=("Økonomiforvaltningen",),
        affected=None,
        budget_round="Budget 2025",
        confidential=False,
        stated_price_level=None,
        stated_price_level_place=None,
        first_page=1,
        last_page=2,
        headings=(Heading(0, "1", "Baggrund", 1, Place(1), "h0"),),
        tables=(table(),) if tables is None else tuple(tables),
        statements=(
            Statement(
                StatementKind.MONEY,
                Decimal(1500000),
                Decimal(50000),
                "1,5 mio. kr.",
                "Forslaget sparer 1,5 mio. kr. i 2025.",
                Place(1),
                years=(2025,),
                table=0,
                line=2,
                heading=0,
            ),
        ),
        case_id=case_id,
    )


def files() -> list[CaseFile]:
    """One imported file and one in quarantine."""
    locked = replace(document("laast.pdf", "cd" * 32, Status.QUARANTINED), reason=Reason("encrypted"), pages=0)
    return [CaseFile(document(), (case(),)), CaseFile(locked)]


def wrong_total(finding_id: str = "f0") -> Finding:
    """The total of 2026 is 100 too small."""
    return Finding(
        check=Check.COLUMN_TOTAL,
        severity=Severity.ERROR,
        case_id="c0",
        message="column_total",
        params=(
            ("table", "Tabel 1"),
            ("line", "I alt"),
            ("column", "2026"),
            ("stated", Decimal(-400)),
            ("expected", Decimal(-500)),
            ("difference", Decimal(100)),
            ("parts", 2),
            ("arithmetic", ""),
        ),
        arithmetic=(Decimal(-300), "−", Decimal(200), "=", Decimal(-500)),
        table_id="t0",
        line_id="l2",
        year=2026,
        stated=Decimal(-400),
        expected=Decimal(-500),
        difference=Decimal(100),
        tolerance=Decimal("1.5"),
        evidence=("a01", "a11", "a21"),
        cause="mistyped_digit",
        cause_params=(("printed", Decimal(-400)), ("intended", Decimal(-500))),
        page=2,
        finding_id=finding_id,
    )
