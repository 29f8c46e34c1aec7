"""How long a run takes: `python -m bench.speed [PDF or folder]... [--merged 30] [--camelot PYTHON] [--many 100 1000]`

One run prints one table: medians over rounds, and of the ratios of each round, so that what disturbs the machine for a
while disturbs both sides of a ratio.  Measured are whole runs of the command, from file to Parquet, documents read in
processes with limits (reports off, nothing known before): seconds on the clock, processor seconds of all its processes,
and the memory that the parent held at most.  *At the margin* is a run of all files less a run of every tenth, so that
starting up does not count.

The others read every fourth file once, in one process: pdfplumber's `extract_tables`, which finds tables without
knowing what they mean, and camelot's `stream`, where the Python of an environment that has it is given (it needs
other versions of the libraries).  They are compared by processor seconds, which are steadier than the clock on a
shared machine.

Python keeps what it compiled, as it does where the program is installed, whatever the environment says.

`--merged` puts the files together to documents of so many pages: there a page costs what a page costs, and a document
next to nothing.  `--many` reads so many text files that are none of them alike (`bench.many`): what a document costs
must not rise with their number; of the first number there are several runs, before and after the others.  `--dask`
reads the PDFs on a cluster of two workers with a scheduler, all on this machine.
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
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import Any

import psutil
import pymupdf

from bench import many

REPOSITORY = Path(__file__).resolve().parent.parent
_PLUMBER = """
import sys, pdfplumber
for name in sys.argv[1:]:
    with pdfplumber.open(name) as pdf:
        for page in pdf.pages:
            page.extract_tables()
"""
_COMPILED = tempfile.TemporaryDirectory(prefix="afstem-compiled-")
_ENVIRONMENT = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
_ENVIRONMENT["PYTHONPYCACHEPREFIX"] = _COMPILED.name
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

    def each(self, count: int) -> Took:
        return Took(self.clock / count, self.processor / count, self.memory)


def command(words: Sequence[str]) -> Took:
    """Runs a command to its end.  Raises RuntimeError where it ends badly."""
    begun = time.monotonic()
    nowhere = subprocess.DEVNULL
    process = subprocess.Popen(words, cwd=REPOSITORY, env=_ENVIRONMENT, stdout=nowhere, stderr=nowhere)
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


def linked(files: Sequence[Path], folder: Path) -> tuple[Path, int]:
    """A folder with links to the files, and how many pages they have."""
    folder.mkdir()
    for index, file in enumerate(files):
        (folder / f"{index:04}-{file.name}").symlink_to(file.resolve())
    return folder, sum(len(pymupdf.open(file)) for file in files)


def merged(files: Sequence[Path], pages: int, folder: Path) -> list[Path]:
    """The files one after the other in documents of at least so many pages."""
    folder.mkdir()
    made: list[Path] = []
    whole = pymupdf.open()
    for number, file in enumerate(files, 1):
        with pymupdf.open(file) as document:
            whole.insert_pdf(document)
        if len(whole) >= pages or number == len(files):
            made.append(folder / f"{len(made):03}.pdf")
            whole.save(made[-1], garbage=3, deflate=True)
            whole = pymupdf.open()
    return made


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


_FEW, _OTHERS = 10, 4  # every so many files are the smaller of two runs, and what the others read
OURS, PLUMBER, CAMELOT, DASK = "workers 2", "pdfplumber extract_tables", "camelot stream", "dask"


class Bench:
    """Rounds over the same files; what they give is per page."""

    def __init__(self, files: Sequence[Path], space: Path, camelot: str | None, scheduler: str | None) -> None:
        self._space, self._camelot, self._scheduler = space, camelot, scheduler
        self._few, few = linked(files[::_FEW], space / "few")
        self._all, self.pages = linked(files, space / "all")
        _, self._others = linked(files[::_OTHERS], space / "others")
        self._margin_pages = self.pages - few
        self._names = [str(file) for file in files[::_OTHERS]]
        self._outs = 0
        run(self._few, self._out(), 2)  # what is read from disk for the first time is read

    def round(self) -> dict[str, Took]:
        """What everything took for a page, by name."""
        found = {f"workers {workers}": self._margin(workers) for workers in (1, 2)}
        if self._scheduler is not None:
            found[DASK] = self._margin(2, "--engine", "dask", "--scheduler", self._scheduler)
        found[PLUMBER] = command([sys.executable, "-c", _PLUMBER, *self._names]).each(self._others)
        if self._camelot is not None:
            found[CAMELOT] = command([self._camelot, "-c", _CAMELOT, *self._names]).each(self._others)
        return found

    def _margin(self, workers: int, *more: str) -> Took:
        few, whole = (run(folder, self._out(), workers, *more) for folder in (self._few, self._all))
        return whole.less(few).each(self._margin_pages)

    def _out(self) -> Path:
        self._outs += 1
        return self._space / f"out{self._outs}"


def middle(rounds: Sequence[dict[str, Took]], name: str) -> Took:
    """The medians of what something took."""
    took = [each[name] for each in rounds]
    return Took(median(t.clock for t in took), median(t.processor for t in took), max(t.memory for t in took))


def ratios(rounds: Sequence[dict[str, Took]], name: str, other: str, of: Callable[[Took], float]) -> str:
    """The median ratio of two in the same round, and the least and the greatest."""
    found = sorted(of(each[name]) / of(each[other]) for each in rounds)
    return f"{median(found):.2f} (of {len(found)} rounds {found[0]:.2f} to {found[-1]:.2f})"


def clock(took: Took) -> float:
    return took.clock


def processor(took: Took) -> float:
    return took.processor


def many_files(counts: Sequence[int], space: Path) -> None:
    """Prints what a file costs in runs of so many, the smallest number before and after."""
    order = [*sorted(counts), min(counts)]
    for number, count in enumerate(order):
        took = run(many.write(space / f"many{number}", count), space / f"out-many{number}", 2)
        _row(f"{count} text files, none alike, per file, all in all", took.each(count))


def main(arguments: Sequence[str] | None = None) -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("inputs", nargs="*", type=Path, default=[REPOSITORY / "data" / "raw"])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--camelot", metavar="PYTHON")
    parser.add_argument("--merged", type=int, metavar="PAGES")
    parser.add_argument("--many", nargs="*", type=int, default=[])
    parser.add_argument("--dask", action="store_true")
    chosen = parser.parse_args(arguments)
    files = [f for g in chosen.inputs for f in (sorted(g.rglob("*.pdf")) if g.is_dir() else [g])]
    if not files:
        parser.error("no PDF there")
    with tempfile.TemporaryDirectory() as temporary, cluster() if chosen.dask else contextlib.nullcontext() as address:
        space = Path(temporary)
        files = merged(files, chosen.merged, space / "merged") if chosen.merged else files
        bench = Bench(files, space, chosen.camelot, address)
        print(f"{len(files)} PDFs, {bench.pages} pages, {chosen.rounds} rounds, load {os.getloadavg()[0]:.1f}")
        print(f"{'':46} {'clock ms/page':>14} {'cpu ms/page':>12} {'parent MiB':>11}")
        rounds = [bench.round() for _ in range(chosen.rounds)]
        for name in rounds[0]:
            _row(name if name in (PLUMBER, CAMELOT) else f"Afstem, at the margin, {name}", middle(rounds, name))
        for name in (PLUMBER, CAMELOT):
            if name in rounds[0]:
                print(f"{name} takes {ratios(rounds, name, OURS, processor)} times our processor seconds")
        print(f"one worker takes {ratios(rounds, 'workers 1', OURS, clock)} times two workers' time on the clock")
        if DASK in rounds[0]:
            print(
                f"Dask with two workers takes {ratios(rounds, DASK, OURS, clock)} times two workers' time on the "
                "clock; its workers' processor seconds are not ours to count"
            )
        if chosen.many:
            many_files(chosen.many, space)
        print(f"load {os.getloadavg()[0]:.1f}")


def _row(name: str, took: Took) -> None:
    memory = f"{took.memory / (1 << 20):11.0f}" if took.memory else f"{'':11}"
    print(f"{name:46} {1000 * took.clock:14.2f} {1000 * took.processor:12.2f} {memory}", flush=True)


if __name__ == "__main__":
    main()
