"""The headings of a case, and the title a document has where no form gives one.

In: blocks of one case (heading blocks as `extract` saw them).  Out: `Heading`s in print order, without the case's own
title, its banner, form labels, captions and running repeats.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

import regex

from extract import models as printed
from lexicon.captions import belongs_to_table
from lexicon.folding import fold_accents, squash_accents
from lexicon.lines import ends_open
from normalize.forms.labels import NOT_READ, is_label, match_label
from normalize.forms.lines import is_banner
from normalize.models import Heading
from normalize.vocabulary.forms import words

_OPENING = 6  # lines within which a title that is no heading must stand
_LONGEST_TITLE = 200


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


def is_annex(text: str) -> bool:
    """Whether a heading only names an annex: "Bilag 5", "BILAG 1"."""
    names = "|".join(map(regex.escape, words("annexes")))
    return regex.fullmatch(rf"(?:{names})\s*(?:nr\.?\s*)?[\p{{L}}\d]{{0,3}}[.:]?", fold_accents(text)) is not None


def names_catalogue(text: str) -> bool:
    """Whether a heading says that an overview of many proposals follows."""
    return any(word in fold_accents(text) for word in words("catalogue"))


def document_title(blocks: Iterable[printed.Block]) -> printed.Heading | printed.Paragraph | None:
    """What titles a document without a form: what names a catalogue, else its largest heading, else its first line.

    Headings of a size each speak for themselves; where none has a size (a text file) the first one opens a section,
    and the line above it is the title.  What stands above a form is the form's title.
    """
    blocks = list(blocks)
    above = _above_form(blocks)
    if above is not None:
        return above
    lines = [b for b in blocks if isinstance(b, printed.Heading | printed.Paragraph) and _can_title(words_of(b))]
    lines = [b for b in lines if not _is_letterhead(words_of(b))] or lines
    headings = [b for b in lines if isinstance(b, printed.Heading)]
    opening = [b for b in lines[:_OPENING] if isinstance(b, printed.Heading) or not regex.search(r"[.:;,]$", b.text)]
    named = next((b for b in (*headings, *opening) if names_catalogue(words_of(b))), None)
    if named is not None or not headings:
        return named or next(iter(opening), None)
    first = headings[0]
    sized = any(h.size > first.size for h in headings) if first.number is not None else any(h.size for h in headings)
    if opening[0] is not first and not sized:
        return opening[0]
    first_page = [h for h in headings if h.place.page == first.place.page and h.number is None]
    if first_page:
        return max(first_page, key=lambda h: h.size)
    titles = len(headings) > 1 and all(h.size < first.size for h in headings[1:])
    return first if titles else None  # a numbered heading like the others opens a section


def _above_form(blocks: Sequence[printed.Block]) -> printed.Heading | printed.Paragraph | None:
    """The title right above the first field of a form at a document's beginning: its largest line there."""
    written = [b for b in blocks if isinstance(b, printed.Heading | printed.Paragraph)]
    field = next((n for n, b in enumerate(written) if match_label(words_of(b).strip()) is not None), None)
    if field is None or field > _OPENING:
        return None
    lines = [b for b in written[:field] if _can_title(words_of(b)) and not regex.search(r"[.:;,]$", words_of(b))]
    return max(lines, key=lambda b: b.size if isinstance(b, printed.Heading) else 0.0, default=None)


def _is_letterhead(text: str) -> bool:
    """Whether a line names the municipality, with a date or an office at most: "Holmby Kommune, maj 2019"."""
    return regex.match(r"\p{Lu}[\p{L}-]+(?:\s\p{Lu}[\p{L}-]+)?\s+[Kk]ommune\b", text.strip()) is not None


def words_of(block: printed.Heading | printed.Paragraph) -> str:
    """The words of a heading or paragraph."""
    return block.title if isinstance(block, printed.Heading) else block.text


def _can_title(text: str) -> bool:
    plain = text.strip()
    if match_label(plain) is not None or is_label(plain):
        return False  # a field of the form
    return 0 < len(plain) < _LONGEST_TITLE and not (is_annex(plain) or is_banner(plain) or belongs_to_table(plain))
