"""What the tables of a case are, by what their figures do: words, columns, rows and the tables beside them, in bits.

In: a case's tables with the kind that caption, header or a total's label names, and the case's head.  Out: the same
tables with the likeliest kind.  A kind that a table's own words name stands unless what it prints speaks clearly
against it; a table that nothing speaks for is `other_money`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from functools import cache
from itertools import accumulate, pairwise

import regex

from extract.records import record
from lexicon.folding import fold_label
from lexicon.years import YEAR
from normalize.cases.codes import Form, read_code
from normalize.models import Column, ColumnKind, Kind, Line, Measure, Role, Table
from normalize.vocabulary import committee
from normalize.vocabulary.load import compiled, load

#: By year and kroner the rows that print them: the table's ordinal, and kroner by year.
_Details = dict[tuple[int, Decimal], list[tuple[int, dict[int, Decimal]]]]


@record
class Weights:
    """Bits for a kind; set by hand on the templates that the bench knows, and measured there as a whole."""

    named: float = 9.0  # the table's caption, header or total names it
    named_investment: float = 5.0  # "Investering …", which many kinds of tables say
    other: float = 3.0  # any table may be any other
    title: float = 5.0
    inherited: float = 2.5  # the title is a heading above, not the table's own
    case: float = 3.5  # its head speaks of it: just more than `other`
    column: float = 2.5  # for each pattern that a header matches, from the second on
    columns_most: float = 7.5
    row: float = 1.5  # likewise for labels
    rows_most: float = 6.0
    coded_rows: float = 7.0  # most rows begin with a code or a number and a title
    own_column: float = 2.0  # the codes have a column of their own
    by_years: float = 3.0  # a summary's columns are years
    no_years: float = -5.0
    total: float = 2.0  # a summary ends, or begins, with a total
    first: float = 2.0  # it is the case's first table of money
    later: float = -1.5  # for each such table before it
    part: float = -6.0  # its total is a line of another table
    once: float = 3.0  # most lines fall away over the years: an investment, and no lasting change
    lasting: float = 3.0  # most lines go on to the last year: no investment
    most: float = 0.6  # share of the lines from which either is said
    by_committee: float = -4.0
    financed: float = -6.0  # it says where the money comes from, as a grant does and no proposal's economy
    granted: float = 5.0  # likewise, for a grant
    beside: float = -7.0  # a table of the same case is of a kind that no proposal has
    coded_case: float = -6.0  # a case with a code is one proposal, no list of them and no follow-up
    twice: float = -8.0  # a case has one summary


WEIGHTS = Weights()
_NO_PROPOSAL = frozenset(
    {
        Kind.FEES,
        Kind.CAPITAL_ACCOUNTS,
        Kind.BUDGET_FOLLOWUP,
        Kind.APPROPRIATIONS,
        Kind.MAIN_OVERVIEW,
        Kind.CATALOGUE,
    }
)
_INVESTMENTS = frozenset({Kind.INVESTMENT_CAPITAL, Kind.INVESTMENT_SERVICE})
_UNCODED = frozenset({Kind.CATALOGUE, Kind.BUDGET_FOLLOWUP})
_OPEN = frozenset({Kind.OTHER_MONEY, Kind.INVESTMENT_SERVICE, Kind.INVESTMENT_CAPITAL, Kind.RECURRING, Kind.CATALOGUE})
_FEWEST_YEARS = 3
_STEP = regex.compile(r"år \d+")
_NUMBERED = regex.compile(r"\d{1,3}(?:\.\d{1,2})?\.?(?:\s+\p{Lu}.*)?")


@record
class _Evidence:
    kind: Kind
    title: regex.Pattern[str] | None
    case: regex.Pattern[str] | None
    columns: tuple[regex.Pattern[str], ...]
    rows: tuple[regex.Pattern[str], ...]


@cache
def _evidence() -> tuple[_Evidence, ...]:
    return tuple(
        _Evidence(
            Kind(one["kind"]),
            compiled(one["title"]) if one["title"] else None,
            compiled(one["case"]) if one["case"] else None,
            tuple(compiled([p]) for p in one["columns"]),
            tuple(compiled([p]) for p in one["rows"]),
        )
        for one in load("tables")["evidence"]
    )


@cache
def _financing() -> regex.Pattern[str]:
    return compiled(load("tables")["financing"]["rows"])


def settled(tables: Sequence[Table], head: str, *, proposal: bool, coded: bool) -> list[Table]:
    """The tables of a case with their kinds.

    `head` are the lines of its head, `proposal` says whether it is a case at all and not what stands before the first,
    `coded` whether it bears a code.
    """
    scores = [_score(table, head, coded=coded) for table in tables]
    foreign = not proposal or any(max(s, key=lambda k: s[k]) in _NO_PROPOSAL for s in scores if s)
    details = _details(tables)
    before = list(accumulate((table.measure is Measure.DKK for table in tables), initial=0))  # tables of money
    open_to = [n for n, score in enumerate(scores) if score]
    for n in open_to:
        scores[n][Kind.SUMMARY] += _summary(tables, details, n, before[n]) + (WEIGHTS.beside if foreign else 0.0)
    best = max((scores[n][Kind.SUMMARY] for n in open_to), default=0.0)
    for n in open_to:
        if scores[n][Kind.SUMMARY] < best:
            scores[n][Kind.SUMMARY] += WEIGHTS.twice
    return [
        replace(table, kind=max(score, key=lambda k: score[k])) if score else table
        for table, score in zip(tables, scores, strict=True)
    ]


def _score(table: Table, head: str, *, coded: bool) -> dict[Kind, float]:
    """The bits of each kind that a table of money may be; nothing where its own words leave nothing open."""
    if table.measure is not Measure.DKK or table.kind not in _OPEN:
        return {}
    said = _said(table, head)
    score = {one.kind: _by_words(one, said) for one in _evidence()}
    score[Kind.OTHER_MONEY] += WEIGHTS.other
    if table.kind is not Kind.OTHER_MONEY:
        vague = table.kind in _INVESTMENTS
        named = WEIGHTS.named_investment if vague else WEIGHTS.named
        score[table.kind] = score.get(table.kind, 0.0) + named
    score[Kind.CATALOGUE] += _listing(table)
    score[Kind.APPROPRIATIONS] += WEIGHTS.granted if _is_financed(table) else 0.0
    for kind, bits in _over_years(table).items():
        if kind in score and not (kind is table.kind and bits < 0 and kind in _INVESTMENTS):
            score[kind] += bits  # an investment that its own words name may last
    for kind in _UNCODED if coded else ():
        score[kind] += WEIGHTS.coded_case
    return score


def _is_financed(table: Table) -> bool:
    """Whether a table says what the money is for and where it comes from."""
    sources = sum(_financing().match(fold_label(line.label)) is not None for line in table.lines)
    return 0 < 2 * sources < len(table.lines)


@record
class _Said:
    """The words of a table and of its case's head, folded: once for all kinds."""

    title: str
    labelled: bool
    corner: str
    columns: list[str]
    rows: list[str]
    head: str


def _said(table: Table, head: str) -> _Said:
    return _Said(
        title=fold_label(table.title or ""),
        labelled=table.label is not None,
        corner=fold_label(table.columns[0].label) if table.columns else "",
        columns=[fold_label(word) for word in _heads(table)],
        rows=[fold_label(line.label) for line in table.lines],
        head=fold_label(head),
    )


def _by_words(one: _Evidence, said: _Said) -> float:
    """What a table's title, columns and rows, and the head of its case, say of one kind."""
    bits = 0.0
    if one.title is not None and said.title and one.title.search(said.title):
        bits += WEIGHTS.title if said.labelled else WEIGHTS.inherited
    elif one.title is not None and one.title.search(said.corner):  # a dump runs a caption and the header together
        bits += WEIGHTS.inherited
    if one.case is not None and one.case.search(said.head):
        bits += WEIGHTS.case
    bits += _matches(one.columns, said.columns, WEIGHTS.column, WEIGHTS.columns_most)
    return bits + _matches(one.rows, said.rows, WEIGHTS.row, WEIGHTS.rows_most)


def _over_years(table: Table) -> dict[Kind, float]:
    """What the figures do over the years: spent once, or lasting to the last year."""
    years = [c.index for c in table.years()]
    rows = [[bool(a and a.value) for a in map(line.at, years)] for line in table.lines if line.role is Role.DETAIL]
    rows = [row for row in rows if any(row)]
    if len(years) < _FEWEST_YEARS or not rows:
        return {}
    if sum(not row[-1] for row in rows) >= WEIGHTS.most * len(rows):
        lasting = dict.fromkeys((Kind.SUMMARY, Kind.RECURRING), -WEIGHTS.once)
        return dict.fromkeys(_INVESTMENTS, WEIGHTS.once) | lasting
    if sum(row[-1] for row in rows) >= WEIGHTS.most * len(rows):
        return dict.fromkeys(_INVESTMENTS, -WEIGHTS.lasting)
    return {}


def _heads(table: Table) -> list[str]:
    """The words of the columns' headers, a year's name with its year and without it."""
    return [word for c in table.columns for word in (c.label, _without_year(c)) if word]


def _without_year(column: Column) -> str:
    return regex.sub(YEAR, "", column.label).strip()


def _matches(patterns: Sequence[regex.Pattern[str]], texts: Sequence[str], bits: float, most: float) -> float:
    """What patterns say that match some text: nothing for one of them, which may be chance."""
    found = sum(any(pattern.search(text) for text in texts) for pattern in patterns)
    return min(bits * found, most) if found > 1 else 0.0


def _listing(table: Table) -> float:
    """What speaks for a list of proposals: rows that begin with a code, or with a number in a column of its own."""
    filled = [line for line in table.lines if line.amounts and line.role is Role.DETAIL]
    if len(filled) < 2:
        return 0.0
    coded = [line for line in filled if _is_coded(line)]
    lettered = [line for line in coded if not line.label[:1].isdigit()]
    if len(coded) * 2 < len(filled) or len(coded) < 2 or (not lettered and not _runs_on(coded)):
        return 0.0
    own = any(_NUMBERED.fullmatch(line.label) or len(line.label) < 8 for line in coded)
    return WEIGHTS.coded_rows + (WEIGHTS.own_column if own and any(line.texts for line in coded) else 0.0)


def _is_coded(line: Line) -> bool:
    coded = read_code(line.label)
    own = coded is not None and coded.form in (Form.OWN, Form.RUNNING)
    return own or _NUMBERED.fullmatch(line.label) is not None


def _runs_on(lines: Sequence[Line]) -> bool:
    """Whether the rows' numbers rise, and are no years."""
    numbers = [tuple(map(int, regex.findall(r"\d+", line.label.split()[0]))) for line in lines]
    return all(a < b for a, b in pairwise(numbers)) and not any(n and n[0] > 999 for n in numbers)


def _summary(tables: Sequence[Table], details: _Details, n: int, before: int) -> float:
    """What speaks for a table being the case's summary, by its columns, its total and the tables beside it."""
    table = tables[n]
    years = [c for c in table.columns if c.kind is ColumnKind.YEAR or _STEP.fullmatch(fold_label(c.label))]
    bits = WEIGHTS.by_years if len(years) > 1 else WEIGHTS.no_years
    bits += WEIGHTS.first if before == 0 else WEIGHTS.later * before
    totals = [line for line in table.lines if line.role in (Role.TOTAL, Role.SUBTOTAL)]
    bits += WEIGHTS.total if totals else 0.0
    committees = sum(committee(line.label) is not None for line in table.lines)
    bits += WEIGHTS.by_committee if committees * 2 > len(table.lines) else 0.0
    bits += WEIGHTS.financed if _is_financed(table) else 0.0
    part = bool(totals) and _is_line_elsewhere(details, n, totals[-1], table.unit)
    return bits + (WEIGHTS.part if part else 0.0)


def _details(tables: Sequence[Table]) -> _Details:
    """The rows of a case's tables that are no totals, each under every year and kroner that it prints."""
    found: _Details = defaultdict(list)
    for k, table in enumerate(tables):
        for line in table.lines:
            if table.unit is not None and line.role is Role.DETAIL:
                kroner = {a.year: a.value * table.unit for a in line.amounts if a.year is not None}
                for said in kroner.items():
                    found[said].append((k, kroner))
    return found


def _is_line_elsewhere(details: _Details, n: int, total: Line, unit: int | None) -> bool:
    """Whether another table than the nth prints its total as a line that is no total itself."""
    wanted = {a.year: a.value * unit for a in total.amounts if a.year is not None and a.value} if unit else {}
    if len(wanted) < 2:
        return False
    alike = details[next(iter(wanted.items()))]
    return any(k != n and wanted.items() <= kroner.items() for k, kroner in alike)
