"""What a column counts, by the stems of its header, and what a table does: the terms of the evidence on kinds.

The stems stand in `tables.toml`; which traits a table shows is told in `normalize/tables/traits.py`.
"""

from __future__ import annotations

from enum import StrEnum
from functools import cache, lru_cache

import regex

from lexicon.folding import fold_label
from normalize.vocabulary.load import compiled, load


class Concept(StrEnum):
    """What a column of figures counts."""

    BUDGET = "budget"  # what may be spent
    GRANT = "grant"  # what a council gives
    CHANGE = "change"  # what was added to it since
    ACTUAL = "actual"  # what was spent
    EXPECTED = "expected"  # what will have been spent
    DIFFERENCE = "difference"
    EXPENSE = "expense"
    INCOME = "income"
    PRICE = "price"
    QUANTITY = "quantity"


class Trait(StrEnum):
    """What a table does, whatever it is called."""

    RUN = "run"  # three years and more that follow each other head its columns
    YEARS = "years"  # at least two years do
    ONE_YEAR = "one_year"  # only one does
    UNDATED = "undated"  # none does
    LOOKS_BACK = "looks_back"  # beside years to come stands one whose spending is known
    MEASURED = "measured"  # budget and spending of one time stand beside each other
    FORECAST = "forecast"  # and what is expected, or what was added to the budget
    COMPARED = "compared"  # one column is the difference of two others
    IN_AND_OUT = "in_and_out"  # expense and income have columns of their own
    BOTH_BY_YEAR = "both_by_year"  # in every year
    GRANTED = "granted"  # a column is a grant, and none is spending
    PRICED = "priced"  # most columns are prices
    TO_THE_OERE = "to_the_oere"  # figures have two decimals
    MULTIPLIED = "multiplied"  # price and quantity beside each other
    THOUSANDS = "thousands"  # a figure stands for a thousand kroner or more
    CARRIED = "carried"  # each row begins with what the one above it ends in
    NETTED = "netted"  # rows that only cost stand beside rows that only relieve
    OUTSIDE = "outside"  # a column is the time before or after the years
    SPREAD = "spread"  # a column is the sum of the years
    SHARED = "shared"  # a column of percent stands beside the years
    YEARS_DOWN = "years_down"  # the rows are years
    FINANCED = "financed"  # some rows say where the money comes from
    PARTED = "parted"  # rows part running costs from construction
    BALANCED = "balanced"  # the parts are no nil and add up to it
    UNSUMMED = "unsummed"  # rows that nothing adds up
    SUMMED = "summed"  # a total
    BY_COMMITTEE = "by_committee"  # most rows are committees
    ONCE = "once"  # most rows fall away before the last year
    LASTING = "lasting"  # most rows go on to the last year
    PART = "part"  # its total is a row of another table
    WHOLE = "whole"  # its rows are totals of other tables


@cache
def _stems() -> tuple[tuple[Concept, regex.Pattern[str]], ...]:
    return tuple((Concept(name), compiled(stems)) for name, stems in load("tables")["concepts"].items())


@lru_cache(maxsize=4096)
def concepts_of(header: str) -> frozenset[Concept]:
    """What a header says that its column counts; a difference or an expectation is nothing else besides."""
    folded = fold_label(header)
    found = {concept for concept, stems in _stems() if stems.search(folded)}
    for one in (Concept.DIFFERENCE, Concept.EXPECTED, Concept.CHANGE):
        if one in found:
            return frozenset({one})
    return frozenset(found)
