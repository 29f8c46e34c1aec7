"""Lines of a dump that lost its blanks as pieces: words, and the figures after them.

In: source lines.  Out: pieces in print order.  What a number at a line's end or alone on a line is besides a figure is
told here, by the lines around it: a running number or a year before its row, an account's number within a label.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from extract.headings import is_sentence
from extract.records import record
from extract.text.source import SourceLine
from lexicon.captions import is_caption, is_note
from lexicon.figures import FigureUnit, figures_in, is_dash, is_figure, own_unit
from lexicon.formulas import line_counts_columns, without_formulas
from lexicon.lines import ends_open, precedes_code, starts_within, words
from lexicon.units import is_only_unit, unit_end
from lexicon.years import YEAR, columns_in, ends_span, is_column_header, is_year

LONGEST_LABEL = 72  # characters of a label's line
LONGEST_CELL = 120  # of a label that is one line, whatever its length
LONGEST_HEADER = 160  # of a header's line
LONGEST_RUN = 200  # characters: a longer line is no row
MOST_REMARKS = 4  # words behind a row's figures
_ROW_BEFORE_REMARK = 3  # figures of a row whose remark ends in a number
_LEAST_NUMBERED = 3  # running numbers that bear each other out
_RISING = 0.7  # share of a list's account numbers, all of one length, that are higher than the one before
_SHORT = 40  # characters: no shorter text is told for a sentence by its punctuation
APART = 3  # blanks between words and a figure that is none of their phrase, more than a set line has
COUNTED = frozenset({FigureUnit.MONTHS, FigureUnit.HOURS, FigureUnit.PIECES, FigureUnit.YEARS})
DATE = re.compile(r"\b\d{1,2}[.-/]\s?\d{1,2}[.-/]\s?\d{2,4}\b|\b\d{1,2}\. [a-zæøå]+ \d{4}\b")
_YEAR = re.compile(YEAR)
_RUNNING = re.compile(r"(?P<before>\d{1,2}\.|[A-ZÆØÅ]{1,4}[-.]?)?(?P<number>\d{1,3})\.?")
_CODE = re.compile(r"\d{2,10}[,.;:]?")
_SMALL = re.compile(r"\d{1,4}(?:\.\d{1,2})?")
_LONG_CODE = re.compile(r"\d{4,10}")
_THOUSANDS = re.compile(r"\d[.\u00a0]\d{3}(?!\d)|(?<!\d)\d{1,3} 0\d\d(?!\d)")
_DRAWN = re.compile(r"[\s\-–—=_]*(?:---|===|___)[\s\-–—=_]*")
_BULLET = re.compile(r"\s*[•▪·]\s")


@record
class Token:
    """A run of characters of a line that is a figure or a nil; `x0` and `x1` are its columns in the line."""

    text: str
    x0: int
    x1: int


@dataclass(slots=True)
class Piece:
    """A line: words, then figures, then the words of a remark."""

    at: int
    line: SourceLine
    words: str
    figures: list[Token] = field(default_factory=list)
    after: str = ""
    heads: bool = False  # it says columns' names and nothing else
    opens: bool = False  # a row's running number or year

    @property
    def text(self) -> str:
        """All of it."""
        return " ".join(filter(None, (self.words, *(token.text for token in self.figures), self.after)))

    @property
    def lone_year(self) -> bool:
        """Whether it is one year and nothing else, and no row's own."""
        return self.heads and not self.opens and is_year(self.words)

    @property
    def plain(self) -> bool:
        """Whether its words can be those of a label or a header."""
        text = self.words
        names = self.heads or _is_names(text)
        longest = LONGEST_HEADER if names or opens_with_unit(text) else LONGEST_LABEL
        if len(text) > longest or is_caption(text) or (len(text) > _SHORT and not names and _is_text(text)):
            return False
        if _BULLET.match(text):
            return False
        return not self.figures or not text or text.split()[-1].casefold() not in words("verbs")

    @property
    def may_lead(self) -> bool:
        """Whether its words are too long for a line of a label, but can be a whole one right above its figures."""
        text = self.words
        return not self.figures and len(text) <= LONGEST_CELL and not is_sentence(text) and not is_caption(text)

    def to_words(self, count: int = 1) -> None:
        """Makes its first figures part of its words."""
        given = [token.text for token in self.figures[:count]]
        self.words = " ".join(filter(None, (self.words, *given)))
        del self.figures[:count]


def opens_with_unit(text: str) -> bool:
    """Whether a header's line begins with the unit, and goes on: "1.000 kr. Bevilling Forbrug"."""
    return 0 < unit_end(text) < len(text.rstrip())


def _is_text(text: str) -> bool:
    """Whether a line reads like running text; what ends in a word that it has more than once ends in an abbreviation:
    "1. kvt. 2. kvt."."""
    return is_sentence(text) and text.split().count(text.split()[-1]) == 1


def _is_names(text: str) -> bool:
    """Whether a line can be nothing but names, half of its words with a capital: "Forbrug Forventet regnskab"."""
    capitals = [word[0].isupper() for word in text.split() if word[0].isalpha()]
    return sum(capitals) * 2 >= len(capitals) and text[-1:] not in ".;:"


def pieces(lines: Sequence[SourceLine], taken: set[int]) -> list[Piece]:
    """The lines that no other reader took."""
    found = [
        piece
        for at, line in enumerate(lines)
        if not (line.blank or line.furniture or line.tabbed or at in taken or _DRAWN.fullmatch(line.text))
        for piece in _of_line(at, line)
    ]
    _number_rows(found)
    _give_amid(found)
    _give_remarks(found)
    _give_codes(found, any(_THOUSANDS.search(line.text) for line in lines))
    return found


def _of_line(at: int, line: SourceLine) -> Iterator[Piece]:
    plain = without_formulas(line.text)
    if plain != line.text and (is_note(plain) or line_counts_columns(line.text)):
        yield Piece(at, line, "")  # the numbers of the columns
        return
    if is_column_header(plain) and not plain.replace("%", "").isspace():
        yield Piece(at, line, plain.strip(), heads=True)
        return
    text = line.text
    spans = figures_in(text)
    whole = len(spans) < 2 or (len(spans) == 2 and is_dash(text[slice(*spans[0])]))  # "- 528.000" is one, too
    if whole and is_figure(text.strip()) and not is_year(text.strip()) and not _is_bracket(text.strip()):
        start = len(text) - len(text.lstrip())
        yield Piece(at, line, "", [Token(text.strip(), start, len(text.rstrip()))])
        return
    unit = unit_end(text)
    if not text[unit:].strip() or any(c.isalpha() for c in text[unit:]):
        spans = [(a, b) for a, b in spans if a >= unit]
    if _is_header(text, spans):
        yield Piece(at, line, plain.strip(), heads=True)
        return
    if len(text) > LONGEST_RUN:
        yield Piece(at, line, text)  # amounts in running text
        return
    yield _row(at, line, spans)


def _is_bracket(text: str) -> bool:
    """Whether a figure in brackets is part of a label: "(3 årsværk)"."""
    return text.startswith("(") and own_unit(text) in {FigureUnit.FTE, *COUNTED}


def _is_header(text: str, spans: Sequence[tuple[int, int]]) -> bool:
    """Whether all figures of a line are columns' names: years, alone or with names, or their numbers ("År 1 År 2")."""
    heads = columns_in(text)
    years = sum(year is not None for _, _, year in heads)
    if len(heads) < 2 or (not spans and years < 2) or len(text) > LONGEST_HEADER:
        return False
    free = [(a, b) for a, b in spans if not any(x < b and a < y for x, y, _ in heads)]
    if not all(is_dash(text[a:b]) or is_only_unit(text[: b + 4]) or b <= heads[0][0] for a, b in free):
        return False
    return not spans or any(x < spans[-1][1] and spans[-1][0] < y for x, y, _ in heads)


def _row(at: int, line: SourceLine, spans: Sequence[tuple[int, int]]) -> Piece:
    """A line as a label, its figures, and a remark of few words behind them."""
    text = line.text
    start, end = _figures_run(text, spans)
    after = text[end:].strip()
    figures = [Token(text[a:b], a, b) for a, b in spans if start <= a < end]
    if after and len(figures) == 2 and is_dash(figures[-1].text):
        figures.pop()  # "Etape 1 – klargøring"
    if len(figures) == 1 and _is_bracket(figures[0].text):
        return Piece(at, line, text.strip())
    if after and (
        len(figures) < 2
        or len(after.split()) > MOST_REMARKS
        or (len(figures) < _ROW_BEFORE_REMARK and is_sentence(text))
    ):
        return Piece(at, line, text.strip())
    piece = Piece(at, line, text[:start].strip(), figures, after)
    _give_label(piece, text[:start])
    return piece


def _give_label(piece: Piece, before: str) -> None:
    """Makes words of the first figures of a line that belong to its label, `before` being what stands before them."""
    figures = piece.figures
    near = len(figures) == 1 and figures[0].x0 - len(before.rstrip()) < APART
    if near and (ends_open(piece.words) or (precedes_code(piece.words) and _SMALL.fullmatch(figures[0].text))):
        piece.to_words()  # "(frikøb af 1"
    if precedes_code(piece.words) and len(figures) > 1 and _CODE.fullmatch(figures[0].text):
        piece.to_words()
    while piece.words and len(figures) > 1 and own_unit(figures[0].text) in COUNTED:
        piece.to_words()  # "Plads 48 timer om ugen"
    if not piece.words and len(figures) > 1 and _is_label_year(figures):
        piece.to_words()
    elif piece.words and len(figures) == 1 and _YEAR.fullmatch(figures[0].text):
        piece.to_words()  # "Budget 2028": a title


def _is_label_year(figures: Sequence[Token]) -> bool:
    """Whether a line's first figure is the year that its row is of: the others are no years."""
    return _YEAR.fullmatch(figures[0].text) is not None and not any(is_year(t.text) for t in figures[1:])


def _figures_run(text: str, spans: Sequence[tuple[int, int]]) -> tuple[int, int]:
    """Where the last run of figures of a line begins and ends.

    An earlier one where it has a row's figures, and what follows are the few words of a remark that end in a number.
    """
    runs: list[list[tuple[int, int]]] = []
    for a, b in spans:
        if runs and not text[runs[-1][-1][1] : a].strip():
            runs[-1].append((a, b))
        else:
            runs.append([(a, b)])
    if not runs:
        return len(text.rstrip()), len(text.rstrip())
    run = runs[-1]
    if len(runs) > 1 and len(run) == 1 and len(runs[-2]) >= _ROW_BEFORE_REMARK:
        behind = text[runs[-2][-1][1] :].split()
        run = runs[-2] if len(behind) <= MOST_REMARKS else run
    return run[0][0], run[-1][1]


def _number_rows(found: Sequence[Piece]) -> None:
    """Makes words of the numbers and years that stand on lines of their own before their rows.

    They count up by one from row to row, and stand before words or, if they are years, before figures.
    """
    chains: dict[tuple[str, int], list[int]] = {}
    for at, (piece, following) in enumerate(pairwise(found)):
        text = piece.words if piece.heads else piece.figures[0].text if _is_alone(piece) else ""
        match = _RUNNING.fullmatch(text)
        if match is not None and following.words and not following.heads:
            key, number = match["before"] or "", int(match["number"])
        elif _YEAR.fullmatch(text) and following.figures and not following.words:
            key, number = "year", int(text)
        else:
            continue
        chain = chains.pop((key, number - 1), [])
        chains[key, number] = [*chain, at]
        if len(chain) + 1 >= (_LEAST_NUMBERED - (key != "")):
            for index in chains[key, number]:
                _as_label(found[index])


def _is_alone(piece: Piece) -> bool:
    return len(piece.figures) == 1 and not piece.words


def _as_label(piece: Piece) -> None:
    piece.heads, piece.opens = False, True
    if piece.figures:
        piece.to_words()


def _give_amid(found: Sequence[Piece]) -> None:
    """Makes words of a number alone on its line that is a unit right above years, or stands amid a phrase: "Kortere
    forløb for", "ca. 20", "familier"; and of one whose phrase goes on behind a dash: "Etape 3 –", "udearealer"."""
    for piece, after in pairwise(found):
        if _is_alone(after) and ends_span(piece.words, after.figures[0].text):
            piece.words, piece.heads, after.figures = piece.words + after.figures[0].text, True, []
        if _is_alone(piece) and after.heads and is_only_unit(piece.text):
            piece.to_words()
        elif _breaks_at_dash(piece) and not after.figures and after.words[:1].islower():
            piece.to_words(2)
    for before, piece, after in zip(found, found[1:], found[2:], strict=False):
        amid = _is_alone(piece) and not before.figures and not after.heads
        if amid and ends_open(before.words) and after.words and starts_within(after.words):
            piece.to_words()


def _breaks_at_dash(piece: Piece) -> bool:
    """Whether a line ends in words, a number and a dash: "Etape 3 –"."""
    return bool(piece.words) and len(piece.figures) == 2 and is_dash(piece.figures[-1].text)


def _give_remarks(found: Sequence[Piece]) -> None:
    """Gives a remark behind a row's figures its rest from the lines below: "OFS 23-" and "24", "ØU 5." and "marts"."""
    open_remark: Piece | None = None
    for piece in found:
        if open_remark is not None and _ends_remark(open_remark.after, piece):
            open_remark.after += f" {piece.text}"
            piece.words, piece.figures = "", []
            continue
        open_remark = piece if piece.after else None


def _ends_remark(remark: str, piece: Piece) -> bool:
    """Whether a piece is the rest of a remark: words in lower case, or a number behind a hyphen or a month."""
    if piece.figures:
        last = f"{remark} {piece.words}".split()[-1].casefold()
        return len(piece.figures) == 1 and (last in words("months") or (last.endswith("-") and not piece.words))
    return starts_within(piece.words) and not piece.heads


def _give_codes(found: Sequence[Piece], grouped: bool) -> None:
    """Makes words of an account's number alone on its line amid a label, or before the labels of several rows;
    `grouped`: amounts have dots or blanks."""
    if not grouped:
        return
    rows: list[Piece] = []
    for before, piece, after in zip(found, found[1:], found[2:], strict=False):
        code = _is_alone(piece) and _LONG_CODE.fullmatch(piece.figures[0].text)
        if not code or not after.words or after.heads:
            continue
        if before.words and not before.figures:
            piece.to_words()
        else:
            rows.append(piece)
    codes = [piece.figures[0].text for piece in rows]
    rising = sum(a < b for a, b in pairwise(codes))
    if len(codes) >= _LEAST_NUMBERED and len({*map(len, codes)}) == 1 and rising >= _RISING * (len(codes) - 1):
        for piece in rows:
            _as_label(piece)
