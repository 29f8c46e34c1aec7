"""What `afstem run` shows: progress while it reads, and the summary when it is done."""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn
from rich.text import Text

from afstem.checking import Row
from afstem.pipeline import RunResult
from afstem.terminal import listed
from afstem.texts import say
from extract.models import Status
from extract.records import record
from lexicon.cpr import masked_name
from publish.plain import one_line
from publish.wording import reason_text
from reconcile.models import Severity

#: Lines about files, the gravest, unless all are asked for.
MOST_LINES = 40
_NAMED = 5  # files of other types that are named
_GAP = "  "
_COLUMNS = ("errors", "warnings", "remarks", "cases", "figures", "unplaced")
_COLOURS = {"errors": "red", "warnings": "yellow", "unplaced": "yellow"}


class Watch:
    """A progress bar on stderr, where somebody watches."""

    def __init__(self, language: str) -> None:
        self._bar = Progress(
            TextColumn(say(language, "run.reading")),
            BarColumn(),
            MofNCompleteColumn(),
            TimeRemainingColumn(),
            TextColumn("{task.fields[name]}", markup=False),
            console=Console(stderr=True),
            transient=True,
            disable=not sys.stderr.isatty(),
        )
        self._task = self._bar.add_task("", total=None, name="")
        self._shown = (0, 0, "")

    def progress(self, done: int, of: int, name: str) -> None:
        """Moves the bar; see `afstem.pipeline.Progress`."""
        if (done, of, name) != self._shown:  # it is told of every page
            self._shown = done, of, name
            self._bar.update(self._task, completed=done, total=of, name=one_line(masked_name(name)))

    def __enter__(self) -> Self:
        self._bar.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._bar.stop()


@record
class FileLine:
    """What is said of a file: its figures by the names in `_COLUMNS`, and why it was not read, or not whole."""

    name: str
    status: Status
    numbers: tuple[int, ...]
    pages: int
    tables: int
    reason: str

    def speaks(self) -> bool:
        """True where somebody should look: an error, a warning, something unplaced, or something not read."""
        errors, warnings, _, _, _, unplaced = self.numbers
        return self.status is not Status.DUPLICATE and bool(errors or warnings or unplaced or self.reason)

    def gravity(self) -> tuple[bool, int, int, int]:
        """The greater, the more it has to be looked at."""
        errors, warnings, _, _, _, unplaced = self.numbers
        return bool(self.reason), errors, warnings, unplaced


def print_summary(
    result: RunResult,
    console: Console,
    language: str,
    *,
    reports: bool,
    log: Path,
    everything: bool = False,
    others: Sequence[Path] = (),
) -> None:
    """One line a file that has something to say (with `everything`: every file), and what was done and left where.

    `others` are the files of the input folders that nobody tried to read.
    """
    lines = _lines(result, language)
    speaking = lines if everything else [line for line in lines if line.speaks()]
    shown = speaking
    if not everything and len(speaking) > MOST_LINES:
        gravest = set(map(id, sorted(speaking, key=FileLine.gravity, reverse=True)[:MOST_LINES]))
        shown = [line for line in speaking if id(line) in gravest]
    if shown:
        _print_lines(shown, console, language)
        console.print()
    for text in _said(result, lines, len(speaking) - len(shown), len(lines) - len(speaking), language):
        console.print(text, markup=False, soft_wrap=True)
    if others:
        console.print(_others(others, language), markup=False, soft_wrap=True)
    crashed = result.broken()
    if crashed:
        console.print(say(language, "run.crashed", count=crashed, log=str(log)), markup=False, soft_wrap=True)
    console.print(_written(result.out, reports, language), markup=False, soft_wrap=True)


def _lines(result: RunResult, language: str) -> list[FileLine]:
    found = _by_file(result)
    return [_line(row, found[row.document.document_id], language) for row in result.rows]


def _line(row: Row, found: Counter[Severity], language: str) -> FileLine:
    document = row.document
    severities = Counter() if document.status is Status.DUPLICATE else found
    counts = (severities[s] for s in (Severity.ERROR, Severity.WARNING, Severity.INFO))
    numbers = (*counts, row.cases, row.figures, row.unplaced)
    status = "run.partly" if document.status is Status.IMPORTED else f"run.{document.status}"
    reason = f"{say(language, status)}. {reason_text(document.reason, language)}" if document.reason else ""
    name = masked_name(document.file_name)
    return FileLine(name, document.status, numbers, document.pages, row.tables, masked_name(reason))


def _by_file(result: RunResult) -> dict[str, Counter[Severity]]:
    """Findings that are causes of their own, counted by document and severity."""
    counts: dict[str, Counter[Severity]] = {row.document.document_id: Counter() for row in result.rows}
    for finding in result.findings:
        if finding.consequence_of is None:
            counts[finding.document_id][finding.severity] += 1
    return counts


def _print_lines(lines: Sequence[FileLine], console: Console, language: str) -> None:
    """Figures under their headings, the name last: there it need not be broken, however long it is."""
    headings = [say(language, f"run.{name}") for name in _COLUMNS]
    widths = [max(len(h), *(len(_figure(line.numbers[n])) for line in lines)) for n, h in enumerate(headings)]
    head = _GAP.join([*(h.rjust(w) for h, w in zip(headings, widths, strict=True)), say(language, "run.file")])
    console.print(Text(head, style="bold"), soft_wrap=True)
    for line in lines:
        text = Text()
        for name, number, width in zip(_COLUMNS, line.numbers, widths, strict=True):
            text.append(_figure(number).rjust(width) + _GAP, style=_COLOURS.get(name, "") if number else "dim")
        text.append(one_line(line.name))
        if line.reason:
            text.append(": " + one_line(line.reason), style="yellow")
        console.print(text, soft_wrap=True)


def _figure(number: int) -> str:
    return str(number) if number else "·"


def _said(result: RunResult, lines: Sequence[FileLine], more: int, silent: int, language: str) -> list[str]:
    texts = []
    if more:
        texts.append(say(language, "run.more", count=more))
    if silent:
        texts.append(say(language, "run.silent", count=silent))
    duplicates = result.count(Status.DUPLICATE)
    counts = dict(zip(_COLUMNS, map(sum, zip(*(line.numbers for line in lines), strict=True)), strict=True))
    texts.append(
        say(
            language,
            "run.summary",
            documents=len(result.rows),
            imported=result.count(Status.IMPORTED),
            duplicates=duplicates,
            quarantined=result.count(Status.QUARANTINED),
            read=result.read,
            known=len(result.rows) - duplicates - result.read,
        )
    )
    pages, tables = (sum(getattr(line, name) for line in lines) for name in ("pages", "tables"))
    texts.append(say(language, "run.content", pages=pages, tables=tables, **counts))
    texts.append(say(language, "run.found", **counts))
    return texts


def _others(others: Sequence[Path], language: str) -> str:
    kinds = Counter(path.suffix.casefold() or say(language, "run.no_suffix") for path in others)
    names = listed([path.name for path in others], _NAMED)
    counted = ", ".join(f"{count} {kind}" for kind, count in kinds.most_common())
    return say(language, "run.others", count=len(others), names=names, kinds=one_line(counted))


def _written(out: Path, reports: bool, language: str) -> str:
    names = ["parquet/", *(["parquet-by-year/"] if (out / "parquet-by-year").is_dir() else []), "afstem.duckdb"]
    return written(out, [*names, *(report_names(out) if reports else [])], language)


def report_names(out: Path) -> list[str]:
    """The reports that lie in a folder."""
    return [*sorted(p.name for p in out.glob("report.*")), *(["csv/"] if (out / "csv").is_dir() else [])]


def written(out: Path, names: Sequence[str], language: str) -> str:
    """What was written there."""
    return say(language, "run.written", out=one_line(str(out)), what=", ".join(names))
