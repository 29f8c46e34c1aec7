"""A table on one page, before it becomes a `Grid`: its rows of words by column, and where its tokens went."""

from __future__ import annotations

from dataclasses import dataclass, field

from extract.page.model import Word


@dataclass(slots=True)
class RawCell:
    """Words of one cell, in lines; `span` columns from `column` on, and `rows` rows down."""

    column: int
    lines: list[list[Word]]
    span: int = 1
    disputed: bool = False  # another figure stands in its place too, and nothing says which is its own
    rows: int = 1


@dataclass(slots=True)
class RawRow:
    """A row: its cells by column, top to bottom extent, and what a reader's eye sees of it."""

    cells: dict[int, RawCell]
    y0: float
    y1: float
    header: bool = False
    rule_above: bool = False
    shaded: bool = False


@dataclass(slots=True)
class RawTable:
    """The part of a table that stands on one page, in the page's reading frame."""

    page: int
    box: tuple[float, float, float, float]
    columns: list[tuple[float, float]]  # x extent of each column
    rows: list[RawRow]
    ruled: bool
    orphans: list[Word] = field(default_factory=list)
    words: int = 0  # how many words its area holds, header and orphans included
    caption_words: list[Word] = field(default_factory=list)
    goes_on: bool = False  # read together with the table at the foot of the page before
    cut_row: bool = False  # its first row is the end of the last row there
    parted: int = 0  # how many of its rows no drawn line parts from the one above
