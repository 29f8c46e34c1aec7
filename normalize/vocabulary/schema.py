"""What the vocabulary files may hold, so that a typo is told at the start and not by titles that get lost."""

from __future__ import annotations

from importlib.resources import files
from typing import Annotated

import regex
from pydantic import AfterValidator, BaseModel, ConfigDict

from lexicon.data import parse
from normalize.models import Kind
from normalize.vocabulary.concepts import Concept, Trait
from normalize.vocabulary.headers import TextRole


def _compiles(source: str) -> str:
    """The expression, which must be one.  Raises ValueError, as pydantic asks."""
    try:
        regex.compile(source)
    except regex.error as error:
        raise ValueError(f"no regular expression: {error}") from error
    return source


Pattern = Annotated[str, AfterValidator(_compiles)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid")


class _Patterns(_Table):
    patterns: list[Pattern]


class _Ends(_Table):
    administration: list[str]
    committee: list[str]


class _Administration(_Table):
    name: str
    committee: str
    abbreviations: list[str] = []
    committee_abbreviations: list[str] = []
    units: list[str] = []
    unit_abbreviations: list[str] = []


class _Administrations(_Table):
    endings: _Ends
    administration: list[_Administration]


class _Area(_Table):
    name: str
    words: list[str]


class _Areas(_Table):
    area: list[_Area]


class _Fields(_Table):
    title: list[str]
    code: list[str]
    summary: list[str]
    administrations: list[str]
    affected: list[str]
    price_level: list[str]
    budget_round: list[str]
    field_of_work: list[str]
    committee: list[str]
    centre: list[str]
    steering_area: list[str]
    case_number: list[str]
    date: list[str]
    proposer: list[str]
    answered_by: list[str]
    nature: list[str]
    priority: list[str]
    recipient: list[str]
    other: list[str]


class _LabelEndings(_Table):
    title: list[str]
    code: list[str]
    other: list[Pattern]


class _Sections(_Table):
    before: list[str]
    words: list[str]
    after: list[str]
    whole: list[Pattern]


class _Cases(_Table):
    banners: list[str]
    code_words: list[str]
    not_codes: list[str]
    counted: list[str]
    recipients: list[str]
    items: list[str]
    agenda: list[str]
    parts: list[str]
    streets: list[str]
    year_letters: list[str]
    catalogue: list[str]
    annexes: list[str]
    papers: list[Pattern]
    offices: list[Pattern]
    confidential: list[str]
    budget_rounds: list[str]
    openers: list[str]
    section_labels: list[str]
    fields: _Fields
    endings: _LabelEndings
    sections: _Sections


class _Text(_Table):
    role: TextRole
    patterns: list[Pattern]


class _SignNotes(_Table):
    savings_positive: list[Pattern]
    savings_negative: list[Pattern]


class _Names(_Table):
    names: list[str]


class _Columns(_Table):
    total: _Patterns
    investment: _Patterns
    percent: _Patterns
    share: _Patterns
    count: _Patterns
    text: list[_Text]
    savings_positive: _Patterns
    sign_notes: _SignNotes
    codes: _Names


class _Phrases(_Table):
    phrases: list[str]


class _Labels(_Table):
    memo: _Patterns
    count: _Patterns
    payback: _Patterns
    total: _Patterns
    subtotal: _Patterns
    section: _Patterns
    income: _Patterns
    expense: _Patterns
    template: _Phrases


class _Rule(_Table):
    kind: Kind
    patterns: list[Pattern]


class _Evidence(_Table):
    kind: Kind
    does: dict[Trait, float] = {}
    title: list[Pattern] = []
    case: list[Pattern] = []
    columns: list[Pattern] = []
    rows: list[Pattern] = []


class _Staff(_Table):
    titles: list[Pattern]


class _Rows(_Table):
    rows: list[Pattern]


class _Tables(_Table):
    caption: list[_Rule]
    header: list[_Rule]
    row: list[_Rule]
    staff: _Staff
    concepts: dict[Concept, list[Pattern]]
    financing: _Rows
    running: _Rows
    building: _Rows
    evidence: list[_Evidence]


class _Marks(_Table):
    approximate: list[str]
    per_year: list[str]
    total: list[str]
    span: list[str]
    partly: list[str]
    added: list[str]
    rate: list[str]
    rate_before: list[str]
    rising: list[str]
    other_level: list[str]
    onwards: list[str]
    thereafter: list[str]
    paid_back: list[Pattern]
    bounds: list[str]
    grants: list[str]
    introduces: list[str]
    each: list[str]
    respectively: list[str]


class _Concepts(_Table):
    investment: list[str]
    recurring: list[str]
    net: list[str]
    whole: list[str]
    investment_labels: list[str]
    recurring_labels: list[str]
    net_labels: list[str]


class _Words(_Table):
    stop: list[str]
    weak: list[str]


class _Prose(_Table):
    never_ends: list[str]
    may_end: list[str]
    numbers: dict[str, float]
    marks: _Marks
    concepts: _Concepts
    words: _Words


FILES: dict[str, type[_Table]] = {
    "administrations": _Administrations,
    "areas": _Areas,
    "cases": _Cases,
    "columns": _Columns,
    "labels": _Labels,
    "prose": _Prose,
    "tables": _Tables,
}


def check() -> None:
    """Reads every vocabulary file.  Raises `lexicon.data.LexiconError` with file, key and what is allowed there."""
    for name, model in FILES.items():
        text = files("normalize.vocabulary").joinpath(f"{name}.toml").read_text(encoding="utf-8")
        parse(text, f"{name}.toml", model)
