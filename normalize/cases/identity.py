"""Which case it is: municipality, budget year, code and title together.

Versions of a case share all four; a case that comes back next year with new figures is another one, and so is another
municipality's of the same name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache

import regex

from extract.models import Block, Grid, Heading
from lexicon.folding import fold_accents, squash_accents
from lexicon.years import YEAR
from normalize.cases.naming import municipality_of
from normalize.ids import digest
from normalize.models import Case, Measure, Table
from normalize.vocabulary.forms import words

_NEAR = 8  # lines of a head that may say the budget's year


def municipality(own: Sequence[Block], document: Sequence[Block]) -> str | None:
    """The municipality that the lines of the case name most, else those of its document; None where none does."""
    for blocks in (own, document):
        named = Counter(name for text in _lines(blocks) if (name := municipality_of(text)) is not None)
        if named:
            return named.most_common(1)[0][0]
    return None


def _lines(blocks: Sequence[Block]) -> Iterable[str]:
    for block in blocks:
        if isinstance(block, Heading):
            yield block.title
        elif not isinstance(block, Grid):
            yield from (line.text for line in block.lines)


def budget_year(round_: str | None, head: str) -> int | None:
    """The first year of the budget that a case says it belongs to, by its round or by a line of its head."""
    for text in (round_ or "", *head.splitlines()[:_NEAR]):
        found = _budgets_year().search(fold_accents(text))
        if found is not None:
            return int(found[1])
    return None


@cache
def _budgets_year() -> regex.Pattern[str]:
    names = "|".join(sorted(map(regex.escape, words("budget_rounds")), key=len, reverse=True))
    return regex.compile(rf"\b(?:{names}|\p{{L}}*katalog\w*|\p{{L}}*oversigt\w*)\s+(?:til\s+)?(?:budget\s+)?({YEAR})")


def case_key(case: Case) -> str | None:
    """One text for municipality, year, code and title; None where title or year is not known."""
    first = case.budget_year if case.budget_year is not None else _first_year(case.tables)
    if first is None or not case.title:
        return None
    place = squash_accents(case.municipality or "")
    return digest("key", place, first, squash_accents(case.code or ""), squash_accents(case.title))


def _first_year(tables: Sequence[Table]) -> int | None:
    """The first year of the first table of money that has several."""
    for table in tables:
        years = [c.year for c in table.years() if c.year is not None]
        if table.measure is Measure.DKK and len(years) > 1:
            return min(years)
    return None
