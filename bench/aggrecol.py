"""Measure the search for sums on AggreCol (Jiang et al., EDBT 2022): spreadsheets with hand-marked aggregations.

    python bench/aggrecol.py dataset.jl.gz [--sample N] [--seed S] [--misses N]

The data set is `data/dataset.jl.gz` of https://github.com/lanchiang/AggreCol; it is not part of this project.  A sum
counts as found when the total's cell and the set of its parts' cells are exactly those marked.  Sums along rows and
along columns count alike.  The authors' own code reaches precision 0.80 and recall 0.68 on these sums.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from pathlib import Path
from typing import Any

from bench.sheet_sums import Cell, CellSum, find_cell_sums
from normalize.sums import Interval

SEPARATORS = {"Comma": ",", "Point": ".", "Space": " \u00a0\u2009\u202f", "None": ""}
CURRENCY = re.compile(r"[$€£]")
PLAIN = re.compile(r"[-+]?\d*\.?\d+|[-+]?\d+\.")


def number(text: str, style: str) -> Interval | None:
    """The number a cell prints in the file's number format, None where it prints none."""
    text = CURRENCY.sub("", text).strip()
    if text.startswith("(") and text.endswith(")"):
        text = "-" + text[1:-1].strip()
    percent = text.endswith("%")
    text = text.rstrip("%").strip()
    thousands, decimal = (SEPARATORS[name] for name in style.split())
    if thousands and not re.fullmatch(
        rf"[-+]?\d{{1,3}}(?:[{thousands}]\d{{3}})*(?:[{decimal}]\d*)?|[-+]?\d+(?:[{decimal}]\d*)?|[-+]?[{decimal}]\d+",
        text,
    ):
        return None
    for mark in thousands:
        text = text.replace(mark, "")
    text = text.replace(decimal, ".")
    if not PLAIN.fullmatch(text):
        return None
    value = Decimal(text)
    places = len(text.partition(".")[2])
    if percent:
        value, places = value / 100, places + 2
    return Interval(value, Decimal(5).scaleb(-places - 1))


def grid(record: dict[str, Any]) -> list[list[Interval | None]]:
    """The file as numbers, None where a cell holds none."""
    return [[number(text, record["number_format"]) for text in row] for row in record["table_array"]]


def truth(record: dict[str, Any]) -> set[CellSum]:
    """The sums marked by hand."""
    found = set()
    for mark in record["aggregation_annotations"]:
        if mark["operator"] == "Sum":
            row, column = mark["aggregator_index"]
            found.add(CellSum((row, column), frozenset((r, c) for r, c in mark["aggregatee_indices"])))
    return found


def records(path: Path, sample: int | None, seed: int) -> Iterator[dict[str, Any]]:
    """The files of the data set, or a random sample of them."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        everything = [json.loads(line) for line in lines]
    if sample is not None and sample < len(everything):
        everything = random.Random(seed).sample(everything, sample)
    yield from everything


def describe(record: dict[str, Any], where: Cell) -> str:
    """A cell with the first text of its row and column, for reading misses."""
    cells = record["table_array"]
    row, column = where
    return f"{where} {cells[row][column]!r} row {cells[row][0][:30]!r}"


def main(arguments: Sequence[str] | None = None) -> int:
    """Print precision and recall; 0 when done."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("dataset", type=Path)
    parser.add_argument("--sample", type=int)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--misses", type=int, default=0, help="print this many misses and false finds a file")
    options = parser.parse_args(arguments)
    count: Counter[str] = Counter()
    by_axis: Counter[str] = Counter()
    slowest = 0.0
    started = time.perf_counter()
    for record in records(options.dataset, options.sample, options.seed):
        began = time.perf_counter()
        got = find_cell_sums(grid(record))
        slowest = max(slowest, time.perf_counter() - began)
        want = truth(record)
        count.update(found=len(got), wanted=len(want), right=len(got & want), files=1)
        for axis, member in (("row", True), ("column", False)):
            along = {s for s in want if s.along_row is member}
            mine = {s for s in got if s.along_row is member}
            by_axis.update(
                {f"{axis} wanted": len(along), f"{axis} found": len(mine), f"{axis} right": len(along & mine)}
            )
        for title, some in (("missed", want - got), ("false", got - want)):
            for miss in sorted(some, key=lambda s: s.total)[: options.misses]:
                parts = sorted(miss.parts)
                sys.stdout.write(f"{record['file_name'][:40]} {title} {describe(record, miss.total)} = {parts[:12]}\n")
    precision = count["right"] / max(1, count["found"])
    recall = count["right"] / max(1, count["wanted"])
    harmonic = 2 * precision * recall / max(1e-9, precision + recall)
    sys.stdout.write(
        f"files {count['files']}  wanted {count['wanted']}  found {count['found']}  right {count['right']}\n"
        f"precision {precision:.3f}  recall {recall:.3f}  F1 {harmonic:.3f}\n"
        f"{dict(by_axis)}\n"
        f"{time.perf_counter() - started:.1f} s, slowest file {slowest:.2f} s\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
