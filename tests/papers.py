"""Papers of the foundry (`bench/foundry`), set and read in this process, and held to their truth.

`python -m tests.papers` writes `papers.toml` anew: which of them are read without any miss, by seed and form.  It is
written after a change that reads more; a paper that drops out of it is a loss.
"""

from __future__ import annotations

import json
import tempfile
import tomllib
from collections.abc import Collection, Sequence
from pathlib import Path

import publish
from bench.foundry import dumps, openings, plain, press, stock
from bench.foundry.draw import paper
from bench.foundry.family import families
from bench.foundry.match import Run
from bench.foundry.model import Paper
from bench.foundry.score import Score, ScoredPaper
from bench.foundry.slips import measure
from bench.foundry.slips.held_out import KEPT
from bench.foundry.slips.plant import SLIPS
from bench.typeset import corpus
from bench.typeset.generate import TEMPLATES
from bench.typeset.score import score
from bench.typeset.truth import document_truth
from extract import read
from normalize import understand
from reconcile import check

FORMS = ("pipes", "tabs", "cells", "pdf")
MORE_FORMS = ("pipes-open", "html-lines", "pypdf-layout", "mupdf", "pdfium")  # the last three are dumps of the PDF
SEEDS = (701, 702, 703, 704)
#: Documents of `bench.typeset.corpus`, whose layouts are random in other ways, by producer.
LAYOUTS, LAID_OUT = 731, ("reportlab", "text-kept", "text-lost", "text-tabbed")
#: Openings are two cases a file; slips are papers with one planted error each.
OPENINGS, SLIPPED = 711, 721
_NOT_OF_OPENINGS = ("kind",)  # their tables are there to stand between two cases
_LIST = Path(__file__).with_name("papers.toml")


def read_whole() -> dict[str, list[str]]:
    """The papers that are read without a miss, by "what seed form"."""
    told: dict[str, list[str]] = tomllib.loads(_LIST.read_text(encoding="utf-8"))
    return told


def drawn(what: str) -> list[Paper]:
    """The papers of a line of the list ("papers 701 tabs"): the same each time."""
    kind, seed, _ = what.split()
    if kind == "openings":
        return openings.papers(int(seed))
    every = families()
    return [paper(family, int(seed), 0) for family in every.values() if not family.held_out]


def _printed(papers: Sequence[Paper], form: str, folder: Path) -> list[Path]:
    """The papers in one form, each with its truth beside it; `pdf` is ReportLab's, which needs no other program."""
    folder.mkdir(parents=True)
    if form == "pdf" or form in dumps.FORMS:
        press.PRODUCERS["reportlab"][0](list(papers), folder)
        pdfs = [folder / f"{one.name}.pdf" for one in papers]
        if form != "pdf":
            dump = dumps.FORMS[form]
            return [stock.save(folder, one, ".txt", dump(pdf)) for one, pdf in zip(papers, pdfs, strict=True)]
        for one in papers:
            stock.truth(folder, one)
        return pdfs
    make, suffix = plain.FORMS[form]
    return [stock.save(folder, one, suffix, make(one)) for one in papers]


def misses(what: str, folder: Path, names: Collection[str] = ()) -> dict[str, list[str]]:
    """By paper (of these `names`, or every one): what of it was not read as printed, and false alarms."""
    papers, form = [one for one in drawn(what) if not names or one.name in names], what.split()[-1]
    left_out = _NOT_OF_OPENINGS if what.startswith("openings") else ()
    _read(_printed(papers, form, folder / form), folder / "out")
    run = Run(folder / "out")
    missed = {}
    for one in papers:
        told = json.loads((folder / form / f"{one.name}.truth.json").read_text(encoding="utf-8"))
        found = Score()
        ScoredPaper(found, form, told, run, one.name).all()
        said = [(measure, text) for _, _, measure, text in found.misses if measure not in left_out]
        missed[one.name] = [f"{measure}: {text}" for measure, text in said]
    return missed


def slip_misses(what: str, folder: Path, _: Collection[str] = ()) -> dict[str, list[str]]:
    """By paper with a planted error: whether it was not found, not at its place or not named, and other alarms."""
    _, seed, form = what.split()
    made = [
        measure.with_slip(name, SLIPS[name][1], int(seed), 0, n) for n, name in enumerate(sorted(SLIPS.keys() - KEPT))
    ]
    planted = [one for one in made if one is not None]
    _read(_printed([one for one, _ in planted], form, folder / form), folder / "out" / form)
    (folder / "truth").mkdir()
    for one, note in planted:
        (folder / "truth" / f"{one.name}.json").write_text(json.dumps(note | {"form": form}), encoding="utf-8")
    said = measure.score(folder / "out", folder).misses
    return {one.name: [text for text in said if text.split()[1] == one.name] for one, _ in planted}


def layout_misses(what: str, folder: Path, _: Collection[str] = ()) -> dict[str, list[str]]:
    """By document of a random layout: what of it was not read as printed."""
    _, seed, producer = what.split()
    made = list(corpus.many(folder, 2 * len(TEMPLATES), int(seed), (producer,)))
    return {
        one.path.stem: score(understand(read(one.path)), document_truth(one.doc), one.producer).misses for one in made
    }


def _read(paths: Sequence[Path], out: Path) -> None:
    files = [understand(read(path)) for path in paths]
    publish.publish(files, check(files), out, reports=False)


def lines() -> list[str]:
    """What the list holds a line for."""
    told = [f"papers {seed} {form}" for seed in SEEDS for form in FORMS]
    told += [f"papers {SEEDS[0]} {form}" for form in MORE_FORMS]
    told += [f"layouts {LAYOUTS} {producer}" for producer in LAID_OUT]
    told += [f"openings {OPENINGS} {form}" for form in ("pipes", "tabs")]
    return [*told, *(f"slips {SLIPPED} {form}" for form in ("tabs", "pdf"))]


def missed(what: str, names: Collection[str] = ()) -> dict[str, list[str]]:
    """What is missed of each paper of a line of the list; where `names` are given, at least of those."""
    look = {"slips": slip_misses, "layouts": layout_misses}.get(what.split()[0], misses)
    with tempfile.TemporaryDirectory() as made:
        return look(what, Path(made), names)


def _write() -> None:
    told = ["# Papers of the foundry that are read without a miss; written by `python -m tests.papers`."]
    for what in lines():
        whole = sorted(name for name, said in missed(what).items() if not said)
        told.append(f'"{what}" = [\n' + "".join(f'  "{name}",\n' for name in whole) + "]")
    _LIST.write_text("\n".join(told) + "\n", encoding="utf-8")


if __name__ == "__main__":
    _write()
