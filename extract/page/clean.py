"""What typesetting puts between and around figures: leader dots, letters set apart."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import pairwise

from extract.page.model import VisualLine, Word
from lexicon.figures import is_number
from lexicon.years import is_year

_LEADER = re.compile(r"(?:[.·…_]\s?){4,}|…{2,}|\ufffd{4,}")  # the last: dots of a font that tells none
_WIDEST = 1.0  # font sizes between the characters of a figure that is set with spaces
_EVEN = 0.25  # how much the steps between such characters may differ, as a share of the font size
_PROOF = 2  # figures with a stop, comma or sign among them that show a page's figures to be set so
_DOTS = (".", "..", "·", "_")
_LEAST_DOTS = 3  # words of dots that follow each other and lead to a figure
_DOTS_APART = 1.5  # font sizes between two of them, at most
_LEVEL = 0.2  # font sizes by which words of one line may stand unevenly
_MOST_DECIMALS = 2
_CUT_GAP = 0.4  # font sizes between a number's decimal sign and its decimals, where a page sets them apart
_SINGLE = re.compile(r"[\d.,()%*+÷–−-]")


def without_leaders(words: list[Word]) -> list[Word]:
    """The words without leader dots; those glued to a figure or a label are cut off, where they begin or end it."""
    words = _without_dots_apart(words)
    if not _may_lead(" ".join([w.text for w in words])):
        return words
    kept: list[Word] = []
    for word in words:
        if _may_lead(word.text):
            kept += _parts(word)
        else:
            kept.append(word)
    return kept


def _without_dots_apart(words: list[Word]) -> list[Word]:
    """The words without leader dots that are words of their own (". . . ."); the first may be glued to its label.

    A dot in each of several columns is a nil, no leader: leaders follow each other closely, at one height.
    """
    runs = _runs_of_dots(words)
    long = [run for run in runs if len(run) >= _LEAST_DOTS]
    if not long:
        return words
    leading = {id(w) for run in long for w in run}
    starts: dict[int, list[list[Word]]] = {}
    for run in long if len(long) < _PROOF else runs:
        starts.setdefault(round(run[0].middle), []).append(run)
    kept = []
    for word in words:
        behind = _leader_behind(word, starts)
        leading.update(map(id, behind))
        glued = behind and word.text[-1] in _DOTS
        kept.append(replace(word, text=word.text[:-1], raw=word.raw[:-1]) if glued else word)
    return [w for w in kept if id(w) not in leading]


def _leader_behind(word: Word, starts: Mapping[int, list[list[Word]]]) -> list[Word]:
    """The dots that lead on from a word, among those that start at its height; none from a dot."""
    if word.text in _DOTS:
        return []
    return next((run for run in starts.get(round(word.middle), ()) if _next_dot(word, run[0])), [])


def _runs_of_dots(words: list[Word]) -> list[list[Word]]:
    """Words that are dots, as they follow each other closely at one height."""
    dots = [w for w in words if w.text in _DOTS]
    runs: list[list[Word]] = []
    for dot in sorted(dots, key=lambda w: (round(w.middle, 1), w.x0)):
        if runs and _next_dot(runs[-1][-1], dot):
            runs[-1].append(dot)
        else:
            runs.append([dot])
    return runs


def _next_dot(before: Word, dot: Word) -> bool:
    return abs(before.middle - dot.middle) < _LEVEL * dot.size and 0 <= dot.x0 - before.x1 < _DOTS_APART * dot.size


def _may_lead(text: str) -> bool:
    return any(run in text for run in ("...", "…", "___", "···", "\ufffd\ufffd\ufffd"))


def _parts(word: Word) -> Iterator[Word]:
    """What a word holds beside leader dots; one without dots enough is as it is."""
    if not _LEADER.search(word.text):
        yield word
        return
    step = (word.x1 - word.x0) / len(word.text)
    at = 0
    for leader in [*_LEADER.finditer(word.text), None]:
        end = leader.start() if leader else len(word.text)
        text = word.text[at:end]
        if text.strip():
            # The right edge of the last part is known, the others are about where letters of one width would end.
            x1 = word.x1 if leader is None else word.x0 + step * end
            x0 = word.x0 if at == 0 else word.x0 + step * at
            yield replace(word, text=text, raw=text, x0=x0, x1=x1)
        at = leader.end() if leader else end


def close_up(lines: list[VisualLine]) -> None:
    """Joins figures that are set with spaces between their characters ("1 . 2 5 0"), in the page's visual lines.

    Digits alone may be figures of neighbouring columns: they are joined only on pages where others, with a stop, comma
    or sign among their characters, show that figures are set so.
    """
    _close_decimals(lines)
    letters = [x for x in lines if len([w for w in x.words if len(w.text) == 1]) > 2]
    spaced = [(line, run) for line in letters for run in _spaced(line)]
    if sum(not text.isdigit() for text in (_text(run) for _, run in spaced)) < _PROOF:
        return
    for line, run in spaced:
        _join(line, run, next(i for i, w in enumerate(line.words) if w is run[0]))


def _close_decimals(lines: list[VisualLine]) -> None:
    """Joins figures that are set with a blank behind their decimal sign ("11,062. 6").

    Only on pages where others, with a sign of the other kind for their thousands, show that figures are set so.
    """
    cut = [
        (line, at)
        for line in lines
        for at in range(len(line.words) - 1, 0, -1)
        if line.words[at - 1].text[-1] in ".," and _is_cut(line.words[at - 1], line.words[at])
    ]
    if sum(_shows_cut(line.words[at - 1].text) for line, at in cut) < _PROOF:
        return
    for line, at in cut:
        _join(line, line.words[at - 1 : at + 1], at - 1)


def _is_cut(number: Word, decimals: Word) -> bool:
    last = decimals.text.rstrip(")")
    opens = len(number.text) > 1 and number.text[-1] in ".," and is_number(number.text[:-1].lstrip("("))
    return (
        opens and last.isdigit() and len(last) <= _MOST_DECIMALS and decimals.x0 - number.x1 < _CUT_GAP * decimals.size
    )


def _shows_cut(text: str) -> bool:
    """Whether a number's last sign, set apart from its decimals, is another than that of its thousands."""
    return ({".": ",", ",": "."}[text[-1]]) in text[:-1]


def _join(line: VisualLine, run: list[Word], at: int) -> None:
    """Puts one word in the place of several of a line, from that place on."""
    line.words[at : at + len(run)] = [
        replace(
            run[0],
            text=_text(run),
            raw=" ".join(w.raw or w.text for w in run),
            x1=run[-1].x1,
            y0=min(w.y0 for w in run),
            y1=max(w.y1 for w in run),
            confidence=min(w.confidence for w in run),
        )
    ]


def _spaced(line: VisualLine) -> Iterator[list[Word]]:
    """Runs of single characters at even steps, which together are one figure or year."""
    run: list[Word] = []
    for word in [*line.words, None]:
        single = word is not None and len(word.text) == 1 and _SINGLE.match(word.text) is not None
        if single and word is not None and (not run or _next_to(run, word)):
            run.append(word)
            continue
        if len(run) > 2 and (is_number(_text(run)) or is_year(_text(run))):
            yield run
        run = [word] if single and word is not None else []


def _next_to(run: list[Word], word: Word) -> bool:
    gap = word.x0 - run[-1].x1
    if gap > _WIDEST * word.size:
        return False
    before = [b.x0 - a.x1 for a, b in pairwise(run)]
    return not before or abs(gap - before[0]) < _EVEN * word.size


def _text(run: list[Word]) -> str:
    return "".join(w.text for w in run)
