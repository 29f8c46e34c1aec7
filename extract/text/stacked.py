"""Headers of a dump that kept its columns, where a column's words stand on more than one line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise

from extract.headings import is_sentence, numbered
from extract.text.scan import Header, Token
from extract.text.source import SourceLine
from lexicon.captions import is_caption, is_note
from lexicon.figures import is_figure
from lexicon.lines import says_unit
from lexicon.years import is_column_header

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_YEAR = re.compile(r"(?:19|20)\d\d")
_LONGEST = 30  # characters of a column's words on one line
_CLEAR = 6  # characters by which words reach over the last column that name another one right of it


@dataclass(slots=True)
class _Column:
    x0: int
    x1: int
    texts: list[str] = field(default_factory=list)

    def holds(self, part: Token) -> bool:
        return part.x0 < self.x1 and self.x0 < part.x1

    @property
    def token(self) -> Token:
        return Token(" ".join(self.texts), self.x0, self.x1)


def stacked(lines: Sequence[SourceLine], head: Header) -> Header:
    """The header with the words that stand right above and below its columns, and the columns that only those name.

    "Overslag" above "2026" becomes "Overslag 2026"; "Samlet investering" right of the years, a line above them, becomes
    a column of its own.  A header whose columns the blanks do not tell apart is given back as it is.
    """
    if head.upright or any(gap < 2 for gap in head.gaps):
        return head
    columns = [_Column(t.x0, t.x1, [t.text]) for t in (*head.items, *head.beyond)]
    used: set[tuple[int, int]] = set()
    below = 0
    if head.at + 1 < len(lines) and _goes_below(lines[head.at + 1], columns):
        below = 1
        for part in _parts(lines[head.at + 1]):
            _add(next(c for c in columns if c.holds(part)), part, below=True)
    if head.at and (above := _parts_above(lines[head.at - 1], columns)):
        for part in above:
            held = next((c for c in columns if c.holds(part)), None)
            whole = f"{part.text} {held.token.text}" if held else ""
            if held is not None and _YEAR.search(held.texts[0]) and not is_column_header(whole):
                continue  # words that stand over several columns, set on the middle one
            used.add((lines[head.at - 1].number, part.x1))
            if held is None:
                columns.append(_Column(part.x0, part.x1, [part.text]))
            else:
                _add(held, part, below=False)
    if not below and not used:
        return head
    columns.sort(key=lambda c: c.x0)
    if any(b.x0 - a.x1 < 1 for a, b in pairwise(columns)):
        return head
    lead = 0
    while lead < len(columns) and is_column_header(columns[lead].token.text):
        lead += 1
    if lead < len(head.items):
        return head
    items, beyond = tuple(c.token for c in columns[:lead]), tuple(c.token for c in columns[lead:])
    return replace(head, items=items, beyond=beyond, below=below, used=frozenset(used))


def _add(column: _Column, part: Token, *, below: bool) -> None:
    column.texts.insert(len(column.texts) if below else 0, part.text)
    column.x0, column.x1 = min(column.x0, part.x0), max(column.x1, part.x1)


def _parts(line: SourceLine) -> list[Token]:
    return [Token(m[0], m.start(), m.end()) for m in _SEGMENT.finditer(line.text.replace("\t", "    "))]


def _goes_below(line: SourceLine, columns: Sequence[_Column]) -> bool:
    """Whether the line holds nothing but the rest of columns' words."""
    parts = _parts(line)
    if not parts or line.furniture or line.tabbed:
        return False
    for part in parts:
        held = [c for c in columns if c.holds(part)]
        if len(held) != 1 or len(part.text) > _LONGEST:
            return False
        if is_figure(part.text) and not (_YEAR.fullmatch(part.text) and not _YEAR.search(held[0].texts[0])):
            return False
    return True


def _parts_above(line: SourceLine, columns: Sequence[_Column]) -> list[Token]:
    """What the line above has for single columns, or for columns that the header's line leaves out."""
    text = line.text
    if line.blank or line.furniture or line.tabbed or is_caption(text) or is_note(text) or numbered(text):
        return []
    if is_sentence(text) and len(text.split()) > 8 and "  " not in text.strip():
        return []
    last = max(c.x1 for c in columns)
    first = min(c.x0 for c in columns)
    found: list[Token] = []
    for part in _parts(line):
        held = [c for c in columns if c.holds(part)]
        alone = len(held) == 1 and part.x0 > first - _LONGEST / 2 and not says_unit(part.text)
        reaches = part.x1 > last + _CLEAR and all(c.x1 == last for c in held)
        right = reaches and len(part.text) <= 2 * _LONGEST
        left = not held and part.x1 < first and _YEAR.search(part.text) is not None and is_column_header(part.text)
        if is_figure(part.text) and not _YEAR.fullmatch(part.text):
            return []
        if right:
            found.append(replace(part, x0=max(part.x0, last + 1)))
        elif (alone and len(part.text) <= _LONGEST) or (left and part.x0 > 8):
            found.append(part)
    return found
