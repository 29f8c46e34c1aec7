"""What of a PDF page is print but no text: pictures of tables, letters drawn as curves, fonts that tell no letter."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np

from extract.light import pymupdf
from extract.page.model import Area, Page
from extract.records import record


@record
class Likeness:
    """What a picture or a drawing is like that holds print."""

    wide: float = 120.0  # points: pictures of tables are no smaller
    high: float = 40.0
    share: float = 0.03  # of the page: signs and logos are smaller
    words_over: int = 3  # a picture under more words than this is a ground
    paper: float = 0.5  # share of a picture of print that is as light as paper, at least
    light: int = 200  # of 255: as light as paper
    ink: float = 0.004  # share that is as dark as ink, at least
    dark: int = 110  # of 255
    dpi: int = 50  # at which a picture is looked at
    letter: tuple[float, float] = (2.0, 20.0)  # points: how high drawn letters are, at least and at most
    letters: int = 60  # drawn letters of a page that are text rather than a sign or a chart's marks
    words: int = 30  # words of a page among which a language's small words must be
    lost: float = 0.3  # share of a page's characters that tell no letter


LIKE = Likeness()
_LEADER = re.compile(r"(?<=\w)\ufffd{4,}$")
#: Words that no page of running text is without, Danish and English.
_SMALL_WORDS = frozenset(
    ("og", "af", "i", "til", "for", "er", "på", "den", "det", "en", "at", "med", "som", "de", "der", "kr.", "the", "of")
)


def unread_areas(page: Any, content: Page, drawings: Sequence[dict[str, Any]]) -> list[Area]:
    """Where on a page print stands that is no text; in the file's frame.  Raises what PyMuPDF raises on damage."""
    found = list(_pictures(page, content)) if page.get_images() else []
    letters = [d["rect"] for d in drawings if _is_letter(d)]
    if len(letters) >= LIKE.letters:
        found.append(
            (
                min(r[0] for r in letters) - 1,
                min(r[1] for r in letters) - 1,
                max(r[2] for r in letters) + 1,
                max(r[3] for r in letters) + 1,
            )
        )
    return found


def without_letters(drawings: Sequence[dict[str, Any]]) -> Sequence[dict[str, Any]]:
    """The drawings of a page without those that are letters drawn as curves, and their bars and dots."""
    if sum(map(_is_letter, drawings)) < LIKE.letters:
        return drawings
    most = LIKE.letter[1]
    return [
        d for d in drawings if "s" in d["type"] or max(d["rect"][2] - d["rect"][0], d["rect"][3] - d["rect"][1]) > most
    ]


def is_drawn_text(page: Any) -> bool:
    """Whether a page without text holds letters drawn as curves."""
    return sum(map(_is_letter, page.get_cdrawings())) >= LIKE.letters


def is_untold(page: Any, content: Page) -> bool:
    """Whether a page's fonts tell other characters than those that are seen, or none."""
    texts = [w.text for w in content.words]
    if len(texts) < LIKE.words:
        return False
    characters = "".join(texts)
    if characters.count("\ufffd") > LIKE.lost * len(characters):
        words = sum("\ufffd" in _LEADER.sub("", t) for t in texts)  # leader dots may be most of a page's characters
        if words > LIKE.lost * len(texts):
            return True
    if not _SMALL_WORDS.isdisjoint(t.lower() for t in texts):
        return False
    document = page.parent
    composed = [font[0] for font in page.get_fonts() if font[2] == "Type0" or font[5] == "Identity-H"]
    return any(document.xref_get_key(xref, "ToUnicode")[0] == "null" for xref in composed)


def _is_letter(drawing: dict[str, Any]) -> bool:
    """Whether a drawing may be a letter: a small filled shape with curves or slanting lines."""
    x0, y0, x1, y1 = drawing["rect"]
    least, most = LIKE.letter
    if "f" not in drawing["type"] or not least <= y1 - y0 <= most or x1 - x0 > most:
        return False
    return any(item[0] == "c" for item in drawing["items"]) or len(drawing["items"]) > 3


def _pictures(page: Any, content: Page) -> Iterator[Area]:
    for image in page.get_image_info():
        x0, y0, x1, y1 = pymupdf.Rect(image["bbox"]) & page.rect
        wide, high = x1 - x0, y1 - y0
        if wide < LIKE.wide or high < LIKE.high or wide * high < LIKE.share * content.width * content.height:
            continue
        over = sum(x0 < w.x0 and w.x1 < x1 and y0 < w.middle < y1 for w in content.words)
        if over <= LIKE.words_over and _is_print(page, (x0, y0, x1, y1)):
            yield x0, y0, x1, y1


def _is_print(page: Any, area: Area) -> bool:
    """Whether a picture looks like print rather than a photograph: paper, and some ink."""
    pixmap = page.get_pixmap(dpi=LIKE.dpi, colorspace=pymupdf.csGRAY, alpha=False, clip=area)
    grey = np.frombuffer(pixmap.samples, dtype=np.uint8).reshape(pixmap.height, pixmap.stride)[:, : pixmap.width]
    return bool((grey > LIKE.light).mean() >= LIKE.paper and (grey < LIKE.dark).mean() >= LIKE.ink)
