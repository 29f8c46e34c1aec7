"""Running text of a dump: paragraphs joined over lines and pages, headings, form lines with their segments."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from extract.headings import (
    ends_sentence,
    is_annex,
    is_capitals,
    is_caption,
    is_form_label,
    is_note,
    is_note_to_all,
    is_sentence,
    is_title,
    numbered,
)
from extract.hyphens import join_lines, mend
from extract.models import Cell, Line, Paragraph, Place, Placement
from extract.text.source import EMPTY, TICKED, SourceLine
from extract.text.tabbed import is_unit_line
from extract.text.tables import goes_on
from extract.words import words

_SEGMENT = re.compile(r"\S+(?: \S+)*")
_BULLET = re.compile(r"\s*(?:[-–•▪*·o]|\d{1,2}\)|[a-z]\)|\d{1,2}\.)\s+\S")
_FIELD = re.compile(r"\s*[A-ZÆØÅ][^.:?!\t]{1,45}: {2,}\S")  # a form's label with its text in a column of its own
_UNWRAPPED = 200  # where full lines are longer than this, a paragraph is a line
_USUAL_WIDTH = 80  # characters of a full line
_MARKDOWN_HEADING = re.compile(r"(#{1,6})\s+(\S.*?)\s*#*\Z")


@dataclass(frozen=True, slots=True)
class Title:
    """A heading found in the prose: its level is decided when all are known; `level` is set where the print says so."""

    number: str | None
    title: str
    place: Place
    bold: bool
    level: int | None = None


@dataclass(slots=True)
class _Block:
    """Lines without a blank line between them."""

    lines: list[tuple[int, SourceLine]]
    title: bool = False  # it was parted from running text because it is a title

    @property
    def texts(self) -> list[str]:
        return [line.text.strip() for _, line in self.lines]

    @property
    def first(self) -> SourceLine:
        return self.lines[0][1]


Piece = tuple[int, Title | Paragraph]


def read_prose(lines: Sequence[SourceLine], taken: set[int], known: frozenset[str]) -> list[Piece]:
    """Headings and paragraphs of the lines that no table took, each with the index of its first line."""
    blocks = _blocks(lines, taken)
    width = full_width(lines, taken)
    blocks = _split_headings(blocks, width)
    pieces: list[Piece] = []
    index = 0
    while index < len(blocks):
        block = blocks[index]
        title = _title(blocks, index, width, lines, taken)
        if title is not None:
            pieces.append((block.lines[0][0], replace(title, title=mend(title.title, known))))
            index += 1
            continue
        joined = list(block.lines)
        while index + 1 < len(blocks) and _goes_on(joined, blocks[index + 1], width, taken):
            index += 1
            joined += blocks[index].lines
        pieces.append((block.lines[0][0], _paragraph([line for _, line in joined], known)))
        index += 1
    return pieces


def full_width(lines: Sequence[SourceLine], taken: set[int]) -> int:
    """How long a full line of running text is: nine in ten of the longer lines are no longer."""
    lengths = sorted(
        len(line.text.strip())
        for at, line in enumerate(lines)
        if at not in taken and not line.tabbed and len(line.text.strip()) > 40
    )
    return lengths[int(len(lengths) * 0.9)] if lengths else 80


def _blocks(lines: Sequence[SourceLine], taken: set[int]) -> list[_Block]:
    """The lines between blank lines, tables and tabs; every item of a list and every form's label is its own."""
    blocks: list[_Block] = []
    current: list[tuple[int, SourceLine]] = []
    for at, line in enumerate(lines):
        if line.furniture and at not in taken:
            continue
        if line.blank or at in taken:
            if current:
                blocks.append(_Block(current))
            current = []
            continue
        if current and _starts_block(line, current[-1][1]):
            blocks.append(_Block(current))
            current = []
        current.append((at, line))
    if current:
        blocks.append(_Block(current))
    return blocks


def _starts_block(line: SourceLine, above: SourceLine) -> bool:
    text = line.text
    if _MARKDOWN_HEADING.match(text.strip()) or _MARKDOWN_HEADING.match(above.text.strip()):
        return True
    if is_caption(text) or is_note(text) or is_note_to_all(text):
        return True
    if _has_boxes(line) != _has_boxes(above) and not is_form_label(above.text):
        return True
    if _BULLET.match(text) and not above.text.rstrip().endswith("-"):
        return True
    if _FIELD.match(text):
        return True
    starts_field = is_form_label(text) and len(text.split(":")[0].split()) <= 3
    return starts_field and (ends_sentence(above.text) or is_form_label(above.text))


def _has_boxes(line: SourceLine) -> bool:
    return TICKED in line.text or EMPTY in line.text


def _split_headings(blocks: Sequence[_Block], width: int) -> list[_Block]:
    """Gives headings that stand in a block with running text a block of their own."""
    result: list[_Block] = []
    sequence = 0
    for block in blocks:
        if count := _title_lines(result[-1] if result else None, block, width):
            result.append(_Block(block.lines[:count], title=not is_form_label(block.first.text)))
            block = _Block(block.lines[count:])
        rest = block.lines
        start = 0
        introduced = bool(result) and _introduces(result[-1], block)
        for i, (_, line) in enumerate(rest):
            found = numbered(line.text)
            head = False
            if found is not None and _is_short(line.text, width):
                following = rest[i + 1][1].text.strip() if i + 1 < len(rest) else ""
                plausible = i == 0 or _follows(found[0], sequence)
                certain = _is_next(found[0], sequence) and (i == 0 or ends_sentence(rest[i - 1][1].text))
                head = plausible and (not following or _opens_text(following) or certain)
                if head and found[0].isdigit():
                    sequence = int(found[0])
            elif is_annex(line.text) and (i == start or not rest[i - 1][1].text.rstrip().endswith("-")):
                head = i + 1 == len(rest) or _opens_text(rest[i + 1][1].text.strip())
            elif i + 1 < len(rest) and (
                (i == start and not (i == 0 and introduced)) or (i > 0 and ends_sentence(rest[i - 1][1].text))
            ):
                head = _heads_text(line, [entry.text for _, entry in rest[i + 1 :]], width)
            elif i + 1 == len(rest) and i > start:
                head = _closes_with_title(line, rest[i - 1][1])
            if head and len(rest) > 1:
                if i > start:
                    result.append(_Block(rest[start:i]))
                result.append(_Block(rest[i : i + 1], title=found is None))
                start = i + 1
        if start < len(rest):
            result.append(_Block(rest[start:]))
    return result


def _title_lines(above: _Block | None, block: _Block, width: int) -> int:
    """How many of a block's lines are the title that opens a page or the document, with other text right below it.

    The title was ended on purpose: the next line's first word had room on it (a short file's full lines tell little).
    """
    if above is not None and above.first.page == block.first.page:
        return 0
    count = 2 if len(block.lines) > 1 and goes_on(*block.texts[:2]) else 1
    if len(block.lines) <= count:
        return 0
    text, last, below = join_lines(block.texts[:count]), block.texts[count - 1], block.texts[count]
    if (
        not is_title(text)
        or ends_sentence(text)
        or numbered(text)
        or any(_has_boxes(x) for _, x in block.lines[:count])
    ):
        return 0
    if any(re.search(r"\S {2,}\S|\t", line) for line in block.texts[:count]) or _BULLET.match(text):
        return 0
    if not _opens_text(below):
        return 0
    full = max(width, _USUAL_WIDTH) if above is None else width
    return count if len(last) + 1 + len(below.split()[0]) < 0.9 * full else 0


def _introduces(above: _Block, block: _Block) -> bool:
    """Whether a form's label stands right above a block of names, whose first line is then no title."""
    text = above.texts[0].rstrip()
    label = len(above.lines) == 1 and is_form_label(text) and text.endswith(":") and len(text.split()) <= 3
    return label and all(len(name.split()) <= 8 and not ends_sentence(name) for name in block.texts)


def _follows(number: str, last: int) -> bool:
    return "." in number or int(number) in (1, last + 1)


def _is_next(number: str, last: int) -> bool:
    return number.isdigit() and int(number) == last + 1 > 1


def _is_short(text: str, width: int) -> bool:
    return len(text.strip()) <= max(70, 0.85 * width) and not text.rstrip().endswith("-")


def _opens_text(text: str) -> bool:
    return text[:1].isupper() or text[:1].isdigit() or text[:1] in "”\"'’‘“(-–•"


def _heads_text(line: SourceLine, following: Sequence[str], width: int) -> bool:
    """Whether the first line of a block is a title over the running text right below it."""
    text = line.text.strip()
    amount = _heads_amount(text)
    if "\t" in line.text or re.search(r"\S {3,}\S", text) or _BULLET.match(line.text):
        return False
    if is_form_label(text) and not amount:
        return False
    if not is_title(text) or not _opens_text(following[0].strip()) or _has_boxes(line):
        return False
    if ends_sentence(text) and not text.endswith(":") and len(text.split()) > 3:
        return False
    longest = max(len(t.strip()) for t in following)
    # the title's line had room for the next line's first word, so it was ended on purpose
    tells = ends_sentence(following[-1]) and len(following[0].split()) > 3
    room = len(text) + 1 + len(following[0].split()[0]) < (1.02 if amount else 0.9) * width
    return room and (tells or longest >= 0.75 * min(width, 110))


def _closes_with_title(line: SourceLine, above: SourceLine) -> bool:
    text = line.text.strip()
    return (
        ends_sentence(above.text)
        and is_title(text)
        and not ends_sentence(text)
        and len(text.split()) <= 5
        and not re.search(r" {2,}|\t", text)
        and not _BULLET.match(line.text)
        and not any(c.isdigit() for c in text)
    )


def _title(
    blocks: Sequence[_Block], index: int, width: int, lines: Sequence[SourceLine], taken: set[int]
) -> Title | None:
    block = blocks[index]
    line = block.first
    text = " ".join(block.texts)
    marked = _MARKDOWN_HEADING.match(text) if len(block.lines) == 1 else None
    if marked:
        found = numbered(marked[2])
        return Title(
            found[0] if found else None, found[1] if found else marked[2], line.place, line.bold, len(marked[1])
        )
    if len(block.lines) > 2 or "\t" in line.text or _has_boxes(line):
        return None
    if len(block.lines) == 2:
        # a title wrapped over two lines
        if not (numbered(line.text) and block.texts[0].endswith("-")):
            return None
        text = join_lines(block.texts)
    found = numbered(text)
    if found is not None and _is_short(text, max(width, 100)) and not _in_list(blocks, index, taken):
        return Title(found[0], found[1], line.place, line.bold)
    if len(block.lines) > 1 or found is not None:
        return None
    if is_annex(text):
        return Title(None, text, line.place, line.bold, 1)
    if is_capitals(text) and is_title(text) and not re.search(r"\d{3}", text):
        return Title(None, text, line.place, line.bold, 1) if not is_form_label(text) else None
    if block.title or (line.bold and is_title(text) and not ends_sentence(text) and not is_form_label(text)):
        return Title(None, text, line.place, line.bold)
    return _unnumbered(blocks, index, width, lines, taken)


def _in_list(blocks: Sequence[_Block], index: int, taken: set[int]) -> bool:
    """Whether the numbered line is an item of a list: its neighbours are numbered too and some end like sentences."""
    own = numbered(blocks[index].texts[0])
    if own is None or not own[0].isdigit():
        return False
    value = int(own[0])
    for step in (-1, 1):
        at = index + step
        if not 0 <= at < len(blocks) or not _is_near(blocks[min(at, index)], blocks[max(at, index)], taken):
            continue
        match = re.match(r"\s*(\d{1,2})\.?\s", blocks[at].first.text)
        if match and int(match[1]) == value + step:
            return True
    return False


def _is_near(above: _Block, below: _Block, taken: set[int]) -> bool:
    """Whether two blocks follow each other closely, with no table between."""
    start, end = above.lines[-1][0], below.lines[0][0]
    return end - start <= 4 and not any(i in taken for i in range(start + 1, end))


def _unnumbered(
    blocks: Sequence[_Block], index: int, width: int, lines: Sequence[SourceLine], taken: set[int]
) -> Title | None:
    """A short line standing alone over running text, a table, or a list."""
    block = blocks[index]
    line = block.first
    text = line.text.strip()
    if not is_title(text) or re.search(r"\S {3,}\S", text) or _BULLET.match(line.text):
        return None
    if text.endswith(":") and len(text.split()) > 5:
        return None
    if (
        is_note(text)
        or is_note_to_all(text)
        or (is_form_label(text) and not text.endswith(":") and not _heads_amount(text))
    ):
        return None
    if ends_sentence(text) and not text.endswith(":") and len(text.split()) > 4:
        return None
    at = block.lines[0][0]
    following = blocks[index + 1] if index + 1 < len(blocks) else None
    table_next = _next_taken(lines, at, following, taken)
    if table_next is not None:
        if index > 0 and is_caption(blocks[index - 1].texts[0]) and is_unit_line(text) and len(text.split()) <= 4:
            return None  # it tells the table's unit
        good = not ends_sentence(text) and len(text.split()) <= 10
        return Title(None, text, line.place, line.bold) if good else None
    if following is None:
        return None
    first = following.texts[0]
    longest = max(len(t) for t in following.texts)
    if not _is_near(block, following, taken) or (index > 0 and _in_enumeration(blocks, index, width, taken)):
        return None
    introduces = first.endswith(":") and len(first.split()) > 3 and not is_form_label(text)
    runs = introduces or longest >= 0.75 * min(width, 110) or (len(following.texts) > 1 and longest >= 0.6 * width)
    if not runs and numbered(first) is None and not is_caption(first):
        # a title right over another title is one too
        return (
            None
            if not _over_title(blocks, index + 1, width, lines, taken)
            else Title(None, text, line.place, line.bold)
        )
    if numbered(first) is not None and not runs:
        return None
    if text.endswith(":") and _BULLET.match(following.first.text):
        return None
    if not _opens_text(first):
        return None
    return Title(None, text, line.place, line.bold)


def _in_enumeration(blocks: Sequence[_Block], index: int, width: int, taken: set[int]) -> bool:
    """Whether what stands right above is the start of a list, or another narrow cell of a table of words."""
    above = blocks[index - 1]
    if not _is_near(above, blocks[index], taken):
        return False
    if above.texts[-1].endswith(":"):
        return len(above.texts[-1].split()) > 3 and width < _UNWRAPPED
    if numbered(above.texts[0]) or above.title or is_caption(above.texts[0]) or is_capitals(above.texts[0]):
        return False
    narrow = max(len(t) for t in above.texts) < 0.45 * min(width, 110)
    return narrow and not ends_sentence(above.texts[-1]) and not is_annex(above.texts[0]) and width < _UNWRAPPED


def _heads_amount(text: str) -> bool:
    """Whether a colon within the title stands before an amount ("Implementering: i alt 2.400 t.kr.")."""
    return re.search(r":\s.*\d.*\b(?:kr|mio|mia|pct|årsværk)\b|:\s.*\d ?%", text) is not None


def _next_taken(lines: Sequence[SourceLine], at: int, following: _Block | None, taken: set[int]) -> int | None:
    """The index of the table that comes next, if it comes before any other text."""
    stop = following.lines[0][0] if following else len(lines)
    return next((i for i in range(at + 1, min(stop, at + 6)) if i in taken), None)


def _over_title(blocks: Sequence[_Block], index: int, width: int, lines: Sequence[SourceLine], taken: set[int]) -> bool:
    block = blocks[index]
    if len(block.lines) > 1 or index + 1 >= len(blocks) or is_capitals(block.texts[0]):
        return False
    return len(block.texts[0]) > 12 and _unnumbered(blocks, index, width, lines, taken) is not None


def _goes_on(joined: Sequence[tuple[int, SourceLine]], following: _Block, width: int, taken: set[int]) -> bool:
    """Whether a paragraph that stands so goes on in the block below it, blank lines or a page between."""
    last_at, last = joined[-1]
    first_at, first = following.lines[0]
    if any(i in taken for i in range(last_at + 1, first_at)) or first_at - last_at > 12:
        return False
    end, start = last.text.rstrip(), first.text.strip()
    if first.tabbed != last.tabbed or is_caption(start) or is_caption(joined[0][1].text):
        return False
    if end.endswith("-") and len(end) > 1 and end[-2].isalpha() and (start[0].isalpha() or start[0] == "/"):
        return True
    if first.tabbed or _has_boxes(first) or _has_boxes(last) or is_note(start) or is_note_to_all(start):
        return False
    if is_form_label(start) or _BULLET.match(first.text) or numbered(start):
        return False
    prose = len(end) >= 0.6 * width or len(joined) > 1
    if end.split()[-1].casefold() in words("unfinished") and prose:
        return True
    if start[0].islower():
        return not ends_sentence(end) and (prose or len(start) > 0.6 * width)
    if ends_sentence(end) or is_sentence(end + " X") is None:
        return False
    return len(end) >= 0.85 * width and not is_title(start) and width < _UNWRAPPED


def _paragraph(lines: Sequence[SourceLine], known: frozenset[str]) -> Paragraph:
    entries = [_line(line) for line in lines]
    if any(len(e.segments) > 1 for e in entries):
        entries = _mended(entries, known)
    text = mend(join_lines([line.text for line in lines], known), known)
    return Paragraph(text, tuple(entries), lines[0].place)


def _line(line: SourceLine) -> Line:
    segments: list[Cell] = []
    for part in line.text.split("\t"):
        for match in _SEGMENT.finditer(part):
            raw = match[0]
            segments.append(Cell(" ".join(raw.split()), raw, line.place, Placement.ALIGNED, line.bold, line.italic))
    return Line(" ".join(line.text.split()), line.place, tuple(segments), line.bold)


def _mended(entries: Sequence[Line], known: frozenset[str]) -> list[Line]:
    """Joins a segment that a line's end cut ("Integrationsfor-" / "valtningen") where it started."""
    result: list[Line] = []
    for entry in entries:
        above = result[-1] if result else None
        if above and above.segments and entry.segments and above.segments[-1].raw.endswith("-"):
            cut, rest = above.segments[-1], entry.segments[0]
            whole = replace(cut, text=join_lines([cut.text, rest.text], known), raw=f"{cut.raw}\n{rest.raw}")
            result[-1] = replace(above, segments=(*above.segments[:-1], whole))
            entry = replace(entry, segments=entry.segments[1:])
        result.append(entry)
    return result
