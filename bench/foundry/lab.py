"""A paper by ReportLab's flowables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from reportlab.lib.pagesizes import A4, landscape
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer
from reportlab.platypus import Table as Flowable

from bench.foundry.html import spanning
from bench.foundry.looks import Look, label_cells, widths
from bench.foundry.model import Block, Fields, Line, Paper, Table

#: Fonts by the name they are registered under.
FONTS = {
    "Body": Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"),
    "Body-Bold": Path("/usr/share/fonts/truetype/dejavu/DejaVuSans-Bold.ttf"),
}
BOLD = ("document", "title", "heading", "annex")
STYLES = (*BOLD, "kicker", "below", "fact", "text", "item", "note", "caption", "above")

Rule = tuple[Any, ...]


def set_paper(paper: Paper, look: Look, target: Path) -> None:
    """Writes one paper."""
    for name, file in FONTS.items():
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, file))
    made = styles(look)
    story: list[Any] = []
    starts = {id(c.blocks[0]) for n, c in enumerate(paper.cases) if n or paper.front}
    for b in paper.blocks():
        if look.case_on_page and id(b) in starts:
            story.append(PageBreak())
        story += flowables(b, paper, look, made)

    def furniture(canvas: Any, doc: Any) -> None:
        canvas.setFont("Body", 7)
        canvas.drawString(20 * mm, doc.pagesize[1] - 12 * mm, paper.running)
        if look.numbered_pages:
            canvas.drawRightString(doc.pagesize[0] - 20 * mm, 12 * mm, f"Side {doc.page}")

    page = landscape(A4) if look.landscape else A4
    margins = {f"{side}Margin": 20 * mm for side in ("left", "right", "top", "bottom")}
    sheet = SimpleDocTemplate(str(target), pagesize=page, title=paper.name, **margins)
    sheet.build(story, onFirstPage=furniture, onLaterPages=furniture)


def styles(look: Look) -> dict[str, ParagraphStyle]:
    """Paragraph styles by the lines' styles."""
    size = look.size - 1
    sizes = {"document": look.title_size + 3, "title": look.title_size - 1, "heading": size + 1, "annex": size + 1}
    sizes |= {"kicker": size - 1, "note": size - 1}
    return {
        name: ParagraphStyle(
            name,
            fontName="Body-Bold" if name in BOLD else "Body",
            fontSize=sizes.get(name, size),
            leading=sizes.get(name, size) * 1.3,
            spaceAfter=5,
            keepWithNext=name in ("title", "heading", "annex", "kicker", "caption", "above"),
        )
        for name in STYLES
    }


def flowables(b: Block, paper: Paper, look: Look, made: dict[str, ParagraphStyle]) -> list[Any]:
    """One block."""

    def line(name: str, text: str) -> Any:
        safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("    ", "&nbsp;" * 4)
        return Paragraph(f"\u2022 {safe}" if name == "item" else safe, made[name])

    if isinstance(b, Line):
        return [*([PageBreak()] if b.style == "annex" else []), line(b.style, b.text)]
    if isinstance(b, Fields):
        boxed = [("GRID", (0, 0), (-1, -1), 0.5, "#999999"), ("FONT", (0, 0), (-1, -1), "Body", look.size - 1)]
        return [Flowable([list(p) for p in b.pairs], hAlign="LEFT", style=boxed), Spacer(1, 6)]
    above = [line(n, t) for n, t in (("caption", b.caption), ("above", b.above)) if t]
    return [*above, figure_table(b, paper, look), Spacer(1, 8)]


def figure_table(t: Table, paper: Paper, look: Look) -> Any:
    """A table with figures; labels and header words wrap."""
    size = look.size - 2
    header = t.header()
    words = {i + 1 for i, c in enumerate(t.columns) if c.kind == "text"} | {0}
    plain = ParagraphStyle("cell", fontName="Body", fontSize=size, leading=size * 1.2, splitLongWords=0)
    bold = ParagraphStyle("bold", parent=plain, fontName="Body-Bold")
    right = ParagraphStyle("right", parent=bold, alignment=2 if look.heads_right else 0)
    rules = ruled(look, size, len(header))
    rows: list[list[Any]] = []
    for number, cells in enumerate(header):
        rows.append([Paragraph(c, bold if i in words else right) if c else "" for i, c in enumerate(cells)])
        rules += [("SPAN", (i, number), (i + width - 1, number)) for i, width in spanning(cells, t) if width > 1]
    for at, r in enumerate(t.rows, start=len(header)):
        strong = look.bold_total and r.role in ("total", "subtotal", "section")
        style = bold if strong else plain
        rows.append([Paragraph(c, style) if i in words else c for i, c in enumerate(t.dressed(r, paper.numbers))])
        rules += row_rules(at, label_cells(t, r), size if strong else 0)
    columns = [w * mm for w in widths(t, look)]
    return Flowable(rows, colWidths=columns, hAlign="LEFT", repeatRows=len(header), style=rules)


def row_rules(at: int, joined: int, bold: int) -> list[Rule]:
    """A row's joined cells, and its bold figures of this size where it is not 0."""
    spans: list[Rule] = [("SPAN", (0, at), (joined - 1, at))] if joined > 1 else []
    return [*spans, ("FONT", (1, at), (-1, at), "Body-Bold", bold)] if bold else spans


def ruled(look: Look, size: int, header: int) -> list[Rule]:
    """Fonts, padding and rules of a table with so many header rows."""
    every = ((0, 0), (-1, -1))
    lines: dict[str, Rule] = {
        "grid": ("GRID", *every, 0.5, "#444444"),
        "rows": ("LINEBELOW", *every, 0.4, "#888888"),
        "zebra": ("ROWBACKGROUNDS", (0, header), (-1, -1), ["#ffffff", "#e8eef4"]),
        "head": ("LINEBELOW", (0, header - 1), (-1, header - 1), 0.8, "#000000"),
    }
    return [
        ("FONT", *every, "Body", size),
        ("FONT", (0, 0), (-1, header - 1), "Body-Bold", size),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", *every, "BOTTOM"),
        ("TOPPADDING", *every, look.padding * 2),
        ("BOTTOMPADDING", *every, look.padding * 2),
        *([lines[look.rules]] if look.rules in lines else []),
    ]
