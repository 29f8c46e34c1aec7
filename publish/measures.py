"""What the figures of a finding count: kroner and how many of them, årsværk, per cent, years."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum

from extract.records import record
from normalize.models import Column as TableColumn
from normalize.models import ColumnKind, Line, Measure, Role, Table
from publish.wording import YEAR_CHECKS
from reconcile.models import Check, Finding


class Counted(StrEnum):
    DKK = "DKK"
    FTE = "FTE"
    COUNT = "count"
    PERCENT = "percent"
    YEARS = "years"  # a number of them: a payback time
    YEAR = "year"  # one by its number: of a header, of a price level


@record
class Counting:
    """What a printed 1 counts; `unit` is the kroner that it stands for, None where it is no money."""

    of: Counted
    unit: int | None = None


@record
class Figure:
    """A figure that findings may be about: its row, year and value, and what it counts."""

    line_id: str
    year: int | None
    value: Decimal
    counting: Counting


_BY_CHECK = {
    **dict.fromkeys(YEAR_CHECKS, Counting(Counted.YEAR)),
    Check.PAYBACK: Counting(Counted.YEARS),
    Check.TEXT_FTE: Counting(Counted.FTE),
}
_BY_MEASURE = {Measure.FTE: Counting(Counted.FTE), Measure.COUNT: Counting(Counted.COUNT)}
_BY_KIND = {
    ColumnKind.PERCENT: Counting(Counted.PERCENT),
    ColumnKind.COUNT: Counting(Counted.COUNT),
    ColumnKind.TEXT: Counting(Counted.COUNT),  # what stands there is no amount
}
_KRONER = Counting(Counted.DKK, 1)  # in which running text is held up against running text


def of_table(table: Table) -> Counting:
    """What the figures of a table count, unless their row or column says otherwise."""
    return _BY_MEASURE.get(table.measure) or Counting(Counted.DKK, table.unit)


def of_amount(line: Line, table: Table, column: TableColumn | None) -> Counting:
    """What a figure in that row and column counts."""
    if column is not None and column.kind in _BY_KIND:
        return _BY_KIND[column.kind]
    if line.role == Role.PAYBACK:
        return Counting(Counted.YEARS)
    measure = (column.measure if column else None) or line.measure or table.measure
    return _BY_MEASURE.get(measure) or Counting(Counted.DKK, (column.unit if column else None) or table.unit)


def of_finding(finding: Finding, figures: Mapping[str, Figure], tables: Mapping[str, Counting]) -> Counting | None:
    """What `stated` and `expected` of a finding count: that of the figure it is about, else of its table.

    `figures` are those of the evidence by amount_id, `tables` go by table_id.  None where nothing tells.
    """
    if finding.check in _BY_CHECK:
        return _BY_CHECK[finding.check]
    evidence = (figures[amount_id] for amount_id in finding.evidence if amount_id in figures)
    here = [figure for figure in evidence if figure.line_id == finding.line_id]
    own = _about(finding, here)
    if own is not None:
        return own.counting
    if finding.table_id is None:
        return _KRONER if finding.check == Check.TEXT_AMOUNT else None
    return tables.get(finding.table_id)


def _about(finding: Finding, here: Sequence[Figure]) -> Figure | None:
    """Of the figures of its row the one with the value that it states, else of its year, else any."""
    stated = None if finding.stated is None else abs(finding.stated)
    alike = [figure for figure in here if abs(figure.value) == stated]
    of_year = [figure for figure in here if figure.year == finding.year]
    return next(iter(alike or of_year or here), None)
