"""Captions: their label and title, and the kinds of tables that captions, headers and rows speak for."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from lexicon.folding import fold_label
from normalize.models import Kind
from normalize.vocabulary.load import compiled, load
from normalize.vocabulary.misread import mended


@cache
def _rules(section: str) -> tuple[tuple[Kind, regex.Pattern[str]], ...]:
    return tuple((Kind(rule["kind"]), compiled(rule["patterns"])) for rule in load("tables")[section])


def _first(section: str, text: str) -> Kind | None:
    folded = fold_label(text)
    found = next((kind for kind, pattern in _rules(section) if folded and pattern.search(folded)), None)
    if found is None and (meant := mended(folded)):
        return next((kind for kind, pattern in _rules(section) if pattern.search(meant)), None)
    return found


@lru_cache(maxsize=4096)
def kind_of_caption(title: str) -> Kind | None:
    """The kind a caption or a heading speaks for."""
    return _first("caption", title)


@cache
def _staff() -> regex.Pattern[str]:
    return compiled(load("tables")["staff"]["titles"])


@lru_cache(maxsize=4096)
def speaks_of_staff(title: str) -> bool:
    """Whether a title or a heading speaks of staff: "Personale", "Normering"."""
    return _staff().search(fold_label(title)) is not None


@lru_cache(maxsize=4096)
def kind_of_header(header: str) -> Kind | None:
    """The kind a column's header, or one over several, speaks for."""
    return _first("header", header)


@lru_cache(maxsize=8192)
def kind_of_row(label: str) -> Kind | None:
    """The kind a total's label speaks for."""
    return _first("row", label)
