"""Shaded bands of a scanned page (a header's tint, zebra rows): wide level areas a little darker than the paper."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt
from PIL import Image

Fill = tuple[float, float, float, float]  # x0, y0, x1, y1 in pixels

_HIGH, _WIDE = 4, 24  # pixels of a block whose ground is taken as one
_GROUND = 85  # percentile of a block's brightness: above its ink
_TILE = (100, 25)  # blocks (down, across) over which the paper's own brightness is taken
_LIGHTEST, _DARKEST = 0.972, 0.6  # a shade as a share of the paper's brightness
_HOLE = 4  # blocks full of ink that do not part a band
_SHORTEST, _LOWEST = 18, 8  # blocks: the least width and height of a band; small letters of dense print are lower


@dataclass(slots=True)
class _Band:
    top: int
    bottom: int  # the last row of blocks
    left: int
    right: int

    def is_met(self, y: int, left: int, right: int) -> bool:
        """Whether it goes on with a run of shade in row y: at most one is passed over, and its ends are the same."""
        return y - self.bottom <= 2 and abs(self.left - left) <= 1 and abs(self.right - right) <= 1


def find_fills(grey: npt.NDArray[np.uint8]) -> list[Fill]:
    """The shaded bands of a page set straight."""
    high, wide = grey.shape[0] // _HIGH, grey.shape[1] // _WIDE
    if high < _LOWEST or wide < _SHORTEST:
        return []
    blocks = grey[: high * _HIGH, : wide * _WIDE].reshape(high, _HIGH, wide, _WIDE).transpose(0, 2, 1, 3)
    ground = np.percentile(blocks.reshape(high, wide, -1), _GROUND, axis=2)
    share = ground / np.maximum(_paper(ground), 1)
    shaded = (share < _LIGHTEST) & (share > _DARKEST)
    bands: list[_Band] = []
    for y in range(high):
        for left, right in _runs(shaded[y]):
            band = next((b for b in bands if b.is_met(y, left, right)), None)
            if band is None:
                band = _Band(y, y, left, right)
                bands.append(band)
            band.bottom = y
    return [
        (float(b.left * _WIDE), float(b.top * _HIGH), float((b.right + 1) * _WIDE), float((b.bottom + 1) * _HIGH))
        for b in bands
        if b.bottom - b.top + 1 >= _LOWEST and _has_edges(share, b)
    ]


def _paper(ground: npt.NDArray[np.float64]) -> npt.NDArray[np.float32]:
    """The paper's brightness at every block: what most of the blocks round it do not exceed."""
    high, wide = -(-ground.shape[0] // _TILE[0]), -(-ground.shape[1] // _TILE[1])
    tiles = np.empty((high, wide), dtype=np.float32)
    for i, rows in enumerate(np.array_split(ground, high, axis=0)):
        for j, tile in enumerate(np.array_split(rows, wide, axis=1)):
            tiles[i, j] = np.percentile(tile, 90)
    size = (ground.shape[1], ground.shape[0])
    return np.asarray(Image.fromarray(tiles).resize(size, Image.Resampling.BILINEAR), dtype=np.float32)


def _runs(shaded: npt.NDArray[np.bool_]) -> list[tuple[int, int]]:
    """The first and last block of each long run of shade, small holes bridged."""
    places = np.flatnonzero(shaded)
    if not places.size:
        return []
    groups = np.split(places, np.flatnonzero(np.diff(places) > _HOLE) + 1)
    return [
        (int(g[0]), int(g[-1])) for g in groups if g[-1] - g[0] + 1 >= _SHORTEST and len(g) >= 0.75 * (g[-1] - g[0] + 1)
    ]


def _has_edges(share: npt.NDArray[np.float64], band: _Band) -> bool:
    """Paper, or another shade, right above and below: a shadow fades, a tint ends."""
    columns = slice(band.left + 1, band.right)
    step = 0.5 * (1 - float(np.median(share[band.top + 1 : band.bottom, columns])))
    for outside, inside in ((band.top - 3, band.top + 2), (band.bottom + 3, band.bottom - 2)):
        if 0 <= outside < share.shape[0]:
            there, here = (float(np.median(share[y, columns])) for y in (outside, inside))
            if abs(there - here) < step:
                return False
    return True
