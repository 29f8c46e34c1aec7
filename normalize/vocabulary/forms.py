"""The words of a case's head: labels of its form, banners, budget rounds, what is no code."""

from __future__ import annotations

from functools import cache

from normalize.vocabulary.load import load


@cache
def words(key: str) -> tuple[str, ...]:
    """A list of words of `cases.toml`."""
    found = load("cases")[key]
    return tuple(str(word) for word in found) if isinstance(found, list) else ()


@cache
def word_table(key: str) -> dict[str, tuple[str, ...]]:
    """A table of lists of words of `cases.toml`."""
    return {name: tuple(map(str, found)) for name, found in load("cases")[key].items()}


@cache
def field_labels() -> tuple[tuple[str, str], ...]:
    """(label, field) for every label of the forms, longest label first."""
    table = load("cases")["fields"]
    assert isinstance(table, dict)
    pairs = [(str(label), str(name)) for name, labels in table.items() for label in labels]
    return tuple(sorted(pairs, key=lambda pair: (-len(pair[0]), pair)))
