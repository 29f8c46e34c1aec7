"""The head of a case as lines of segments, and the labels and values of the form they hold.

In: blocks of any kind (running text, two columns of a page, a ruled grid of words).  Out: `FormRow`s in reading order
and the form's fields (`Value`).  A label may be cut over lines, and its value may stand beside it or below.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache, lru_cache
from itertools import pairwise

import regex

from extract.models import Block, Cell, Heading, Paragraph, Place
from normalize.numbers import MINUS
from normalize.vocabulary import fold_accents
from normalize.vocabulary.forms import field_labels, words

TICKED = "☒☑✓✔✗✘\uf052\uf053\uf054\uf078\uf0fe\uf0fd"
EMPTY = "☐□❑❏\uf06f\uf0a8\uf071"
YEAR = r"(?:19|20)\d\d"

MARK = regex.compile(rf"(?P<on>[{TICKED}]|\[[xX]\]|\b[xX]\b(?=\s+\p{{Lu}}))|(?P<off>[{EMPTY}]|\[\s?\])")
CUT = regex.compile(r"(?<=\p{Ll})[-\u2010\u00ad]\s+(?!(?:og|eller|samt)\b)(?=\p{Ll})")
LAST_PART = regex.compile(r"\p{Lu}[\p{L}]*(?:forvaltning|magistrat|magistratsafdeling)(?:en)?\b")
_SOFT_BREAK = regex.compile(r"[-\u2010\u00ad]\s*")
_CAPTION = regex.compile(r"(?i)\s*(?:(?:tabel|table|figur|diagram)\s+\w{1,3}\s*[.:]|note[r]?\b|anm\.)")
FIGURE = regex.compile(rf"[{MINUS}(]?\s*\d[\d.,\s]*[{MINUS})]?\s*(?:%|år|kr\.?)?")
_SENTENCE_END = regex.compile(r"[.!?][\"'”’)\]]*$")
NOT_READ = ("other", "field_of_work")  # fields that alone make no form
_NUMBERED = regex.compile(r"\d{1,2}(?:\.\d)*\.?\s+\p{Lu}")
_OPEN_END = regex.compile(r"[-\u2010]$|\s(?:i|af|og|til|for|på|med|ved|fra|om|en|et|den|det|de|under|samt|eller)$")
_BANNER_NUMBER = regex.compile(r"(?:nr\.?\s*)?[\p{L}-]{0,4}\s?\d{1,4}[\d-]*")
_AFTER_LABEL = regex.compile(r"\.?\s*(?P<colon>:)?\s*")
_UNNAMED = "\ufffd\x00"
_HYPHENS = ("-", "\u2010", "\u00ad")
_LONGEST_LABEL = 40
_LABEL_ROWS = 6  # rows over which a label may be spread
NEAR = 14.0  # points by which the left edges of one column may differ


@dataclass(frozen=True, slots=True)
class Segment:
    """A run of text with its left edge (None in a text file)."""

    text: str
    x0: float | None
    place: Place


@dataclass(frozen=True, slots=True)
class FormRow:
    """One line or grid row; `block` is the index of the block it came from, `grid` whether that is a grid.

    `others` are further blocks whose lines stand on the same height; `bare`: a label that its print sets off.
    """

    segments: tuple[Segment, ...]
    block: int
    grid: bool = False
    heading: bool = False
    others: frozenset[int] = frozenset()
    bare: bool = False

    @property
    def text(self) -> str:
        """The row on one line."""
        return " ".join(s.text for s in self.segments)


@dataclass(frozen=True, slots=True)
class Value:
    """What stands in one field: its segments, row by row."""

    name: str
    rows: tuple[tuple[Segment, ...], ...]

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in reading order."""
        return tuple(s for row in self.rows for s in row)

    @property
    def text(self) -> str:
        """The value on one line, hyphens at line ends undone."""
        return join(s.text for s in self.segments)


def join(pieces: Iterable[str]) -> str:
    """Pieces of text on one line, white space folded, hyphens at the ends of pieces undone."""
    text = ""
    for piece in (" ".join(p.split()) for p in pieces):
        text = f"{text} {piece}" if text and piece else text or piece
    return CUT.sub("", text)


def rows_of(blocks: Iterable[tuple[int, Block]]) -> Iterator[FormRow]:
    """The blocks as lines of segments, each block's own lines kept."""
    for index, block in blocks:
        if isinstance(block, Heading):
            title = block.title if block.number is None else f"{block.number}. {block.title}"
            yield FormRow((Segment(title, _left(block.place), block.place),), index, heading=True)
        elif isinstance(block, Paragraph):
            if not block.lines:
                yield FormRow((Segment(block.text, _left(block.place), block.place),), index)
            segmented = any(line.segments for line in block.lines)
            for line in block.lines:
                cells = [_segment(c) for c in line.segments if c.text.strip()]
                if cells or (line.text.strip() and not segmented):
                    yield FormRow(tuple(cells) or (Segment(line.text, _left(line.place), line.place),), index)
        else:
            for row in block.rows:
                found = [_segment(c) for c in (*row.cells, *row.loose) if c is not None and c.text.strip()]
                if found:
                    yield FormRow(tuple(found), index, grid=True)


def opens_field(row: FormRow) -> bool:
    """Whether a row is, or begins, a label of the form that is read (not one that only ends another field)."""
    text = row.segments[0].text
    found = match_label(text, colon=not (row.grid or row.heading or len(row.segments) > 1))
    return found[0] not in NOT_READ if found is not None else _starts_label(text)


def form_rows(rows: Iterable[FormRow]) -> list[FormRow]:
    """The rows of a case's head; what stands among its labels is no heading, however bold it is printed.

    Two labels that are set off as headings are, without a colon, a form with its values below.
    """
    found = list(rows)
    labels = [n for n, row in enumerate(found) if opens_field(row)]
    if not labels:
        return found
    bare = [n for n in labels if found[n].heading and is_label(found[n].text) and not _is_section(found[n].text)]
    return [
        replace(row, heading=False, bare=len(bare) > 1 and n in bare)
        if row.heading and labels[0] <= n <= labels[-1] and not is_banner(row.text)
        else row
        for n, row in enumerate(found)
    ]


def _is_section(text: str) -> bool:
    """Whether a label's words are as often the heading of a section ("Forslag")."""
    return fold_accents(text).rstrip(" :.") in words("section_labels")


def side_by_side(rows: Iterable[FormRow]) -> list[FormRow]:
    """The rows of a page's form with those that stand on one height joined, label left and value right.

    Rows without a box, headings and grid rows keep their place and are joined with nothing.
    """
    out: list[FormRow] = []
    run: list[FormRow] = []
    for row in rows:
        box = row.segments[0].place.box
        page = row.segments[0].place.page
        loose = box is not None and not row.grid and not row.heading
        if run and (not loose or run[0].segments[0].place.page != page):
            out += _leveled(run)
            run = []
        if loose:
            run.append(row)
        else:
            out.append(row)
    return out + _leveled(run)


def _leveled(run: Sequence[FormRow]) -> list[FormRow]:
    """Rows of one page as visual lines, top to bottom, from left to right; a label is level with its value's top."""
    lines: list[list[FormRow]] = []
    last = 0.0
    for middle, row in sorted(zip(_heights(run), run, strict=True), key=lambda placed: placed[0]):
        height = row.segments[0].place.box
        near = 0.4 * (height.y1 - height.y0) if height is not None else 0.0
        if lines and abs(last - middle) <= near and not _overlap(lines[-1], row):
            lines[-1].append(row)
        else:
            lines.append([row])
            last = middle
    joined: list[FormRow] = []
    for line in lines:
        segments = sorted((s for row in line for s in row.segments), key=lambda s: s.x0 or 0.0)
        blocks = frozenset(row.block for row in line)
        joined.append(
            FormRow(tuple(segments), line[0].block, others=blocks - {line[0].block}, bare=any(row.bare for row in line))
        )
    return joined


def _heights(run: Sequence[FormRow]) -> list[float]:
    """The middle of each row; a label set midway or at the foot beside a value of several lines stands with its first.

    Values below each other may be one paragraph; its widest gaps part it where several labels stand beside it.
    """
    heights = [_middle(row) for row in run]
    of_block: dict[int, list[int]] = {}
    for n, row in enumerate(run):
        of_block.setdefault(row.block, []).append(n)
    labels = [
        found for found in of_block.values() if len(found) <= _LABEL_ROWS and is_label(join(run[n].text for n in found))
    ]
    for value in of_block.values():
        top, foot = heights[value[0]] - 1, heights[value[-1]] + 1
        beside = [
            label
            for label in labels
            if _beyond(run[label[0]].segments[0], run[value[0]].segments[0])
            and top <= heights[label[0]]
            and heights[label[-1]] <= foot
        ]
        for label, part in zip(beside, _parts([heights[n] for n in value], len(beside)), strict=False):
            for n, level in zip(label, part, strict=False):
                heights[n] = level
    return heights


def is_label(text: str) -> bool:
    """Whether the text is a label of the forms and nothing else, with or without its colon."""
    found = match_label(text, colon=False)
    return found is not None and not found[1]


def _parts(heights: Sequence[float], count: int) -> list[list[float]]:
    """Line heights in so many runs, parted at the widest gaps."""
    gaps = sorted(range(1, len(heights)), key=lambda n: heights[n - 1] - heights[n])
    cuts = [0, *sorted(gaps[: max(count - 1, 0)]), len(heights)]
    return [list(heights[a:b]) for a, b in pairwise(cuts)]


def _middle(row: FormRow) -> float:
    box = row.segments[0].place.box
    return (box.y0 + box.y1) / 2 if box is not None else 0.0


def _overlap(line: Sequence[FormRow], row: FormRow) -> bool:
    """Whether a row begins within the width of one of the line's segments."""
    x0 = row.segments[0].x0 or 0.0
    boxes = [s.place.box for other in line for s in other.segments]
    return any(box is not None and box.x0 - 1 <= x0 <= box.x1 - 1 for box in boxes)


def _segment(cell: Cell) -> Segment:
    return Segment(cell.text, _left(cell.place), cell.place)


def _left(place: Place) -> float | None:
    return place.box.x0 if place.box is not None else None


def _label_end(text: str, label: str) -> int | None:
    """Where a label ends that `text` begins with, None where it does not; it may be hyphenated over lines anywhere.

    A character that the print's font does not name stands for a ligature of two or three letters.
    """
    at = 0
    for n, character in enumerate(label):
        if text[at : at + 1] in _UNNAMED and at < len(text):
            rests = (_label_end(text[at + 1 :], label[n + width :]) for width in (2, 3))
            return next((at + 1 + rest for rest in rests if rest is not None), None)
        if at and text[at : at + 1] != character and text.startswith(_HYPHENS, at):
            at += 1
            while text[at : at + 1].isspace():
                at += 1
        if not text.startswith(character, at):
            return None
        at += 1
    return at


@cache
def _labels_by_head() -> dict[str, tuple[tuple[str, str], ...]]:
    """(folded label, field) by the label's first two letters, longest label first."""
    heads: dict[str, tuple[tuple[str, str], ...]] = {}
    for label, name in field_labels():
        folded = fold_accents(label)
        heads[folded[:2]] = (*heads.get(folded[:2], ()), (folded, name))
    return heads


@lru_cache(maxsize=4096)
def match_label(text: str, *, colon: bool = True) -> tuple[str, str] | None:
    """(field, what follows the label) where `text` begins with a label of the forms, else None.

    With `colon` False a text that is nothing but the label will do without one.
    """
    folded = fold_accents(text)
    labels = _labels_by_head().get(folded[:2])
    if labels is None or (colon and ":" not in folded):
        return None
    plain = " ".join(text.split())
    if len(folded) != len(plain):  # a character that folds to two: compare as it stands
        folded = plain.lower()
    for label, name in labels:
        end = _label_end(folded, label)
        found = _AFTER_LABEL.match(folded, end) if end is not None else None
        if found is None:
            continue
        if found["colon"] or (not colon and found.end() >= len(folded)):
            return name, plain[found.end() :].strip()
    return None


@cache
def _label_beginnings() -> frozenset[str]:
    return frozenset(fold_accents(label)[:n] for label, _ in field_labels() for n in range(4, len(label)))


def _starts_label(text: str) -> bool:
    """Whether the text is the beginning of a label and no more: "Fremstillende for-", "Berørte"."""
    return len(text) < _LONGEST_LABEL and _SOFT_BREAK.sub("", fold_accents(text)) in _label_beginnings()


def read_values(rows: Sequence[FormRow]) -> tuple[list[Value], set[int]]:
    """The form's fields in print order, and the indices of the rows that belong to it."""
    values: list[Value] = []
    used: set[int] = set()
    n = 0
    while n < len(rows):
        opened = _open(rows, n)
        if opened is None:
            n += 1
            continue
        name, chunks, stop = opened
        used.update(range(n, stop))
        last = stop
        label = rows[n].segments[0]
        while last < len(rows) and _open(rows, last) is None and _goes_on(name, label, chunks, rows, last):
            chunks.append(rows[last].segments)
            used.add(last)
            last += 1
        values.append(Value(name, tuple(c for c in chunks if c)))
        n = max(last, n + 1)
    return values, used


def _open(rows: Sequence[FormRow], n: int) -> tuple[str, list[tuple[Segment, ...]], int] | None:
    """The field that row `n` opens: its name, the value's segments so far, and the next row's index."""
    label = ""
    chunks: list[tuple[Segment, ...]] = []
    first = rows[n].segments[0]
    for k in range(n, min(n + _LABEL_ROWS, len(rows))):
        row = rows[k]
        if k > n and (row.heading or not _same_column(first, row.segments[0])):
            if row.heading or not _beyond(first, row.segments[0]):
                return None
            chunks.append(row.segments)  # a line of the value between two lines of its label
            continue
        label = join((label, row.segments[0].text))
        rest = row.segments[1:]
        found = match_label(label, colon=not (row.grid or rest or row.bare))
        if found is not None:
            name, after = found
            head = row.segments[0]
            chunks.append((*((Segment(after, None, head.place),) if after else ()), *rest))
            return name, chunks, k + 1
        if not _starts_label(label):
            return None
        chunks.append(rest)
    return None


def _beyond(label: Segment, segment: Segment) -> bool:
    """Whether a segment stands in the form's right column."""
    return label.x0 is not None and segment.x0 is not None and segment.x0 > label.x0 + 2 * NEAR


def _same_column(a: Segment, b: Segment) -> bool:
    return a.x0 is None or b.x0 is None or abs(a.x0 - b.x0) <= NEAR


def _goes_on(name: str, label: Segment, chunks: Sequence[tuple[Segment, ...]], rows: Sequence[FormRow], n: int) -> bool:
    """Whether row `n` continues the value of field `name`."""
    row, before = rows[n], rows[n - 1]
    text = row.text
    if row.heading or is_caption(text) or is_banner(text) or _NUMBERED.match(text):
        return False
    if sum(FIGURE.fullmatch(s.text.strip()) is not None for s in row.segments) > 1:
        return False  # a table's row, or its header
    so_far = join(s.text for chunk in chunks for s in chunk)
    column = _value_column(label, chunks)
    x0 = row.segments[0].x0
    beside = column is not None and x0 is not None and x0 >= column - NEAR
    if row.grid != before.grid and not (row.grid and name in ("administrations", "affected")):
        return False
    if beside:
        return name != "price_level" and row.segments[0].place.page == label.place.page
    if column is not None and x0 is not None:
        return False  # back at the left edge: below the value, not in it
    if name in ("administrations", "affected"):
        names = LAST_PART.search(CUT.sub("", text)) or MARK.search(text)
        cut = so_far.endswith(("-", "\u2010", " og")) or regex.match(r"\p{Ll}", text)
        return (not so_far and len(text) < 120) or bool(names and len(text) < 160) or bool(cut)
    if not so_far:
        return name not in ("price_level", "code", *NOT_READ) or bool(regex.search(YEAR, text))
    if name in ("price_level", "code", "budget_round", *NOT_READ):
        return False
    small = regex.match(r"\p{Ll}", text) is not None
    same_block = row.block == before.block
    if name == "title":
        unended = not _SENTENCE_END.search(so_far) and len(so_far) < 200
        return (same_block and unended) or small or ends_open(so_far)
    return same_block or not _SENTENCE_END.search(so_far) or small


def ends_open(text: str) -> bool:
    """Whether a line breaks off amid a phrase: at a hyphen, a preposition or a conjunction."""
    return _OPEN_END.search(text) is not None


def _value_column(label: Segment, chunks: Sequence[tuple[Segment, ...]]) -> float | None:
    """The left edge of the form's right column; None where value and label share a column or have no edges."""
    edges = [s.x0 for chunk in chunks for s in chunk if s.x0 is not None]
    if label.x0 is None or not edges or min(edges) < label.x0 + 2 * NEAR:
        return None
    return min(edges)


def is_caption(text: str) -> bool:
    """Whether the text is a table's or a figure's caption, or a note to tables."""
    return _CAPTION.match(text) is not None


@cache
def _banner_heads() -> tuple[str, ...]:
    return tuple({banner[:4] for banner in words("banners")})


def is_banner(text: str) -> bool:
    """Whether the line opens a case: "INVESTERINGSFORSLAG", also with a number or a budget round behind it."""
    if len(text) > 100:
        return False
    plain = fold_accents(text).rstrip(" :.–-")
    if not plain.startswith(_banner_heads()):
        return False
    for banner in words("banners"):
        if plain == banner:
            return True
        if plain.startswith(f"{banner} "):
            rest = plain[len(banner) :].strip()
            if round_of(rest, whole=True) or _BANNER_NUMBER.fullmatch(rest):
                return True
    return False


@cache
def _round_pattern() -> regex.Pattern[str]:
    names = "|".join(sorted(map(regex.escape, words("budget_rounds")), key=len, reverse=True))
    years = rf"{YEAR}(?:\s*[-–/]\s*(?:{YEAR}|\d\d))?|\d\d\s*[-–/]\s*\d\d"
    return regex.compile(rf"(?i)\b(?:til\s+|i\s+)?(?P<round>(?:{names})\s+(?:{years}))(?!\d)")


def round_of(text: str, *, whole: bool = False) -> str | None:
    """The budget round a short line names ("OFS 2020-21", "Budget 2022"), None where it names none."""
    plain = " ".join(text.split())
    pattern = _round_pattern()
    found = pattern.fullmatch(plain) if whole else pattern.search(plain)
    return found["round"] if found else None
