"""The whole pipeline on one screen: inputs → extract → normalize → reconcile → publish."""

from __future__ import annotations

import gc
import hashlib
import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path

import publish
import reconcile
from afstem.cache import Cache
from afstem.inputs import Input, find
from afstem.options import RunOptions
from afstem.reading import quarantined
from afstem.workers import read_all
from extract.models import Reason, Status
from extract.records import record
from normalize.models import CaseFile
from reconcile.models import Finding

log = logging.getLogger("afstem")

Progress = Callable[[int, int, str], None]  # how many are done, of how many, the name of the one just done


@record
class RunResult:
    """What a run found.

    `files` are in the order of their names, without their printed blocks; `read` says how many were not known before.
    """

    files: tuple[CaseFile, ...]
    findings: tuple[Finding, ...]
    out: Path
    read: int

    def count(self, status: Status) -> int:
        """How many inputs ended so."""
        return sum(f.document.status is status for f in self.files)


def run_batch(
    inputs: Iterable[Path], out: Path, options: RunOptions | None = None, progress: Progress | None = None
) -> RunResult:
    """Reads `inputs` (files and folders), checks the cases and leaves the relations and reports in `out`.

    Every input has its row in `documents`.  A second run over the same inputs reads nothing anew and leaves the same
    bytes.  Raises UsageError where there is nothing to read.
    """
    options = options or RunOptions()
    gc.set_threshold(100_000, 50, 50)  # a batch makes many small objects that stay: looking them over is waste
    sources = find(inputs, out)
    out.mkdir(parents=True, exist_ok=True)
    originals, duplicates = _apart(sources)
    understood, read = _read(originals, out, options, progress or _silent)
    files = [understood[source] if source in understood else duplicates[source] for source in sources]
    findings = reconcile.check([file for file in files if file.document.status is Status.IMPORTED])
    paths = {file.document.document_id: source.path for source, file in understood.items()}
    publish.publish(
        files,
        findings,
        out,
        language=options.language,
        reports=options.reports,
        csv=options.csv,
        sources=paths,
    )
    return RunResult(tuple(files), tuple(findings), out, read)


def _apart(sources: Sequence[Input]) -> tuple[dict[Input, str], dict[Input, CaseFile]]:
    """The inputs to read, each with the sha256 of its bytes ("" without access to them), and those that repeat one."""
    first: dict[str, Input] = {}
    originals: dict[Input, str] = {}
    duplicates: dict[Input, CaseFile] = {}
    for source in sources:
        sha256 = _sha256(source.path)
        if sha256 in first:
            reason = Reason("duplicate", (("file", first[sha256].name),))
            duplicates[source] = quarantined(source, sha256, reason, Status.DUPLICATE)
            continue
        originals[source] = sha256
        if sha256:
            first[sha256] = source
    return originals, duplicates


def _sha256(path: Path) -> str:
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        log.warning("%s: %s", path, error)
        return ""


def _read(
    sources: Mapping[Input, str], out: Path, options: RunOptions, progress: Progress
) -> tuple[dict[Input, CaseFile], int]:
    """What came of each input, and how many had to be read now."""
    cache = Cache(out / ".cache", options.read)
    files: dict[Input, CaseFile] = {}

    def done(source: Input, file: CaseFile) -> None:
        files[source] = file
        progress(len(files), len(sources), source.name)

    tasks = []
    for source, sha256 in sources.items():
        known = cache.get(sha256, source.name) if options.cache and sha256 else None
        if known is not None:
            done(source, known)
        elif sha256:
            tasks.append((source, sha256))
        else:
            done(source, quarantined(source, sha256, Reason("no_access")))
    for (source, _), reading in read_all(tasks, options):
        if reading.crash:
            log.error("%s: %s", source.path, reading.crash)
        if options.cache:
            cache.put(reading.file)
        done(source, reading.file)
    cache.prune()
    return files, len(tasks)


def _silent(done: int, of: int, name: str) -> None:
    """Progress that nobody watches."""
