"""The process that works: takes jobs from stdin, answers on stdout, ends when its parent does.

Started by `afstem.isolation.pool` as `python -P -c …`; only what every platform has is taken for granted.
"""

from __future__ import annotations

import gc
import importlib
import logging
import os
import queue
import sys
import threading
import time
import traceback
from collections.abc import Callable
from typing import BinaryIO

from afstem.isolation import wire
from afstem.lean import without_pandas
from extract.pace import Watch, watched_by

_PARENT_DIED = 1  # PR_SET_PDEATHSIG of Linux
_KILL = 9
#: New objects before the youngest are looked over, and how often before older ones are.
_COLLECTED_AFTER = (10_000, 10, 10)


def main() -> None:
    """Works until the parent closes the pipe."""
    source, sink = _pipes()
    _die_with_parent()
    without_pandas()
    logging.disable()  # libraries have much to say about damaged files, and nobody is there to read it
    inbox: queue.SimpleQueue[wire.ToChild] = queue.SimpleQueue()
    threading.Thread(target=_listen, args=(source, inbox), daemon=True).start()
    setup = inbox.get()
    if not isinstance(setup, wire.Setup):
        return
    for module in setup.modules:
        importlib.import_module(module)
    _spare_the_collector()
    _limit_memory(setup.memory)
    wire.send(sink, wire.Ready())
    while True:
        work = inbox.get()
        if isinstance(work, wire.Work):
            wire.send(sink, wire.Begun())
            wire.send(sink, _worked(work, sink))


class _Telling(Watch):
    """Tells the parent where the work is; time for reading pages is `soft` seconds and what finished pages add."""

    def __init__(self, work: wire.Work, sink: BinaryIO) -> None:
        self._sink = sink
        self._adds = {"page": work.page_adds, "ocr": work.ocr_adds}
        self._until = time.monotonic() + work.soft

    def at(self, step: str, page: int = 0) -> None:
        self._until += self._adds.get(step, 0.0)
        wire.send(self._sink, wire.At(step, page))

    def late(self) -> bool:
        return time.monotonic() > self._until

    def fault(self, page: int, trace: str) -> None:
        wire.send(self._sink, wire.Fault(page, trace))


def _worked(work: wire.Work, sink: BinaryIO) -> wire.Done | wire.Failed:
    try:
        module, _, name = work.function.partition(":")
        function: Callable[[bytes], bytes] = getattr(importlib.import_module(module), name)
        with watched_by(_Telling(work, sink)):
            return wire.Done(function(work.payload))
    except MemoryError as error:
        return wire.Failed(True, str(error), "")
    # The edge of the process: whatever it is, the parent is told and the process takes the next job.
    except Exception as error:  # noqa: BLE001
        return wire.Failed(False, f"{type(error).__name__}: {error}", traceback.format_exc())


def _pipes() -> tuple[BinaryIO, BinaryIO]:
    """The pipes to the parent; what a library reads or prints by itself gets nothing and goes nowhere."""
    source, sink = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    nowhere = os.open(os.devnull, os.O_RDWR)
    for standard in (0, 1, 2):
        os.dup2(nowhere, standard)
    return source, sink


def _listen(source: BinaryIO, inbox: queue.SimpleQueue[wire.ToChild]) -> None:
    while (frame := wire.receive(source)) is not None:
        inbox.put(wire.to_child.decode(frame))
    os._exit(0)  # the parent is gone, whatever the main thread is doing


def _spare_the_collector() -> None:
    """What is loaded by now stays and is looked at no more; what a document makes is mostly gone when it is done."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*_COLLECTED_AFTER)


def _die_with_parent() -> None:
    """Where the system can: also while C code holds the interpreter, so that no orphan keeps a processor busy."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(_PARENT_DIED, _KILL)


def _limit_memory(most: int) -> None:
    """Where the system has such a limit: `most` bytes more than now; the parent's watchdog holds everywhere."""
    try:
        import resource
    except ImportError:  # not a POSIX system
        return
    import psutil

    limit = psutil.Process().memory_info().vms + most
    hard = resource.getrlimit(resource.RLIMIT_AS)[1]
    resource.setrlimit(resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
