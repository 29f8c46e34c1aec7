"""Figures as read, each held to the truth of its paper.

In: a folder that `bench.foundry draw` made.  Out: for every figure that was read, undecided ones too, whether the page
prints it there.  What counts is what `bench.foundry.score` counts: right value, row and column, whatever the case.
"""

from __future__ import annotations

import json
import pickle
from collections import defaultdict
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import extract
from bench.foundry.match import only_year
from bench.foundry.score import Score, ScoredPaper
from extract.models import Document
from normalize.models import CaseFile


def documents(folder: Path, kept: Path) -> Iterator[tuple[str, str, Path, Callable[[], Document]]]:
    """Form, paper, truth and what was extracted of every paper of a draw; extracted once and kept in a file each."""
    for truth in sorted(folder.glob("*/*.truth.json")):
        form, stem = truth.parent.name, truth.name.removesuffix(".truth.json")
        source = next(p for p in sorted(truth.parent.glob(f"{stem}.*")) if p != truth)
        at = kept / folder.name / form / f"{stem}.pickle"
        if not at.exists():
            at.parent.mkdir(parents=True, exist_ok=True)
            at.write_bytes(pickle.dumps(extract.read(source)))
        yield form, stem, truth, partial(_kept, at)


def _kept(at: Path) -> Document:
    document: Document = pickle.loads(at.read_bytes())
    return document


class _Run:
    """What `ScoredPaper` asks of a run, of one document."""

    def __init__(self, file: CaseFile, stem: str) -> None:
        self.documents = {stem: SimpleNamespace(document_id=file.document.document_id)}
        self.cases = {
            file.document.document_id: [
                SimpleNamespace(case_id=c.case_id, code=c.code, title=c.title) for c in file.cases
            ]
        }
        self.tables: dict[str, list[Any]] = defaultdict(list)
        self.lines: dict[str, list[Any]] = defaultdict(list)
        self.amounts: dict[str, list[Any]] = defaultdict(list)
        self.findings: dict[str, list[Any]] = {}
        self.unplaced: dict[str, list[str]] = {"documents": [], "tables": []}
        for case in file.cases:
            for table in case.tables:
                self.tables[case.case_id].append(table)
                self.lines[table.table_id] = list(table.lines)
                for line in table.lines:
                    self.amounts[line.line_id] = [_shown(a) for a in line.amounts]

    def tables_of(self, cases: list[Any]) -> list[tuple[int, Any]]:
        return [(j, t) for j, case in enumerate(cases) for t in self.tables.get(case.case_id, [])]

    def figures_of(self, tables: list[Any]) -> Any:
        from bench.foundry.match import Run

        return Run.figures_of(self, tables)  # type: ignore[arg-type]

    def told(self, document: Any, cases: list[Any]) -> int:
        return 1


def _shown(amount: Any) -> Any:
    return SimpleNamespace(
        amount_id=amount.amount_id,
        year=amount.year,
        column_label=amount.column_label,
        value=amount.value,
        printed=amount.printed,
        placement="shown",
        confidence=1.0,
    )


def _same_year(header: str, year: int | None) -> bool:
    """Whether a column that is read as a year's is that year's."""
    said = only_year(header)
    return year is None or said == int(year) or str(year) in header


class _Judge(ScoredPaper):
    def __init__(self, *args: Any) -> None:
        super().__init__(*args)
        self.verdicts: dict[str, tuple[bool, bool, bool]] = {}

    def figure(self, label: str, headers: list[str], column: int | str, a: Any, want: dict[int, float]) -> None:
        printed = want.get(column) if isinstance(column, int) else None
        self.verdicts[a.amount_id] = (
            True,
            isinstance(column, int) and _same_year(headers[column], a.year),
            printed == float(a.value),
        )

    def stray_line(self, line: Any, why: str) -> None:
        for a in self.run.amounts.get(line.line_id, []):
            if a.value:
                self.verdicts[a.amount_id] = False, False, False


def verdicts(
    form: str, stem: str, truth: Path, file: CaseFile
) -> tuple[str, bool, dict[str, tuple[bool, bool, bool]], int]:
    """Family of the paper, whether it is held out, for every figure by its id whether its row, its column's name and
    itself are right, and how many the paper prints.  Percentages and printed zeros have no verdict."""
    told = json.loads(truth.read_text(encoding="utf-8"))
    found = Score()
    judge = _Judge(found, form, told, _Run(file, stem), stem)
    judge.all()
    return told["family"], bool(told["held_out"]), judge.verdicts, judge.tally.of["recall"]
