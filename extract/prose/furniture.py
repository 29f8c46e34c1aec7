"""Page furniture: running heads and feet and page numbers, told from the text and the tables at a page's edge."""

from __future__ import annotations

import re
from collections import Counter

from extract.page.model import Page, VisualLine
from extract.prose.chains import body_size
from lexicon.captions import is_caption, is_note

_PAGE_NUMBER = re.compile(r"^\W*(?:side|page|s\.)?\s*\d{1,4}\s*(?:(?:af|of|/)\s*\d{1,4})?\W*$", re.IGNORECASE)
_NAMED_PAGE = re.compile(r"^\W*(?:side|page)\b", re.IGNORECASE)
_PAGE = re.compile(r"\b(?:side|page)\b", re.IGNORECASE)
_FIGURES = re.compile(r"(?:^|\s)[-–−(]?\d[\d.,]{2,}\)?(?=\s|$)")
_DIGITS = re.compile(r"\d+")
_OFTEN, _NOT_SELDOM = 0.6, 0.25  # shares of a document's pages
_LOUD = 0.7  # points by which print is larger than the text
_EDGE = 0.1  # of the paper's longer side: its margins are the same whichever way it is turned
_APART = 1.2  # line heights between furniture and what the page says; a caption or a heading stands nearer to its text


def furniture(pages: list[tuple[Page, list[VisualLine]]]) -> set[int]:
    """The ids of lines that are page furniture: page numbers, and what stands at the same edge of several pages.

    Furniture is the outermost thing on its page and stands apart from the text: the same caption, section heading or
    header of a table at the top of several pages is none of it, nor is a lone figure of a table's last row.  Bold or
    large lines must stand on more of the pages: a heading may come to a page's top in one case and in the next.
    """
    size = body_size(pages)
    edges = [
        (edge, _outermost(content, lines, top))
        for content, lines in pages
        for edge, top in (("top", True), ("bottom", False))
    ]
    seen = Counter(key for edge, stack in edges for key in {_key(edge, line) for line, _ in stack})
    new = _news(edges)
    found: set[int] = set()
    for edge, stack in edges:
        run: list[int] = []
        for line, gap in stack:
            often = id(line) not in new and seen[_key(edge, line)] >= _least(line, size, len(pages))
            if not (often and _repeats(line)) and not _is_page_number(line, edge, len(pages)):
                break
            run.append(id(line))
            if gap >= _APART * line.size or _NAMED_PAGE.match(line.text):
                found.update(run)
    return found


def _is_page_number(line: VisualLine, edge: str, pages: int) -> bool:
    """Whether a line numbers its page; at the top of the only one a number may say anything."""
    return (edge == "bottom" or pages > 1) and _PAGE_NUMBER.match(line.text) is not None


def _least(line: VisualLine, size: float, pages: int) -> float:
    """On how many of the pages a line of furniture stands at least."""
    loud = line.words[0].bold or line.size > size + _LOUD
    return max(2, (_OFTEN if loud else _NOT_SELDOM) * pages)


def _outermost(content: Page, lines: list[VisualLine], top: bool) -> list[tuple[VisualLine, float]]:
    """The lines at one edge of a page from the outside in, each with its distance from the next line inwards."""
    inwards = lines if top else lines[::-1]
    stack = []
    margin = _EDGE * max(content.width, content.height)
    for i, line in enumerate(inwards):
        if not (line.y1 < margin if top else line.y0 > content.height - margin):
            break
        inner = inwards[i + 1] if i + 1 < len(inwards) else None
        gap = content.height if inner is None else inner.y0 - line.y1 if top else line.y0 - inner.y1
        stack.append((line, gap))
    return stack


def _news(edges: list[tuple[str, list[tuple[VisualLine, float]]]]) -> set[int]:
    """The ids of lines at edges that say what their like on earlier pages did not: a code or an item's number, which
    neither stays the same nor counts the pages ("Spørgsmål 60", "Spørgsmål 44")."""
    alike: dict[str, list[tuple[int, VisualLine]]] = {}
    for n, (edge, stack) in enumerate(edges):
        for line, _ in stack:
            alike.setdefault(_key(edge, line), []).append((n // 2, line))
    found: set[int] = set()
    for lines in alike.values():
        texts = [line.text for _, line in lines]
        if not _PAGE.search(texts[0]) and not _counts_pages(lines):
            found |= {id(line) for n, (_, line) in enumerate(lines) if line.text not in texts[:n]}
    return found


def _counts_pages(lines: list[tuple[int, VisualLine]]) -> bool:
    """Whether every number in lines that are alike otherwise stays the same, or goes up by one with each page."""
    numbers = zip(*([(page, int(n)) for n in _DIGITS.findall(line.text)] for page, line in lines), strict=False)
    return all(len({n for _, n in at}) == 1 or len({n - page for page, n in at}) == 1 for at in numbers)


def _repeats(line: VisualLine) -> bool:
    """Whether a line may be a running head at all: no caption, no note, no row of figures or years."""
    return not is_caption(line.text) and not is_note(line.text) and len(_FIGURES.findall(line.text)) < 2


def _key(edge: str, line: VisualLine) -> str:
    """What a running head has in common on its pages: its edge and its letters, whatever number it counts."""
    return edge + _DIGITS.sub("#", "".join(c for c in line.text.lower() if c.isalnum()))
