"""A paper as a flat OpenDocument file, which LibreOffice sets as it sets a Word document."""

# ruff: noqa: E501  (lines of markup)

from __future__ import annotations

from xml.sax.saxutils import escape

from bench.foundry.html import spanning
from bench.foundry.looks import Look, label_cells, widths
from bench.foundry.model import Block, Fields, Line, Numbers, Paper, Table

NAMES = (
    " ".join(
        f'xmlns:{n}="urn:oasis:names:tc:opendocument:xmlns:{u}:1.0"'
        for n, u in [("office", "office"), ("text", "text"), ("table", "table"), ("style", "style")]
    )
    + ' xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" xmlns:svg="urn:oasis:names:tc:opendocument:xmlns:svg-compatible:1.0"'
)

BORDERS = {
    "grid": 'fo:border="0.5pt solid #444444"',
    "rows": 'fo:border-bottom="0.4pt solid #888888"',
    "none": "",
    "zebra": 'fo:border-bottom="0.2pt solid #dddddd"',
    "head": "",
}


def document(paper: Paper, look: Look) -> str:
    """The flat file's text."""
    body = Body(paper, look)
    content = body.all()
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {NAMES} office:version="1.2" office:mimetype="application/vnd.oasis.opendocument.text">'
        f'<office:font-face-decls><style:font-face style:name="F" svg:font-family="\'{look.font}\'"/></office:font-face-decls>'
        f"<office:styles>{styles(look)}</office:styles><office:automatic-styles>{automatic(look)}{body.widths}</office:automatic-styles>"
        f"<office:master-styles>{master(paper, look)}</office:master-styles><office:body><office:text>{content}</office:text></office:body></office:document>"
    )


def paragraph_style(
    name: str,
    size: float,
    *,
    bold: bool = False,
    italic: bool = False,
    above: float = 0,
    below: float = 2,
    align: str = "start",
    more: str = "",
) -> str:
    weight = 'fo:font-weight="bold"' if bold else ""
    slant = 'fo:font-style="italic"' if italic else ""
    return (
        f'<style:style style:name="{name}" style:family="paragraph"><style:paragraph-properties fo:text-align="{align}" '
        f'fo:margin-top="{above}mm" fo:margin-bottom="{below}mm" {more}/>'
        f'<style:text-properties style:font-name="F" fo:font-size="{size}pt" {weight} {slant}/></style:style>'
    )


def styles(look: Look) -> str:
    """Named paragraph styles."""
    size, small = look.size, look.size - 1
    spaced = look.heads_right
    keep = 'fo:keep-with-next="always"'
    return "".join(
        [
            paragraph_style("text", size),
            paragraph_style("document", look.title_size + 4, bold=True, below=4),
            paragraph_style("title", look.title_size, bold=True, above=4, more=keep),
            paragraph_style("titlenew", look.title_size, bold=True, above=4, more=keep),
            paragraph_style("heading", size + 1, bold=True, above=4, below=1, more=keep),
            paragraph_style("annex", size + 1, bold=True, below=1, more=f'{keep} fo:break-before="page"'),
            paragraph_style("kicker", small, below=1, more=keep),
            paragraph_style("below", size, italic=True),
            paragraph_style("fact", size),
            paragraph_style("note", small, below=2),
            paragraph_style("item", size, below=1, more='fo:margin-left="6mm"'),
            paragraph_style("caption", size, bold=look.caption_bold, above=3, below=look.caption_below_gap, more=keep),
            paragraph_style("above", small, below=1, more=keep),
            paragraph_style("label", small, below=0),
            paragraph_style("labelbold", small, bold=True, below=0),
            paragraph_style("figure", small, below=0, align="end"),
            paragraph_style("figurebold", small, bold=True, below=0, align="end"),
            paragraph_style("head", small, bold=True, below=0, align="end" if spaced else "start"),
            paragraph_style("headwide", small, bold=True, below=0, align="center"),
            paragraph_style("running", 8, below=0),
        ]
    )


def automatic(look: Look) -> str:
    """Page layout, table and cell styles."""
    width, height = ("297mm", "210mm") if look.landscape else ("210mm", "297mm")
    border = BORDERS[look.rules]
    shade = 'fo:background-color="#d9e2ec"' if look.shade_head else ""
    under = 'fo:border-bottom="0.8pt solid #000000"' if look.rules == "head" else border
    cell = '<style:style style:name="{}" style:family="table-cell"><style:table-cell-properties fo:padding="{}mm" {} {}/></style:style>'
    return (
        f'<style:page-layout style:name="P"><style:page-layout-properties fo:page-width="{width}" fo:page-height="{height}" '
        f'fo:margin="20mm" style:print-orientation="{"landscape" if look.landscape else "portrait"}"/>'
        '<style:header-style><style:header-footer-properties fo:min-height="8mm" fo:margin-bottom="4mm"/></style:header-style>'
        '<style:footer-style><style:header-footer-properties fo:min-height="8mm" fo:margin-top="4mm"/></style:footer-style></style:page-layout>'
        + cell.format("body", look.padding, border, "")
        + cell.format("shaded", look.padding, border, 'fo:background-color="#e8eef4"')
        + cell.format("head", look.padding, under, shade)
        + cell.format("field", 0.8, 'fo:border="0.5pt solid #999999"', "")
        + '<style:style style:name="new" style:family="paragraph" style:parent-style-name="{}"/>'.format("text")
    )


def master(paper: Paper, look: Look) -> str:
    """The page with its running head."""
    head = (
        f'<style:header><text:p text:style-name="running">{escape(paper.running)}</text:p></style:header>'
        if paper.running
        else ""
    )
    foot = (
        '<style:footer><text:p text:style-name="running">Side <text:page-number/></text:p></style:footer>'
        if look.numbered_pages
        else ""
    )
    return f'<style:master-page style:name="Standard" style:page-layout-name="P">{head}{foot}</style:master-page>'


class Body:
    """The text, and the column widths its tables ask for."""

    def __init__(self, paper: Paper, look: Look) -> None:
        self.paper, self.look = paper, look
        self.widths = ""
        self.count = 0

    def all(self) -> str:
        """All blocks; a case begins a page where the look says so."""
        out = [self.block(b) for b in self.paper.front]
        for number, case in enumerate(self.paper.cases):
            made = [self.block(b) for b in case.blocks]
            if made and self.look.case_on_page and (number or self.paper.front):
                made.insert(0, self.page_break())
            out += made
        return "".join(out)

    def page_break(self) -> str:
        """An empty small paragraph that begins a page."""
        if 'style:name="break"' not in self.widths:
            self.widths += '<style:style style:name="break" style:family="paragraph"><style:paragraph-properties fo:break-before="page" fo:margin-bottom="0mm"/><style:text-properties fo:font-size="2pt"/></style:style>'
        return '<text:p text:style-name="break"/>'

    def block(self, b: Block) -> str:
        """One block."""
        if isinstance(b, Line):
            text = f"\u2022 {b.text}" if b.style == "item" else b.text
            return f'<text:p text:style-name="{b.style}">{escape(text).replace("    ", "<text:tab/>")}</text:p>'
        if isinstance(b, Fields):
            rows = "".join(self.row([cell("field", "label", n), cell("field", "label", v)]) for n, v in b.pairs)
            return self.table([45, 90], rows)
        caption = f'<text:p text:style-name="caption">{escape(b.caption)}</text:p>' if b.caption else ""
        above = f'<text:p text:style-name="above">{escape(b.above)}</text:p>' if b.above else ""
        return caption + above + self.grid(b, self.paper.numbers) + '<text:p text:style-name="note"/>'

    def grid(self, t: Table, numbers: Numbers) -> str:
        """A table with figures."""
        look = self.look
        words = {i + 1 for i, c in enumerate(t.columns) if c.kind == "text"} | {0}
        head = "".join(self.row(head_cells(h, t, words)) for h in t.header())
        rows = f"<table:table-header-rows>{head}</table:table-header-rows>"
        for number, r in enumerate(t.rows):
            bold = "bold" if look.bold_total and r.role in ("total", "subtotal", "section") else ""
            style = "shaded" if look.rules == "zebra" and number % 2 else "body"
            joined = label_cells(t, r)
            printed = t.dressed(r, numbers)
            cells = [cell(style, "label" + bold, printed[0], joined)]
            cells += [
                cell(style, ("label" if i in words else "figure") + bold, printed[i])
                for i in range(joined, len(printed))
            ]
            rows += self.row(cells)
        return self.table(widths(t, look), rows)

    def row(self, cells: list[str]) -> str:
        return f"<table:table-row>{''.join(cells)}</table:table-row>"

    def table(self, sizes: list[float], rows: str) -> str:
        self.count += 1
        name = f"T{self.count}"
        self.widths += f'<style:style style:name="{name}" style:family="table"><style:table-properties style:width="{sum(sizes):.1f}mm" table:align="left" fo:margin-bottom="2mm"/></style:style>'
        columns = ""
        for number, width in enumerate(sizes):
            self.widths += f'<style:style style:name="{name}.{number}" style:family="table-column"><style:table-column-properties style:column-width="{width:.1f}mm"/></style:style>'
            columns += f'<table:table-column table:style-name="{name}.{number}"/>'
        return f'<table:table table:name="{name}" table:style-name="{name}">{columns}{rows}</table:table>'


def cell(style: str, text_style: str, text: str, width: int = 1) -> str:
    """A cell, over several columns where `width` says so."""
    spanned = f' table:number-columns-spanned="{width}"' if width > 1 else ""
    covered = "<table:covered-table-cell/>" * (width - 1)
    paragraph = f'<text:p text:style-name="{text_style}">{escape(text)}</text:p>'
    return f'<table:table-cell table:style-name="{style}"{spanned}>{paragraph}</table:table-cell>{covered}'


def head_cells(cells: list[str], t: Table, words: set[int]) -> list[str]:
    """A header row's cells."""
    kinds = [(i, w, "headwide" if w > 1 else "labelbold" if i in words else "head") for i, w in spanning(cells, t)]
    return [cell("head", kind, cells[i], w) for i, w, kind in kinds]
