"""How long a run takes: `python -m bench.speed [PDF or folder]... [--camelot PYTHON] [--many 100 1000] [--dask]`

One run prints one table.  Measured are whole runs of the command, from file to Parquet, documents read in processes
with limits (reports off, nothing known before): seconds on the clock, processor seconds of all its processes, and the
memory that the parent held at most.  *At the margin* is ten times the files less one time the files, so that starting
up does not count; copies get a remark after the file's end, so that they are not duplicates (they are versions of one
case, which costs some time that other files would not).

The others read the same files once, in one process: pdfplumber's `extract_tables`, which finds tables without knowing
what they mean, and camelot's `stream`, where the Python of an environment that has it is given (it needs other versions
of the libraries).  They are compared by processor seconds, which are steadier than the clock on a shared machine.

`--many` reads so many text files that are none of them alike (`bench.many`): what a document costs must not rise with
their number.  `--dask` reads the copies on a cluster of two workers with a scheduler, all on this machine.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil
import pymupdf

from bench import many

TIMES = 10
REPOSITORY = Path(__file__).resolve().parent.parent
_PLUMBER = """
import sys, pdfplumber
for name in sys.argv[1:]:
    with pdfplumber.open(name) as pdf:
        for page in pdf.pages:
            page.extract_tables()
"""
_CAMELOT = """
import sys, camelot
for name in sys.argv[1:]:
    camelot.read_pdf(name, pages="all", flavor="stream", suppress_stdout=True)
"""


@dataclass(frozen=True)
class Took:
    """Seconds on the clock, processor seconds of a command with all its processes, bytes that itself held at most."""

    clock: float
    processor: float
    memory: int = 0

    def less(self, other: Took) -> Took:
        return Took(self.clock - other.clock, self.processor - other.processor, self.memory)


def command(words: Sequence[str]) -> Took:
    """Runs a command to its end.  Raises RuntimeError where it ends badly."""
    begun = time.monotonic()
    process = subprocess.Popen(words, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    held = [0]
    watching = threading.Thread(target=_watch, args=(process.pid, held))
    watching.start()
    _, status, usage = os.wait4(process.pid, 0)
    clock = time.monotonic() - begun
    process.returncode = os.waitstatus_to_exitcode(status)
    watching.join()
    if process.returncode:
        raise RuntimeError(f"{' '.join(words[:6])} … ended with {process.returncode}")
    return Took(clock, usage.ru_utime + usage.ru_stime, held[0])


def _watch(pid: int, held: list[int]) -> None:
    try:
        watched = psutil.Process(pid)
        while watched.status() != psutil.STATUS_ZOMBIE:
            held[0] = max(held[0], watched.memory_info().rss)
            time.sleep(0.05)
    except psutil.NoSuchProcess:
        return


def copies(files: Sequence[Path], times: int, folder: Path) -> Path:
    """A folder with `times` copies of every file, no two of the same bytes."""
    folder.mkdir()
    for number in range(times):
        for index, file in enumerate(files):
            remark = f"\n% copy {number}\n".encode()
            (folder / f"{number:02}-{index:03}-{file.name}").write_bytes(file.read_bytes() + remark)
    return folder


def run(folder: Path, out: Path, workers: int, *more: str) -> Took:
    words = [sys.executable, "-m", "afstem", "run", str(folder), "--out", str(out), "--no-reports"]
    return command([*words, "--workers", str(workers), *more])


@contextlib.contextmanager
def cluster() -> Iterator[str]:
    """A scheduler and two workers of one thread each, as processes of their own; gives the scheduler's address."""
    import distributed

    dask: Any = distributed
    with dask.LocalCluster(n_workers=2, threads_per_worker=1, processes=True, dashboard_address=":0") as made:
        yield made.scheduler_address


def margins(files: Sequence[Path], space: Path, *, dask: bool) -> Iterator[tuple[str, Took]]:
    one, ten = copies(files, 1, space / "one"), copies(files, TIMES, space / "ten")
    run(one, space / "warm", 2)
    for workers in (1, 2):
        few, whole = run(one, space / f"few{workers}", workers), run(ten, space / f"whole{workers}", workers)
        yield f"workers {workers}", _per(whole.less(few), TIMES - 1)
    if dask:
        with cluster() as address:
            more = ("--engine", "dask", "--scheduler", address)
            run(one, space / "dask-warm", 2, *more)
            few, whole = run(one, space / "dask1", 2, *more), run(ten, space / "dask10", 2, *more)
        yield "dask", _per(whole.less(few), TIMES - 1)


def _per(took: Took, times: int) -> Took:
    return Took(took.clock / times, took.processor / times, took.memory)


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("inputs", nargs="*", type=Path, default=[REPOSITORY / "data" / "raw"])
    parser.add_argument("--camelot", metavar="PYTHON")
    parser.add_argument("--many", nargs="*", type=int, default=[])
    parser.add_argument("--dask", action="store_true")
    chosen = parser.parse_args(arguments)
    files = [f for g in chosen.inputs for f in (sorted(g.rglob("*.pdf")) if g.is_dir() else [g])]
    if not files:
        parser.error("no PDF there")
    pages = sum(len(pymupdf.open(file)) for file in files)
    print(f"{len(files)} PDFs, {pages} pages")
    print(f"{'':46} {'clock ms/page':>14} {'cpu ms/page':>12} {'parent MiB':>11}")
    with tempfile.TemporaryDirectory() as temporary:
        space = Path(temporary)
        ours = {}
        for name, took in margins(files, space, dask=chosen.dask):
            ours[name] = took
            _row(f"Afstem, file to Parquet, at the margin, {name}", took, pages)
        names = list(map(str, files))
        others = {"pdfplumber extract_tables": command([sys.executable, "-c", _PLUMBER, *names])}
        if chosen.camelot:
            others["camelot stream"] = command([chosen.camelot, "-c", _CAMELOT, *names])
        for name, took in others.items():
            _row(name, took, pages)
        both = ours["workers 2"]
        for name, took in others.items():
            print(f"{name} takes {took.processor / both.processor:.1f} times our processor seconds")
        print(f"two workers are {ours['workers 1'].clock / both.clock:.2f} times as fast as one on the clock")
        if "dask" in ours:
            over = ours["dask"]
            print(
                f"Dask with two workers takes {over.clock / both.clock - 1:+.0%} on the clock; its workers' processor "
                "seconds are not ours to count"
            )
        for count in chosen.many:
            took = run(many.write(space / f"many{count}", count), space / f"out{count}", 2)
            _row(f"{count} text files, none alike, per file, all in all", took, count)


def _row(name: str, took: Took, pages: int) -> None:
    clock, processor = 1000 * took.clock / pages, 1000 * took.processor / pages
    memory = f"{took.memory / (1 << 20):11.0f}" if took.memory else f"{'':11}"
    print(f"{name:46} {clock:14.2f} {processor:12.2f} {memory}", flush=True)


if __name__ == "__main__":
    main()
