"""How a paper is set: fonts, rules, widths. Drawn from the paper's name, so that every renderer shows one choice."""

from __future__ import annotations

import random
from dataclasses import dataclass
from decimal import Decimal

from bench.foundry.model import Paper, Row, Table

#: Millimetres between the margins of an upright and a lying A4 page.
UPRIGHT, LYING = 170, 257

#: Columns from which a page is laid on its side, and from which it is where a header's word is long.
MANY_COLUMNS, SOME_COLUMNS, LONG_WORD = 8, 6, 11

#: Millimetres a point of size that a digit and a letter of a header take, in the widest of the fonts.
DIGIT, LETTER = 0.225, 0.24

#: Size and padding that a page is chosen by, and the millimetres that labels have at least.
USUAL_SIZE, USUAL_PADDING, LABEL_LEAST = 9, 0.8, 45

#: Letters of a label up to which it is a code.
CODE_LETTERS = 8

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
    crowded = len(table.columns) >= SOME_COLUMNS and longest_word(table) >= LONG_WORD
    asked = sum(least(table, i, USUAL_SIZE, USUAL_PADDING) for i in range(len(table.columns))) + LABEL_LEAST
    return crowded or len(table.columns) >= MANY_COLUMNS or asked > UPRIGHT


def least(table: Table, column: int, size: float, padding: float) -> float:
    """Millimetres that a figure column takes for its longest figure and word to stand unbroken; 0 for words."""
    if table.columns[column].kind == "text":
        return 0
    cells = [r.cells[column] for r in table.rows]
    about = len(table.dress)
    figure = max((len(f"{c:,.{table.decimals}f}") + about for c in cells if isinstance(c, Decimal)), default=0)
    word = max(len(w) for w in table.columns[column].name.split())
    return max(figure * DIGIT, word * LETTER) * size + 2 * padding + 3


def longest_word(table: Table) -> int:
    """Letters of the longest word in the columns' names."""
    return max((len(word) for c in table.columns for word in c.name.split()), default=0)


def label_cells(table: Table, row: Row) -> int:
    """How many columns a label is set over: a heading or sum in a list of codes reaches over the words beside it,
    a remark over all."""
    if row.role == "remark":
        return len(table.columns) + 1
    first = next((i for i, c in enumerate(table.columns) if c.kind != "text"), len(table.columns))
    joined = row.role in ("section", "subtotal", "total") and first and not any(row.cells[:first])
    return first + 1 if joined else 1


def widths(table: Table, style: Look) -> list[float]:
    """The width of every column in millimetres, the label's first: no figure and no word of a header is broken."""
    coded = max((len(r.label) for r in table.rows if r.role == "detail"), default=0) <= CODE_LETTERS
    coded = coded and any(c.kind == "text" for c in table.columns)
    words = [
        CODE_WIDTH if coded else style.label_width,
        *(WORD_WIDTH if c.kind == "text" else 0 for c in table.columns),
    ]
    needed = [0, *(least(table, i, style.size - 1, style.padding) for i in range(len(table.columns)))]
    if style.spaced:
        needed = [1.2 * n for n in needed]
    figures = max(1, sum(c.kind != "text" for c in table.columns))
    said = sum(words) / 100
    room = min(style.width * said, max(style.width - sum(needed), LABEL_LEAST))
    even = (style.width - room) / figures
    if not style.full_width:
        even = min(even, NARROW + 2 * max(0, longest_word(table) - 8))
    evened = [max(n, even) if n and max(needed) <= even else n for n in needed]
    return [room * w / 100 / said if w else e for w, e in zip(words, evened, strict=True)]
