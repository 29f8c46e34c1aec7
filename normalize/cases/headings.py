"""The headings of a case.

In: blocks of one case (heading blocks as `extract` saw them).  Out: `Heading`s in print order, without the case's own
title, its banner, form labels, captions and running repeats.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from functools import cache

import regex

from extract import models as printed
from lexicon.captions import belongs_to_table
from lexicon.folding import fold_accents, squash_accents
from lexicon.lines import ends_open
from normalize.forms.labels import NOT_READ, match_label
from normalize.forms.lines import is_banner
from normalize.models import Heading
from normalize.vocabulary.forms import words

_BANNERED = regex.compile(r"(?P<banner>[^:–—]{4,50}?)\s*(?::|[–—])\s+(?P<title>\p{Lu}.*)")


def headings_of(
    blocks: Sequence[printed.Block], skip: Collection[int] = (), title: str | None = None
) -> tuple[Heading, ...]:
    """The case's headings; `skip` are indices of blocks that are its form, `title` the case's title."""
    found: list[Heading] = []
    before: printed.Heading | None = None
    for index, block in enumerate(blocks):
        if index in skip or not isinstance(block, printed.Heading):
            before = None
            continue
        if before is not None and runs_on(before, block):
            found[-1] = replace(found[-1], title=f"{found[-1].title} {block.title}")
        elif _is_furniture(block, title):
            before = None
            continue
        else:
            found.append(Heading(len(found), block.number, block.title, block.level, block.place))
        before = block
    return tuple(found)


def runs_on(before: printed.Heading, block: printed.Block) -> bool:
    """Whether a heading is only the next line of the one right before it: it begins small,
    or with a dash, or the line before it breaks off amid a phrase.
    """
    if not isinstance(block, printed.Heading) or block.number is not None or block.place.page != before.place.page:
        return False
    if abs(block.size - before.size) > 0.12 * max(block.size, before.size):
        return False
    if ends_open(before.title) and block.bold == before.bold:
        return True
    goes_on = regex.match(r"\p{Ll}|[-–—]\s*\p{L}", block.title) is not None
    return goes_on and regex.search(r"(?<!\b(?:mio|mia|t|ca))[.!?:]$", before.title) is None


def _is_furniture(block: printed.Heading, title: str | None) -> bool:
    """Whether a heading block is no heading of the case: banner, form label, caption, or the title once more."""
    text = block.title.strip()
    if not text or (block.number is None and is_banner(text)):
        return True
    if block.number is None and (belongs_to_table(text) or _is_form_label(text)):
        return True
    if title is None:
        return False
    printed_text, own = squash_accents(text), squash_accents(title)
    return printed_text.endswith(own) and len(printed_text) < len(own) + 40


def _is_form_label(text: str) -> bool:
    """Whether the heading is a label of the form with its colon ("Resumé:", "Berørte forvaltninger: …")."""
    found = match_label(text)
    return found is not None and found[0] not in NOT_READ


@cache
def _annex() -> regex.Pattern[str]:
    names = "|".join(map(regex.escape, words("annexes")))
    return regex.compile(rf"(?:{names})\s*(?:nr\.?\s*)?[\p{{L}}\d]{{0,3}}[.:]?")


def is_annex(text: str) -> bool:
    """Whether a heading only names an annex: "Bilag 5", "BILAG 1"."""
    return _annex().fullmatch(fold_accents(text)) is not None


def names_catalogue(text: str) -> bool:
    """Whether a heading says that an overview of many proposals follows."""
    return any(word in fold_accents(text) for word in words("catalogue"))


def without_banner(title: str) -> str:
    """The title without the word for what it titles: "Spareforslag: Færre møder" is "Færre møder"."""
    found = _BANNERED.fullmatch(title)
    return found["title"] if found and is_banner(found["banner"]) else title
