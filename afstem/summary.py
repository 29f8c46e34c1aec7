"""What `afstem run` shows: progress while it reads, and the summary when it is done."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.table import Table

from afstem.pipeline import RunResult
from afstem.texts import say
from extract.models import Status
from normalize.models import CaseFile
from publish.wording import reason_text
from reconcile.models import Severity

#: With more files than this, the summary names only those with something to say about.
_MOST_ROWS = 40


class Watch:
    """A progress bar on stderr, where somebody watches."""

    def __init__(self, language: str) -> None:
        self._bar = Progress(
            TextColumn(say(language, "run.reading")),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[name]}"),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=None, name="")

    def progress(self, done: int, of: int, name: str) -> None:
        """Moves the bar; see `afstem.pipeline.Progress`."""
        self._bar.update(self._task, completed=done, total=of, name=name)

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


def print_summary(result: RunResult, console: Console, language: str, *, reports: bool, log: Path) -> None:
    """One row a file with what was read and found, the reasons for what was not, and where it all lies."""
    found = _by_file(result)
    shown = list(result.files)
    if len(shown) > _MOST_ROWS:
        shown = [f for f in shown if f.document.reason is not None or any(found[f.document.document_id].values())]
    console.print(_table(result, shown, found, language))
    if len(shown) < len(result.files):
        console.print(say(language, "run.more", count=len(result.files) - len(shown)))
    for file in shown:
        if file.document.reason is not None:
            text = reason_text(file.document.reason, language)
            console.print(say(language, "run.reason", file=file.document.file_name, reason=text), markup=False)
    console.print(_counts(result, language))
    crashed = sum(f.document.reason is not None and f.document.reason.code == "crashed" for f in result.files)
    if crashed:
        console.print(say(language, "run.crashed", count=crashed, log=str(log)), markup=False)
    written = ["parquet/", "afstem.duckdb", *(sorted(p.name for p in result.out.glob("*.*ml")) if reports else ())]
    written += sorted(p.name for p in result.out.glob("*.xlsx")) if reports else []
    console.print(say(language, "run.written", out=str(result.out), what=", ".join(written)), markup=False)


def _counts(result: RunResult, language: str) -> str:
    return say(
        language,
        "run.summary",
        documents=len(result.files),
        imported=result.count(Status.IMPORTED),
        duplicates=result.count(Status.DUPLICATE),
        quarantined=result.count(Status.QUARANTINED),
        read=result.read,
        known=len(result.files) - result.count(Status.DUPLICATE) - result.read,
    )


def _by_file(result: RunResult) -> dict[str, Counter[Severity]]:
    """Findings that are causes of their own, counted by document and severity."""
    home = {case.case_id: file.document.document_id for file in result.files for case in file.cases}
    counts: dict[str, Counter[Severity]] = {f.document.document_id: Counter() for f in result.files}
    for finding in result.findings:
        if finding.consequence_of is None:
            counts[home[finding.case_id]][finding.severity] += 1
    return counts


_COLUMNS = ("pages", "cases", "tables", "figures", "orphans", "errors", "warnings", "remarks")


def _table(result: RunResult, shown: list[CaseFile], found: dict[str, Counter[Severity]], language: str) -> Table:
    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column(say(language, "run.file"), overflow="fold")
    table.add_column(say(language, "run.status"))
    for name in _COLUMNS:
        table.add_column(say(language, f"run.{name}"), justify="right")
    for file in shown:
        numbers = _numbers(file, found)
        table.add_row(file.document.file_name, _status(file, language), *map(_figure, numbers))
    everything = [sum(column) for column in zip(*(_numbers(f, found) for f in result.files), strict=True)]
    table.add_section()
    table.add_row(say(language, "run.all"), "", *map(_figure, everything), style="bold")
    return table


def _numbers(file: CaseFile, found: dict[str, Counter[Severity]]) -> list[int]:
    tables = [table for case in file.cases for table in case.tables]
    duplicate = file.document.status is Status.DUPLICATE
    severities = Counter() if duplicate else found[file.document.document_id]
    return [
        file.document.pages,
        len(file.cases),
        len(tables),
        sum(len(line.amounts) for table in tables for line in table.lines),
        sum(len(table.ledger.orphans) for table in tables),
        *(severities[s] for s in (Severity.ERROR, Severity.WARNING, Severity.INFO)),
    ]


def _figure(number: int) -> str:
    return str(number) if number else "·"


def _status(file: CaseFile, language: str) -> str:
    status, reason = file.document.status, file.document.reason
    return say(language, "run.partly" if status is Status.IMPORTED and reason else f"run.{status}")
