"""A scanned page as an image: rendered, set straight, its drawn lines and tick boxes found and taken out."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt
from PIL import Image

from extract.light import pymupdf
from extract.ocr.rules import find_rules
from extract.ocr.shading import Fill, find_fills
from extract.ocr.squares import Square, find_squares

Grey = npt.NDArray[np.uint8]

DPI = 300
_INK = 0.62  # darker than this share of the paper's white is ink
_BLOCK = 48
_MOST_PIXELS = 60_000_000


@dataclass(slots=True)
class ScanImage:
    """A page set straight: grey values without rules and boxes; the rules, the boxes, the angle it was turned by."""

    grey: Grey
    horizontals: list[tuple[float, float, float]]  # y, x0, x1 in pixels
    verticals: list[tuple[float, float, float]]  # x, y0, y1 in pixels
    angle: float  # degrees
    squares: list[Square] = field(default_factory=list)
    scale: float = 72 / DPI  # points in a pixel
    fills: list[Fill] = field(default_factory=list)  # shaded bands, in pixels
    source: Grey = field(default_factory=lambda: np.zeros((0, 0), dtype=np.uint8))  # the page as it was rendered
    turns: int = 0  # quarter turns counter-clockwise that it was turned by before that

    @property
    def width(self) -> int:
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        return int(self.grey.shape[0])

    @property
    def dpi(self) -> int:
        return round(72 / self.scale)


def scan_image(page: Any) -> ScanImage:
    """Renders a page (as shown) at 300 dpi (huge pages at less), sets it straight and takes its drawn lines out."""
    area = page.rect.width * page.rect.height * (DPI / 72) ** 2
    dpi = DPI if area <= _MOST_PIXELS else max(40, int(DPI * (_MOST_PIXELS / area) ** 0.5))
    pix = page.get_pixmap(dpi=dpi, colorspace=pymupdf.csGRAY, alpha=False)
    grey = np.frombuffer(pix.samples, dtype=np.uint8).reshape(pix.height, pix.stride)[:, : pix.width]
    return prepared(grey, 72 / dpi)


def turned(image: ScanImage, turns: int) -> ScanImage:
    """The page after so many quarter turns counter-clockwise, set straight anew."""
    upright = prepared(np.ascontiguousarray(np.rot90(image.source, turns)), image.scale)
    upright.turns = turns
    return upright


def prepared(grey: Grey, scale: float = 72 / DPI) -> ScanImage:
    """A page's grey values (`scale` points to a pixel) set straight, on even white, without its drawn lines."""
    source = grey
    angle = -skew(grey)
    if abs(angle) >= 0.03:
        paper = int(np.percentile(grey[::9, ::9], 80))
        turned = Image.fromarray(grey).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=paper)
        grey = np.asarray(turned)
    else:
        angle = 0.0
    share = _flattened(grey)
    clean = np.clip((share - 0.35) / (0.80 - 0.35) * 255, 0, 255).astype(np.uint8)
    squares = find_squares(clean, 1 / scale)
    for s in squares:
        clean[max(0, s.y0 - 4) : s.y1 + 6, max(0, s.x0 - 4) : s.x1 + 6] = 255
        share[max(0, s.y0 - 4) : s.y1 + 6, max(0, s.x0 - 4) : s.x1 + 6] = 1
    rules = find_rules(share)
    clean[rules.mask] = 255
    return ScanImage(clean, rules.horizontals, rules.verticals, angle, squares, scale, find_fills(grey), source)


def _flattened(grey: Grey) -> npt.NDArray[np.float32]:
    """The page on even white, as shares of the paper's brightness: shaded cells and shadows taken off, the ink kept."""
    high, wide = -(-grey.shape[0] // _BLOCK), -(-grey.shape[1] // _BLOCK)
    padded = np.pad(grey, ((0, high * _BLOCK - grey.shape[0]), (0, wide * _BLOCK - grey.shape[1])), mode="edge")
    tiles = padded.reshape(high, _BLOCK, wide, _BLOCK).transpose(0, 2, 1, 3).reshape(high, wide, -1)[:, :, ::7]
    ground = _spread(np.percentile(tiles, 80, axis=2).astype(np.uint8), grey.shape)
    share: npt.NDArray[np.float32] = (grey / np.maximum(ground, 40)).astype(np.float32)
    return share


def _spread(blocks: Grey, shape: tuple[int, ...]) -> npt.NDArray[np.float32]:
    wide = Image.fromarray(blocks).resize((shape[1], shape[0]), Image.Resampling.BILINEAR)
    return np.asarray(wide, dtype=np.float32)


def skew(grey: Grey) -> float:
    """The angle (degrees, counter-clockwise) to turn the page by so that its lines of text lie level; within ±4."""
    step = max(1, grey.shape[1] // 1200)
    small = grey[::step, ::step]
    ink = (small < _INK * float(np.percentile(small, 90))).astype(np.float32)
    if min(ink.shape) < 64 or not ink.any():
        return 0.0
    blocks = np.array_split(np.arange(ink.shape[1]), 32)
    profiles = np.stack([ink[:, b].sum(axis=1) for b in blocks])
    centres = np.array([b.mean() for b in blocks]) - ink.shape[1] / 2

    def sharpness(angle: float) -> float:
        shifts = np.rint(np.tan(np.radians(angle)) * centres).astype(int)
        total = np.zeros(ink.shape[0], dtype=np.float32)
        for profile, shift in zip(profiles, shifts, strict=True):
            total += np.roll(profile, shift)
        return float(((total[1:] - total[:-1]) ** 2).sum())

    coarse = max(np.arange(-4, 4.01, 0.25), key=sharpness)
    return float(max(np.arange(coarse - 0.25, coarse + 0.251, 0.025), key=sharpness))
