"""The columns of a table from its header rows: years in any notation, totals, units of their own, columns of words.

In: the header rows of a grid and, for each of its columns, the share of body cells that hold figures.  Out: a
`Header` with one `Column` a grid column (a grid of loose rows gets a column more for each column of words its header
names), and the texts that head more than one column.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from itertools import pairwise

import regex

from extract.models import Cell, Place, Row
from extract.records import record
from lexicon.folding import fold_label, squash
from lexicon.formulas import counts_columns, without_formulas
from lexicon.lines import ends_open
from lexicon.units import find_measure, find_price_level, find_unit, is_only_unit, is_unit
from lexicon.years import is_outside_years, opens_date, read_year, single_year
from normalize.models import Column, ColumnKind, Measure
from normalize.vocabulary import (
    TextRole,
    is_count_header,
    is_investment_header,
    is_percent_header,
    text_role,
    total_span,
)


@record
class Header:
    """What the header rows say.

    `position[c]` is the index into `columns` of the grid's column c.  `roles` are the columns of words.  `stub` is what
    heads the labels, `spans` are the texts over several columns, `texts` all header cells in print order.
    """

    columns: tuple[Column, ...]
    position: tuple[int, ...]
    roles: dict[int, TextRole] = field(default_factory=dict)
    stub: str = ""
    spans: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()  # for each column the text over it and its neighbours, "" where none

    @property
    def values(self) -> tuple[int, ...]:
        """The indices of the columns that hold figures, in print order."""
        return tuple(c.index for c in self.columns if c.kind is not ColumnKind.TEXT)

    def of_role(self, role: TextRole) -> int | None:
        """The first column of words in that role, None where there is none."""
        return next((i for i in sorted(self.roles) if self.roles[i] is role), None)


@dataclass(slots=True)
class _Stack:
    """The header texts over one column, top to bottom."""

    own: list[str] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    place: Place | None = None


OPEN_ENDS = ("-", "–", "/")  # what a span of years breaks off with
_EDGE = 1.2  # points between edges that are one
_ALSO = regex.compile(r"(?:og|eller|samt)\b")
_NAMING = (TextRole.STEERING_AREA, TextRole.APPROPRIATION, TextRole.NUMBER, TextRole.COMMITTEE)
_UNIT_WORDS = regex.compile(
    r"\((?P<inside>[^()]*)\)"
    r"|(?P<tail>[,;:]?\s*(?:i\s+)?(?:hele\s+kr|t\.?\s?kr|1[. ]?000\s*kr|mio\.?\s*kr|mia\.?\s*kr|kr)\b\.?)\s*$",
    regex.IGNORECASE,
)


@lru_cache(maxsize=4096)
def bare_header(text: str) -> str:
    """A header without the unit and the price level it carries: "Abonnement (1.000 kr. 2025 p/l)" is one word."""

    def without(match: regex.Match[str]) -> str:
        inside = match["inside"]
        keeps = inside is not None and find_unit(inside) is None and find_price_level(inside) is None
        return match[0] if keeps else ""

    plain = _UNIT_WORDS.sub(without, " ".join(text.split())).strip(" ,;")
    words = plain.split()
    for cut in range(
        len(words) - 1, max(0, len(words) - 4), -1
    ):  # "1.000 kr. 2022 p/l 2023": a unit line run into a year
        tail = " ".join(words[cut:])
        if (single_year(tail) or total_span(tail)) and is_only_unit(" ".join(words[:cut])):
            return tail
    return plain


def read_columns(
    rows: Sequence[Row], columns: int, figure_share: Sequence[float | None], *, loose: bool, labels: int = 1
) -> Header:
    """The columns of a grid of `columns` columns, the first `labels` of which hold the rows' labels.

    `figure_share[c]` is the share of filled body cells of column c that hold figures, None where none is filled; it
    decides where the header does not.  `loose` says that the rows lost their columns: then the words of the first
    header cell may name columns of words that have no place of their own.
    """
    stacks = _stacks(rows, columns)
    texts = tuple(" ".join(c.text.split()) for r in rows for c in r.cells if c is not None and c.text.strip())
    spans = tuple(dict.fromkeys(t for s in stacks for t in s.shared))
    own = [_joined(s.own) for s in stacks]
    dated = any(single_year(bare_header(t)) for s in stacks for t in s.own)
    built: list[Column] = []
    roles: dict[int, TextRole] = {}
    groups: list[str] = []
    for index in range(columns):
        stack = stacks[index]
        share = figure_share[index] if index < len(figure_share) else None
        column = _column(index, stack, share, labels=labels, dated=dated)
        if column.kind is ColumnKind.TEXT and (role := _text_role(stack)) is not None:
            roles[index] = role
        built.append(column)
        groups.append(_joined(stack.shared))
    stub = own[0] if own else ""
    header = Header(tuple(built), tuple(range(columns)), roles, stub, spans, texts, tuple(groups))
    if loose:
        header = _with_named_columns(header)
    return replace(header, columns=_with_totals(_told_apart(header)))


def _stacks(rows: Sequence[Row], columns: int) -> list[_Stack]:
    stacks = [_Stack() for _ in range(columns)]
    rows = [row for row in rows if not counts_columns([c.text for c in row.cells[1:] if c is not None], _text(row, 0))]
    for number, row in enumerate(rows):
        for index, cell in enumerate(row.cells[:columns]):
            if cell is not None and cell.text.strip():
                covered = _covered(row, index, cell, rows[number + 1 :], columns)
                _put(
                    stacks, cell, covered, open_below=not any(_text(r, c) for r in rows[number + 1 :] for c in covered)
                )
    for stack in stacks:
        if not stack.own and len(stack.shared) > 1:  # a merged cell above, a merged cell below: the lowest names it
            stack.own.append(stack.shared[-1])
    return stacks


def _put(stacks: Sequence[_Stack], cell: Cell, covered: range, *, open_below: bool) -> None:
    """Puts a header cell's text over the columns it covers: as one's name, or as the names that it runs together
    where no row below names them, else as what they share."""
    plain = " ".join(cell.text.split())
    text = without_formulas(plain) or plain  # a formula that needs two lines begins on the name's
    names = _several(text, len(covered)) if open_below else ()
    if not names and len(covered) > 1:
        for at in covered:
            stacks[at].shared.append(text)
        return
    for at, name in zip(covered, names or (text,), strict=False):
        stacks[at].own.append(name)
        stacks[at].place = cell.place


def _several(text: str, count: int) -> tuple[str, ...]:
    """The names in a header cell that runs several columns' names together: "Samlet investering Godkendt med".

    Empty where the text does not fall apart into exactly that many known names.
    """
    if count < 2:
        return ()
    words = text.split()
    for cut in range(1, len(words) - count + 2):
        head = " ".join(words[:cut])
        if not _is_known(head):
            continue
        tail = " ".join(words[cut:])
        rest = ((tail,) if _is_known(tail) else ()) if count == 2 else _several(tail, count - 1)
        if rest:
            return (head, *rest)
    return ()


def _is_known(text: str) -> bool:
    bare = bare_header(text)
    return bool(
        single_year(bare)
        or total_span(bare)
        or is_investment_header(bare)
        or is_percent_header(bare)
        or is_count_header(bare)
        or text_role(bare)
    )


def _covered(row: Row, index: int, cell: Cell, below: Sequence[Row], columns: int) -> range:
    """The columns a header cell stands over: its printed span, or the blanks beside it that have headers below."""
    if cell.span > 1:
        return range(index, min(columns, index + cell.span))
    end = index + 1
    named = next((r.cells[index] for r in below if _text(r, index)), None)
    alone = single_year(bare_header(cell.text)) and all(c is None or c.span == 1 for c in row.cells)
    if named is None or alone or _set_right(cell, named):
        return range(index, end)
    first = "" if is_only_unit(cell.text) else _named_below(below, index)  # a unit heads all
    while end < columns and not _text(row, end) and (name := _named_below(below, end)) and _share_a_head(first, name):
        end += 1
    return range(index, end)


def _set_right(upper: Cell, lower: Cell) -> bool:
    """Whether a header cell ends where the one below it does, and begins elsewhere: set right, it heads that one."""
    a, b = upper.place.box, lower.place.box
    return a is not None and b is not None and abs(a.x1 - b.x1) < _EDGE < abs(a.x0 - b.x0)


def _named_below(rows: Sequence[Row], index: int) -> str:
    """The name that the rows below give a column."""
    return bare_header(_joined([text for row in rows if (text := _text(row, index))]))


def _share_a_head(one: str, other: str) -> bool:
    """Whether names of two columns can stand below one head: words, or years under the same name or none.

    Of "2025" and "Ny ramme 2025" the words above the first belong to it alone.
    """
    a, b = single_year(one), single_year(other)
    if not one or a is None or b is None:
        return not one or a is b
    return a.name == b.name and a.year != b.year


def _text(row: Row, index: int) -> str:
    cell = row.cells[index] if index < len(row.cells) else None
    return cell.text.strip() if cell is not None else ""


def _joined(parts: Sequence[str]) -> str:
    """Header lines as one text; a hyphen before a small letter was a line's end, before a digit it is a span's."""
    text = ""
    for part in parts:
        if text.endswith(("-", "–")) and part[:1].isdigit():
            text += part
        elif text.endswith("-") and part[:1].islower() and not _ALSO.match(part):
            text = text[:-1] + part
        else:
            text = f"{text} {part}" if text else part
    return text


def _column(index: int, stack: _Stack, figures: float | None, *, labels: int, dated: bool) -> Column:
    printed = _joined([t for t in stack.own if not is_unit(t)] or stack.own)
    text = _naming_line(stack, printed)
    own = " ".join(stack.own)
    unit, level, measure = find_unit(own), find_price_level(own), find_measure(own)
    kind, year = ColumnKind.TEXT, None
    if index >= labels:
        kind, year = _kind(bare_header(text), figures, measure, dated=dated)
    over = next((y for t in reversed(stack.shared) if (y := single_year(bare_header(t)))), None)
    if over is not None and kind is ColumnKind.AMOUNT:  # "Udgifter" below "Regnskab 2024"
        kind, year = ColumnKind.YEAR, over.year
    if kind is ColumnKind.TEXT:
        return Column(index, text, kind, place=stack.place)
    return Column(
        index=index,
        label=_called(text, printed) if kind is ColumnKind.YEAR else text,
        kind=kind,
        year=year,
        measure=measure or (Measure.COUNT if kind is ColumnKind.COUNT else None),
        unit=unit.factor if unit else None,
        price_level=level.year if level else None,
        place=stack.place,
    )


def _naming_line(stack: _Stack, printed: str) -> str:
    """The line over a column that names it: the one with a year, where a unit stands in the same stack, else all.

    "Før" on the line above "2028" makes it no year, nor is "B2029" below "Vækst R2025-" one, "2026" below "Brugt før",
    or below "1/1-31/7".
    """
    ends = {t for above, t in pairwise(stack.own) if _breaks_off(above)}
    years = () if is_outside_years(bare_header(printed)) else (t for t in reversed(stack.own) if t not in ends)
    text = next((t for t in years if single_year(bare_header(t))), printed)
    bare = bare_header(text)
    return bare if bare and is_only_unit(text.removesuffix(bare)) else text


def _breaks_off(above: str) -> bool:
    """Whether a line of a name goes on in the year below it: in a span, amid a phrase, or behind a day and month."""
    return above.endswith(OPEN_ENDS) or ends_open(above) or opens_date(above)


def _called(text: str, printed: str) -> str:
    """What a column of a year is called: the name beside the year ("Takst 2025"), else as printed."""
    return next((y.name for t in (printed, text) if (y := single_year(bare_header(t))) and y.name), text)


def _kind(bare: str, figures: float | None, measure: Measure | None, *, dated: bool) -> tuple[ColumnKind, int | None]:
    if notation := single_year(bare):
        return ColumnKind.YEAR, notation.year
    few = figures is not None and figures < 0.5
    total = total_span(bare) is not None
    role = text_role(bare)
    # Beside year columns a "Bevilling" holds names and codes, whatever stray figure stands in it; without any it may
    # be an amount of money, and a "Bevilling i alt" with nothing but figures is one.
    coded = role in _NAMING and dated and not (total and figures == 1.0)
    rules = (
        (role is not None and (few or figures is None or coded), ColumnKind.TEXT),
        (total, ColumnKind.TOTAL),
        (is_percent_header(bare), ColumnKind.PERCENT),
        (few, ColumnKind.TEXT),
        (is_investment_header(bare), ColumnKind.INVESTMENT),
        (measure is Measure.COUNT or is_count_header(bare), ColumnKind.COUNT),
        (figures is None and not bare, ColumnKind.TEXT),
    )
    return next((kind for holds, kind in rules if holds), ColumnKind.AMOUNT), None


def _text_role(stack: _Stack) -> TextRole | None:
    for text in (_joined(stack.own), *reversed(stack.own), *reversed(stack.shared)):
        if (role := text_role(text)) is not None:
            return role
    return None


def _with_named_columns(header: Header) -> Header:
    """Adds the columns of words that a loose grid's first header cell names: "1.000 kr. 2022 p/l Styringsområde"."""
    found = _named_in_stub(header.stub)
    if not found:
        return header
    first = header.columns[0]
    added = [
        Column(index=1 + n, label=label, kind=ColumnKind.TEXT, place=first.place) for n, (label, _) in enumerate(found)
    ]
    shift = len(added)
    moved = [replace(c, index=c.index + shift) for c in header.columns[1:]]
    roles = {(i + shift if i else 0): r for i, r in header.roles.items()}
    roles.update({1 + n: role for n, (_, role) in enumerate(found)})
    return replace(
        header,
        columns=(first, *added, *moved),
        position=(0, *(i + shift for i in header.position[1:])),
        roles=roles,
        groups=(header.groups[0], *([""] * shift), *header.groups[1:]),
    )


def _named_in_stub(stub: str) -> list[tuple[str, TextRole]]:
    """The columns of words that follow the unit in a stub, longest names first, in print order."""
    words = stub.split()
    found: list[tuple[str, TextRole]] = []
    start = 0
    while start < len(words):
        for end in range(min(len(words), start + 5), start, -1):
            text = " ".join(words[start:end])
            role = text_role(text)
            wanted = role in (TextRole.STEERING_AREA, TextRole.APPROPRIATION)
            # One short general word ("område", "type") in a longer header is part of a label, not a column.
            if role is not None and wanted and (start > 0 or end == len(words)) and len(squash(text)) > 7:
                found.append((_joined(words[start:end]), role))
                start = end
                break
        else:
            start += 1
    return found


def _told_apart(header: Header) -> tuple[Column, ...]:
    """Columns of the same year under different groups get the group into their label: "Drift 2025", "Anlæg 2025"."""
    seen: dict[tuple[str, int | None], set[str]] = {}
    for column in header.columns:
        if column.kind is not ColumnKind.TEXT:
            seen.setdefault(_said(column), set()).add(header.groups[column.index])
    return tuple(
        replace(c, label=f"{header.groups[c.index]} {c.label}")
        if c.kind is not ColumnKind.TEXT and len(seen[_said(c)]) > 1 and header.groups[c.index]
        else c
        for c in header.columns
    )


def _said(column: Column) -> tuple[str, int | None]:
    return fold_label(column.label), column.year


def _with_totals(columns: tuple[Column, ...]) -> tuple[Column, ...]:
    """Fills `total_of`: the years a total names, else the year columns since the total before it."""
    done: list[Column] = []
    since: list[Column] = []
    years = {c.year for c in columns}
    for column in columns:
        if _is_of_a_time(column, years):
            since.append(column)
        elif column.kind is ColumnKind.TOTAL:
            column = replace(column, total_of=_parts(column, columns, since))
            since = []
        done.append(column)
    return tuple(done)


def _is_of_a_time(column: Column, years: set[int | None]) -> bool:
    """Whether a column is a part of what a total of years adds up: a year, what lies outside the years, or several
    years together of which none has a column of its own."""
    span = read_year(column.label)
    if span is not None and span.last is not None and span.name is None:
        return years.isdisjoint(range(span.year, span.last + 1))
    outside = column.kind is ColumnKind.AMOUNT and is_outside_years(column.label)
    return outside or column.kind is ColumnKind.YEAR


def _parts(total: Column, columns: tuple[Column, ...], since: list[Column]) -> tuple[int, ...]:
    first, last = total_span(bare_header(total.label)) or (None, None)
    years = {c.index: c.year for c in columns if c.year is not None}
    if first is not None and last is not None:
        span = range(first, last + 1)
        named = tuple(index for index, year in years.items() if year in span)
        return named if {years[index] for index in named} == set(span) else ()  # of a year not read nobody knows
    if any(c.index in years for c in since):
        return tuple(c.index for c in since)
    if any(c.kind is ColumnKind.TOTAL for c in columns[: total.index]):
        return ()
    behind = columns[total.index + 1 :]  # a total printed before its years
    return tuple(c.index for c in behind if _is_of_a_time(c, set(years.values())))
