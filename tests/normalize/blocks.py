"""Makes the blocks of a printed document as the tests of `normalize` write them, all of them in one place."""

from __future__ import annotations

from extract.models import Cell, Heading, Line, Paragraph, Place, Placement

HERE = Place(1, None, 1)


def cell(text: str, *, italic: bool = False) -> Cell:
    return Cell(text, text, HERE, Placement.TABBED, italic=italic)


def heading(title: str, number: str | None = None, size: float = 0.0, page: int = 1) -> Heading:
    return Heading(title, number, 1, Place(page), size=size)


def paragraph(*lines: str) -> Paragraph:
    """Running text that was printed on those lines."""
    return Paragraph(" ".join(lines), tuple(Line(t, HERE, (cell(t),)) for t in lines), HERE)
