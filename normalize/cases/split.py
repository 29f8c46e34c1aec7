"""Where a case begins and ends: the blocks of a document cut into cases.

In: a document's blocks.  Out: `Section`s in print order; a section is a case, the catalogue before the cases, or a
document that is one case although nothing titles it.  `openings.py` finds the lines that may open a case; which
of them do is told here.  A case's annexes belong to it; a title or banner that comes again (at a page's top, below the
summary table) opens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from difflib import SequenceMatcher
from enum import StrEnum

import regex

from extract.models import Block, Grid, Heading
from extract.records import record
from lexicon.folding import fold_accents, squash_accents
from normalize.cases.codes import split_code
from normalize.cases.headings import document_title, names_catalogue, runs_on, words_of
from normalize.cases.openings import FORM_REACH, Opening, find_openings, has_form, parted_label
from normalize.forms.labels import match_label
from normalize.forms.lines import FIGURE, is_banner
from normalize.forms.rows import FormRow, join, rows_of

_BANNER_REACH = 3  # rows below a banner within which a coded line is the case's title
_BANNERED = regex.compile(r"(?P<banner>[^:–—]{4,50}?)\s*(?::|[–—])\s+(?P<title>\p{Lu}.*)")


class Kind(StrEnum):
    """What a section is."""

    CASE = "case"
    CATALOGUE = "catalogue"
    DOCUMENT = "document"


@record
class Section:
    """`blocks[start:stop]` of the document; `code` and `title` are what its opening line says, if anything."""

    start: int
    stop: int
    kind: Kind
    code: str | None = None
    title: str | None = None
    title_blocks: frozenset[int] = frozenset()


def split(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The sections of a document, in print order; none where nothing in it is a case."""
    rows = list(rows_of(enumerate(blocks)))
    openings = find_openings(rows)
    starts = _starts(openings, rows, blocks)
    if not starts:
        return _untitled(blocks, rows)
    starts = [_with_whole_title(start, blocks) for start in starts]
    sections: list[Section] = []
    first = starts[0].start
    if any(isinstance(b, Grid) and has_figures(b) for b in blocks[:first]):
        sections.append(_titled(blocks, 0, first, Kind.CATALOGUE))
    for section, following in zip(starts, [*starts[1:], None], strict=True):
        stop = following.start if following is not None else len(blocks)
        sections.append(Section(section.start, stop, Kind.CASE, section.code, section.title, section.title_blocks))
    return tuple(sections)


def _titled(blocks: Sequence[Block], start: int, stop: int, kind: Kind) -> Section:
    heading = document_title(blocks[start:stop])
    at = frozenset({n for n in range(start, stop) if blocks[n] is heading}) if heading is not None else frozenset[int]()
    title = words_of(heading) if heading is not None else None
    code = None
    if title is not None and kind is Kind.CASE:
        code, title = split_code(title)
    return Section(start, stop, kind, code, title or None, at)


def _untitled(blocks: Sequence[Block], rows: Sequence[FormRow]) -> tuple[Section, ...]:
    """The whole document as one section where it holds figures or a form, or is titled as a proposal; else none."""
    fields = {found[0] for found in (match_label(r.segments[0].text) for r in rows) if found}
    form = len(fields & {"summary", "administrations", "affected", "price_level"}) >= 2
    figures = any(isinstance(b, Grid) and has_figures(b) for b in blocks)
    heading = document_title(blocks) if blocks else None
    title = words_of(heading) if heading is not None else ""
    if not blocks or not (figures or form or without_banner(title) != title):
        return ()
    catalogue = names_catalogue(title)
    return (_titled(blocks, 0, len(blocks), Kind.CATALOGUE if catalogue else Kind.CASE),)


def without_banner(title: str) -> str:
    """The title without the word for what it titles: "Spareforslag: Færre møder" is "Færre møder"."""
    found = _BANNERED.fullmatch(title)
    return found["title"] if found and is_banner(found["banner"]) else title


def _same(a: Opening | Section, b: Opening) -> bool:
    """Whether an opening repeats the case's own title."""
    if a.code is not None and b.code is not None:
        return squash_accents(a.code) == squash_accents(b.code)
    if not a.title or not b.title:
        return False
    left, right = squash_accents(a.title), squash_accents(b.title)
    shorter = min(len(left), len(right))
    return left[:shorter] == right[:shorter] or SequenceMatcher(None, left, right, autojunk=False).ratio() > 0.9


def _starts(openings: Sequence[Opening], rows: Sequence[FormRow], blocks: Sequence[Block]) -> list[Section]:
    """The openings that do open a case, as sections without an end."""
    coded = _coded_starts(openings, rows, blocks)
    titled = any(o.kind == "title" for o in openings)
    starts: list[Section] = []
    banner: Opening | None = None
    for n, opening in enumerate(openings):
        current = starts[-1] if starts else None
        if opening.kind == "banner":
            plain = not titled and opening.code is None and _banner_opens(openings, n, rows, blocks)
            numbered = opening.code is not None and (current is None or not _same(current, opening))
            if plain or numbered:
                starts.append(_section(opening, opening, rows))
            else:
                banner = opening
        elif opening.kind == "title" or n in coded:
            if current is not None and (_same(current, opening) or _completes(current, opening, openings)):
                starts[-1] = _merged(current, opening)
            else:
                starts.append(_section(banner or opening, opening, rows))
            banner = None
    return starts


def _section(first: Opening, named: Opening, rows: Sequence[FormRow]) -> Section:
    """The case that opens there, or with the fields of its form right above."""
    top = first.row
    while top and _is_field(rows[top - 1]):
        top -= 1
    start = min(rows[top].block, first.block)
    return Section(start, start, Kind.CASE, named.code, named.title, frozenset({first.block, named.block}))


def _is_field(row: FormRow) -> bool:
    """Whether the row is a whole field of a form, its label and its value."""
    found = match_label(row.text) or parted_label(row)
    return found is not None and bool(found[1])


def _with_whole_title(section: Section, blocks: Sequence[Block]) -> Section:
    """The section with the further lines of a title that the print breaks into headings of their own."""
    at = max(section.title_blocks)
    title, titles = section.title, section.title_blocks
    while at + 1 < len(blocks) and title is not None:
        block, following = blocks[at], blocks[at + 1]
        if not isinstance(block, Heading) or not isinstance(following, Heading) or not runs_on(block, following):
            break
        title, titles, at = join((title, following.title)), titles | {at + 1}, at + 1
    return Section(section.start, section.stop, section.kind, section.code, title, titles)


def _merged(current: Section, opening: Opening) -> Section:
    return Section(
        current.start,
        current.stop,
        current.kind,
        current.code or opening.code,
        current.title or opening.title,
        current.title_blocks | {opening.block},
    )


def _completes(current: Section, opening: Opening, openings: Sequence[Opening]) -> bool:
    """Whether the opening only says more about the case just opened ("Forslag 7", then "Titel: …")."""
    first = max(o.row for o in openings if o.block in current.title_blocks)
    near = opening.row - first <= FORM_REACH
    if opening.kind != "title" or not near:
        return False
    return current.title is None or (opening.code is None and current.code is not None)


def _banner_opens(openings: Sequence[Opening], n: int, rows: Sequence[FormRow], blocks: Sequence[Block]) -> bool:
    """Whether a banner in a document without title fields opens a case: a form or figures follow before the next."""
    following = next((o for o in openings[n + 1 :] if o.kind == "banner"), None)
    if any(o.kind == "coded" for o in openings[n + 1 :] if following is None or o.row < following.row):
        return False
    stop = following.row if following is not None else len(rows)
    end = following.block if following is not None else len(blocks)
    figures = any(isinstance(b, Grid) and has_figures(b) for b in blocks[openings[n].block : end])
    return figures or has_form(rows, openings[n].row, stop)


def _coded_starts(openings: Sequence[Opening], rows: Sequence[FormRow], blocks: Sequence[Block]) -> set[int]:
    """Indices of the coded headings that open a case: a form follows, or they are a series and figures follow each."""
    coded = [n for n, o in enumerate(openings) if o.kind == "coded"]
    formed: set[int] = set()
    figured: set[int] = set()
    for k, n in enumerate(coded):
        opening = openings[n]
        following = openings[coded[k + 1]] if k + 1 < len(coded) else None
        stop = following.row if following is not None else len(rows)
        end = following.block if following is not None else len(blocks)
        figures = any(isinstance(b, Grid) and has_figures(b) for b in blocks[opening.block : end])
        led = n > 0 and openings[n - 1].kind == "banner" and opening.row - openings[n - 1].row <= _BANNER_REACH
        if has_form(rows, opening.row, stop) or (led and figures):
            formed.add(n)
        elif figures and (rows[opening.row].heading or _opens_page(blocks, opening.block)):
            figured.add(n)
    titles = [o for o in openings if o.kind == "title"]
    if titles:  # and a coded line whose title a form below it repeats
        return formed | {
            n for n in coded for t in titles if 0 < t.row - openings[n].row < FORM_REACH and _same(t, openings[n])
        }
    if formed:  # a proposal of the same series whose form was lost
        families = {_family(openings[n].code) for n in formed}
        return formed | {n for n in figured if _family(openings[n].code) in families}
    families_of = [_family(openings[n].code) for n in figured]
    wordy = {n for n in figured if " " in (openings[n].code or "")}
    return {n for n in figured if n in wordy or families_of.count(_family(openings[n].code)) > 1}


def _opens_page(blocks: Sequence[Block], at: int) -> bool:
    """Whether the block is the first of its page."""
    if at == 0:
        return True
    above = blocks[at - 1]
    return (above.last_page if isinstance(above, Grid) else above.place.page) != blocks[at].place.page


def _family(code: str | None) -> str:
    return regex.sub(r"[\d\W_]+.*$", "", fold_accents(code or ""))


def has_figures(grid: Grid) -> bool:
    """Whether a grid holds figures beyond its first column: a table, not a form of words."""
    body = [r for r in grid.rows if not r.header]
    cells = [c.text for r in body for c in (*r.cells[1:], *r.loose) if c is not None and c.text.strip()]
    figures = [t for t in cells if FIGURE.fullmatch(t.strip())]
    return len(figures) >= max(2, len(cells) // 5)
