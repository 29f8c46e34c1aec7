"""What the tables of a case are, by what their figures do and what their words say, in bits.

In: a case's tables with the kind that caption, header or a total's label names, and the case's head.  Out: the same
tables with the likeliest kind.  A kind that a table's own words name stands unless what it prints speaks clearly
against it; a table that nothing speaks for is `other_money`.  What each trait and word says of each kind stands in
`normalize/vocabulary/tables.toml`.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache
from itertools import pairwise
from typing import Any

import regex

from extract.records import record
from lexicon.folding import fold_label
from lexicon.years import without_years
from normalize.cases.codes import Form, read_code
from normalize.models import Kind, Line, Measure, Role, Table
from normalize.tables.traits import traits_of
from normalize.vocabulary.concepts import Trait
from normalize.vocabulary.load import compiled, load


@record
class Weights:
    """Bits for a kind, beside those of `tables.toml`; set by hand on the templates that the bench knows."""

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
    first: float = 2.0  # a summary is the case's first table of money
    later: float = -2.5  # for each such table before it
    derived: float = 4.0  # what lasts after an investment is what it costs to run
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
_DIGITS = regex.compile(r"\d+")
_NUMBERED = regex.compile(r"\d{1,3}(?:\.\d{1,2})?\.?(?:\s+\p{Lu}.*)?")


@record
class _Evidence:
    """What speaks for a kind: bits by trait, and patterns of words."""

    kind: Kind
    does: dict[Trait, float]
    title: regex.Pattern[str] | None
    case: regex.Pattern[str] | None
    columns: tuple[regex.Pattern[str], ...]
    rows: tuple[regex.Pattern[str], ...]


@cache
def _evidence() -> tuple[_Evidence, ...]:
    def words(one: dict[str, Any], where: str) -> regex.Pattern[str] | None:
        return compiled(one[where]) if where in one else None

    def each(one: dict[str, Any], where: str) -> tuple[regex.Pattern[str], ...]:
        return tuple(compiled([p], lines=True) for p in one.get(where, ()))

    return tuple(
        _Evidence(
            Kind(one["kind"]),
            {Trait(name): bits for name, bits in one.get("does", {}).items()},
            words(one, "title"),
            words(one, "case"),
            each(one, "columns"),
            each(one, "rows"),
        )
        for one in load("tables")["evidence"]
    )


def settled(tables: Sequence[Table], head: str, *, proposal: bool, coded: bool) -> list[Table]:
    """The tables of a case with their kinds.

    `head` are the lines of its head, `proposal` says whether it is a case at all and not what stands before the first,
    `coded` whether it bears a code.
    """
    traits = traits_of(tables)
    scores = [_score(t, shown, head, coded=coded) for t, shown in zip(tables, traits, strict=True)]
    foreign = not proposal or any(_likeliest(score) in _NO_PROPOSAL for score in scores if score)
    before, built = 0, False  # tables of money, and whether one of them is an investment
    for table, shown, score in zip(tables, traits, scores, strict=True):
        if score:
            if built and Trait.LASTING in shown:
                score[Kind.RECURRING] += WEIGHTS.derived
            place = WEIGHTS.first if not before else WEIGHTS.later * before
            score[Kind.SUMMARY] += place + (WEIGHTS.beside if foreign else 0.0)
        before += table.measure is Measure.DKK
        built |= bool(score) and _likeliest(score) in _INVESTMENTS
    best = max((s[Kind.SUMMARY] for s in scores if s and _likeliest(s) is Kind.SUMMARY), default=0.0)
    for score in scores:
        if score and score[Kind.SUMMARY] < best:
            score[Kind.SUMMARY] += WEIGHTS.twice
    return [
        replace(table, kind=_likeliest(score)) if score else table for table, score in zip(tables, scores, strict=True)
    ]


def _likeliest(score: dict[Kind, float]) -> Kind:
    """The kind with the most bits, in doubt the one that claims nothing."""
    return max(score, key=lambda kind: (score[kind], kind is Kind.OTHER_MONEY))


def _score(table: Table, traits: frozenset[Trait], head: str, *, coded: bool) -> dict[Kind, float]:
    """The bits of each kind that a table of money may be; nothing where its own words leave nothing open."""
    if table.measure is not Measure.DKK or table.kind not in _OPEN:
        return {}
    said = _said(table, head)
    score = {
        one.kind: sum(bits for trait, bits in one.does.items() if trait in traits) + _by_words(one, said)
        for one in _evidence()
    }
    score[Kind.OTHER_MONEY] += WEIGHTS.other
    if table.kind is not Kind.OTHER_MONEY:
        score[table.kind] += WEIGHTS.named_investment if table.kind in _INVESTMENTS else WEIGHTS.named
    score[Kind.CATALOGUE] += _listing(table)
    for kind in _UNCODED if coded else ():
        score[kind] += WEIGHTS.coded_case
    return score


@record
class _Said:
    """The words of a table and of its case's head, folded: once for all kinds."""

    title: str
    labelled: bool
    corner: str
    columns: str  # a line for each
    rows: str
    head: str


def _said(table: Table, head: str) -> _Said:
    return _Said(
        title=fold_label(table.title or ""),
        labelled=table.label is not None,
        corner=fold_label(table.columns[0].label) if table.columns else "",
        columns="\n".join([fold_label(word) for word in _heads(table)]),
        rows="\n".join([fold_label(line.label) for line in table.lines]),
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


def _heads(table: Table) -> list[str]:
    """The words of the columns' headers, a year's name with its year and without it."""
    return [word for c in table.columns for word in (c.label, without_years(c.label)) if word]


def _matches(patterns: Sequence[regex.Pattern[str]], texts: str, bits: float, most: float) -> float:
    """What patterns say that match some line of a text: nothing for one of them, which may be chance."""
    found = sum(pattern.search(texts) is not None for pattern in patterns)
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
    own = coded is not None and (coded.form is Form.OWN or (coded.form is Form.RUNNING and coded.known))
    return own or _NUMBERED.fullmatch(line.label) is not None


def _runs_on(lines: Sequence[Line]) -> bool:
    """Whether the rows' numbers rise, and are no years."""
    numbers = [tuple(map(int, _DIGITS.findall(line.label.split()[0]))) for line in lines]
    return all(a < b for a, b in pairwise(numbers)) and not any(n and n[0] > 999 for n in numbers)
