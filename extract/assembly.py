"""The blocks of a document in reading order: pages' tables joined over page breaks, captions and notes with theirs."""

from __future__ import annotations

from dataclasses import dataclass

from extract.grids.build import Part, build_grid, continues
from extract.grids.raw import RawCell, RawRow, RawTable
from extract.models import Block, Grid, Heading, Line, Paragraph, Place
from extract.page.model import Page, VisualLine
from extract.prose.chains import Chain, body_size, chains, size_ranks, to_block
from lexicon.captions import is_caption, is_continued_caption, is_note
from lexicon.hyphens import join_lines

_MOST_DANGLING = 3  # labels between the halves of a table


@dataclass(slots=True)
class ReadPage:
    """A page, its tables, and its lines outside them."""

    content: Page
    tables: list[RawTable]
    lines: list[VisualLine]

    @property
    def last_table(self) -> RawTable | None:
        """The table that the page ends with; None where text stands below it."""
        last = self.tables[-1] if self.tables else None
        return None if last is None or any(line.y0 > last.box[3] for line in self.lines) else last


def known_words(pages: list[ReadPage]) -> frozenset[str]:
    """The document's own words in lower case: the evidence for undoing hyphens and completing lost glyphs."""
    texts: set[str] = set()
    for page in pages:
        texts.update([word.text for word in page.content.words])
    bare = (t if t.isalpha() else t.strip(".,;:()\"”»«'") for t in texts)
    return frozenset(t.lower() for t in bare if len(t) > 1 and (t.isalpha() or "-" in t))


def blocks_of(pages: list[ReadPage]) -> tuple[Block, ...]:
    """All blocks of a document in reading order: tables joined over pages, captions and notes with their tables."""
    size = body_size([(p.content, p.lines) for p in pages])
    known = known_words(pages)
    made: list[list[Chain]] = [chains(p.content, p.lines, size) for p in pages]
    ranks = size_ranks([c for page in made for c in page], size)
    ordered: list[Chain | Part] = []
    for page, page_chains in zip(pages, made, strict=True):
        items: list[tuple[float, float, Chain | Part]] = [(c.y0, c.x0, c) for c in page_chains]
        items += [(t.box[1], t.box[0], Part(t, page.content)) for t in page.tables]
        items.sort(key=lambda i: (i[0], i[1]))
        ordered += [i[2] for i in items]
    return tuple(_assemble(ordered, size, known, ranks))


@dataclass(slots=True)
class _Making:
    """What turns chains into blocks: the text's size, the document's words, the ranks of its headings."""

    size: float
    known: frozenset[str]
    ranks: dict[float, int]

    def block(self, chain: Chain) -> Heading | Paragraph:
        return to_block(chain, self.size, self.known, self.ranks)


def _assemble(ordered: list[Chain | Part], size: float, known: frozenset[str], ranks: dict[float, int]) -> list[Block]:
    blocks: list[Block] = []
    making = _Making(size, known, ranks)
    at = 0
    while at < len(ordered):
        item = ordered[at]
        if isinstance(item, Part):
            at = _add_table(blocks, item, ordered, at + 1, making)
            continue
        item.beside = item.beside or (at + 1 < len(ordered) and _spans_columns(item, ordered[at + 1]))
        _append(blocks, making.block(item))
        at += 1
    return blocks


def _add_table(blocks: list[Block], first: Part, ordered: list[Chain | Part], at: int, making: _Making) -> int:
    """Adds the table that begins with a part: its other halves, caption and notes; returns what comes after it."""
    parts = [first]
    notes: list[Paragraph] = []
    caption = _own_caption(first) or _take_caption(
        blocks, Place(first.table.page, first.content.shown(*first.table.box))
    )
    while at < len(ordered):
        if caption is not None and _again(caption, parts[-1], ordered, at):
            at += 1
        between = _up_to_second_half(ordered, at) or []
        made = [making.block(c) for c in between]
        notes += [b for b in made if isinstance(b, Paragraph)]
        blocks += [b for b in made if isinstance(b, Heading)]
        at += len(between)
        dangling = _dangling_label(parts[-1], ordered, at)
        parts[-1].table.rows += dangling
        parts[-1].table.words += sum(len(line) for row in dangling for line in row.cells[0].lines)
        at += len(dangling)
        following = _next_half(parts[-1], ordered, at)
        if following is None:
            break
        parts.append(following)
        at += 1
    below = _notes_below(ordered, at, making)
    blocks.append(build_grid(parts, caption, (*notes, *below), making.known))
    return at + len(below)


def _notes_below(ordered: list[Chain | Part], at: int, making: _Making) -> list[Paragraph]:
    """The notes right below a table; one to all tables is none of its."""
    notes: list[Paragraph] = []
    for item in ordered[at:]:
        note = making.block(item) if isinstance(item, Chain) and _is_note(item) else None
        if not isinstance(note, Paragraph) or "alle tabeller" in note.text.lower():
            break
        notes.append(note)
    return notes


def _again(caption: Paragraph, part: Part, ordered: list[Chain | Part], at: int) -> bool:
    """Whether the caption of a table stands there once more, over its second half, on the page after."""
    chain, half = ordered[at], _next_half(part, ordered, at + 1)
    return (
        half is not None
        and isinstance(chain, Chain)
        and chain.content is half.content
        and _letters(chain.text) == _letters(caption.text)
    )


def _letters(text: str) -> str:
    return "".join(c for c in text.lower() if c.isalnum())


def _up_to_second_half(ordered: list[Chain | Part], at: int) -> list[Chain] | None:
    """What stands between the halves of a table that were read together: notes and the caption again ("fortsat").

    None where no second half comes.
    """
    notes: list[Chain] = []
    for item in ordered[at : at + 4]:
        if isinstance(item, Part):
            return notes if item.table.goes_on else None
        if not _is_note(item) and not is_continued_caption(item.text):
            break
        notes.append(item)
    return None


def _next_half(part: Part, ordered: list[Chain | Part], at: int) -> Part | None:
    """What stands there, where it is a table that goes on with the part before it, which is on the page before."""
    following = ordered[at] if at < len(ordered) else None
    if not isinstance(following, Part):
        return None
    overleaf = following.table.page == part.table.page + 1
    goes_on = following.table.goes_on or (overleaf and continues(part.table, following.table, following.content))
    return following if goes_on else None


def _spans_columns(chain: Chain, below: Chain | Part) -> bool:
    """Whether a line stands right over the columns of a table, right of its labels: a header of theirs."""
    if not isinstance(below, Part) or below.content is not chain.content:
        return False
    x0, y0, x1, _ = below.table.box
    return chain.x0 > x0 + 0.15 * (x1 - x0) and 0 <= y0 - chain.y1 < 1.5 * chain.tokens[0][0].size


def _dangling_label(part: Part, ordered: list[Chain | Part], at: int) -> list[RawRow]:
    """Rows that are only a label (a section) and stand last on a page, below a table that goes on overleaf."""
    rows: list[RawRow] = []
    bottom = part.table.box[3]
    for chain in ordered[at : at + _MOST_DANGLING]:
        if isinstance(chain, Part):
            break
        if not _is_label_below(chain, part, bottom):
            return []
        lines = [[w for t in line for w in t.words] for line in chain.tokens]
        rows.append(RawRow({0: RawCell(0, lines)}, chain.y0, chain.y1))
        bottom = chain.y1
    return rows if _next_half(part, ordered, at + len(rows)) is not None else []


def _is_label_below(chain: Chain, part: Part, bottom: float) -> bool:
    """Whether a chain stands right below a table's last row, where its labels begin, and is no note."""
    near = 0 <= chain.y0 - bottom < 2.5 * chain.tokens[0][0].size and chain.content is part.content
    labelled = abs(chain.x0 - part.table.columns[0][0]) <= 6 and len(chain.tokens) <= 2
    return near and labelled and not _is_note(chain)


def _is_note(chain: Chain) -> bool:
    return is_note(chain.text)


def _append(blocks: list[Block], block: Heading | Paragraph) -> None:
    """Adds a block; a paragraph that a page break cut in two is made whole."""
    last = blocks[-1] if blocks else None
    if (
        isinstance(block, Paragraph)
        and isinstance(last, Paragraph)
        and last.place.page + 1 == block.place.page
        and block.text[:1].islower()
        and last.text.rstrip()[-1:] not in ".:!?"
        and len(last.text) > 60
    ):
        lines: tuple[Line, ...] = last.lines + block.lines
        blocks[-1] = Paragraph(join_lines([last.text, block.text]), lines, last.place)
        return
    blocks.append(block)


def _own_caption(part: Part) -> Paragraph | None:
    words = part.table.caption_words
    if not words:
        return None
    text = " ".join(w.text for w in words)
    box = part.content.shown(
        min(w.x0 for w in words), min(w.y0 for w in words), max(w.x1 for w in words), max(w.y1 for w in words)
    )
    place = Place(part.table.page, box)
    return Paragraph(text, (Line(text, place),), place)


def _take_caption(blocks: list[Block], place: Place) -> Paragraph | None:
    """The caption printed above: the nearest caption line that no table has yet, with no table between.

    Beside another table, the caption over this one.
    """
    waiting: list[int] = []
    for back in range(1, min(10, len(blocks)) + 1):
        block = blocks[-back]
        if isinstance(block, Grid) and not _beside(block.place, place):
            break
        if isinstance(block, Paragraph) and is_caption(block.text) and len(block.text) < 250:
            waiting.append(back)
    if not waiting:
        return None
    over = [back for back in waiting if _over(blocks[-back].place, place)]
    taken = blocks.pop(-(over or waiting)[0])
    assert isinstance(taken, Paragraph)
    return taken


def _beside(a: Place, b: Place) -> bool:
    """On one page, at one height, one left of the other."""
    if a.page != b.page or a.box is None or b.box is None:
        return False
    same_height = a.box.y0 < b.box.y1 and b.box.y0 < a.box.y1
    return same_height and (a.box.x1 <= b.box.x0 + 5 or b.box.x1 <= a.box.x0 + 5)


def _over(caption: Place, table: Place) -> bool:
    if caption.page != table.page or caption.box is None or table.box is None:
        return False
    return caption.box.x0 < table.box.x1 and caption.box.x1 > table.box.x0
