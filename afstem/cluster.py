"""Reading on an existing Dask cluster: the same function for each document, the same bytes back.

Each worker reads in a process with limits of its own, as a single machine does, so that a hostile document costs that
process and not the worker.  A worker that is lost costs its documents another try elsewhere; what takes workers down
time and again is given up by the scheduler and quarantined here.
"""

from __future__ import annotations

import atexit
import queue
import threading
from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import msgspec

from afstem.errors import MissingPackageError, UsageError
from afstem.inputs import Input
from afstem.isolation import Limits, Pool
from afstem.options import RunOptions
from afstem.workers import READERS, Reading, Task, broken, read_in
from extract.models import ReadOptions
from publish.passing import PassingFolder

#: Documents that wait on the cluster at once for each thread of its workers.
_AHEAD = 4
#: Seconds in which a scheduler must answer.
_ANSWER = 20


def read_on_cluster(tasks: Sequence[Task], options: RunOptions) -> Iterator[tuple[Task, Reading]]:
    """Every task with what came of it, in no particular order.

    Files must lie where the workers find them: at a URL, or at the same path.  Raises UsageError where Dask is not
    installed or the scheduler does not answer.
    """
    try:
        import distributed
    except ImportError as error:
        raise MissingPackageError("dask", "dask") from error
    dask: Any = distributed
    try:
        client = dask.Client(options.scheduler, timeout=_ANSWER, set_as_default=False)
    except (OSError, ValueError) as error:
        raise UsageError("no_cluster", path=str(options.scheduler), error=str(error)) from error
    with client:
        told = msgspec.msgpack.encode((options.read, options.limits))
        ended: queue.SimpleQueue[Any] = queue.SimpleQueue()
        running: dict[str, Task] = {}

        def submit(task: Task) -> None:
            source, sha256 = task
            payload = (str(source.path), source.name, source.url, sha256)
            future = client.submit(read_there, payload, told, pure=False)
            running[future.key] = task
            future.add_done_callback(ended.put)

        waiting = iter(tasks)
        accused: list[Task] = []  # what ran or waited on workers that went down, whoever of them was to blame
        for task in islice(waiting, _AHEAD * max(1, sum(client.nthreads().values()))):
            submit(task)
        while running:
            future = ended.get()
            task = running.pop(future.key)
            for following in islice(waiting, 1):
                submit(following)
            if future.status == "error" and isinstance(future.exception(), dask.KilledWorker):
                accused.append(task)
            else:
                yield task, _outcome(future, task)
        for task in accused:  # alone, so that what takes a worker down now did so itself
            submit(task)
            yield task, _outcome(ended.get(), task)


def _outcome(future: Any, task: Task) -> Reading:
    """What a future brought; a failure of the cluster itself is the document's."""
    try:
        return msgspec.msgpack.decode(future.result(), type=Reading)
    # Whatever the cluster raises (a killed worker, a module of another version), it is one document's row.
    except Exception as error:  # noqa: BLE001
        return broken(task, f"{type(error).__name__}: {error}")


_here = threading.local()


def read_there(payload: tuple[str, str, str, str], told: bytes) -> bytes:
    """On a worker: reads one document in the process that belongs to this thread of it."""
    options, limits = msgspec.msgpack.decode(told, type=tuple[ReadOptions, Limits])
    path, name, url, sha256 = payload
    task = (Input(Path(path), name, url=url), sha256)
    ((_, reading),) = read_in(_pool(limits), [task], options, limits.timeout)
    return msgspec.msgpack.encode(reading)


def _pool(limits: Limits) -> Pool:
    """This thread's process, started when it is first asked for."""
    if getattr(_here, "limits", None) != limits:
        scratch = PassingFolder("afstem-read-")
        _here.pool, _here.limits = Pool(1, limits, scratch.path, READERS), limits
        atexit.register(scratch.close)
        atexit.register(_here.pool.close)  # first, as the last that was told
    pool: Pool = _here.pool
    return pool
