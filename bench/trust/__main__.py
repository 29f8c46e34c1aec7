"""Fit the weights of `normalize/trust/weights.toml` to draws of the foundry.

    python -m bench.trust KEPT FOLDER...

KEPT is a folder for what was extracted and understood (made again where it is empty), FOLDERs are draws.  Families held
out stay out.  Each part is a logistic regression whose weights are pulled towards what was believed before
(`beliefs.toml`, in bits) and keep its signs; a table counts as the root of its figures, since they err together.
"""

from __future__ import annotations

import argparse
import math
import sys
import tomllib
from collections import Counter
from pathlib import Path
from typing import Any

import numpy as np

from bench.trust.judged import documents, verdicts
from normalize.tables import read
from normalize.trust import posterior
from normalize.trust.evidence import Evidence, evidence_of
from normalize.understanding import understand

PULL = 6.0  # how many figures of a term its belief weighs as much as, about
ROUNDS = 15
PARTS = ("row", "name", "place")
Judged = tuple[list[dict[str, float]], tuple[bool, bool, bool], str]


def judged(folders: list[Path], kept: Path) -> list[Judged]:
    """For every figure its terms by part, its verdicts, and the table it stands in."""
    seen: list[Evidence] = []

    def witnessed(tables: Any, beside: Any) -> Any:
        seen.extend(evidence_of(tables, beside))
        return list(tables)

    read.trusted = witnessed
    found: list[Judged] = []
    for folder in folders:
        for form, stem, truth, document in documents(folder, kept):
            seen.clear()
            file = understand(document())
            _, held_out, told, _ = verdicts(form, stem, truth, file)
            tables = [t for case in file.cases for t in case.tables]
            if held_out or len(tables) != len(seen):
                continue
            for table, evidence in zip(tables, seen, strict=True):
                for line in table.lines:
                    for a in line.amounts:
                        if a.amount_id in told:
                            parts = evidence.of_row(line), evidence.of_name(a), evidence.of_place(line, a)
                            merged = [{k: x for some in part for k, x in some.items()} for part in parts]
                            found.append((merged, told[a.amount_id], f"{form} {table.table_id}"))
    return found


def fitted(x: np.ndarray, y: np.ndarray, weight: np.ndarray, belief: np.ndarray) -> np.ndarray:
    """The weights (nats) most probable after the figures, each with the sign it was believed to have."""
    b, sign = belief.copy(), np.sign(belief)
    sign[-1] = 0
    for _ in range(ROUNDS):
        p = 1 / (1 + np.exp(-np.clip(x @ b, -40, 40)))
        slope = x.T @ (weight * (p - y)) + PULL * (b - belief)
        free = ~((sign * b <= 0) & (sign * slope > 0))
        some = x[:, free]
        bend = (some * (weight * np.maximum(p * (1 - p), 1e-6))[:, None]).T @ some + PULL * np.eye(int(free.sum()))
        step = np.zeros_like(b)
        step[free] = np.linalg.solve(bend, slope[free])
        b -= step * min(1.0, 4 / max(1e-9, float(np.abs(step).max())))
        b[sign * b < 0] = 0
    return b


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.trust", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kept", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    arguments = parser.parse_args()
    beliefs = tomllib.loads(Path(__file__).with_name("beliefs.toml").read_text(encoding="utf-8"))
    figures = judged(arguments.folders, arguments.kept)
    sizes = Counter(table for _, _, table in figures)
    for n, part in enumerate(PARTS):
        own = [f for f in figures if all(f[1][:n])]
        names = sorted({name for terms, _, _ in own for name in terms[n]} | set(beliefs[part]) - {"base"})
        x = np.array([[*(terms[n].get(name, 0.0) for name in names), 1.0] for terms, _, _ in own])
        y = np.array([float(right[n]) for _, right, _ in own])
        weight = np.array([sizes[table] ** -0.5 for _, _, table in own])
        belief = np.array([beliefs[part].get(name, 0.0) for name in (*names, "base")]) * math.log(2)
        bits = fitted(x, y, weight, belief) / math.log(2)
        print(f"[{part}]\nbase = {bits[-1]:.2f}\n\n[{part}.terms]")
        print("".join(f"{k} = {v:.2f}\n" for k, v in zip(names, bits, strict=False) if abs(v) >= 0.02))
    print(f"{len(figures)} figures; {posterior.__name__} reads these", file=sys.stderr)


if __name__ == "__main__":
    main()
