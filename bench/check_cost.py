"""What all checks cost: milliseconds of processor time for one case of twenty tables.

    python -m bench.check_cost [--tables 20] [--rounds 30] [--wrong]

A generated case of the large template is printed as text, read, and its detailed tables repeated under new labels until
it has that many tables.  With --wrong one figure of every fifth table is changed, so that causes must be looked for.
The bar is 20 ms for a case in which everything agrees.
"""

from __future__ import annotations

import argparse
import gc
import statistics
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import extract
import normalize
import reconcile
from bench.typeset.generate import generate
from bench.typeset.layout import Layout
from bench.typeset.render_text import tabbed_text
from normalize.models import Amount, Case, CaseFile, Line, Table


def case_file(seed: int) -> CaseFile:
    """A generated document, read."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "case.txt"
        tabbed_text(generate(seed, "new"), Layout(), path)
        return normalize.understand(extract.read(path))


def grown(case: Case, tables: int) -> Case:
    """The case with its tables repeated under new labels until there are that many."""
    out = list(case.tables)
    while len(out) < tables:
        source = case.tables[len(out) % len(case.tables)]
        number = len(out)
        lines = tuple(replace(line, line_id=f"{line.line_id}-{number}") for line in source.lines)
        out.append(
            replace(
                source, ordinal=number, label=f"Tabel {number + 1}", table_id=f"{source.table_id}-{number}", lines=lines
            )
        )
    return replace(case, tables=tuple(out[:tables]))


def spoiled(table: Table) -> Table:
    """The table with its last figure changed by 100."""
    changed = [line for line in table.lines if line.amounts]
    if not changed:
        return table

    def more(amount: Amount) -> Amount:
        return replace(amount, value=amount.value + 100)

    def spoil(line: Line) -> Line:
        if line is not changed[-1]:
            return line
        return replace(line, amounts=(*line.amounts[:-1], more(line.amounts[-1])))

    return replace(table, lines=tuple(spoil(line) for line in table.lines))


def main() -> int:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--tables", type=int, default=20)
    parser.add_argument("--rounds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--wrong", action="store_true")
    options = parser.parse_args()
    file = case_file(options.seed)
    case = grown(file.cases[0], options.tables)
    if options.wrong:
        case = replace(case, tables=tuple(spoiled(t) if i % 5 == 4 else t for i, t in enumerate(case.tables)))
    files = [replace(file, cases=(case,))]
    found = reconcile.check(files)
    gc.collect()
    gc.freeze()  # what reading and imports left behind is no cost of the checks: a full collection walks it by chance
    times = []
    for _ in range(options.rounds):
        start = time.process_time()
        reconcile.check(files)
        times.append((time.process_time() - start) * 1000)
    figures = sum(len(line.amounts) for t in case.tables for line in t.lines)
    sys.stdout.write(
        f"{len(case.tables)} tables, {figures} figures, {len(found)} findings: "
        f"median {statistics.median(times):.1f} ms, worst {max(times):.1f} ms of processor time (bar: 20 ms)\n"
    )
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
