"""One input, read and understood, whatever happens on the way."""

from __future__ import annotations

import hashlib
import signal
import threading
import traceback
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import extract
import normalize
from afstem.inputs import Input
from extract.models import Document, ReadOptions, Reason, ReasonCode, Status
from extract.records import record
from extract.second import second_opinion
from normalize.models import CaseFile


@record
class Reading:
    """What came of an input; `crash` is the traceback where one of our own stages failed on it."""

    file: CaseFile
    crash: str | None = None


def read(path: Path | str, options: ReadOptions | None = None) -> CaseFile:
    """One document, read and understood: its cases with headings, tables and statements.

    A document that cannot be read is no error: `document.status` is then "quarantined" and `document.reason` says why.
    """
    path, options = Path(path), options or ReadOptions()
    file = normalize.understand(extract.read(path, options))
    return _asked_again(file, path, options) if options.second_opinion else file


def _asked_again(file: CaseFile, path: Path, options: ReadOptions) -> CaseFile:
    """The file with a second reader's opinion of tables that do not add up or lost words; as it is where all do."""
    places = normalize.doubtful_places(file)
    if not places:
        return file
    answers = dict(zip(places, second_opinion(path, places, options.password), strict=True))
    pages = tuple(sorted({p.page for p in places}))
    file = normalize.with_second_opinion(file, answers)
    return replace(file, document=replace(file.document, second_opinion_pages=pages))


def read_safely(source: Input, sha256: str, options: ReadOptions, time_limit: float) -> Reading:
    """Like `read`, under the input's name; where a stage of ours crashes, a quarantined file and the traceback.

    A document that takes longer than `time_limit` seconds counts as a crash.  The printed blocks are left out: no later
    stage looks at them, and they would be most of what a batch keeps and its processes hand over.  Runs in workers.
    """
    try:
        with _limited(time_limit):
            file = read(source.path, options)
    # The one place that catches everything: no document, however odd, may stop the other thousand.
    except Exception as error:  # noqa: BLE001
        return Reading(given_up(source, sha256, f"{type(error).__name__}: {error}"), traceback.format_exc())
    return Reading(replace(file, document=replace(file.document, file_name=source.name, blocks=())))


def given_up(source: Input, sha256: str, what: str) -> CaseFile:
    """The row of a document that our own program failed on; `what` is the failure in one line."""
    return quarantined(source, sha256, Reason(ReasonCode.CRASHED, (("format", "error"), ("error", what))))


def quarantined(source: Input, sha256: str, reason: Reason, status: Status = Status.QUARANTINED) -> CaseFile:
    """A file of which nothing is read.  Where there are no bytes to name it by, its name does."""
    key = sha256 or hashlib.sha256(source.name.encode()).hexdigest()
    media_type = "application/pdf" if source.path.suffix.casefold() == ".pdf" else "application/octet-stream"
    return CaseFile(Document(key[:16], source.name, sha256, media_type, 0, status, reason=reason))


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises TimeoutError inside after so many seconds, where the system has alarms and this is the main thread."""
    if not hasattr(signal, "SIGALRM") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def ring(number: int, frame: object) -> None:
        raise TimeoutError(f"more than {seconds:g} seconds")

    before = signal.signal(signal.SIGALRM, ring)
    signal.setitimer(signal.ITIMER_REAL, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
