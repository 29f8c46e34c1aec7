"""Ink: which pixels of a page set straight are dark, and where it runs on without a gap."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

Bits = npt.NDArray[np.bool_]

DARK = 140  # of 255: darker pixels of a page on even white are ink


def runs(marks: Bits) -> list[tuple[int, int]]:
    """Where each run of marks along a line begins and ends (exclusive)."""
    edges = np.flatnonzero(np.diff(np.concatenate(([0], marks.astype(np.int8), [0]))))
    return list(zip(edges[::2].tolist(), edges[1::2].tolist(), strict=True))
