"""One document, read and understood; and the same as a job for a process with limits.

The readers load when they are first called: the parent of a batch needs none of them.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from afstem.inputs import Input
from afstem.privacy import kept_without_cpr, without_cpr
from extract.models import Document, ReadOptions, Reason, ReasonCode, Status
from extract.pace import watch
from normalize.models import CaseFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extract.models import Place


class Task(msgspec.Struct, frozen=True):
    """What a process is told to read: `path` in the system's own bytes, `sha256` of what it held when it was found.

    With a `url` the file is fetched from there first, and `path` only tells its name.
    """

    path: bytes
    name: str
    sha256: str
    options: ReadOptions
    url: str = ""


def read(path: Path | str, options: ReadOptions | None = None) -> CaseFile:
    """One document, read and understood: its cases with headings, tables and statements.

    A document that cannot be read is no error: `document.status` is then "quarantined" and `document.reason` says why.
    CPR numbers in what was read are masked and counted.
    """
    return without_cpr(_read(Path(path), options or ReadOptions()))


def _read(path: Path, options: ReadOptions) -> CaseFile:
    """Likewise, CPR numbers as they are printed."""
    import extract
    import normalize

    document = extract.read(path, options)
    watch().at("meaning")
    file = normalize.understand(document, why=options.why)
    return _asked_again(file, path, options) if options.second_opinion else file


def _asked_again(file: CaseFile, path: Path, options: ReadOptions) -> CaseFile:
    """The file with a second reader's opinion of tables that do not add up or lost words; as it is where all do."""
    import normalize
    from extract.second import second_opinion

    places: Sequence[Place] = normalize.doubtful_places(file)
    if not places or watch().late():
        return file
    watch().at("second", min(p.page for p in places))
    answers = dict(zip(places, second_opinion(path, places, options.password), strict=True))
    watch().at("meaning")
    pages = tuple(sorted({p.page for p in places}))
    file = normalize.with_second_opinion(file, answers)
    return replace(file, document=replace(file.document, second_opinion_pages=pages))


def job(payload: bytes) -> bytes:
    """A `Task` done: the document as `afstem.kept` keeps it, under the input's name.

    A file that is not what it was when it was found, or goes away while it is read, is quarantined as changed.
    """
    from afstem import kept

    task = msgspec.msgpack.decode(payload, type=Task)
    source = Input(Path(os.fsdecode(task.path)), task.name)
    try:
        with _at_hand(source.path, task.url) as path:
            before = _state(path)
            file = _read(path, task.options)
            still = file.document.sha256 == task.sha256 and _state(path) == before
    except OSError as error:
        gone = isinstance(error, FileNotFoundError)
        reason = Reason(ReasonCode.CHANGED if gone else ReasonCode.NO_ACCESS)
        return kept.encode(quarantined(source, task.sha256, reason))
    if not still:
        return kept.encode(quarantined(source, task.sha256, Reason(ReasonCode.CHANGED)))
    return kept_without_cpr(replace(file, document=replace(file.document, file_name=source.name)))


@contextmanager
def _at_hand(path: Path, url: str) -> Iterator[Path]:
    """The file itself, or a copy of what lies at the URL, which is gone afterwards."""
    if not url:
        yield path
        return
    from afstem import remote

    with tempfile.TemporaryDirectory() as folder:
        yield remote.fetch(url, Path(folder))


def _state(path: Path) -> tuple[int, int]:
    stat = path.stat()
    return stat.st_size, stat.st_mtime_ns


def quarantined(source: Input, sha256: str, reason: Reason, status: Status = Status.QUARANTINED) -> CaseFile:
    """A file of which nothing is read.  Where there are no bytes to name it by, its name does."""
    key = sha256 or hashlib.sha256(source.name.encode()).hexdigest()
    media_type = "application/pdf" if source.path.suffix.casefold() == ".pdf" else "application/octet-stream"
    return CaseFile(Document(key[:16], source.name, sha256, media_type, 0, status, reason=reason))
