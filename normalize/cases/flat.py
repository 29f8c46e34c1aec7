"""Pages that came as one line of source: their running words parted into the lines they were.

In: the blocks of a document.  Out: the same, the text of such pages cut before titles, codes, fields, headings of
sections and sentences.  The reader parts such a line about its tables and behind its sentences; where a title ends and
a sentence begins only the words of a case's head can tell.  Every way of cutting before capitals and figures is
weighed, in bits, and the best is taken; nothing is left out and nothing is moved.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extract.models import Block, Grid, Heading, Line, Paragraph
from extract.records import record
from lexicon.lines import ends_open, ends_sentence
from lexicon.years import YEAR
from normalize.cases.codes import Coded, Form, read_code
from normalize.cases.fields import loose_field
from normalize.cases.headings import is_annex
from normalize.cases.naming import is_fact, is_office, is_paper, is_row, is_section, municipality_of
from normalize.forms.labels import match_label
from normalize.forms.lines import is_banner, round_of
from normalize.vocabulary.forms import words


@record
class Weights:
    """Bits for a stretch of words being one line, and against the capitals within it being no line's first."""

    line: float = -5.0  # a line that nothing is known of
    first: float = 4.0  # likewise the page's first, or below a code, an annex, an office, a paper's name
    coded: float = 11.0  # a code and the title behind it
    numbered: float = 2.0  # a number and words behind it that no list knows
    head: float = 5.0  # a code or an item's number alone, a municipality, an annex, a banner, a paper's name
    office: float = 3.0
    longer: float = 0.2  # for each word of an office or a date
    field: float = 6.0
    known_value: float = 2.0  # an office, a date or a journal number behind a field's label
    section: float = 6.0
    sentence: float = -1.0
    sentences: float = -6.0  # a word behind the end of a sentence
    opener: float = -5.0  # a word that only begins sentences
    common: float = -3.0  # a word that stands in small letters elsewhere
    number: float = -4.0  # a number with a full stop
    capitals: float = -3.0  # a word in small letters behind one all in capitals
    loose: float = -2.5  # a word behind another that no name follows


WEIGHTS = Weights()
_LEAST_PARTS = 4  # lines of text, headings and tables on one line of source that tell a page run together
_LONGEST_TITLE = 160  # characters
_LONGEST_VALUE = 90  # characters of a field's value
_SHORTEST_SENTENCE = 4  # words
_DATE = regex.compile(r"(?:\d{1,2}\. \p{Ll}{3,9}|\d{1,2}[.-]\d{1,2}[.-]\d{2,4})\b")
_OPEN_NUMBER = regex.compile(r"(?:^|\s)(?:\d{1,4}\.?|\d+\.\d+|[–:-])$")
_NUMBERED = regex.compile(r"\d{1,2}(?:\.\d)?[.)]? \p{Lu}\p{L}")
_DATED = regex.compile(YEAR)
_STARTS = regex.compile(r"[\p{Lu}\d]")

Rated = tuple[str, float]  # what a stretch of words is, and its bits


def unrun(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks; those of text that stand with many others on one line of source cut into lines and headings."""
    held = Counter(source for block in blocks for source in _sources(block))
    flat = {source for source, count in held.items() if count >= _LEAST_PARTS}
    if not flat:
        return tuple(blocks)
    small = frozenset(word for block in blocks for word in regex.findall(r"\b\p{Ll}\p{L}+", _text(block)))
    return tuple(
        part
        for block in _joined(blocks)
        for part in (_parts(block, small) if flat.intersection(_sources(block)) else [block])
    )


def _sources(block: Block) -> list[tuple[int, int]]:
    """The lines of source on which a block's lines or rows stand; none on a page with places."""
    parts = block.lines if isinstance(block, Paragraph) else block.rows if isinstance(block, Grid) else (block,)
    places = [part.place for part in parts]
    return [(place.page, place.line) for place in places if place.line is not None]


def _text(block: Block) -> str:
    return "" if isinstance(block, Grid) else block.title if isinstance(block, Heading) else block.text


def _joined(blocks: Sequence[Block]) -> Iterator[Block]:
    """The blocks, those that end in a number or a dash, no row's, as one with the text that goes on behind them."""
    held: Heading | Paragraph | None = None
    for block in blocks:
        if held is not None and not isinstance(block, Grid):
            held = _one(held, block)
        elif held is not None:
            yield held
            held = None
        if held is None and not isinstance(block, Grid) and not (isinstance(block, Heading) and block.number):
            held = block
        if held is None:
            yield block
        elif not _is_open(_lines(held)[-1].text):
            yield held
            held = None
    if held is not None:
        yield held


def _lines(block: Heading | Paragraph) -> tuple[Line, ...]:
    return block.lines if isinstance(block, Paragraph) and block.lines else (Line(_text(block), block.place),)


def _is_open(text: str) -> bool:
    """Whether a line ends in a dash or in a number, no figure of a row, that the next line may begin with."""
    found = _OPEN_NUMBER.search(text)
    return found is not None and (not is_row(text) or ends_sentence(text[: found.start()]))


def _one(above: Heading | Paragraph, below: Heading | Paragraph) -> Paragraph:
    """Two blocks as a paragraph, the last line of the one and the first of the other as one line."""
    *before, last = _lines(above)
    first, *after = _lines(below)
    return _paragraph([*before, replace(last, text=f"{last.text} {first.text}", segments=()), *after])


def _parts(block: Block, small: frozenset[str]) -> Iterator[Block]:
    """A block of such a page as lines of a head, headings and running text."""
    if isinstance(block, Grid) or (isinstance(block, Heading) and block.number is not None):
        yield block
        return
    if isinstance(block, Heading):
        for text, _ in _cut(block.title, small):
            yield replace(block, title=text)
        return
    prose: list[Line] = []
    for line in block.lines:
        if is_row(line.text) or len(line.segments) > 1:
            prose.append(line)
            continue
        for text, what in _cut(line.text, small):
            part = replace(line, text=text, segments=())
            if what == "sentence":
                prose.append(part)
                continue
            if prose:
                yield _paragraph(prose)
                prose = []
            yield Heading(text, None, 1, line.place) if what == "section" else _paragraph([part])
    if prose:
        yield _paragraph(prose)


def _paragraph(lines: Sequence[Line]) -> Paragraph:
    return Paragraph(" ".join(line.text for line in lines), tuple(lines), lines[0].place)


def _cut(text: str, small: frozenset[str]) -> list[tuple[str, str]]:
    """The likeliest way of cutting a line: the parts' words, and what each is."""
    found = text.split()
    starts = [0, *(n for n in range(1, len(found)) if _may_start(found, n))]
    stops = [*starts[1:], len(found)]
    costs = [_inner(found, n, small) if n else 0.0 for n in starts]
    best: list[tuple[float, int, str]] = [(0.0, 0, "page")]  # bits, start and kind of the part that ends at a stop
    for stop_at, stop in enumerate(stops, 1):
        ways = []
        for start_at in range(stop_at):
            what, bits = _rated(found[starts[start_at] : stop], best[start_at][2])
            inner = sum(costs[start_at + 1 : stop_at]) if what in ("line", "sentence", "coded") else 0.0
            ways.append((best[start_at][0] + bits + inner, start_at, what))
        best.append(max(ways))
    parts: list[tuple[str, str]] = []
    at = len(stops)
    while at:
        _, start_at, what = best[at]
        parts.insert(0, (" ".join(found[starts[start_at] : stops[at - 1]]), what))
        at = start_at
    return parts


def _may_start(found: Sequence[str], n: int) -> bool:
    """Whether a line may begin with a word: one in capitals, a date's first, or a number before capitals, no year and
    none that belongs to the word before it ("Forslag 3")."""
    if ends_open(found[n - 1]) or found[n - 1][-1] in ":–-" or not _STARTS.match(found[n]):
        return False
    if not found[n][0].isdigit() or _DATE.match(" ".join(found[n : n + 2])):
        return True
    capital = n + 1 < len(found) and found[n + 1][0].isupper() and not _DATED.search(found[n])
    coded = read_code(f"{found[n - 1]} {found[n]}") if capital else None
    return capital and (coded is None or not coded.known)


def _inner(found: Sequence[str], n: int, small: frozenset[str]) -> float:
    """What speaks against a word in capitals, or a number, standing amid a line."""
    before, word = found[n - 1], found[n].strip(".,:;()").casefold()
    if ends_sentence(before) and (before[0].isalpha() or _DATED.match(before)):
        return WEIGHTS.sentences
    if not word or word[0].isdigit():
        return WEIGHTS.number if found[n].endswith(".") else 0.0
    if word in words("openers"):
        return WEIGHTS.opener
    if regex.search(r"\d", before) and not _DATED.search(before):
        return 0.0  # a title's first word, behind its code
    if before.isupper() and len(before) > 1 and not found[n].isupper():
        return WEIGHTS.capitals
    behind_name = before[:1].isupper() or before[-1] in ".,:–-"
    return (WEIGHTS.common if word in small else 0.0) + (0.0 if behind_name else WEIGHTS.loose)


def _rated(stretch: Sequence[str], before: str) -> Rated:
    """What a stretch of words is as a line of its own, below a line of the kind `before`."""
    text = " ".join(stretch)
    if ends_sentence(text) and not text.endswith(":"):
        return "sentence", WEIGHTS.sentence * (1 if len(stretch) >= _SHORTEST_SENTENCE else 4)
    if is_section(text):
        return "section", WEIGHTS.section
    if (value := _field(text)) is not None:
        return "field", WEIGHTS.field + WEIGHTS.known_value * (is_office(value) or is_fact(value))
    if is_fact(text) or is_office(text):
        return "office", WEIGHTS.office + WEIGHTS.longer * len(stretch)
    coded = read_code(text)
    if _names_head(text) or (coded is not None and not coded.title):
        return "head", WEIGHTS.head
    return _rated_title(text, coded, before)


def _rated_title(text: str, coded: Coded | None, before: str) -> Rated:
    """What a stretch of words that names nothing known is as a title."""
    bits = WEIGHTS.line
    if coded is not None and len(text) <= _LONGEST_TITLE:
        sure = coded.known or coded.form is Form.OWN or coded.marked
        return "coded", bits + (WEIGHTS.coded if sure else WEIGHTS.numbered)
    bits += WEIGHTS.first if before in ("page", "head", "office") else 0.0
    bits += WEIGHTS.numbered if _NUMBERED.match(text) else 0.0
    return "line", bits + (2 * WEIGHTS.line if len(text) > _LONGEST_TITLE else 0.0)


def _names_head(text: str) -> bool:
    named = is_paper(text) or is_banner(text) or is_annex(text) or round_of(text, whole=True) is not None
    return named or (municipality_of(text) is not None and text.casefold().endswith("kommune"))


def _field(text: str) -> str | None:
    """The value behind a field's label; None where the text is no field with a value of a few words."""
    name, value = match_label(text) or loose_field(text) or ("", "")
    if name in ("date", "case_number") and not is_fact(value):
        return None
    return value if value and len(value) <= _LONGEST_VALUE else None
