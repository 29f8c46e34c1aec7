"""The sheets of tables, figures and files."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from publish.grid import unit_text
from publish.sheets.context import Context
from publish.sheets.model import Kind, Sheet, Value
from publish.view import grouped, unplaced, unplaced_at

Row = Mapping[str, Any]
_AT_ONCE = 20_000  # rows of figures that are looked at together


def tables(context: Context) -> Sheet:
    """One row a table."""
    columns = (
        context.column("table", Kind.TEXT),
        context.column("table_title", Kind.LONG),
        context.column("case", Kind.LONG),
        context.column("file", Kind.TEXT),
        context.column("place", Kind.TEXT),
        context.column("last_page", Kind.COUNT),
        context.column("kind", Kind.TEXT),
        context.column("unit", Kind.TEXT),
        context.column("price_level", Kind.YEAR),
        context.column("cost_sign", Kind.TEXT),
        context.column("columns", Kind.LONG),
        context.column("unplaced", Kind.COUNT),
        context.column("unplaced_words", Kind.LONG),
        context.column("table_id", Kind.TEXT),
    )
    return Sheet("tables", context.say("sheet.tables"), columns, lambda: _table_rows(context))


def _table_rows(context: Context) -> Iterator[Sequence[Value]]:
    for table in context.tables.values():
        document_id = _document(context, table["case_id"])
        yield [
            context.table_name(table["table_id"]),
            table["title"],
            context.case_name(table["case_id"]),
            context.file(document_id),
            context.place(document_id, table["first_page"], table["source_line"]),
            table["last_page"],
            context.say(f"kind.{table['kind']}"),
            unit_text(table, context.language),
            table["price_level"],
            context.say("column.saving_positive" if table["cost_sign"] < 0 else "column.cost_positive"),
            "; ".join(label for label in table["column_labels"] if label),
            len(table["orphans"]),
            " | ".join(table["orphans"]),
            table["table_id"],
        ]


def figures(context: Context) -> Sheet:
    """One row a figure, in the order of the files."""
    columns = (
        context.column("case", Kind.TEXT),
        context.column("table", Kind.TEXT),
        context.column("line", Kind.TEXT),
        context.column("role", Kind.TEXT),
        context.column("area", Kind.TEXT),
        context.column("appropriation", Kind.TEXT),
        context.column("column", Kind.TEXT),
        context.column("year", Kind.YEAR),
        context.column("printed", Kind.TEXT),
        context.column("value", Kind.FIGURE),
        context.column("unit", Kind.TEXT),
        context.column("amount_dkk", Kind.FIGURE),
        context.column("price_level", Kind.YEAR),
        context.column("placement", Kind.TEXT),
        context.column("confidence", Kind.SHARE),
        context.column("file", Kind.TEXT),
        context.column("place", Kind.TEXT),
        context.column("amount_id", Kind.TEXT),
    )
    return Sheet("figures", context.say("sheet.figures"), columns, lambda: _figure_rows(context))


def _figure_rows(context: Context) -> Iterator[Sequence[Value]]:
    language = context.language
    names = ("line_id", "label", "role")
    lines = {i: (label, role) for i, label, role in zip(*_columns(context, "lines", names), strict=True)}
    units = {table_id: unit_text(table, language) for table_id, table in context.tables.items()}
    amounts = context.relations["amounts"]
    for start in range(0, amounts.num_rows, _AT_ONCE):
        for amount in amounts.slice(start, _AT_ONCE).to_pylist():
            label, role = lines[amount["line_id"]]
            document_id = _document(context, amount["case_id"])
            yield [
                context.case_name(amount["case_id"]),
                context.table_name(amount["table_id"]),
                label,
                context.say(f"role.{role}"),
                amount["steering_area"],
                amount["appropriation"],
                amount["column_label"],
                amount["year"],
                amount["printed"],
                amount["value"],
                units[amount["table_id"]],
                amount["amount_dkk"],
                amount["price_level"],
                context.say(f"placement.{amount['placement']}"),
                amount["confidence"],
                context.file_name(document_id),
                context.place(document_id, amount["page"], amount["source_line"]),
                amount["amount_id"],
            ]


def _columns(context: Context, relation: str, names: Sequence[str]) -> list[list[Any]]:
    return [context.relations[relation][name].to_pylist() for name in names]


def _document(context: Context, case_id: str) -> str | None:
    case = context.cases.get(case_id)
    return case["document_id"] if case else None


def documents(context: Context) -> Sheet:
    """One row a file, read or not."""
    counts = ("pages", "cases", "tables", "figures")
    columns = (
        context.column("file", Kind.TEXT),
        context.column("status", Kind.TEXT),
        context.column("reason", Kind.LONG),
        *(context.column(name, Kind.COUNT) for name in counts),
        context.column("unplaced_figures", Kind.COUNT),
        context.column("unplaced_where", Kind.LONG),
        context.column("scanned", Kind.TEXT),
        context.column("duplicate_of", Kind.TEXT),
        context.column("sha256", Kind.TEXT),
        context.column("document_id", Kind.TEXT),
    )
    return Sheet("documents", context.say("sheet.documents"), columns, lambda: _document_rows(context, counts))


def _document_rows(context: Context, counts: Sequence[str]) -> Iterator[Sequence[Value]]:
    reason = "reason" if context.language == "da" else "reason_en"
    where = _where_unplaced(context)
    for row in context.report.documents:
        yield [
            context.file(row["document_id"]),
            context.say(f"status.{row['status']}"),
            row[reason],
            *(row[name] for name in counts),
            unplaced(row),
            "; ".join(where.get(row["document_id"], ())),
            ", ".join(map(str, row["scanned_pages"])),
            context.documents.get(row["duplicate_of"] or "", {}).get("file_name"),
            row["sha256"],
            row["document_id"],
        ]


def _where_unplaced(context: Context) -> Mapping[str, list[str]]:
    """By document the figures without a place, each page or line of them as "side 2: 1.250 | 3.400"."""
    rows = grouped(context.relations["unplaced"].to_pylist(), "document_id")
    return {
        document_id: [f"{place}: {' | '.join(figures)}" for place, figures in unplaced_at(of, context.language).items()]
        for document_id, of in rows.items()
    }
