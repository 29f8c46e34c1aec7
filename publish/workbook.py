"""The report as a workbook: an overview, the sheets of `publish.sheets`, and a page that explains them.

No text of a document becomes a formula, a link or a number: text is written as text, and the only links are ours.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from math import ceil
from pathlib import Path
from typing import Any

import xlsxwriter

from extract.records import record
from publish.plain import plain
from publish.run import Run
from publish.sheets.model import Coded, Column, Kind, Link, Sheet, Value, Year
from publish.store import replacing
from publish.texts import say
from publish.view import Report
from publish.workbook_pages import overview, read_me


@record
class Limits:
    """What the file format and the programs that open it allow."""

    rows: int = 1_048_575  # of a sheet, below its header
    links: int = 60_000  # of a sheet (the format: 65,530)
    characters: int = 32_767  # of a cell
    url: int = 2_000  # characters of a link


@record
class Widths:
    """Widths of columns, in characters of the standard font."""

    least: int = 6
    least_long: int = 16
    most_text: int = 36
    most_long: int = 44
    free: int = 24
    decision: int = 15
    padding: int = 2  # for the filter's button and the cell's edges
    looked_at: int = 3_000  # rows that are measured
    fits: float = 0.95  # of which so many show their text whole


@record
class Heights:
    """Heights of rows, in points."""

    line: int = 15
    most_lines: int = 12


LIMITS, WIDTHS, HEIGHTS = Limits(), Widths(), Heights()
#: So that a reader in any country sees thousands and decimals as the report's language writes them.
_LOCALES = {"da": "[$-406]", "en": "[$-809]"}
_COLOURS = {"error": ("#FBEAEA", "#9F1C1C"), "warning": ("#FDF3DE", "#7A4B00"), "info": ("#E8F0F8", "#28557F")}
_NAVY, _FIELD = "#16324A", "#FFFBE6"
_A3 = 8  # as the file format counts paper


def write_workbook(report: Report, run: Run, sheets: Sequence[Sheet], target: Path) -> None:
    """The workbook at `target`, the same bytes for the same report.

    Rows are written as they come, so that a workbook of a million figures takes no more memory than one of a thousand.
    """
    with replacing(target) as path:
        options = {"constant_memory": True, "nan_inf_to_errors": True, "default_date_format": "yyyy-mm-dd"}
        options |= {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
        book = xlsxwriter.Workbook(path, options)
        book.set_properties(
            {"title": say(report.language, "report.title"), "created": datetime(2000, 1, 1, tzinfo=UTC)}
        )
        book.set_size(2400, 1300)
        look = Look(book, report.language)
        overview(book, look, report, run, sheets)
        for sheet in sheets:
            _write(book, look, sheet)
        read_me(book, look, report.language, sheets)
        book.close()


class Look:
    """The formats of a workbook in one language."""

    def __init__(self, book: Any, language: str) -> None:
        top = {"valign": "top"}
        place = _LOCALES[language]
        figure = {**top, "align": "right", "indent": 1}  # apart from the text of the next column
        header = {**top, "bold": True, "bg_color": _NAVY, "font_color": "#FFFFFF", "text_wrap": True}
        link = {**top, "font_color": "#0B5394", "underline": 1}
        self.of: dict[str, Any] = {
            name: book.add_format(look)
            for name, look in {
                "text": top,
                "long": {**top, "text_wrap": True},
                "whole": {**figure, "num_format": f"{place}#,##0;[Red]{place}-#,##0"},
                "figure": {**figure, "num_format": f"{place}#,##0.0#####;[Red]{place}-#,##0.0#####"},
                "count": {**figure, "num_format": f"{place}#,##0"},
                "year": {**top, "num_format": "0", "align": "left"},
                "share": {**figure, "num_format": f"{place}0.00"},
                "link": link,
                "long_link": {**link, "text_wrap": True},
                "indented": {**top, "indent": 1},
                "field": {**top, "bg_color": _FIELD, "border": 1, "border_color": "#E5DFC0", "text_wrap": True},
                "header": header,
                "header_right": {**header, "align": "right"},
                "title": {"bold": True, "font_size": 16, "font_color": _NAVY},
                "subtitle": {"bold": True, "font_size": 12, "font_color": _NAVY},
                "quiet": {**top, "font_color": "#5A6772"},
                "strong": {**top, "bold": True},
            }.items()
        }
        self.severity = {
            name: book.add_format({"bg_color": back, "font_color": ink, "bold": True, **top})
            for name, (back, ink) in _COLOURS.items()
        }

    def of_figure(self, value: Decimal | float) -> Any:
        """That of an amount: without a comma where it is whole."""
        return self.of["whole" if value == int(value) else "figure"]


class _Writer:
    """Writes the cells of one sheet."""

    def __init__(self, sheet: Any, look: Look, columns: Sequence[Column], widths: Sequence[int]) -> None:
        self.sheet, self.look, self.columns, self.widths = sheet, look, columns, widths
        self.wrapped = [at for at, column in enumerate(columns) if column.kind in _WRAPPED]
        self.links = 0
        self.widest = [0] * len(columns)  # characters of the longest number, by column

    def row(self, row: int, values: Sequence[Value]) -> None:
        """A row, as high as its longest text needs: not every program sets heights itself."""
        lines = max((_lines(_shown(values[at]), self.widths[at]) for at in self.wrapped), default=1)
        if lines > 1:
            self.sheet.set_row(row, HEIGHTS.line * min(lines, HEIGHTS.most_lines))
        for at, value in enumerate(values):
            self._cell(row, at, value)

    def _cell(self, row: int, at: int, value: Value) -> None:
        kind, look = self.columns[at].kind, self.look.of
        match value:
            case None | "":
                if kind in (Kind.DECISION, Kind.FREE):
                    self.sheet.write_blank(row, at, None, look["field"])
            case Coded(code=code, text=text):
                self.sheet.write_string(row, at, text, self.look.severity[code])
            case Link(text=text, target=target):
                self._link(row, at, plain(text, LIMITS.characters), target)
            case str(text):
                self.sheet.write_string(row, at, plain(text, LIMITS.characters), look[_TEXT_LOOKS.get(kind, "text")])
            case Year(value=year):
                self.sheet.write_number(row, at, year, look["year"])
            case _:
                self.widest[at] = max(self.widest[at], len(_shown(value)))
                self.sheet.write_number(row, at, float(value), self._number(kind, value))

    def _link(self, row: int, at: int, text: str, target: str) -> None:
        url = target if "://" in target else f"external:{target}"
        wrapped = at in self.wrapped
        if self.links < LIMITS.links and len(url) <= LIMITS.url:
            self.links += 1
            self.sheet.write_url(row, at, url, self.look.of["long_link" if wrapped else "link"], text)
        else:
            self.sheet.write_string(row, at, text, self.look.of["long" if wrapped else "text"])

    def _number(self, kind: Kind, value: Decimal | float) -> Any:
        names = {Kind.YEAR: "year", Kind.SHARE: "share", Kind.COUNT: "count", Kind.TEXT: "year"}
        return self.look.of[names[kind]] if kind in names else self.look.of_figure(value)


def _lines(text: str, width: int) -> int:
    return sum(max(1, ceil(len(line) / width)) for line in text.split("\n"))


def _shown(value: Value) -> str:
    """About what a cell shows, to measure it."""
    match value:
        case None:
            return ""
        case str(text) | Link(text=text) | Coded(text=text):
            return text
        case Decimal():
            return f"{value.normalize():,f}"
        case int():
            return f"{value:,}"
        case _:
            return str(value)


def _widths(sheet: Sheet) -> list[int]:
    """Characters of each column: as wide as nearly all that stands in its first rows, within reason."""
    widths = [max(map(len, column.header.split())) for column in sheet.columns]
    shown = [[len(_shown(value)) for value in row] for row in islice(sheet.rows(), WIDTHS.looked_at)]
    if shown:
        usual = [sorted(lengths)[int(WIDTHS.fits * (len(lengths) - 1))] for lengths in zip(*shown, strict=True)]
        widths = [max(pair) for pair in zip(widths, usual, strict=True)]
    most = {Kind.LONG: WIDTHS.most_long, Kind.FREE: WIDTHS.free, Kind.DECISION: WIDTHS.decision}
    least = {Kind.FREE: WIDTHS.free, Kind.DECISION: WIDTHS.decision, Kind.LONG: WIDTHS.least_long}
    return [
        min(max(width, least.get(column.kind, WIDTHS.least)), most.get(column.kind, WIDTHS.most_text))
        for width, column in zip(widths, sheet.columns, strict=True)
    ]


_WRAPPED = (Kind.LONG, Kind.FREE)
_RIGHT = (Kind.FIGURE, Kind.COUNT, Kind.SHARE)
_TEXT_LOOKS = {Kind.LONG: "long", Kind.DECISION: "field", Kind.FREE: "field"}


def _write(book: Any, look: Look, sheet: Sheet) -> None:
    page = book.add_worksheet(sheet.name)
    widths = _widths(sheet)
    writer = _Writer(page, look, sheet.columns, widths)
    page.set_row(0, 2 * HEIGHTS.line + 2)
    for at, column in enumerate(sheet.columns):
        page.write_string(0, at, column.header, look.of["header_right" if column.kind in _RIGHT else "header"])
    last = 0
    for last, row in enumerate(islice(sheet.rows(), LIMITS.rows), start=1):
        writer.row(last, row)
    for at, width in enumerate(widths):  # a text may be wrapped or cut; of a number that is too long nothing is shown
        page.set_column(at, at, max(width, writer.widest[at]) + WIDTHS.padding)
    page.freeze_panes(1, sheet.frozen)
    page.autofilter(0, 0, max(last, 1), len(sheet.columns) - 1)
    for at, column in enumerate(sheet.columns):
        if column.choices and last:
            listed = {"validate": "list", "source": [*column.choices], "ignore_blank": True}
            page.data_validation(1, at, last, at, listed)
    if sheet.printed:
        page.print_area(0, 0, max(last, 1), sheet.printed - 1)
    page.set_landscape()
    page.set_paper(_A3)
    page.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    page.fit_to_pages(1, 0)
    page.repeat_rows(0)
    page.set_footer("&L&A&R&P / &N")
