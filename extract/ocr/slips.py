"""Slips of Tesseract that spelling alone puts right.

"p/1" is "p/l" and nothing else, "pil" after a year too, and "på" where the unit stands before the year; "B02027" and
"BO02027" are "BO2027" (budgetoverslag).
"""

from __future__ import annotations

import re
from dataclasses import replace

from extract.ocr.tesseract import ReadWord
from lexicon.years import YEAR

_PRICE_LEVEL = re.compile(rf"^(\(?(?:{YEAR}[-–]?)?)[pP](?:[/\]|][1lIi|!t]{{1,2}}|[lI1|]{{2}})([.,;:)*]*)$")
_AFTER_YEAR = re.compile(r"^(\(?)[pP][/\]|lIi1!t]{1,2}[1lI|]?([.,;:)*]*)$")
_AFTER_UNIT = re.compile(r"^(\(?)[pP](?:å!?|[/\]|lIi1!t]{1,2}[1lI|]?)([.,;:)*]*)$")
_KRONER = re.compile(r"\b[kK]r\.?,?$")
_FORECAST = re.compile(rf"^B[O0Q]{{1,2}}({YEAR})([.,;:)*]*)$")
_YEAR = re.compile(rf"^\(?{YEAR}[-–]?$")


def without_slips(words: list[ReadWord]) -> list[ReadWord]:
    """The words (in reading order), their letters put right; figures are left as they were read."""
    result = []
    before, money = "", False
    for word in words:
        level = _PRICE_LEVEL.match(word.text)
        if level is None and _YEAR.match(before):
            level = (_AFTER_UNIT if money else _AFTER_YEAR).match(word.text)
        money = bool(_KRONER.search(before))
        before = word.text
        if level is not None:
            word = replace(word, text=f"{level[1]}p/l{level[2]}", confidence=max(word.confidence, 0.8))
        forecast = _FORECAST.match(word.text)
        if forecast is not None:
            word = replace(word, text=f"BO{forecast[1]}{forecast[2]}", confidence=max(word.confidence, 0.8))
        result.append(word)
    return result
