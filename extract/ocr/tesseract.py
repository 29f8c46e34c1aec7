"""Tesseract: whether it is there, and what it reads in an image (words with boxes and confidences)."""

from __future__ import annotations

import csv
import io
import os
import re
import subprocess

import numpy as np
import numpy.typing as npt
from PIL import Image

from extract.installed import languages
from extract.records import record

_SECONDS = 180


@record
class ReadWord:
    """A word that Tesseract read: its box in pixels and its confidence, 0 to 1."""

    text: str
    x0: float
    y0: float
    x1: float
    y1: float
    confidence: float
    line: tuple[int, int, int]
    alternatives: tuple[str, ...] = ()

    @property
    def lettered(self) -> bool:
        """Whether it holds a letter or a digit."""
        return any(c.isalnum() for c in self.text)


def available() -> bool:
    """Whether scans can be read: Tesseract with Danish."""
    return "dan" in languages()


def read_words(grey: npt.NDArray[np.uint8], dpi: int, layout: int, characters: str = "") -> list[ReadWord]:
    """The words of an image.  `layout` is Tesseract's page segmentation mode; `characters` limits what it may read.

    Raises RuntimeError when Tesseract fails or takes too long.
    """
    limited = ["-c", f"tessedit_char_whitelist={characters}"] if characters else []
    printed = _run(grey, ["-l", "dan", "--psm", str(layout), "--dpi", str(dpi), *limited, "tsv"])
    rows = csv.DictReader(io.StringIO(printed), delimiter="\t", quoting=csv.QUOTE_NONE)
    words = []
    for row in rows:
        text = (row.get("text") or "").strip()
        if row["level"] == "5" and text:
            x, y, w, h = (float(row[k]) for k in ("left", "top", "width", "height"))
            at = (int(row["block_num"]), int(row["par_num"]), int(row["line_num"]))
            words.append(ReadWord(text, x, y, x + w, y + h, max(0.0, float(row["conf"])) / 100, at))
    return words


def quarter_turns(grey: npt.NDArray[np.uint8], dpi: int) -> int:
    """How many quarter turns counter-clockwise set a page upright, 0 to 3; 0 where Tesseract cannot tell."""
    if "osd" not in languages():
        return 0
    try:
        told = _run(grey, ["-l", "osd", "--psm", "0", "--dpi", str(dpi)])
    except RuntimeError:  # too few letters to tell by
        return 0
    turn = re.search(r"Rotate: (\d+)", told)
    return -int(turn[1]) // 90 % 4 if turn else 0


def _run(grey: npt.NDArray[np.uint8], options: list[str]) -> str:
    """What Tesseract prints about an image; raises RuntimeError when it fails or takes too long."""
    held = io.BytesIO()
    Image.fromarray(grey).save(held, "BMP")
    try:
        done = subprocess.run(
            ["tesseract", "stdin", "stdout", *options],
            input=held.getvalue(),
            capture_output=True,
            timeout=_SECONDS,
            check=True,
            env={**os.environ, "OMP_THREAD_LIMIT": "1"},
        )
    except (subprocess.TimeoutExpired, subprocess.CalledProcessError) as error:
        raise RuntimeError(f"tesseract failed: {error}") from error
    return done.stdout.decode("utf-8", "replace")
