"""Which text of a PDF page nobody sees: too small, without paint, in the colour of its ground, or covered.

Such text is no part of what is printed.  It is not read, but kept apart and counted (`Page.unseen`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from extract.records import record

_TEXT, _VECTOR = 0, 3  # kinds of block
_PAINTED = 16 | 32  # MuPDF's flags of a character: filled, stroked
_WHITE = (255, 255, 255)
_STRIP = 24.0  # points: the height of the strips that fills are looked up by


@record
class Limits:
    """From where on text is not seen."""

    smallest: float = 2.0  # points: the size of letters
    faintest: int = 6  # of 255: the opacity
    alike: int = 18  # of 255: how little a colour may differ from its ground, in each part
    light: int = 225  # of 255: letters lighter than this are looked at against their ground
    dark: int = 60  # of 255: fills darker than this hide dark letters
    layer: float = 0.5  # share of a page's text without paint that makes it the text layer of a picture
    reach: float = 1.0  # points by which letters may stand out of what covers them


LIMITS = Limits()


@record
class _Fill:
    """A filled rectangle: when it is drawn among the page's blocks, where, in which colour."""

    order: int
    box: tuple[float, float, float, float]
    colour: tuple[int, int, int]

    def holds(self, box: Sequence[float]) -> bool:
        reach = LIMITS.reach
        x0, y0, x1, y1 = self.box
        return x0 - reach <= box[0] and y0 - reach <= box[1] and box[2] <= x1 + reach and box[3] <= y1 + reach


class _Fills:
    """A page's filled rectangles, in the order in which they are drawn."""

    def __init__(self, fills: Iterable[_Fill]) -> None:
        self._at_height: dict[int, list[_Fill]] = defaultdict(list)  # by strips of the page that they reach into
        for fill in fills:
            for strip in range(self._strip(fill.box[1] - LIMITS.reach), self._strip(fill.box[3]) + 1):
                self._at_height[strip].append(fill)

    @staticmethod
    def _strip(y: float) -> int:
        return int(y // _STRIP)

    def __bool__(self) -> bool:
        return bool(self._at_height)

    def under(self, box: Sequence[float]) -> list[_Fill]:
        """Those that hold a box."""
        return [f for f in self._at_height.get(self._strip(box[1]), ()) if f.holds(box)]


def _opaque(blocks: Sequence[dict[str, Any]]) -> Iterator[_Fill]:
    """The filled rectangles of a page that nothing shows through."""
    for order, b in enumerate(blocks):
        if b["type"] == _VECTOR and not b["stroked"] and b["isrect"] and b["alpha"] > 255 - LIMITS.faintest:
            yield _Fill(order, b["bbox"], _rgb(b["color"]))


class Unseen:
    """Tells for each span of a page's text whether it is seen."""

    def __init__(self, page: Any, blocks: Sequence[dict[str, Any]]) -> None:
        self._page = page
        fills = list(_opaque(blocks))
        self._fills = _Fills(fills)
        covers = [f for f in fills if _hides(f.colour)]
        self._covers, self._last_cover = _Fills(covers), max((f.order for f in covers), default=-1)
        self._grounds = {_WHITE, *(f.colour for f in fills)}
        self._fades: dict[int, bool] = {}  # by a letter's colour: whether some ground of the page is like it
        self._pictures: list[Sequence[float]] | None = None
        spans = [s for b in blocks if b["type"] == _TEXT for line in b["lines"] for s in line["spans"]]
        bare = sum(len(s["text"]) for s in spans if not s.get("char_flags", _PAINTED) & _PAINTED)
        self._layer = bare > LIMITS.layer * sum(len(s["text"]) for s in spans)

    def __call__(self, order: int, span: dict[str, Any]) -> bool:
        """Whether nobody sees a span of the block of that order."""
        if span["size"] < LIMITS.smallest or span.get("alpha", 255) <= LIMITS.faintest:
            return True
        if not span.get("char_flags", _PAINTED) & _PAINTED:
            return not self._layer
        colour = span["color"]
        if not self._fills and not colour:
            return False  # the usual case: black on white
        box = span["bbox"]
        if order < self._last_cover and any(f.order > order for f in self._covers.under(box)):
            return True
        rgb = _rgb(colour)
        if not self._may_fade(colour, rgb):
            return False
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2  # a line's blanks and its height reach over its ground
        under = [f for f in self._fills.under((x, y, x, y)) if f.order < order]
        ground = under[-1].colour if under else _WHITE
        if not _alike(rgb, ground):
            return False
        return bool(under) or not self._on_picture(box)

    def _may_fade(self, colour: int, rgb: tuple[int, int, int]) -> bool:
        """Whether some ground of the page is like a letter's colour."""
        if colour not in self._fades:
            self._fades[colour] = any(_alike(rgb, ground) for ground in self._grounds)
        return self._fades[colour]

    def _on_picture(self, box: Sequence[float]) -> bool:
        """Whether letters stand on a picture, or on a fill that is no rectangle or runs from colour to colour."""
        if self._pictures is None:
            self._pictures = [i["bbox"] for i in self._page.get_image_info()]
            self._pictures += [d["rect"] for d in self._page.get_cdrawings() if d.get("fill") not in (None, (1, 1, 1))]
            self._pictures += [box for kind, box in self._page.get_bboxlog() if kind == "fill-shade"]
        x, y = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
        return any(p[0] <= x <= p[2] and p[1] <= y <= p[3] for p in self._pictures)


def _rgb(colour: int) -> tuple[int, int, int]:
    return colour >> 16 & 255, colour >> 8 & 255, colour & 255


def _alike(a: tuple[int, int, int], b: tuple[int, int, int]) -> bool:
    return all(abs(x - y) <= LIMITS.alike for x, y in zip(a, b, strict=True))


def _hides(colour: tuple[int, int, int]) -> bool:
    """Whether a fill drawn over text hides it: white or black; a marker's colour lets it through."""
    return min(colour) > LIMITS.light or max(colour) < LIMITS.dark
