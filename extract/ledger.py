"""What of a document found no place: figures set as in a table that no table holds, captions without a table.

In: the blocks of a document.  Out: the counts that `Document` carries, so that nobody takes a table that was not found
for one that agrees.  An amount within a sentence, a year, a section's number and a date are running text; figures that
follow each other, and a figure alone on its line, are not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from extract.headings import is_sentence
from extract.models import Block, Document, Grid, Paragraph, Unplaced
from lexicon.captions import is_caption, is_marker, split_caption
from lexicon.figures import figures_in, is_dash, is_number
from lexicon.lines import is_furniture
from lexicon.years import is_year

MOST_TOLD = 1000  # figures without a place that are named; of more it is known that they are many
NEAR = 3  # blocks below a caption within which its table stands
LEAST_RUN = 2  # figures that follow each other without a word between
_LONGEST_ROW = 110  # characters: a longer line is running text or a page run together
_PICTURES = ("figur", "diagram")  # captions of these have no table
_LIST_NUMBER = re.compile(r"\d{1,2}[.)]?")


def accounted(document: Document) -> Document:
    """The document with what of it found no place counted and named."""
    found = [figure for block in document.blocks for figure in unplaced(block)]
    return replace(
        document,
        unplaced_figures=len(found),
        unplaced=tuple(found[:MOST_TOLD]),
        captions_without_table=captions_without_table(document.blocks),
    )


def unplaced(block: Block) -> Iterator[Unplaced]:
    """The figures of a block that are set as a table's and stand in none."""
    if isinstance(block, Grid):
        yield from (
            Unplaced(text, block.place) for text in block.ledger.orphans if is_number(text) and not is_year(text)
        )
    elif isinstance(block, Paragraph):
        yield from (Unplaced(text, line.place) for line in block.lines for text in _of_line(line.text))


def _of_line(text: str) -> Sequence[str]:
    """The figures of a line that stand as a row of a table does: alone, or several without a word between."""
    if not any(map(str.isnumeric, text)) or is_furniture(text) or is_caption(text):
        return ()
    spans = [(a, b) for a, b in figures_in(text) if not is_year(text[a:b])]
    numbers = [text[a:b] for a, b in spans if not is_dash(text[a:b])]
    if len(text) <= _LONGEST_ROW and len(numbers) == 1 and text.strip() == numbers[0]:
        return () if _LIST_NUMBER.fullmatch(numbers[0]) or is_marker(numbers[0]) else numbers
    if len(text) <= _LONGEST_ROW and is_sentence(text):
        return ()
    return [text[a:b] for run in _runs(text, spans) for a, b in run]


def _runs(text: str, spans: Sequence[tuple[int, int]]) -> list[list[tuple[int, int]]]:
    """Figures that follow each other with nothing but blanks between; nils count where figures stand beside them."""
    runs: list[list[tuple[int, int]]] = []
    for span in spans:
        if runs and not text[runs[-1][-1][1] : span[0]].strip():
            runs[-1].append(span)
        else:
            runs.append([span])
    return [run for run in runs if sum(not is_dash(text[a:b]) for a, b in run) >= LEAST_RUN]


def captions_without_table(blocks: Sequence[Block]) -> int:
    """How many captions of tables no table follows."""
    return sum(
        isinstance(block, Paragraph)
        and is_caption(block.text)
        and not (split_caption(block.text).label or "").casefold().startswith(_PICTURES)
        and not any(isinstance(below, Grid) and below.caption is None for below in blocks[at + 1 : at + 1 + NEAR])
        for at, block in enumerate(blocks)
    )
