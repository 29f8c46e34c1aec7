"""Tables over a page break: what ends one page and begins the next is read as one, then parted by page.

The lines at the foot of a page are set right above those at the top of the next, so that columns and rows are found
with the evidence of both: a header alone at the foot, a row cut in two, a few rows here and many there.
"""

from __future__ import annotations

from dataclasses import dataclass, replace

from extract.grids.aligned import stream_table
from extract.grids.evidence import Bands, Region, figures_of, mark_named_years, year_header
from extract.grids.header import header_rows
from extract.grids.nils import settle_dashes
from extract.grids.raw import RawCell, RawRow, RawTable
from extract.grids.regions import find_regions
from extract.headings import numbered
from extract.page.model import VisualLine, Word
from extract.page.tokens import tokenize
from lexicon.captions import is_caption, is_continued_caption, is_note
from lexicon.lines import ends_open

_MOVED = 3.0  # points by which the words of a header printed again stand beside those of the first
_LEAST_NAMES = 2  # words in a line that is a header by being printed again, besides that of the labels
_BETWEEN = 0.3  # line heights of white between the last line of a page and the first of the next


@dataclass(slots=True)
class Foot:
    """A table without a drawn grid that stands last on its page, label lines below it, what is drawn there."""

    table: RawTable
    region: Region
    above: list[VisualLine]  # lines right above its region, where a header may begin
    below: list[VisualLine]
    bands: Bands


@dataclass(slots=True)
class Joined:
    """The two parts of a table read as one, and the lines of the second page that are not its."""

    upper: RawTable
    lower: RawTable
    rest: list[VisualLine]


def foot_of(table: RawTable, region: Region, outside: list[VisualLine], bands: Bands, height: float) -> Foot | None:
    """The table as one that may go on overleaf; None where it ends too high on the page or text stands below it.

    Short lines left of its figures may be the next row's label, and notes may stand between its halves.
    """
    if table.box[3] < 0.5 * height:
        return None
    below = [x for x in outside if x.y0 > table.box[3] and not is_note(x.text)]
    if len(below) > 3 or any(x.x1 > region.value_left or is_caption(x.text) for x in below):
        return None
    near = [table.box[3], *(x.y1 for x in below)]
    if any(x.y0 - y > 2 * x.size for x, y in zip(below, near, strict=False)):
        return None
    above = [x for x in outside if 0 < table.box[1] - x.y0 < 6 * x.size and not is_caption(x.text)]
    return Foot(table, region, above, below, bands)


def read_on(foot: Foot, page: int, height: float, lines: list[VisualLine], bands: Bands) -> Joined | None:
    """Reads the lines of a page (tokens made) as going on with the table at the foot of the page before.

    None where they do not: a caption or a header of their own, text, figures under none of its columns.
    """
    start = next((i for i, x in enumerate(lines) if not is_continued_caption(x.text)), 0)
    header = _header_again(lines[start:], foot)
    if header is None:
        return None
    top = _first_lines(lines[start + len(header) :], foot.region)
    if not top or lines[0].y0 > 0.35 * height or any(year_header(x) for x in top[:4]):
        return None
    upper = [*foot.region.lines, *foot.below]
    shift = top[0].y0 - _BETWEEN * top[0].size - max(x.y1 for x in upper)
    origin: dict[int, Word] = {}
    moved = [_moved(line, shift, origin) for line in upper]
    settle_dashes(moved)
    mark_named_years([*moved, *top])
    seen = _drawn(foot.bands, bands, shift, top[0])
    if not (ends_open(upper[-1].text) or top[0].text[:1].islower()):
        seen.rules.append((top[0].y0 - 0.5, -1e4, 1e4))  # a row goes on over a page break only where its text does
    region = next(iter(find_regions([*moved, *top], seen)), None)
    if region is None or not _goes_over(region, moved[: len(foot.region.lines)], top, headed=bool(header)):
        return None
    ours = [x for x in top if x in region.lines]
    region.seam = top[0].y0
    parted = _parted(stream_table(page, region, seen), foot, origin, ours)
    if parted is None:
        return None
    upper_part, lower_part = parted
    if header:
        lower_part.rows[:0] = header_rows(header, lower_part.columns, bands)
        lower_part.words += sum(len(x.words) for x in header)
        x0, _, x1, y1 = lower_part.box
        lower_part.box = (x0, header[0].y0, x1, y1)
    return Joined(upper_part, lower_part, [x for x in lines if x not in ours and x not in header])


def _goes_over(region: Region, upper: list[VisualLine], lower: list[VisualLine], *, headed: bool) -> bool:
    """Whether a region holds all lines from before a page break, and rows of figures (any, if `headed`) behind it."""
    rows = region.lines if headed else region.anchors
    return all(x in region.lines for x in upper) and any(x in rows for x in lower)


def _drawn(above: Bands, here: Bands, shift: float, first: VisualLine) -> Bands:
    """What is drawn at the foot of the page before, moved with its lines, and from the first line on here."""
    rules = [(y + shift, x0, x1) for y, x0, x1 in above.rules if y + shift < first.y0]
    fills = [(x0, y0 + shift, x1, y1 + shift) for x0, y0, x1, y1 in above.fills if y0 + shift < first.y0]
    below = [f for f in here.fills if f[3] > first.y0]  # a header printed again would colour rows moved under it
    return Bands([*rules, *(r for r in here.rules if r[0] > first.y0 - 3)], [*fills, *below])


def _header_again(lines: list[VisualLine], foot: Foot) -> list[VisualLine] | None:
    """The first lines of a page that repeat the header of the foot's table; None where they stand elsewhere than it."""
    first = next((i for i, x in enumerate(foot.region.lines) if x in foot.region.bodies), len(foot.region.lines))
    known = [*foot.above, *foot.region.lines[:first]]
    header: list[tuple[VisualLine, VisualLine]] = []
    at: int | None = None
    for line in lines[:6]:
        same = [i for i, x in enumerate(known) if line.text == x.text]
        if not same or (at is not None and at + 1 not in same):
            break
        at = same[0] if at is None else at + 1
        header.append((line, known[at]))
    if not any(year_header(x) or len(x.tokens) > _LEAST_NAMES for x, _ in header):
        return []
    words = [pair for line, x in header for pair in zip(line.words, x.words, strict=False)]
    return None if any(abs(a.x0 - b.x0) >= _MOVED for a, b in words) else [line for line, _ in header]


def _first_lines(lines: list[VisualLine], region: Region) -> list[VisualLine]:
    """The lines a table could go on in: down to a caption, a note, a heading, running text or a wide gap."""
    size = max(x.size for x in region.lines)
    across = region.value_left + 0.3 * (max(c[1] for c in region.columns) - region.value_left)
    taken: list[VisualLine] = []
    for line in lines:
        listed = line.tokens[0].figure and not line.words[-1].bold  # a row's number, set apart from its label
        told = numbered(line.text) is not None and not figures_of(line) and not listed
        heading = line.size > 1.1 * size or told
        running = any(not t.figure and t.x0 < region.value_left - size and t.x1 > across for t in line.tokens)
        if heading or running or is_caption(line.text) or is_note(line.text):
            break
        if taken and line.y0 - taken[-1].y1 > 3 * line.size:
            break
        taken.append(line)
    return taken


def _moved(line: VisualLine, shift: float, origin: dict[int, Word]) -> VisualLine:
    """The line at another height; `origin` is told which word each of its words is."""
    words = [replace(w, y0=w.y0 + shift, y1=w.y1 + shift) for w in line.words]
    origin.update((id(copy), w) for copy, w in zip(words, line.words, strict=True))
    moved = VisualLine(words, line.y0 + shift, line.y1 + shift, line.x0, line.x1)
    moved.tokens = tokenize(moved)
    return moved


def _parted(
    table: RawTable, foot: Foot, origin: dict[int, Word], ours: list[VisualLine]
) -> tuple[RawTable, RawTable] | None:
    """The rows of the joint table by page; a row of both pages is one row in each, which `cut_row` tells."""
    upper_rows: list[RawRow] = []
    lower_rows: list[RawRow] = []
    cut = False
    for row in table.rows:
        above = _part_of(row, origin, True)
        here = _part_of(row, origin, False)
        cut = cut or (above is not None and here is not None and not row.header)
        upper_rows += [above] if above else []
        lower_rows += [here] if here else []
    if not upper_rows or not lower_rows:
        return None
    upper_orphans = [origin[id(w)] for w in table.orphans if id(w) in origin]
    held = [w for row in upper_rows for c in row.cells.values() for line in c.lines for w in line] + upper_orphans
    x0, x1 = table.box[0], table.box[2]
    box = (x0, min(w.y0 for w in held), x1, max(w.y1 for w in held))
    upper = replace(
        foot.table,
        columns=table.columns,
        rows=upper_rows,
        orphans=upper_orphans,
        words=len(held),
        box=box,
    )
    lower = replace(
        table,
        rows=lower_rows,
        orphans=[w for w in table.orphans if id(w) not in origin],
        words=sum(len(x.words) for x in ours),
        box=(x0, min(x.y0 for x in ours), x1, max(x.y1 for x in ours)),
        goes_on=True,
        cut_row=cut,
    )
    return upper, lower


def _part_of(row: RawRow, origin: dict[int, Word], above: bool) -> RawRow | None:
    """What of a row stands on the page above (its own words again) or on this one."""
    cells = {}
    for column, cell in row.cells.items():
        lines = [line for line in cell.lines if (id(line[0]) in origin) == above]
        if lines:
            own = [[origin[id(w)] for w in line] for line in lines] if above else lines
            cells[column] = RawCell(cell.column, own, cell.span, cell.disputed)
    if not cells:
        return None
    words = [w for c in cells.values() for line in c.lines for w in line]
    return RawRow(cells, min(w.y0 for w in words), max(w.y1 for w in words), row.header, row.rule_above, row.shaded)
