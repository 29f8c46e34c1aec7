"""A folder of random documents with their truth: many layouts, many producers.

    python -m bench.typeset.corpus FOLDER [--count N] [--seed S] [--producers weasyprint,reportlab,chromium]

Each document is NAME.pdf (or .txt) beside NAME.truth.json; NAME tells template, seed, producer and what is special in
the layout.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

from bench.typeset.generate import TEMPLATES, generate
from bench.typeset.layout import Layout, random_layout
from bench.typeset.render_html import ProducerMissingError, chromium_pdf, weasyprint_pdf
from bench.typeset.render_office import ghostscript_pdf, libreoffice_pdf, scanned_pdf
from bench.typeset.render_reportlab import reportlab_pdf
from bench.typeset.render_text import kept_text, lost_text, tabbed_text
from bench.typeset.spec import Doc
from bench.typeset.truth import write_truth

Producer = Callable[[Doc, Layout, Path], None]
PRODUCERS: dict[str, Producer] = {
    "reportlab": reportlab_pdf,
    "weasyprint": weasyprint_pdf,
    "chromium": chromium_pdf,
    "libreoffice": libreoffice_pdf,
    "ghostscript": ghostscript_pdf,
    "scan": scanned_pdf,
    "text-kept": kept_text,
    "text-lost": lost_text,
    "text-tabbed": tabbed_text,
}


@dataclass(frozen=True)
class Made:
    """One printed document."""

    path: Path
    doc: Doc
    layout: Layout
    producer: str


def one(folder: Path, seed: int, template: str, producer: str, layout: Layout | None = None) -> Made:
    """Print one random document and its truth; raises ProducerMissingError where its producer is not installed."""
    rng = random.Random(f"{seed}-{template}-{producer}")
    layout = layout or random_layout(rng, producer)
    doc = generate(seed, template)
    name = f"{template}-{seed:04}-{producer}-{layout.code()}"[:180]
    doc = replace(doc, name=name)
    path = folder / f"{name}.{'txt' if producer.startswith('text') else 'pdf'}"
    PRODUCERS[producer](doc, layout, path)
    choices = {k: str(v) for k, v in asdict(layout).items()}
    write_truth(doc, folder / f"{name}.truth.json", producer=producer, layout=layout.code(), choices=choices)
    return Made(path, doc, layout, producer)


def many(folder: Path, count: int, seed: int = 0, producers: tuple[str, ...] = tuple(PRODUCERS)) -> Iterator[Made]:
    """Print `count` documents, going round producers and templates; those whose producer is missing are left out."""
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        producer = producers[number % len(producers)]
        template = TEMPLATES[(number // len(producers)) % len(TEMPLATES)]
        try:
            yield one(folder, seed + number, template, producer)
        except ProducerMissingError as missing:
            sys.stderr.write(f"left out: {missing} is not installed\n")


def main(arguments: list[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description="Print random documents with their truth.")
    parser.add_argument("folder", type=Path)
    parser.add_argument("--count", type=int, default=30)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--producers", default=",".join(PRODUCERS))
    chosen = parser.parse_args(arguments)
    for made in many(chosen.folder, chosen.count, chosen.seed, tuple(chosen.producers.split(","))):
        sys.stdout.write(f"{made.path}\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
