"""Papers to PDF: LibreOffice, Chromium, WeasyPrint, ReportLab."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bench.foundry.html import html, spanning
from bench.foundry.looks import Look, label_cells, look, widths
from bench.foundry.model import Fields, Line, Paper, Table
from bench.foundry.writer import document

#: Seconds that a program may take for one paper, or for all papers where it takes them together.
LIMIT = 600


def libreoffice(papers: list[Paper], folder: Path) -> None:
    """All papers in one call, since the program starts slowly."""
    with tempfile.TemporaryDirectory() as work:
        sources = []
        for paper in papers:
            source = Path(work) / f"{paper.name}.fodt"
            source.write_text(document(paper, look(paper)), encoding="utf-8")
            sources.append(str(source))
        profile = f"-env:UserInstallation=file://{work}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder), *sources]
        subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)


def chromium(papers: list[Paper], folder: Path) -> None:
    """One call a paper."""
    with tempfile.TemporaryDirectory() as work:
        for paper in papers:
            page = Path(work) / f"{paper.name}.html"
            page.write_text(html(paper, look(paper)), encoding="utf-8")
            command = [
                "chromium",
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                f"--user-data-dir={work}/profile",
                "--no-pdf-header-footer",
            ]
            command += [f"--print-to-pdf={folder / f'{paper.name}.pdf'}", page.as_uri()]
            subprocess.run(command, check=True, capture_output=True, timeout=LIMIT)


def weasyprint(papers: list[Paper], folder: Path) -> None:
    """In this process."""
    from weasyprint import HTML

    for paper in papers:
        HTML(string=html(paper, look(paper))).write_pdf(folder / f"{paper.name}.pdf")


def reportlab(papers: list[Paper], folder: Path) -> None:
    """In this process."""
    for paper in papers:
        set_paper(paper, look(paper), folder / f"{paper.name}.pdf")


def set_paper(paper: Paper, style: Look, target: Path) -> None:
    """One paper by ReportLab's flowables."""
    from reportlab.lib.pagesizes import A4, landscape
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate, Spacer

    folder = Path("/usr/share/fonts/truetype/dejavu")
    for name, file in (("Body", "DejaVuSans.ttf"), ("Body-Bold", "DejaVuSans-Bold.ttf")):
        if name not in pdfmetrics.getRegisteredFontNames():
            pdfmetrics.registerFont(TTFont(name, folder / file))
    size = style.size - 1
    sizes = {
        "document": style.title_size + 3,
        "title": style.title_size - 1,
        "heading": size + 1,
        "kicker": size - 1,
        "note": size - 1,
    }
    made = {
        name: ParagraphStyle(
            name,
            fontName="Body-Bold" if name in ("document", "title", "heading") else "Body",
            fontSize=sizes.get(name, size),
            leading=sizes.get(name, size) * 1.3,
            spaceAfter=5,
            keepWithNext=name in ("title", "heading", "kicker", "caption", "above"),
        )
        for name in (
            "document",
            "title",
            "heading",
            "kicker",
            "below",
            "fact",
            "text",
            "item",
            "note",
            "caption",
            "above",
        )
    }

    def line(name: str, text: str) -> Any:
        safe = text.replace("&", "&amp;").replace("<", "&lt;").replace("    ", "&nbsp;" * 4)
        return Paragraph(f"\u2022 {safe}" if name == "item" else safe, made[name])

    story: list[Any] = []
    starts = {id(c.blocks[0]) for n, c in enumerate(paper.cases) if n or paper.front}
    for b in paper.blocks():
        if style.case_on_page and id(b) in starts:
            story.append(PageBreak())
        if isinstance(b, Line):
            story.append(line(b.style, b.text))
        elif isinstance(b, Fields):
            story += [field_table(b, size), Spacer(1, 6)]
        else:
            story += [line(n, t) for n, t in (("caption", b.caption), ("above", b.above)) if t]
            story += [figure_table(b, paper, style), Spacer(1, 8)]

    def furniture(canvas: Any, doc: Any) -> None:
        canvas.setFont("Body", 7)
        canvas.drawString(20 * mm, doc.pagesize[1] - 12 * mm, paper.running)
        if style.numbered_pages:
            canvas.drawRightString(doc.pagesize[0] - 20 * mm, 12 * mm, f"Side {doc.page}")

    page = landscape(A4) if style.landscape else A4
    margins = {f"{side}Margin": 20 * mm for side in ("left", "right", "top", "bottom")}
    SimpleDocTemplate(str(target), pagesize=page, title=paper.name, **margins).build(
        story, onFirstPage=furniture, onLaterPages=furniture
    )


def field_table(b: Fields, size: int) -> Any:
    """A box of names and values."""
    from reportlab.platypus import Table as Flowable

    return Flowable(
        [list(p) for p in b.pairs],
        hAlign="LEFT",
        style=[("GRID", (0, 0), (-1, -1), 0.5, "#999999"), ("FONT", (0, 0), (-1, -1), "Body", size)],
    )


def figure_table(t: Table, paper: Paper, style: Look) -> Any:
    """A table with figures; labels and header words wrap."""
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.lib.units import mm
    from reportlab.platypus import Paragraph
    from reportlab.platypus import Table as Flowable

    size = style.size - 2
    header = t.header()
    words = {i + 1 for i, c in enumerate(t.columns) if c.kind == "text"} | {0}
    rules: list[tuple[Any, ...]] = [
        ("FONT", (0, 0), (-1, -1), "Body", size),
        ("FONT", (0, 0), (-1, len(header) - 1), "Body-Bold", size),
        ("ALIGN", (1, 0), (-1, -1), "RIGHT"),
        ("VALIGN", (0, 0), (-1, -1), "BOTTOM"),
        ("TOPPADDING", (0, 0), (-1, -1), style.padding * 2),
        ("BOTTOMPADDING", (0, 0), (-1, -1), style.padding * 2),
    ]
    if style.rules == "grid":
        rules.append(("GRID", (0, 0), (-1, -1), 0.5, "#444444"))
    elif style.rules == "rows":
        rules.append(("LINEBELOW", (0, 0), (-1, -1), 0.4, "#888888"))
    elif style.rules == "zebra":
        rules.append(("ROWBACKGROUNDS", (0, len(header)), (-1, -1), ["#ffffff", "#e8eef4"]))
    elif style.rules == "head":
        rules.append(("LINEBELOW", (0, len(header) - 1), (-1, len(header) - 1), 0.8, "#000000"))
    plain = ParagraphStyle("cell", fontName="Body", fontSize=size, leading=size * 1.2, splitLongWords=0)
    bold = ParagraphStyle("bold", parent=plain, fontName="Body-Bold")
    right = ParagraphStyle("right", parent=bold, alignment=2 if style.heads_right else 0)
    rows: list[list[Any]] = []
    for number, cells in enumerate(header):
        rows.append([Paragraph(c, bold if i in words else right) if c else "" for i, c in enumerate(cells)])
        rules += [("SPAN", (i, number), (i + width - 1, number)) for i, width in spanning(cells, t) if width > 1]
    for r in t.rows:
        strong = style.bold_total and r.role in ("total", "subtotal", "section")
        printed = t.printed(r, paper.numbers)
        rows.append([Paragraph(c, bold if strong else plain) if i in words else c for i, c in enumerate(printed)])
        if (joined := label_cells(t, r)) > 1:
            rules.append(("SPAN", (0, len(rows) - 1), (joined - 1, len(rows) - 1)))
        if strong:
            rules.append(("FONT", (1, len(rows) - 1), (-1, len(rows) - 1), "Body-Bold", size))
    return Flowable(
        rows, colWidths=[w * mm for w in widths(t, style)], hAlign="LEFT", repeatRows=len(header), style=rules
    )


#: Producers by name, and the program each needs.
PRODUCERS: dict[str, tuple[Callable[[list[Paper], Path], None], str]] = {
    "libreoffice": (libreoffice, "soffice"),
    "chromium": (chromium, "chromium"),
    "weasyprint": (weasyprint, ""),
    "reportlab": (reportlab, ""),
}


def available() -> list[str]:
    """Producers whose program is installed."""
    return [name for name, (_, program) in PRODUCERS.items() if not program or shutil.which(program)]
