"""A table's label and title: from its caption, else from the heading it stands under; and the lines right above it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

import regex

from extract.models import Block, Grid, Heading, Paragraph, Row
from extract.records import record
from lexicon.captions import split_caption
from lexicon.lines import ends_sentence
from lexicon.units import find_measure, find_price_level, find_unit, is_only_unit
from lexicon.years import single_year

NEAR = 3  # blocks between a heading and a table that it still titles
SHORT = 160  # characters: longer paragraphs are prose, not a caption
LINE = 80  # characters: longer ones are prose, not a line that says the unit
COUNTED = 6  # words of a line that says what is counted: "Ændring i antal årsværk"

_THOUSANDS = regex.compile(r"(?<!\d)1[. ]?000[. ](?:000[. ])?(?=\s*kr)", regex.IGNORECASE)
_AMOUNT = regex.compile(r"\d\s*(?:t\.?\s?kr|kr|mio|mia)", regex.IGNORECASE)


@record
class Title:
    """How a table is called and what stands right above it.

    `own` says whether the title is the table's own caption rather than the heading it stands under; `above` are short
    lines between the title and the table (a unit or a price level may stand there).
    """

    label: str | None
    title: str | None
    own: bool
    above: tuple[str, ...] = ()


def read_title(blocks: Sequence[Block], index: int, grid: Grid) -> Title:
    """The title of a grid that is (or is a part of) `blocks[index]`."""
    if grid.caption is not None and grid.caption.text.strip():
        parts = split_caption(grid.caption.text)
        return Title(parts.label, _without_unit(parts.title), True, _above(blocks, index))
    heading: Heading | None = None
    for block in reversed(blocks[max(0, index - NEAR) : index]):
        if isinstance(block, Grid):
            break
        text = _text(block)
        parts = split_caption(text)
        if parts.label is not None and len(text) < SHORT:
            return Title(parts.label, _without_unit(parts.title), True, _above(blocks, index))
        if isinstance(block, Heading) and not _says_unit(text):
            heading = block
            break
    if heading is None:
        heading = _heading_above(blocks, index)
    return Title(None, heading.title if heading else None, False, _above(blocks, index))


def _text(block: Heading | Paragraph) -> str:
    return block.title if isinstance(block, Heading) else block.text


def _heading_above(blocks: Sequence[Block], index: int) -> Heading | None:
    return next((b for b in reversed(blocks[:index]) if isinstance(b, Heading) and not _says_unit(b.title)), None)


def _without_unit(title: str | None) -> str | None:
    """The title without the unit and price level at its end: "Besparelser (1.000 kr. 2024 p/l)" is "Besparelser"."""
    words = (title or "").split()
    for cut in range(1, len(words)):
        if is_only_unit(" ".join(words[cut:])):
            return " ".join(words[:cut]).rstrip(" ,;:(–-") or None
    return title or None


def split_at_captions(grid: Grid) -> list[Grid]:
    """The tables that a grid runs together: a row whose first cell is a caption ("Tabel 3. …") begins the next one."""
    starts = [n for n, row in enumerate(grid.rows) if n and _is_caption_row(row)]
    if not starts:
        return [grid]
    parts: list[Grid] = []
    for start, end in pairwise([0, *starts, len(grid.rows)]):
        rows = grid.rows[start:end]
        if start == 0:
            parts.append(replace(grid, rows=rows))
            continue
        first = rows[0].cells[0]
        assert first is not None
        caption = Paragraph(" ".join(first.text.split()), (), first.place)
        header = replace(rows[0], cells=(replace(first, text=_unit_of(caption.text)), *rows[0].cells[1:]))
        parts.append(replace(grid, rows=(header, *rows[1:]), caption=caption, place=first.place))
    return parts


def _is_caption_row(row: Row) -> bool:
    first = row.cells[0] if row.cells else None
    if first is None or row.loose:
        return False
    others = [c.text for c in row.cells[1:] if c is not None and c.text.strip()]
    parts = split_caption(first.text)
    return parts.label is not None and parts.title is not None and all(single_year(t) for t in others)


def _unit_of(caption: str) -> str:
    """The unit and price level at a caption's end, "" where there is none."""
    title = split_caption(caption).title or ""
    return title.removeprefix(_without_unit(title) or "").strip(" ,;:")


def _above(blocks: Sequence[Block], index: int) -> tuple[str, ...]:
    """The short lines right above the grid that name a unit, a measure or a price level, nearest first."""
    found: list[str] = []
    for block in reversed(blocks[max(0, index - 2) : index]):
        if isinstance(block, Grid):
            break
        if _says_unit(_text(block)):
            found.append(_text(block))
        elif isinstance(block, Heading) or len(block.text) > LINE:
            break
    return tuple(found)


def _says_unit(text: str) -> bool:
    """Whether a line is there to say in what the table counts: "1.000 kr. 2025 p/l", "Årsværk"."""
    if len(text) > LINE or _AMOUNT.search(_THOUSANDS.sub("", text)):  # "… udgør 90 t.kr." speaks of an amount
        return False
    if find_unit(text) or find_price_level(text):
        return len(text.split()) <= 12
    return find_measure(text) is not None and len(text.split()) <= COUNTED and not ends_sentence(text)
