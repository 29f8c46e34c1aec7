"""Fit the weights of `normalize/trust/weights.toml` to draws of the foundry.

    python -m bench.trust KEPT FOLDER... [--write] [--by form|family]

KEPT is a folder for what was extracted (made again where it is empty; empty it after a change of a reader), FOLDERs are
draws.  Families held out stay out of the fit.  Shown is, by form, how many of the figures that are given 0.9 or more
are right, and how many of the right ones are given so much; with `--by` each form (or family) is judged by weights that
did not see it.  `--write` writes the file.

Tables whose print keeps its columns and tables whose figures were counted off have weights of their own: three
logistic regressions each, whose weights are pulled towards what was believed before (`beliefs.toml`, in bits) and keep
its signs.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any
from unittest.mock import patch

from bench.trust.fitting import PARTS, Beliefs, Fit, Judged, fit, probability, terms_of
from bench.trust.judged import documents, verdicts
from normalize.tables import read
from normalize.trust.evidence import Evidence, evidence_of
from normalize.trust.posterior import cautious
from normalize.understanding import understand

WEIGHTS = Path("normalize/trust/weights.toml")
SURE = 0.9
FOLDS = 5
WAYS = ("kept", "loose")
#: Forms that one tool's kin print: none of them may teach what another is judged by.
KIN = (
    ("pdf-chromium", "pdf-libreoffice", "pdf-reportlab", "pdf-weasyprint"),
    ("pdfbox", "pdfbox-sorted", "tika", "pypdf", "pdfium", "poppler-raw"),
    ("poppler-layout", "pypdf-layout"),
    ("poppler", "pdfminer"),
    ("cells", "mupdf", "html-lines", "html-flat"),
    ("pipes", "pipes-open", "tabs"),
)
HEAD = """\
# What each kind of evidence on a figure is worth, in bits (log-odds to the base two), for one unit of the term: a sign
# that is there (1) or not, the share of a table's rows, columns or figures that it holds of, a count, or bits of a sum
# that closes.  `caution` is how many bits a figure must have beyond them; see normalize/trust/weights.py.
# Written by `python -m bench.trust`.

"""


def judged(folders: Iterable[Path], kept: Path) -> list[Judged]:
    """Every figure that was read of the papers in the folders, those of families held out too."""
    seen: list[Evidence] = []

    def witnessed(tables: Any, beside: Any, *, why: bool) -> Any:
        seen.extend(evidence_of(tables, beside))
        return list(tables)

    found: list[Judged] = []
    for folder in folders:
        for form, stem, truth, document in documents(folder, kept):
            seen.clear()
            with patch.object(read, "trusted", witnessed):
                file = understand(document())
            family, held_out, told, _ = verdicts(form, stem, truth, file)
            tables = [t for case in file.cases for t in case.tables]
            if len(tables) != len(seen):
                continue
            name = f"{family}*" if held_out else family
            for table, evidence in zip(tables, seen, strict=True):
                for line in table.lines:
                    for a in line.amounts:
                        if a.amount_id in told:
                            own = evidence.of_row(line), evidence.of_name(a), evidence.of_place(line, a)
                            paper, at = f"{folder.name} {stem}", f"{folder.name} {form} {table.table_id}"
                            found.append(Judged(form, name, paper, at, evidence, own, told[a.amount_id], a.confidence))
        print(f"{folder}: {len(found)} figures", file=sys.stderr)
    return found


def learned(
    figures: Sequence[Judged], beliefs: Beliefs, terms: tuple[list[str], ...] | None = None
) -> dict[str, dict[str, Fit]]:
    """The weights of both ways, of the families that are not held out."""
    terms = terms or terms_of(figures)
    known = [f for f in figures if not f.family.endswith("*")]
    return {way: fit([f for f in known if f.evidence.loose == (way == "loose")], beliefs, terms) for way in WAYS}


def told(weights: dict[str, dict[str, Fit]], figure: Judged) -> float:
    """The confidence that the weights give a figure."""
    way = WAYS[figure.evidence.loose]
    return min(figure.given, cautious(probability(weights[way], figure), loose=figure.evidence.loose))


def crossed(figures: Sequence[Judged], beliefs: Beliefs, by: str) -> list[float]:
    """The confidence of every figure by weights that saw nothing of its form's kin, or of its family."""
    families = sorted({f.family for f in figures if not f.family.endswith("*")})
    folds = KIN if by == "form" else [tuple(families[n::FOLDS]) for n in range(FOLDS)]
    given, terms = [0.0] * len(figures), terms_of(figures)
    for fold in folds:
        out = [getattr(f, by) in fold for f in figures]
        weights = learned([f for f, left_out in zip(figures, out, strict=True) if not left_out], beliefs, terms)
        for n, figure in enumerate(figures):
            if out[n]:
                given[n] = told(weights, figure)
    return given


def shown(figures: Sequence[Judged], given: Sequence[float], title: str) -> None:
    """Prints, by form, what of the sure figures is right and what of the right ones is sure."""
    counts: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0])
    for figure, sure in zip(figures, given, strict=True):
        good = all(figure.right)
        for name in (figure.form, "all"):
            count = counts[name]
            for n, there in enumerate((good, good and sure >= SURE, sure >= SURE)):
                count[n] += int(there)
    print(f"\n{title}\n{'':18} right  sure and wrong  of the sure right  of the right sure")
    for name, (right, both, sure) in sorted(counts.items()):
        print(f"{name:18}{right:6}{sure - both:16}{both / max(1, sure):19.4f}{both / max(1, right):19.3f}")


def written(weights: dict[str, dict[str, Fit]], caution: str) -> str:
    """The text of the file of weights; `caution` is what stands before them."""
    parts = [HEAD, caution]
    for way, fits in weights.items():
        for part in PARTS:
            terms = "".join(f"{k} = {v:.2f}\n" for k, v in sorted(fits[part].terms.items()) if abs(v) >= 0.02)
            parts.append(f"[{way}.{part}]\nbase = {fits[part].base:.2f}\n\n[{way}.{part}.terms]\n{terms}\n")
    return "".join(parts).rstrip() + "\n"


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.trust", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("kept", type=Path)
    parser.add_argument("folders", type=Path, nargs="+")
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--by", choices=("form", "family"))
    arguments = parser.parse_args()
    beliefs = Beliefs()
    figures = judged(arguments.folders, arguments.kept)
    known = [f for f in figures if not f.family.endswith("*")]
    others = [f for f in figures if f.family.endswith("*")]
    weights = learned(figures, beliefs)
    shown(known, [told(weights, f) for f in known], "worked on")
    shown(others, [told(weights, f) for f in others], "families held out")
    if arguments.by:
        shown(known, crossed(known, beliefs, arguments.by), f"each {arguments.by} by weights that did not see it")
    if arguments.write:
        caution = WEIGHTS.read_text(encoding="utf-8").partition("[caution]")[2].partition("[kept")[0]
        WEIGHTS.write_text(written(weights, f"[caution]{caution}"), encoding="utf-8")


if __name__ == "__main__":
    main()
