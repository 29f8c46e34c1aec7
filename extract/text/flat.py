"""Pages that a dump printed as one line: unfolded into the lines that they were.

In: source lines.  Out: the same, each line that holds rows of figures in running words cut where a page would break
it: behind a row's figures, about a header's columns, before a caption, a unit or a note, behind a sentence.  What is a
table and what is text is for the readers of lines to say; nothing is left out and nothing is moved.

What one line cannot tell is whether the words before a row's figures begin with the heading of a section ("Anlæg
Porte", "Udvalget for Omsorg Sansehave"): where the section's sum does not name it, the row's figures are unsure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import combinations, pairwise

from extract.text.source import SourceLine
from lexicon.captions import is_caption, is_note
from lexicon.figures import figures_in, is_dash
from lexicon.lines import closes, ends_sentence, is_section
from lexicon.units import is_only_unit
from lexicon.years import columns_in

LONGEST_LINE = 200  # characters: no page's line is longer
LEAST_ROWS = 2  # runs of figures that tell a table
LEAST_RUN = 2  # figures one after the other that are a row's, or columns' names that are a header's
LEAST_CODED = 3  # rows that a code of one shape opens
LONGEST_LABEL = 60  # characters of a label's line; a longer one is broken before a word in lower case
MOST_UNIT_WORDS = 7
MOST_NAME_WORDS = 3  # between two columns' names that are one header
MOST_CORNER = 6  # words between the unit and the first column's name
UNSURE = 0.5  # confidence of figures whose row's label may begin with a section's heading

_WORD = re.compile(r"\S+")
_CODE = re.compile(r"(?<!\S)[A-ZÆØÅ]{1,4}[-.]?\d{1,3}(?!\S)")
_DIGITS = re.compile(r"\d+")
_WORDED = re.compile(r"(?<=\d)\s+[A-ZÆØÅ][a-zæøå].*\Z")  # a word behind a figure that begins the next row
_INITIAL = re.compile(r"(?:\(?[A-ZÆØÅ]|\d{1,2})\.")
_NUMBER = re.compile(r"\d{1,3}\.?|\d{1,2}\.\d{1,2}")
_OPENS = re.compile(r"(?:\d[\d.]*|[A-ZÆØÅ]{1,4}[-.]?\d{1,3})\s+")
_NOUGHTS = re.compile(r"0\d\d")
_GROUP = 3  # digits of thousands
_MOST_DIGITS = 4
_GROUPS = re.compile(r"[-–−]?\d{1,3}")
_CAPITAL = re.compile(r"(?<=\s)(?:[A-ZÆØÅ][a-zæøå]|\d)")

Span = tuple[int, int]


@dataclass(slots=True)
class _Run:
    """Figures, or columns' names, that nothing but blanks part."""

    spans: list[Span] = field(default_factory=list)

    @property
    def start(self) -> int:
        return self.spans[0][0]

    @property
    def end(self) -> int:
        return self.spans[-1][1]

    def least(self, text: str) -> int:
        """How many figures it holds at least: a dash may be the next one's sign, three digits may be thousands."""
        texts = [text[a:b] for a, b in self.spans]
        grouped = any(_NOUGHTS.fullmatch(t) for t in texts)
        return len(texts) - len(self.signs(text)) - (sum(map(_is_thousands, texts)) if grouped else 0)

    def signs(self, text: str) -> list[int]:
        """Which of its dashes may be the sign of the figure behind them."""
        texts = [text[a:b] for a, b in self.spans]
        return [at for at, (a, b) in enumerate(pairwise(texts)) if is_dash(a) and not is_dash(b)]


def unfolded(lines: Sequence[SourceLine]) -> list[SourceLine]:
    """The lines, those that are a page run together as the lines that the page had."""
    return [part for line in lines for part in _of(line)]


def _of(line: SourceLine) -> Iterator[SourceLine]:
    text = line.text
    if len(text) <= LONGEST_LINE or line.tabbed:
        yield line
        return
    columns = _columns(text)
    heads = _runs(text, columns)
    named = {at for run in heads for at in range(run.start, run.end)}
    rows = _runs(text, [_figure(text, a, b) for a, b in figures_in(text) if a not in named])
    if len(rows) < LEAST_ROWS:
        yield line
        return
    heads = _whole(text, heads, rows, columns)
    text = _bound(text, heads, rows)
    _give_numbers(text, heads, rows)
    yield from _Page(replace(line, text=text), heads, rows).lines()


def _figure(text: str, start: int, end: int) -> Span:
    """A figure without the capital word behind it, which is the next row's: "3 Årsværk i alt"."""
    worded = _WORDED.search(text[start:end])
    return start, start + worded.start() if worded else end


def _runs(text: str, spans: Sequence[Span]) -> list[_Run]:
    """The spans that follow each other with blanks between them, at least `LEAST_RUN` of them."""
    runs: list[_Run] = []
    for span in spans:
        if runs and not text[runs[-1].end : span[0]].strip():
            runs[-1].spans.append(span)
        else:
            runs.append(_Run([span]))
    return [run for run in runs if len(run.spans) >= LEAST_RUN]


def _whole(text: str, heads: Sequence[_Run], rows: Sequence[_Run], others: Sequence[Span]) -> list[_Run]:
    """The headers, each up to its last column (of `others`): "2026 2027 Bevilling i alt" over rows of three figures."""
    for run in heads:
        below = next((row.least(text) for row in rows if row.start > run.end), 0)
        if any(b >= run.spans[0][1] for _, b in _units(text, max(0, run.start - LONGEST_LABEL), run.spans[1][0])):
            run.spans.pop(0)  # the price level's year
        while len(run.spans) > max(below, LEAST_RUN) and not _DIGITS.search(text[slice(*run.spans[-1])]):
            run.spans.pop()  # "Samlet", which begins the first row's label
        for a, b in others:
            near = run.end <= a and len(text[run.end : a].split()) < MOST_NAME_WORDS
            if near and len(run.spans) < below:
                run.spans.append((a, b))
    before = [_Run([(0, 0)]), *rows]
    nameless = [h for a, b in pairwise(before) for h in _nameless(text, a.end, b.start, heads, others)]
    return sorted([*heads, *nameless], key=lambda run: run.start)


def _nameless(text: str, start: int, end: int, heads: Sequence[_Run], others: Sequence[Span]) -> Iterator[_Run]:
    """A header without years before a row: what stands between a unit and the last known name of a column."""
    if any(start <= run.start < end for run in heads):
        return
    for first, last in reversed(list(_units(text, start, end))):
        names = [b for a, b in others if a >= last and b <= end]
        if names and not any(ends_sentence(word) for word in text[last : names[-1]].split()):
            yield _Run([(first, names[-1])])
            return


def _units(text: str, start: int, end: int) -> Iterator[Span]:
    """The units that stand in a stretch, each as long as it goes on."""
    words = list(_WORD.finditer(text, start, end))
    behind = start
    for at, word in enumerate(words):
        after = words[at : at + MOST_UNIT_WORDS]
        ends = [w.end() for w in after if is_only_unit(text[word.start() : w.end()].strip("()"))]
        if ends and word.start() >= behind:
            yield word.start(), ends[-1]
            behind = ends[-1]


def _columns(text: str) -> list[Span]:
    """The columns' names that stand in a text as words of their own."""
    found = []
    for a, b, _ in columns_in(text):
        if a and not text[a - 1].isspace() and text[a - 1] != "(":
            a = next((m.end() for m in re.finditer(r"\s", text[a:b])), b - a) + a  # "prise[r 2027]"
        found.append((a, b))
    return [(a, b) for a, b in found if a < b]


def _give_numbers(text: str, heads: Sequence[_Run], rows: Sequence[_Run]) -> None:
    """Takes from rows with one figure too many the last, where it is the number that opens the next row: the row's own
    label holds the number before it."""
    for before, row in pairwise([_Run([(0, 0)]), *rows]):
        columns = next((len(run.spans) for run, under in _under(heads, [row]) if under is row), 0)
        last = text[slice(*row.spans[-1])]
        if not 0 < columns < len(row.spans) or not _NUMBER.fullmatch(last):
            continue
        own = {_running(word) for word in text[before.end : row.start].split()}
        if _running(last) > 0 and _running(last) - 1 in own:
            row.spans.pop()


def _running(word: str) -> int:
    """A running number without its full stops; -1 for other words."""
    digits = word.replace(".", "")
    return int(digits) if digits.isdecimal() and len(digits) <= _MOST_DIGITS else -1


def _bound(text: str, heads: Sequence[_Run], rows: Sequence[_Run]) -> str:
    """The text with signs and thousands bound to their figures where the header's columns leave one way of doing so."""
    found = list(text)
    apart = {id(run) for run, row in _under(heads, rows) if row.signs(text) and row.least(text) == len(run.spans)}
    for run, row in _under(heads, rows):
        signs = row.signs(text)
        if id(run) in apart and len(row.spans) - len(signs) in (len(run.spans), len(signs)):
            _bind(found, row, {at + 1 for at in signs})
        _bind(found, row, _thousands([text[a:b] for a, b in row.spans], len(run.spans)))
    return "".join(found)


def _thousands(texts: Sequence[str], columns: int) -> set[int]:
    """Which of a row's groups of digits go on with the group before them, if only one way leaves so many figures."""
    groups = [at for at, text in enumerate(texts) if at and _is_thousands(text)]
    free = [at for at in groups if texts[at][0] != "0"]
    spare = columns - (len(texts) - len(groups))
    if columns >= len(texts) or not 0 <= spare <= len(free) or not all(_GROUPS.fullmatch(text) for text in texts):
        return set()
    ways = [set(groups) - set(way) for way in combinations(free, spare)]
    return ways[0] if len(ways) == 1 else set()


def _under(heads: Sequence[_Run], rows: Sequence[_Run]) -> Iterator[tuple[_Run, _Run]]:
    """Each row with its header, where it has one whose columns are counted."""
    for row in rows:
        above = [run for run in heads if run.end <= row.start]
        if above and len(above[-1].spans) >= LEAST_RUN:
            yield above[-1], row


def _bind(found: list[str], row: _Run, at: set[int]) -> None:
    """Makes the spans of a row at these places one with those before them, with a hard blank between."""
    for index in at:
        found[row.spans[index][0] - 1] = "\u00a0"
    starts = [a for i, (a, _) in enumerate(row.spans) if i not in at]
    ends = [b for i, (_, b) in enumerate(row.spans) if i + 1 not in at]
    row.spans = list(zip(starts, ends, strict=True))


def _is_thousands(text: str) -> bool:
    return len(text) == _GROUP and text.isdecimal()


class _Page:
    """A line that is a page run together, with its headers and rows."""

    def __init__(self, line: SourceLine, heads: Sequence[_Run], rows: Sequence[_Run]) -> None:
        self.line, self.text, self.heads, self.rows = line, line.text, heads, rows
        self.ends = {run.end: len(run.spans) for run in rows}
        self.sections = self._sections()

    def lines(self) -> Iterator[SourceLine]:
        """What the page had for lines, parted by a blank one where no row follows."""
        cuts = {0, len(self.text), *self.ends, *(end for run in self.heads for end in (run.start, run.end))}
        cuts |= {at for run in self.heads for at in self._before_header(run, cuts)}
        cuts |= self._before_codes()
        heads = {run.start for run in self.heads}
        cuts |= {at for run in self.heads for at in self._second_level(run)}
        for start, end in pairwise(sorted(cuts)):
            if end in self.ends:
                yield from self._row(start, end)
                continue
            for a, b in _sentences(self.text, start, end):
                if start in self.ends and end not in heads:
                    yield replace(self.line, text="")
                if piece := self.text[a:b].strip():
                    yield replace(self.line, text=piece)

    def _label(self, start: int, end: int) -> str:
        run = next(run for run in self.rows if run.end == end)
        return self.text[start : run.start].strip()

    def _row(self, start: int, end: int) -> Iterator[SourceLine]:
        """A row's line, its label broken where it is long, with the section's name that stands before it apart."""
        pieces = list(_sentences(self.text, start, end))
        for a, b in pieces[:-1]:
            yield replace(self.line, text=self.text[a:b].strip())
        if pieces[:-1]:
            yield replace(self.line, text="")
        start = pieces[-1][0]
        label = self._label(start, end)
        section = next((s for s in self.sections if label.startswith(s + " ") and not closes(label)), "")
        if section:
            yield from (replace(self.line, text=section), replace(self.line, text=""))
            label = label[len(section) :].strip()
        figures = self.text[start:end].strip()[len(self._label(start, end)) :].strip()
        doubtful = not section and not closes(label) and _CAPITAL.search(_OPENS.sub("", label)) is not None
        sure = UNSURE if doubtful else 1.0
        *above, last = _wrapped(label)
        for piece in above:
            yield replace(self.line, text=piece, sure=sure)
        yield replace(self.line, text=f"{last} {figures}".strip(), sure=sure)

    def _sections(self) -> list[str]:
        """What the sums are of: "Sum Socialudvalget" says that "Socialudvalget" heads a section."""
        found: set[str] = set()
        for before, run in pairwise([_Run([(0, 0)]), *self.rows]):
            label = self.text[before.end : run.start].strip()
            words = label.split()
            for size in range(1, len(words)):
                if is_section(" ".join(words[:size])) and not closes(label):
                    found.add(" ".join(words[:size]))
                if closes(" ".join(words[:size])) and words[size][0].isupper():
                    found.add(" ".join(words[size:]))
        return sorted(found, key=len, reverse=True)

    def _before_header(self, run: _Run, cuts: set[int]) -> Iterator[int]:
        """Where the caption and the unit above a header begin."""
        start = max((cut for cut in cuts if cut < run.start), default=0)
        words = list(_WORD.finditer(self.text, start, run.start))
        yield from (word.start() for word in words if is_caption(self.text[word.start() : run.start]))
        near = [
            a for a, b in _units(self.text, start, run.start) if len(self.text[b : run.start].split()) <= MOST_CORNER
        ]
        yield from near[:1]

    def _second_level(self, run: _Run) -> Iterator[int]:
        """Where a header's second line ends, whose names stand below each name of the first."""
        words = list(_WORD.finditer(self.text, run.end, run.end + LONGEST_LINE))
        many = len(run.spans)
        for size in range(1, MOST_NAME_WORDS):
            names = [word[0] for word in words[: size * many]]
            if many >= LEAST_RUN and len(names) == size * many and names == names[:size] * many:
                yield words[size * many - 1].end()
                return

    def _before_codes(self) -> set[int]:
        """Where codes stand that open rows: what is before them is a line of its own."""
        found: list[tuple[str, int]] = []
        for before, run in pairwise([_Run([(0, 0)]), *self.rows]):
            codes = list(_CODE.finditer(self.text, before.end, run.start))
            if codes:
                found.append((_DIGITS.sub("#", codes[-1][0]), codes[-1].start()))
        shapes = Counter(shape for shape, _ in found)
        return {at for shape, at in found if shapes[shape] >= LEAST_CODED}


def _sentences(text: str, start: int, end: int) -> Iterator[Span]:
    """What stands between two cuts, parted behind sentences and before notes."""
    begin = start
    for word, following in pairwise(_WORD.finditer(text, start, end)):
        noted = following[0].endswith(":") and is_note(text[following.start() : end])
        capital = following[0][0].isupper() and not _INITIAL.fullmatch(word[0])
        ends = (
            ends_sentence(text[begin : word.end()]) and word[0][-1] != ":" and not is_caption(text[begin : word.end()])
        )
        if noted or (capital and ends):
            yield begin, following.start()
            begin = following.start()
    yield begin, end


def _wrapped(label: str) -> list[str]:
    """A label as lines that are not too long, broken before words in lower case."""
    lines, begin = [], 0
    for word in _WORD.finditer(label):
        if word.end() - begin > LONGEST_LABEL and word[0][0].islower():
            lines.append(label[begin : word.start()].strip())
            begin = word.start()
    return [*lines, label[begin:]]
