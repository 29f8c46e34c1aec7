"""Reading many inputs, in this process or in several."""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool

from afstem.inputs import Input
from afstem.options import RunOptions
from afstem.reading import Reading, given_up, read_safely

Task = tuple[Input, str]  # the input and the sha256 of its bytes

#: A worker takes about a second to start; fewer files than this for each are quicker in this process.
_FILES_A_WORKER = 8
_MOST_WORKERS = 4


def read_all(tasks: Sequence[Task], options: RunOptions) -> Iterator[tuple[Task, Reading]]:
    """Every task with what came of it, in no particular order."""
    workers = options.workers or min(os.cpu_count() or 1, _MOST_WORKERS, len(tasks) // _FILES_A_WORKER)
    if workers <= 1 or len(tasks) <= 1:
        for task in tasks:
            yield task, read_safely(*task, options.read, options.time_limit)
        return
    left = dict.fromkeys(tasks)
    for task, reading in _in_pool(tasks, workers, options):
        del left[task]
        yield task, reading
    # A worker died (out of memory, a fault in a library) and took the pool with it.  One at a time shows on which.
    for task in left:
        answers = list(_in_pool([task], 1, options))
        yield answers[0] if answers else (task, Reading(given_up(*task, "the reading process died")))


def _in_pool(tasks: Sequence[Task], workers: int, options: RunOptions) -> Iterator[tuple[Task, Reading]]:
    """Every task that is done before a worker dies."""
    # Spawned, not forked: the libraries' threads do not survive a fork.
    context = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(workers, len(tasks)), mp_context=context)
    futures: dict[Future[Reading], Task] = {}
    try:
        for task in tasks:
            futures[pool.submit(read_safely, *task, options.read, options.time_limit)] = task
        for future in as_completed(futures):
            yield futures[future], future.result()
    except BrokenProcessPool:
        return
    finally:
        # Also where the run is interrupted: what has not begun need not begin.
        pool.shutdown(cancel_futures=True)
