"""The workbook's first and last page: what was found at a glance, and what its sheets and columns mean."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from math import ceil
from typing import TYPE_CHECKING, Any

from publish.plain import plain
from publish.run import Run, time_text
from publish.sheets.model import Sheet
from publish.texts import say
from publish.view import SEVERITIES, Report

if TYPE_CHECKING:
    from publish.workbook import Look

_TOTALS = ("documents", "imported", "quarantined", "duplicates", "cases", "tables", "figures", "unplaced")
_PARTS = ("imported", "quarantined", "duplicates")  # of the files
_TOPICS = ("what", "signs", "severities", "decisions", "numbers", "links")
_EXPLAINED, _LINE = 100, 15  # characters of an explanation's line, and its height in points
_MOST_ADMINISTRATIONS = 25  # rows; more are no overview
_BARS = {"error": "#9F1C1C", "warning": "#D99A2B", "info": "#5B8DB8"}


def overview(book: Any, look: Look, report: Report, run: Run, sheets: Sequence[Sheet]) -> None:
    """What was read, what was found by check and by administration, a chart of it, and the way to the other sheets."""

    def words(code: str, **params: str | int | None) -> str:
        return say(report.language, code, **params)

    page = book.add_worksheet(words("sheet.overview"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 44)
    page.set_column(1, 4, 14)
    page.set_column(5, 5, 4)
    page.write_string(0, 0, words("report.title"), look.of["title"])
    made = time_text(run.made_at, report.language)
    page.write_string(1, 0, words("page.run", version=run.version, run=run.run_id, time=made), look.of["quiet"])
    row = 3
    for name in _TOTALS:
        page.write_string(row, 0, words(f"column.total_{name}"), look.of["indented" if name in _PARTS else "text"])
        page.write_number(row, 1, report.totals[name], look.of["count"])
        row += 1
    for sentence in report.rates:
        page.write_string(row, 0, plain(sentence, _EXPLAINED * 2), look.of["quiet"])
        row += 1
    row = _counts(page, look, row + 1, words("report.by_check"), _by_check(report), report.language)
    checks = (row - len(report.checks), row - 1)
    row = _counts(page, look, row + 1, words("page.by_administration"), _by_administration(report), report.language)
    page.write_string(row + 1, 0, words("column.sheets"), look.of["subtitle"])
    names = [sheet.name for sheet in sheets] + [words("sheet.read_me")]
    for at, name in enumerate(names, start=row + 2):
        page.write_url(at, 0, f"internal:'{name}'!A1", look.of["link"], name)
    if report.checks:
        page.insert_chart(2, 6, _chart(book, page.get_name(), checks, report.language))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)


Counted = Sequence[tuple[str, Sequence[int]]]


def _by_check(report: Report) -> Counted:
    """Causes by severity, and consequences, of every check that found any."""
    return [
        (say(report.language, f"check.{c.check}"), [*(c.counts.get(s, 0) for s in SEVERITIES), c.consequences])
        for c in report.checks
    ]


def _by_administration(report: Report) -> Counted:
    counts: dict[str, Counter[str]] = {}
    for case in report.cases:
        names = case.row.get("administrations") or [say(report.language, "page.no_administration")]
        for name in names if case.findings else ():
            found = counts.setdefault(name, Counter())
            found.update(case.counts)
            found["consequences"] += sum(len(f.consequences) for f in case.findings)
    ranked = sorted(counts.items(), key=lambda item: ([-item[1][s] for s in SEVERITIES], item[0]))
    return [
        (name, [*(found[s] for s in SEVERITIES), found["consequences"]])
        for name, found in ranked[:_MOST_ADMINISTRATIONS]
    ]


def _counts(page: Any, look: Look, row: int, title: str, counted: Counted, language: str) -> int:
    """A small table of counts below `row`; returns the row after it."""
    page.write_string(row, 0, title, look.of["subtitle"])
    row += 1
    if not counted:
        page.write_string(row, 0, say(language, "report.no_findings"), look.of["quiet"])
        return row + 1
    heads = ["", *(say(language, f"severities.{s}") for s in SEVERITIES), say(language, "report.consequences")]
    for at, head in enumerate(heads):
        page.write_string(row, at, head, look.of["header_right" if at else "header"])
    for name, numbers in counted:
        row += 1
        page.write_string(row, 0, plain(name, 200), look.of["text"])
        for at, number in enumerate(numbers, start=1):
            page.write_number(row, at, number, look.of["count"])
    return row + 1


def _chart(book: Any, name: str, rows: tuple[int, int], language: str) -> Any:
    """Findings by check, the severities in their colours."""
    chart = book.add_chart({"type": "bar", "subtype": "stacked"})
    first, last = rows
    for at, severity in enumerate(SEVERITIES, start=1):
        chart.add_series(
            {
                "name": [name, first - 1, at],
                "categories": [name, first, 0, last, 0],
                "values": [name, first, at, last, at],
                "fill": {"color": _BARS[severity]},
                "gap": 60,
                "data_labels": {"value": True, "num_format": "0;;;", "font": {"color": "#FFFFFF", "bold": True}},
            }
        )
    chart.set_title({"name": say(language, "report.by_check"), "name_font": {"size": 12}})
    chart.set_legend({"position": "bottom"})
    chart.set_y_axis({"reverse": True, "num_font": {"size": 9}})
    chart.set_x_axis({"visible": False, "major_gridlines": {"visible": False}})
    chart.set_size({"width": 640, "height": 90 + 34 * (last - first + 1) + 60})
    return chart


def read_me(book: Any, look: Look, language: str, sheets: Sequence[Sheet]) -> None:
    """What the workbook is, how it is used, and what every column means."""
    page = book.add_worksheet(say(language, "sheet.read_me"))
    page.hide_gridlines(2)
    page.set_column(0, 0, 30)
    page.set_column(1, 1, _EXPLAINED)
    page.write_string(0, 0, say(language, "sheet.read_me"), look.of["title"])
    rows = [(say(language, f"read_me.{n}_title"), "strong", say(language, f"read_me.{n}")) for n in _TOPICS]
    rows += [(say(language, f"severity.{s}"), s, say(language, f"read_me.{s}")) for s in SEVERITIES]
    for sheet in sheets:
        rows += [("", "text", ""), (sheet.name, "subtitle", say(language, f"read_me.{sheet.code}"))]
        rows += [(column.header, "strong", column.about) for column in sheet.columns]
    for row, (name, style, text) in enumerate(rows, start=2):
        if len(text) > _EXPLAINED:
            page.set_row(row, _LINE * ceil(len(text) / _EXPLAINED))
        page.write_string(row, 0, name, look.severity.get(style) or look.of[style])
        page.write_string(row, 1, text, look.of["long"])
    page.set_paper(9)
    page.fit_to_pages(1, 0)
