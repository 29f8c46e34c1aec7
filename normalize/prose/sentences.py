"""Running text as passages and sentences, each character still knowing its line.

In: the blocks of a case.  Out: `Passage`s (a heading, a paragraph joined over page breaks, a cell of words) with the
heading they stand under and their own lead ("4. Kompetenceudvikling. …", "Spor 1, …: …"); `sentences` cuts one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from functools import cache, lru_cache

import regex

from extract.models import Block, Cell, Grid, Heading, Paragraph, Place
from extract.records import record
from lexicon.captions import belongs_to_table
from normalize.vocabulary.load import load

_LEAD = regex.compile(
    r"(?:[-–•*]\s+)?(?:(?P<number>\d{1,2}(?:\.\d{1,2})?)[.)]\s*)?(?P<lead>\p{L}[^.:!?;]{2,140}?)\s*(?P<stop>[.:])\s+(?=\S)"
)
_MAX_LEAD_WORDS = 14
_REMEMBERED = 4096  # texts looked at before: a paragraph, its passage and a sentence of it are often the same text
_END = regex.compile(r"(?<!\b(?:mio|mia|t|ca|pr|jf))[.!?:;][\"'”’)]*$")
_UNIT_END = regex.compile(r"\b(?:mio|mia|t)\.?$")
_CURRENCY = regex.compile(r"\s*[kK]r\b")
_SMALL = regex.compile(r"\s*\p{Ll}")
_STOP = regex.compile(r"[.!?]+[\"'”’)\]]*(?=\s)")
_OPENS = regex.compile(r"[\p{Lu}\d\"'“”„‘’(•*–-]")
_NEW_SENTENCE = regex.compile(r"[\p{Lu}\"“”„•]")
_ORDINAL = regex.compile(r"\d{1,2}(?:\.\d{1,2})*")
_KRONER = regex.compile(r"(?i)kr\b")
_LABEL_END = regex.compile(r":|\((?=[^)]*\d[^)]*\))")
_IN_ALL = regex.compile(r"(?i)\s+i alt$")
_UNITS = regex.compile(
    r"(?i)kr\b|kroner|dkk|,-|mi[ol]|mia|årsværk|\båv\b|fuldtids|p\s?/\s?[l1I]|\bpl\b|priser|niveau|tilbagebetal|tjen"
)


@record
class Lead:
    """What a passage announces as its subject: a list item's or a heading's words, with its number if it has one."""

    text: str
    number: str | None = None
    heading: bool = False  # it is a heading above the text, not the text's own first words


@record
class Passage:
    """A stretch of running text; `marks` are (offset, place) of its lines, ascending; `block` its first block."""

    text: str
    marks: tuple[tuple[int, Place], ...]
    block: int
    heading: int | None
    lead: Lead | None
    kind: str  # heading, paragraph, cell
    section: str | None = None  # the heading's own words

    def place_at(self, offset: int) -> Place:
        """The place of the line in which the character at `offset` stands."""
        return next((place for start, place in reversed(self.marks) if start <= offset), self.marks[0][1])


@cache
def prose(key: str, part: str | None = None) -> tuple[str, ...]:
    """A list of words of `prose.toml`."""
    table = load("prose")
    found = table[key]
    if part is not None:
        assert isinstance(found, dict)
        found = found[part]
    return tuple(str(word) for word in found) if isinstance(found, list) else ()


@lru_cache(maxsize=_REMEMBERED)
def may_state(text: str) -> bool:
    """Whether a text can state anything at all (quick)."""
    return _UNITS.search(text) is not None


def passages(blocks: Sequence[Block], places: dict[Place, int], tabled: Collection[int]) -> Iterator[Passage]:
    """The running text of a case in print order.

    `places` gives the ordinal of the case's heading at a place; `tabled` are the blocks read as tables of figures.
    """
    heading: int | None = None
    lead: Lead | None = None
    section: str | None = None
    n = 0
    while n < len(blocks):
        block = blocks[n]
        if isinstance(block, Heading):
            heading = places.get(block.place, heading)
            section = block.title
            lead = Lead(lead_words(block.title), block.number, heading=True)
            yield Passage(block.title, ((0, block.place),), n, heading, lead, "heading", section)
        elif isinstance(block, Paragraph):
            first = n
            parts = [block]
            while n + 1 < len(blocks) and _runs_on(parts[-1], blocks[n + 1]):
                n += 1
                following = blocks[n]
                assert isinstance(following, Paragraph)
                parts.append(following)
            text, marks = _joined(parts)
            own = own_lead(text) if may_state(text) else None
            yield Passage(text, marks, first, heading, own or lead, "paragraph", section)
        else:
            if n not in tabled:
                yield from _cells(block, n, heading, section)
            for note in block.notes:
                text, marks = _joined([note])
                if text:
                    yield Passage(text, marks, n, heading, None, "note", section)
        n += 1


def _runs_on(block: Paragraph, following: Block) -> bool:
    """Whether a paragraph goes on in the next one: it ends amid a sentence, and the next begins with a small letter."""
    if not isinstance(following, Paragraph) or belongs_to_table(following.text):
        return False
    text = block.text.rstrip()
    ends = _END.search(text[-12:])
    if not text or ends is not None:
        return False
    unit = _UNIT_END.search(text[-12:]) is not None
    return (_CURRENCY if unit else _SMALL).match(following.text) is not None


def _joined(parts: Sequence[Paragraph]) -> tuple[str, tuple[tuple[int, Place], ...]]:
    """The paragraphs' text on one line, and where each printed line begins in it."""
    text = ""
    marks: list[tuple[int, Place]] = []
    for part in parts:
        piece = " ".join(part.text.split())
        if text and piece:
            text += " "
        marks += _line_marks(part, piece, len(text)) if may_state(piece) else [(len(text), part.place)]
        text += piece
    return text, tuple(marks)


def _line_marks(part: Paragraph, text: str, base: int) -> list[tuple[int, Place]]:
    """Where each line of a paragraph begins, counted in letters and digits (hyphens and blanks may have gone)."""
    if len(part.lines) <= 1:
        return [(base, part.lines[0].place if part.lines else part.place)]
    starts = [n for n, told in enumerate(map(str.isalnum, text)) if told]
    marks = [(base, part.lines[0].place)]
    seen = 0
    for line in part.lines:
        if seen and seen < len(starts):
            marks.append((base + starts[seen], line.place))
        seen += sum(map(str.isalnum, line.text))
    return marks


def _cells(grid: Grid, index: int, heading: int | None, section: str | None) -> Iterator[Passage]:
    """The cells of a table of words, each a passage; the row's first cell leads the others."""
    for row in grid.rows:
        cells: list[Cell] = [c for c in (*row.cells, *row.loose) if c is not None and c.text.strip()]
        for n, cell in enumerate(cells):
            lead = Lead(cells[0].text) if n else None
            text = " ".join(cell.text.split())
            yield Passage(text, ((0, cell.place),), index, heading, lead, "cell", section)


def own_lead(text: str) -> Lead | None:
    """The words a paragraph opens with to name its subject: a numbered item's title, or words before a colon."""
    found = _LEAD.match(text)
    if found is None or len(found["lead"].split()) > _MAX_LEAD_WORDS:
        return None
    if found["stop"] == "." and (
        found["number"] is None or regex.search(r"\s(?:er|skal|vil|kan|har)\s", found["lead"])
    ):
        return None
    return Lead(lead_words(found["lead"]), found["number"])


def lead_words(text: str) -> str:
    """A heading's or item's own words: what stands before its amounts, without brackets and "i alt"."""
    head = _LABEL_END.split(text, maxsplit=1)[0]
    head = _IN_ALL.sub("", head.strip())
    return head.strip(" .,–-")


@cache
def _abbreviations() -> tuple[frozenset[str], frozenset[str]]:
    return frozenset(prose("never_ends")), frozenset(prose("may_end"))


def sentences(text: str) -> list[tuple[int, int]]:
    """(start, end) of each sentence of a passage.  Full stops of abbreviations and ordinals end none."""
    never, may = _abbreviations()
    cuts: list[tuple[int, int]] = []
    start = 0
    for match in _STOP.finditer(text):
        following = text[match.end() : match.end() + 8].lstrip()
        if not following or not _NEW_SENTENCE.match(following):
            continue
        before = text[max(start, match.start() - 30) : match.start()].split()
        token = before[-1].casefold().lstrip("(\"'“”„[") if before else ""
        if match[0].startswith(".") and not match[0].startswith(".."):
            if token in never and not token.isdigit():
                continue
            if (token in may or token.rsplit(".", 1)[-1] in may) and not _OPENS.match(following):
                continue
            ordinal = _ORDINAL.fullmatch(token) is not None
            if ordinal and (not text[start : match.start() - len(token)].strip() or following[:1].isdigit()):
                continue  # the number of an item, or "1. 1."
            if token.endswith((".t", ".mio")) or _KRONER.match(following):
                continue
        cuts.append((start, match.end()))
        start = match.end() + 1
    if text[start:].strip():
        cuts.append((start, len(text)))
    return cuts
