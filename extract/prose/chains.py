"""Running text of the pages: lines joined to paragraphs, headings told from them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass
from functools import reduce

from extract.headings import numbered
from extract.models import Box, Cell, Heading, Line, Paragraph, Place
from extract.page.model import Area, Page, Token, VisualLine, Word, extent
from extract.page.tokens import make_token
from lexicon.captions import is_caption, is_note
from lexicon.hyphens import join_lines
from lexicon.lines import is_field_line

_BULLET = re.compile(r"^\s*(?:[-–•·*o▪]|[a-z]\))\s+")
_LIST_ITEM = re.compile(rf"{_BULLET.pattern}|^\s*\d{{1,2}}[.)]\s+")
_UNIT_LINE = re.compile(r"^\(?(?:hele|mio\.?|1\.?000|t\.?|i)?\s*(?:mio\. |1\.?000 |hele )?kr\b.{0,30}$", re.IGNORECASE)
_LEADING, _OVERLAP = 0.75, 0.6  # font sizes between the lines of a paragraph, and by which they may overlap
_INDENT = 3.2  # font sizes that a paragraph's lines are set in
_SAME_SIZE = 0.6  # points between the sizes of one paragraph's lines
_LARGER, _LARGER_ITEM = 0.7, 1.5  # points by which headings are larger than the text; an item of a list is not so large
_HEADING_LINES, _HEADING_LETTERS = 4, 220  # of a heading, at most
_HEADING_GAP = 4.0  # font sizes within a heading's line
_SENTENCE = 160  # letters of bold words that end in a full stop and are a sentence
_OPEN_UNIT = re.compile(r"\b(?:mio|mia|t|ca|pr)\.$")


@dataclass(slots=True)
class Chain:
    """Lines of running text that belong together, and the page they stand on."""

    content: Page
    tokens: list[list[Token]]
    x0: float
    y0: float
    x1: float
    y1: float
    beside: bool = False  # other text stands on its height, or the columns of a table right below it

    @property
    def text(self) -> str:
        return " ".join(map(_text, self.tokens))

    def is_ruled_off(self, below: Area) -> bool:
        """Whether a drawn line parts the chain from what stands below it."""
        x0, y0, x1, _ = below
        return any(self.y1 - 1 < y < y0 + 2 and a <= x0 + 5 and b >= x1 - 5 for y, a, b in self.content.horizontals)


def watermarks(pages: list[Page]) -> set[int]:
    """The ids of words that are stamped over pages ("UDKAST"): far larger than all text, on several or across words."""
    exact = Counter([w.size for content in pages for w in content.words])
    sizes: Counter[int] = Counter()
    for own, count in exact.items():
        sizes[round(own)] += count
    size = sizes.most_common(1)[0][0] if sizes else 10
    if max(exact, default=0.0) <= 3.2 * size:
        return set()
    huge = [w for content in pages for w in content.words if w.size > 3.2 * size]
    seen = Counter(w.text for w in huge)
    return {id(w) for w in huge if seen[w.text] > 1 or any(_covers(w, content.words) for content in pages)}


def _covers(stamp: Word, words: list[Word]) -> bool:
    """Whether a word lies across others of its page, as nothing that is printed to be read does."""
    if all(w is not stamp for w in words):
        return False
    inside = [w for w in words if stamp.x0 < w.x0 and w.x1 < stamp.x1 and stamp.y0 < w.y0 and w.y1 < stamp.y1]
    return len(inside) > 2


def body_size(pages: list[tuple[Page, list[VisualLine]]]) -> float:
    """The size most of the running text has."""
    sizes: Counter[float] = Counter()
    for _, lines in pages:
        for line in lines:
            sizes[round(line.words[0].size * 2) / 2] += len(line.words)
    return sizes.most_common(1)[0][0] if sizes else 10.0


def chains(content: Page, lines: list[VisualLine], size: float) -> list[Chain]:
    """The lines joined downwards: text of one column, one style, normal leading."""
    made: list[Chain] = []
    open_: list[Chain] = []
    for line in lines:
        pieces = _pieces(line)
        asks = (
            len(pieces) > 1 and pieces[0][0].bold and not pieces[1][0].bold
        )  # a label, and beside it what it asks for
        fresh: list[Chain] = []
        for position, piece in enumerate(pieces):
            area = extent(piece)
            home = next((c for c in open_ if _goes_on(c, piece, area, size)), None)
            if asks and position > 0 and not _label_goes_on(open_, pieces[0]):
                home = None
            if home is None or home.is_ruled_off(area):
                fresh.append(Chain(content, [piece], *area, len(pieces) > 1))
            else:
                home.tokens.append(piece)
                home.x0, home.x1, home.y1 = min(home.x0, area[0]), max(home.x1, area[2]), area[3]
        made += fresh
        open_ = [c for c in open_ if line.y0 - c.y1 < 1.2 * size] + fresh
    _mark_neighbours(made)
    return made


def _mark_neighbours(made: list[Chain]) -> None:
    """Bold texts that stand side by side, on whatever lines, are the header of a table of words."""
    bold = [c for c in made if c.tokens[0][0].bold]
    for n, one in enumerate(bold):
        for other in bold[n + 1 :]:
            apart = one.x1 <= other.x0 or other.x1 <= one.x0
            if apart and min(one.y1, other.y1) - max(one.y0, other.y0) > 0:
                one.beside = other.beside = True


def _label_goes_on(open_: list[Chain], label: list[Token]) -> bool:
    """A form's label is wrapped: this line's label continues the one above."""
    above = next((c for c in open_ if abs(c.x0 - label[0].x0) < 2 and c.tokens[-1][0].bold), None)
    return above is not None and not above.text.rstrip().endswith(":")


def _pieces(line: VisualLine) -> list[list[Token]]:
    """The line's parts that may belong to different columns; a tick box begins a part and keeps the words it ticks."""
    tokens = line.tokens
    if any(t.text[0] in "☐☒" or "☐" in t.text or "☒" in t.text for t in tokens):
        pieces: list[list[Token]] = []
        for token in (part for t in tokens for part in _split_boxes(t)):
            if pieces and len(pieces[-1]) == 1 and pieces[-1][0].text in "☐☒":
                pieces[-1].append(token)
            else:
                pieces.append([token])
        return pieces
    return [tokens] if _whole(line) else [[t] for t in tokens]


def _split_boxes(token: Token) -> list[Token]:
    groups: list[list[Word]] = []
    for word in token.words:
        if not groups or word.text[0] in "☐☒":
            groups.append([word])
        else:
            groups[-1].append(word)
    return [make_token(g) for g in groups]


def _whole(line: VisualLine) -> bool:
    """A line of one column: its gaps are those of justified text or tabs of a list, not of columns."""
    if len(line.tokens) == 1:
        return True
    first = line.tokens[0]
    if _LIST_ITEM.match(first.text + " ") and len(line.tokens) == 2:
        return True
    widest = max(b.x0 - a.x1 for a, b in zip(line.tokens, line.tokens[1:], strict=False))
    words = sum(len(t.words) for t in line.tokens)
    return words >= 5 and widest < 1.6 * line.size


def _goes_on(chain: Chain, piece: list[Token], area: Area, size: float) -> bool:
    """Whether a piece of a line is the next line of a chain: below it, in its style, and no beginning of its own."""
    own = piece[0].size
    x0, y0, x1, _ = area
    gap = y0 - chain.y1
    if not -_OVERLAP * own <= gap <= _LEADING * own or x0 > chain.x1 or x1 < chain.x0:
        return False
    if abs(chain.tokens[-1][0].size - own) > _SAME_SIZE or _changes_weight(chain.tokens[-1], piece):
        return False
    if _is_closed(chain) or _begins_anew(chain.tokens[-1], piece, size):
        return False
    return abs(x0 - chain.x0) < _INDENT * size or x0 < chain.x0


def _changes_weight(last: list[Token], piece: list[Token]) -> bool:
    """Whether a line that is bold throughout is followed by one that is not."""
    return last[0].bold and not piece[0].bold and all(w.bold for t in last for w in t.words)


def _is_closed(chain: Chain) -> bool:
    """Whether nothing goes on with a chain: a bold label that asks for something, a tick box's wrapped words."""
    last = chain.tokens[-1]
    return (last[0].bold and last[-1].text.endswith(":")) or (len(chain.tokens) > 1 and _is_box(chain.tokens[0][0]))


def _begins_anew(last: list[Token], piece: list[Token], size: float) -> bool:
    """Whether a line is the first of something: a note, a caption, an item of a list, a box, a unit, a heading."""
    text = piece[0].text
    whole = _text(piece)
    if is_note(text) or _is_box(piece[0]) or is_caption(whole):
        return True
    if piece[0].bold and (numbered(whole) is not None or _heads_field(whole, _text(last))):
        return True
    if _BULLET.match(text + " ") and piece[0].size < size + _LARGER_ITEM:
        return True
    ended = last[-1].text.endswith(".") and not _OPEN_UNIT.search(last[-1].text)
    return ended and len(piece) == 1 and _UNIT_LINE.match(text) is not None


def _heads_field(text: str, above: str) -> bool:
    """Whether a line is a field of a head in large print, below another or below a code."""
    return is_field_line(text) and (is_field_line(above) or above[-1:].isdigit())


def _text(tokens: list[Token]) -> str:
    return " ".join([t.text for t in tokens])


def _is_box(token: Token) -> bool:
    return token.text[0] in "☐☒"


def to_block(chain: Chain, size: float, known: frozenset[str], ranks: dict[float, int]) -> Heading | Paragraph:
    """A chain as a heading or a paragraph."""
    content = chain.content
    lines = []
    for tokens in chain.tokens:
        boxes = [content.shown(t.x0, t.y0, t.x1, t.y1) for t in tokens]
        segments = tuple(
            [
                Cell(t.text, " ".join([w.raw or w.text for w in t.words]), Place(content.number, box), bold=t.bold)
                for t, box in zip(tokens, boxes, strict=True)
            ]
        )
        place = Place(content.number, reduce(Box.union, boxes))
        lines.append(Line(_text(tokens), place, segments, all(t.bold for t in tokens), tokens[0].size))
    text = join_lines([line.text for line in lines], known)
    place = Place(content.number, content.shown(chain.x0, chain.y0, chain.x1, chain.y1))
    heading = _heading(chain, text, size, place, ranks)
    return heading if heading is not None else Paragraph(text, tuple(lines), place)


def _heading(chain: Chain, text: str, size: float, place: Place, ranks: dict[float, int]) -> Heading | None:
    """The chain as a heading; None where it is none."""
    if not _may_head(chain, text, size):
        return None
    words = [w for line in chain.tokens for t in line for w in t.words]
    bold = all(w.bold for w in words if any(c.isalnum() for c in w.text))
    own = words[0].size
    larger = own > size + _LARGER
    if not larger and not (bold and _heads_by_weight(chain, text)):
        return None
    number, title = numbered(text) or (None, text)
    level = number.count(".") + 1 if number else ranks.get(round(own, 1), 2)
    return Heading(title.strip(), number, level, place, bold, own)


def _may_head(chain: Chain, text: str, size: float) -> bool:
    """Whether a chain has the shape of a heading: a few lines of words in one piece, no caption and no tick box."""
    if len(chain.tokens) > _HEADING_LINES or len(text) > _HEADING_LETTERS or text[0] in "☐☒":
        return False
    apart = any(len(line) > 1 and line[1].x0 - line[0].x1 > _HEADING_GAP * size for line in chain.tokens)
    return not apart and any(c.isalpha() for c in text) and not is_caption(text)


def _heads_by_weight(chain: Chain, text: str) -> bool:
    """Whether bold words of the text's own size head what follows.

    Not so a part of a sentence, a unit of the table below, a form's label or a header cell of a table of words.
    """
    end = text.rstrip()[-1]
    if end in ";," or (end == "." and len(text) > _SENTENCE) or _UNIT_LINE.match(text):
        return False
    return not chain.beside or (end != ":" and numbered(text) is not None)


def size_ranks(all_chains: list[Chain], size: float) -> dict[float, int]:
    """Heading levels by font size: the larger, the higher; body size is level 2 or below."""
    sizes = sorted(
        {round(c.tokens[0][0].size, 1) for c in all_chains if c.tokens[0][0].size > size + _LARGER}, reverse=True
    )
    return {s: min(i + 1, 3) for i, s in enumerate(sizes)}
