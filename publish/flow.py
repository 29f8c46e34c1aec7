"""The cash flow of a case, as its summary table states it and as the table's own rows make it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import Any

from extract.records import record
from normalize.models import Kind, Role
from publish.store import rows_of

Row = Mapping[str, Any]
_HORIZON = 30  # years after the first in which a case is followed until it has paid itself back


@record
class Flow:
    """What a case costs (above 0) and saves by year, in kroner.

    `stated` are the printed totals; `computed` what the rows make of them, None where the rows do not show it surely.
    The paybacks are years counted from the first as 1: the printed figure, and where the computed running sum (the
    stated one if there is no other), having been above 0, is at 0 or below, the last year repeated.
    """

    case_id: str
    table: str
    line: str
    years: tuple[int, ...]
    stated: tuple[Decimal, ...]
    computed: tuple[Decimal, ...] | None
    payback_stated: Decimal | None
    payback_computed: int | None


def flows(relations: Mapping[str, Any]) -> dict[str, Flow]:
    """The cash flow of every case that has a summary table with a total by year, by case_id."""
    tables = [t for t in rows_of(relations["tables"], "kind", [str(Kind.SUMMARY)]) if t["measure"] == "DKK"]
    wanted = {t["table_id"] for t in tables}
    lines: dict[str, list[Row]] = defaultdict(list)
    for line in rows_of(relations["lines"], "table_id", wanted):
        lines[line["table_id"]].append(line)
    amounts: dict[str, list[Row]] = defaultdict(list)
    for amount in rows_of(relations["amounts"], "table_id", wanted):
        amounts[amount["table_id"]].append(amount)
    doubted = defaultdict(set)  # the years of a table that findings speak of, None for all of them
    for finding in relations["findings"].to_pylist():
        for key in ("table_id", "other_table_id"):
            doubted[finding[key]].add(finding["year"])
    found: dict[str, Flow] = {}
    for table in tables:
        table_id = table["table_id"]
        flow = _flow(table, lines[table_id], amounts[table_id], doubted[table_id])
        if flow is not None:
            found.setdefault(table["case_id"], flow)
    return found


def _flow(table: Row, lines: Sequence[Row], amounts: Sequence[Row], doubted: set[int | None]) -> Flow | None:
    if any(a["placement"] == "undecided" for a in amounts):
        return None
    by_line = _by_line_and_year(amounts)
    totals = [line for line in lines if line["role"] == Role.TOTAL and by_line[line["line_id"]]]
    if not totals:
        return None
    total = by_line[totals[-1]["line_id"]]
    years = tuple(sorted(total))
    if len(years) < 2 or years != tuple(range(years[0], years[-1] + 1)):
        return None
    details = [by_line[line["line_id"]] for line in lines if line["role"] == Role.DETAIL]
    stated = tuple(total[y]["amount_dkk"] for y in years)
    computed = _computed(years, total, details, doubted, table["unit"])
    return Flow(
        case_id=table["case_id"],
        table=table["label"] or table["title"] or "",
        line=totals[-1]["label"],
        years=years,
        stated=stated,
        computed=computed,
        payback_stated=_payback(lines, amounts),
        payback_computed=paid_back(computed or stated),
    )


def _by_line_and_year(amounts: Sequence[Row]) -> dict[str, dict[int, Row]]:
    """The amounts of money, by line_id and year."""
    found: dict[str, dict[int, Row]] = defaultdict(dict)
    for amount in amounts:
        if amount["year"] is not None and amount["amount_dkk"] is not None:
            found[amount["line_id"]].setdefault(amount["year"], amount)
    return found


def _payback(lines: Sequence[Row], amounts: Sequence[Row]) -> Decimal | None:
    """The payback time that the table states first, in years."""
    rows = [line["line_id"] for line in lines if line["role"] == Role.PAYBACK]
    stated = (a["value"] for row in rows for a in amounts if a["line_id"] == row)
    return next((value for value in stated if value and value > 0), None)


def _computed(
    years: Sequence[int],
    total: Mapping[int, Row],
    details: Sequence[Mapping[int, Row]],
    doubted: set[int | None],
    unit: int,
) -> tuple[Decimal, ...] | None:
    """The sum of the rows by year; None where it differs from the total in a year of which no finding speaks.

    Then the rows are not what the total is made of, and a curve of them would be wrong and look right.
    """
    sums = []
    for year in years:
        parts = [row[year] for row in details if year in row]
        made = sum((part["amount_dkk"] for part in parts), Decimal(0))
        slack = sum((a["half_step"] or Decimal(0) for a in (total[year], *parts)), Decimal(0)) * unit
        if abs(made - total[year]["amount_dkk"]) > slack and not doubted & {year, None}:
            return None
        sums.append(made)
    return tuple(sums) if details else None


def paid_back(figures: Sequence[Decimal]) -> int | None:
    """The 1-based year in which the running sum, having been above 0, is 0 or less; None where that takes too long."""
    running, spent = Decimal(0), False
    for k in range(_HORIZON):
        running += figures[min(k, len(figures) - 1)]
        if spent and running <= 0:
            return k + 1
        spent = spent or running > 0
    return None
