"""What speaks for and against a row's label being the whole label that is printed beside its figures."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from functools import lru_cache
from statistics import median

from extract.records import record
from lexicon.codes import breaks_behind_code, code_in, ends_in_code, holds_note, holds_sentence, is_code, lettered_codes
from lexicon.lines import ends_open, starts_within
from lexicon.units import find_price_level, find_stated_unit, find_unit, is_only_unit
from lexicon.years import years_in
from normalize.models import ColumnKind, Line, Role, Table
from normalize.trust.fills import begun_anew
from normalize.vocabulary import text_role

Terms = dict[str, float]

_SHORTEST_NAME = 4  # characters of a column's name that a label may repeat by chance no more
_MOST_LONGER = 3.0  # doublings of the median label's length
_FAR_LONGER = 2.0  # doublings, from which a label at a table's edge is likely no label alone
_HEADS = 2  # cells of words that make a row without figures a header


@lru_cache(maxsize=8192)
def signs(label: str) -> frozenset[str]:
    """The signs that a label shows by its words alone."""
    code = code_in(label)
    shown = {
        "coded": code is not None and code > 0,
        "begins_coded": code == 0,
        "number": is_code(label),
        "breaks_coded": breaks_behind_code(label),
        "ends_coded": ends_in_code(label),
        "within": starts_within(label),
        "open": ends_open(label) or label.count("(") > label.count(")"),
        "sentence": holds_sentence(label),
        "note": holds_note(label),
        "unit": _tells_unit(label) or find_price_level(label) is not None,
        "years": len(years_in(label)) > 1,
        "joined": _runs_on(label),
        "two_starts": _TWO_STARTS.match(label) is not None,
        "names_words": text_role(label) is not None,
    }
    return frozenset(name for name, there in shown.items() if there)


def _tells_unit(label: str) -> bool:
    """Whether a label says what unit figures stand in: "i kroner"; "hæves med to kroner" does not."""
    unit = find_unit(label)
    return unit is not None and (unit.factor != 1 or is_only_unit(label) or find_stated_unit(label) is not None)


_BODY = re.compile(r"(?:udvalg(?:et)?|forvaltning(?:en)?)\b.*", re.IGNORECASE)
_NEXT_NAME = re.compile(r"\w{3,} (?=[A-ZÆØÅ][a-zæøå]{2})")


_TWO_STARTS = re.compile(r"[A-ZÆØÅ][a-zæøå]{3,} [A-ZÆØÅ][a-zæøå]{2,} [a-zæøå]")


def _runs_on(label: str) -> bool:
    """Whether a committee's name is followed by another label: "Kulturudvalget Idrætshal", a section and its row."""
    found = _BODY.search(label)
    return found is not None and any(m[0][:1].isupper() or m.start() == 0 for m in _NEXT_NAME.finditer(found[0]))


@record
class _Context:
    """What a label is compared with: the table's other labels, its columns' names, the case's other tables."""

    labels: Counter[str]
    starts: Counter[str]  # the first words of labels of several
    codes: Counter[str]  # the letters of codes that labels begin with
    named: frozenset[str]
    years: frozenset[str]
    usual: float  # characters of the median label
    tables: Mapping[str, int]  # of the case with a label


def _context(table: Table, tables: Mapping[str, int]) -> _Context:
    figured = [line for line in table.lines if line.amounts]
    return _Context(
        codes=Counter(lettered_codes(line.label).get(0) or "" for line in figured),
        labels=Counter(line.label.casefold() for line in figured),
        starts=Counter(line.label.casefold().partition(" ")[0] for line in figured if " " in line.label),
        named=frozenset(
            c.label.casefold()
            for c in table.columns
            if c.kind is not ColumnKind.TEXT and len(c.label) >= _SHORTEST_NAME
        ),
        years=frozenset(str(c.year) for c in table.columns if c.year is not None),
        usual=max(1.0, median([len(line.label) for line in figured] or [1])),
        tables=tables,
    )


def labels_of(table: Table, tables: Mapping[str, int]) -> dict[int, Terms]:
    """The evidence on every row of figures by its ordinal; `tables` counts the case's tables with each label."""
    context = _context(table, tables)
    own: dict[int, Terms] = {}
    closed, others = False, begun_anew(table)
    neighbours = zip((None, *table.lines), table.lines, (*table.lines[1:], None), strict=False)
    for above, line, below in neighbours:
        if line.amounts:
            own[line.ordinal] = dict(_row(line, context)) | _beside(above, below, len(line.amounts))
            if closed and line.role is Role.DETAIL:
                own[line.ordinal]["after_total"] = 1.0
            if line.ordinal in others:
                own[line.ordinal]["begun_anew"] = 1.0
            closed = closed or line.role is Role.TOTAL
    for at in (min(own, default=None), max(own, default=None)):
        if at is not None and own[at].get("longer", 0.0) >= _FAR_LONGER:
            own[at]["runs_out"] = 1.0  # the text above or below a table ran into its first or last row
    return own


def _row(line: Line, context: _Context) -> Iterator[tuple[str, float]]:
    if not line.label:
        yield "unlabelled", 1.0
        return
    yield from ((name, 1.0) for name in signs(line.label))
    yield from ((name, 1.0) for name, there in _compared(line.label, context).items() if there)
    if line.role in (Role.TOTAL, Role.SUBTOTAL):
        yield "closing_word", 1.0
    if line.texts:
        yield "said_more", 1.0
        if line.role in (Role.TOTAL, Role.SUBTOTAL):
            yield "total_said", 1.0  # words stand beside parts; a total's are likely the rest of its label
        if any(c.isdigit() for text in line.texts for c in text):
            yield "left_over", 1.0
    longer = math.log2(len(line.label) / context.usual)
    if longer > 1.0:
        yield "longer", min(_MOST_LONGER, longer)


def _compared(label: str, context: _Context) -> dict[str, bool]:
    """What a label shows beside the table's other labels, its columns' names and the case's other tables."""
    folded = label.casefold()
    first, _, rest = folded.partition(" ")
    named = any(name in folded for name in context.named)
    return {
        "names_columns": named or not context.years.isdisjoint(years_in(label)),
        "repeated": context.labels[folded] > 1,
        "known": context.tables[folded] > 1,
        # "2013 Byggemodning" among rows "Byggemodning": a section ran into its row
        "year_before": bool(first.isdigit() and years_in(first) and context.labels[rest]),
        # "Idé Have og sti", "Idé Tag og væg": the last cell of the row above
        "shared_start": context.starts[first] > 1 and "two_starts" in signs(label),
        # "Indenrigsministeriet L 36 Lamper" among rows "L 41 Stole"
        "coded_late": any(at and context.codes[letters] > 1 for at, letters in lettered_codes(label).items()),
    }


def _beside(above: Line | None, below: Line | None, figures: int) -> Terms:
    """What the rows without figures, or with one, over and under a row of so many figures say of its label."""
    found: Terms = {}
    if above is not None and not above.amounts:
        found["below_blank" if above.role is Role.DETAIL else "below_section"] = 1.0
        shown = signs(above.label)
        found |= {name: 1.0 for name, sign in (("below_code", "number"), ("below_open", "open")) if sign in shown}
        if shown & {"coded", "begins_coded"}:
            found["below_coded"] = 1.0
    elif above is not None and len(above.amounts) == 1 < figures:
        found["below_alone"] = 1.0
    if below is not None and not below.amounts:
        if below.role is Role.DETAIL:
            found["above_blank"] = 1.0
        if "within" in signs(below.label):
            found["above_rest"] = 1.0
    return found


def heads_again(table: Table) -> bool:
    """Whether a row of the body heads columns: the header of a second table, or one more line of this one's."""
    values = sum(c.kind is not ColumnKind.TEXT for c in table.columns)
    for line in table.lines:
        shown = signs(line.label)
        blank = not line.amounts
        if blank and (shown & {"years", "unit"} or len(line.texts) >= max(_HEADS, values)):
            return True
        if not blank and not line.texts and is_only_unit(line.label):
            return True
        if line.texts and not blank and all(years_in(a.printed) for a in line.amounts):
            return True
    return False
