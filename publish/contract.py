"""The relations that a run leaves behind: their columns, types, keys and meaning, in one place.

Everything else is generated from here: the Arrow schemas that fix the Parquet types, the DuckDB tables with their
keys and comments, the JSON schema, and the page docs/data-dictionary.md.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from extract.records import record

DECIMALS = 6
#: 21 digits before the comma and 6 after: exact for every figure a budget prints, in kroner or in millions.
MONEY = pa.decimal128(28, DECIMALS)
TEXT = pa.string()
TEXTS = pa.list_(pa.string())
NUMBERS = pa.list_(pa.int32())
WHOLE = pa.int32()
POINTS = pa.float64()
FLAG = pa.bool_()


@record
class Column:
    """A column: its Arrow type, what it means, whether it may be null, and the column it refers to."""

    name: str
    type: Any
    description: str
    nullable: bool = True
    refers_to: str | None = None  # "cases.case_id"


@record
class Relation:
    """A relation; `key` names the column that identifies a row."""

    name: str
    description: str
    columns: tuple[Column, ...]
    key: str

    def arrow(self) -> Any:
        """The Arrow schema, with the descriptions as field metadata."""
        fields = [
            pa.field(c.name, c.type, nullable=c.nullable, metadata={"description": c.description}) for c in self.columns
        ]
        return pa.schema(fields, metadata={"description": self.description})

    def names(self) -> tuple[str, ...]:
        """The column names, in order."""
        return tuple(c.name for c in self.columns)


def _needed(name: str, kind: Any, description: str, refers_to: str | None = None) -> Column:
    return Column(name, kind, description, nullable=False, refers_to=refers_to)


_PLACE = (
    Column("page", WHOLE, "Page where it is printed, from 1."),
    Column("x0", POINTS, "Left edge in PDF points from the page's top left, as shown; null for text files."),
    Column("y0", POINTS, "Top edge, likewise."),
    Column("x1", POINTS, "Right edge, likewise."),
    Column("y1", POINTS, "Bottom edge, likewise."),
    Column("source_line", WHOLE, "Line of the text file, from 1; null for a PDF."),
)

DOCUMENTS = Relation(
    "documents",
    "An input file. Every input has a row, also those that could not be read.",
    (
        _needed("document_id", TEXT, "First 16 hex digits of the sha256; a duplicate has an id of its own."),
        _needed("file_name", TEXT, "Name of the file as given to the run."),
        _needed("sha256", TEXT, "SHA-256 of the file's bytes, hexadecimal."),
        _needed("media_type", TEXT, "`application/pdf`, `text/plain`, `text/tab-separated-values`, or as found."),
        _needed("pages", WHOLE, "Number of pages; 1 for a text file without page breaks."),
        _needed("status", TEXT, "`imported`, `quarantined` or `duplicate`."),
        Column(
            "reason",
            TEXT,
            "Danish: why it was not imported, or what of it was lost, and what to do about it; null where all is well.",
        ),
        Column(
            "duplicate_of", TEXT, "For a duplicate: the document with the same bytes.", True, "documents.document_id"
        ),
        _needed("cases", WHOLE, "How many cases it holds."),
        _needed("tables", WHOLE, "How many tables with figures it holds."),
        _needed("figures", WHOLE, "How many figures were read from it."),
        Column("reason_code", TEXT, "The reason's code: `encrypted`, `truncated`, `no_ocr` …"),
        Column("reason_en", TEXT, "English wording of `reason`."),
        _needed("tokens", WHOLE, "Words and figures printed inside the areas of its tables."),
        _needed("orphans", WHOLE, "How many of `tokens` found no cell, header, caption or note."),
        _needed("scanned_pages", NUMBERS, "Pages read by optical character recognition."),
        _needed("second_opinion_pages", NUMBERS, "Pages that a second, independent reader was asked about."),
    ),
    "document_id",
)

CASES = Relation(
    "cases",
    "A business case; a file may hold many. A catalogue, and a file that is no case at all, have a row as well.",
    (
        _needed("case_id", TEXT, "Stable id: the same bytes give the same id."),
        _needed("document_id", TEXT, "The file it stands in.", "documents.document_id"),
        _needed("ordinal", WHOLE, "Position in the file, from 0."),
        Column("code", TEXT, "Its code as printed: `BC41`, `Forslag 7`."),
        Column("title", TEXT, "Its title."),
        Column("summary", TEXT, "Its resumé."),
        _needed("administrations", TEXTS, "Administrations that propose it."),
        Column("affected", TEXTS, "Administrations it affects; null where the print shows no tick at all."),
        Column("budget_round", TEXT, "The budget it belongs to, as printed: `Budget 2022`."),
        _needed("confidential", FLAG, "True where the print says it is confidential (fortrolig)."),
        _needed("first_page", WHOLE, "First page, from 1."),
        _needed("last_page", WHOLE, "Last page."),
        _needed("kind", TEXT, "`case`, `catalogue` or `document` (no case)."),
        Column("stated_price_level", WHOLE, "Price level that the case states for itself (`Angiv p/l: 2021`)."),
    ),
    "case_id",
)

HEADINGS = Relation(
    "headings",
    "A heading of a case.",
    (
        _needed("heading_id", TEXT, "Stable id."),
        _needed("case_id", TEXT, "The case it stands in.", "cases.case_id"),
        _needed("ordinal", WHOLE, "Position in the case, from 0."),
        Column("number", TEXT, "Its number as printed, without the last full stop: `3.1`."),
        _needed("title", TEXT, "Its words."),
        _needed("level", WHOLE, "Depth, 1 is the outermost."),
        Column("page", WHOLE, "Page where it is printed, from 1."),
        Column("line", WHOLE, "Line of the text file, from 1; null for a PDF."),
    ),
    "heading_id",
)

TABLES = Relation(
    "tables",
    "A printed table that holds figures, joined over page breaks.",
    (
        _needed("table_id", TEXT, "Stable id."),
        _needed("case_id", TEXT, "The case it stands in.", "cases.case_id"),
        _needed("ordinal", WHOLE, "Position in the case, from 0."),
        Column("label", TEXT, "Its label as printed: `Tabel 1`."),
        Column("title", TEXT, "Its caption without the label."),
        _needed(
            "kind",
            TEXT,
            "`summary`, `recurring`, `investment_service`, `investment_capital`, `administration`, `committee_target`, "
            "`committee_operations`, `committee_gross`, `committee_capital`, `committee_service`, `catalogue`, `fte`, "
            "`other_money`.",
        ),
        _needed("measure", TEXT, "`DKK`, `FTE` (årsværk) or `count`."),
        Column("unit", WHOLE, "Kroner that a printed 1 stands for: 1000 for `1.000 kr.`; null where not DKK."),
        Column("price_level", WHOLE, "Year of the price level; null for current prices or where none is said."),
        _needed("first_page", WHOLE, "First page, from 1."),
        _needed("last_page", WHOLE, "Last page."),
        Column("price_level_printed", TEXT, "The price level as the table prints it; null where taken from the case."),
        _needed("cost_sign", WHOLE, "1: a printed plus is a cost; -1: a printed plus is a saving."),
        _needed("column_labels", TEXTS, "The headers of its columns; `amounts.column_index` counts them from 0."),
        _needed(
            "column_kinds", TEXTS, "Their kinds: `year`, `total`, `investment`, `amount`, `percent`, `count`, `text`."
        ),
        _needed("notes", TEXTS, "Notes printed below it."),
        _needed("reader", TEXT, "What read it: `geometry`, `text`, `ocr`, `pdfplumber`."),
        _needed("tokens", WHOLE, "Words and figures printed inside its area."),
        _needed("orphans", TEXTS, "Those of `tokens` that found no cell, header, caption or note."),
        Column("x0", POINTS, "Left edge of its first part in PDF points; null for text files."),
        Column("y0", POINTS, "Top edge, likewise."),
        Column("x1", POINTS, "Right edge, likewise."),
        Column("y1", POINTS, "Bottom edge, likewise."),
        Column("source_line", WHOLE, "Line of the text file where it begins, from 1; null for a PDF."),
    ),
    "table_id",
)

LINES = Relation(
    "lines",
    "A row of such a table.",
    (
        _needed("line_id", TEXT, "Stable id."),
        _needed("table_id", TEXT, "The table it stands in.", "tables.table_id"),
        _needed("ordinal", WHOLE, "Position in the table, from 0."),
        _needed("label", TEXT, "Its label as printed, on one line."),
        _needed("role", TEXT, "`section`, `detail`, `subtotal`, `total`, `memo` (in no sum) or `payback` (years)."),
        Column("steering_area", TEXT, "Styringsområde: `Service`, `Anlæg` …"),
        Column("appropriation", TEXT, "Bevilling, profitcenter."),
        Column("committee", TEXT, "Committee (udvalg) by its full name."),
        Column("section_line_id", TEXT, "The section row it stands under.", True, "lines.line_id"),
        _needed("texts", TEXTS, "Other printed cells of the row that are no figures."),
        *_PLACE,
    ),
    "line_id",
)

AMOUNTS = Relation(
    "amounts",
    "One printed figure. A blank cell has no row; a printed dash has one, with the value 0.",
    (
        _needed("amount_id", TEXT, "Stable id."),
        _needed("line_id", TEXT, "The row it stands in.", "lines.line_id"),
        _needed("table_id", TEXT, "The table it stands in.", "tables.table_id"),
        _needed("case_id", TEXT, "The case it stands in.", "cases.case_id"),
        Column("year", WHOLE, "The column's year; null where the column is not a year."),
        _needed("column_label", TEXT, "The column's header as printed."),
        _needed("printed", TEXT, "The figure as printed."),
        Column("value", MONEY, "The figure in the table's own unit, sign as printed; null only if too long to be one."),
        Column(
            "amount_dkk",
            MONEY,
            "The figure in kroner, signed alike for all cases: a cost is positive, a saving negative; null where it "
            "is not an amount of money (årsværk, per cent, payback years) or its unit is unknown.",
        ),
        Column("price_level", WHOLE, "Year of the price level of the amount; null for current prices or none said."),
        _needed(
            "placement",
            TEXT,
            "How the figure came to its column: `ruled`, `aligned`, `tabbed`, `arithmetic` (the only one under which "
            "the sums hold) or `undecided`.",
        ),
        _needed("confidence", POINTS, "0 to 1: of the figures given 0.9, nine in ten are right."),
        *_PLACE,
        _needed("column_index", WHOLE, "Its place in the table's `column_labels`, from 0."),
        Column("half_step", MONEY, "Half a unit of its last printed digit: the print stands for value ± half_step."),
        _needed("alternatives", pa.list_(MONEY), "Other readings of the same print that were possible, best first."),
        Column("second_reading", TEXT, "What the second reader read in this place; null where it was not asked."),
    ),
    "amount_id",
)

FINDINGS = Relation(
    "findings",
    "A discrepancy.",
    (
        _needed("finding_id", TEXT, "Stable id; survives a re-run and unrelated edits."),
        _needed("case_id", TEXT, "The case it concerns.", "cases.case_id"),
        _needed("check", TEXT, "The check that found it: `column_total`, `row_total`, `cross_table` …"),
        _needed(
            "severity", TEXT, "`error` (the figures cannot all be right), `warning` (they probably are not), `info`."
        ),
        Column("table_id", TEXT, "The table that states the figure.", True, "tables.table_id"),
        Column("line_id", TEXT, "The row that states the figure.", True, "lines.line_id"),
        Column("year", WHOLE, "The year; null where it is none or several."),
        Column("other_table_id", TEXT, "The table it was compared with.", True, "tables.table_id"),
        Column("other_line_id", TEXT, "The row it was compared with.", True, "lines.line_id"),
        Column("stated", MONEY, "What is printed, in the table's own unit."),
        Column("expected", MONEY, "What the other figures make it, in the same unit."),
        Column("difference", MONEY, "`stated` − `expected`."),
        Column("tolerance", MONEY, "How large a difference rounding may explain."),
        _needed("message_da", TEXT, "The finding in Danish."),
        _needed("message_en", TEXT, "The finding in English."),
        _needed("evidence", TEXTS, "amount_id of every figure involved."),
        _needed("document_id", TEXT, "The file it concerns.", "documents.document_id"),
        _needed("message", TEXT, "Code of the message."),
        _needed("verdict", TEXT, "`impossible`, `unlikely` (rounding explains it in under 1 %), `rounding`, `exact`."),
        Column("cause", TEXT, "Code of the likely cause: `sign`, `factor_1000`, `transposed_digits` …"),
        Column("cause_da", TEXT, "The likely cause in Danish."),
        Column("cause_en", TEXT, "The likely cause in English."),
        Column("consequence_of", TEXT, "The finding that this one follows from.", True, "findings.finding_id"),
        _needed("reread", FLAG, "True where the figure may have been misread: look at the page first."),
        Column("quote", TEXT, "The sentence, for checks of running text."),
        Column("page", WHOLE, "Page to look at, from 1."),
        Column("source_line", WHOLE, "Line of the text file to look at, from 1."),
    ),
    "finding_id",
)

STATEMENTS = Relation(
    "statements",
    "An amount, a number of årsværk, a price level or a payback time that running text states.",
    (
        _needed("statement_id", TEXT, "Stable id."),
        _needed("case_id", TEXT, "The case it stands in.", "cases.case_id"),
        _needed("ordinal", WHOLE, "Position in the case, from 0."),
        _needed("kind", TEXT, "`money`, `fte`, `price_level` or `payback`."),
        Column(
            "value", MONEY, "In kroner for `money`, årsværk for `fte`, the year for `price_level`, years for `payback`."
        ),
        Column("half_step", MONEY, "Half a unit of its last printed digit, likewise."),
        _needed("printed", TEXT, "As printed."),
        _needed("sentence", TEXT, "The sentence it stands in."),
        _needed("years", NUMBERS, "The years it speaks of; empty where it says none."),
        _needed("onwards", FLAG, "True for `fra 2023 og frem`."),
        _needed("per_year", FLAG, "True for `årligt`, `om året`."),
        _needed("total", FLAG, "True for `i alt`, `samlet`."),
        _needed("approximate", FLAG, "True for `ca.`, `omkring`, `op til`."),
        Column("table_id", TEXT, "The table it names; null where that is not clear.", True, "tables.table_id"),
        Column("line_id", TEXT, "The row it names; null where that is not clear.", True, "lines.line_id"),
        Column("heading_id", TEXT, "The heading it stands under.", True, "headings.heading_id"),
        *_PLACE,
    ),
    "statement_id",
)

#: Every relation, parents before children.
RELATIONS = (DOCUMENTS, CASES, HEADINGS, TABLES, LINES, AMOUNTS, FINDINGS, STATEMENTS)
