"""Tables that a dump printed column after column, or with their figures apart from their labels.

In: the lines that no other reader took.  Out: tables of which the page itself proves the order: their sums close under
one order of the figures and no other (`proofs.py`), the labels fit the rows in one way only (`row_names.py`), and the
header's columns are counted and named.  What is not proven is left to the other readers, which claim no more than they
can tell; a table in the order of its rows, each label before its figures, is theirs as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.models import Cell, Placement, Row
from extract.text.pieces import Piece, Token, opens_with_unit, pieces
from extract.text.proofs import AHEAD, End, Order, proven
from extract.text.row_names import Words, named
from extract.text.source import SourceLine
from extract.text.tables import Found, cell
from lexicon.captions import belongs_to_table, is_note
from lexicon.figures import parse_figure
from lexicon.hyphens import join_lines
from lexicon.lines import heads_labels, heads_words, words
from lexicon.units import is_only_unit
from lexicon.years import read_year

LEAST_FIGURES = 6  # of a table of which anything can be proven
MOST_COLUMNS = 16
MOST_WORDS = 60  # lines of words of one table
MOST_DECIMALS = 4
_RUNNING = re.compile(r"0\d{1,2}\.?")
_CODE = re.compile(r"(?:[A-ZÆØÅ]{1,4}[-.]?)?\d{1,3}(?:\.\d{1,2})?\.?")
_ACCOUNT = re.compile(r"\d{3,10}\b(?!\s*(?:kr|pct|%))")


@dataclass(slots=True)
class _Region:
    """Lines that follow each other with no running text between: words, headers of columns, figures."""

    captioned: bool = False  # a caption stands above it
    words: list[Piece] = field(default_factory=list)
    heads: list[tuple[Piece, int]] = field(default_factory=list)  # with how many figures stand before it
    figures: list[tuple[Piece, Token]] = field(default_factory=list)
    ends: list[End] = field(default_factory=list)  # what parts each figure from the one before it

    def add(self, piece: Piece, before: Piece | None) -> None:
        """Takes the next line, `before` being the one above it."""
        if piece.heads:
            self.heads.append((piece, len(self.figures)))
        elif piece.words:
            self.words.append(piece)
        parted = any(self.figures and p.at > self.figures[-1][0].at for p in self.words[-1:])
        headed = any(count == len(self.figures) for _, count in self.heads[-1:])
        for index, token in enumerate(piece.figures):
            if index:
                end = End.COLUMN  # figures of one line are a row's
            elif parted:
                end = End.CHUNK
            elif headed:
                end = End.COLUMN
            else:
                end = End.WITHIN if before is not None and piece.at - before.at == 1 else End.FREE
            self.figures.append((piece, token))
            self.ends.append(end)


def find_columnwise(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Found]:
    """The tables whose order the page proves, in print order."""
    found: list[Found] = []
    for region in _regions(pieces(lines, taken)):
        table = _table(region, known)
        if table is not None:
            found.append(table)
    return found


def _regions(found: Sequence[Piece]) -> Iterator[_Region]:
    """The stretches between captions, running text and pages' ends that hold figures enough."""
    region, before = _Region(), None
    for piece in [*map(_told, found), None]:
        stops = piece is None or before is None or piece.line.page != before.line.page or _stops(piece)
        anew = piece is not None and _is_corner(piece.words) and region.heads and len(region.figures) >= LEAST_FIGURES
        if stops or anew:
            if len(region.figures) >= LEAST_FIGURES:
                yield region
            region = _Region(piece is not None and belongs_to_table(piece.words))
        if piece is not None and not _stops(piece):
            region.add(piece, before)
        before = piece


def _told(piece: Piece) -> Piece:
    """The line, its only figure told for a unit ("1.000 kr.") or a running number ("01") where it is one."""
    if len(piece.figures) == 1 and not piece.words:
        text = piece.figures[0].text
        if _RUNNING.fullmatch(text) or (is_only_unit(text) and text.split()[-1][0].isalpha()):
            return replace(piece, words=text, figures=[])
    return piece


def _stops(piece: Piece) -> bool:
    """Whether a line is running text or a caption."""
    return not piece.plain or (belongs_to_table(piece.words) and not is_note(piece.words))


def _table(region: _Region, known: frozenset[str]) -> Found | None:
    """The table of a region under the header that proves the most; None where none proves enough."""
    values = _values([token.text for _, token in region.figures])
    if values is None or len(region.words) > MOST_WORDS:
        return None
    proofs = [
        (order, heads, words_)
        for heads, words_ in _headers(region)
        if (order := _proven(values, heads, region)) is not None
    ]
    ranked = sorted(proofs, key=lambda proof: -proof[0].bits)
    if not ranked or (len(ranked) > 1 and ranked[0][0].bits - ranked[1][0].bits < AHEAD):
        return None
    order, heads, words_ = ranked[0]
    in_rows = max(order.heights) == 1 and _each_has_label(region, words_, len(heads))
    if in_rows or not _heads_fit(heads, order):
        return None
    totals = {one.total for one in order.sums}
    sums = [row in totals for row in range(len(order.places))]
    labels = _labels(words_, region, order)
    spans = named(labels.lines, sums)
    own = _with_codes(labels, spans, sums) if spans is not None else None
    return _found(region, heads, order, own, known) if own is not None else None


def _proven(values: Sequence[int], heads: Sequence[Head], region: _Region) -> Order | None:
    undated = [at for at, (piece, _) in enumerate(heads) if not any(c.isdigit() for c in piece.words)]
    last = len(heads) - 1
    spans = [last] if (found := read_year(heads[last][0].words)) is None or found.last is not None else []
    return proven(values, len(heads), region.ends, {*undated, *spans})


def _values(texts: Sequence[str]) -> list[int] | None:
    """The figures as whole numbers of their smallest decimal; None where one is no figure."""
    found = [parse_figure(text) for text in texts]
    if any(figure is None for figure in found):
        return None
    values = [figure.value for figure in found if figure is not None]
    places = max((-int(value.as_tuple().exponent) for value in values), default=0)
    return [int(value * 10 ** max(0, places)) for value in values] if places <= MOST_DECIMALS else None


Head = tuple[Piece, int]


def _headers(region: _Region) -> Iterator[tuple[list[Head], list[Piece]]]:
    """What may head the columns, and what is left for labels: years, with a column of sums behind them or without."""
    years = [any(c.isdigit() for c in piece.words) for piece, _ in region.heads]
    if not any(years):
        return
    last = max(at for at, dated in enumerate(years) if dated)
    inner = [head for head, dated in zip(region.heads, years, strict=True) if dated]
    tails = region.heads[last + 1 : last + 2]
    for heads in ([*inner, *tails], inner) if tails else (inner,):
        own = {id(piece) for piece, _ in heads}
        texts = [piece.words for piece, _ in heads]
        if len(set(texts)) == len(texts) <= MOST_COLUMNS:
            labels = [*region.words, *(piece for piece, _ in region.heads if id(piece) not in own)]
            yield heads, sorted(labels, key=lambda piece: piece.at)


def _heads_fit(heads: Sequence[Head], order: Order) -> bool:
    """Whether the headers stand where that order has its columns: all at one place and the years in their order, or
    each group of them right before as many columns."""
    counts = [count for _, count in heads]
    years = [found.year for piece, _ in heads if (found := read_year(piece.words)) is not None]
    if len(set(counts)) == 1:
        return all(a < b for a, b in pairwise(years))
    rows = len(order.places)
    if len(order.heights) > 1:
        return False
    groups = sorted(set(counts))
    starts = [sum(count < group for count in counts) * rows for group in groups]
    return groups == starts


def _each_has_label(region: _Region, found: Sequence[Piece], columns: int) -> bool:
    """Whether the words right above each row's figures are its label: the order of rows, which others read."""
    for at in range(0, len(region.figures), columns):
        own = region.figures[at][0]
        last = region.figures[at - 1][0] if at else None
        if not any((last is None or piece.at >= last.at) and piece.at <= own.at for piece in found):
            return False
    return True


@dataclass(slots=True)
class _Labels:
    """The lines that may be labels, each with its piece, and the codes that stand in a column before them."""

    lines: list[Words] = field(default_factory=list)
    pieces: list[Piece] = field(default_factory=list)
    codes: list[Piece] = field(default_factory=list)


def _labels(found: Sequence[Piece], region: _Region, order: Order) -> _Labels:
    """The lines that may be labels, without notes, the header's words and those of a column beside the labels."""
    accounts = any(heads_words(piece.words) for piece in found)
    corners = [p.at for p in region.words if _is_corner(p.words)] + [p.at for p, _ in region.heads]
    first = min(corners) if corners and not region.captioned else 0
    columns = len(order.places[0])
    labels = _Labels()
    block, left_out = 0, False  # whether the block so far is a note, or of a column beside
    above: Piece | None = None
    for piece in found:
        apart = above is None or piece.at - above.at > 1
        above = piece
        block += apart
        beside = accounts and (_ACCOUNT.match(piece.words) or piece.words.casefold() in words("cell_words"))
        left_out = is_note(piece.words) or bool(beside) or (left_out and not apart)
        if left_out or _is_corner(piece.words):
            continue
        if _CODE.fullmatch(piece.words):
            labels.codes.append(piece)
            continue
        rows = sum(figure.at < piece.at for figure, _ in region.figures) // columns
        labels.lines.append(Words(piece.words, block, piece.at < first, rows))
        labels.pieces.append(piece)
    return labels


def _with_codes(labels: _Labels, spans: Sequence[tuple[int, int]], sums: Sequence[bool]) -> list[list[Piece]] | None:
    """The pieces of each row's label, behind its code where there are codes; None where they are not the rows'."""
    found = [labels.pieces[a:b] for a, b in spans]
    if not labels.codes:
        return found
    if len(labels.codes) != sums.count(False):
        return None
    codes = iter(labels.codes)
    return [label if is_sum else [next(codes), *label] for label, is_sum in zip(found, sums, strict=True)]


def _is_corner(text: str) -> bool:
    """Whether words stand over the labels or say the unit."""
    return is_only_unit(text) or opens_with_unit(text) or heads_labels(text)


def _found(
    region: _Region, heads: Sequence[Head], order: Order, labels: Sequence[list[Piece]], known: frozenset[str]
) -> Found:
    columns = _sorted(heads)
    unit = next((piece for piece in region.words if is_only_unit(piece.words) or opens_with_unit(piece.words)), None)
    place = (unit or heads[0][0]).line
    top: list[Cell | None] = [cell(unit.words, unit.line, None, Placement.ALIGNED) if unit else None]
    top += [cell(heads[at][0].words, heads[at][0].line, None, Placement.ALIGNED) for at in columns]
    rows = [Row(tuple(top), place.place, header=True)]
    held = {piece.at for piece, _ in heads} | ({unit.at} if unit else set())
    for label, places in zip(labels, order.places, strict=True):
        text = join_lines([piece.words for piece in label], known)
        raw = "\n".join(piece.words for piece in label)
        cells = [cell(text, label[0].line, raw, Placement.ALIGNED)]
        cells += [_figure(region.figures[places[at]]) for at in columns]
        rows.append(Row(tuple(cells), label[0].line.place))
        held.update(piece.at for piece in label)
    held.update(piece.at for piece, _ in region.figures)
    first, last = min(held), max(held)
    return Found(rows, 1 + len(columns), first, last, apart=[at for at in range(first, last) if at not in held])


def _figure(figure: tuple[Piece, Token]) -> Cell:
    piece, token = figure
    return cell(token.text, piece.line, None, Placement.ARITHMETIC)


def _sorted(heads: Sequence[Head]) -> list[int]:
    """The columns in the order of their years; those without one where they stand."""
    years = {at: found.year for at, (piece, _) in enumerate(heads) if (found := read_year(piece.words)) is not None}
    if len(set(years.values())) < len(years):
        return list(range(len(heads)))
    dated = iter(sorted(years, key=years.__getitem__))
    return [next(dated) if at in years else at for at in range(len(heads))]
