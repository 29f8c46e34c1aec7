"""From the blocks of a document to its cases: what `normalize.understand` does."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import chain

import regex

from extract.models import Block, Document, Grid, Heading, Paragraph, Place
from lexicon.folding import fold_accents
from normalize.cases import identity
from normalize.cases import split as segmentation
from normalize.cases.evidence import Term
from normalize.cases.headings import headings_of, names_catalogue, without_banner
from normalize.cases.metadata import metadata
from normalize.cases.traits import What, has_figures
from normalize.forms.form import Form, read_form
from normalize.forms.labels import match_label
from normalize.forms.lines import is_banner, round_of
from normalize.forms.rows import form_rows, opens_field, rows_of
from normalize.ids import assign
from normalize.left_open import with_advice, with_unread
from normalize.models import Case, CaseFile, Kind, Measure, Statement, StatementKind, Table
from normalize.prose.statements import find_statements
from normalize.second import doubtful_places, with_second_opinion
from normalize.tables.kinds import settled
from normalize.tables.read import Said, read_tables, said_of_tables
from normalize.vocabulary.forms import words

__all__ = ["doubtful_places", "understand", "with_second_opinion"]

_NOTE = regex.compile(r"(?:Note[r]?|Anm|Anmærkning(?:er)?)\b[^:.]{0,40}[:.]|\*+\)?\s?\p{L}|\(\*+\)")
_LONGEST_FORM = 60  # blocks
_PAGES = 1000  # more than a paper has
_LETTERHEAD = 12  # blocks before the first case that may carry its budget round


def understand(document: Document, *, why: bool = False) -> CaseFile:
    """The cases of a document, in print order; none where it holds none (a strategy paper, an empty file).

    With `why` each table says what weighed on the confidence of its figures.
    """
    blocks, sections = segmentation.split(document.blocks)
    first = next((s.start for s in sections if s.kind is segmentation.Kind.CASE), 0)
    said = said_of_tables(blocks[:first])
    found = [_case(blocks, section, n, said, why=why) for n, section in enumerate(sections)]
    kept = [replace(case, ordinal=n) for n, case in enumerate(c for c in found if c is not None)]
    return with_advice(with_unread(CaseFile(document, assign(document.document_id, kept))))


def _case(
    blocks: Sequence[Block], section: segmentation.Section, ordinal: int, said: Said, *, why: bool
) -> Case | None:
    own = blocks[section.start : section.stop]
    read = read_tables(own, said, why=why)
    if section.kind is not segmentation.Kind.CASE and not read:
        return None
    tables = [replace(table, ordinal=n) for n, (_, table) in enumerate(read)]
    tables = settled(
        tables, section.printed, proposal=section.kind is segmentation.Kind.CASE, coded=section.code is not None
    )
    kind_of = _kind_of(section, tables)
    form = read_form(form_rows(rows_of(_head(own)))) if kind_of == "case" else Form()
    title = _clean_title(section.title)
    title_blocks = frozenset(n - section.start for n in section.title_blocks)
    headings = headings_of(own, title_blocks | form.blocks, title)
    tables = _priced(tables, form.price_level)
    indices = {index: n for n, (index, _) in enumerate(read)}
    statements = find_statements(own, headings, tables, indices, form.blocks)
    tables = _priced(tables, _level_of_case(form, statements, said))
    budget_round = form.budget_round or _letterhead_round(blocks, section)
    pages = list(chain.from_iterable(map(_pages, own)))
    case = Case(
        ordinal=ordinal,
        code=section.code,
        title=title,
        summary=form.summary or _summary_section(own),
        administrations=form.administrations,
        affected=form.affected,
        budget_round=budget_round,
        confidential=form.confidential or any(w in (section.title or "") for w in words("confidential")),
        stated_price_level=form.price_level,
        stated_price_level_place=form.price_level_place,
        first_page=min(pages, default=1),
        last_page=max(pages, default=1),
        headings=headings,
        tables=tuple(tables),
        statements=statements,
        notes=_notes(own),
        text=_text(own, form.blocks | title_blocks, frozenset(indices)),
        kind_of=kind_of,
        municipality=identity.municipality(own, blocks),
        budget_year=identity.budget_year(budget_round, section.printed),
        title_doubtful=section.head.doubtful,
        opened_why=_why(section.opened),
        title_why=_why(section.head.terms),
        metadata=metadata(section.traits) if kind_of == "case" else (),
    )
    keyed = kind_of == "case" and not section.head.doubtful
    return replace(case, case_key=identity.case_key(case)) if keyed else case


def _why(terms: Sequence[Term]) -> tuple[tuple[str, float], ...]:
    return tuple((term.name, term.bits) for term in terms)


def _level_of_case(form: Form, statements: Sequence[Statement], said: Said) -> int | None:
    """The price level of a case's tables that say none: the form's, the only one its text names, or the document's."""
    if form.price_level is not None:
        return form.price_level
    levels = {int(s.value) for s in statements if s.kind is StatementKind.PRICE_LEVEL}
    if not levels:
        return said.price_level
    return levels.pop() if len(levels) == 1 else None


def _kind_of(section: segmentation.Section, tables: Sequence[Table]) -> str:
    """ "catalogue" for an overview of proposals, "document" for figures that are no case's, else "case"."""
    overview = any(t.kind is Kind.CATALOGUE for t in tables)
    if section.kind is segmentation.Kind.CASE:
        if _is_list(section, tables):
            return "document"
        alone = section.code is None and not any(t.kind in (Kind.SUMMARY, Kind.RECURRING) for t in tables)
        return "catalogue" if overview and alone and len(tables) == 1 else "case"
    return "catalogue" if overview or names_catalogue(section.title or "") else "document"


def _is_list(section: segmentation.Section, tables: Sequence[Table]) -> bool:
    """Whether a file without a word of text holds only prices, things that are counted or the numbers of pages: a sheet
    of fees, a table of inhabitants, a list of contents."""
    told = section.code is not None or any(t.what is What.PROSE or t.field is not None for t in section.traits)
    return not told and bool(tables) and all(_counts_or_prices(table) for table in tables)


def _counts_or_prices(table: Table) -> bool:
    """Whether a table's figures are prices, no money, or numbers of pages that run on down one column."""
    values = [a.value for line in table.lines for a in line.amounts]
    paged = len(values) == len(table.lines) and values == sorted(values) and all(0 < v < _PAGES for v in values)
    return paged or table.kind is Kind.FEES or table.measure is Measure.COUNT


def _head(own: Sequence[Block]) -> list[tuple[int, Block]]:
    """The blocks in which the form stands: to the first heading below its last label, at most to a numbered one."""
    head: list[tuple[int, Block]] = []
    for n, block in enumerate(own[:_LONGEST_FORM]):
        if isinstance(block, Heading) and block.number is not None:
            break
        if not (isinstance(block, Grid) and has_figures(block)):
            head.append((n, block))
    labels = [row.block for row in rows_of(head) if opens_field(row)]
    last = max(labels, default=0)
    stop = next(
        (n for n, block in head if n > last and isinstance(block, Heading) and not is_banner(block.title)), None
    )
    return head if stop is None else head[:stop]


def _clean_title(title: str | None) -> str | None:
    if title is None:
        return None
    plain = " ".join(title.split())
    for word in words("confidential"):
        plain = (
            plain.replace(f"({word.strip('()')})", "").replace(word, "") if word.isupper() else plain.replace(word, "")
        )
    return without_banner(plain.strip(" :–-")) or None


def _priced(tables: Sequence[Table], stated: int | None) -> list[Table]:
    """The tables, those of money that print no price level with the one their fellows agree on, else with `stated`."""
    levels = {t.price_level for t in tables if t.price_level is not None}
    taken = next(iter(levels)) if len(levels) == 1 else None if levels else stated
    return [
        replace(t, price_level=taken, price_level_printed=None)
        if t.price_level is None and t.measure is Measure.DKK
        else t
        for t in tables
    ]


def _pages(block: Block) -> tuple[int, ...]:
    if isinstance(block, Grid):
        return block.first_page, block.last_page
    if isinstance(block, Paragraph):
        return (block.place.page, *(line.place.page for line in block.lines))
    return (block.place.page,)


def _letterhead_round(blocks: Sequence[Block], section: segmentation.Section) -> str | None:
    """A budget round named above the document's first case."""
    if section.start > _LETTERHEAD or section.kind is not segmentation.Kind.CASE:
        return None
    rows = rows_of(enumerate(blocks[: section.start + 1]))
    return next((r for r in (round_of(row.text) for row in rows if len(row.text) < 70) if r), None)


def _summary_section(own: Sequence[Block]) -> str | None:
    """The paragraphs under a heading that says "Resumé", for templates whose resumé is a section."""
    for n, block in enumerate(own):
        if not isinstance(block, Heading):
            continue
        found = match_label(block.title, colon=False)
        if found is None or found[0] != "summary" or fold_accents(found[1]):
            continue
        said: list[str] = []
        for following in own[n + 1 :]:
            if not isinstance(following, Paragraph):
                break
            said.append(following.text)
        return "\n".join(said) or None
    return None


def _notes(own: Sequence[Block]) -> tuple[tuple[str, Place], ...]:
    """Notes under tables and notes to all tables, each once, in print order."""
    found: list[tuple[str, Place]] = []
    for block in own:
        if isinstance(block, Grid):
            found += [(note.text, note.place) for note in block.notes]
        elif isinstance(block, Paragraph) and _NOTE.match(block.text.strip()):
            found.append((block.text, block.place))
    return tuple(dict.fromkeys(found))


def _text(own: Sequence[Block], form: frozenset[int], tabled: frozenset[int]) -> tuple[tuple[str, Place], ...]:
    """Running text, a paragraph each, and the rows of tables of words (cells joined by tabs)."""
    found: list[tuple[str, Place]] = []
    for n, block in enumerate(own):
        if n in form or n in tabled or isinstance(block, Heading):
            continue
        if isinstance(block, Paragraph):
            if block.text.strip() and not _NOTE.match(block.text.strip()):
                found.append((block.text, block.place))
            continue
        for row in block.rows:
            cells = [c.text for c in (*row.cells, *row.loose) if c is not None and c.text.strip()]
            if cells:
                found.append(("\t".join(cells), row.place))
    return tuple(found)
