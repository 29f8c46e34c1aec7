"""How well unseen layouts are read: random documents of many producers and layouts against their truth.

    python bench/layouts.py [--count 300] [--folder DIR] [--producers a,b] [--misses 5] [--json FILE]

Prints the figures of every producer and of every choice of layout, and the calibration of the confidences.  With
`--folder` the documents there (NAME.pdf or .txt beside NAME.truth.json) are read instead of new ones being made.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.typeset.corpus import PRODUCERS, many
from bench.typeset.score import Score, score
from extract import read
from normalize import understand

SHOWN = (
    "cell.recall",
    "cell.precision",
    "table.found",
    "table.precision",
    "row.found",
    "row.role",
    "table.kind",
    "table.unit",
    "table.price_level",
    "heading.recall",
    "heading.precision",
)
BANDS = ((0.0, 0.5), (0.5, 0.7), (0.7, 0.9), (0.9, 0.98), (0.98, 1.01))


def pairs(folder: Path) -> Iterator[tuple[Path, Path]]:
    """The documents of a folder with their truth files."""
    for truth in sorted(folder.rglob("*.truth.json")):
        stem = truth.name.removesuffix(".truth.json")
        for ending in (".pdf", ".txt", ".md"):
            document = truth.parent / f"{stem}{ending}"
            if document.exists():
                yield document, truth


def measure(document: Path, truth_file: Path) -> tuple[Score, dict[str, str], float]:
    """One document: its score, what it is (producer, layout choices) and the seconds it took to read."""
    truth = json.loads(truth_file.read_text(encoding="utf-8"))
    start = time.perf_counter()
    file = understand(read(document))
    spent = time.perf_counter() - start
    about = {"producer": truth.get("producer", ""), "template": truth.get("style", "")} | truth.get("choices", {})
    return score(file, truth, document.stem[:48]), about, spent


def line(name: str, s: Score, documents: int) -> str:
    cells = [f"{'' if (x := s.share(m)) is None else format(x, '.4f'):>9}" for m in SHOWN]
    return f"{name:34}{documents:5} {''.join(cells)}"


def report(scores: list[tuple[Score, dict[str, str]]], misses: int) -> str:
    """The whole report as text."""
    everything = Score()
    groups: dict[str, Score] = defaultdict(Score)
    sizes: Counter[str] = Counter()
    for s, about in scores:
        everything.merge(s)
        for key, value in about.items():
            groups[f"{key} {value}"].merge(s)
            sizes[f"{key} {value}"] += 1
    names = [m.replace("precision", "prec").replace("heading", "head").replace("table", "tab") for m in SHOWN]
    out = [f"{'':34}{'docs':>5} {''.join(f'{n[:9]:>9}' for n in names)}", line("everything", everything, len(scores))]
    out += [line(name, groups[name], sizes[name]) for name in sorted(groups) if sizes[name] > 1]
    out += ["", "all measures"]
    out += [
        f"  {m:22}{everything.share(m):8.4f}  {everything.right[m]} of {everything.asked[m]}"
        for m in sorted(everything.asked)
    ]
    out += ["", "confidence        figures   right"]
    for low, high in BANDS:
        inside = [ok for c, ok in everything.calibration if low <= c < high]
        share = f"{sum(inside) / len(inside):.4f}" if inside else ""
        out.append(f"  {low:.2f} to {min(high, 1):.2f} {len(inside):10}   {share}")
    seen: Counter[str] = Counter()
    for miss in everything.misses:
        kind = miss.split(":")[0]
        seen[kind] += 1
        if seen[kind] <= misses:
            out.append(f"  - {miss}")
    return "\n".join(out)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--count", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1000)
    parser.add_argument("--folder", type=Path)
    parser.add_argument("--producers", default=",".join(PRODUCERS))
    parser.add_argument("--misses", type=int, default=0)
    parser.add_argument("--only", default="", help="only documents whose name holds this")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = chosen.folder or Path(made)
        if chosen.folder is None:
            for _ in many(folder, chosen.count, chosen.seed, tuple(chosen.producers.split(","))):
                continue
        scores, spent, failed = [], 0.0, 0
        for document, truth in pairs(folder):
            if chosen.only not in document.name:
                continue
            try:
                s, about, seconds = measure(document, truth)
            except Exception as error:  # noqa: BLE001 - a crash is a figure of the benchmark, not its end
                print(f"crashed: {document.name}: {type(error).__name__}: {error}")
                failed += 1
                continue
            scores.append((s, about))
            spent += seconds
        print(report(scores, chosen.misses))
        print(f"\n{len(scores)} documents read in {spent:.1f} s, {failed} crashed")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
