"""Tables of dumps that lost their blanks: cells one after the other, row by row.

Such a dump prints a row's label and then its figures, on one line or on many, and before the first row the words of the
header.  What tells the table: rows of equally many figures; that many names in the words above them.

A funnel: lines → rows (a label and the figures up to the next words) → stretches of rows → how many columns → the
header's words as that many names (`header_names.py`).  The figures stay loose: which column a row with fewer figures
than columns means is for the sums to say.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.headings import is_form_label, is_sentence, numbered
from extract.models import Cell, Placement, Row
from extract.text.header_names import Names, best_names
from extract.text.layout_rows import DATE, LONGEST_LABEL
from extract.text.scan import Token
from extract.text.source import SourceLine
from extract.text.tables import Found, cell
from lexicon.captions import belongs_to_table, is_caption, is_note
from lexicon.figures import figures_in
from lexicon.hyphens import join_lines
from lexicon.lines import goes_on, without_formulas, words
from lexicon.units import is_only_unit
from lexicon.years import columns_in, is_column_header, is_year

LONGEST_RUN = 200  # characters: a longer line is a page run together, whose rows are found within it
MOST_WORDS = 4  # lines of words between two rows of a table
MOST_HEAD = 20  # lines of words above the first row that may head it
MOST_FIGURES = 24  # of one row
LEAST_ROWS = 2  # rows with as many figures as there are columns
_SHORT = 40  # characters: no shorter text is told for a sentence by its punctuation
LEAST_SINGLE = 3  # such rows where there is one column only


@dataclass(slots=True)
class Piece:
    """A line, or a part of one that is a page run together: words, then figures."""

    at: int
    line: SourceLine
    words: str
    figures: list[Token]
    heads: bool = False  # it says a column's name and nothing else

    @property
    def plain(self) -> bool:
        """Whether its words can be those of a label or a header."""
        text = self.words
        if len(text) > LONGEST_LABEL or is_caption(text) or (len(text) > _SHORT and is_sentence(text)):
            return False
        return not self.figures or not text or text.split()[-1].casefold() not in words("verbs")


@dataclass(slots=True)
class _Row:
    """A row: the pieces of its label, and its figures."""

    label: list[Piece]
    figures: list[tuple[Piece, Token]] = field(default_factory=list)


@dataclass(slots=True)
class _Stretch:
    """Rows that follow each other; `above` are the pieces of words before the first row's label."""

    above: list[Piece]
    rows: list[_Row]


def find_sequences(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Found]:
    """The tables of the lines that no other reader took, in print order."""
    found = (_table(stretch, known) for stretch in _stretches(list(pieces(lines, taken))))
    return [table for table in found if table is not None]


def pieces(lines: Sequence[SourceLine], taken: set[int]) -> Iterator[Piece]:
    """The lines in print order, pages that run together cut into rows."""
    for at, line in enumerate(lines):
        if line.blank or line.furniture or line.tabbed or at in taken:
            continue
        plain = without_formulas(line.text)
        if plain != line.text and (not plain or is_note(plain)):
            yield Piece(at, line, "", [])  # the numbers of the columns
            continue
        if is_column_header(plain) and not plain.replace("%", "").isspace():
            yield Piece(at, line, plain.strip(), [], heads=True)
            continue
        spans = figures_in(line.text)
        years = [(a, b) for a, b, year in columns_in(line.text) if year is not None]
        if len(years) > 1 and spans and any(a <= spans[-1][0] < b for a, b in years):
            yield Piece(at, line, plain.strip(), [])  # years with their names: a header's line
            continue
        if len(line.text) > LONGEST_RUN:
            cut = list(_cut(at, line, spans))
            rows = sum(len(piece.figures) > 1 for piece in cut)
            yield from cut if rows >= LEAST_ROWS else [Piece(at, line, line.text, [])]  # amounts in running text
            continue
        start = _run_at_end(line.text, spans)
        figures = [Token(line.text[a:b], a, b) for a, b in spans if a >= start]
        yield Piece(at, line, line.text[:start].strip(), figures)


def _run_at_end(text: str, spans: Sequence[tuple[int, int]]) -> int:
    """Where the run of figures at a line's end begins; its length where there is none."""
    start = len(text.rstrip())
    for a, b in reversed(spans):
        if text[b:start].strip():
            break
        start = a
    return start


def _cut(at: int, line: SourceLine, spans: Sequence[tuple[int, int]]) -> Iterator[Piece]:
    """A page on one line: the words before each run of figures, with the run."""
    begin = 0
    run: list[tuple[int, int]] = []
    for index, (a, b) in enumerate(spans):
        run.append((a, b))
        after = spans[index + 1][0] if index + 1 < len(spans) else len(line.text)
        if line.text[b:after].strip():
            yield Piece(at, line, line.text[begin : run[0][0]].strip(), [Token(line.text[x:y], x, y) for x, y in run])
            begin, run = b, []
    yield Piece(
        at, line, line.text[begin : run[0][0] if run else None].strip(), [Token(line.text[x:y], x, y) for x, y in run]
    )


def _stretches(found: Sequence[Piece]) -> Iterator[_Stretch]:
    """Runs of rows with little between them."""
    waiting: list[Piece] = []  # words that no figures have come for yet
    current: _Stretch | None = None
    for piece in found:
        if not piece.words and not piece.figures:
            continue
        if piece.words and not piece.plain:
            if current is not None:
                yield current
            current, waiting = None, []
            if piece.figures and len(piece.line.text) > LONGEST_RUN:
                waiting = []
            continue
        if current is not None and _heads_anew(piece):
            yield current
            current = None
        if _starts_text(piece, waiting):
            if current is not None:
                yield current
            current, waiting = None, []
        if not piece.figures or (DATE.search(piece.words) and len(piece.figures) < 2):
            waiting.append(piece)
            if current is not None and len(waiting) > MOST_WORDS:
                yield current
                current = None
            waiting = waiting[-MOST_HEAD:]
            continue
        if current is not None and not waiting and not piece.words:
            _add(current.rows[-1], piece)
            continue
        label = [*_label_of(waiting, piece), *([piece] if piece.words else [])]
        above = waiting[: len(waiting) - len([p for p in label if p is not piece])]
        if current is None:
            current = _Stretch(above, [])
        else:
            current.rows += [_Row([p]) for p in above]
        row = _Row(label)
        _add(row, piece)
        current.rows.append(row)
        waiting = []
    if current is not None:
        yield current


def _heads_anew(piece: Piece) -> bool:
    """Whether a piece begins another table's header: a column's name, a unit, or years and no other figures."""
    if piece.figures:
        return len(piece.figures) > 1 and all(is_year(token.text) for token in piece.figures)
    return (piece.heads and is_year(piece.words)) or is_only_unit(piece.words)


def _starts_text(piece: Piece, waiting: Sequence[Piece]) -> bool:
    """Whether a piece ends any table before it: a heading, a form's field, a caption or a note."""
    text = piece.words
    if not text:
        return False
    if belongs_to_table(text):
        return True
    if piece.figures:
        return False
    return is_form_label(text) or (numbered(text) is not None and not waiting and text.endswith("."))


def _label_of(waiting: Sequence[Piece], piece: Piece) -> list[Piece]:
    """The waiting words that are the label of figures: the last line and those it goes on from."""
    text = piece.words
    if not waiting:
        return []
    at = len(waiting)
    if not text and waiting[-1].heads and is_year(waiting[-1].words):
        return []  # a figure right below a header's year
    if not text:
        at -= 1
        text = waiting[at].words
    while at and goes_on(waiting[at - 1].words, text):
        at -= 1
        text = waiting[at].words
    return list(waiting[at:])


def _add(row: _Row, piece: Piece) -> None:
    row.figures += [(piece, token) for token in piece.figures]


def _table(stretch: _Stretch, known: frozenset[str]) -> Found | None:
    """The stretch as a table; None where its rows do not bear each other out."""
    above, rows = stretch.above, _renumbered(stretch.rows)
    filled = [row for row in rows if row.figures]
    counts = Counter(len(row.figures) for row in filled if len(row.figures) <= MOST_FIGURES)
    if not counts or any(len(row.figures) > MOST_FIGURES for row in filled):
        return None
    names = _header(above, counts)
    if names is None:
        return None
    return _found(names, above, rows, known)


def _renumbered(rows: list[_Row]) -> list[_Row]:
    """Running numbers that stand before the labels, read as the last figure of the row above, given to their rows."""
    number = first = 1 if not rows[0].label and [x.text.rstrip(".") for _, x in rows[0].figures] == ["1"] else 2
    for before in rows[:-1]:
        if not before.figures or before.figures[-1][1].text.rstrip(".") != str(number):
            break
        number += 1
    if number - first < max(2, len(rows) - 2):
        return rows
    for before, row in pairwise(rows):
        piece, token = before.figures[-1]
        if token.text.rstrip(".").isdigit() and int(token.text.rstrip(".")) <= len(rows):
            before.figures.pop()
            row.label.insert(0, Piece(piece.at, piece.line, token.text, []))
    return [row for row in rows if row.label or row.figures]


def _header(above: Sequence[Piece], counts: Counter[int]) -> Names | None:
    """How many columns there are, and their names: the count of figures that most rows have, borne out by names."""
    best: Names | None = None
    for columns, rows in counts.items():
        if rows < (LEAST_ROWS if columns > 1 else LEAST_SINGLE):
            continue
        more = sum(n for count, n in counts.items() if count > columns)
        names = best_names([(p.words, _gap(above, i)) for i, p in enumerate(above)], columns)
        names.score += rows - 2 * more
        if best is None or names.score > best.score:
            best = names
    return best if best is not None and best.levels else None


def _gap(above: Sequence[Piece], index: int) -> bool:
    """Whether blank lines stand between a piece and the one before it."""
    return index > 0 and above[index].at - above[index - 1].at > 1


def _found(names: Names, above: Sequence[Piece], rows: Sequence[_Row], known: frozenset[str]) -> Found:
    used = above[names.first : names.last]
    sections = above[names.last :]
    made: list[Row] = []
    columns = 1 + names.columns
    if used:
        place = used[0].line
        for level in names.levels:
            heads: list[Cell | None] = [
                cell(level[0].text, place, None, Placement.ALIGNED) if level[0].text else None,
                *[None] * names.columns,
            ]
            at = 1
            for name in level[1:]:
                heads[at] = cell(name.text, place, None, Placement.ALIGNED, span=name.span)
                at += name.span
            made.append(Row(tuple(heads), place.place, header=True))
    made += [_row(_Row([piece]), columns, known) for piece in sections]
    made += [_row(row, columns, known) for row in rows]
    held = {p.at for p in (*used, *sections)}
    held.update(p.at for row in rows for p in (*row.label, *(q for q, _ in row.figures)))
    first, last = min(held), max(held)
    text = [i for i in range(first, last) if i not in held]
    return Found(made, columns, first, last, [], text, text)


def _row(row: _Row, columns: int, known: frozenset[str]) -> Row:
    line = row.label[0].line if row.label else row.figures[0][0].line
    text = join_lines([p.words for p in row.label], known)
    raw = "\n".join(p.words for p in row.label)
    loose = tuple(cell(token.text, piece.line, None, Placement.UNDECIDED) for piece, token in row.figures)
    label = cell(text, line, raw, Placement.ALIGNED) if text else None
    return Row((label, *[None] * (columns - 1)), line.place, loose)
