"""Figures that their producer broke over two lines of a narrow cell: "(15" above, "560)" below."""

from __future__ import annotations

import re
from dataclasses import replace

from extract.page.model import Token, VisualLine, Word
from extract.page.tokens import make_token

_UPPER = re.compile(r"^[(\[]\s?\d{1,3}(?:[ .\u00a0\u2009\u202f]\d{3})*$")
_LOWER = re.compile(r"^\d{3}(?:[ .\u00a0\u2009\u202f]\d{3})*(?:,\d+)?[)\]]")
_APART = 0.8  # of the font size: white between the lines of a cell


def join_halves(lines: list[VisualLine]) -> list[VisualLine]:
    """The lines (tokens made) with such figures whole, on the line that holds more of their row.

    Only what makes no sense alone is joined: a bracket that opens above and closes under it, digits in threes.
    """
    if not any(_UPPER.match(t.text) for line in lines for t in line.tokens):
        return lines
    for i, upper in enumerate(lines):
        for token in [t for t in upper.tokens if _UPPER.match(t.text)]:
            for j in range(i + 1, min(i + 3, len(lines))):
                half = next((t for t in lines[j].tokens if _is_below(token, t)), None)
                if half is not None:
                    _join(token, half, upper, lines[j], lines[i : j + 1])
                    break
    return [line for line in lines if line.tokens]


def _is_below(upper: Token, lower: Token) -> bool:
    near = lower.y0 - upper.y1 < _APART * upper.size
    return near and lower.x0 < upper.x1 and lower.x1 > upper.x0 and bool(_LOWER.match(lower.text))


def _join(upper: Token, lower: Token, first: VisualLine, second: VisualLine, between: list[VisualLine]) -> None:
    last, next_ = upper.words[-1], lower.words[0]
    whole = replace(
        last,
        text=f"{last.text} {next_.text}",
        raw=f"{last.raw or last.text}\n{next_.raw or next_.text}",
        x0=min(last.x0, next_.x0),
        x1=max(last.x1, next_.x1),
        y1=next_.y1,
    )
    words = [*upper.words[:-1], whole, *lower.words[1:]]
    _take(first, upper)
    _take(second, lower)
    _put(max(between, key=_wholes), words)


def _wholes(line: VisualLine) -> int:
    return sum(not (_UPPER.match(t.text) or _LOWER.match(t.text)) for t in line.tokens)


def _take(line: VisualLine, token: Token) -> None:
    line.tokens = [t for t in line.tokens if t is not token]
    line.words = [w for w in line.words if all(w is not x for x in token.words)]
    if line.words:
        line.x0, line.x1 = line.words[0].x0, max(w.x1 for w in line.words)


def _put(line: VisualLine, words: list[Word]) -> None:
    line.words = sorted([*line.words, *words], key=lambda w: w.x0)
    line.tokens = sorted([*line.tokens, make_token(words)], key=lambda t: t.x0)
    line.x0, line.x1 = line.words[0].x0, max(w.x1 for w in line.words)
