"""One page's words, lines and fills, in the frame in which its text reads from left to right.

In: a PyMuPDF page.  Out: a `Page`: words with style, horizontal and vertical rules, fills, all in the *reading
frame*: the page as shown, turned further where its text stands sideways.  `Page.shown` maps a box back to the
page as shown, which is what every `Place` of the models tells.
"""

from __future__ import annotations

from bisect import bisect
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

from extract.light import pymupdf
from extract.page.model import RAISED_LETTERS, Area, Page, Word, raised
from extract.pdf.glyphs import SIGN_TOLD, lost_sign, needs_repair, repair
from extract.pdf.ligatures import UntoldGlyphs
from extract.pdf.pictured import without_letters
from extract.pdf.seen import Unseen
from extract.pdf.sideways import joined, upright
from extract.pdf.struck import set_struck_apart
from extract.records import record
from lexicon.figures import is_number

LARGEST_BOX = 17.0  # points: a tick box is not larger than this
_THIN = 2.2  # a rectangle not wider than this (points) is a drawn line
_LIGHTEST, _FAINTEST = 0.985, 0.02  # a fill that shows is darker than this, and no fainter
_COVERING = 0.7  # share of a page that an image covers which is the page
_SMALLEST_SCAN = 500  # pixels
_HIDDEN = 0.9  # share of its text that is not seen
_FLAGS = pymupdf.TEXT_PRESERVE_WHITESPACE | pymupdf.TEXT_MEDIABOX_CLIP | pymupdf.TEXT_COLLECT_VECTORS
_TEXT, _VECTOR = 0, 3  # kinds of block
_TURNS = {(0, -1): (0, 1, -1, 0), (0, 1): (0, -1, 1, 0), (-1, 0): (-1, 0, 0, -1)}  # matrices by the text's direction
_CELLS_APART = 0.1  # font sizes between figures of two cells that the file has no blank between


def read_page(page: Any, number: int, untold: UntoldGlyphs) -> tuple[Page, list[dict[str, Any]], pymupdf.Matrix | None]:
    """The words, rules and fills of a page, its drawings and the matrix to the reading frame.

    Glyphs that tell no letter stand in the words as the placeholders of `untold`.
    Raises what PyMuPDF raises on a damaged page.
    """
    textpage = page.get_textpage(flags=_FLAGS)
    found = textpage.extractWORDS()
    blocks = textpage.extractDICT()["blocks"]
    turn, back, width, height = _frame(page, blocks)
    if _letter_by_letter(found):
        found = _letters(textpage)
    content = Page(number, width, height, [], to_shown=None if back is None else tuple(back))
    _add_words(content, found, untold.mark(found, page), blocks, turn, Unseen(page, blocks))
    vectors = [b for b in blocks if b["type"] == _VECTOR]
    drawings: list[dict[str, Any]] = []
    if turn is None and all(map(_is_plain, vectors)):
        _add_vectors(content, vectors)
    elif vectors:  # reads the page once more
        drawings = page.get_cdrawings()
        _add_graphics(content, without_letters(drawings), turn)
    if content.verticals:
        _part_at_rules(content, textpage, turn)
    set_struck_apart(content)
    return content, drawings, turn


def _part_at_rules(content: Page, textpage: Any, turn: pymupdf.Matrix | None) -> None:
    """Words that run through a drawn line are two: cells set so close that the file has no blank between them.

    Not so where the line runs between two small letters: a word that is wider than its cell.
    """
    crossing = list(_crossing(content))
    if not crossing or turn is not None:
        return
    chars = [
        (c["bbox"], c["c"])
        for block in textpage.extractRAWDICT()["blocks"]
        for line in block.get("lines", ())
        for span in line["spans"]
        for c in span["chars"]
    ]
    for word, x in crossing:
        behind = _cut_at(word, x, [(b, c) for b, c in chars if _holds(word, b)])
        if behind is not None:
            content.words.append(behind)


def _crossing(content: Page) -> Iterator[tuple[Word, float]]:
    """The words that a line down the page runs through, and where it does."""
    rules = sorted(content.verticals)
    xs = [x for x, _, _ in rules]
    for word in content.words:
        reach = 0.25 * word.size
        for x, y0, y1 in rules[bisect(xs, word.x0 + reach) : bisect(xs, word.x1 - reach)]:
            if y0 <= word.middle <= y1 and len(word.text) > 1:
                yield word, x


def _holds(word: Word, box: Sequence[float]) -> bool:
    """Whether a letter's box is one of the word's."""
    return word.x0 - 0.1 <= box[0] and box[2] <= word.x1 + 0.1 and box[1] <= word.middle <= box[3]


def _cut_at(word: Word, x: float, letters: list[tuple[Sequence[float], str]]) -> Word | None:
    """Ends a word at x, and the word that begins there; None (and nothing done) where it is one."""
    parts: tuple[list[str], list[str]] = ([], [])
    end, start = word.x0, word.x1
    for (x0, _, x1, _), letter in letters:
        behind = (x0 + x1) / 2 >= x
        parts[behind].append(letter)
        end, start = (end, min(start, x0)) if behind else (max(end, x1), start)
    left, right = ("".join(part).strip() for part in parts)
    if not left or not right or left + right != word.raw or (left[-1].islower() and right[0].islower()):
        return None
    if is_number(word.text) and (not right[0].isdigit() or start - end < _CELLS_APART * word.size):
        return None  # a line through one figure, not between two
    second = Word(repair(right), start, word.y0, word.x1, word.y1, word.size, word.bold, word.italic, 1.0, right)
    word.text, word.raw, word.x1 = repair(left), left, end
    return second


def _letter_by_letter(found: list[tuple[Any, ...]]) -> bool:
    """Whether a page's text is drawn one letter at a time: then the drawing order is no evidence for words."""
    held = [w[4] for w in found if w[4][0].isalnum()]
    return len(held) > 20 and sum(len(text) == 1 for text in held) > 0.6 * len(held)


def _letters(textpage: Any) -> list[tuple[Any, ...]]:
    """Every letter as a word of its own, in the form of PyMuPDF's words; they are joined by where they stand."""
    blocks = (b for b in textpage.extractRAWDICT()["blocks"] if b["type"] == 0)
    return [
        (*c["bbox"], c["c"], number, i, 0)
        for number, block in enumerate(blocks)
        for i, line in enumerate(block["lines"])
        for span in line["spans"]
        for c in span["chars"]
        if not c["c"].isspace()
    ]


def is_image(page: Any) -> bool:
    """Whether a page without text shows an image (a scan) rather than nothing."""
    return bool(page.get_images()) or bool(page.get_image_info())


def has_hidden_text(page: Any) -> bool:
    """Whether a page is one image and its text is not seen: the layer that some OCR laid over or under a scan."""
    if not any(min(image[2:4]) >= _SMALLEST_SCAN for image in page.get_images()):
        return False
    least = _COVERING * abs(page.cropbox)
    hidden, seen, covered = 0, 0, False
    for kind, box in page.get_bboxlog():
        if kind == "fill-image" and abs(pymupdf.Rect(box)) >= least:
            hidden, seen, covered = hidden + seen, 0, True
        elif kind == "ignore-text":
            hidden += 1
        elif kind.endswith("-text"):
            seen += 1
    return covered and hidden > _HIDDEN * (hidden + seen)


def _frame(
    page: Any, blocks: list[dict[str, Any]]
) -> tuple[pymupdf.Matrix | None, pymupdf.Matrix | None, float, float]:
    """The matrix from the file's frame to the reading frame and back to the shown page (None: the same), its size."""
    shown = page.rotation_matrix if page.rotation else None
    lines = [line for block in blocks if block["type"] == _TEXT for line in block["lines"]]
    directions: Counter[tuple[int, int]] = Counter()
    if len({line["dir"] for line in lines}) == 1:  # the usual case: no letters need be counted
        lines = lines[:1]
    for line in lines:
        dx, dy = line["dir"]
        directions[(round(dx), round(dy))] += sum(len(s["text"]) for s in line["spans"])
    (dx, dy) = directions.most_common(1)[0][0] if directions else (1, 0)
    width, height = page.rect.width, page.rect.height
    if shown is not None:
        dx, dy = round(dx * shown.a + dy * shown.c), round(dx * shown.b + dy * shown.d)
    if (dx, dy) not in _TURNS:
        return shown, None, width, height
    a, b, c, d = _TURNS[dx, dy]
    right, down = a * width + c * height, b * width + d * height  # where the page's far corner comes to lie
    sideways = pymupdf.Matrix(a, b, c, d, max(0, -right), max(0, -down))
    turn = sideways if shown is None else shown * sideways
    return turn, ~sideways, abs(right), abs(down)


@record
class _Style:
    """A run of text of one style on a line: where it begins and ends in the text's direction, and how it is set."""

    start: float
    end: float
    size: float
    bold: bool = False
    italic: bool = False
    text: str = ""
    unseen: bool = False
    raised: bool = False


@dataclass(slots=True)
class _TextLine:
    """How a line of the page's text is set."""

    direction: tuple[float, float]
    across: bool  # across the reading direction
    styles: list[_Style]

    def along(self, box: Sequence[float]) -> tuple[float, float]:
        """Where a box begins and ends in the text's direction."""
        if abs(self.direction[0]) > 0.5:
            return box[0], box[2]
        return (box[1], box[3]) if self.direction[1] > 0 else (-box[3], -box[1])

    def styled(self, text: str, box: Sequence[float]) -> tuple[str, _Style]:
        """A word of the line, a footnote's mark at its end raised, and the style that its middle falls into."""
        if len(self.styles) == 1:
            return text, self.styles[0]
        begin, finish = self.along(box)
        at = (begin + finish) / 2
        style = next((s for s in self.styles if s.start - 0.5 <= at <= s.end + 0.5), None)
        return _raised_marker(text, begin, finish, self.styles), style or _Style(begin, finish, box[3] - box[1])


def _add_words(
    content: Page,
    found: list[tuple[Any, ...]],
    marked: list[str],
    blocks: list[dict[str, Any]],
    turn: pymupdf.Matrix | None,
    unseen: Unseen,
) -> None:
    """Adds the page's words in the reading frame: those that are seen, those that are not, those set sideways."""
    orders = [order for order, b in enumerate(blocks) if b["type"] == _TEXT]
    lines = {
        (number, i): _text_line(line, order, turn, unseen)
        for number, order in enumerate(orders)
        for i, line in enumerate(blocks[order]["lines"])
    }
    untold = _text_line({"dir": (1.0, 0.0), "spans": ()}, 0, turn, unseen)  # of a line that PyMuPDF tells no more of
    sideways: dict[tuple[int, int], list[Word]] = {}
    for (*box, raw, block_number, line_number, _), printed in zip(found, marked, strict=True):
        at = block_number, line_number
        line = lines.get(at, untold)
        text, style = line.styled(printed, box)
        x0, y0, x1, y1 = box if turn is None else pymupdf.Rect(box) * turn
        word = Word(text, x0, y0, x1, y1, style.size, style.bold, style.italic, 1.0, raw)
        if not text.isascii() and not _mended(word):
            continue
        if style.unseen:
            content.unseen.append(word)
        elif line.across and len(text) > 1:
            sideways.setdefault(at, []).append(word)
        else:
            content.words.append(word)
    heads, content.sideways = upright([joined(words) for words in sideways.values()])
    content.words += heads


def _mended(word: Word) -> bool:
    """Mends a word's letters and a sign that its font lost; False where nothing is left of it."""
    if word.text.isspace():
        return False  # a wide blank is a word to PyMuPDF
    if needs_repair(word.text):
        word.text = repair(word.text)
        if not word.text.strip():
            return False
    if sign := lost_sign(word.text):
        word.text, word.alternatives, word.confidence = f"-{sign}", (sign,), SIGN_TOLD
    return True


def _text_line(line: dict[str, Any], order: int, turn: pymupdf.Matrix | None, unseen: Unseen) -> _TextLine:
    """How a line of the block of that order is set; `turn` leads to the reading frame."""
    dx, dy = line["dir"]
    along = dx if turn is None else dx * turn.a + dy * turn.c
    made = _TextLine((dx, dy), abs(along) < 0.5, [])
    for s in line["spans"]:
        bold, italic = _face(s["flags"], s.get("char_flags", 0), s["font"])
        raised_ = bool(s["flags"] & pymupdf.TEXT_FONT_SUPERSCRIPT)
        made.styles.append(
            _Style(*made.along(s["bbox"]), s["size"], bold, italic, s["text"], unseen(order, s), raised_)
        )
    return made


@lru_cache(maxsize=4096)
def _face(flags: int, char_flags: int, font: str) -> tuple[bool, bool]:
    """Whether a span is bold and whether it is italic, by its flags or its font's name."""
    name = font.lower()
    bold = bool(flags & 16) or bool(char_flags & 8) or "bold" in name
    return bold, bool(flags & 2) or "italic" in name or "oblique" in name


def _raised_marker(text: str, x0: float, x1: float, styles: Sequence[_Style]) -> str:
    """The word with its last characters raised, where they stand in a smaller span of digits at its end."""
    for before, style in pairwise(styles):
        marker = style.text.strip()
        if (
            x0 < style.start < x1 + 0.5
            and style.end >= x1 - 0.5
            and (style.size < 0.86 * before.size or style.raised)
            and 0 < len(marker) < len(text)
            and text.endswith(marker)
            and (all(c.isdigit() or c in ")*" for c in marker) or (marker in RAISED_LETTERS and text[-2].isdigit()))
        ):
            return text[: -len(marker)] + raised(marker)
    return text


def _add_graphics(content: Page, drawings: Sequence[dict[str, Any]], turn: pymupdf.Matrix | None) -> None:
    for drawing in drawings:
        fill = drawing.get("fill")
        filled = fill is not None and min(fill) < _LIGHTEST and drawing.get("fill_opacity", 1) > _FAINTEST
        for kind, shape, *more in drawing["items"]:
            if kind == "l":
                (ax, ay), (bx, by) = shape, more[0]
                _add_rect(content, turn, (min(ax, bx), min(ay, by), max(ax, bx), max(ay, by)), True, False)
            elif kind in ("re", "qu"):
                rect = shape if kind == "re" else pymupdf.Quad(shape).rect
                _add_rect(content, turn, rect, "s" in drawing["type"], filled)


def _is_plain(vector: dict[str, Any]) -> bool:
    """Whether a vector of the text page tells all of what is drawn: a filled rectangle, or one line.

    Not so a drawn frame, whose width of line it includes, nor one line of several in a path, which may be a tick box;
    nor small rectangles in one path, which may be its frame.
    """
    if not vector["stroked"]:
        x0, y0, x1, y1 = vector["bbox"]
        return bool(vector["isrect"]) and not (vector["continues"] and max(x1 - x0, y1 - y0) <= LARGEST_BOX)
    return vector["isrect"] and _is_thin(vector["bbox"]) and not vector["continues"]


def _add_vectors(content: Page, vectors: list[dict[str, Any]]) -> None:
    for vector in vectors:
        x0, y0, x1, y1 = vector["bbox"]
        if vector["stroked"]:
            pen = min(x1 - x0, y1 - y0) / 2  # the box is wider than the line by this on all sides
            _add_rect(content, None, (x0 + pen, y0 + pen, x1 - pen, y1 - pen), True, False)
            continue
        colour = vector["color"]
        darkest = min(colour >> 16 & 255, colour >> 8 & 255, colour & 255)
        filled = darkest < _LIGHTEST * 255 and vector["alpha"] > _FAINTEST * 255
        _add_rect(content, None, (x0, y0, x1, y1), False, filled)


def _is_thin(rect: tuple[float, float, float, float]) -> bool:
    return rect[2] - rect[0] <= _THIN or rect[3] - rect[1] <= _THIN


def _add_rect(content: Page, turn: pymupdf.Matrix | None, rect: Area, stroke: bool, filled: bool) -> None:
    """Adds a rectangle of the file's frame: a thin one is a line, another a fill, or four lines, or both."""
    x0, y0, x1, y1 = rect if turn is None else pymupdf.Rect(rect) * turn
    wide, high = x1 - x0, y1 - y0
    if wide > 0.97 * content.width and high > 0.9 * content.height:
        return  # the page's own background
    if high <= _THIN and wide > 4:
        content.horizontals.append(((y0 + y1) / 2, x0, x1))
    elif wide <= _THIN and high > 4:
        content.verticals.append(((x0 + x1) / 2, y0, y1))
    elif wide > _THIN and high > _THIN:
        if filled:
            content.fills.append((x0, y0, x1, y1))
        if stroke and wide > 4 and high > 4:
            content.horizontals += [(y0, x0, x1), (y1, x0, x1)]
            content.verticals += [(x0, y0, y1), (x1, y0, y1)]
