"""How well tables of PDFs that nobody here made are read: adjacency relations, as ICDAR 2013 counts them.

    python -m bench.adjacency FOLDER [--each] [--misses 20]

FOLDER holds NAME.pdf beside NAME.json, the truth: `{"tables": [{"page": 1, "cells": [[row, column, last row, last
column, "text"], …]}, …]}`.  A relation is a printed cell, the next printed cell to its right or below, and which of the
two; blank cells between them are passed over (M. Göbel and others, "A methodology for evaluating algorithms for table
understanding in PDF documents", DocEng 2012).  Texts are compared without white space, leader dots, hyphens between
letters, and case; all hyphens are one.

*Precision* and *recall* are those of all relations of a document together, *F1* is theirs, all documents' counted
together; *figures* are the number-like texts of the truth's cells that stand in no table read, *unnamed* the read
columns of figures without a word in their header.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from extract import read
from extract.models import Document, Grid, ReadOptions
from lexicon.characters import HYPHENS
from lexicon.figures import is_number

Cell = tuple[int, int, int, int, str]
"""Row, column, last row, last column, text."""
Relation = tuple[str, str, str]

_NO_TEXT = re.compile(r"\s|\.{2,}|[·…_]{2,}|[\ufffd\ue000-\uf8ff]")


@dataclass(slots=True)
class Score:
    """What was counted in a document, or in all together."""

    truth: int = 0
    given: int = 0
    right: int = 0
    figures: int = 0
    lost: int = 0
    columns: int = 0
    unnamed: int = 0
    pages: int = 0
    seconds: float = 0.0
    missing: list[Relation] = field(default_factory=list)
    wrong: list[Relation] = field(default_factory=list)

    @property
    def recall(self) -> float:
        return self.right / max(1, self.truth)

    @property
    def precision(self) -> float:
        return self.right / max(1, self.given)

    @property
    def f1(self) -> float:
        return 2 * self.right / max(1, self.truth + self.given)

    def add(self, other: Score) -> None:
        for name in ("truth", "given", "right", "figures", "lost", "columns", "unnamed", "pages", "seconds"):
            setattr(self, name, getattr(self, name) + getattr(other, name))

    def line(self, name: str) -> str:
        return (
            f"{name:24} F1 {self.f1:.3f}  precision {self.precision:.3f}  recall {self.recall:.3f}  relations "
            f"{self.truth:6}  figures lost {self.lost:4} of {self.figures:5}  "
            f"unnamed {self.unnamed:3} of {self.columns:3}"
        )


def plain(text: str) -> str:
    """A cell's text as it is compared: folded, without white space, leader dots and hyphens between letters."""
    spaced = re.sub(r"(?:\.\s?){3,}", "", unicodedata.normalize("NFKC", text))
    spaced = re.sub(f"[{HYPHENS}]", "-", spaced)
    spaced = re.sub(r"(?<=[^\W\d])-\s*(?=[^\W\d])", "", spaced)
    return _NO_TEXT.sub("", spaced).casefold().rstrip(".")


def relations(cells: Iterable[Cell]) -> Counter[Relation]:
    """The adjacency relations of one table's cells."""
    printed = [(r, c, r1, c1, text) for r, c, r1, c1, raw in cells if (text := plain(raw))]
    at = {(r, c): cell for cell in printed for r in range(cell[0], cell[2] + 1) for c in range(cell[1], cell[3] + 1)}
    right, below = max((c[3] for c in printed), default=0), max((c[2] for c in printed), default=0)
    found: set[tuple[Cell, Cell, str]] = set()
    for cell in printed:
        for row in range(cell[0], cell[2] + 1):
            beside = next((at[row, c] for c in range(cell[3] + 1, right + 1) if (row, c) in at), None)
            if beside is not None:
                found.add((cell, beside, "right"))
        for column in range(cell[1], cell[3] + 1):
            under = next((at[r, column] for r in range(cell[2] + 1, below + 1) if (r, column) in at), None)
            if under is not None:
                found.add((cell, under, "below"))
    return Counter((a[4], b[4], way) for a, b, way in found)


def cells_of(grid: Grid) -> Iterator[Cell]:
    """The cells of a table that was read; what stands loose in a row follows its last cell."""
    for r, row in enumerate(grid.rows):
        for c, cell in enumerate(row.cells):
            if cell is not None:
                yield r, c, r + cell.rows - 1, c + cell.span - 1, cell.text
        for c, cell in enumerate(row.loose):
            yield r, grid.columns + c, r, grid.columns + c, cell.text


def grids(document: Document) -> list[Grid]:
    """The tables of a document."""
    return [block for block in document.blocks if isinstance(block, Grid)]


def _columns(grid: Grid) -> tuple[int, int]:
    """How many columns of figures a table has, and how many of them bear no word or year above."""
    count = unnamed = 0
    for c in range(1, grid.columns):
        body = [r.cells[c] for r in grid.rows if not r.header]
        if sum(cell is not None and is_number(cell.text) for cell in body) * 2 > len(body):
            count += 1
            heads = (
                head
                for r in grid.rows
                if r.header
                for i, head in enumerate(r.cells)
                if head and _covers(i, head.span, c)
            )
            unnamed += not any(plain(head.text) for head in heads)
    return count, unnamed


def _covers(first: int, span: int, column: int) -> bool:
    return first <= column < first + span


def measure(pdf: Path) -> Score:
    """One document against its truth."""
    truth = json.loads(pdf.with_suffix(".json").read_text(encoding="utf-8"))["tables"]
    begun = time.process_time()
    document = read(pdf, ReadOptions(ocr="never", second_opinion=False))
    seconds = time.process_time() - begun
    wanted: Counter[Relation] = Counter()
    for table in truth:
        wanted += relations([(r, c, r1, c1, text) for r, c, r1, c1, text in table["cells"]])
    given: Counter[Relation] = Counter()
    for grid in grids(document):
        given += relations(cells_of(grid))
    figures = Counter(plain(cell[4]) for table in truth for cell in table["cells"] if is_number(cell[4]))
    held = Counter(plain(cell[4]) for grid in grids(document) for cell in cells_of(grid))
    named = [_columns(grid) for grid in grids(document)]
    return Score(
        wanted.total(),
        given.total(),
        (wanted & given).total(),
        figures.total(),
        (figures - held).total(),
        sum(n for n, _ in named),
        sum(n for _, n in named),
        document.pages,
        seconds,
        list((wanted - given).elements()),
        list((given - wanted).elements()),
    )


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.adjacency", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("folder", type=Path)
    parser.add_argument("--each", action="store_true", help="a line for every document")
    parser.add_argument("--misses", type=int, default=0, help="show this many relations lost and made up of each")
    a = parser.parse_args()
    total = Score()
    for pdf in sorted(a.folder.glob("*.pdf")):
        one = measure(pdf)
        total.add(one)
        if a.each:
            print(one.line(pdf.stem))
        for way, found in (("lost", one.missing), ("made", one.wrong)):
            for relation in found[: a.misses]:
                print(f"{pdf.stem} {way} {relation}", file=sys.stderr)
    print(total.line("all"))
    print(f"{total.pages} pages, {total.pages / max(total.seconds, 1e-9):.0f} pages a second of processor time")


if __name__ == "__main__":
    main()
