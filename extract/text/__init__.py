"""Text files as printed: layout dumps of PDFs, and markdown-like dumps whose tabs keep the columns.

In: a file's bytes.  Out: a `Document` of headings, paragraphs and grids in reading order, each with its source line.
Nothing raises on any bytes: what is no text ends as quarantined with a reason (`empty_file`, `binary`, `unsupported`).
"""

from __future__ import annotations

from pathlib import Path

from extract.headings import levels
from extract.models import Block, Document, Grid, Heading, Reason, ReasonCode, Status
from extract.text.columnwise import find_columnwise
from extract.text.decode import decode
from extract.text.flat import unfolded
from extract.text.kept import find_kept
from extract.text.prose import read_prose
from extract.text.prose_titles import Title
from extract.text.sequence import find_sequences
from extract.text.source import SourceLine, source_lines
from extract.text.tabbed import find_tabbed
from extract.text.tables import Found, caption_above, grid, notes_below
from extract.text.untold import doubted, in_blocks
from lexicon.hyphens import vocabulary

PLAIN, TABBED = "text/plain", "text/tab-separated-values"


def read_text(path: Path, data: bytes, sha256: str) -> Document:
    """The document that a text file's bytes print; quarantined with a reason where they are no text."""
    decoded = decode(data)
    identity = sha256[:16]
    if isinstance(decoded, Reason):
        return Document(identity, path.name, sha256, PLAIN, 0, Status.QUARANTINED, reason=decoded)
    lines = unfolded(source_lines(decoded.text))
    blocks, tabbed = read_blocks(lines)
    pages = max((line.page for line in lines if not line.blank), default=1)
    reason = Reason(ReasonCode.ENCODING, (("count", str(decoded.broken)),)) if decoded.broken else None
    media_type = TABBED if tabbed else PLAIN
    return Document(identity, path.name, sha256, media_type, pages, Status.IMPORTED, tuple(blocks), reason)


def read_blocks(lines: list[SourceLine]) -> tuple[list[Block], bool]:
    """The blocks of the lines in reading order, and whether any table was kept by tabs."""
    known = vocabulary(line.text for line in lines)
    taken: set[int] = set()
    placed: list[tuple[int, Block]] = []
    tabbed = find_tabbed(lines, known)
    placed += _grids(tabbed, lines, taken, known)
    placed += _grids(find_kept(lines, taken, known), lines, taken, known)
    blocks = in_blocks(lines)
    placed += _grids(find_columnwise(lines, taken, known), lines, taken, known)
    found = find_sequences(lines, taken, known)
    placed += _grids([doubted(one) for one in found] if blocks else found, lines, taken, known)
    titles: list[tuple[int, Title]] = []
    for at, piece in read_prose(lines, taken, known):
        if isinstance(piece, Title):
            titles.append((at, piece))
        else:
            placed.append((at, piece))
    placed += _headings(titles)
    placed.sort(key=lambda entry: entry[0])
    return [block for _, block in placed], bool(tabbed)


def _grids(
    tables: list[Found], lines: list[SourceLine], taken: set[int], known: frozenset[str]
) -> list[tuple[int, Grid]]:
    """The tables as grids, each with the index of its first line; their lines, captions and notes are taken."""
    for found in tables:
        taken.update(found.taken)
    return [_framed(found, lines, taken, known) for found in tables]


def _framed(found: Found, lines: list[SourceLine], taken: set[int], known: frozenset[str]) -> tuple[int, Grid]:
    """The table as a grid with its caption and notes, whose lines are taken too."""
    caption = caption_above(lines, found.first, taken)
    notes = notes_below(lines, found.last, taken)
    for start, end in [caption, *notes] if caption else notes:
        taken.update(range(start, end))
    return (caption[0] if caption else found.first), grid(found, lines, caption, notes, known)


def _headings(titles: list[tuple[int, Title]]) -> list[tuple[int, Block]]:
    found = levels([title.number for _, title in titles])
    return [
        (at, Heading(title.title, title.number, title.level or level, title.place, title.bold))
        for (at, title), level in zip(titles, found, strict=True)
    ]
