"""Which lines of words between two rows' figures are whose: the rest of the label above, a section, the label below.

In: rows in print order, each with the lines of words before its figures.  Out: the lines as labels.  Between any two
lines that follow each other there is evidence, in bits, that the text goes on; the split with the most bits wins.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise, product

from extract.text.pieces import Piece, Token
from lexicon.hyphens import join_lines
from lexicon.lines import closes, closes_what, ends_open, is_committee, is_section, starts_within, words

MOST_LINES = 7  # between two rows of figures; of more, the first ones are sections
_MARK = re.compile(
    r"(?:\d{1,2}\.\d{1,2}|[A-ZÆØÅ]{1,4}-?\d{1,3}|\d{1,2}[.)]|[A-ZÆØÅ][.)]|[A-ZÆØÅ][a-zæøå]+ \d{1,2}[:.])"
    r"[¹²³⁴⁵]?(?:\s|\Z)"
)
_ACCOUNT = re.compile(r"\d{3,10}\s+[^\W\d_]|\d{4,10}\Z")
_NUMBER = re.compile(r"\d{3,10}")
_MARKED_ROWS = 3  # rows whose labels open with a mark, from which marks tell where rows begin
MOST_SUMMED = 3  # lines of a sum's label that may tell what it is the sum of
_ENDS_CLOSED = 0.1  # share of figures' lines that end in a blank, up to which such a blank says that text goes on


@dataclass(frozen=True, slots=True)
class Bits:
    """What speaks for a label's going on in the next line (more than 0), and what other splits cost, in bits."""

    prior: float = -1.0
    open: float = 5.0  # the line breaks off amid a phrase
    within: float = 6.0  # the next one begins in lower case
    account: float = 8.0  # the next one begins with an account's number, and such words stand beside the labels; or
    # it is such an account's name
    mark: float = -8.0  # the next one begins with a row's mark, as others do
    fits: float = -3.0  # the next one's first word had had room
    fills: float = 2.0  # it had not
    whole: float = -4.0  # no label of the table surely goes on, where every cell has a line of its own
    whole_line: float = -2.0  # the same, where labels share their lines with figures
    gap: float = -5.0  # blank lines between
    blank: float = 5.0  # the line ends in a blank, as only lines do that go on
    no_blank: float = -1.5  # it does not, where others do
    section: float = -3.0  # the line is known to head rows
    bracket: float = -3.0  # the line is a bracket and nothing else, which ends a phrase
    closing: float = -1.0  # the next one closes a table
    behind: float = 3.0  # cost of going on behind the row's figures
    heading: float = 2.0  # cost of a section
    summed: float = -6.0  # of one whose sum is a row of the table
    single: float = 4.0  # cost of a label of one line apart from its figures, where such share their line
    marked_heading: float = 6.0  # cost of a row with a mark that has no figures


BITS = Bits()


@dataclass(slots=True)
class BodyRow:
    """A row: the lines of words before its figures, and its figures with the pieces they stand in."""

    lead: list[Piece] = field(default_factory=list)  # the last one may hold the figures as well
    figures: list[tuple[Piece, Token]] = field(default_factory=list)
    remark: Piece | None = None  # which has words behind its figures
    label: list[Piece] = field(default_factory=list)  # what `label_rows` makes of the lead
    header: bool = False
    joined: list[Piece] = field(default_factory=list)  # pieces whose figures went into those of the lines above
    whole: bool = False  # no blank parts the thousands of its table's figures

    @property
    def own(self) -> Piece | None:
        """The line that holds the end of the label and figures."""
        last = self.lead[-1] if self.lead else None
        return last if last is not None and last.figures else None


def label_rows(rows: Sequence[BodyRow], *, words_beside: bool) -> list[BodyRow]:
    """The rows with their labels, and rows of their own for sections.  `words_beside`: a column of words stands beside
    the labels'."""
    habits = _Habits(rows, words_beside=words_beside)
    done: list[BodyRow] = []
    for row in rows:
        if row.header:
            done.append(row)
            continue
        above = next((r for r in reversed(done) if not r.header), None)
        extra, lead = row.lead[:-MOST_LINES], row.lead[-MOST_LINES:]
        done += [BodyRow(label=[piece]) for piece in extra]
        last = above.label[-1] if above is not None and above.label and not extra else None
        behind, sections, label = habits.split(last, lead, labelled=bool(row.figures))
        if above is not None:
            above.label += behind
        done += [BodyRow(label=section) for section in sections]
        row.label = label
        done.append(row)
    return [row for row in done if row.label or row.figures or row.header]


def is_cell(text: str) -> bool:
    """Whether a line can only be a cell of words beside a label: an account, "Service", "Anlæg"."""
    return _ACCOUNT.match(text) is not None or text.casefold() in words("cell_words")


def beside(label: Sequence[Piece]) -> int:
    """Where in a label's lines the words of a cell beside it begin; their number where there are none."""
    return next((i for i, piece in enumerate(label) if i and is_cell(piece.words)), len(label))


def _is_one_line(label: Sequence[Piece]) -> bool:
    """Whether a label has one line, or one and a cell beside it."""
    return len(label) == 1 or (len(label) == 2 and is_cell(label[1].words))


class _Habits:
    """What the rows of one table tell about how its labels are set."""

    def __init__(self, rows: Sequence[BodyRow], *, words_beside: bool) -> None:
        self.beside = words_beside
        lines = [piece for row in rows for piece in row.lead]
        alone = [len(p.words) for p in lines if not p.figures]
        both = [len(p.words) for p in lines if p.figures]
        self.width = max(alone if words_beside and alone else [*alone, *both], default=0)
        self.inline = bool(both)
        pairs = [(a.words, b.words) for row in rows for a, b in pairwise(row.lead)]
        self.wraps = any(ends_open(a) or starts_within(b) for a, b in pairs)
        self.marked = sum(_MARK.match(p.words) is not None for p in lines) >= _MARKED_ROWS
        labels = (join_lines([p.words for p in row.lead[-size:]]) for row in rows for size in range(1, MOST_SUMMED + 1))
        self.summed = {name.casefold() for label in labels if (name := closes_what(label))}
        ends = [row.figures[-1][0].line.open for row in rows if row.figures]
        closed = sum(ends) <= _ENDS_CLOSED * len(ends)
        self.blanks = closed and any(p.line.open for p in lines)

    def split(
        self, last: Piece | None, lead: Sequence[Piece], *, labelled: bool
    ) -> tuple[list[Piece], list[list[Piece]], list[Piece]]:
        """The lines behind the row above's figures, the sections, and the label of the row that the lines lead to."""
        if not lead:
            return [], [], []
        chain = [last, *lead] if last is not None else list(lead)
        apart = labelled and (not lead[-1].figures or (self.beside and is_cell(lead[-1].words)))
        bits = [self.evidence(a, b) for a, b in pairwise(chain)]
        best: tuple[float, tuple[list[Piece], list[list[Piece]], list[Piece]]] | None = None
        for joins in product((False, True), repeat=len(bits)):
            groups = [[chain[0]]]
            for joined, piece in zip(joins, chain[1:], strict=True):
                if joined:
                    groups[-1].append(piece)
                else:
                    groups.append([piece])
            behind = groups.pop(0)[1:] if last is not None else []
            if labelled and not groups:
                continue
            label = groups.pop() if labelled else []
            worth = sum(b if joined else 0.0 for b, joined in zip(bits, joins, strict=True))
            worth -= BITS.single * (self.inline and apart and _is_one_line(label) and len(lead) > len(label))
            worth -= BITS.behind * bool(behind) + sum(self.heading(group) for group in groups)
            if best is None or worth > best[0]:
                best = worth, (behind, groups, label)
        return best[1] if best is not None else ([], [], list(lead))

    def heading(self, lines: Sequence[Piece]) -> float:
        """What it costs that lines are a section."""
        if join_lines([piece.words for piece in lines]).casefold() in self.summed:
            return BITS.summed
        if self.marked and _MARK.match(lines[0].words):
            return BITS.marked_heading
        known = any(is_section(piece.words) or is_committee(piece.words) for piece in (lines[0], lines[-1]))
        return 0.0 if known else BITS.heading

    def evidence(self, above: Piece, below: Piece) -> float:
        """The bits that a label goes on from one line to the next."""
        a, b = above.words, below.words
        bits = BITS.prior
        if not a or not b:
            return BITS.mark
        bits += BITS.open * ends_open(a) + BITS.within * starts_within(b)
        if self.beside and ((is_cell(b) and not is_cell(a)) or _NUMBER.fullmatch(a)):
            return BITS.account
        if not self.wraps and not self.marked:
            bits += BITS.whole_line if self.inline else BITS.whole
        if above.lone_year:
            return BITS.mark
        if above.opens != below.opens:
            return BITS.account if above.opens and not above.figures else BITS.mark
        bits += BITS.mark * (self.marked and _MARK.match(b) is not None)
        room = len(a) + 1 + len(b.split()[0]) <= self.width
        bits += BITS.fits if room else BITS.fills
        bits += BITS.gap * (below.at - above.at > 1 and not (above.figures or above.line.page != below.line.page))
        if self.blanks:
            bits += BITS.blank if above.line.open and not above.figures else BITS.no_blank
        bits += BITS.bracket * (a.startswith("(") and a.endswith(")"))
        return bits + BITS.section * (is_section(a) or is_committee(a)) + BITS.closing * closes(b)
