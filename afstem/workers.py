"""Reading many inputs, each in a process with limits; what breaks one is tried again without the page it broke on."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import msgspec

from afstem import kept, reading
from afstem.inputs import Input
from afstem.isolation import Ended, Job, Outcome, Pool
from afstem.options import RunOptions
from extract.models import ReadOptions, Reason, ReasonCode
from extract.records import record

Task = tuple[Input, str]  # the input and the sha256 of its bytes
Beginning = Callable[[Input, str, int], None]  # an input, and the step and page that its reading begins

JOB = "afstem.reading:job"
READERS = ("extract.paged", "extract.text", "extract.second", "normalize", "afstem.reading", "afstem.kept")
_MOST_WORKERS = 8
_ATTEMPTS = 4
#: Seconds that must be left for another attempt.
_WORTH_WHILE = 1.0
#: Steps that work on one page, so that the page is to blame.
_ON_A_PAGE = frozenset({"page", "ocr", "tables"})


@record
class Reading:
    """What came of an input: the document as `afstem.kept` keeps it, the seconds it took, the attempts it needed.

    `trace` is of our own program's failures on it, None where it had none.  `sure` says whether another run with the
    same program and options must end the same way, which a limit of time or memory does not promise.
    """

    data: bytes
    seconds: float
    attempts: int = 1
    trace: str | None = None
    sure: bool = True


@dataclass(slots=True, eq=False)
class _Attempts:
    """An input that is being read: what earlier attempts broke on, and what time is left."""

    task: Task
    options: ReadOptions
    left: float
    spent: float = 0.0
    made: int = 0
    traces: list[str] = field(default_factory=list)

    def job(self) -> Job:
        source, sha256 = self.task
        payload = reading.Task(os.fsencode(source.path), source.name, sha256, self.options, source.url)
        return Job(self, JOB, msgspec.msgpack.encode(payload), self.left)


def count(tasks: int, options: RunOptions) -> int:
    """How many processes read so many documents: two use two."""
    return min(options.workers or min(os.cpu_count() or 1, _MOST_WORKERS), tasks)


def read_all(
    tasks: Sequence[Task], options: RunOptions, scratch: Path, begins: Beginning | None = None
) -> Iterator[tuple[Task, Reading]]:
    """Every task with what came of it, in no particular order; `scratch` is an existing folder for temporary files."""

    def tell(attempts: _Attempts, step: str, page: int) -> None:
        if begins is not None:
            begins(attempts.task[0], step, page)

    with Pool(count(len(tasks), options), options.limits, scratch, READERS, tell) as pool:
        yield from read_in(pool, tasks, options.read, options.limits.timeout)


def read_in(pool: Pool, tasks: Sequence[Task], options: ReadOptions, seconds: float) -> Iterator[tuple[Task, Reading]]:
    """Likewise in a pool that stays: each task may take so many `seconds`."""
    for task in tasks:
        pool.submit(_Attempts(task, options, seconds).job())
    for job, outcome in pool.results():
        attempts: _Attempts = job.key
        attempts.made += 1
        attempts.spent += outcome.seconds
        attempts.left -= outcome.seconds
        attempts.traces += [outcome.trace] if outcome.trace else []
        again = None if outcome.ended is Ended.DONE else _again(attempts, outcome)
        if again is not None:
            attempts.options = again
            pool.submit_first(attempts.job())
        else:
            yield attempts.task, _reading(attempts, outcome)


def broken(task: Task, error: str) -> Reading:
    """What is said of an input whose reading could not be brought to an end anywhere."""
    source, sha256 = task
    reason = Reason(ReasonCode.CRASHED, (("format", "error"), ("error", error)))
    return Reading(kept.encode(reading.quarantined(source, sha256, reason)), 0.0, trace=error, sure=False)


def _again(attempts: _Attempts, outcome: Outcome) -> ReadOptions | None:
    """How to read it once more without what it broke on; None where that cannot be or is not worth while."""
    options = attempts.options
    if attempts.left < _WORTH_WHILE or attempts.made >= _ATTEMPTS:
        return None
    if outcome.step == "second":
        return replace(options, second_opinion=False)
    if outcome.step not in _ON_A_PAGE or not outcome.page:
        return None
    skipped = dict(options.skip)
    skipped[outcome.page] = ReasonCode(outcome.ended)
    # On the last attempt only what lies before the page is known to be sound.
    read_to = outcome.page - 1 if attempts.made == _ATTEMPTS - 1 else None
    return replace(options, skip=tuple(sorted(skipped.items())), read_to=read_to)


def _reading(attempts: _Attempts, outcome: Outcome) -> Reading:
    trace = "\n".join(attempts.traces) or None
    if outcome.ended is Ended.DONE:
        sure = attempts.made == 1 and trace is None
        return Reading(outcome.result, attempts.spent, attempts.made, trace, sure)
    source, sha256 = attempts.task
    params: tuple[tuple[str, str], ...] = ()
    if outcome.ended is Ended.CRASHED:
        params = (("format", "error"), ("error", outcome.error))
        trace = trace or outcome.error
    file = reading.quarantined(source, sha256, Reason(ReasonCode(outcome.ended), params))
    return Reading(kept.encode(file), attempts.spent, attempts.made, trace, sure=False)
