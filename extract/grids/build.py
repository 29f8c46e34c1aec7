"""From the parts of tables on pages to `Grid`s: headers told, parts over page breaks joined, tokens accounted for."""

from __future__ import annotations

from dataclasses import dataclass

from extract.grids.heading import heading_rows, with_lower_levels
from extract.grids.raw import RawCell, RawRow, RawTable
from extract.models import Cell, Grid, Ledger, Paragraph, Placement, Row
from extract.page.model import Area, Page, Word, extent
from lexicon.figures import is_number
from lexicon.hyphens import join_lines
from lexicon.years import is_year

_DISPUTED = 0.4  # confidence that a figure is its cell's where another one stands there too


@dataclass(slots=True)
class Part:
    """A `RawTable` with its page and where it stands among the page's blocks."""

    table: RawTable
    content: Page


def build_grid(
    parts: list[Part], caption: Paragraph | None, notes: tuple[Paragraph, ...], known: frozenset[str]
) -> Grid:
    """One grid of one or more parts (page by page) of a printed table."""
    first = parts[0]
    columns = max(len(p.table.columns) for p in parts)
    rows = _lowlight(_rows(parts, columns, known))
    x0, y0, x1, y1 = first.table.box
    caption_tokens = sum(len(line.text.split()) for line in caption.lines) if caption else 0
    note_tokens = sum(len(line.text.split()) for n in notes for line in n.lines)
    orphans = tuple(w.raw or w.text for p in parts for w in p.table.orphans)
    inside = sum(p.table.words for p in parts) - sum(len(p.table.caption_words) for p in parts)
    ledger = Ledger(inside + caption_tokens + note_tokens, inside - len(orphans), caption_tokens, note_tokens, orphans)
    scanned = first.content.scanned or any(_meet(a, first.table.box) for a in first.content.pictured)
    return Grid(
        tuple(rows),
        columns,
        first.table.page,
        parts[-1].table.page,
        first.content.place(x0, y0, x1, y1),
        caption,
        notes,
        first.table.ruled,
        ledger,
        "ocr" if scanned else "geometry",
    )


def _rows(parts: list[Part], columns: int, known: frozenset[str]) -> list[Row]:
    """The rows of all parts; one that a page break cut is one again."""
    rows: list[Row] = []
    for part in parts:
        told = part.table.goes_on
        marked = [(r, r.header) for r in part.table.rows] if told else _mark_headers(part.table.rows)
        first = next((raw for raw, header in marked if not header), None)
        for raw, header in marked:
            row = _row(raw, header, columns, part, known)
            last = max((i for i, r in enumerate(rows) if not r.header), default=-1)
            starts = bool(rows) and part is not parts[0] and raw is first
            if starts and (part.table.cut_row if told else _goes_on(rows[last], row)):
                rows[last] = _joined(rows[last], row)
            else:
                rows.append(row)
    return rows


def _meet(a: Area, b: Area) -> bool:
    return a[0] < b[2] and b[0] < a[2] and a[1] < b[3] and b[1] < a[3]


def _text_of(cell: RawCell) -> str:
    return " ".join(w.text for line in cell.lines for w in line)


def header_texts(table: RawTable) -> list[str]:
    """The header's words by column, for comparing the headers of two parts."""
    marked = [raw for raw, header in _mark_headers(table.rows) if header]
    return [" ".join(_text_of(r.cells[c]) for r in marked if c in r.cells) for c in range(len(table.columns))]


def _mark_headers(rows: list[RawRow]) -> list[tuple[RawRow, bool]]:
    """Which rows are header: told by the reader, else (ruled tables) by `heading_rows`."""
    texts = [{c: _text_of(cell) for c, cell in r.cells.items()} for r in rows]
    told = next((i for i, r in enumerate(rows) if not r.header), len(rows))
    if not any(r.header for r in rows):
        count = heading_rows(texts, _is_bold(rows))
    else:
        dated = any(sum(map(is_year, row.values())) > 1 for row in texts[:told])
        count = with_lower_levels(texts, told) if dated else told
    return [(r, r.header or i < count) for i, r in enumerate(rows)]


def _is_bold(rows: list[RawRow]) -> bool:
    """Whether all of the first row is bold."""
    return bool(rows) and all(w.bold for c in rows[0].cells.values() for line in c.lines for w in line)


def _row(raw: RawRow, header: bool, columns: int, part: Part, known: frozenset[str]) -> Row:
    cells: list[Cell | None] = [None] * columns
    for column, cell in raw.cells.items():
        cells[column] = _cell(cell, part, known)
    x0, _, x1, _ = part.table.box
    return Row(
        tuple(cells),
        part.content.place(x0, raw.y0, x1, raw.y1),
        (),
        header,
        raw.rule_above,
        raw.shaded,
    )


def _cell(cell: RawCell, part: Part, known: frozenset[str]) -> Cell:
    loose = Placement.TABBED if part.content.printed else Placement.ALIGNED
    placement = Placement.RULED if part.table.ruled else loose
    most = _DISPUTED if cell.disputed else 1.0
    if cell.disputed:
        placement = Placement.UNDECIDED
    words = [w for line in cell.lines for w in line]
    if len(words) == 1:
        w = words[0]
        place = part.content.place(w.x0, w.y0, w.x1, w.y1)
        return Cell(
            w.text,
            w.raw or w.text,
            place,
            placement,
            w.bold,
            w.italic,
            cell.span,
            min(w.confidence, most),
            w.alternatives,
            cell.rows,
        )
    lines = [" ".join([w.text for w in line]) for line in cell.lines]
    place = part.content.place(*extent(words))
    return Cell(
        join_lines(lines, known) if len(lines) > 1 else lines[0],
        "\n".join([" ".join([w.raw or w.text for w in line]) for line in cell.lines]),
        place,
        placement,
        _mostly([w for w in words if w.bold], words),
        _mostly([w for w in words if w.italic], words),
        cell.span,
        min([most, *[w.confidence for w in words]]),
        rows=cell.rows,
    )


def _mostly(some: list[Word], words: list[Word]) -> bool:
    """Whether some of the words hold more than half of their letters."""
    return sum([len(w.text) for w in some]) * 2 > sum([len(w.text) for w in words])


def _goes_on(before: Row, after: Row) -> bool:
    """A row cut by a page break: its label goes on (hyphen or lower case) and only one part holds the figures."""
    a, b = before.cells[0], after.cells[0]
    if a is None or b is None or before.header:
        return False
    if sum(c is not None for c in before.cells[1:]) and sum(
        c is not None and is_number(c.text) for c in after.cells[1:]
    ):
        return False
    return a.text.endswith("-") or b.text[:1].islower()


def _joined(a: Row, b: Row) -> Row:
    cells = []
    for one, other in zip(a.cells, b.cells, strict=True):
        if one is None or other is None:
            cells.append(one or other)
            continue
        text = join_lines([one.text, other.text])
        cells.append(
            Cell(
                text,
                f"{one.raw}\n{other.raw}",
                one.place,
                one.placement,
                one.bold,
                one.italic,
                one.span,
                min(one.confidence, other.confidence),
            )
        )
    return Row(tuple(cells), a.place, (), a.header, a.rule_above, a.shaded)


def _lowlight(rows: list[Row]) -> list[Row]:
    """A mark that (nearly) every row has says nothing: rules and fills are kept where they set a row apart."""
    body = [r for r in rows if not r.header]
    rules = sum(r.rule_above for r in body)
    shades = sum(r.shaded for r in body)
    drop_rule = rules > 0.6 * len(body)
    drop_shade = shades > 0.4 * len(body)
    if not (drop_rule or drop_shade):
        return rows
    return [
        Row(r.cells, r.place, r.loose, r.header, r.rule_above and not drop_rule, r.shaded and not drop_shade)
        for r in rows
    ]


def continues(before: RawTable, after: RawTable, after_content: Page, tolerance: float = 7.0) -> bool:
    """Whether a table at a page's top goes on with the one at the bottom before: same columns, same or no header."""
    header_alone = all(r.header for r in before.rows)
    if after.caption_words or before.box[3] < 0.5 * after_content.height:
        return False  # a table that ends in the upper half of its page has ended
    if before.ruled != after.ruled and not header_alone:
        return False
    if len(before.columns) == len(after.columns):
        same = all(
            abs(a[0] - b[0]) < tolerance and abs(a[1] - b[1]) < tolerance
            for a, b in zip(before.columns, after.columns, strict=True)
        )
        same = same or (not before.ruled and _value_columns_match(before, after, tolerance))
        same = same or (header_alone and _stand_under(before, after))
    else:
        return False
    mine, theirs = header_texts(before), header_texts(after)
    if after_content.printed is not None and sum(map(bool, theirs)) > 1:
        same = True  # a dump sets the columns of every page anew
    return same and (not any(theirs) or _alike(mine, theirs))


def _stand_under(before: RawTable, after: RawTable) -> bool:
    """Whether every header, alone at a page's foot, stands over its column of the cells overleaf."""
    return all(
        b[0] - 3 <= (a[0] + a[1]) / 2 <= b[1] + 3 for a, b in zip(before.columns[1:], after.columns[1:], strict=True)
    )


def _value_columns_match(before: RawTable, after: RawTable, tolerance: float) -> bool:
    return all(
        abs((a[0] + a[1]) / 2 - (b[0] + b[1]) / 2) < 2.5 * tolerance
        or abs(a[1] - b[1]) < tolerance
        or (b[0] - 3 <= a[0] and a[1] <= b[1] + 3)  # few figures before, more of them here
        for a, b in zip(before.columns[1:], after.columns[1:], strict=True)
    )


def _alike(mine: list[str], theirs: list[str]) -> bool:
    """The same header; a repeated one may leave out the unit line that stands over the first."""

    def plain(texts: list[str]) -> list[str]:
        return ["".join(t.split()).replace("-", "").lower() for t in texts]

    first, again = plain(mine), plain(theirs)
    return first == again or (sum(map(bool, again)) > 1 and all(b in a for a, b in zip(first, again, strict=True)))
