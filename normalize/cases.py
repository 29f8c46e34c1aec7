"""Where a case begins and ends: the blocks of a document cut into cases.

In: a document's blocks.  Out: `Section`s in print order; a section is a case, the catalogue before the cases, or a
document that is one case although nothing titles it.  A case opens with a banner ("INVESTERINGSFORSLAG"), a title
field ("Forslagets titel: …") or a coded heading ("Forslag 7: …"); its annexes belong to it; a title or banner that
comes again (at a page's top, below the summary table) opens nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from difflib import SequenceMatcher
from enum import StrEnum
from functools import cache

import regex

from extract.models import Block, Cell, Grid, Heading, Ledger, Line, Paragraph, Row
from normalize.headings import document_title, names_catalogue, runs_on, words_of
from normalize.metadata_labels import NOT_READ, match_label
from normalize.metadata_lines import FIGURE, ends_open, is_banner
from normalize.metadata_rows import FormRow, join, rows_of
from normalize.vocabulary import fold_accents, squash_accents
from normalize.vocabulary.forms import words

_LONGEST_TITLE = 300
_FORM_REACH = 14  # rows below a heading within which its form must begin
_BANNER_REACH = 3  # rows below a banner within which a coded line is the case's title
_TITLE_HEAD = regex.compile(r"[\p{Lu}\d'\"„“”’(]")
_BANNERED = regex.compile(r"(?P<banner>[^:–—]{4,50}?)\s*(?::|[–—])\s+(?P<title>\p{Lu}.*)")
_STRONG_TITLE = regex.compile(r"(?:forslag|projekt|case)\w*\s+(?:titel|navn)|titel på|navn på|(?:projekt|case)titel")


class Kind(StrEnum):
    """What a section is."""

    CASE = "case"
    CATALOGUE = "catalogue"
    DOCUMENT = "document"


@dataclass(frozen=True, slots=True)
class Section:
    """`blocks[start:stop]` of the document; `code` and `title` are what its opening line says, if anything."""

    start: int
    stop: int
    kind: Kind
    code: str | None = None
    title: str | None = None
    title_blocks: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class _Opening:
    """A line that may open a case: `row` is its index among the form rows."""

    row: int
    block: int
    kind: str  # banner, title, coded
    code: str | None = None
    title: str | None = None


@cache
def _coded() -> regex.Pattern[str]:
    names = "|".join(sorted(map(regex.escape, words("code_words")), key=len, reverse=True))
    return regex.compile(
        rf"""
        (?P<code>
            (?i:(?:{names}))\s*(?:(?i:nr|no)\.?\s*)?(?:\d{{1,3}}[a-zæøå]?(?:[.-]\d{{1,3}})*(?!\d)|\p{{Lu}}{{1,3}}-?\d{{1,3}})
          | (?P<letters>\p{{Lu}}{{1,6}}(?:-\p{{Lu}}{{1,6}})*)[-\s]?\d{{1,4}}(?:[-./]\d{{1,4}})*[a-z]?
        )
        (?:\s*[:–—.-]\s*|\s+|$)
        (?P<title>.*)
        """,
        regex.VERBOSE | regex.DOTALL,
    )


def split_code(text: str) -> tuple[str | None, str]:
    """(code, title) of a title line: "BC41 Ny telefoni" is ("BC41", "Ny telefoni"); code None where there is none."""
    plain = " ".join(text.split())
    found = _coded().fullmatch(plain)
    if found is None:
        return None, plain
    letters, title = found["letters"], found["title"].strip()
    if letters is not None:
        year = fold_accents(letters) in words("year_letters") and "-" not in found["code"]
        year = year or regex.search(r"\s(?:19|20)\d\d$", found["code"]) is not None  # "SUF 2022"
        wrong = year or any(fold_accents(part) in words("not_codes") for part in letters.split("-"))
        if wrong or (title and not _TITLE_HEAD.match(title)):
            return None, plain
    elif title and not _TITLE_HEAD.match(title):
        return None, plain  # "Forslag 1 er …" is a sentence
    whole = regex.search(r"\p{Lu}{1,3}-\d+$", found["code"])  # "Anlægsforslag A-12" is A-12
    return whole[0] if whole is not None and letters is None else found["code"].strip(), title


def unglued(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with a grid that runs on into the next case's opening lines cut there.

    A text dump may set the next banner and form right below a table, without anything between them.
    """
    out: list[Block] = []
    for block in blocks:
        while isinstance(block, Grid) and (at := _opening_row(block)) is not None:
            rest = block.rows[at:]
            stop = next((n for n, row in enumerate(rest) if len(_filled(row)) > 1), len(rest))
            lines = [Line(cell.text, cell.place, (cell,)) for row in rest[:stop] for cell in _filled(row)]
            out.append(_part(block, block.rows[:at], caption=block.caption))
            out += [Paragraph(line.text, (line,), line.place) for line in lines]
            if stop == len(rest):
                break
            block = _part(block, rest[stop:], notes=block.notes)
        else:
            out.append(block)
    return tuple(out)


def _filled(row: Row) -> list[Cell]:
    return [cell for cell in (*row.cells, *row.loose) if cell is not None and cell.text.strip()]


def _opening_row(grid: Grid) -> int | None:
    """The first row below a grid's body that holds a case's banner and nothing else, with a form's label below it."""
    for n, row in enumerate(grid.rows[:-1]):
        cells, below = _filled(row), _filled(grid.rows[n + 1])
        if n and len(cells) == len(below) == 1 and cells[0].text[:1].isupper() and is_banner(cells[0].text):
            label = match_label(below[0].text)
            if label is not None and label[0] not in NOT_READ:
                return n
    return None


def _part(grid: Grid, rows: Sequence[Row], caption: Paragraph | None = None, notes: tuple[Paragraph, ...] = ()) -> Grid:
    """Some rows of a grid as a grid of their own; its ledger counts their own words, all of them in cells."""
    tokens = sum(len(cell.text.split()) for row in rows for cell in _filled(row))
    pages = [row.place.page for row in rows]
    ledger = Ledger(tokens=tokens, placed=tokens)
    return replace(
        grid,
        rows=tuple(rows),
        first_page=min(pages),
        last_page=max(pages),
        place=rows[0].place,
        caption=caption,
        notes=notes,
        ledger=ledger,
    )


def split(blocks: Sequence[Block]) -> tuple[Section, ...]:
    """The sections of a document, in print order; none where nothing in it is a case."""
    rows = list(rows_of(enumerate(blocks)))
    openings = _openings(rows)
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


def _openings(rows: Sequence[FormRow]) -> list[_Opening]:
    """Every line that may open a case, in print order."""
    out: list[_Opening] = []
    for n, row in enumerate(rows):
        text = row.text.strip()
        code, title = split_code(text) if len(text) < _LONGEST_TITLE and text[:1].isupper() else (None, text)
        if text[:1].isupper() and is_banner(text) and (row.heading or _stands_alone(rows, n)):
            out.append(_Opening(n, row.block, "banner", code))
            continue
        found = match_label(text, colon=not row.grid) or _parted_label(row)
        if found is not None and found[0] == "title" and _is_title_field(rows, n):
            value = _title_value(rows, n, found[1])
            code, title = split_code(value)
            out.append(_Opening(n, row.block, "title", code, title or None))
        elif code is not None and _titles(rows, n):
            out.append(_Opening(n, row.block, "coded", code, _whole_title(rows, n, title) or None))
    return out


def _whole_title(rows: Sequence[FormRow], n: int, title: str) -> str:
    """The title at row `n` with the paragraph's next line, where it breaks off amid a phrase or that begins small."""
    below = rows[n + 1] if n + 1 < len(rows) else None
    if below is None or below.block != rows[n].block or below.grid:
        return title
    return join((title, below.text)) if ends_open(title) or below.text[:1].islower() else title


def _parted_label(row: FormRow) -> tuple[str, str] | None:
    """The field of a label that a wide gap, and no colon, parts from its value."""
    if len(row.segments) != 2 or not regex.search(r"\p{L}{2}", row.segments[1].text):
        return None
    found = match_label(row.segments[0].text, colon=False)
    value = row.segments[1].text
    return (found[0], value) if found is not None and not found[1] and match_label(value, colon=False) is None else None


def _titles(rows: Sequence[FormRow], n: int) -> bool:
    """Whether a coded line stands as a title: a heading, a paragraph of its own, or the first row of a form's grid."""
    row = rows[n]
    if row.grid:
        return len(row.segments) <= 2 and (n == 0 or rows[n - 1].block != row.block) and _has_form(rows, n, len(rows))
    return row.heading or _stands_alone(rows, n)


def _is_title_field(rows: Sequence[FormRow], n: int) -> bool:
    """Whether the title label at row `n` is a form's: a label that can be nothing else, or other fields near by."""
    row = rows[n]
    titled = row.heading and match_label(row.text, colon=False) != ("title", "")  # "Forslag: Færre vikarer"
    strong = _STRONG_TITLE.match(fold_accents(row.text)) is not None
    below = n + 1 < len(rows) and _parted_label(rows[n + 1]) is not None
    above = n > 0 and _parted_label(rows[n - 1]) is not None
    return titled or strong or below or above or _has_form(rows, n, len(rows))


def _title_value(rows: Sequence[FormRow], n: int, value: str) -> str:
    """The field's value, from the next row where the label stands alone."""
    if value or n + 1 >= len(rows) or match_label(rows[n + 1].text):
        return value
    return rows[n + 1].text


def _stands_alone(rows: Sequence[FormRow], n: int) -> bool:
    """Whether a line of running text is a paragraph of its own (of two lines at most)."""
    block = rows[n].block
    return (n == 0 or rows[n - 1].block != block) and sum(r.block == block for r in rows[n : n + 4]) <= 2


def _has_form(rows: Sequence[FormRow], n: int, stop: int) -> bool:
    """Whether a field of a form opens within reach below row `n`."""
    for row in rows[n + 1 : min(n + 1 + _FORM_REACH, stop)]:
        found = match_label(row.segments[0].text, colon=not (row.grid or len(row.segments) > 1))
        if found is not None and found[0] in ("summary", "administrations", "affected", "price_level", "code"):
            return True
    return False


def _same(a: _Opening | Section, b: _Opening) -> bool:
    """Whether an opening repeats the case's own title."""
    if a.code is not None and b.code is not None:
        return squash_accents(a.code) == squash_accents(b.code)
    if not a.title or not b.title:
        return False
    left, right = squash_accents(a.title), squash_accents(b.title)
    shorter = min(len(left), len(right))
    return left[:shorter] == right[:shorter] or SequenceMatcher(None, left, right, autojunk=False).ratio() > 0.9


def _starts(openings: Sequence[_Opening], rows: Sequence[FormRow], blocks: Sequence[Block]) -> list[Section]:
    """The openings that do open a case, as sections without an end."""
    coded = _coded_starts(openings, rows, blocks)
    titled = any(o.kind == "title" for o in openings)
    starts: list[Section] = []
    banner: _Opening | None = None
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


def _section(first: _Opening, named: _Opening, rows: Sequence[FormRow]) -> Section:
    """The case that opens there, or with the fields of its form right above."""
    top = first.row
    while top and _is_field(rows[top - 1]):
        top -= 1
    start = min(rows[top].block, first.block)
    return Section(start, start, Kind.CASE, named.code, named.title, frozenset({first.block, named.block}))


def _is_field(row: FormRow) -> bool:
    """Whether the row is a whole field of a form, its label and its value."""
    found = match_label(row.text) or _parted_label(row)
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


def _merged(current: Section, opening: _Opening) -> Section:
    return Section(
        current.start,
        current.stop,
        current.kind,
        current.code or opening.code,
        current.title or opening.title,
        current.title_blocks | {opening.block},
    )


def _completes(current: Section, opening: _Opening, openings: Sequence[_Opening]) -> bool:
    """Whether the opening only says more about the case just opened ("Forslag 7", then "Titel: …")."""
    first = max(o.row for o in openings if o.block in current.title_blocks)
    near = opening.row - first <= _FORM_REACH
    if opening.kind != "title" or not near:
        return False
    return current.title is None or (opening.code is None and current.code is not None)


def _banner_opens(openings: Sequence[_Opening], n: int, rows: Sequence[FormRow], blocks: Sequence[Block]) -> bool:
    """Whether a banner in a document without title fields opens a case: a form or figures follow before the next."""
    following = next((o for o in openings[n + 1 :] if o.kind == "banner"), None)
    if any(o.kind == "coded" for o in openings[n + 1 :] if following is None or o.row < following.row):
        return False
    stop = following.row if following is not None else len(rows)
    end = following.block if following is not None else len(blocks)
    figures = any(isinstance(b, Grid) and has_figures(b) for b in blocks[openings[n].block : end])
    return figures or _has_form(rows, openings[n].row, stop)


def _coded_starts(openings: Sequence[_Opening], rows: Sequence[FormRow], blocks: Sequence[Block]) -> set[int]:
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
        if _has_form(rows, opening.row, stop) or (led and figures):
            formed.add(n)
        elif figures and (rows[opening.row].heading or _opens_page(blocks, opening.block)):
            figured.add(n)
    titles = [o for o in openings if o.kind == "title"]
    if titles:  # and a coded line whose title a form below it repeats
        return formed | {
            n for n in coded for t in titles if 0 < t.row - openings[n].row < _FORM_REACH and _same(t, openings[n])
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
