"""A grid's body rows as lines: label, figures in their columns, steering area, appropriation, words.

Nothing is decided here about sums or roles.  Figures of rows that lost their columns stay `fragments` for the choice of
readings; a figure where the header expects words is kept where it is printed, with a confidence that says so.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import pairwise

import regex

from extract.models import Cell, Placement, Row
from extract.records import record
from lexicon.figures import Figure, parse_figure
from lexicon.units import is_only_unit
from normalize.models import ColumnKind
from normalize.tables.columns import Header
from normalize.tables.header import cell_text
from normalize.vocabulary import RowWords, TextRole, names_a_code, peel_steering_area, row_words, steering_area

SURE = 0.99  # a figure that stands where the header expects it
REALIGNED = 0.92  # a row moved as a whole because a field of it was lost
NAMELESS = 0.7  # a figure in a row whose label was not read
MISFIT = 0.4  # a row whose figures do not fit the header

_NUMBER_ONLY = regex.compile(r"\d{1,3}\W*(?:\s\d{1,2}\))?")  # "1", "1.", with the marker of a footnote "1 1)"
_CODE = regex.compile(r"\d{4,}(?:[.-]\d+)*")
_CODED_TAIL = regex.compile(r"^(?P<label>.*\p{L}.*?)\s+(?P<code>\d{4,}\s+\p{Lu}.*)$")
_DANGLING = regex.compile(
    r"(?:\b(?:på|i|af|til|og|eller|for|med|fra|ved|om|som|samt|inkl\.|den|det|de)|[-/,])$", regex.IGNORECASE
)
_CAPITAL = regex.compile(r"(?<=\s)\p{Lu}\p{Ll}{3,}")
_CLOSING = (RowWords.TOTAL, RowWords.SUBTOTAL, RowWords.PAYBACK)
_DIGIT = regex.compile(r"[\d½¼¾]")
_WORDS = regex.compile(r"\p{L}{2,}")


@record
class Printed:
    """A figure with the cell that prints it and how surely it is read and stands in its column."""

    figure: Figure
    cell: Cell
    placement: Placement
    confidence: float
    alternatives: tuple[Decimal, ...] = ()  # other values that the print may have


@dataclass(slots=True)
class RawLine:
    """One body row.  `figures` are keyed by table column; `fragments` are loose cells without a column."""

    row: Row
    label: str
    figures: dict[int, Printed] = field(default_factory=dict)
    fragments: list[Cell] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)
    unread: set[int] = field(default_factory=set)  # columns of figures whose cell has digits and is no figure
    area: str | None = None
    appropriation: str | None = None
    committee_text: str | None = None
    bold: bool = False
    italic: bool = False

    @property
    def blank(self) -> bool:
        """Whether no figure is printed in the row."""
        return not self.figures and not self.fragments

    @property
    def payback(self) -> bool:
        """Whether the label names a payback time."""
        return row_words(self.label) is RowWords.PAYBACK


def read_lines(rows: Sequence[Row], header: Header) -> list[RawLine]:
    """The body rows as lines, wrapped labels joined, in print order."""
    lines: list[RawLine] = []
    for row in _unwrapped(rows, header):
        line = _loose(row, header) if row.loose else _placed(row, header)
        if lines and _continues(line, lines[-1]):
            _join(lines[-1], line)
        elif line.label or not line.blank or line.texts:
            lines.append(line)
    _share_labels(lines)
    return lines


def _share_labels(lines: Sequence[RawLine]) -> None:
    """Gives a row of figures without a label of its own the second of two labels that the row above it runs together.

    Done only where a label of the vocabulary (a total, a payback time) begins or ends the label above.  A label that
    begins small below one that breaks off is the rest of that second label.
    """
    for above, line in pairwise(lines):
        rest = line.label[:1].islower() and _DANGLING.search(above.label) is not None
        if (line.label and not rest) or not line.figures or not above.figures:
            continue
        cut = _second_label(above.label)
        if cut is None:
            continue
        above.label, line.label = above.label[:cut].rstrip(), f"{above.label[cut:]} {line.label}".rstrip()
        for index, printed in line.figures.items():
            if printed.confidence == NAMELESS:
                line.figures[index] = replace(printed, confidence=REALIGNED)


def _second_label(label: str) -> int | None:
    """Where a second label begins in a label, None where only one is plainly there."""
    for match in _CAPITAL.finditer(label):
        first, second = row_words(label[: match.start()].rstrip()), row_words(label[match.start() :])
        if first in _CLOSING or second in _CLOSING:
            return match.start()
    return None


def _unwrapped(rows: Sequence[Row], header: Header) -> list[Row]:
    """Joins a row that only goes on with the words of the row above it: cells of words wrapped over two lines."""
    done: list[Row] = []
    for row in rows:
        if done and (at := _wrapped(row, done[-1], header)):
            cells = list(done[-1].cells)
            for column in at:
                cells[column] = _glued(cells[column], row.cells[column])
            done[-1] = replace(done[-1], cells=tuple(cells))
        else:
            done.append(row)
    return done


def _wrapped(row: Row, above: Row, header: Header) -> list[int]:
    """The columns in which the row goes on with the one above; empty where it is a row of its own."""
    if row.loose or above.loose or cell_text(row, 0):
        return []
    filled = [at for at in range(1, len(row.cells)) if cell_text(row, at)]
    words = [at for at in filled if at < len(header.position)]
    if any(header.columns[header.position[at]].kind is not ColumnKind.TEXT for at in words) or words != filled:
        return []
    goes_on = [
        at
        for at in filled
        if cell_text(above, at) and (cell_text(row, at)[:1].islower() or _DANGLING.search(cell_text(above, at)))
    ]
    return filled if goes_on and all(cell_text(above, at) for at in filled) else []


def _glued(first: Cell | None, second: Cell | None) -> Cell | None:
    if first is None or second is None:
        return first or second
    hyphen = first.text.endswith("-") and second.text[:1].islower()
    text = first.text[:-1] + second.text if hyphen else f"{first.text} {second.text}"
    box = first.place.box.union(second.place.box) if first.place.box and second.place.box else first.place.box
    return replace(first, text=text, raw=f"{first.raw}\n{second.raw}", place=replace(first.place, box=box))


def _continues(line: RawLine, above: RawLine) -> bool:
    """Whether the row is only the rest of the label above it (a label cut by a page break)."""
    if not line.blank or line.texts or line.area or not line.label or not above.label:
        return False
    if _DANGLING.search(above.label) and not _DANGLING.search(line.label):
        return True
    return line.label[:1].islower() and not above.blank and not above.label.endswith((".", ":"))


def _join(above: RawLine, line: RawLine) -> None:
    if above.label.endswith("-") and line.label[:1].islower():
        above.label = above.label[:-1] + line.label
    else:
        above.label = f"{above.label} {line.label}"


def _placed(row: Row, header: Header) -> RawLine:
    row, moved = _realigned(row, header)
    label = cell_text(row, 0)
    first = row.cells[0] if row.cells else None
    line = RawLine(
        row,
        label,
        bold=_styled(row, "bold"),
        italic=first is not None and first.italic,
    )
    words: list[tuple[int, str]] = []
    for at in range(1, len(row.cells)):
        cell = row.cells[at]
        if cell is None or not cell.text.strip() or at >= len(header.position):
            continue
        index = header.position[at]
        text = " ".join(cell.text.split())
        figure = parse_figure(text)
        if header.columns[index].kind is not ColumnKind.TEXT:
            if figure is None:
                words.append((index, text))
                if _DIGIT.search(text):
                    line.unread.add(index)
            else:
                line.figures[index] = _printed(figure, cell, moved)
        elif figure is not None and not figure.is_dash and _is_figure_here(text, index, header, line):
            confidence = SURE if line.payback else MISFIT
            line.figures[index] = replace(_printed(figure, cell, False), confidence=confidence * cell.confidence)
        elif figure is None or not figure.is_dash:
            words.append((index, text))
    _sort_words(line, words, header)
    _doubt_misfits(line, header)
    return line


def _styled(row: Row, style: str) -> bool:
    cells = [c for c in (*row.cells, *row.loose) if c is not None and c.text.strip()]
    return bool(cells) and all(getattr(c, style) for c in cells)


def _printed(figure: Figure, cell: Cell, moved: bool) -> Printed:
    sure = REALIGNED if moved else SURE
    if cell.placement is Placement.UNDECIDED:
        sure = min(sure, MISFIT)
    elif cell.placement is Placement.ARITHMETIC:
        sure = min(sure, REALIGNED)
    return Printed(figure, cell, cell.placement, round(sure * min(1.0, cell.confidence), 4))


def _is_figure_here(text: str, index: int, header: Header, line: RawLine) -> bool:
    """Whether a number in a column of words is a figure gone astray rather than a code or a running number."""
    role = header.roles.get(index)
    if line.payback:
        return True
    if role is None or role in (TextRole.NUMBER, TextRole.WORDS):
        return False
    return not _CODE.fullmatch(text)


def _realigned(row: Row, header: Header) -> tuple[Row, bool]:
    """Moves a row that lost an empty field of words before its figures: all figures then stand under value columns.

    Done only where the row as it is puts a figure among the words and leaves as many value columns blank at its end.
    """
    if len(row.cells) != len(header.position) or row_words(cell_text(row, 0)) is RowWords.PAYBACK:
        return row, False
    values = [at for at in range(len(row.cells)) if header.columns[header.position[at]].kind is not ColumnKind.TEXT]
    figures = [at for at in range(1, len(row.cells)) if _figure_at(row, at)]
    if not values or len(figures) != len(values) or figures == values:
        return row, False
    step = values[0] - figures[0]
    blank_end = all(not cell_text(row, at) for at in range(len(row.cells) - step, len(row.cells)))
    if step <= 0 or not blank_end or [at + step for at in figures] != values:
        return row, False
    empty: tuple[Cell | None, ...] = (None,) * step
    cells = (*row.cells[: figures[0]], *empty, *row.cells[figures[0] : len(row.cells) - step])
    return replace(row, cells=cells), True


def _figure_at(row: Row, at: int) -> bool:
    figure = parse_figure(cell_text(row, at))
    return figure is not None and not _CODE.fullmatch(cell_text(row, at))


def _doubt_misfits(line: RawLine, header: Header) -> None:
    """Doubts figures that the header or the label does not account for.

    A figure among the words: the whole row may be displaced.  A figure in a column without a name beside other columns
    of figures (or named by a unit beside columns of years), or in a row without a label: something of the print was not
    read.
    """
    dated = any(column.kind is ColumnKind.YEAR for column in header.columns)
    several = len(header.values) > 1
    for index, printed in line.figures.items():
        column = header.columns[index]
        unnamed = not column.label or (dated and is_only_unit(column.label))
        if (dated or several) and unnamed and column.kind in (ColumnKind.AMOUNT, ColumnKind.YEAR):
            line.figures[index] = replace(
                printed, placement=Placement.UNDECIDED, confidence=min(printed.confidence, MISFIT)
            )
        elif not line.label:
            line.figures[index] = replace(printed, confidence=min(printed.confidence, NAMELESS))
    if line.payback or not any(header.columns[i].kind is ColumnKind.TEXT for i in line.figures):
        return
    for index, printed in line.figures.items():
        line.figures[index] = replace(
            printed, placement=Placement.UNDECIDED, confidence=min(printed.confidence, MISFIT)
        )


def _sort_words(line: RawLine, words: Sequence[tuple[int, str]], header: Header) -> None:
    """Puts a row's words where they belong: the label of a numbered row, steering area, appropriation, committee."""
    rest = list(words)
    if _NUMBER_ONLY.fullmatch(line.label) or _CODE.fullmatch(line.label):
        named = next((w for w in rest if _names_the_row(w[1], w[0], header)), None)
        if named is not None:
            line.texts.append(line.label)
            line.label = named[1]
            rest.remove(named)
    if rest and _DANGLING.search(line.label) and rest[0][1][:1].islower():  # the label reached into the next column
        line.label = f"{line.label} {rest.pop(0)[1]}"
    for index, text in rest:
        _assign(line, text, header.roles.get(index))
    _name_unnamed(line)


def _name_unnamed(line: RawLine) -> None:
    """A row without a label is called what else it says."""
    if not line.label:
        said = line.texts and (line.blank or line.texts[0] == line.committee_text)
        line.label = line.appropriation or line.area or (line.texts.pop(0) if said else "")


def _names_the_row(text: str, index: int, header: Header) -> bool:
    """Whether the words beside a row's number or account are its label, and not its steering area or appropriation."""
    named = header.roles.get(index) in (None, TextRole.WORDS) and steering_area(text) is None
    return named and header.columns[index].kind is ColumnKind.TEXT and _WORDS.search(text) is not None


def _is_name(text: str) -> bool:
    return len(text) > 5 and _WORDS.search(text) is not None


def _assign(line: RawLine, text: str, role: TextRole | None) -> None:
    area = steering_area(text)
    if area is not None and line.area is None and role in (TextRole.STEERING_AREA, None):
        line.area = area
    elif role is TextRole.STEERING_AREA and line.area is None:
        line.area = text
    elif role is TextRole.APPROPRIATION and line.appropriation is None:
        line.appropriation = text
    elif role is TextRole.COMMITTEE and line.committee_text is None:
        line.committee_text = text
        line.texts.append(text)
    elif not line.label and (_is_name(text) or row_words(text) in _CLOSING):
        line.label = text
    else:
        line.texts.append(text)


def _loose(row: Row, header: Header) -> RawLine:
    line = RawLine(row, cell_text(row, 0), bold=_styled(row, "bold"), italic=_styled(row, "italic"))
    fragments = [c for c in row.loose if c.text.strip()]
    area, appropriation = header.of_role(TextRole.STEERING_AREA), header.of_role(TextRole.APPROPRIATION)
    words: list[str] = []
    if appropriation is not None and _names_first(line.label, fragments):
        line.label, fragments = f"{line.label} {fragments[0].text.strip()}", fragments[1:]
    while fragments and (leading := _leading_words(fragments, coded=appropriation is not None)):
        words.append(" ".join(" ".join(c.text.split()) for c in fragments[:leading]))
        fragments = fragments[leading:]
    if area is not None and (peeled := peel_steering_area(line.label)):
        line.label, line.area = peeled.label, peeled.area
    if appropriation is not None and not words and (match := _CODED_TAIL.match(line.label)):
        line.label, line.appropriation = match["label"], match["code"]
    for text in words:
        named = TextRole.STEERING_AREA if area is not None and steering_area(text) else None
        _assign(line, text, TextRole.APPROPRIATION if appropriation is not None else named)
    line.fragments = fragments
    _name_unnamed(line)
    return line


def _names_first(label: str, fragments: Sequence[Cell]) -> bool:
    """Whether a label ends in the name of a code that is the first fragment behind it."""
    coded = bool(fragments) and _CODE.fullmatch(fragments[0].text.strip()) is not None
    return coded and _CODED_TAIL.match(label) is not None and names_a_code(label)


def _leading_words(fragments: Sequence[Cell], *, coded: bool) -> int:
    """How many of the first fragments are one text cell: words, or a code and the words after it; 0 for none."""
    first = " ".join(fragments[0].text.split())
    if parse_figure(first) is None:
        return 1 if not _mixes_figures(first) else 0
    followed = len(fragments) > 1 and parse_figure(fragments[1].text) is None
    return 2 if coded and _CODE.fullmatch(first) and followed else 0


def _mixes_figures(text: str) -> bool:
    """Whether a fragment of words holds amounts too ("½ årsværk/ -310"): it may take up a value column."""
    return _DIGIT.search(text) is not None and not _CODE.match(text)
