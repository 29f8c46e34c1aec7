"""How a document is printed: rules, headers, notations, paper.  One object decides, every renderer obeys."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass, fields, replace

from bench.typeset.spec import Table

THIN, NARROW_NO_BREAK, NO_BREAK, MINUS, EN_DASH = "\u2009", "\u202f", "\u00a0", "\u2212", "\u2013"


@dataclass(frozen=True)
class Layout:
    """The choices of one document; the defaults are the plainest."""

    rules: str = "grid"  # grid, horizontal, zebra, plain
    header: str = "first"  # first (unit in the corner), span (unit over the years), caption, above
    minus: str = "hyphen"  # hyphen, minus, dash, spaced, trailing, brackets, divide
    thousands: str = "stop"  # stop, none, space, thin, no-break
    valign: str = "top"  # top, middle, bottom (of figures beside a label of several lines)
    label_width: int = 38  # per cent of the table's width
    hyphenate: bool = True
    size: float = 9.0  # points
    font: str = "sans"  # sans, serif, narrow
    landscape: bool = False
    rotate: int = 0  # /Rotate of every page
    break_tables: bool = False  # tables start low on a page and run over it
    repeat_header: bool = True
    ticks: str = "glyph"  # glyph, wingdings, form, image
    footnotes: bool = False  # markers at labels
    side_by_side: bool = False
    order: str = "reading"  # reading, scrambled, letters, columns
    bold_totals: bool = True
    caption: str = "above"  # above, far (text between caption and body), none
    ligatures: str = "none"  # none, unicode (fi as one character), private (fi as a private-use code point)
    furniture: str = "edge"  # edge, middle, none
    front: str = "rows"  # rows (front matter as a table), lines
    heads: str = "right"  # right, center, left: where a year stands over its figures, which are always right
    merged: bool = False  # a text column's equal neighbours printed once, beside the middle of its rows

    def code(self) -> str:
        """What differs from the plainest layout, for a file name: "zebra-span-minus"."""
        out = []
        for f in fields(self):
            value = getattr(self, f.name)
            if value == f.default:
                continue
            if isinstance(value, bool):
                out.append(f.name if value else f"no_{f.name}")
            elif isinstance(value, str) and value not in ("none", "middle", "image", "center", "left"):
                out.append(value)
            else:
                out.append(f"{f.name}={value}")
        return "_".join(out) or "plainest"


def print_figure(cell: str, layout: Layout) -> str:
    """A canonical cell in the layout's notation; words and blank cells stay as they are."""
    if not re.fullmatch(r"-?\d[\d.]*(,\d+)?", cell):
        return cell
    negative, digits = cell.startswith("-"), cell.removeprefix("-")
    mark = {"stop": ".", "none": "", "space": " ", "thin": THIN, "no-break": NO_BREAK}[layout.thousands]
    digits = digits.replace(".", mark)
    if not negative:
        return digits
    return {
        "hyphen": f"-{digits}",
        "minus": f"{MINUS}{digits}",
        "dash": f"{EN_DASH}{digits}",
        "spaced": f"- {digits}",
        "trailing": f"{digits}-",
        "brackets": f"({digits})",
        "divide": f"÷{digits}",
    }[layout.minus]


@dataclass(frozen=True)
class HeaderCell:
    text: str
    columns: int = 1
    rows: int = 1


def header_rows(table: Table, layout: Layout) -> list[list[HeaderCell]]:
    """The header of a table, row by row, the cells left to right (a cell that spans rows stands in its first)."""
    names = [c.label for c in table.columns]
    corner = " ".join(p for p in (table.stub, table.unit_phrase) if p)
    years = [i for i, c in enumerate(table.columns) if c.kind != "text"]
    if table.group and years:
        first, last = years[0], max(i for i in years if table.columns[i].kind == "year")
        top = [HeaderCell(table.unit_phrase, first + 1)]
        top.append(HeaderCell(table.group, last - first + 1))
        top += [HeaderCell(n) for n in names[last + 1 :]]
        below = [HeaderCell(table.stub, first + 1)]
        below += [HeaderCell(n) for n in names[first : last + 1]] + [HeaderCell("") for _ in names[last + 1 :]]
        return [top, below]
    if layout.header == "span" and table.unit_phrase and years and years[-1] - years[0] == len(years) - 1:
        first, last = years[0], years[-1]
        top = [HeaderCell(""), *(HeaderCell("") for _ in range(first)), HeaderCell(table.unit_phrase, last - first + 1)]
        top += [HeaderCell("") for _ in names[last + 1 :]]
        return [top, [HeaderCell(table.stub), *(HeaderCell(n) for n in names)]]
    if layout.header in ("caption", "above") and table.unit_phrase and table.measure != "text":
        corner = table.stub
    return [[HeaderCell(corner), *(HeaderCell(n) for n in names)]]


def caption(table: Table, layout: Layout) -> str | None:
    """The caption line: label and title, with the unit where the layout puts it there."""
    if not table.label and not table.title:
        return None
    text = ". ".join(p for p in (table.label, table.title) if p)
    if layout.header == "caption" and table.unit_phrase and not table.group:
        text += f" ({table.unit_phrase})"
    return text


def random_layout(rng: random.Random, producer: str) -> Layout:
    """A random layout among those the producer can print."""
    free = producer == "reportlab"
    layout = Layout(
        rules=rng.choice(("grid", "horizontal", "zebra", "plain")),
        header=rng.choice(("first", "first", "span", "caption", "above")),
        minus=rng.choice(("hyphen", "hyphen", "hyphen", "minus", "dash", "spaced", "trailing", "brackets")),
        thousands=rng.choice(("stop", "stop", "stop", "stop", "none", "space", "thin", "no-break")),
        valign=rng.choice(("top", "top", "middle", "bottom")),
        label_width=rng.choice((22, 30, 38, 45)),
        hyphenate=rng.random() < 0.6,
        size=rng.choice((7.5, 8.5, 9.0, 10.0)),
        font=rng.choice(("sans", "serif", "narrow")),
        landscape=rng.random() < 0.15,
        rotate=rng.choice((0, 0, 0, 90, 270)) if free else 0,
        break_tables=rng.random() < 0.4,
        repeat_header=rng.random() < 0.6,
        ticks=rng.choice(("glyph", "wingdings", "form", "image")) if free else rng.choice(("glyph", "glyph", "image")),
        footnotes=rng.random() < 0.3,
        side_by_side=free and rng.random() < 0.2,
        order=rng.choice(("reading", "reading", "scrambled", "letters", "columns")) if free else "reading",
        bold_totals=rng.random() < 0.7,
        caption=rng.choice(("above", "above", "above", "far")),
        ligatures=rng.choice(("none", "none", "unicode", "private")) if free else "none",
        furniture=rng.choice(("edge", "edge", "none", "middle")) if free else rng.choice(("edge", "none")),
        front=rng.choice(("rows", "lines")),
        heads=rng.choice(("right", "right", "right", "center", "center", "left")),
        merged=free and rng.random() < 0.2,
    )
    if producer == "text-lost":  # where blanks are lost, blanks inside figures leave nothing to read
        layout = replace(layout, thousands=rng.choice(("stop", "none")), minus=rng.choice(("hyphen", "minus", "dash")))
    if producer == "scan":  # a scanner sees no text order and no thin blanks
        layout = replace(layout, size=max(layout.size, 9.0), thousands="stop", ligatures="none", furniture="edge")
    return layout
