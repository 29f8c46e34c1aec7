"""A folder of papers: PDFs by producer and dumps by form, each beside its truth."""

from __future__ import annotations

import json
import sys
from pathlib import Path

from bench.foundry import dumps, plain, press
from bench.foundry.model import Paper

#: Forms whose lines follow the reader's eye, so that a table can be read off them.
IN_ORDER = (
    "pipes",
    "pipes-open",
    "tabs",
    "tika",
    "pdfbox",
    "pdfbox-sorted",
    "poppler-layout",
    "pypdf-layout",
    "poppler-raw",
    "pypdf",
    "mupdf",
    "pdfium",
)

#: Forms that may lose which figure stands where: columns one after the other, one cell a line, a page a line.
OUT_OF_ORDER = ("poppler", "pdfminer", "cells", "html-lines", "html-flat")

FORMS = ("pdf", *IN_ORDER, *OUT_OF_ORDER)


def fill(folder: Path, papers: list[Paper], forms: list[str]) -> None:
    """Writes the papers in the forms asked for; says on stderr which are left out and why."""
    folder.mkdir(parents=True, exist_ok=True)
    if held := [f for f in forms if (folder / f).exists()]:
        raise FileExistsError(f"{folder} holds papers in {held[0]}: an old draw and a new one would be scored together")
    for form, (make, suffix) in plain.FORMS.items():
        for paper in papers if form in forms else []:
            save(folder / form, paper, suffix, make(paper))
    dumped = [f for f in forms if f in dumps.FORMS or f in dumps.PDFBOX]
    if "pdf" in forms or dumped:
        pdfs = typeset(folder, papers)
        for form in dumped:
            if why := dumps.missing(form):
                print(f"{form}: left out, {why}", file=sys.stderr)
            else:
                dump(folder / form, form, pdfs, {p.name: p for p in papers})


def dump(folder: Path, form: str, pdfs: list[Path], papers: dict[str, Paper]) -> None:
    """One form of all PDFs."""
    targets = [save(folder, papers[pdf.stem], ".txt", "") for pdf in pdfs]
    if form in dumps.PDFBOX:
        dumps.pdfbox([(dumps.PDFBOX[form], pdf, target) for pdf, target in zip(pdfs, targets, strict=True)])
        return
    for pdf, target in zip(pdfs, targets, strict=True):
        target.write_text(dumps.FORMS[form](pdf), encoding="utf-8")


def typeset(folder: Path, papers: list[Paper]) -> list[Path]:
    """PDFs of all papers, each by one of the producers at hand in turn; what is there already stays."""
    producers = press.available()
    for name in sorted(set(press.PRODUCERS) - set(producers)):
        print(f"{name}: left out, it is not installed", file=sys.stderr)
    made = []
    for turn, name in enumerate(producers):
        mine = [p for i, p in enumerate(papers) if (i + i // len(producers)) % len(producers) == turn]
        to = folder / f"pdf-{name}"
        to.mkdir(exist_ok=True)
        wanting = [p for p in mine if not (to / f"{p.name}.pdf").exists()]
        if wanting:
            press.PRODUCERS[name][0](wanting, to)
        for paper in mine:
            truth(to, paper)
            made.append(to / f"{paper.name}.pdf")
    return sorted(made)


def save(folder: Path, paper: Paper, suffix: str, text: str) -> Path:
    """A text form of the paper and its truth."""
    folder.mkdir(exist_ok=True)
    target = folder / f"{paper.name}{suffix}"
    target.write_text(text, encoding="utf-8")
    truth(folder, paper)
    return target


def truth(folder: Path, paper: Paper) -> None:
    """The paper's truth beside it."""
    (folder / f"{paper.name}.truth.json").write_text(
        json.dumps(paper.truth(), ensure_ascii=False, indent=1), encoding="utf-8"
    )
