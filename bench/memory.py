"""What a large batch holds: `python -m bench.memory [--documents 10000] [--read 200] [--workers 2]`

So many text files are read (`bench.many`), and what came of them is multiplied under other names and ids until there
are as many documents as wanted.  Those go through checks and publishing (reports off) as a run's do.  Printed is what
this process, the parent of a run, holds after each part, and the most it held.
"""

from __future__ import annotations

import argparse
import hashlib
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import psutil

import publish
from afstem.holding import Holding
from afstem.inputs import Input, find
from afstem.options import RunOptions
from afstem.pipeline import read_each
from bench import many
from extract.models import ReadOptions
from normalize.models import Case, CaseFile, Line, Table


def copied(file: CaseFile, copy: int) -> CaseFile:
    """The same document under another name, its cases under other titles, everything under other ids."""
    mark = hashlib.sha256(str(copy).encode()).hexdigest()[:6]
    sha256 = hashlib.sha256(f"{file.document.sha256}{copy}".encode()).hexdigest()
    name = f"{mark}-{file.document.file_name}"
    document = replace(file.document, document_id=sha256[:16], sha256=sha256, file_name=name)
    return CaseFile(document, tuple(_case(case, mark, copy) for case in file.cases))


def _case(case: Case, mark: str, copy: int) -> Case:
    letters = "".join(chr(ord("a") + int(digit)) for digit in str(copy))
    words = [f"{letters}{word.casefold()[1:]}" for word in (case.title or "").split()]  # another beginning each
    return replace(
        case,
        case_id=f"{mark}{case.case_id}",
        case_key=f"{mark}{case.case_key}",
        code=f"{mark.upper()}{copy}",
        title=" ".join(words),
        headings=tuple(replace(h, heading_id=f"{mark}{h.heading_id}") for h in case.headings),
        tables=tuple(_table(table, mark) for table in case.tables),
    )


def _table(table: Table, mark: str) -> Table:
    lines = tuple(_line(line, mark) for line in table.lines)
    return replace(table, table_id=f"{mark}{table.table_id}", lines=lines)


def _line(line: Line, mark: str) -> Line:
    amounts = tuple(replace(a, amount_id=f"{mark}{a.amount_id}") for a in line.amounts)
    return replace(line, line_id=f"{mark}{line.line_id}", amounts=amounts)


def documents(files: Sequence[CaseFile], count: int) -> Iterator[CaseFile]:
    return (copied(files[n % len(files)], n // len(files)) for n in range(count))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=10_000)
    parser.add_argument("--read", type=int, default=200)
    parser.add_argument("--workers", type=int, default=2)
    chosen = parser.parse_args()
    here, most, begun = psutil.Process(), 0, time.monotonic()

    def said(what: str) -> None:
        print(f"{what:40} {here.memory_info().rss >> 20:6} MiB {time.monotonic() - begun:8.1f} s", flush=True)

    options = RunOptions(reports=False, workers=chosen.workers)
    with tempfile.TemporaryDirectory() as temporary:
        space = Path(temporary)
        inputs = find([many.write(space / "in", chosen.read)], space)
        files = list(read_each(inputs, ReadOptions()).values())
        scratch, out = space / "scratch", space / "out"
        scratch.mkdir()
        out.mkdir()
        said(f"{chosen.read} documents read")
        held = Holding(scratch, out, options)
        sources = []
        for number, file in enumerate(documents(files, chosen.documents)):
            sources.append(Input(Path(str(number)), file.document.file_name))
            held.keep(sources[-1], file)
        said(f"{chosen.documents} documents held")
        findings = held.check(sources)
        said(f"checked, {len(findings)} findings")
        publish.publish_parts(held.parts(), out, publish.PublishOptions(reports=False))
        said("published")
        most = int(next(x for x in Path("/proc/self/status").read_text().splitlines() if "VmHWM" in x).split()[1])
    print(f"{'at most':40} {most >> 10:6} MiB")


if __name__ == "__main__":
    main()
