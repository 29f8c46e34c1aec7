"""Layout tables without a header of years: figures under each other, and the words that head them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extract.headings import is_form_label, is_sentence, numbered
from extract.text.build import Region
from extract.text.layout_rows import DATE, LONGEST_LABEL, tells_unit
from extract.text.scan import Entry, entry
from extract.text.source import SourceLine
from lexicon.captions import is_caption
from lexicon.figures import FigureUnit, figures_in, own_unit
from lexicon.lines import goes_on
from lexicon.years import YEAR

_A_YEAR = re.compile(YEAR)


def without_header(lines: Sequence[SourceLine], at: int, taken: set[int]) -> Region | None:
    """Figures under each other without a header of years: at least two rows of the same shape."""
    first = _with_year(entry(at, lines[at]))
    if not _is_plain_row(first):
        return None
    prefix = _words_above(lines, at, taken)
    entries = [first]
    furniture: list[int] = []
    repeated: list[int] = []
    blanks = 0
    for index in range(at + 1, len(lines)):
        line = lines[index]
        if line.blank:
            blanks += 1
            if blanks > 1 and not _page_ends(lines, index, entries[-1].at):
                break
            continue
        if line.furniture:
            furniture.append(index)
            continue
        if furniture and any(line.text.split() == lines[i].text.split() for i in prefix):
            repeated.append(index)
            continue
        item = _with_year(entry(index, line, blanks))
        if index in taken or line.tabbed or not _is_plain_row(item) or not _under_figures(item, first):
            break
        entries.append(item)
        blanks = 0
    last = entries[-1].at
    furniture, repeated = [i for i in furniture if i < last], [i for i in repeated if i < last]
    several = len(first.figures) > 1
    least = 2 if several or all(_names_its_unit(e.line.text) for e in entries) else 3
    plain = len(first.figures) > 2 and len(entries) > 2  # so many rows of one shape are no running text
    runs_on = at > 0 and not prefix and not plain and not lines[at - 1].blank and _runs_into(lines[at - 1])
    if len(entries) < least or runs_on:
        return None
    return Region(None, prefix, entries, repeated, furniture=furniture)


def _with_year(item: Entry) -> Entry:
    """A row that begins with its year, as tables print that have the years down the side: the year is its label."""
    year = item.figures[0] if item.figures and not item.label else None
    if year is None or len(item.figures) < 2 or not _A_YEAR.fullmatch(year.text):
        return item
    return replace(item, label=year.text, label_x=year.x0, label_end=year.x1, figures=item.figures[1:])


def _under_figures(item: Entry, first: Entry) -> bool:
    """Whether a row's figures stand under the first row's: as many, or fewer that end where some of those end."""
    ends = [t.x1 for t in first.figures]
    if len(item.figures) == len(ends):
        return True
    apart = item.figures[0].x0 - item.label_end >= 2
    return apart and len(item.figures) < len(ends) and all(min(abs(t.x1 - x) for x in ends) < 2 for t in item.figures)


def _page_ends(lines: Sequence[SourceLine], at: int, above: int) -> bool:
    """Whether the blank line stands at the end or the start of a page, with nothing but its foot and head around."""
    near = lines[above + 1 : at + 12]
    first = next((line for line in near if not line.blank), None)
    return first is not None and first.furniture


def _words_above(lines: Sequence[SourceLine], at: int, taken: set[int]) -> list[int]:
    """The lines right above figures without years that head them: short, telling a unit, or under a caption."""
    kept: list[int] = []
    index = at - 1
    while index >= 0 and at - index <= 4 and not lines[index].blank and index not in taken:
        line = lines[index]
        if is_caption(line.text) or line.tabbed or len(" ".join(line.text.split())) > 90 or is_sentence(line.text):
            break
        if numbered(line.text) or is_form_label(line.text) or entry(index, line).figures:
            break
        kept.insert(0, index)
        index -= 1
    return kept if any(tells_unit(lines[i]) for i in kept) else []


def _is_plain_row(item: Entry) -> bool:
    if not item.label or not item.figures or len(item.label) > LONGEST_LABEL or DATE.search(item.line.text):
        return False
    if (
        not (item.label[0].isupper() or _A_YEAR.fullmatch(item.label))
        or is_sentence(item.label)
        or is_caption(item.line.text)
        or is_form_label(item.label)
    ):
        return False
    if numbered(item.line.text) and len(item.figures) == 1:
        return False
    if item.label.rstrip().endswith((".", ":", ",")) or all(t.is_dash for t in item.figures):
        return False
    if len(item.figures) == 1:
        apart = item.figures[0].x0 - item.label_end >= 2
        return apart or (_names_its_unit(item.figures[0].text) and not goes_on(item.label, "X"))
    return not goes_on(item.label, "X")


def _names_its_unit(text: str) -> bool:
    """Whether a figure of the text has its unit printed beside it ("2.400 t.kr.", "3 årsværk")."""
    return any(own_unit(text[x0:x1]) not in (None, FigureUnit.PERCENT) for x0, x1 in figures_in(text))


def _runs_into(above: SourceLine) -> bool:
    """Whether the line above is running text that goes on in the first row."""
    text = above.text.rstrip()
    return len(text) > LONGEST_LABEL and not text.endswith((".", ":", "?", "!"))
