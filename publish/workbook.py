"""The report as a workbook: one row a finding, and sheets of the cases, the tables and the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import xlsxwriter

from publish.grid import unit_text
from publish.store import replacing
from publish.texts import say
from publish.view import SEVERITIES, FindingView, Report
from publish.wording import YEAR_CHECKS

_FIGURE, _YEAR, _COUNT, _TEXT, _LONG = "figure", "year", "count", "text", "long"
_FORMATS: dict[str, dict[str, Any]] = {
    _FIGURE: {"num_format": "#,##0.######;[Red]-#,##0.######", "align": "right"},
    "whole": {"num_format": "#,##0;[Red]-#,##0", "align": "right"},
    _YEAR: {"num_format": "0", "align": "left"},
    _COUNT: {"num_format": "#,##0", "align": "right"},
    _TEXT: {},
    _LONG: {"text_wrap": True},
}
_COLOURS = {"error": ("#FBEAEA", "#9F1C1C"), "warning": ("#FDF3DE", "#7A4B00"), "info": ("#E8F0F8", "#28557F")}
_LONGEST = 32767  # characters in a cell, by the file format
Column = tuple[str, int, str]  # header, width in characters, kind


def write_workbook(report: Report, relations: Mapping[str, Any], target: Path) -> None:
    """The workbook at `target`.  No text of a document ever becomes a formula, a link or a number."""
    with replacing(target) as path:
        options = {
            "strings_to_formulas": False,
            "strings_to_urls": False,
            "strings_to_numbers": False,
            "nan_inf_to_errors": True,
        }
        book = xlsxwriter.Workbook(path, options)
        # The date of the run is left out: the same input makes the same bytes.
        book.set_properties({"title": _say(report, "report.title"), "created": datetime(2000, 1, 1, tzinfo=UTC)})
        writer = _Writer(book)
        _findings(writer, report)
        _cases(writer, report)
        _tables(writer, report, relations["tables"].to_pylist())
        _documents(writer, report)
        book.close()


class _Year(int):
    """A year in a column of figures."""


class _Writer:
    """A workbook whose sheets all have a frozen header, a filter and typed columns."""

    def __init__(self, book: Any) -> None:
        self.book = book
        self.formats = {name: book.add_format({**look, "valign": "top"}) for name, look in _FORMATS.items()}
        self.header = book.add_format(
            {"bold": True, "bg_color": "#16324A", "font_color": "#FFFFFF", "text_wrap": True, "valign": "top"}
        )
        self.severities = {
            name: book.add_format({"bg_color": back, "font_color": ink, "bold": True, "valign": "top"})
            for name, (back, ink) in _COLOURS.items()
        }

    def sheet(self, name: str, columns: Sequence[Column], rows: Sequence[Sequence[Any]], severity_at: int = -1) -> None:
        """A sheet of rows; `severity_at` is the column that holds (severity code, its word)."""
        sheet = self.book.add_worksheet(name)
        for at, (header, width, _) in enumerate(columns):
            sheet.set_column(at, at, width)
            sheet.write_string(0, at, header, self.header)
        for number, row in enumerate(rows, start=1):
            for at, (value, (_, _, kind)) in enumerate(zip(row, columns, strict=True)):
                if at == severity_at:
                    sheet.write_string(number, at, value[1], self.severities[value[0]])
                else:
                    self._cell(sheet, number, at, value, kind)
        sheet.freeze_panes(1, 0)
        sheet.autofilter(0, 0, max(len(rows), 1), len(columns) - 1)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)

    def _cell(self, sheet: Any, row: int, at: int, value: Any, kind: str) -> None:
        if value is None or value == "":
            sheet.write_blank(row, at, None, self.formats[kind])
        elif isinstance(value, str):
            sheet.write_string(row, at, value[:_LONGEST], self.formats[kind])
        else:
            sheet.write_number(row, at, float(value), self.formats[_look(value, kind)])


def _look(value: Decimal | int, kind: str) -> str:
    """The format of a figure: a year has no thousands separator, a whole number no comma."""
    if kind != _FIGURE:
        return kind
    return _YEAR if isinstance(value, _Year) else "whole" if value == int(value) else _FIGURE


def _findings(writer: _Writer, report: Report) -> None:
    columns = [
        (_say(report, "report.file"), 26, _TEXT),
        (_say(report, "sheet.page"), 7, _COUNT),
        (_say(report, "sheet.source_line"), 7, _COUNT),
        (_say(report, "report.case"), 30, _LONG),
        (_say(report, "report.table"), 20, _LONG),
        (_say(report, "report.line_label"), 30, _LONG),
        (_say(report, "report.year"), 7, _YEAR),
        (_say(report, "report.stated"), 12, _FIGURE),
        (_say(report, "report.expected"), 12, _FIGURE),
        (_say(report, "report.difference"), 12, _FIGURE),
        (_say(report, "report.tolerance"), 12, _FIGURE),
        (_say(report, "sheet.unit"), 12, _TEXT),
        (_say(report, "report.severity"), 12, _TEXT),
        (_say(report, "report.check"), 26, _LONG),
        (_say(report, "report.cause"), 32, _LONG),
        (_say(report, "sheet.explanation"), 70, _LONG),
        (_say(report, "sheet.root"), 18, _TEXT),
        (_say(report, "report.id"), 18, _TEXT),
    ]
    rows = [
        row
        for case in report.cases
        for finding in case.findings
        for row in (_finding(report, finding), *(_finding(report, follower) for follower in finding.consequences))
    ]
    writer.sheet(_say(report, "sheet.findings"), columns, rows, severity_at=12)


def _finding(report: Report, finding: FindingView) -> list[Any]:
    raw = finding.raw
    figures: Sequence[Decimal | int | None] = [raw["stated"], raw["expected"], raw["difference"], raw["tolerance"]]
    if finding.check in YEAR_CHECKS:
        figures = [*(None if raw[name] is None else _Year(raw[name]) for name in ("stated", "expected")), None, None]
    return [
        finding.file,
        raw["page"],
        raw["source_line"],
        finding.case,
        finding.table,
        finding.line,
        finding.year,
        *figures,
        finding.unit,
        (finding.severity, _say(report, f"severity.{finding.severity}")),
        _say(report, f"check.{finding.check}"),
        finding.cause,
        finding.message,
        raw["consequence_of"],
        finding.finding_id,
    ]


def _cases(writer: _Writer, report: Report) -> None:
    columns = [
        (_say(report, "report.file"), 26, _TEXT),
        (_say(report, "sheet.code"), 12, _TEXT),
        (_say(report, "sheet.title"), 60, _LONG),
        (_say(report, "sheet.kind"), 14, _TEXT),
        (_say(report, "sheet.administrations"), 40, _LONG),
        (_say(report, "sheet.affected"), 40, _LONG),
        (_say(report, "report.budget"), 14, _TEXT),
        (_say(report, "sheet.first_page"), 9, _COUNT),
        (_say(report, "sheet.last_page"), 9, _COUNT),
        (_say(report, "report.tables"), 9, _COUNT),
        (_say(report, "report.figures"), 9, _COUNT),
        *((_say(report, f"severities.{severity}"), 12, _COUNT) for severity in SEVERITIES),
    ]
    rows = [
        [
            case.file,
            case.row["code"],
            case.row["title"],
            _say(report, f"case_kind.{case.row['kind']}"),
            ", ".join(case.row["administrations"]),
            ", ".join(case.row["affected"] or ()),
            case.row["budget_round"],
            case.row["first_page"],
            case.row["last_page"],
            case.tables,
            case.figures,
            *(case.counts.get(severity, 0) for severity in SEVERITIES),
        ]
        for case in report.cases
        if case.row
    ]
    writer.sheet(_say(report, "sheet.cases"), columns, rows)


def _tables(writer: _Writer, report: Report, tables: Sequence[Mapping[str, Any]]) -> None:
    cases = {case.case_id: case for case in report.cases}
    columns = [
        (_say(report, "report.file"), 26, _TEXT),
        (_say(report, "report.case"), 40, _LONG),
        (_say(report, "report.table"), 14, _TEXT),
        (_say(report, "sheet.title"), 50, _LONG),
        (_say(report, "sheet.kind"), 26, _TEXT),
        (_say(report, "sheet.unit"), 12, _TEXT),
        (_say(report, "sheet.price_level"), 12, _YEAR),
        (_say(report, "sheet.first_page"), 9, _COUNT),
        (_say(report, "sheet.last_page"), 9, _COUNT),
        (_say(report, "report.orphans"), 12, _COUNT),
    ]
    rows = [
        [
            cases[table["case_id"]].file,
            cases[table["case_id"]].name,
            table["label"],
            table["title"],
            _say(report, f"kind.{table['kind']}"),
            unit_text(table, report.language),
            table["price_level"],
            table["first_page"],
            table["last_page"],
            len(table["orphans"]),
        ]
        for table in tables
    ]
    writer.sheet(_say(report, "sheet.tables"), columns, rows)


def _documents(writer: _Writer, report: Report) -> None:
    reason = "reason" if report.language == "da" else "reason_en"
    counts = ("pages", "cases", "tables", "figures", "orphans")
    columns = [
        (_say(report, "report.file"), 40, _TEXT),
        (_say(report, "report.status"), 14, _TEXT),
        (_say(report, "report.reason"), 80, _LONG),
        *((_say(report, f"report.{name}"), 11, _COUNT) for name in counts),
        ("SHA-256", 66, _TEXT),
    ]
    rows = [
        [d["file_name"], _say(report, f"status.{d['status']}"), d[reason], *(d[name] for name in counts), d["sha256"]]
        for d in report.documents
    ]
    writer.sheet(_say(report, "sheet.documents"), columns, rows)


def _say(report: Report, code: str) -> str:
    return say(report.language, code)
