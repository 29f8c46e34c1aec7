"""A document as text: a layout dump with its blanks kept or lost, or a dump with tabs and a little html."""

from __future__ import annotations

import re
from pathlib import Path

from bench.typeset.hyphens import hyphenator
from bench.typeset.layout import Layout, caption, header_rows, print_figure
from bench.typeset.spec import Block, Doc, Field, Heading, Row, Table, TickBoxes

LINE = 100  # characters of a line of running text


def wrapped(text: str, room: int, hyphenate: bool = True) -> list[str]:
    """The lines of a text at most `room` characters wide, long words cut with a hyphen."""
    lines: list[str] = []
    line = ""
    for word in text.split():
        joined = f"{line} {word}" if line else word
        if len(joined) <= room:
            line = joined
            continue
        left = room - len(line) - bool(line)
        cut = hyphenator().wrap(word, left) if hyphenate and left > 4 and len(word) > 7 else None
        if cut:
            lines.append(f"{line} {cut[0]}" if line else str(cut[0]))
            line = str(cut[1])
        else:
            lines += [line] if line else []
            line = word
    return [*lines, line] if line else lines


def figures(row: Row, layout: Layout) -> list[str]:
    """The row's cells as printed."""
    return [print_figure(c, layout) for c in row.cells]


def _boxes(block: TickBoxes, layout: Layout) -> list[str]:
    shown = {"glyph": ("☒ ", "☐ ")}.get(layout.ticks, ("", ""))
    return [f"{shown[0] if on else shown[1]}{name}" for name, on in block.options]


# Blanks kept: every column stands where it stood on the page.


def kept_table(table: Table, layout: Layout) -> list[str]:
    """The table with runs of blanks between its columns, labels wrapped and hyphenated."""
    room = 24 + layout.label_width // 2
    words = [i for i, c in enumerate(table.columns) if c.kind == "text"]
    widths = [room, *(22 if i in words else 13 for i in range(len(table.columns)))]
    if table.kinds[0] == "catalogue":
        widths[0], widths[1] = 6, 34
    gaps = [0, *(2 if i in words else 0 for i in range(len(table.columns)))]  # words start clear of the figures before
    starts = [sum(widths[:i]) + sum(gaps[: i + 1]) for i in range(len(widths))] + [sum(widths) + sum(gaps)]

    def laid(cells: list[list[str]]) -> list[str]:
        out = []
        for at in range(max(len(c) for c in cells)):
            line = ""
            for index, cell in enumerate(cells):
                text = cell[at] if at < len(cell) else ""
                if index == 0 or index - 1 in words:
                    line = line.ljust(starts[index]) + text
                else:
                    line = line.ljust(starts[index] + widths[index] - len(text)) + text if text else line
            out.append(line.rstrip())
        return out

    lines = []
    for cells in header_rows(table, layout):
        if any(c.columns > 1 for c in cells):
            line, at = "", 0
            for c in cells:
                left, right = starts[at], starts[at + c.columns]
                centred = left + max(0, (right - left - len(c.text)) // 2) if c.columns > 1 and at else left
                line = (
                    line.ljust(centred if at - 1 in words or at == 0 or c.columns > 1 else right - len(c.text))
                ) + c.text
                at += c.columns
            lines.append(line.rstrip())
        else:
            lines += laid(
                [wrapped(c.text, w - 2, layout.hyphenate) or [""] for c, w in zip(cells, widths, strict=True)]
            )
    for row in table.rows:
        parts = [
            wrapped(row.label, widths[0] - 2 if row.cells[0] or table.kinds[0] != "catalogue" else 60, layout.hyphenate)
        ]
        for index, text in enumerate(figures(row, layout)):
            parts.append(wrapped(text, widths[index + 1] - 2, layout.hyphenate) if index in words else [text])
        tall = max(len(c) for c in parts)
        if layout.valign != "top":
            lift = tall - 1 if layout.valign == "bottom" else (tall - 1) // 2
            parts = [
                c if i == 0 or i - 1 in words else ["", *c] if not lift else [""] * lift + c
                for i, c in enumerate(parts)
            ]
        lines += laid(parts)
    return lines


# Blanks lost: fragments in reading order, one blank between them, blank cells gone.


def lost_table(table: Table, layout: Layout) -> list[str]:
    """The table with its blanks lost: a row's label over several lines, then its figures, blank cells left out."""
    lines = [" ".join(c.text for c in cells if c.text) + " " for cells in header_rows(table, layout)]
    room = 22 + layout.label_width // 2
    for row in table.rows:
        label = wrapped(row.label, room, layout.hyphenate)
        rest = " ".join(c for c in figures(row, layout) if c)
        if row.role == "section" and lines:
            lines.append(" ")
        lines += [f"{part} " for part in label[:-1]]
        lines.append(f"{label[-1]} {rest} " if rest else f"{label[-1]} ")
    return lines


# Tabs: a row a line.


def tabbed_table(table: Table, layout: Layout) -> list[str]:
    """The table with a tab between its columns."""
    lines = []
    for cells in header_rows(table, layout):
        line = []
        for cell in cells:
            line += [cell.text, *[""] * (cell.columns - 1)]
        lines.append("\t".join(line))
    return lines + ["\t".join((r.label, *figures(r, layout))) for r in table.rows]


def block_lines(block: Block, layout: Layout, mode: str) -> list[str]:
    """The lines of a block in that mode: "kept", "lost" or "tabbed"."""
    tabbed = mode == "tabbed"
    if isinstance(block, Table):
        name = caption(block, layout)
        body = {"kept": kept_table, "lost": lost_table, "tabbed": tabbed_table}[mode](block, layout)
        if layout.header == "above" and block.unit_phrase and block.measure != "text" and not block.group:
            body = [block.unit_phrase, *body]
        out = [name, *([""] if tabbed else []), *body] if name else body
        for note in block.notes:
            out += ["", *([note] if tabbed else wrapped(note, LINE))]
        return out
    if isinstance(block, TickBoxes):
        boxes = _boxes(block, layout)
        if tabbed:
            marks = [
                '<input type="checkbox"' + (' checked="checked"' if on else "") + "/> " + n for n, on in block.options
            ]
            pairs = ["\t".join(marks[i : i + 2]) for i in range(0, len(marks), 2)]
            return [f"{block.name}\t{pairs[0]}", *(f"\t{p}" for p in pairs[1:])]
        if mode == "kept":
            lines = [
                f"{boxes[i]:52}{boxes[i + 1] if i + 1 < len(boxes) else ''}".rstrip() for i in range(0, len(boxes), 2)
            ]
            return [f"{block.name:28}{lines[0]}", *(" " * 28 + line for line in lines[1:])]
        return [block.name, "", *(" " + "  ".join(boxes[i : i + 2]) + " " for i in range(0, len(boxes), 2))]
    if isinstance(block, Heading):
        text = f"{block.number}. {block.title}" if block.number else block.title
        return [text]
    if isinstance(block, Field):
        text = f"{block.name} {block.text}"
        return [text] if tabbed else wrapped(text, LINE)
    return [block.text] if tabbed or block.kind != "body" else wrapped(block.text, LINE)


def document_text(doc: Doc, layout: Layout, mode: str) -> str:
    """The whole document as text in that mode."""
    parts = []
    for case in doc.cases:
        blocks = [block_lines(b, layout, mode) for b in case.blocks]
        parts.append("\n\n".join("\n".join(lines) for lines in blocks))
    text = "\n\n".join(parts) + "\n"
    return text if mode != "lost" else re.sub(r"[ \t]{2,}(?=\S)", " ", text)


def kept_text(doc: Doc, layout: Layout, path: Path) -> None:
    path.write_text(document_text(doc, layout, "kept"), encoding="utf-8")


def lost_text(doc: Doc, layout: Layout, path: Path) -> None:
    path.write_text(document_text(doc, layout, "lost"), encoding="utf-8")


def tabbed_text(doc: Doc, layout: Layout, path: Path) -> None:
    path.write_text(document_text(doc, layout, "tabbed"), encoding="utf-8")
