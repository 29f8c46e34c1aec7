"""The parent's side: gives jobs to processes, hears them, and kills the one that goes over its limits.

One thread a process hears its messages; all else happens in `Pool.results`, in the thread that calls it.
"""

from __future__ import annotations

import json
import os
import queue
import subprocess
import sys
import threading
import time
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from types import TracebackType
from typing import Any, BinaryIO, Self, cast

import psutil

from afstem.isolation import wire
from afstem.isolation.limits import Limits
from extract.records import record

#: The child is started with the parent's own search path, never with the folder it happens to stand in.
_BOOT = "import json, sys; sys.path[:] = json.loads(sys.argv[1]); from afstem.isolation.child import main; main()"
_MOST_UNSTARTED = 3  # processes in a row that may fail to come up
#: Steps that are about one page or one reader: none of them may take all of the time.
_SINGLE = frozenset({"page", "tables", "second", "picture"})
_ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


class Ended(StrEnum):
    """How a job ended."""

    DONE = "done"
    TIMEOUT = "timeout"
    MEMORY = "memory"
    CRASHED = "crashed"


@dataclass(slots=True, eq=False)
class Job:
    """Work to do: `function` ("module:name") is called with `payload`; `key` is the caller's.

    `seconds` is what it may take; None is the pool's own limit.
    """

    key: Any
    function: str
    payload: bytes
    seconds: float | None = None


@record
class Outcome:
    """What came of a job; `step` and `page` are where it was when it ended otherwise than by itself."""

    ended: Ended
    result: bytes = b""
    step: str = ""
    page: int = 0
    seconds: float = 0.0
    error: str = ""  # in one line
    trace: str = ""  # of our own program's failure, and of the pages it left out


@dataclass(slots=True, eq=False)
class _Child:
    """A process and what it is doing."""

    process: subprocess.Popen[bytes]
    watched: psutil.Process
    since: float  # when it was started, or took up its job
    ready: bool = False
    job: Job | None = None
    begun: bool = False
    step: str = ""
    page: int = 0
    step_since: float = 0.0
    deadline: float = 0.0
    faults: list[str] = field(default_factory=list)
    worked: int = 0


class Pool:
    """So many processes, started as they are needed; leave it with `with`, and none is left.

    `scratch` is an existing folder for what the libraries write while they work, `modules` are what the functions need.
    `tell` hears where the work is: the job's key, the step, the page.
    """

    def __init__(
        self,
        workers: int,
        limits: Limits,
        scratch: Path,
        modules: tuple[str, ...] = (),
        tell: Callable[[Any, str, int], None] | None = None,
    ) -> None:
        self._workers = workers
        self._limits = limits
        self._scratch = scratch
        self._modules = modules
        self._tell = tell or (lambda key, step, page: None)
        self._waiting: deque[Job] = deque()
        self._children: list[_Child] = []
        self._unstarted = 0  # processes in a row that did not come up
        self._inbox: queue.SimpleQueue[tuple[_Child, wire.FromChild | None]] = queue.SimpleQueue()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Ends every process."""
        for child in list(self._children):
            self._end(child)

    def submit(self, job: Job) -> None:
        """Puts a job last in the line; also while `results` is being gone through."""
        self._waiting.append(job)

    def submit_first(self, job: Job) -> None:
        """Puts a job first in the line."""
        self._waiting.appendleft(job)

    def results(self) -> Iterator[tuple[Job, Outcome]]:
        """Every job with its outcome, in the order they end, until none is left.

        Raises RuntimeError where processes cannot be started at all.
        """
        while self._waiting or any(child.job for child in self._children):
            self._hand_out()
            yield from self._heard()
            yield from self._overdue()

    def _hand_out(self) -> None:
        for child in self._children:
            if child.ready and child.job is None and self._waiting:
                self._give(child, self._waiting.popleft())
        unready = sum(not child.ready for child in self._children)
        while len(self._children) < self._workers and unready < len(self._waiting):
            self._start()
            unready += 1

    def _start(self) -> None:
        temporary = dict.fromkeys(("TMPDIR", "TEMP", "TMP"), str(self._scratch))
        process = subprocess.Popen(
            [sys.executable, "-P", "-c", _BOOT, json.dumps([p for p in sys.path if p])],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env={**os.environ, **_ONE_THREAD, **temporary},
            start_new_session=True,  # Ctrl-C is the parent's to hear
            creationflags=getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0),  # likewise on Windows
        )
        child = _Child(process, psutil.Process(process.pid), time.monotonic())
        self._children.append(child)
        threading.Thread(target=self._listen, args=(child,), daemon=True).start()
        _say(child, wire.Setup(self._limits.memory, self._modules))

    def _listen(self, child: _Child) -> None:
        stream = cast(BinaryIO, child.process.stdout)
        try:
            while (frame := wire.receive(stream)) is not None:
                self._inbox.put((child, wire.from_child.decode(frame)))
        except (OSError, ValueError):  # closed under us, or no message of ours: the process is of no more use
            child.process.kill()
        self._inbox.put((child, None))

    def _give(self, child: _Child, job: Job) -> None:
        limits = self._limits
        seconds = limits.timeout if job.seconds is None else job.seconds
        child.job, child.begun, child.faults = job, False, []
        child.step, child.page = "", 0
        soft = seconds * limits.reading_share
        _say(child, wire.Work(job.function, job.payload, soft, limits.page_adds, limits.ocr_adds))
        child.since = child.step_since = time.monotonic()
        child.deadline = child.since + seconds

    def _heard(self) -> Iterator[tuple[Job, Outcome]]:
        try:
            child, message = self._inbox.get(timeout=self._limits.poll)
        except queue.Empty:
            return
        while True:
            outcome = self._take(child, message)
            if outcome is not None:
                yield outcome
                self._hand_out()
            try:
                child, message = self._inbox.get_nowait()
            except queue.Empty:
                return

    def _take(self, child: _Child, message: wire.FromChild | None) -> tuple[Job, Outcome] | None:
        """What a message brings to an end."""
        if child not in self._children:
            return None  # it was ended before it was heard
        match message:
            case wire.Ready():
                child.ready = True
                self._unstarted = 0
            case wire.Begun():
                self._step(child, "", 0)
            case wire.At(step, page):
                child.deadline += {"page": self._limits.page_adds, "ocr": self._limits.ocr_adds}.get(child.step, 0.0)
                self._step(child, step, page)
            case wire.Fault(page, trace):
                child.faults.append(f"page {page}: {trace}")
            case wire.Done(result):
                return self._finished(child, Outcome(Ended.DONE, result, seconds=_spent(child), trace=_faults(child)))
            case wire.Failed(memory, error, trace):
                ended = Ended.MEMORY if memory else Ended.CRASHED
                return self._finished(child, self._broken(child, ended, error, trace))
            case None:
                return self._died(child)
        return None

    def _step(self, child: _Child, step: str, page: int) -> None:
        if child.job is not None:
            self._tell(child.job.key, step, page)
        child.begun = True
        child.step, child.page, child.step_since = step, page, time.monotonic()

    def _finished(self, child: _Child, outcome: Outcome) -> tuple[Job, Outcome] | None:
        job, child.job = child.job, None
        child.worked += 1
        if outcome.ended is not Ended.DONE or self._worn(child):
            self._end(child)
        return None if job is None else (job, outcome)

    def _worn(self, child: _Child) -> bool:
        return child.worked >= self._limits.recycle_after or _held(child) > self._limits.recycle_above

    def _died(self, child: _Child) -> tuple[Job, Outcome] | None:
        code = child.process.wait()
        job = child.job
        if not child.ready:
            self._not_started(child, f"it ended with {code}")
            return None
        outcome = self._broken(child, Ended.CRASHED, f"the process ended with {code}", "")
        self._end(child)
        return None if job is None else (job, outcome)

    def _not_started(self, child: _Child, why: str) -> None:
        """Another process is started in the place of one that did not come up: a busy machine may be short of time or
        memory for a while; each in a row has twice the time of the one before."""
        self._end(child)
        self._unstarted += 1
        if self._unstarted > _MOST_UNSTARTED:
            raise RuntimeError(f"a reading process could not be started: {why}")

    def _overdue(self) -> Iterator[tuple[Job, Outcome]]:
        """Ends what is over its limits."""
        now = time.monotonic()
        for child in list(self._children):
            if not child.ready and now > child.since + self._limits.start * 2**self._unstarted:
                self._not_started(child, "not in time")
                continue
            ended = self._over(child, now) if child.job is not None else None
            if ended is not None and (job := child.job) is not None:
                outcome = self._broken(child, ended, "", "")
                self._end(child)
                yield job, outcome

    def _over(self, child: _Child, now: float) -> Ended | None:
        limits = self._limits
        if _held(child) > limits.memory:
            return Ended.MEMORY
        whole = max(limits.timeout, (child.job.seconds if child.job else None) or 0.0)
        single = limits.timeout * limits.page_share if child.step in _SINGLE else whole
        late = now > child.deadline or now > child.step_since + single
        return Ended.TIMEOUT if late else None

    def _broken(self, child: _Child, ended: Ended, error: str, trace: str) -> Outcome:
        return Outcome(ended, b"", child.step, child.page, _spent(child), error, _faults(child) + trace)

    def _end(self, child: _Child) -> None:
        """The process and what it started are gone, and its pipes closed."""
        self._children.remove(child)
        _kill(child)


def _say(child: _Child, message: wire.ToChild) -> None:
    """Tells a child; one that is no more is found out by its silence."""
    try:
        wire.send(cast(BinaryIO, child.process.stdin), message)
    except OSError:
        child.process.kill()


def _spent(child: _Child) -> float:
    return time.monotonic() - child.since


def _faults(child: _Child) -> str:
    return "\n".join(child.faults)


def _held(child: _Child) -> int:
    """Bytes of memory that the process holds now; 0 where it is gone."""
    try:
        return int(child.watched.memory_info().rss)
    except psutil.Error:
        return 0


def _kill(child: _Child) -> None:
    try:
        family = [*child.watched.children(recursive=True), child.watched]
    except psutil.Error:
        family = []
    for member in family:
        try:
            member.kill()
        except psutil.NoSuchProcess:
            continue  # it ended by itself
    child.process.kill()
    child.process.wait()
    for pipe in (child.process.stdin, child.process.stdout):
        try:
            if pipe is not None:
                pipe.close()
        except OSError:
            continue  # what was not yet written has no reader any more
