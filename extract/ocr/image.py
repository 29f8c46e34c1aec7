"""A scanned page as an image: rendered, set straight, its drawn lines found and taken out."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt
import pymupdf
from PIL import Image

Bits = npt.NDArray[np.bool_]

DPI = 300
_INK = 0.62  # darker than this share of the paper's white is ink
_GREY = 0.80  # rules are often grey and thin: darker than this is part of a rule if it runs on
_RULE = 0.035  # a rule runs at least this share of the page's width


@dataclass(slots=True)
class ScanImage:
    """A page set straight: grey values without its rules, the rules, and the angle it was turned by (degrees)."""

    grey: npt.NDArray[np.uint8]
    horizontals: list[tuple[float, float, float]]  # y, x0, x1 in pixels
    verticals: list[tuple[float, float, float]]
    angle: float

    @property
    def width(self) -> int:
        return int(self.grey.shape[1])

    @property
    def height(self) -> int:
        return int(self.grey.shape[0])


def scan_image(page: Any) -> ScanImage:
    """Renders a page (as shown) at 300 dpi, sets it straight and takes its drawn lines out."""
    pix = page.get_pixmap(dpi=DPI, colorspace=pymupdf.csGRAY, alpha=False)
    grey = np.frombuffer(pix.samples, dtype=np.uint8).reshape(pix.height, pix.stride)[:, : pix.width]
    angle = -skew(grey)
    if abs(angle) >= 0.08:
        turned = Image.fromarray(grey).rotate(angle, resample=Image.Resampling.BICUBIC, fillcolor=255)
        grey = np.asarray(turned)
    share = _flattened(grey)
    dark = share < _GREY
    length = int(_RULE * grey.shape[1])
    horizontal = _runs(dark, length, axis=1)
    vertical = _runs(dark, length, axis=0)
    horizontal &= _thin(horizontal, axis=0)
    vertical &= _thin(vertical, axis=1)
    rules = _grown(horizontal | vertical)
    clean = np.clip((share - 0.35) / (0.80 - 0.35) * 255, 0, 255).astype(np.uint8)
    clean[rules] = 255
    return ScanImage(
        clean, _segments(horizontal, axis=1), [(x, y0, y1) for x, y0, y1 in _segments(vertical.T, axis=1)], angle
    )


def _flattened(grey: npt.NDArray[np.uint8]) -> npt.NDArray[np.float32]:
    """The page on even white, as shares of the paper's brightness: shaded cells and shadows taken off, the ink kept."""
    block = 48
    high, wide = -(-grey.shape[0] // block), -(-grey.shape[1] // block)
    padded = np.pad(grey, ((0, high * block - grey.shape[0]), (0, wide * block - grey.shape[1])), mode="edge")
    tiles = padded.reshape(high, block, wide, block).transpose(0, 2, 1, 3).reshape(high, wide, -1)
    paper = np.percentile(tiles[:, :, ::7], 80, axis=2).astype(np.uint8)
    ground = np.asarray(
        Image.fromarray(paper).resize((grey.shape[1], grey.shape[0]), Image.Resampling.BILINEAR), dtype=np.float32
    )
    share: npt.NDArray[np.float32] = grey / np.maximum(ground, 40)
    return share


def skew(grey: npt.NDArray[np.uint8]) -> float:
    """The angle (degrees, counter-clockwise) to turn the page by so that its lines of text lie level; within ±4."""
    step = max(1, grey.shape[1] // 800)
    small = grey[::step, ::step]
    ink = (small < _INK * float(np.percentile(small, 90))).astype(np.float32)
    columns = np.arange(ink.shape[1])
    blocks = np.array_split(columns, 32)
    profiles = np.stack([ink[:, b].sum(axis=1) for b in blocks])
    centres = np.array([b.mean() for b in blocks]) - ink.shape[1] / 2

    def sharpness(angle: float) -> float:
        shifts = np.rint(np.tan(np.radians(angle)) * centres).astype(int)
        total = np.zeros(ink.shape[0], dtype=np.float32)
        for profile, shift in zip(profiles, shifts, strict=True):
            total += np.roll(profile, shift)
        return float(((total[1:] - total[:-1]) ** 2).sum())

    coarse = max(np.arange(-4, 4.01, 0.25), key=sharpness)
    return float(max(np.arange(coarse - 0.25, coarse + 0.251, 0.05), key=sharpness))


def _runs(bits: Bits, length: int, axis: int) -> Bits:
    """The pixels that lie in an unbroken dark run of at least `length` along the axis."""
    work = bits if axis == 1 else bits.T
    count = np.cumsum(np.pad(work.astype(np.int32), ((0, 0), (1, 0))), axis=1)
    full = (count[:, length:] - count[:, :-length]) >= 0.97 * length
    marks = np.zeros((work.shape[0], work.shape[1] + 1), dtype=np.int32)
    marks[:, : full.shape[1]] += full
    marks[:, length : length + full.shape[1]] -= full
    covered = np.cumsum(marks, axis=1)[:, :-1] > 0
    return covered if axis == 1 else covered.T


def _thin(bits: Bits, axis: int) -> Bits:
    """Only what is thin across its run: a thick run is a filled area, no line."""
    thick = 14
    work = bits if axis == 0 else bits.T
    count = np.cumsum(np.pad(work.astype(np.int32), ((1, 0), (0, 0))), axis=0)
    full = (count[thick:] - count[:-thick]) >= thick
    marks = np.zeros((work.shape[0] + 1, work.shape[1]), dtype=np.int32)
    marks[: full.shape[0]] += full
    marks[thick : thick + full.shape[0]] -= full
    area = np.cumsum(marks, axis=0)[:-1] > 0
    return ~(area if axis == 0 else area.T)


def _grown(bits: Bits) -> Bits:
    grown = bits.copy()
    for shift in (1, 2):
        grown[shift:] |= bits[:-shift]
        grown[:-shift] |= bits[shift:]
        grown[:, shift:] |= bits[:, :-shift]
        grown[:, :-shift] |= bits[:, shift:]
    return grown


def _segments(bits: Bits, axis: int) -> list[tuple[float, float, float]]:
    """The runs as (position, start, end), neighbouring rows of pixels taken as one line."""
    assert axis == 1
    open_: list[list[float]] = []
    done: list[tuple[float, float, float]] = []
    for y in np.flatnonzero(bits.any(axis=1)):
        row = np.flatnonzero(np.diff(np.concatenate(([0], bits[y].astype(np.int8), [0]))))
        for start, end in zip(row[::2], row[1::2], strict=True):
            if end - start < 20:
                continue
            for line in open_:
                if y - line[1] <= 3 and start <= line[3] + 12 and end >= line[2] - 12:
                    line[1], line[2], line[3] = y, min(line[2], start), max(line[3], end)
                    break
            else:
                open_.append([y, y, start, end])
        for line in [x for x in open_ if y - x[1] > 3]:
            open_.remove(line)
            done.append(((line[0] + line[1]) / 2, line[2], line[3]))
    return done + [((x[0] + x[1]) / 2, x[2], x[3]) for x in open_]
