"""Tables as they were read, each once however many findings speak of it, and the marks that a finding sets on it."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from typing import Any

from extract.records import record
from publish.arithmetic import stated_in
from publish.measures import Counted
from publish.texts import number, say
from publish.wording import PROSE_CHECKS, YEAR_CHECKS
from reconcile.models import Check

Row = Mapping[str, Any]
_LONG = 30  # rows; of a longer table, runs of rows that have no part in any finding are left out
_RUN = 6
_MONEY = {1: "kroner", 1000: "thousand", 10**6: "million", 10**9: "billion"}
_COUNTED: dict[str | None, str] = {
    Counted.FTE: "unit.fte",
    Counted.COUNT: "unit.count",
    Counted.PERCENT: "unit.percent",
    Counted.YEARS: "unit.years",
}
_ALWAYS = ("year", "total", "investment")  # kinds of columns whose blank cells say something


@record
class GridRow:
    """A row as printed, or (`left_out` above 0) a place where that many rows are left out."""

    line_id: str
    label: str
    note: str
    role: str
    cells: tuple[str, ...]
    left_out: int = 0


@record
class Grid:
    """A table ready to be shown; `columns` are the indices of its columns, as `amounts.column_index` counts them."""

    table_id: str
    caption: str
    unit: str
    headers: tuple[str, ...]
    columns: tuple[int, ...]
    rows: tuple[GridRow, ...]
    where: str


@record
class Mark:
    """A cell that takes part in a finding: `stated` is what it is about, `part` what that was held up against."""

    line_id: str
    column: int
    kind: str


@record
class Marks:
    """What a finding marks in a table: cells, its unit (a price level), its header (the years); and the involved rows.

    `expected` is what should stand in the cells that are `stated`.
    """

    table_id: str
    cells: tuple[Mark, ...]
    rows: tuple[str, ...]
    expected: str = ""
    unit: bool = False
    header: bool = False


def unit_text(table: Row, language: str) -> str:
    """The unit as words: "1.000 kr.", "årsværk"."""
    return counted_text(table["measure"], table["unit"], language)


def counted_text(measure: str | None, unit: int | None, language: str) -> str:
    """Likewise of figures that count this (`publish.measures.Counted`), where it needs a word."""
    if measure == Counted.DKK:
        return "" if unit is None else say(language, f"unit.{_MONEY.get(unit, 'other')}", unit=unit)
    return say(language, _COUNTED[measure]) if measure in _COUNTED else ""


def where_text(page: int | None, source_line: int | None, language: str) -> str:
    """The place in words: the line of a text file, the page of a PDF."""
    if source_line is not None:
        return say(language, "report.line", line=source_line)
    return "" if page is None else say(language, "report.page", page=page)


def by_place(printed: Iterable[tuple[int | None, int | None, str]], language: str) -> dict[str, list[str]]:
    """What is printed (page, line of a text file, text) by its place in words."""
    found: dict[str, list[str]] = {}
    for page, line, text in printed:
        found.setdefault(where_text(page, line, language), []).append(text)
    return found


def grid(table: Row, lines: Sequence[Row], amounts: Sequence[Row], involved: Collection[str], language: str) -> Grid:
    """The table of these rows; of a long one without the long runs of rows (line_id) that are not `involved`."""
    columns = shown_columns(table, amounts)
    cells = {(a["line_id"], a["column_index"]): a["printed"] for a in amounts}
    rows = []
    for line in lines:
        note = " · ".join(t for t in (line["steering_area"], line["appropriation"], *line["texts"]) if t)
        made = tuple(cells.get((line["line_id"], c), "") for c in columns)
        rows.append(GridRow(line["line_id"], line["label"], note, line["role"], made))
    labels = table["column_labels"]
    price = "" if table["price_level"] is None else say(language, "unit.price_level", year=table["price_level"])
    return Grid(
        table_id=table["table_id"],
        caption=" – ".join(t for t in (table["label"], table["title"]) if t),
        unit=" · ".join(t for t in (unit_text(table, language), price) if t),
        headers=tuple(labels[c] if c < len(labels) else "" for c in columns),
        columns=columns,
        rows=tuple(_shortened(rows, involved)),
        where=where_text(table["first_page"], table["source_line"], language),
    )


def shown_columns(table: Row, amounts: Sequence[Row]) -> tuple[int, ...]:
    """The columns to show: years and totals, and any other with a figure in it."""
    figures = {i for i, kind in enumerate(table["column_kinds"]) if kind in _ALWAYS}
    return tuple(sorted(figures | {a["column_index"] for a in amounts}))


def marks(table: Row, lines: Sequence[Row], amounts: Sequence[Row], finding: Row, language: str) -> Marks:
    """What `finding` (a row of the relation findings) marks in the table of these rows."""
    targets = _targets(lines, amounts, shown_columns(table, amounts), table, finding)
    evidence = set(finding["evidence"])
    parts = [
        Mark(a["line_id"], a["column_index"], "part")
        for a in amounts
        if a["amount_id"] in evidence and (a["line_id"], a["column_index"]) not in targets
    ]
    here = {line["line_id"] for line in lines}
    named = [i for i in (finding["line_id"], finding["other_line_id"]) if i in here]
    cells = (*(Mark(*place, "stated") for place in sorted(targets)), *parts)
    expected = finding["expected"]
    own = finding["table_id"] == table["table_id"]
    return Marks(
        table_id=table["table_id"],
        cells=cells,
        rows=tuple(dict.fromkeys([*named, *(cell.line_id for cell in cells)])),
        expected="" if expected is None or finding["check"] in YEAR_CHECKS else number(expected, language),
        unit=own and finding["check"] == Check.PRICE_LEVEL,
        header=own and finding["check"] == Check.YEAR_HEADER,
    )


def _targets(
    lines: Sequence[Row], amounts: Sequence[Row], columns: Sequence[int], table: Row, finding: Row
) -> set[tuple[str, int]]:
    """The cells (line_id, column) that state what the finding is about."""
    evidence = [a for a in amounts if a["amount_id"] in finding["evidence"]]
    stated = stated_in(evidence, finding)
    own = [a for a in evidence if a["amount_id"] in stated]
    line_id = finding["line_id"]
    if own or finding["check"] in PROSE_CHECKS or all(line["line_id"] != line_id for line in lines):
        return {(a["line_id"], a["column_index"]) for a in own}
    own = _unproven(amounts, finding)
    shown = [a["column_index"] for a in own] or _columns_of(finding["year"], columns, table["column_labels"])
    return {(line_id, c) for c in shown}


def _unproven(amounts: Sequence[Row], finding: Row) -> list[Row]:
    """The figures that are no evidence: found by the year, or by what is stated where there is none."""
    year = finding["year"]
    row = [a for a in amounts if a["line_id"] == finding["line_id"] and a["year"] == year]
    return [a for a in row if year is not None or _same(a["value"], finding["stated"])]


def _columns_of(year: int | None, columns: Sequence[int], labels: Sequence[str]) -> list[int]:
    """The columns of that year, for a blank cell that should hold a figure."""
    return [c for c in columns if year is not None and c < len(labels) and str(year) in labels[c]]


def _same(value: Decimal | None, stated: Decimal | None) -> bool:
    return value is not None and stated is not None and abs(value) == abs(stated)


def _shortened(rows: Sequence[GridRow], involved: Collection[str]) -> Iterator[GridRow]:
    """The rows, of a long table without the long runs that have no part in a finding."""
    if len(rows) <= _LONG:
        yield from rows
        return
    run: list[GridRow] = []
    for row in [*rows, None]:
        if row is not None and row.line_id not in involved:
            run.append(row)
            continue
        if len(run) > _RUN:
            yield run[0]
            yield GridRow("", "", "", "", (), left_out=len(run) - 2)
            yield run[-1]
        else:
            yield from run
        run = []
        if row is not None:
            yield row
