"""What all sheets look up: names of files, cases and tables, and links to their places."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.run import Run
from publish.sheets.model import Column, Kind, Link
from publish.texts import say
from publish.view import Report

Row = Mapping[str, Any]


class Context:
    """The relations' rows by their keys, and the words of one language."""

    def __init__(self, report: Report, relations: Mapping[str, Any], run: Run, pictures: Mapping[str, Path]) -> None:
        self.report, self.relations, self.run, self.pictures = report, relations, run, pictures
        self.language = report.language
        self.documents: dict[str, Row] = {d["document_id"]: d for d in report.documents}
        self.cases: dict[str, Row] = {c["case_id"]: c for c in relations["cases"].to_pylist()}
        self.tables: dict[str, Row] = {t["table_id"]: t for t in relations["tables"].to_pylist()}
        self._links: dict[str, str] = {}

    def say(self, code: str, **params: str | int | None) -> str:
        """A text of the catalogue."""
        return say(self.language, code, **params)

    def column(self, code: str, kind: Kind, choices: tuple[str, ...] = ()) -> Column:
        """The column that the catalogue calls `column.<code>`, explained by `about.<code>`."""
        return Column(self.say(f"column.{code}"), kind, self.say(f"about.{code}"), choices)

    def file(self, document_id: str | None) -> str | Link:
        """A file's name, leading to the file where it is known where that lies."""
        name = self.file_name(document_id)
        target = self._target(document_id)
        return Link(name, target) if target else name

    def place(self, document_id: str | None, page: int | None, source_line: int | None) -> str | Link | None:
        """The page or source line in words, leading to the page of a PDF."""
        if source_line is not None:
            return self.say("report.line", line=source_line)
        if page is None:
            return None
        text = self.say("report.page", page=page)
        target = self._target(document_id)
        pdf = self.documents.get(document_id or "", {}).get("media_type") == "application/pdf"
        return Link(text, f"{target}#page={page}") if target and pdf else text

    def file_name(self, document_id: str | None) -> str:
        """The name alone."""
        found = self.documents.get(document_id or "")
        return str(found["file_name"]) if found else ""

    def _target(self, document_id: str | None) -> str:
        key = document_id or ""
        if key not in self._links:
            self._links[key] = self.run.link(key)
        return self._links[key]

    def case_name(self, case_id: str | None) -> str | None:
        """The case's code and title, and whether it is confidential."""
        row = self.cases.get(case_id or "")
        if row is None:
            return None
        confidential = self.say("report.confidential") if row["confidential"] else None
        return " · ".join(filter(None, (confidential, row["code"], row["title"])))

    def table_name(self, table_id: str | None) -> str | None:
        """What the table is called: its label, its title, or the place where it stands."""
        row = self.tables.get(table_id or "")
        if row is None:
            return None
        return row["label"] or row["title"] or self.say("column.table_at", page=row["first_page"])
