"""What `wording.toml` may hold, so that a typo is told at the start and not by discrepancies that nobody sees."""

from __future__ import annotations

from decimal import Decimal
from importlib.resources import files
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from lexicon.data import parse

Share = Annotated[Decimal, Field(gt=0, lt=10)]  # of an amount


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Concept(_Table):
    name: Literal["impact", "recurring", "implementation"]
    stems: list[list[str]]


class _Areas(_Table):
    service: list[str]
    capital: list[str]


class _Payback(_Table):
    template: list[str]
    service: list[str]


class _Words(_Table):
    words: list[str]


class _Stems(_Table):
    stems: list[str]


class _Phrases(_Table):
    phrases: list[str]


class _RowRelations(_Table):
    difference: list[str]
    sum: list[str]
    product: list[str]
    percent: list[str]
    running: list[str]
    carried: list[str]


class _Relations(_RowRelations):
    share: list[str]
    growth: list[str]
    average: list[str]


class _Committee(_Table):
    gross: list[str]
    net: list[str]
    operations: list[str]


class _Counterfactual(_Phrases):
    conditional: list[str]
    verb_first: list[str]
    denying: list[str]


class _Approximation(_Table):
    words: list[str]
    least: Share
    most: Share


class _Factors(_Table):
    number: list[str]
    price: list[str]


class Wording(_Table):
    """`wording.toml`."""

    concept: list[_Concept]
    area: _Areas
    payback: _Payback
    noise: _Words
    no_sum: _Stems
    relation: _Relations
    row_relation: _RowRelations
    apart: _Stems
    plain_total: _Words
    first: _Words
    compared: _Stems
    until: _Phrases
    counterfactual: _Counterfactual
    committee: _Committee
    breakdown: _Phrases
    approximation: list[_Approximation]
    factors: _Factors
    whole: _Stems
    all_tables: _Phrases
    vague: _Phrases
    part: _Phrases
    spread: _Phrases
    lasting: _Stems
    whole_case: _Words
    resume: _Phrases
    whole_amount: _Phrases
    phased: _Phrases


def check() -> None:
    """Reads the file.  Raises `lexicon.data.LexiconError` with file, key and what is allowed there."""
    parse(files("reconcile").joinpath("wording.toml").read_text("utf-8"), "wording.toml", Wording)
