"""A document as HTML, and as PDF by WeasyPrint or headless Chromium."""

from __future__ import annotations

import html
import shutil
import subprocess
import tempfile
from pathlib import Path

from bench.typeset.hyphens import hyphenator
from bench.typeset.layout import Layout, caption, header_rows, print_figure
from bench.typeset.spec import Block, Case, Doc, Field, Heading, Paragraph, Row, Table, TickBoxes

FONTS = {
    "sans": "Liberation Sans, DejaVu Sans",
    "serif": "Liberation Serif, DejaVu Serif",
    "narrow": "Liberation Sans Narrow",
}
TICKED, EMPTY = "☒", "☐"


class ProducerMissingError(RuntimeError):
    """A program that prints PDFs is not installed; the message names it."""


def soft(text: str) -> str:
    """The text with soft hyphens where long Danish words may be cut."""
    cut = hyphenator()
    return " ".join(cut.inserted(w, "\u00ad") if len(w) > 9 and w.isalpha() else w for w in text.split(" "))


def style(layout: Layout, furniture: str) -> str:
    """The style sheet of a layout."""
    edge = layout.furniture == "edge"
    running = f'@top-left {{ content: "{furniture}"; font-size: 7pt }}' if edge and furniture else ""
    number = '@bottom-right { content: "Side " counter(page) " af " counter(pages); font-size: 7pt }' if edge else ""
    rules = {
        "grid": "table.money, table.money td, table.money th { border: 0.6pt solid #444 }",
        "horizontal": "table.money tr > * { border-bottom: 0.5pt solid #777 }",
        "zebra": "table.money tbody tr:nth-child(even) > * { background: #e8eef4 }",
        "plain": "",
    }[layout.rules]
    return f"""
@page {{ size: A4 {"landscape" if layout.landscape else "portrait"}; margin: 20mm 18mm; {running} {number} }}
body {{ font: {layout.size}pt {FONTS[layout.font]}; line-height: 1.3; margin: 0 }}
h1 {{ font-size: 1.35em; margin: 1.1em 0 .3em }} h2 {{ font-size: 1.1em; margin: 1em 0 .2em }}
.banner {{ font-size: 1.7em; font-weight: bold }} .title {{ font-size: 1.5em; font-weight: bold; margin: .6em 0 }}
p {{ margin: .45em 0 }} .case {{ break-before: page }} .case:first-child {{ break-before: auto }}
table {{ border-collapse: collapse }} table.front td {{ vertical-align: top; padding: 1pt 6pt 1pt 0 }}
table.front td:first-child {{ width: 28mm; font-weight: bold }}
table.money {{ width: 100%; margin: .3em 0 .7em }}
table.money td, table.money th {{ padding: 1.5pt 3pt; text-align: right; font-weight: normal }}
table.money td {{ vertical-align: {layout.valign} }}
table.money th {{ font-weight: bold; vertical-align: bottom; text-align: {layout.heads} }}
table.money td.text, table.money th.text {{ text-align: left }}
table.money td:first-child, table.money th:first-child {{ text-align: left }}
table.money td:first-child:not(.number) {{ width: {layout.label_width}%;
  hyphens: {"manual" if not layout.hyphenate else "auto"} }}
table.money td.number {{ width: 5% }}
table.money th.spanned {{ text-align: center }}
td.figure {{ white-space: nowrap }}
tr.total td, tr.subtotal td, tr.section td {{ font-weight: {"bold" if layout.bold_totals else "normal"} }}
tr.memo td {{ font-style: italic }}
thead {{ display: {"table-header-group" if layout.repeat_header else "table-row-group"} }}
tr {{ break-inside: avoid }} .caption {{ font-weight: bold; margin: .9em 0 .2em; break-after: avoid }}
.above {{ text-align: right; margin: 0 }} .note {{ font-size: .88em; margin: .2em 0 }}
.low {{ height: {"95mm" if layout.landscape else "178mm"} }} .together {{ break-inside: avoid }}
{rules}
"""


def _cell(text: str, layout: Layout) -> str:
    return html.escape(print_figure(text, layout))


def _row(row: Row, table: Table, layout: Layout, mark: str, shy: bool) -> str:
    label = soft(row.label) if shy and layout.hyphenate else row.label
    listed = table.kinds[0] == "catalogue"
    span = listed and row.role == "section"
    kind = "number" if listed else "label"
    cells = [f'<td{" colspan=2" if span else ""} class="{kind}">{html.escape(label)}{mark}</td>']
    for column, text in list(zip(table.columns, row.cells, strict=True))[span:]:
        kind = "text" if column.kind == "text" else "figure"
        cells.append(f'<td class="{kind}">{_cell(text, layout)}</td>')
    return f'<tr class="{row.role}">{"".join(cells)}</tr>'


def _widths(table: Table, layout: Layout) -> str:
    """The share of the width each column should have, in per cent: for producers that do not measure their cells."""
    figures = sum(c.kind != "text" for c in table.columns)
    listed = table.kinds[0] == "catalogue"
    words = [
        100 // (len(table.columns) + 1) if not figures else 28 if listed and i == 0 else 14
        for i in range(len(table.columns) - figures)
    ]
    label = 6 if listed else min(layout.label_width, 100 - sum(words) - 9 * figures) if figures else words[0]
    each = (100 - label - sum(words)) // max(1, figures)
    return ",".join(str(w) for w in (label, *(words.pop(0) if c.kind == "text" else each for c in table.columns)))


def table_html(table: Table, layout: Layout, shy: bool = False) -> str:
    """One table with its caption and notes."""
    head = []
    for cells in header_rows(table, layout):
        line = []
        at = -1
        for cell in cells:
            text = at < 0 or table.columns[at].kind == "text"
            kind = "text" if text else "spanned" if cell.columns > 1 else ""
            span = f' colspan="{cell.columns}"' if cell.columns > 1 else ""
            line.append(f'<th class="{kind}"{span}>{html.escape(cell.text)}</th>')
            at += cell.columns
        head.append(f"<tr>{''.join(line)}</tr>")
    marked = next((i for i, r in enumerate(table.rows) if r.role == "detail"), -1) if layout.footnotes else -1
    body = [
        _row(row, table, layout, "<sup>1</sup>" if i == marked and table.measure != "text" else "", shy)
        for i, row in enumerate(table.rows)
    ]
    above = ""
    if layout.header == "above" and table.unit_phrase and table.measure != "text" and not table.group:
        above = f'<p class="above">{html.escape(table.unit_phrase)}</p>'
    notes = [f'<p class="note">{html.escape(n)}</p>' for n in table.notes]
    if marked >= 0 and table.measure != "text":
        notes.insert(0, '<p class="note"><sup>1</sup> Se den nærmere beskrivelse i teksten.</p>')
    name = caption(table, layout)
    before = f'<p class="caption">{html.escape(name)}</p>' if name else ""
    if layout.caption == "far" and name and table.label:
        before += "<p>Alle tal er foreløbige og bliver genberegnet, når budgettet er vedtaget.</p>"
    opening = f'<table class="money" data-widths="{_widths(table, layout)}">'
    body_html = f"{opening}<thead>{''.join(head)}</thead><tbody>{''.join(body)}</tbody></table>"
    return f"{before}{above}{body_html}{''.join(notes)}"


def _tick(ticked: bool, layout: Layout) -> str:
    if layout.ticks == "image":
        cross = '<path d="M2 2 L8 8 M8 2 L2 8" stroke="#000" stroke-width="1.2"/>' if ticked else ""
        box = '<rect x="0.5" y="0.5" width="9" height="9" fill="none" stroke="#000"/>'
        return f'<svg width="8pt" height="8pt" viewBox="0 0 10 10">{box}{cross}</svg>'
    return f'<span style="font-family: DejaVu Sans">{TICKED if ticked else EMPTY}</span>'


def _front(block: Field | TickBoxes, layout: Layout) -> str:
    name = html.escape(block.name)
    if isinstance(block, TickBoxes):
        cells = [f"{_tick(on, layout)} {html.escape(o)}" for o, on in block.options]
        pairs = "".join(
            f"<tr><td style='font-weight:normal;width:70mm'>{a}</td><td>{b}</td></tr>"
            for a, b in zip(cells[::2], [*cells[1::2], ""], strict=False)
        )
        text = f"<table>{pairs}</table>"
    else:
        text = html.escape(block.text)
    if layout.front == "rows" and not (isinstance(block, Field) and block.title):
        return f'<table class="front"><tr><td>{name}</td><td>{text}</td></tr></table>'
    if isinstance(block, TickBoxes):
        return f"<p><b>{name}</b></p>{text}"
    return f"<p{' class=title' if block.title else ''}><b>{name}</b> {text}</p>"


def block_html(block: Block, layout: Layout, shy: bool) -> str:
    """One block of a case."""
    if isinstance(block, Table):
        text = table_html(block, layout, shy)
        if layout.break_tables and block.measure == "DKK":
            return f'<div class="low"></div>{text}' if len(block.rows) > 6 else text
        return f'<div class="together">{text}</div>'
    if isinstance(block, Heading):
        number = f"{block.number}. " if block.number else ""
        return f"<h{block.level}>{number}{html.escape(block.title)}</h{block.level}>"
    if isinstance(block, Paragraph):
        return f'<p class="{block.kind}">{html.escape(block.text)}</p>'
    return _front(block, layout)


def case_html(case: Case, layout: Layout, shy: bool) -> str:
    return f'<div class="case">{"".join(block_html(b, layout, shy) for b in case.blocks)}</div>'


def document_html(doc: Doc, layout: Layout, shy: bool = False) -> str:
    """The whole document; `shy` puts soft hyphens where the producer cannot hyphenate Danish."""
    cases = "".join(case_html(c, layout, shy) for c in doc.cases)
    return (
        f'<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{html.escape(doc.name)}</title>'
        f"<style>{style(layout, doc.furniture)}</style></head><body>{cases}</body></html>"
    )


def weasyprint_pdf(doc: Doc, layout: Layout, path: Path) -> None:
    """Print with WeasyPrint."""
    from weasyprint import HTML

    HTML(string=document_html(doc, layout)).write_pdf(str(path))


def chromium_pdf(doc: Doc, layout: Layout, path: Path) -> None:
    """Print with headless Chromium; raises ProducerMissingError where there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if program is None:
        raise ProducerMissingError("chromium")
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "page.html"
        source.write_text(document_html(doc, layout, shy=True), encoding="utf-8")
        command = [
            program,
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync",
            "--no-pdf-header-footer",
            f"--user-data-dir={folder}/profile",
            f"--print-to-pdf={path}",
            source.as_uri(),
        ]
        subprocess.run(command, check=True, capture_output=True, timeout=120)
