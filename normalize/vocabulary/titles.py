"""Captions: their label and title, and the kinds of tables that captions, headers and rows speak for."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from extract.records import record
from normalize.models import Kind
from normalize.vocabulary.folding import fold_label, mended
from normalize.vocabulary.load import compiled, load


@record
class CaptionParts:
    """A caption taken apart; `label` is "Tabel 1" with its full stop off, None where the caption has none."""

    label: str | None
    title: str | None


@cache
def _caption_pattern() -> regex.Pattern[str]:
    words = "|".join(load("tables")["caption_grammar"]["words"])
    return regex.compile(
        rf"^\s*(?P<label>(?:{words})\.?\s*(?:nr\.?\s*)?(?:\d{{1,3}}(?:[.]\d{{1,2}}){{0,2}}\s?[a-z]?|[a-z]|[ivx]{{1,4}})(?:[.]\d{{1,2}})?)\b"
        rf"(?P<mark>\s*[.:–—-]+|\s*\)|\s*$|\s+(?=[\p{{Lu}}\d(]))\s*(?P<title>.*)$",
        regex.IGNORECASE | regex.DOTALL,
    )


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
def split_caption(text: str) -> CaptionParts:
    """Takes a caption apart: "Tabel 3 . Investeringer i forslaget" is ("Tabel 3", "Investeringer i forslaget")."""
    plain = " ".join(text.split())
    match = _caption_pattern().match(plain)
    if match is None:
        return CaptionParts(None, plain or None)
    label = regex.sub(r"\s+", " ", match["label"]).strip(" .")
    return CaptionParts(label, match["title"].strip(" :–—") or None)


@lru_cache(maxsize=4096)
def kind_of_caption(title: str) -> Kind | None:
    """The kind a caption or a heading speaks for."""
    return _first("caption", title)


@lru_cache(maxsize=4096)
def kind_of_header(header: str) -> Kind | None:
    """The kind a column's header, or one over several, speaks for."""
    return _first("header", header)


@lru_cache(maxsize=8192)
def kind_of_row(label: str) -> Kind | None:
    """The kind a total's label speaks for."""
    return _first("row", label)
