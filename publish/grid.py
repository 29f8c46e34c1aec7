"""A table as it was read, with the figures of one finding marked."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from extract.records import record
from publish.texts import number, say
from publish.wording import PROSE_CHECKS, YEAR_CHECKS
from reconcile.models import Check

Row = Mapping[str, Any]
_LONG = 30  # rows; of a longer table, runs of rows that have no part in the finding are left out
_RUN = 6


@record
class GridCell:
    """A cell: its print, how it takes part (`stated`, `part` or nothing) and what was expected there."""

    printed: str
    mark: str = ""
    expected: str = ""


@record
class GridRow:
    """A row, or (`left_out` above 0) a place where that many rows are left out."""

    label: str
    note: str
    role: str
    cells: tuple[GridCell, ...]
    involved: bool
    left_out: int = 0


@record
class Grid:
    """A table ready to be shown; marked where the finding speaks of its price level (in `unit`) or of its years."""

    caption: str
    unit: str
    unit_marked: bool
    header_marked: bool
    headers: tuple[str, ...]
    rows: tuple[GridRow, ...]
    where: str


def unit_text(table: Row, language: str) -> str:
    """The unit as words: "1.000 kr.", "årsværk"."""
    if table["measure"] != "DKK":
        return say(language, "unit.fte" if table["measure"] == "FTE" else "unit.count")
    names = {1: "kroner", 1000: "thousand", 10**6: "million", 10**9: "billion"}
    if table["unit"] is None:
        return ""
    return say(language, f"unit.{names.get(table['unit'], 'other')}", unit=table["unit"])


def where_text(page: int | None, source_line: int | None, language: str) -> str:
    """The place in words: the line of a text file, the page of a PDF."""
    if source_line is not None:
        return say(language, "report.line", line=source_line)
    return "" if page is None else say(language, "report.page", page=page)


def grid(table: Row, lines: Sequence[Row], amounts: Sequence[Row], finding: Row, language: str) -> Grid:
    """The table of these rows with the figures of `finding` (a row of the relation findings) marked."""
    columns = _columns(table, amounts)
    cells = {(a["line_id"], a["column_index"]): a for a in amounts}
    targets = _targets(lines, amounts, columns, table, finding)
    evidence = set(finding["evidence"])
    years = finding["check"] in YEAR_CHECKS
    expected = finding["expected"]
    shown = "" if expected is None or years else number(expected, language)
    rows = []
    for line in lines:
        made = tuple(
            _cell(cells.get((line["line_id"], c)), (line["line_id"], c) in targets, evidence, shown) for c in columns
        )
        note = " · ".join(t for t in (line["steering_area"], line["appropriation"], *line["texts"]) if t)
        involved = any(cell.mark for cell in made) or line["line_id"] in (finding["line_id"], finding["other_line_id"])
        rows.append(GridRow(line["label"], note, line["role"], made, involved))
    own = finding["table_id"] == table["table_id"]
    labels = table["column_labels"]
    price = "" if table["price_level"] is None else say(language, "unit.price_level", year=table["price_level"])
    return Grid(
        caption=" – ".join(t for t in (table["label"], table["title"]) if t),
        unit=" · ".join(t for t in (unit_text(table, language), price) if t),
        unit_marked=own and finding["check"] == Check.PRICE_LEVEL,
        header_marked=own and finding["check"] == Check.YEAR_HEADER,
        headers=tuple(labels[c] if c < len(labels) else "" for c in columns),
        rows=tuple(_shortened(rows)),
        where=where_text(table["first_page"], table["source_line"], language),
    )


def _columns(table: Row, amounts: Sequence[Row]) -> list[int]:
    """The columns to show: all that are of figures, and any other with a figure in it."""
    figures = {i for i, kind in enumerate(table["column_kinds"]) if kind != "text"}
    return sorted(figures | {a["column_index"] for a in amounts})


def _targets(
    lines: Sequence[Row], amounts: Sequence[Row], columns: Sequence[int], table: Row, finding: Row
) -> set[tuple[str, int]]:
    """The cells (line_id, column) that state what the finding is about."""
    line_id, year, stated = finding["line_id"], finding["year"], finding["stated"]
    if finding["check"] in PROSE_CHECKS or line_id not in {line["line_id"] for line in lines}:
        return set()
    own = [a for a in amounts if a["line_id"] == line_id and year in (None, a["year"])]
    if year is None:
        own = [
            a for a in own if _same(a["value"], stated) and (a["amount_id"] in finding["evidence"] or a["year"] is None)
        ]
    if own:
        return {(line_id, a["column_index"]) for a in own}
    labels = table["column_labels"]  # a blank cell that should hold a figure
    return {(line_id, c) for c in columns if year is not None and c < len(labels) and str(year) in labels[c]}


def _same(value: Decimal | None, stated: Decimal | None) -> bool:
    return value is not None and stated is not None and abs(value) == abs(stated)


def _cell(amount: Row | None, target: bool, evidence: set[str], expected: str) -> GridCell:
    printed = amount["printed"] if amount else ""
    if target:
        return GridCell(printed, "stated", expected)
    return GridCell(printed, "part" if amount and amount["amount_id"] in evidence else "")


def _shortened(rows: Sequence[GridRow]) -> Iterator[GridRow]:
    """The rows, of a long table without the long runs that have no part in the finding."""
    if len(rows) <= _LONG:
        yield from rows
        return
    run: list[GridRow] = []
    for row in [*rows, None]:
        if row is not None and not row.involved:
            run.append(row)
            continue
        if len(run) > _RUN:
            yield run[0]
            yield GridRow("", "", "", (), False, left_out=len(run) - 2)
            yield run[-1]
        else:
            yield from run
        run = []
        if row is not None:
            yield row
