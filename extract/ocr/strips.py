"""Pieces of a page read alone: set under each other on one strip, larger, with digits and signs only."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
from PIL import Image

from extract.ocr.tesseract import read_words

Grey = npt.NDArray[np.uint8]

_CHARACTERS = "0123456789.,-–—%()"
_LINES = 6  # Tesseract's page segmentation: one block of lines
_GAP = 34


def read_strip(pieces: Sequence[Grey], dpi: int, scale: float) -> list[tuple[str, float] | None]:
    """For each piece (grey on white) what it reads and with what confidence; None where nothing was read.

    `scale` is how much larger the pieces are set.
    """
    if not pieces:
        return []
    large = [_scaled(p, scale) for p in pieces]
    width = max(p.shape[1] for p in large) + 2 * _GAP
    strip = np.full((sum(p.shape[0] + _GAP for p in large) + _GAP, width), 255, dtype=np.uint8)
    spans = []
    y = _GAP
    for piece in large:
        strip[y : y + piece.shape[0], _GAP : _GAP + piece.shape[1]] = piece
        spans.append((y, y + piece.shape[0]))
        y += piece.shape[0] + _GAP
    read = read_words(strip, dpi, _LINES, _CHARACTERS)
    found: list[tuple[str, float] | None] = []
    for top, bottom in spans:
        inside = sorted((w for w in read if top - 8 <= (w.y0 + w.y1) / 2 <= bottom + 8), key=lambda w: w.x0)
        text = "".join(w.text for w in inside)
        found.append((text, min(w.confidence for w in inside)) if inside else None)
    return found


def _scaled(piece: Grey, scale: float) -> Grey:
    size = (max(1, int(piece.shape[1] * scale)), max(1, int(piece.shape[0] * scale)))
    return np.asarray(Image.fromarray(piece).resize(size, Image.Resampling.BICUBIC))
