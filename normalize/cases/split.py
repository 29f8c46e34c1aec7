"""Where a case begins and ends: the blocks of a document cut into cases.

In: a document's blocks.  Out: the blocks, with paragraphs cut where a case begins amid one, and `Section`s in print
order; a section is a case, the overview before the cases, or a document that is one case although nothing titles it.
`partition.py` chooses where cases begin, `head.py` what each is called.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import pairwise

import regex

from extract.models import Block, Grid, Row
from extract.records import record
from lexicon.folding import squash_accents
from normalize.cases.codes import Form, read_code
from normalize.cases.cutting import cut_at
from normalize.cases.evidence import Term
from normalize.cases.flat import unrun
from normalize.cases.head import Head, head_of, read_head
from normalize.cases.headings import names_catalogue
from normalize.cases.held import Held
from normalize.cases.naming import listed_in_contents
from normalize.cases.partition import Partition, partition
from normalize.cases.series import counted, labelled, sectioned
from normalize.cases.starts import Start
from normalize.cases.traits import Trait, has_figures, is_body, traits_of
from normalize.forms.rows import rows_of

_FORM = ("summary", "administrations", "affected", "price_level")  # fields of which two are a case's form
_HEAD_LINES = 6  # of a case's head that may say what kind of paper it is
_FORM_LINES = 40  # lines of a case within which a field may hold its title
_WORD = regex.compile(r"\p{L}{3}")
_LONGEST_CODE = 20  # characters of a cell with a number that opens a row
_STRONG = ("banner", "title_field")  # what makes a case of prose alone


class Kind(StrEnum):
    """What a section is."""

    CASE = "case"
    CATALOGUE = "catalogue"
    DOCUMENT = "document"


@record
class Section:
    """`blocks[start:stop]` of the document; `head` is what its first lines say of code and title."""

    start: int
    stop: int
    kind: Kind
    head: Head = Head()
    title_blocks: frozenset[int] = frozenset()
    opened: tuple[Term, ...] = ()
    printed: str = ""  # its head's lines, which say what kind of paper it is
    traits: tuple[Trait, ...] = ()  # its lines

    @property
    def code(self) -> str | None:
        """The code as its head prints it."""
        return self.head.code

    @property
    def title(self) -> str | None:
        """The title as its head prints it."""
        return self.head.title


def split(blocks: Sequence[Block]) -> tuple[tuple[Block, ...], tuple[Section, ...]]:
    """The document's blocks, and its sections in print order; none where nothing in it is a case."""
    blocks = unrun(blocks)
    rows = list(rows_of(enumerate(blocks), captions=True))
    traits = sectioned(counted(labelled(traits_of(rows, blocks))))
    if not traits:
        return tuple(blocks), ()
    listed = listed_titles(blocks) | _in_contents(traits)
    found = partition(traits, listed)
    if not _any_case(found, traits):
        return tuple(blocks), ()
    starts = [start.top for start in found.starts]
    again = _again(traits, starts)
    lead = 0  # lines above the head of the only case
    if len(starts) == 1 and not found.fronted:
        lead = starts[0] if Held(traits).prose(0, starts[0]) and found.starts[0].told else 0
        starts = [0]
    cut, traits = cut_at(blocks, traits, starts)
    sections: list[Section] = []
    if starts[0] and found.fronted:
        sections.append(_section(traits, cut, 0, starts[0], Kind.CATALOGUE, (), listed, again))
    for n, (top, start) in enumerate(zip(starts, found.starts, strict=True)):
        stop = starts[n + 1] if n + 1 < len(starts) else len(traits)
        before = n == 0 and len(starts) > 1 and not _identified(start) and _identified(found.starts[1])
        kind = Kind.CATALOGUE if before else Kind.CASE  # figures before the first case
        sections.append(_section(traits, cut, top, stop, kind, start.terms, listed, again, lead))
    sections = _like_others(sections, listed, again)
    if len(sections) == 1 and names_catalogue(sections[0].title or ""):
        sections = [replace(sections[0], kind=Kind.CATALOGUE)]
    return cut, tuple(sections)


def _section(
    traits: Sequence[Trait],
    blocks: Sequence[Block],
    top: int,
    stop: int,
    kind: Kind,
    opened: tuple[Term, ...],
    listed: frozenset[str],
    again: frozenset[str],
    lead: int = 0,
) -> Section:
    """The section of the lines `top` to `stop`, whose head stands below its first `lead` lines."""
    own = traits[top:stop]
    head = read_head(own[lead:], listed, again)
    last = traits[stop].block if stop < len(traits) else len(blocks)
    first = 0 if top == 0 else traits[top].block
    printed = "\n".join(t.text for t in head_of(own)[:_HEAD_LINES])
    titled = frozenset(own[lead + n].block for n in head.rows)
    return Section(first, last, kind, head, titled, opened, printed, tuple(own))


def _like_others(sections: Sequence[Section], listed: frozenset[str], again: frozenset[str]) -> list[Section]:
    """The sections, a case that is called by another line than its fellows, by a field's value, by the field of the
    same label: what stands above the first of many cases is the file's head and not its own."""
    labels = {label for s in sections if (label := _label(s.head.title, s.traits[:_FORM_LINES])) is not None}
    return [_called(section, labels, listed, again) for section in sections]


def _called(section: Section, labels: set[str], listed: frozenset[str], again: frozenset[str]) -> Section:
    near = section.traits[:_FORM_LINES]
    if section.kind is not Kind.CASE or not labels or _label(section.head.title, near) is not None:
        return section
    at = next((n for n, t in enumerate(near) if t.field is not None and _label(t.field[1], [t]) in labels), None)
    if at is None:
        return section
    while at and (near[at - 1].field is not None or near[at - 1].bare_code):
        at -= 1
    return replace(section, head=read_head(section.traits[at:], listed, again))


def _label(title: str | None, traits: Sequence[Trait]) -> str | None:
    """The folded label of the field that holds a title."""
    held = (t for t in traits if t.field is not None and t.field[1].strip(" :–-") == title)
    return next((t.label for t in held if t.label), None)


def listed_titles(blocks: Sequence[Block]) -> frozenset[str]:
    """What an overview lists: the folded words of a table's rows that begin with a code or a number and hold more."""
    tables = (block for block in blocks if isinstance(block, Grid) and has_figures(block))
    return frozenset(title for table in tables for row in table.rows if not row.header for title in _listed(row))


def _listed(row: Row) -> set[str]:
    """The folded words of a row that a code or a number opens and that holds more; none of another row."""
    if sum(c is not None and bool(c.text.strip()) for c in (*row.cells, *row.loose)) < 2:
        return set()
    texts = [c.text for c in row.cells[:3] if c is not None and _WORD.search(c.text)]
    coded = [c.title for t in texts if (c := read_code(t)) is not None]
    first = row.cells[0].text if row.cells and row.cells[0] is not None else ""
    opened = coded or (len(first) < _LONGEST_CODE and any(map(str.isdecimal, first)))
    return {squash_accents(t) for t in (*texts, *coded)} - {""} if opened else set()


def _in_contents(traits: Sequence[Trait]) -> frozenset[str]:
    """What a list of contents names: folded lines with leader dots and a page's number behind them."""
    return frozenset(squash_accents(title) for t in traits if (title := listed_in_contents(t.text)) is not None)


def _again(traits: Sequence[Trait], starts: Sequence[int]) -> frozenset[str]:
    """The folded lines, none of a body, that stand in more than one of the sections which begin at `starts`."""
    seen: Counter[str] = Counter()
    for first, stop in pairwise([*starts, len(traits)]):
        seen.update({squash_accents(said) for t in traits[first:stop] if not is_body(t) for said in _said(t)})
    return frozenset(text for text, times in seen.items() if times > 1)


def _said(trait: Trait) -> Iterator[str]:
    """A line's words, and the value of its field."""
    yield trait.text
    if trait.field is not None and trait.field[1]:
        yield trait.field[1]


def _any_case(found: Partition, traits: Sequence[Trait]) -> bool:
    """Whether anything in the document is a case: figures, a form, or a line that says so."""
    if Held(traits).figures(0, len(traits)):
        return True
    fields = {t.field[0] for t in traits if t.field is not None}.intersection(_FORM)
    coded = any(start.coded is not None and start.coded.known for start in found.starts)
    return len(fields) > 1 or (bool(fields) and coded) or any(_says_so(start) for start in found.starts)


def _identified(start: Start) -> bool:
    """Whether a code, a banner or a title's label says that a case begins there."""
    named = start.coded is not None and start.coded.form is not Form.NUMBER
    return named or _says_so(start) or any(term.name in ("catalogued", "number_code") for term in start.terms)


def _says_so(start: Start) -> bool:
    return any(term.name in _STRONG for term in start.terms)
