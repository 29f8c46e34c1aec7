"""What the report's page knows: the findings, tables and cases as JSON, from which its script shows what is asked for.

A table stands once however many findings mark it, names of files and cases are said by number: ten thousand findings
stay a page that opens at once.
"""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from publish.arithmetic import Arithmetic
from publish.flow import Flow
from publish.grid import Grid, Marks
from publish.plain import plain
from publish.review.decisions import Decision
from publish.run import time_text
from publish.texts import catalogue
from publish.view import SEVERITIES, CaseView, FindingView, Spot

if TYPE_CHECKING:
    from publish.page import Contents

Json = dict[str, Any]
#: Sections of the catalogue that the script words itself.
_SECTIONS = ("page.", "check.", "severity.", "severities.", "rule.")
_SHARED = ("report.stated", "report.expected", "report.difference", "report.tolerance", "report.rule", "report.cause",
           "report.quote", "report.reread", "report.evidence", "report.compared", "report.picture",
           "report.picture_alt", "report.expected_short", "report.blank", "report.rows_left_out", "report.id",
           "report.line_label", "report.table", "report.following", "report.nothing_shown", "report.case",
           "report.file", "report.pages", "report.cases", "report.tables", "report.figures", "report.orphans",
           "report.status", "report.words", "report.check", "report.severity", "report.page", "report.year",
           "report.legend_stated", "report.legend_part", "column.unit", "unit.thousand", "unit.million")  # fmt: skip


def payload(contents: Contents, pictures: Mapping[str, str]) -> Json:
    """The page's data.  `pictures` are addresses of pictures by finding_id."""
    report = contents.report
    maker = _Maker(contents, pictures)
    texts = catalogue(report.language)
    findings = [maker.finding(f, k, c) for k, c in enumerate(report.cases) for f in c.findings]
    tags = dict.fromkeys(contents.changes.changed, "changed") | dict.fromkeys(contents.changes.new, "new")
    return {
        "lang": report.language,
        "texts": {code: text for code, text in texts.items() if code.startswith(_SECTIONS) or code in _SHARED},
        "severities": SEVERITIES,
        "checks": [c.check for c in report.checks],
        "cases": [maker.case(c, contents.flows.get(c.case_id)) for c in report.cases],
        "findings": findings,
        "tables": [maker.grid(report.grids[t]) for t in maker.tables],
        "files": maker.files,
        "documents": [_document(d, report.language) for d in report.documents],
        "lost": [[file, case, table, place, list(words)] for file, case, table, place, words in report.lost],
        "decisions": {f["id"]: made for f in findings if (made := maker.decision(f["id"]))},
        "tags": {f["id"]: tags[f["id"]] for f in findings if f["id"] in tags},
        "token": contents.token,
    }


class _Maker:
    """Turns views into JSON, and keeps count of the files and tables that they name."""

    def __init__(self, contents: Contents, pictures: Mapping[str, str]) -> None:
        self.report, self.pictures, self.pages = contents.report, pictures, contents.pictures
        self.decisions = contents.decisions
        self.rows = {f.finding_id: f.raw for c in contents.report.cases for f in c.findings}
        self.tables: dict[str, int] = {}
        self.file_of: dict[str, int] = {}
        self.files: list[Json] = []
        for document in contents.report.documents:
            paged = not document["media_type"].startswith("text/")
            document_id = document["document_id"]
            self.file_of[document_id] = len(self.files)
            href = f"source/{document_id}" if contents.token else contents.run.link(document_id)
            copy = contents.copies.get(document_id, "")
            self.files.append({"name": document["file_name"], "href": href, "pdf": paged, "copy": copy})

    def case(self, case: CaseView, flow: Flow | None) -> Json:
        return {
            "id": case.case_id,
            "name": case.name,
            "file": self.file_of.get(case.row.get("document_id", ""), -1),
            "where": case.where,
            "administrations": list(case.row.get("administrations") or ()),
            "round": case.row.get("budget_round") or "",
            "tables": case.tables,
            "figures": case.figures,
            "counts": [case.counts.get(s, 0) for s in SEVERITIES],
            **({"flow": _flow(flow)} if flow else {}),
        }

    def finding(self, found: FindingView, number: int, case: CaseView) -> Json:
        made: Json = {
            "id": found.finding_id,
            "no": int(found.number),
            "severity": SEVERITIES.index(found.severity),
            "check": found.check,
            "case": number,
            "message": found.message,
            "place": self.spot(found.place),
            "year": found.year,
            "stated": found.stated,
            "expected": found.expected,
            "difference": found.difference,
            "kroner": None if found.kroner is None else _plain(found.kroner),
            "unit": found.unit,
            "tolerance": found.tolerance,
            "marks": [self.marks(m) for m in found.marks],
        }
        optional: Json = {
            "other": self.spot(found.other) if found.other else None,
            "cause": found.cause,
            "quote": found.quote,
            "reread": found.reread,
            "arithmetic": _arithmetic(found.arithmetic),
            "picture": self.pictures.get(found.finding_id),
            "picture_page": self.pages.get(found.finding_id),
            "consequences": [self.consequence(c, case) for c in found.consequences],
        }
        return made | {key: value for key, value in optional.items() if value}

    def decision(self, finding_id: str) -> Json | None:
        made = self.decisions.get(finding_id)
        return None if made is None else decision_json(made, self.rows[finding_id], self.report.language)

    def consequence(self, found: FindingView, case: CaseView) -> Json:
        elsewhere = found.case if found.case != case.name else ""
        place = self.spot(found.place)
        return {"id": found.finding_id, "no": found.number, "message": found.message, "place": place, "case": elsewhere}

    def spot(self, spot: Spot) -> list[Any]:
        """[file, page, page or line in words, table and row]."""
        return [self.file_of.get(spot.document_id, -1), spot.page, spot.text, spot.name]

    def marks(self, marks: Marks) -> Json:
        grid = self.report.grids[marks.table_id]
        at = self.tables.setdefault(marks.table_id, len(self.tables))
        rows = {row.line_id: k for k, row in enumerate(grid.rows) if not row.left_out}
        columns = {column: k for k, column in enumerate(grid.columns)}
        cells = [[rows[m.line_id], columns[m.column], m.kind == "stated"] for m in marks.cells]
        return {
            "table": at,
            "cells": [[r, c, int(stated)] for r, c, stated in cells],
            "rows": [rows[r] for r in marks.rows],
            "expected": marks.expected,
            **({"unit": True} if marks.unit else {}),
            **({"header": True} if marks.header else {}),
        }

    def grid(self, grid: Grid) -> Json:
        return {
            "id": grid.table_id,
            "caption": grid.caption,
            "unit": grid.unit,
            "headers": grid.headers,
            "where": grid.where,
            "rows": [r.left_out if r.left_out else [r.label, r.note, r.role, *r.cells] for r in grid.rows],
        }


def decision_json(made: Decision, finding: Mapping[str, Any], language: str) -> Json:
    """A decision as the page knows it; `holds` is False where the finding has other figures by now."""
    return {
        "decision": made.decision,
        "note": plain(made.note),
        "who": plain(made.who),
        "when": time_text(made.when, language),
        "holds": made.holds_for(finding),
        "about": plain(made.about),
    }


def _arithmetic(made: Arithmetic | None) -> list[Any] | None:
    """[[label, column, as printed, value] …], the result, and the way."""
    return [[[t.label, t.column, t.printed, t.value] for t in made.terms], made.result, made.way] if made else None


def _flow(flow: Flow) -> Json:
    return {
        "table": flow.table,
        "line": flow.line,
        "years": flow.years,
        "stated": [float(v) for v in flow.stated],
        "computed": [float(v) for v in flow.computed] if flow.computed else None,
        "payback": [None if flow.payback_stated is None else float(flow.payback_stated), flow.payback_computed],
    }


def _plain(value: Decimal) -> int | float:
    return int(value) if value == int(value) else float(value)


def _document(document: Mapping[str, Any], language: str) -> Json:
    reason = document["reason"] if language == "da" else document["reason_en"]
    counts = [document[key] for key in ("pages", "cases", "tables", "figures", "orphans")]
    return {
        "name": document["file_name"],
        "status": document["status"],
        "reason": reason or "",
        "counts": counts,
        "sha256": document["sha256"],
    }
