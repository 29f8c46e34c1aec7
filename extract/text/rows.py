"""Joins the lines of a layout table's body to rows: wrapped labels before or after their figures, cells apart.

What tells where a row starts: hyphens and unfinished words, upper and lower case, blank lines, the number of
figures a row may hold, and the dump's own habit (a label of one line shares its line with the figures; a label of
several lines stands apart from them).
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.text.scan import Entry, Token
from extract.text.source import SourceLine
from lexicon.hyphens import join_lines
from lexicon.lines import goes_on, is_section, words

Piece = tuple[SourceLine, str]
_CODE = re.compile(r"\d{3,6}\s+[^\W\d_]")
_CODE_NUMBER = re.compile(r"\d{2,10}[,.;:]?\Z")
_SMALL = re.compile(r"(?:[Cc]a\. )?\d{1,3}(?: ?årsværk| ?år)?\Z")


@dataclass(slots=True)
class Draft:
    """A row as pieces of lines: its label, and the fragments after it in reading order."""

    label: list[Piece] = field(default_factory=list)
    fragments: list[list[Piece]] = field(default_factory=list)
    tokens: list[Token] = field(default_factory=list)  # the figures among the fragments, with their x positions
    last_at: int = 0

    @property
    def first(self) -> SourceLine:
        pieces = [line for line, _ in self.label] + [line for f in self.fragments for line, _ in f]
        return min(pieces, key=lambda line: line.number)

    @property
    def raw_label(self) -> str:
        return "\n".join(text for _, text in self.label)

    @property
    def label_text(self) -> str:
        return join_lines([text for _, text in self.label])

    @property
    def values(self) -> int:
        """How many values its figures can be at least: a dash right before a number may be its sign."""
        return sum(1 for i, t in enumerate(self.tokens) if not (t.is_dash and i + 1 < len(self.tokens)))

    def add_figures(self, item: Entry) -> None:
        for token in item.figures:
            unfinished = (
                bool(self.fragments) and self.fragments[-1][-1][1].endswith("/") and self.last_at + 1 >= item.at
            )
            if unfinished and self.fragments[-1][-1][0] is not item.line:
                self.fragments[-1].append((item.line, token.text))
            else:
                self.fragments.append([(item.line, token.text)])
                self.tokens.append(token)
        self.last_at = item.at
        self.fragments += [[(item.line, token.text)] for token in item.beyond]

    def add_words(self, items: Sequence[Entry]) -> None:
        if items:
            self.fragments.append([(e.line, e.label) for e in items])


def rows_of(entries: Sequence[Entry], width: int, *, has_words: bool = False) -> list[Draft]:
    """The rows of a body whose header has `width` value columns; `has_words`: and a column of words beside labels."""
    items = _settled(list(entries), width, has_words=has_words)
    return _Assembly(items, width, has_words=has_words).rows()


def _settled(items: list[Entry], width: int, *, has_words: bool) -> list[Entry]:
    """Gives numbers that belong to a label ("med ca. 1 / måned", "projekt 2 100 200") back to it."""
    for index, item in enumerate(items):
        if not item.figures or not (item.label or (index and items[index - 1].only_label and not item.gap)):
            continue
        if _is_code(items, index, has_words=has_words):
            _to_label(item, 1)
            continue
        numbers = [t for t in item.figures if not t.is_dash]
        first = item.figures[0]
        if len(item.figures) == 1 and width > 1 and _SMALL.match(first.text) and _label_goes_on(items, index):
            _to_label(item, 1)
            continue
        surplus = len(numbers) - width
        while surplus > 0 and item.figures and _SMALL.match(item.figures[0].text):
            _to_label(item, 1)
            surplus -= 1
    return items


def _is_code(items: Sequence[Entry], index: int, *, has_words: bool) -> bool:
    """Whether the row's first number is the last word of its appropriation ("It-drift, profitcenter 4711")."""
    item = items[index]
    text = item.label or items[index - 1].label
    before = text.split()
    if _CODE_NUMBER.match(item.figures[0].text) is None or before[-1].casefold() not in words("code_words"):
        return False
    # a row that is called so ("Konto 100 100 100") may have a figure there
    return has_words or (len(before) > 2 and len(item.figures) > 1)


def _to_label(item: Entry, count: int) -> None:
    item.label = item.line.text.replace("\t", "    ")[item.label_x : item.figures[count - 1].x1].strip()
    item.label_end = item.figures[count - 1].x1
    del item.figures[:count]


def _label_goes_on(items: Sequence[Entry], index: int) -> bool:
    """Whether the line's last number is a word of a label that goes on below and finds its figures there."""
    item = items[index]
    following = items[index + 1] if index + 1 < len(items) else None
    if following is None or not following.label:
        return False
    open_bracket = item.label.count("(") > item.label.count(")")
    lower = following.gap == 0 and following.label[0].islower()
    if not open_bracket and not lower:
        return False
    for later in items[index + 1 :]:
        if later.figures:
            apart = later.label.casefold() in words("cell_words") or _CODE.match(later.label) is not None
            return later.only_figures or later.label[0].islower() or apart
        if (
            later is not following
            and later.label[0].isupper()
            and not goes_on(item.label, later.label)
            and later.gap == 0
        ):
            return open_bracket
    return open_bracket


class _Assembly:
    """Walks down the entries; `pending` are lines of words that no figures have come for yet."""

    def __init__(self, items: Sequence[Entry], width: int, *, has_words: bool) -> None:
        self.items = items
        self.width = width
        self.has_words = has_words
        self.done: list[Draft] = []
        self.pending: list[Entry] = []
        self.inline = sum(bool(e.label and e.figures) for e in items) >= 1
        self.apart = _apart_words(items)
        self.has_cells = _always_below_words(items)
        self.recurring = _recurring_blocks(items)

    def rows(self) -> list[Draft]:
        for index, item in enumerate(self.items):
            following = self.items[index + 1] if index + 1 < len(self.items) else None
            if item.only_label:
                self._words(item, following)
            elif item.only_figures:
                self._figures(item)
            else:
                self._both(item)
        self._flush(self.pending)
        return self.done

    def _words(self, item: Entry, following: Entry | None) -> None:
        row = self.done[-1] if self.done else None
        if row is not None and not self.pending and row.tokens and self._finishes(row, item, following):
            row.label.append((item.line, item.label))
            row.last_at = item.at
            return
        self.pending.append(item)

    def _finishes(self, row: Draft, item: Entry, following: Entry | None) -> bool:
        """Whether words below a row with figures are the rest of its label."""
        label = row.label_text
        if not label or not goes_on(label, item.label):
            return False
        firm = label.endswith(("-", ",")) or label.split()[-1].casefold() in words("unfinished")
        if firm or label.count("(") > label.count(")"):
            return True
        waits = following is not None and following.only_figures and row.values >= self.width
        return item.gap == 0 and not waits

    def _both(self, item: Entry) -> None:
        if self.pending and (item.gap or self.has_words or self.has_cells) and self._stands_apart(item):
            label, words_apart = self._label_of_pending(item, apart=True)
            row = self._open(label)
            row.add_words(words_apart)
            row.add_words([item])
            row.add_figures(item)
            return
        start = len(self.pending)
        text = item.label
        while start > 0:
            above = self.pending[start - 1]
            gap = self.pending[start].gap if start < len(self.pending) else item.gap
            if not goes_on(above.label, text) or (gap and not _firm(above.label, text)):
                break
            start -= 1
            text = above.label
        row = self._open(self.pending[start:], before=self.pending[:start])
        row.label.append((item.line, item.label))
        row.add_figures(item)

    def _stands_apart(self, item: Entry) -> bool:
        """Whether the words before the figures are a cell of their own ("Service -1.200 …"), not a label."""
        folded = item.label.casefold()
        if goes_on(self.pending[-1].label, item.label):
            return False
        if folded in self.apart or folded in words("cell_words") or _CODE.match(item.label):
            return item.gap > 0 or not is_section(self.pending[-1].label)
        return len(item.label.split()) == 1 and self._block_length() > 1 and folded in self.recurring

    def _block_length(self) -> int:
        """How many lines the last block of pending words has (a block ends at a blank line)."""
        length = 0
        for entry in reversed(self.pending):
            length += 1
            if entry.gap:
                break
        return length

    def _figures(self, item: Entry) -> None:
        row = self.done[-1] if self.done else None
        if self.pending:
            label, words_apart = self._label_of_pending(item, apart=False)
            new = self._open(label)
            new.add_words(words_apart)
            new.add_figures(item)
        elif row is not None and (row.values < self.width or row.fragments[-1][-1][1].endswith("/")):
            row.add_figures(item)
        else:
            self._open([]).add_figures(item)

    def _label_of_pending(self, item: Entry, *, apart: bool) -> tuple[list[Entry], list[Entry]]:
        """The pending lines that are the label of the figures that came, and those that are a cell beside it.

        The lines above them become rows without figures.
        """
        lines, words_apart = self._split_apart(self.pending)
        start = len(lines) - 1
        while start > 0 and goes_on(lines[start - 1].label, lines[start].label):
            if lines[start].gap and not _firm(lines[start - 1].label, lines[start].label):
                break
            start -= 1
        separate = item.gap > 0 or apart or item.only_figures
        one_line = start == len(lines) - 1
        if (
            self.inline and separate and one_line and not words_apart and start > 0
            and not lines[start].gap and not is_section(lines[start - 1].label)
        ):  # fmt: skip
            start -= 1  # a label of one line would share its line with the figures
            while start > 0 and goes_on(lines[start - 1].label, lines[start].label) and not lines[start].gap:
                start -= 1
        self.pending = lines[:start]
        return lines[start:], words_apart

    def _split_apart(self, pending: list[Entry]) -> tuple[list[Entry], list[Entry]]:
        """Parts the label's lines from those of a cell that follows it ("3000 Børne-/familier …")."""
        for index in range(len(pending) - 1, 0, -1):
            if _CODE.match(pending[index].label) and not goes_on(pending[index - 1].label, pending[index].label):
                return pending[:index], pending[index:]
        for index in range(1, len(pending)):
            tail = join_lines([e.label for e in pending[index:]]).casefold()
            starts_block = pending[index].gap > 0 or self.has_words
            if goes_on(pending[index - 1].label, pending[index].label):
                continue
            if starts_block and (tail in self.recurring or tail in words("cell_words")):
                return pending[:index], pending[index:]
        return pending, []

    def _open(self, label: Sequence[Entry], before: Sequence[Entry] | None = None) -> Draft:
        self._flush(self.pending if before is None else before)
        row = Draft([(e.line, e.label) for e in label])
        self.done.append(row)
        self.pending = []
        return row

    def _flush(self, lines: Sequence[Entry]) -> None:
        """Rows without figures: each line one, but what goes on joined."""
        for item in lines:
            last = self.done[-1] if self.done else None
            continues = last is not None and not last.tokens and goes_on(last.raw_label.split("\n")[-1], item.label)
            if last is not None and continues and not (item.gap and not _firm(last.raw_label, item.label)):
                last.label.append((item.line, item.label))
            else:
                self.done.append(Draft([(item.line, item.label)]))
        self.pending = []


def _firm(above: str, below: str) -> bool:
    """Whether the line above surely goes on below, blank lines or not."""
    end = above.rstrip()
    if end.endswith(("-", ",")) or end.count("(") > end.count(")") or below.startswith(("(", ")")):
        return True
    return end.split()[-1].casefold() in words("unfinished") or below[:1].islower()


def _apart_words(items: Sequence[Entry]) -> frozenset[str]:
    """Words that stand alone before figures more than once, or end other rows' labels as well."""
    whole: Counter[str] = Counter(
        e.label.casefold() for e in items if e.label and e.figures and len(e.label.split()) <= 3
    )
    ends: Counter[str] = Counter()
    for e in items:
        parts = e.label.casefold().split()
        if e.figures:
            ends.update(" ".join(parts[-n:]) for n in (1, 2) if len(parts) > n)
    return frozenset(w for w, count in whole.items() if count > 1 or ends[w])


def _always_below_words(items: Sequence[Entry]) -> bool:
    """Whether lines that hold a cell's word before their figures always stand below a line of words, their label."""
    found = [i for i, e in enumerate(items) if e.figures and e.label.casefold() in words("cell_words")]
    return bool(found) and all(i > 0 and items[i - 1].only_label for i in found)


def _recurring_blocks(items: Sequence[Entry]) -> frozenset[str]:
    """Words right before figures, of one line to four, that come before other rows' figures as well."""
    blocks: Counter[str] = Counter()
    run: list[str] = []
    for e in items:
        if not e.figures:
            run.append(e.label)
            continue
        if not e.label:
            blocks.update({join_lines(run[-n:]).casefold() for n in range(1, min(len(run), 5))})
        run = []
    return frozenset(b for b, count in blocks.items() if count > 1 and b)
