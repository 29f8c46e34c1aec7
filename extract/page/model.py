"""A page: its words, drawn lines and fills with their places, whatever it was read from.

Everything is in the *reading frame*: PDF points from the top left of the page, turned so that its text runs from left
to right.  `Page.shown` maps a box back to the page as shown, which is what every `Place` of the models tells.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from extract.models import Box, Place

RAISED_LETTERS = "abcde"  # that mark footnotes
_RAISED = str.maketrans("0123456789)" + RAISED_LETTERS, "⁰¹²³⁴⁵⁶⁷⁸⁹⁾ᵃᵇᶜᵈᵉ")
Area = tuple[float, float, float, float]
"""x0, y0, x1, y1 in points."""
Matrix = tuple[float, float, float, float, float, float]
"""(a, b, c, d, e, f): x' = a x + c y + e, y' = b x + d y + f."""


@dataclass(slots=True)
class Word:
    """A printed word in the reading frame; `text` is repaired, `raw` as the file has it."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    size: float
    bold: bool = False
    italic: bool = False
    confidence: float = 1.0
    raw: str = ""
    alternatives: tuple[str, ...] = ()

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2


@dataclass(slots=True)
class Printed:
    """The lines of a text file that a page is made of, top to bottom, each `pitch` points below the one before."""

    numbers: list[int]  # 1-based line numbers of the file
    pitch: float

    def line_at(self, y: float) -> int:
        """The number of the line that stands at that height."""
        return self.numbers[min(len(self.numbers) - 1, max(0, int(y / self.pitch)))]


@dataclass(slots=True)
class Page:
    """What stands on a page, in the reading frame (points, top left)."""

    number: int
    width: float
    height: float
    words: list[Word]
    horizontals: list[tuple[float, float, float]] = field(default_factory=list)  # y, x0, x1
    verticals: list[tuple[float, float, float]] = field(default_factory=list)  # x, y0, y1
    fills: list[tuple[float, float, float, float]] = field(default_factory=list)
    to_shown: Matrix | None = None
    scanned: bool = False
    pictured: list[Area] = field(default_factory=list)  # where its words were recognised in a picture
    printed: Printed | None = None  # where its words come from a text file
    unseen: list[Word] = field(default_factory=list)  # in the file, but nobody sees them
    struck: list[Word] = field(default_factory=list)  # struck out
    sideways: list[Word] = field(default_factory=list)  # across the reading direction: stamps in a margin

    def place(self, x0: float, y0: float, x1: float, y1: float) -> Place:
        """Where a box of the reading frame stands: the page and its box as shown, or the line of the text file."""
        if self.printed is not None:
            return Place(self.number, None, self.printed.line_at(y0))
        return Place(self.number, self.shown(x0, y0, x1, y1))

    def shown(self, x0: float, y0: float, x1: float, y1: float) -> Box:
        """A box of the reading frame as a box of the page as shown."""
        if self.to_shown is None:
            return Box(round(x0, 2), round(y0, 2), round(x1, 2), round(y1, 2))
        a, b, c, d, e, f = self.to_shown
        xs = [a * x + c * y + e for x in (x0, x1) for y in (y0, y1)]
        ys = [b * x + d * y + f for x in (x0, x1) for y in (y0, y1)]
        return Box(round(min(xs), 2), round(min(ys), 2), round(max(xs), 2), round(max(ys), 2))


@dataclass(slots=True, eq=False)
class Token:
    """Words of one visual line that belong together."""

    words: list[Word]
    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    figure: bool = False  # a number or a lone dash
    year: bool = False

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def centre(self) -> float:
        return (self.x0 + self.x1) / 2

    @property
    def bold(self) -> bool:
        return self.words[0].bold

    @property
    def size(self) -> float:
        return self.words[0].size


@dataclass(slots=True, eq=False)
class VisualLine:
    """The words on one baseline, left to right."""

    words: list[Word]
    y0: float
    y1: float
    x0: float
    x1: float
    tokens: list[Token] = field(default_factory=list)
    size: float = 0.0  # of its largest word

    def __post_init__(self) -> None:
        self.size = max([w.size for w in self.words])

    @property
    def middle(self) -> float:
        return (self.y0 + self.y1) / 2

    @property
    def text(self) -> str:
        return " ".join(w.text for w in self.words)


def extent(words: Sequence[Word | Token | VisualLine]) -> tuple[float, float, float, float]:
    """The box that holds words, tokens or lines: x0, y0, x1, y1."""
    return (
        min([w.x0 for w in words]),
        min([w.y0 for w in words]),
        max([w.x1 for w in words]),
        max([w.y1 for w in words]),
    )


def raised(text: str) -> str:
    """A footnote marker in raised characters, so that "80.000" with marker 1 never reads as another figure."""
    return text.translate(_RAISED)
