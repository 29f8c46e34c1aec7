"""PDFs of random layout with the blocks read in them: `kept/*.read`; `python -m tests.extract.kept_pages` writes them.

ReportLab sets them here and now from `bench.typeset` (rules, headers, notations, rotation, drawing order, page breaks,
tick boxes by chance, the same each time); what is told is what `extract` made of the page, before anybody says what it
means.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

from bench.typeset import corpus
from extract import read
from extract.models import Document, Grid, Heading, Paragraph
from tests.documents import printed

FOLDER = Path(__file__).with_name("kept")
SEEDS = (741, 742)
_EACH = 10  # documents a seed


def kept(name: str) -> list[str]:
    """What was read when somebody last looked."""
    return FOLDER.joinpath(f"{name}.read").read_text(encoding="utf-8").splitlines()


def told(seed: int, folder: Path) -> dict[str, list[str]]:
    """What is read now in the documents of a seed, by name.  Raises FontMissingError where a font is not installed."""
    made = corpus.many(folder, _EACH, seed, ("reportlab",))
    return {
        f"{seed}-{n}": [*printed(document), *_looks(document)] for n, document in enumerate(read(m.path) for m in made)
    }


def _looks(document: Document) -> Iterator[str]:
    """How things are set and where, to the point."""
    for block in document.blocks:
        box = [round(x) for x in block.place.box] if block.place.box else None
        if isinstance(block, Grid):
            yield f"  {box} ruled {block.ruled}"
            for row in block.rows:
                cells = [
                    f"{c.text[:8]} {c.placement[0]}{'b' * c.bold}{'i' * c.italic}{'?' * (c.confidence < 1)}"
                    for c in (*row.cells, *row.loose)
                    if c is not None
                ]
                yield f"    {'rule ' * row.rule_above}{'shade ' * row.shaded}{' | '.join(cells)}"
        elif isinstance(block, Heading):
            yield f"  {box} heading {block.size:.1f}{' bold' * block.bold}"
        elif isinstance(block, Paragraph):
            yield f"  {box} {len(block.lines)} lines, {[len(line.segments) for line in block.lines]}"


def main() -> None:
    """Write what is read now."""
    FOLDER.mkdir(exist_ok=True)
    for seed in SEEDS:
        with tempfile.TemporaryDirectory() as folder:
            for name, lines in told(seed, Path(folder)).items():
                FOLDER.joinpath(f"{name}.read").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
