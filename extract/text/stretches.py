"""Stretches of a dump that may be tables: rows of figures with the words before them.

In: the pieces of its lines.  Out: each stretch with its rows and what stands above and behind them; text, a unit or a
header of its own ends one.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.headings import is_form_label, numbered
from extract.text.head_words import natural_names
from extract.text.pieces import DATE, Piece, opens_with_unit
from extract.text.row_labels import BodyRow
from lexicon.captions import belongs_to_table, is_note
from lexicon.lines import closes, goes_on, is_committee, is_section
from lexicon.units import is_only_unit
from lexicon.years import columns_in, is_year

MOST_WORDS = 6  # phrases of words, each of one line or more, between two rows of a table
MOST_HEAD = 32  # lines of words above the first row that may head it
LEAST_BELOW = 2  # rows below a header, and figures of each
NEAR = 4  # pieces below a line with a colon, of which one has a row's figures if that line heads rows


@dataclass(slots=True)
class Stretch:
    """Rows that follow each other, and the words behind the last one's figures."""

    rows: list[BodyRow] = field(default_factory=list)
    tail: list[Piece] = field(default_factory=list)
    noted: bool = False  # a note follows it
    anew: bool = False  # nothing but a header parts it from the stretch before


def stretches(found: Sequence[Piece]) -> Iterator[Stretch]:
    """Runs of rows with little between them."""
    waiting: list[Piece] = []  # words that no figures have come for yet
    current = Stretch()
    for at, piece in enumerate(found):
        if not piece.words and not piece.figures:
            continue
        below = found[at + 1 : at + 1 + NEAR]
        plain = _is_plain(piece, below)
        anew = bool(current.rows) and (_heads_anew(piece, below) or _names_anew(piece, below, waiting, current.rows))
        if anew or (piece.words and (not plain or _starts_text(piece, waiting, below))):
            current.tail = [] if anew else waiting
            current.noted = is_note(piece.words)
            yield from _whole(current)
            current, waiting = Stretch(anew=anew), waiting if anew else []
            if not plain:
                continue
        if piece.figures and not (DATE.search(piece.words) and len(piece.figures) < 2):
            _take(current.rows, waiting, piece)
            waiting = []
            continue
        waiting.append(piece)
        if current.rows and _phrases(waiting) > MOST_WORDS:
            current.tail = waiting
            yield from _whole(current)
            current = Stretch(anew=True)
        waiting = waiting[-MOST_HEAD:]
    current.tail = waiting
    yield from _whole(current)


def _whole(stretch: Stretch) -> Iterator[Stretch]:
    """The stretch, if it has rows; parted where the lines before a row are a header, a name each."""
    rows = stretch.rows
    begins = [at for at, (row, after) in enumerate(pairwise(rows)) if at and _is_headed(row, after)]
    for begin, end in pairwise([0, *begins, len(rows)] if rows else []):
        last = end == len(rows)
        yield replace(
            stretch,
            rows=rows[begin:end],
            tail=stretch.tail if last else [],
            noted=stretch.noted and last,
            anew=stretch.anew or begin > 0,
        )


def _is_headed(row: BodyRow, after: BodyRow) -> bool:
    """Whether the lines before a row are a name for the labels and one for each of its figures, and its own label,
    where the next row has a label and no more."""
    names, count = [piece.words for piece in row.lead[:-1]], len(row.figures)
    if count < LEAST_BELOW or len(names) <= count or len(after.figures) != count or len(after.lead) > 1:
        return False
    heads = names[-count - 1 :]
    return all(name[:1].isupper() and not is_committee(name) and not is_section(name) for name in heads)


def _is_plain(piece: Piece, below: Sequence[Piece]) -> bool:
    """Whether a piece's words can be those of a label or a header, by themselves or right above figures."""
    return piece.plain or (piece.may_lead and bool(below) and bool(below[0].figures) and not below[0].words)


def _take(rows: list[BodyRow], waiting: Sequence[Piece], piece: Piece) -> None:
    """Adds a piece's figures to the last row, or makes a row of them and the words that wait."""
    if not rows or waiting or piece.words:
        rows.append(BodyRow([*waiting, *([piece] if piece.words else [])]))
    _add(rows[-1], piece)


def _phrases(waiting: Sequence[Piece]) -> int:
    """How many phrases lines of words are."""
    return 1 + sum(not goes_on(a.words, b.words) for a, b in pairwise(waiting))


def _add(row: BodyRow, piece: Piece) -> None:
    if row.figures and piece.figures and row.figures[-1][1].text.endswith("/"):  # "½ årsværk/" over "-310"
        above, token = row.figures.pop()
        row.joined.append(piece)
        row.figures.append((above, replace(token, text=f"{token.text} {piece.figures.pop(0).text}")))
    row.figures += [(piece, token) for token in piece.figures]
    if piece.after:
        row.remark = piece


def _heads_anew(piece: Piece, below: Sequence[Piece]) -> bool:
    """Whether a piece begins another header: columns' names, a unit, or years and no other figures.

    What stands right above a figure is its row's label, "Forbrug 2026", or the last name of a header.
    """
    if piece.figures:
        return len(piece.figures) > 1 and all(is_year(token.text) for token in piece.figures)
    amount = bool(below) and not below[0].words and any(not is_year(token.text) for token in below[0].figures)
    if amount and len(columns_in(piece.text)) == 1:
        return False
    if piece.heads and any(is_year(word) for word in piece.words.split()):
        return not _is_year_section(piece, below)
    return is_only_unit(piece.words) or opens_with_unit(piece.words)


def _names_anew(piece: Piece, below: Sequence[Piece], waiting: Sequence[Piece], rows: Sequence[BodyRow]) -> bool:
    """Whether a line below a table is the header of another: it has a name for the labels and one for each figure of
    the rows below, and the table above is closed, has other numbers of figures, or lines of words stand between."""
    figures = [len(other.figures) for other in below[:LEAST_BELOW]]
    if piece.figures or len(figures) < LEAST_BELOW or len(set(figures)) > 1 or figures[0] < LEAST_BELOW:
        return False
    if natural_names(piece.words) != figures[0] + 1 or is_committee(piece.words) or is_section(piece.words):
        return False
    closed = bool(rows[-1].lead) and closes(rows[-1].lead[-1].words)
    return closed or bool(waiting) or len(rows[-1].figures) != figures[0]


def _is_year_section(piece: Piece, below: Sequence[Piece]) -> bool:
    """Whether a year stands over rows and heads no column: a label and several figures follow it, and one name heads
    but one column."""
    if not is_year(piece.words) or not below or not below[0].words or below[0].heads:
        return False
    if below[0].figures:
        return len(below[0].figures) > 1
    return len(below) > 2 and all(other.figures and not other.words for other in below[1:3])


def _starts_text(piece: Piece, waiting: Sequence[Piece], below: Sequence[Piece]) -> bool:
    """Whether a piece ends any table before it: a heading, a form's field, a caption or a note."""
    text = piece.words
    if belongs_to_table(text):
        return True
    if piece.figures:
        return False
    if is_form_label(text):
        return not any(len(other.figures) > 1 for other in below)  # "Scenarie A: Fælles køkken" heads rows
    return numbered(text) is not None and not waiting and text.endswith(".")
