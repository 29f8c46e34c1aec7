"""Relations of the figures: tables, their lines and amounts, and what running text states."""

from __future__ import annotations

from extract.models import Placement
from normalize.models import ColumnKind, Kind, Measure, Role, StatementKind
from publish.contract.model import CONFIDENTIAL, PLACE, Relation, may, need
from publish.contract.types import Type
from publish.economy import COMPONENTS

TABLES = Relation(
    name="tables",
    description="A printed table that holds figures, joined over page breaks.",
    columns=(
        need("table_id", Type.TEXT, "Stable id."),
        need("case_id", Type.TEXT, "The case it stands in.", "cases.case_id"),
        need("ordinal", Type.WHOLE, "Position in the case, from 0."),
        may("label", Type.TEXT, "Its label as printed: `Tabel 1`."),
        may("title", Type.TEXT, "Its caption without the label."),
        need("kind", Type.TEXT, "What it shows:", values=tuple(Kind)),
        need("measure", Type.TEXT, "What it counts; `FTE` is årsværk:", values=tuple(Measure)),
        may("unit", Type.WHOLE, "Kroner that a printed 1 stands for: 1000 for `1.000 kr.`; null where not DKK."),
        may("price_level", Type.WHOLE, "Year of the price level; null for current prices or where none is said."),
        need("first_page", Type.WHOLE, "First page, from 1."),
        need("last_page", Type.WHOLE, "Last page."),
        may(
            "price_level_printed", Type.TEXT, "The price level as the table prints it; null where taken from the case."
        ),
        need("cost_sign", Type.WHOLE, "1: a printed plus is a cost; -1: a printed plus is a saving."),
        need("column_labels", Type.TEXTS, "The headers of its columns; `amounts.column_index` counts them from 0."),
        need("column_kinds", Type.TEXTS, "Their kinds:", values=tuple(ColumnKind)),
        need("notes", Type.TEXTS, "Notes printed below it."),
        need("reader", Type.TEXT, "What read it: `geometry`, `text`, `ocr`, `pdfplumber`."),
        need("tokens", Type.WHOLE, "Words and figures printed inside its area."),
        need("orphans", Type.TEXTS, "Those of `tokens` that found no cell, header, caption or note."),
        may(
            "unplaced_figures",
            Type.WHOLE,
            "How many number-like words of its area found no place; null where nobody counted.",
        ),
        may("x0", Type.REAL, "Left edge of its first part in PDF points; null for text files."),
        may("y0", Type.REAL, "Top edge, likewise."),
        may("x1", Type.REAL, "Right edge, likewise."),
        may("y1", Type.REAL, "Bottom edge, likewise."),
        may("source_line", Type.WHOLE, "Line of the text file where it begins, from 1; null for a PDF."),
        CONFIDENTIAL,
    ),
    key="table_id",
)

LINES = Relation(
    name="lines",
    description="A row of such a table.",
    columns=(
        need("line_id", Type.TEXT, "Stable id."),
        need("table_id", Type.TEXT, "The table it stands in.", "tables.table_id"),
        need("ordinal", Type.WHOLE, "Position in the table, from 0."),
        need("label", Type.TEXT, "Its label as printed, on one line."),
        need("role", Type.TEXT, "What it is; `memo` is in no sum, `payback` counts years:", values=tuple(Role)),
        may(
            "component",
            Type.TEXT,
            "Which part of the case's economy it is: a lasting change, or implementation on service or on "
            "capital; null "
            "where the print does not tell:",
            values=COMPONENTS,
        ),
        may("steering_area", Type.TEXT, "Styringsområde as the row prints it: `Service`, `Anlæg` …"),
        may("appropriation", Type.TEXT, "Bevilling, profitcenter, as the row prints it."),
        may("committee", Type.TEXT, "Committee (udvalg) by its full name."),
        may("section_line_id", Type.TEXT, "The section row it stands under.", "lines.line_id"),
        need("texts", Type.TEXTS, "Other printed cells of the row that are no figures."),
        *PLACE,
        CONFIDENTIAL,
    ),
    key="line_id",
)

AMOUNTS = Relation(
    name="amounts",
    description="One printed figure. A blank cell has no row; a printed dash has one, with the value 0.",
    columns=(
        need("amount_id", Type.TEXT, "Stable id."),
        need("line_id", Type.TEXT, "The row it stands in.", "lines.line_id"),
        may("table_id", Type.TEXT, "The table it stands in.", "tables.table_id").required(),
        may("case_id", Type.TEXT, "The case it stands in.", "cases.case_id").required(),
        may("year", Type.WHOLE, "The column's year; null where the column is not a year."),
        need("column_label", Type.TEXT, "The column's header as printed."),
        need("printed", Type.TEXT, "The figure as printed."),
        may(
            "value", Type.MONEY, "The figure in the table's own unit, sign as printed; null only if too long to be one."
        ),
        may(
            "amount_dkk",
            Type.MONEY,
            "The figure in kroner, signed alike for all cases: a cost is positive, a saving negative; null where it "
            "is not an amount of money (årsværk, per cent, payback years) or its unit is unknown.",
        ),
        may("price_level", Type.WHOLE, "Year of the price level of the amount; null for current prices or none said."),
        may(
            "steering_area",
            Type.TEXT,
            "Styringsområde that its row, section or table says; null where none of them does.",
        ),
        may(
            "appropriation",
            Type.TEXT,
            "Bevilling, profitcenter, that its row or section says; null where neither does.",
        ),
        may("committee", Type.TEXT, "Committee (udvalg) that its row or section says."),
        need(
            "placement",
            Type.TEXT,
            "How the figure came to its column; `arithmetic`: the only one under which the sums hold; "
            "`undecided`: a guess, which enters no view and no finding:",
            values=tuple(Placement),
        ),
        need("confidence", Type.REAL, "0 to 1: of the figures given 0.9, nine in ten are right."),
        *PLACE,
        need("column_index", Type.WHOLE, "Its place in the table's `column_labels`, from 0."),
        may("half_step", Type.MONEY, "Half a unit of its last printed digit: the print stands for value ± half_step."),
        need("alternatives", Type.MONEYS, "Other readings of the same print that were possible, best first."),
        may("second_reading", Type.TEXT, "What the second reader read in this place; null where it was not asked."),
        CONFIDENTIAL,
    ),
    key="amount_id",
)

STATEMENTS = Relation(
    name="statements",
    description="An amount, a number of årsværk, a price level or a payback time that running text states.",
    columns=(
        need("statement_id", Type.TEXT, "Stable id."),
        need("case_id", Type.TEXT, "The case it stands in.", "cases.case_id"),
        need("ordinal", Type.WHOLE, "Position in the case, from 0."),
        need("kind", Type.TEXT, "What it states:", values=tuple(StatementKind)),
        may(
            "value",
            Type.MONEY,
            "In kroner for `money`, årsværk for `fte`, the year for `price_level`, years for `payback`.",
        ),
        may("half_step", Type.MONEY, "Half a unit of its last printed digit, likewise."),
        need("printed", Type.TEXT, "As printed."),
        need("sentence", Type.TEXT, "The sentence it stands in."),
        need("years", Type.NUMBERS, "The years it speaks of; empty where it says none."),
        need("onwards", Type.FLAG, "True for `fra 2023 og frem`."),
        need("per_year", Type.FLAG, "True for `årligt`, `om året`."),
        need("total", Type.FLAG, "True for `i alt`, `samlet`."),
        need("approximate", Type.FLAG, "True for `ca.`, `omkring`, `op til`."),
        may(
            "table_id", Type.TEXT, "The table it names; null where that is not clear.", "tables.table_id", enforced=True
        ),
        may("line_id", Type.TEXT, "The row it names; null where that is not clear.", "lines.line_id", enforced=True),
        may("heading_id", Type.TEXT, "The heading it stands under.", "headings.heading_id", enforced=True),
        *PLACE,
        CONFIDENTIAL,
    ),
    key="statement_id",
)
