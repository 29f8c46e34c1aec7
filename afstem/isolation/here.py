"""Jobs done in this process, without limits: for work that is known to keep far within them."""

from __future__ import annotations

import importlib
import traceback
from collections import deque
from collections.abc import Callable, Iterator
from typing import Self

from afstem.isolation.pool import Ended, Job, Outcome


class Here:
    """Takes jobs and gives outcomes as a `Pool` does, one after the other; starts no process."""

    def __init__(self) -> None:
        self._waiting: deque[Job] = deque()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._waiting.clear()

    def submit(self, job: Job) -> None:
        """Puts a job last in the line; also while `results` is being gone through."""
        self._waiting.append(job)

    def submit_first(self, job: Job) -> None:
        """Puts a job first in the line."""
        self._waiting.appendleft(job)

    def results(self) -> Iterator[tuple[Job, Outcome]]:
        """Every job with its outcome, until none is left."""
        while self._waiting:
            job = self._waiting.popleft()
            yield job, _done(job)


def _done(job: Job) -> Outcome:
    module, _, name = job.function.partition(":")
    function: Callable[[bytes], bytes] = getattr(importlib.import_module(module), name)
    try:
        return Outcome(Ended.DONE, function(job.payload))
    # As at the edge of a process: whatever it is, it is this job's outcome, and is logged with it.
    except Exception as error:  # noqa: BLE001
        return Outcome(Ended.CRASHED, error=f"{type(error).__name__}: {error}", trace=traceback.format_exc())
