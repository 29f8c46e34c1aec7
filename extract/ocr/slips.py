"""Slips of Tesseract that spelling alone puts right: "p/1" is "p/l" and nothing else."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.ocr.tesseract import ReadWord

_PRICE_LEVEL = re.compile(r"^(\(?)[pP][/\]|][1lIi|!t]{1,2}([.,;:)*]*)$")


def without_slips(word: ReadWord) -> ReadWord:
    """The word, its letters put right; figures are left as they were read."""
    level = _PRICE_LEVEL.match(word.text)
    if level is not None:
        return replace(word, text=f"{level[1]}p/l{level[2]}", confidence=max(word.confidence, 0.8))
    return word
