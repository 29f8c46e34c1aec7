"""Pages with what was recognised drawn on them, to see at a glance what the reader made of the print."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from afstem.errors import UsageError
from extract.light import pymupdf
from extract.models import Cell, Grid, Place, Placement
from extract.records import record
from normalize.models import CaseFile, Line, Role, Table
from reconcile.models import Finding, Severity

Colour = tuple[float, float, float]

_DPI = 110
_WORD = 5  # points, the size of the words
_GRID: Colour = (0.55, 0.55, 0.55)
_CONFLICT: Colour = (0.85, 0.0, 0.1)
#: How a figure came to its column.
_PLACEMENTS: dict[Placement, Colour] = {
    Placement.RULED: (0.0, 0.45, 0.7),
    Placement.ALIGNED: (0.0, 0.6, 0.5),
    Placement.TABBED: (0.0, 0.6, 0.5),
    Placement.ARITHMETIC: (0.9, 0.6, 0.0),
    Placement.UNDECIDED: (0.8, 0.2, 0.6),
}
_ROLES: dict[Role, Colour] = {
    Role.SECTION: (0.35, 0.35, 0.35),
    Role.DETAIL: (0.0, 0.45, 0.7),
    Role.SUBTOTAL: (0.6, 0.4, 0.0),
    Role.TOTAL: (0.7, 0.2, 0.0),
    Role.MEMO: (0.5, 0.5, 0.5),
    Role.PAYBACK: (0.4, 0.2, 0.6),
}


@record
class Mark:
    """A rectangle to draw, and a word above its corner, or left of it where `beside` ("" for none)."""

    place: Place
    colour: Colour
    word: str = ""
    width: float = 0.6
    fill: bool = False
    beside: bool = False


def draw(path: Path, file: CaseFile, findings: Sequence[Finding], out: Path, password: str | None = None) -> list[Path]:
    """Writes a PNG of every page of the PDF `path` that holds a table of `file`, and returns their paths.

    Grey: the grid's cells.  Each figure in the colour of its placement, with its confidence where that is below 0.9.
    The role of a row stands left of it.  Red and filled: figures that an error or a warning points at.
    Raises UsageError for a file that has no pages to draw on.
    """
    if file.document.media_type != "application/pdf":
        raise UsageError("no_picture", path=str(path))
    marks: dict[int, list[Mark]] = {}
    for mark in _marks(file, findings):
        if mark.place.box is not None:
            marks.setdefault(mark.place.page, []).append(mark)
    written = []
    with pymupdf.open(path) as pdf:
        if pdf.needs_pass:
            pdf.authenticate(password or "")
        for number in sorted(marks):
            page = pdf[number - 1]
            _draw(page, marks[number])
            target = out / f"{path.stem}-{number:03}.png"
            page.get_pixmap(dpi=_DPI).save(target)
            written.append(target)
    return written


def _marks(file: CaseFile, findings: Sequence[Finding]) -> Iterator[Mark]:
    conflict = {a for f in findings if f.severity is not Severity.INFO for a in f.evidence}
    tables = [table for case in file.cases for table in case.tables]
    pages = {page for t in tables for page in range(t.first_page, t.last_page + 1)}
    for block in file.document.blocks:
        if isinstance(block, Grid) and pages & set(range(block.first_page, block.last_page + 1)):
            yield from _of_grid(block)
    for table in tables:
        yield from _of_table(table, conflict)


def _of_grid(grid: Grid) -> Iterator[Mark]:
    for row in grid.rows:
        cells: list[Cell] = [cell for cell in (*row.cells, *row.loose) if cell is not None]
        yield from (Mark(cell.place, _GRID, width=1.0 if row.header else 0.5) for cell in cells)


def _of_table(table: Table, conflict: set[str]) -> Iterator[Mark]:
    name = " ".join(filter(None, (table.label, str(table.kind))))
    yield Mark(table.place, _GRID, name, width=1.2)
    for line in table.lines:
        yield _role(line)
        for amount in line.amounts:
            bad = amount.amount_id in conflict
            word = f"{amount.confidence:.2f}" if amount.confidence < 0.9 else ""
            colour = _CONFLICT if bad else _PLACEMENTS[amount.placement]
            yield Mark(amount.place, colour, word, width=0.9, fill=bad)


def _role(line: Line) -> Mark:
    box = line.place.box
    # A narrow bar at the row's left edge, so that the words of the label stay readable.
    bar = box._replace(x0=box.x0 - 4, x1=box.x0 - 2) if box is not None else None
    return Mark(Place(line.place.page, bar), _ROLES[line.role], str(line.role), width=0.8, fill=True, beside=True)


def _draw(page: pymupdf.Page, marks: Sequence[Mark]) -> None:
    # Boxes are those of the page as it is shown; drawing goes by the page before its rotation.
    turn = page.derotation_matrix
    for mark in marks:
        box = mark.place.box
        if box is None:
            continue
        shape = pymupdf.Rect(*box) * turn
        if shape.is_empty:
            continue
        fill = mark.colour if mark.fill else None
        page.draw_rect(shape, color=mark.colour, width=mark.width, fill=fill, fill_opacity=0.25)
        if mark.word:
            width = pymupdf.get_text_length(mark.word, fontsize=_WORD)
            x, y = (box.x0 - width - 1, box.y0 + _WORD) if mark.beside else (box.x0, box.y0 - 1)
            corner = pymupdf.Point(x, y) * turn
            page.insert_text(corner, mark.word, fontsize=_WORD, color=mark.colour, rotate=page.rotation)
