"""The lexicon's data files, checked as they are read: an unknown key, a wrong type or a pattern that does not compile.

`LexiconError` tells the file, the key and what is allowed there; whoever starts the program shows it (exit code 2).
"""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Annotated, TypeVar

import regex
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError


class LexiconError(ValueError):
    """A data file of the lexicon says something that cannot be worked with."""


def _compiles(source: str) -> str:
    try:
        regex.compile(source)
    except regex.error as error:
        raise ValueError(f"{source!r} is no regular expression: {error}") from error
    return source


Source = Annotated[str, AfterValidator(_compiles)]  # of a regular expression
Word = Annotated[str, Field(min_length=1)]


class _Table(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class FigureUnitData(_Table):
    """A unit printed beside a figure; `factor` is how many kroner one is, None where it is no money."""

    name: Word
    factor: int | None = None
    pattern: Source


class FiguresData(_Table):
    """`figures.toml`."""

    approximate: list[Source]
    currency: list[Source]
    per: list[Source]
    unit: list[FigureUnitData]


class YearsData(_Table):
    """`years.toml`."""

    notations: list[Source]
    cell_notations: list[Source]
    names: list[Source]
    suffixes: list[Source]
    no_names: list[Word]
    outside: list[Source]
    values: list[Source]
    phrases: list[Source]


class UnitData(_Table):
    """A unit of money; `factor` is how many kroner one of it is."""

    name: Word
    factor: int
    patterns: list[Source]


class PriceLevelData(_Table):
    """How a price level is printed; the group `year` is the year whose prices they are."""

    patterns: list[Source]
    current: list[Source]


class MeasureData(_Table):
    """What a table counts when it is not money."""

    name: Word
    patterns: list[Source]


class UnitsData(_Table):
    """`units.toml`."""

    others: list[Source]
    fillers: list[Source]
    unit: list[UnitData]
    price_level: PriceLevelData
    measure: list[MeasureData]


class CaptionsData(_Table):
    """`captions.toml`."""

    words: list[Source]
    continued: list[Source]
    notes: list[Source]
    notes_to_all: list[Source]


class LinesData(_Table):
    """`lines.toml`."""

    unit_lines: list[Source]
    label_columns: list[str]
    code_columns: list[str]
    price_words: list[str]
    word_columns: list[Source]
    unfinished: list[Word]
    row_starters: list[Word]
    closings: list[Source]
    cell_words: list[Word]
    code_words: list[Word]
    sections: list[Word]
    committees: list[Source]
    furniture: list[Source]
    verbs: list[Word]
    abbreviations: list[Word]
    months: list[Word]
    annexes: list[Word]


class HyphensData(_Table):
    """`hyphens.toml`."""

    conjunctions: list[Word]
    first_parts: list[Word]
    endings: list[Word]


_Data = TypeVar("_Data", bound=BaseModel)


def load(name: str, model: type[_Data]) -> _Data:
    """The content of `<name>.toml`, checked; read anew at each call.  Raises LexiconError."""
    return parse(files("lexicon").joinpath(f"{name}.toml").read_text(encoding="utf-8"), f"{name}.toml", model)


def parse(text: str, file: str, model: type[_Data]) -> _Data:
    """A data file's text, checked.  Raises LexiconError with the file, the key and what is allowed there."""
    try:
        return model.model_validate(tomllib.loads(text))
    except tomllib.TOMLDecodeError as error:
        raise LexiconError(f"{file}: {error}") from error
    except ValidationError as error:
        first = error.errors()[0]
        key = ".".join(map(str, first["loc"]))
        allowed = ", ".join(model.model_fields) if first["type"] == "extra_forbidden" else first["msg"]
        raise LexiconError(f"{file}: {key}: {allowed}") from error


def check() -> None:
    """Reads every data file.  Raises LexiconError on the first that cannot be worked with."""
    for name, model in _FILES.items():
        load(name, model)


_FILES: dict[str, type[_Table]] = {
    "figures": FiguresData,
    "years": YearsData,
    "units": UnitsData,
    "captions": CaptionsData,
    "lines": LinesData,
    "hyphens": HyphensData,
}


def alternatives(sources: list[str]) -> str:
    """Several expressions as one, longest first."""
    return "(?:" + "|".join(sorted(sources, key=len, reverse=True)) + ")"
