"""Checks, and the rows that come of each document, made in processes with limits: of a group of documents at a time.

Documents that must be checked together (`reconcile.apart`) are one group; nothing else of the batch is held.  What goes
over a limit is tried again in smaller parts, in the end without checks, and its findings say so.
"""

from __future__ import annotations

import errno
import logging
import os
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import IntEnum
from pathlib import Path
from typing import TYPE_CHECKING, Any

import msgspec

from afstem import kept
from afstem.cache import largest, unpacked
from afstem.isolation import Ended, Here, Job, Limits, Outcome, Pool
from extract.models import Document, ReasonCode, Status
from extract.models import Reason as Why
from extract.records import record
from normalize.models import CaseFile
from reconcile.models import Check, Finding, Severity

if TYPE_CHECKING:
    from publish.naming import Naming

log = logging.getLogger("afstem")

JOB = "afstem.checking:job"
#: Documents of a job, where groups are small.
_AT_ONCE = 8
#: Of a document's time limit, what each document of a job adds to it.
_EACH = 0.1


@record
class Found:
    """What the run itself must know of a finding; all of it is in the relation `findings`."""

    finding_id: str
    check: Check
    severity: Severity
    case_id: str
    document_id: str
    year: int | None
    consequence_of: str | None


@record
class Row:
    """What is said of an input: how it ended, and how many cases, tables, figures and figures without place it has."""

    document: Document
    cases: int = 0
    tables: int = 0
    figures: int = 0
    unplaced: int = 0


class Sheet(msgspec.Struct, frozen=True):
    """A document to be checked: its entry, the head it has in this run, its names, and the file for its rows."""

    entry: bytes
    head: bytes
    document_id: str
    original: str
    versions: tuple[tuple[str, str], ...]
    rows: bytes


class Task(msgspec.Struct, frozen=True):
    """What a process is told to check; see `Checks`."""

    sheets: list[Sheet]
    out: bytes
    largest: int
    shared: list[tuple[str, str]]
    exclude_confidential: bool
    checked: bool
    problem: str | None


class Done(msgspec.Struct, frozen=True):
    """What came of it: findings, and for each sheet its numbers of cases, tables, figures and unplaced figures.

    `errno` is the system's number where it would not take the rows.
    """

    findings: list[Found]
    counts: list[tuple[int, int, int, int]]
    errno: int = 0


class Try(IntEnum):
    """How often a group was tried, and so how."""

    SEVERAL = 0  # with other groups
    GROUP = 1
    ALONE = 2  # each document by itself
    UNCHECKED = 3


@record
class Checks:
    """What all groups of a run have in common."""

    out: Path
    limits: Limits
    shared: frozenset[tuple[str, str]]
    exclude_confidential: bool = False

    def task(self, sheets: Sequence[Sheet], how: Try, problem: str | None) -> bytes:
        return msgspec.msgpack.encode(
            Task(
                list(sheets),
                os.fsencode(self.out),
                largest(self.limits),
                sorted(self.shared),
                self.exclude_confidential,
                how is not Try.UNCHECKED,
                problem if how in (Try.ALONE, Try.UNCHECKED) else None,
            )
        )


def check_all(
    pool: Pool | Here, groups: Sequence[Sequence[Sheet]], checks: Checks
) -> Iterator[tuple[list[Found], list[tuple[Sheet, tuple[int, int, int, int] | None]]]]:
    """The findings of some sheets with their counts, again and again until none is left; the rows lie in their files.

    A sheet without counts could not even be written down.  Raises OSError where the system would not take the rows.
    """

    def submit(groups: Sequence[Sequence[Sheet]], how: Try, problem: str | None = None, *, first: bool = False) -> None:
        sheets = [sheet for group in groups for sheet in group]
        seconds = checks.limits.timeout * (1 + _EACH * len(sheets))
        job = Job((groups, how), JOB, checks.task(sheets, how, problem), seconds)
        (pool.submit_first if first else pool.submit)(job)

    for several in _packs(groups):
        submit(several, Try.SEVERAL if len(several) > 1 else Try.GROUP)
    for job, outcome in pool.results():
        groups, how = job.key
        sheets = [sheet for group in groups for sheet in group]
        if outcome.ended is Ended.DONE:
            done = msgspec.msgpack.decode(outcome.result, type=Done)
            if done.errno:
                raise OSError(done.errno, os.strerror(done.errno))
            yield done.findings, list(zip(sheets, done.counts, strict=True))
            continue
        problem = _told(sheets, outcome)
        if how is Try.UNCHECKED:
            yield [], [(sheet, None) for sheet in sheets]
            continue
        smaller = groups if how is Try.SEVERAL else [[sheet] for sheet in sheets]
        following = Try.GROUP if how is Try.SEVERAL else Try.ALONE if len(sheets) > 1 else Try.UNCHECKED
        for group in smaller:
            submit([group], following, problem, first=True)


def _packs(groups: Sequence[Sequence[Sheet]]) -> Iterator[list[Sequence[Sheet]]]:
    """The groups, small ones some at a time."""
    pack: list[Sequence[Sheet]] = []
    for group in groups:
        pack.append(group)
        if sum(map(len, pack)) >= _AT_ONCE:
            yield pack
            pack = []
    if pack:
        yield pack


def _told(sheets: Sequence[Sheet], outcome: Outcome) -> str:
    names = ", ".join(sheet.document_id for sheet in sheets[:_AT_ONCE])
    log.error("checks of %s: %s %s\n%s", names, outcome.ended, outcome.error, outcome.trace)
    return f"{outcome.ended} {outcome.error}".strip()


def job(payload: bytes) -> bytes:
    """A `Task` done."""
    import reconcile
    from afstem.structure import applied, said
    from publish.naming import Naming

    task = msgspec.msgpack.decode(payload, type=Task)
    files = applied([_file(sheet, task) for sheet in task.sheets], said(Path(os.fsdecode(task.out))))
    if task.checked:
        findings = reconcile.check(files, task.shared, task.problem)
    else:
        findings = reconcile.unchecked(files, task.problem or "", task.shared)
    made = []
    for sheet, file in zip(task.sheets, files, strict=True):
        own = {case.case_id for case in file.cases}
        naming = Naming(sheet.document_id, sheet.original, sheet.versions)
        made.append(rows_of(file, [f for f in findings if f.case_id in own], naming))
    try:
        for sheet, rows in zip(task.sheets, made, strict=True):
            Path(os.fsdecode(sheet.rows)).write_bytes(rows)
    except OSError as error:  # for the run to end with, not for a document
        return msgspec.msgpack.encode(Done([], [], error.errno or errno.EIO))
    found = [
        Found(f.finding_id, f.check, f.severity, f.case_id, f.document_id, f.year, f.consequence_of) for f in findings
    ]
    return msgspec.msgpack.encode(Done(found, [_counts(file) for file in files]))


def _file(sheet: Sheet, task: Task) -> CaseFile:
    """The document of a sheet.  Raises OSError where its entry is gone or changed since it was read."""
    file = unpacked(Path(os.fsdecode(sheet.entry)), task.largest)
    if file is None:
        raise OSError(f"{sheet.document_id}: what was read is no longer there")
    file = CaseFile(kept.decode(sheet.head).document, file.cases)
    return open_cases(file) if task.exclude_confidential else file


def rows_of(file: CaseFile, findings: Sequence[Finding], naming: Naming) -> bytes:
    """The rows that come of a document, for `read_rows`."""
    from publish.merging import packed
    from publish.relations import part

    return msgspec.msgpack.encode(packed(part(file, findings, naming)))


def read_rows(path: Path) -> dict[str, Any]:
    """The rows that came of a document, as Arrow record batches by relation."""
    from publish import merging

    return merging.unpacked(msgspec.msgpack.decode(path.read_bytes(), type=list[tuple[str, bytes]]))


def open_cases(file: CaseFile) -> CaseFile:
    """The file without its confidential cases; its row says that there were some, and names no figure of theirs."""
    left = tuple(case for case in file.cases if not case.confidential)
    if len(left) == len(file.cases):
        return file
    reason = Why(ReasonCode.CONFIDENTIAL, (("count", str(len(file.cases) - len(left))),))
    return replace(
        file, cases=left, document=replace(file.document, reason=file.document.reason or reason, unplaced=())
    )


def given_up(document: Document) -> CaseFile:
    """What is said of a document whose rows could not be made."""
    why = Why(ReasonCode.CRASHED, (("format", "error"), ("error", "checks")))
    return CaseFile(replace(document, status=Status.QUARANTINED, reason=why))


def _counts(file: CaseFile) -> tuple[int, int, int, int]:
    tables = [table for case in file.cases for table in case.tables]
    figures = sum(len(line.amounts) for table in tables for line in table.lines)
    return len(file.cases), len(tables), figures, file.document.unplaced_figures or 0
