"""How a paper is set: fonts, rules, widths. Drawn from the paper's name, so that every renderer shows one choice."""

from __future__ import annotations

import random
from dataclasses import dataclass

from bench.foundry.model import Paper, Row, Table

#: Millimetres between the margins of an upright and a lying A4 page.
UPRIGHT, LYING = 170, 257

#: Columns from which a page is laid on its side, and from which it is where a header's word is long.
MANY_COLUMNS, SOME_COLUMNS, LONG_WORD = 8, 6, 11

#: Millimetres of a figure column in a table that does not fill the page.
NARROW = 24

#: Share of a table's width in percent: a column of running codes, a column of words.
CODE_WIDTH, WORD_WIDTH = 11, 26


@dataclass(frozen=True)
class Look:
    """A paper's typography; sizes in points, widths in millimetres."""

    font: str
    size: int
    rules: str  # grid, rows, none, zebra, head
    label_width: int  # share of the table's width in percent
    full_width: bool
    heads_right: bool
    bold_total: bool
    title_size: int
    caption_bold: bool
    caption_below_gap: int
    padding: float
    shade_head: bool
    landscape: bool
    spaced: bool  # letter-spaced figures
    numbered_pages: bool
    case_on_page: bool  # each case begins a page

    @property
    def width(self) -> int:
        """Millimetres between the margins."""
        return LYING if self.landscape else UPRIGHT


def look(paper: Paper) -> Look:
    """A look for the paper."""
    rng = random.Random(f"look/{paper.name}")
    tables = [b for b in paper.blocks() if isinstance(b, Table)]
    size = rng.choice([9, 10, 10, 11])
    return Look(
        font=rng.choice(["Liberation Sans", "Liberation Serif", "DejaVu Sans", "Liberation Sans Narrow"]),
        size=size,
        rules=rng.choice(["grid", "grid", "rows", "none", "zebra", "head"]),
        label_width=rng.choice([26, 32, 38, 44]),
        full_width=rng.random() < 0.8,
        heads_right=rng.random() < 0.7,
        bold_total=rng.random() < 0.7,
        title_size=size + rng.choice([2, 4, 6, 8]),
        caption_bold=rng.random() < 0.6,
        caption_below_gap=rng.choice([1, 2, 4]),
        padding=rng.choice([0.4, 0.8, 1.4]),
        shade_head=rng.random() < 0.4,
        landscape=any(wide(t) for t in tables),
        spaced=rng.random() < 0.04,
        numbered_pages=rng.random() < 0.5,
        case_on_page=rng.random() < 0.5,
    )


def wide(table: Table) -> bool:
    """Whether the table asks for a page on its side."""
    return len(table.columns) >= MANY_COLUMNS or (
        len(table.columns) >= SOME_COLUMNS and longest_word(table) >= LONG_WORD
    )


def longest_word(table: Table) -> int:
    """Letters of the longest word in the columns' names."""
    return max((len(word) for c in table.columns for word in c.name.split()), default=0)


def label_cells(table: Table, row: Row) -> int:
    """How many columns a label is set over: a heading or sum in a list of codes reaches over the words beside it."""
    first = next((i for i, c in enumerate(table.columns) if c.kind != "text"), len(table.columns))
    joined = row.role in ("section", "subtotal", "total") and first and not any(row.cells[:first])
    return first + 1 if joined else 1


def widths(table: Table, style: Look) -> list[float]:
    """The width of every column in millimetres, the label's first."""
    coded = max((len(r.label) for r in table.rows if r.role == "detail"), default=0) <= 8 and any(
        c.kind == "text" for c in table.columns
    )
    shares = [
        CODE_WIDTH if coded else style.label_width,
        *(WORD_WIDTH if c.kind == "text" else 0 for c in table.columns),
    ]
    figures = sum(c.kind != "text" for c in table.columns)
    rest = (100 - sum(shares)) / max(1, figures)
    made = [style.width * (share or rest) / 100 for share in shares]
    return (
        made
        if style.full_width
        else [
            w if share else min(w, NARROW + 2 * max(0, longest_word(table) - 8))
            for w, share in zip(made, shares, strict=True)
        ]
    )
