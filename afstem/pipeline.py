"""The whole pipeline on one screen: inputs → extract → normalize → reconcile → publish."""

from __future__ import annotations

import gc
import hashlib
import logging
import tempfile
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from afstem import kept, remote
from afstem.cache import FOLDER as CACHE
from afstem.cache import Cache
from afstem.checking import Found, Row
from afstem.drawing import drawing
from afstem.holding import Holding
from afstem.inputs import Input, find
from afstem.options import RunOptions
from afstem.places import in_our_words, owned
from afstem.reading import quarantined
from afstem.runlog import RunLog
from afstem.workers import Beginning, Reading, Task, count, read_all
from extract.models import ReadOptions, Reason, ReasonCode, Status
from extract.records import record
from lexicon.cpr import masked
from normalize.models import CaseFile
from publish.settling import settle

log = logging.getLogger("afstem")

_PIECE = 1 << 20  # bytes that are hashed at once
#: Reasons that say nothing of the bytes that a file had when it was found.
_OF_THE_PLACE = frozenset({ReasonCode.CHANGED, ReasonCode.NO_ACCESS})
#: Reasons that another ending of the name may not have.
_OF_THE_NAME = frozenset({ReasonCode.UNSUPPORTED, ReasonCode.NOT_PDF})

Progress = Callable[[int, int, str], None]  # how many are done, of how many, the name of the one that is being read


@record
class RunResult:
    """What a run found.

    `rows` are in the order of the inputs' names, `findings` by document; all else is in the relations.  `read` says how
    many were not known before.
    """

    rows: tuple[Row, ...]
    findings: tuple[Found, ...]
    out: Path
    read: int
    dismissed: frozenset[str] = frozenset()  # finding_ids of findings that an auditor said are no errors

    def count(self, status: Status) -> int:
        """How many inputs ended so."""
        return sum(row.document.status is status for row in self.rows)

    def broken(self) -> int:
        """How many inputs our own program failed on, in whole or in part."""
        reasons = (row.document.reason for row in self.rows)
        return sum(r is not None and r.code == ReasonCode.CRASHED for r in reasons)


def run_batch(
    inputs: Iterable[Path | str], out: Path, options: RunOptions | None = None, progress: Progress | None = None
) -> RunResult:
    """Reads `inputs` (files, folders, URLs), checks the cases and leaves the relations and reports in `out`.

    Every input has its row in `documents`.  A second run over the same inputs reads nothing anew and leaves the same
    bytes.  What is in `out` stays until all that replaces it is written and counted.

    Raises UsageError where there is nothing to read, or where `out` cannot be written or another run writes to it.
    """
    from afstem.structure import said

    options = options or RunOptions()
    gc.set_threshold(100_000, 50, 50)  # a batch makes many small objects that stay: looking them over is waste
    sources = find(inputs, out)
    with in_our_words(out), owned(out) as scratch, RunLog(out) as runlog:
        settle(out)
        said(out)
        held = Holding(scratch, out, options)
        originals, read = _read_once(sources, held, out, options, progress or _silent, runlog, scratch)
        runlog.phase("check", held.to_check())
        findings = held.check(sources)
        runlog.phase("publish")
        _publish(held, [source for source in originals if not source.url], out, options, scratch)
        result = RunResult(held.rows(), findings, out, read, _dismissed(out))
        imported, unread, duplicates = map(result.count, (Status.IMPORTED, Status.QUARANTINED, Status.DUPLICATE))
        runlog.end(imported, unread, duplicates, len(findings))
    return result


def _publish(held: Holding, here: Iterable[Input], out: Path, options: RunOptions, scratch: Path) -> None:
    """Writes all that the run leaves behind."""
    import publish

    paths = {held.document(source).document_id: source.path for source in here}
    publish.publish_parts(
        held.parts(),
        out,
        publish.PublishOptions(
            language=options.language,
            reports=options.reports,
            csv=options.csv,
            sources=paths,
            draw=drawing(options.limits, scratch, count(len(paths), options)),
            level=options.level,
            add=options.add,
            by_year=options.by_year,
        ),
    )


def _dismissed(out: Path) -> frozenset[str]:
    from publish.review.relation import dismissed

    return dismissed(out)


def _read_once(
    sources: Sequence[Input],
    held: Holding,
    out: Path,
    options: RunOptions,
    progress: Progress,
    runlog: RunLog,
    scratch: Path,
) -> tuple[dict[Input, str], int]:
    """Reads equal bytes once, for `held` to keep, and keeps the other inputs with them as duplicates.

    Gives the inputs that are no duplicates, each with the sha256 of its bytes, and how many had to be read now.
    """
    cache = Cache(out / CACHE, options.read, options.limits) if options.cache else None
    originals, repeats = _apart(sources)
    read, tasks = 0, originals
    while tasks:
        read += _read(tasks, held, cache, options, progress, runlog, scratch)
        tasks = _instead(originals, repeats, held)
        originals |= tasks
    for source, first in repeats.items():
        reason = Reason(ReasonCode.DUPLICATE, (("file", first.name),))
        held.keep(source, _placed(source, quarantined(source, originals[first], reason, Status.DUPLICATE)))
    if cache is not None:
        cache.prune()
    return originals, read


def _apart(sources: Sequence[Input]) -> tuple[dict[Input, str], dict[Input, Input]]:
    """The inputs to read, each with the sha256 of its bytes ("" without access to them), and those that repeat one."""
    first: dict[str, Input] = {}
    originals: dict[Input, str] = {}
    repeats: dict[Input, Input] = {}
    for source in sources:
        sha256 = digest(source)
        if sha256 in first:
            repeats[source] = first[sha256]
            continue
        originals[source] = sha256
        if sha256:
            first[sha256] = source
    return originals, repeats


def _instead(originals: dict[Input, str], repeats: dict[Input, Input], held: Holding) -> dict[Input, str]:
    """Inputs that are to be read in place of the one that they repeat, for what ended that one need not end them.

    It was gone or another when it was read, or was taken for what its name says.  All others that repeat it repeat its
    heir from now on, and it is named by its place, as what was not read.
    """
    heirs: dict[Input, Input] = {}
    for source, first in repeats.items():
        reason = held.document(first).reason
        named = reason is not None and reason.code in _OF_THE_NAME and source.path.suffix != first.path.suffix
        if reason is not None and (named or reason.code in _OF_THE_PLACE) and first not in heirs:
            heirs[first] = source
            held.keep(first, _placed(first, quarantined(first, "", reason)))
    for source in heirs.values():
        del repeats[source]
    repeats |= {source: heirs[first] for source, first in repeats.items() if first in heirs}
    found = {source: originals[first] for first, source in heirs.items()}
    originals |= dict.fromkeys(heirs, "")
    return found


def _placed(source: Input, file: CaseFile) -> CaseFile:
    """The file with the place where it was found."""
    return replace(file, document=replace(file.document, path=source.below, source_folder=source.folder))


def digest(source: Input) -> str:
    """The sha256 of the input's bytes, "" where they may not be read."""
    try:
        with remote.opened(source.url) if source.url else source.path.open("rb") as stream:
            found = hashlib.sha256()
            while piece := stream.read(_PIECE):
                found.update(piece)
            return found.hexdigest()
    except OSError as error:
        log.warning("%s: %s", ascii(source.url or str(source.path)), error.strerror or error)
        return ""


def _read(
    sources: Mapping[Input, str],
    held: Holding,
    cache: Cache | None,
    options: RunOptions,
    progress: Progress,
    runlog: RunLog,
    scratch: Path,
) -> int:
    """Reads each input, or finds it known, for `held` to keep; gives how many had to be read now."""
    ended = 0

    def done(source: Input, file: CaseFile, entry: Path | None = None, **how: float) -> None:
        nonlocal ended
        ended += 1
        held.keep(source, _placed(source, file), entry)
        runlog.document(file.document, **how)
        progress(ended, len(sources), source.name)

    def begins(source: Input, step: str, page: int) -> None:
        progress(ended, len(sources), source.name)

    tasks = []
    runlog.phase("known", len(sources))
    for source, sha256 in sources.items():
        known = cache.get(sha256, source.name) if cache is not None and sha256 else None
        if cache is not None and known is not None:
            done(source, known, cache.path(sha256, source.name))
        elif sha256:
            tasks.append((source, sha256))
        else:
            done(source, quarantined(source, sha256, Reason(ReasonCode.NO_ACCESS)))
    runlog.phase("read", len(tasks), count(len(tasks), options))
    for (source, sha256), reading in _readings(tasks, options, scratch, begins):
        if reading.trace:
            log.error("%s: %s", ascii(source.name), masked(reading.trace))
        file = kept.decode(reading.data)
        entry = None
        if cache is not None and reading.sure and cache.put(sha256, source.name, file.document, reading.data):
            entry = cache.path(sha256, source.name)
        done(source, file, entry, seconds=reading.seconds, attempts=reading.attempts)
    return len(tasks)


def _readings(
    tasks: Sequence[Task], options: RunOptions, scratch: Path, begins: Beginning
) -> Iterator[tuple[Task, Reading]]:
    """What this machine's processes read, or a cluster's."""
    if options.scheduler is None or not tasks:
        return read_all(tasks, options, scratch, begins)
    from afstem.cluster import read_on_cluster

    return read_on_cluster(tasks, options)


def read_each(sources: Sequence[Input], read: ReadOptions) -> dict[Input, CaseFile]:
    """Each input read in a process with limits, for those who want no more than that; nothing is kept."""
    options = RunOptions(read=read)
    tasks = [(source, digest(source)) for source in sources]
    found = {s: quarantined(s, "", Reason(ReasonCode.NO_ACCESS)) for s, sha256 in tasks if not sha256}
    with tempfile.TemporaryDirectory() as scratch:
        for (source, _), reading in read_all([task for task in tasks if task[1]], options, Path(scratch)):
            found[source] = kept.decode(reading.data)
    return found


def _silent(done: int, of: int, name: str) -> None:
    """Progress that nobody watches."""
