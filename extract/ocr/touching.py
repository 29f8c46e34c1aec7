"""Letters that stand on a drawn line or run into it: their pixels are ink and stay when the line is taken out.

A line has one thickness all along; what is dark beside it and joins ink further off is a letter's foot or tail.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from extract.ocr.ink import Bits

Grey = npt.NDArray[np.float32]
Pixels = tuple[npt.NDArray[np.intp], npt.NDArray[np.intp]]  # their rows and columns

STEP = 4  # pixels taken together along a line, where ridges are looked for
_REACH = 9  # pixels to either side of a line's middle that are looked at
_INK = 0.6  # share of the paper's white
_DARKER = 0.12  # than the line is there elsewhere
_LEVEL = 101  # steps over which a line's place is evened out
_WIDEST = 60  # pixels in a row that belong to one letter, at most


def letters_on_line(share: Grey, mask: Bits, ridges: Bits, start: int, end: int, first: int, last: int) -> Pixels:
    """The pixels of the page that letters have on a level line.

    `mask` is what would be taken out, `ridges` where lines run, shrunk along the line; the line runs from pixel `start`
    to `end`, in rows `first` to `last`.
    """
    none = np.zeros(0, dtype=np.intp)
    middles = _middles(ridges[first : last + 1, start // STEP : end // STEP])
    if middles is None or first < _REACH or last + _REACH >= share.shape[0]:
        return none, none
    columns = np.arange(start, start + len(middles) * STEP)
    rows = first + np.repeat(middles, STEP)[None, :] + np.arange(-_REACH, _REACH + 1)[:, None]
    seen = share[rows, columns]
    usual = np.median(seen, axis=1)
    drawn = np.flatnonzero(usual < _INK)
    if not len(drawn) or drawn[0] == 0 or drawn[-1] == 2 * _REACH:
        return none, none
    strange: Bits = (seen < _INK) & (seen < usual[:, None] - _DARKER)
    outside = ~mask[rows, columns]
    above, below = slice(0, drawn[0]), slice(2 * _REACH, drawn[-1], -1)
    kept = np.zeros_like(strange)
    for side in (above, below):
        kept[side] = _joined(strange[side], outside[side])
    kept[drawn[0] : drawn[-1] + 1] = kept[drawn[0] - 1] | kept[drawn[-1] + 1]
    return rows[kept], np.broadcast_to(columns, rows.shape)[kept]


def _middles(ridges: Bits) -> npt.NDArray[np.intp] | None:
    """The row of the line's middle at each step, evened out: beside letters the ridge strays."""
    known = np.flatnonzero(ridges.any(axis=0))
    if not len(known):
        return None
    sums = (ridges * np.arange(len(ridges))[:, None]).sum(axis=0)
    at = np.interp(np.arange(ridges.shape[1]), known, sums[known] / ridges.sum(axis=0)[known])
    wide = np.pad(at, _LEVEL // 2, mode="edge")
    middles: npt.NDArray[np.intp] = np.rint(
        np.median(np.lib.stride_tricks.sliding_window_view(wide, _LEVEL), axis=1)
    ).astype(np.intp)
    return middles


def _joined(dark: Bits, outside: Bits) -> Bits:
    """The dark pixels that hang together, row by row towards the line, with dark ones `outside` what is taken out."""
    kept = np.zeros_like(dark)
    before = np.zeros_like(dark[0])
    for number, row in enumerate(dark):
        runs = np.cumsum(np.diff(row.astype(np.int8), prepend=0) == 1) * row
        near = before | np.roll(before, 1) | np.roll(before, -1) | outside[number]
        letters = np.flatnonzero(np.bincount(runs) <= _WIDEST)
        before = kept[number] = row & np.isin(runs, np.intersect1d(runs[near & row], letters))
    return kept
