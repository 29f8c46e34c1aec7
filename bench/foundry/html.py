"""A paper as HTML for Chromium and WeasyPrint, and the same flattened as text."""

# ruff: noqa: E501  (lines of markup)

from __future__ import annotations

import re
from html import escape, unescape

from bench.foundry.looks import Look, label_cells, widths
from bench.foundry.model import Block, Fields, Line, Numbers, Paper, Table

TAGS = {"document": "h1", "title": "h2", "heading": "h3", "annex": "h3", "item": "li"}

STYLE = """
@page {{ size: A4{lying}; margin: 22mm 20mm 20mm 20mm;
  @top-left {{ content: "{running}"; font: 8pt "{font}"; color: #555 }}
  @bottom-right {{ content: {page}; font: 8pt "{font}" }} }}
body {{ font: {size}pt "{font}"; line-height: 1.3; margin: 0 }}
h1 {{ font-size: {document}pt }} h2 {{ font-size: {title}pt; margin: 4mm 0 2mm }} h3 {{ font-size: {heading}pt; margin: 4mm 0 1mm }}
h2, h3, p.caption {{ break-after: avoid }}
p {{ margin: 0 0 2mm }} p.kicker, p.note, p.above {{ font-size: {small}pt; margin-bottom: 1mm }} p.below {{ font-style: italic }}
p.caption {{ font-weight: {caption}; margin: 3mm 0 {gap}mm }} li {{ margin-bottom: 1mm }}
table {{ border-collapse: collapse; margin: 0 0 3mm; font-size: {small}pt; table-layout: fixed }}
th, td {{ padding: {padding}mm 1.2mm; text-align: right; vertical-align: bottom; font-weight: normal }}
th {{ font-weight: bold; text-align: {heads} }} th.first, td.first, td.word, th.word {{ text-align: left }} th.wide {{ text-align: center }}
tr {{ break-inside: avoid }} td.figure {{ {spaced} white-space: nowrap }}
table.fields td {{ text-align: left; border: 0.5pt solid #999 }} .new {{ break-before: page }}
{rules}
"""
RULES = {
    "grid": "table.t td, table.t th { border: 0.5pt solid #444 }",
    "rows": "table.t tr { border-bottom: 0.4pt solid #888 }",
    "none": "",
    "zebra": "table.t tbody tr:nth-child(even) { background: #e8eef4 }",
    "head": "table.t thead tr:last-child { border-bottom: 0.8pt solid #000 } table.t tbody tr:last-child { border-top: 0.8pt solid #000 }",
}


def html(paper: Paper, look: Look) -> str:
    """The whole page."""
    style = STYLE.format(
        lying=" landscape" if look.landscape else "",
        running=paper.running.replace('"', "'"),
        page='"Side " counter(page)' if look.numbered_pages else '""',
        font=look.font,
        size=look.size,
        document=look.title_size + 4,
        title=look.title_size,
        heading=look.size + 1,
        small=look.size - 1,
        caption="bold" if look.caption_bold else "normal",
        gap=look.caption_below_gap,
        padding=look.padding,
        heads="right" if look.heads_right else "left",
        spaced="letter-spacing: 0.12em;" if look.spaced else "",
        rules=RULES[look.rules]
        + (" thead th { background: #d9e2ec }" if look.shade_head else "")
        + (" tr.total td { font-weight: bold }" if look.bold_total else ""),
    )
    parts = [section(paper.front, paper.numbers, look)] if paper.front else []
    for number, case in enumerate(paper.cases):
        new = ' class="new"' if look.case_on_page and (number or paper.front) else ""
        parts.append(f"<section{new}>{section(case.blocks, paper.numbers, look)}</section>")
    return f'<!doctype html><html lang="da"><head><meta charset="utf-8"><title>{escape(paper.name)}</title><style>{style}</style></head><body>{"".join(parts)}</body></html>'


def section(blocks: list[Block], numbers: Numbers, look: Look) -> str:
    """Blocks as HTML; list items in a row become one list."""
    text = "\n".join(block(b, numbers, look) for b in blocks)
    return re.sub(r"((?:<li>.*?</li>\n?)+)", r"<ul>\1</ul>", text)


def block(b: Block, numbers: Numbers, look: Look) -> str:
    """One block as HTML."""
    if isinstance(b, Line):
        tag = TAGS.get(b.style, "p")
        begun = ' class="new"' if b.style == "annex" else ""
        return f"<{tag}{begun}>{escape(b.text)}</{tag}>" if tag != "p" else f'<p class="{b.style}">{escape(b.text)}</p>'
    if isinstance(b, Fields):
        return (
            '<table class="fields">'
            + "".join(f"<tr><td>{escape(n)}</td><td>{escape(v)}</td></tr>" for n, v in b.pairs)
            + "</table>"
        )
    caption = f'<p class="caption">{escape(b.caption)}</p>' if b.caption else ""
    above = f'<p class="above">{escape(b.above)}</p>' if b.above else ""
    return f"{caption}{above}{table(b, numbers, look)}"


def table(t: Table, numbers: Numbers, look: Look) -> str:
    """A table with its header, two levels with joined cells."""
    words = {i + 1 for i, c in enumerate(t.columns) if c.kind == "text"} | {0}
    head = "".join(f"<tr>{''.join(head_cells(cells, t, words))}</tr>" for cells in t.header())
    body = ""
    for row in t.rows:
        cells, joined = t.dressed(row, numbers), label_cells(t, row)
        role = "total" if row.role in ("total", "subtotal", "section") else row.role
        body += f'<tr class="{role}">'
        for i, cell in enumerate(cells):
            kind = "first" if i == 0 else "word" if i in words else "figure"
            over = f" colspan={joined}" if i == 0 and joined > 1 else ""
            body += "" if 0 < i < joined else f'<td class="{kind}"{over}>{escape(cell)}</td>'
        body += "</tr>\n"
    sizes = widths(t, look)
    columns = "".join(f'<col style="width: {w:.1f}mm">' for w in sizes)
    return f'<table class="t" style="width: {sum(sizes):.1f}mm"><colgroup>{columns}</colgroup><thead>{head}</thead><tbody>{body}</tbody></table>'


def head_cells(cells: list[str], t: Table, words: set[int]) -> list[str]:
    """A header row's cells; an upper word reaches over the columns it stands for."""
    spans = spanning(cells, t)
    out = []
    for i, width in spans:
        kind = "wide" if width > 1 else "first" if i == 0 else "word" if i in words else ""
        out.append(f'<th class="{kind}"{f" colspan={width}" if width > 1 else ""}>{escape(cells[i])}</th>')
    return out


def spanning(cells: list[str], t: Table) -> list[tuple[int, int]]:
    """For every cell of a header row: where it begins and how many columns it covers."""
    upper = cells in t.header()[:-1] and (bool(t.span) or any(c.top for c in t.columns)) and cells.count("") > 1
    out: list[tuple[int, int]] = []
    for i, cell in enumerate(cells):
        joins = upper and not cell and i > 1 and out[-1][0] > 0 and t.columns[i - 1].kind != "text"
        if joins and cells[out[-1][0]]:
            out[-1] = (out[-1][0], out[-1][1] + 1)
        else:
            out.append((i, 1))
    return out


def flattened(page: str, *, one_line: bool) -> str:
    """What is left of a page when its tags are taken away: one cell a line, or all of it on one line."""
    body = re.sub(r"(?s)^.*<body>|</body>.*$", "", page)
    if one_line:
        return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body))).strip() + "\n"
    body = re.sub(r"</(?:p|h\d|li|table|ul|section)>", "\n\n", re.sub(r"</t[dh]>", "\n", body))
    lines = [unescape(x).strip() for x in re.sub(r"<[^>]+>", "", body).split("\n")]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip() + "\n"
