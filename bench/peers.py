"""How well others read the same figures: Afstem, pdfplumber, PyMuPDF's finders and its layout model, on one folder.

    python bench/peers.py [--folder DIR | --count 30] [--seed 1000] [--readers afstem,pdfplumber,…] [--only TEXT]

A figure counts by its row: the row's label and the figure's value.  *F1* asks for both, *values* for the value alone,
wherever it stands.  None of the others knows a year, a unit or a sum, so nothing of that is asked.  A row of nothing
but years is a header and no figures.  The layout model takes a second a page and more: give it few documents.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import redirect_stdout
from decimal import Decimal, InvalidOperation
from io import StringIO
from pathlib import Path

import pdfplumber
import pymupdf
import pymupdf4llm

sys.path.insert(0, str(Path(__file__).parent.parent))

import afstem
from bench.layouts import pairs
from bench.typeset.corpus import PRODUCERS, many
from bench.typeset.score import fold
from extract.models import ReadOptions

Row = tuple[str, list[str]]  # the label and the cells beside it, as printed
Figures = Counter[tuple[str, Decimal]]

_NUMBER = re.compile(
    r"([-\u2212\u2013(÷]?)\s?(\d{1,3}(?:[. \u00a0\u2009\u202f]\d{3})+|\d+)(,\d+)?\s?([-\u2212)]?)(?:\s?\d\))?"
)


def value(cell: str) -> Decimal | None:
    """What a printed cell is worth in the table's unit; a lone dash is nil, words and percentages are None."""
    text = cell.replace("*", "").strip()
    if text in ("-", "\u2013", "\u2212"):
        return Decimal(0)
    if not (match := _NUMBER.fullmatch(text)):
        return None
    before, whole, decimals, after = match.groups()
    try:
        size = Decimal(re.sub(r"\D", "", whole) + (decimals or "").replace(",", "."))
    except InvalidOperation:
        return None
    return -size if before or after else size


def figures(rows: Iterable[Row]) -> Figures:
    """The figures of printed rows; headers and rows without a figure give none."""
    out: Figures = Counter()
    for label, cells in rows:
        values = [v for cell in cells if (v := value(cell)) is not None]
        if not all(v == int(v) and 1990 <= v <= 2050 for v in values):
            out.update((named(label), v) for v in values)
    return out


def named(label: str) -> str:
    """A row's label as readers that do not know footnotes can be held to it: without the marker at its end."""
    return re.sub(r"(?<=[^\W\d])[\d)*\u00b9\u00b2\u00b3\u2070-\u2079\u207e]+$", "", fold(label))


def _row(cells: Sequence[str | None]) -> Row:
    texts = [(c or "").replace("\n", " ") for c in cells]
    words = [i for i, t in enumerate(texts) if fold(t) and value(t) is None]
    first = words[0] if words else 0
    return (texts[first], texts[first + 1 :]) if texts else ("", [])


def truth(file: Path) -> Figures:
    """The figures that are printed, from the truth file."""
    cases = json.loads(file.read_text(encoding="utf-8"))["cases"]
    rows = [r for c in cases for t in c["tables"] for r in t.get("rows", ()) if r["role"] != "header"]
    return figures(_row((r["label"], *r["cells"])) for r in rows)


def read_by_afstem(file: Path) -> Figures:
    """Ours, without a second opinion."""
    read = afstem.read(file, ReadOptions(second_opinion=False))
    return Counter(
        (named(line.label), amount.value)
        for case in read.cases
        for table in case.tables
        for line in table.lines
        for amount in line.amounts
        if (amount.value is not None)
    )


def read_by_pdfplumber(file: Path) -> Figures:
    with pdfplumber.open(file) as pdf:
        return figures(_row(row) for page in pdf.pages for table in page.extract_tables() for row in table)


def read_by_finder(strategy: str) -> Callable[[Path], Figures]:
    def read(file: Path) -> Figures:
        with pymupdf.open(file) as pdf:
            tables = [t for page in pdf for t in page.find_tables(strategy=strategy).tables]
            return figures(_row(row) for table in tables for row in table.extract())

    return read


def read_by_layout_model(file: Path) -> Figures:
    with redirect_stdout(StringIO()):
        text = pymupdf4llm.to_markdown(str(file), show_progress=False)
    return figures(_row(cells) for cells in _markdown(text))


def _markdown(text: str) -> Iterator[list[str]]:
    for line in text.splitlines():
        if line.startswith("|") and not re.fullmatch(r"[|\-: ]+", line):
            yield [c.replace("<br>", " ").replace("*", "") for c in line.strip("|").split("|")]


READERS: dict[str, Callable[[Path], Figures]] = {
    "afstem": read_by_afstem,
    "pdfplumber": read_by_pdfplumber,
    "find_tables": read_by_finder("lines"),
    "find_tables text": read_by_finder("text"),
    "layout model": read_by_layout_model,
}


def shares(printed: Figures, got: Figures) -> tuple[int, int]:
    """How many were right, with and without their row's label."""
    loose = [Counter(v for (_, v), n in side.items() for _ in range(n)) for side in (printed, got)]
    return (printed & got).total(), (loose[0] & loose[1]).total()


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--only", default="", help="only documents whose name holds this")
    parser.add_argument("--every", type=int, default=1, help="only every so many documents")
    parser.add_argument("--readers", default=",".join(READERS))
    chosen = parser.parse_args()
    producers = tuple(p for p in PRODUCERS if not p.startswith("text") and p != "scan")
    counts: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        if chosen.folder is None:
            for _ in many(folder, chosen.count, chosen.seed, producers):
                continue
        found = [p for p in pairs(folder) if p[0].suffix == ".pdf" and chosen.only in p[0].name][:: chosen.every]
        for document, answer in found:
            printed = truth(answer)
            choices = json.loads(answer.read_text(encoding="utf-8")).get("choices", {})
            groups = ["everything", f"rules {choices.get('rules', '')}", f"order {choices.get('order', '')}"]
            with pymupdf.open(document) as pdf:
                pages = len(pdf)
            for reader in chosen.readers.split(","):
                start = time.process_time()
                got = READERS[reader](document)
                spent = time.process_time() - start
                right, loose = shares(printed, got)
                for group in groups:
                    counts[reader, group].update(
                        printed=printed.total(), got=got.total(), right=right, loose=loose, pages=pages
                    )
                    counts[reader, group]["ms"] += round(1000 * spent)
    heads = "".join(f"{h:>9}" for h in ("figures", "F1", "values", "recall", "prec.", "ms/page"))
    print(f"{len(found)} documents\n{'':42}{heads}")
    for (reader, group), n in sorted(counts.items(), key=lambda item: (item[0][1] != "everything", item[0][::-1])):
        both = n["printed"] + n["got"]
        shown = (2 * n["right"] / both, 2 * n["loose"] / both, n["right"] / n["printed"], n["right"] / max(n["got"], 1))
        cells = "".join(f"{c:9.3f}" for c in shown)
        print(f"{group:22}{reader:20}{n['printed']:9}{cells}{n['ms'] / n['pages']:9.1f}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
