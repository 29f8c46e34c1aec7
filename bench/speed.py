"""How long a run takes, against what other readers need for the same PDFs: `python -m bench.speed [PDF or folder]...`

Timed is the whole run, from file to Parquet (reports off, nothing known before), in processor seconds of one process.
At the margin: ten times the files less one time the files, so that starting up does not count.  Copies get a remark
after the file's end, so that they are not duplicates; that they are versions of one case costs the run some time that
other files would not.  The words are fetched once before and once after the run, since shared machines change their
speed.  The others are PyMuPDF's `get_text("words")`, which only fetches the words, and pdfplumber's
`extract_tables`, which finds tables without knowing what they mean.
"""

from __future__ import annotations

import gc
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

import pdfplumber
import pymupdf

import afstem
import extract
import normalize
import reconcile
from afstem.options import RunOptions
from afstem.pipeline import run_batch

TIMES = 10
REPOSITORY = Path(__file__).resolve().parent.parent


def seconds(work: Callable[[], object]) -> float:
    """The processor time that `work` takes in this process, all threads together; steadier than the clock."""
    gc.collect()
    start = time.process_time()
    work()
    return time.process_time() - start


def copies(files: Sequence[Path], times: int, folder: Path) -> Path:
    """A folder with `times` copies of every file, no two of the same bytes."""
    folder.mkdir()
    for number in range(times):
        for index, file in enumerate(files):
            remark = f"\n% copy {number}\n".encode()
            (folder / f"{number:02}-{index:03}-{file.name}").write_bytes(file.read_bytes() + remark)
    return folder


def run(folder: Path, out: Path) -> None:
    run_batch([folder], out, RunOptions(reports=False, workers=1))


def words(files: Sequence[Path], times: int) -> None:
    for file in [file for _ in range(times) for file in files]:
        with pymupdf.open(file) as pdf:
            for page in pdf:
                page.get_text("words")


def tables(files: Sequence[Path]) -> None:
    for file in files:
        with pdfplumber.open(file) as pdf:
            for page in pdf.pages:
                page.extract_tables()


def main(arguments: Sequence[str]) -> None:
    given = [Path(a) for a in arguments] or [REPOSITORY / "data" / "raw"]
    files = [f for g in given for f in (sorted(g.rglob("*.pdf")) if g.is_dir() else [g])]
    if not files:
        sys.exit(f"no PDF in {', '.join(map(str, given))}")
    with tempfile.TemporaryDirectory() as temporary:
        space = Path(temporary)
        one, ten = copies(files, 1, space / "one"), copies(files, TIMES, space / "ten")
        run(one, space / "warm")
        before = seconds(lambda: words(files, TIMES))
        whole = seconds(lambda: run(ten, space / "out10")) - seconds(lambda: run(one, space / "out1"))
        after = seconds(lambda: words(files, TIMES))
    whole /= TIMES - 1
    fetched = (before + after) / (2 * TIMES)
    plumbed = seconds(lambda: tables(files))

    documents = []
    read = seconds(lambda: documents.extend(extract.read(f) for f in files))
    understood = []
    meant = seconds(lambda: understood.extend(normalize.understand(d) for d in documents))
    checked = seconds(lambda: reconcile.check(understood))

    pages = sum(d.pages for d in documents)
    asked = sum(len(afstem.read(f).document.second_opinion_pages) for f in files)
    print(f"{len(files)} PDFs, {pages} pages; {asked} pages needed the second opinion")
    print(f"{'':44}   seconds   ms/page   Afstem takes")
    rows = [
        ("Afstem, file to Parquet, at the margin", whole),
        ("  of which extract", read),
        ("  of which normalize", meant),
        ("  of which reconcile", checked),
        ('PyMuPDF get_text("words")', fetched),
        ("pdfplumber extract_tables", plumbed),
    ]
    for name, took in rows:
        print(f"{name:44} {took:9.3f} {1000 * took / pages:9.2f} {whole / took:9.2f} times")


if __name__ == "__main__":
    main(sys.argv[1:])
