"""The labels of the forms in a text: which field it opens, and what follows; a label may be cut over lines anywhere."""

from __future__ import annotations

from functools import cache, lru_cache

import regex

from lexicon.folding import fold_accents
from normalize.vocabulary.forms import field_labels, word_table

_SOFT_BREAK = regex.compile(r"[-\u2010\u00ad]\s*")
READ = ("title", "code", "summary", "administrations", "affected", "price_level", "budget_round")
NOT_READ = (  # fields that alone make no form
    "field_of_work", "committee", "centre", "steering_area", "case_number", "date", "proposer", "answered_by", "nature",
    "priority", "recipient", "other",
)  # fmt: skip
_AFTER_LABEL = regex.compile(r"\.?\s*(?P<colon>:)?\s*")
_UNNAMED = "\ufffd\x00"
_HYPHENS = ("-", "\u2010", "\u00ad")
_LONGEST_LABEL = 40
LABEL_ROWS = 6  # rows over which a label may be spread


def is_label(text: str) -> bool:
    """Whether the text is a label of the forms and nothing else, with or without its colon."""
    found = match_label(text, colon=False)
    return found is not None and not found[1]


def _label_end(text: str, label: str) -> int | None:
    """Where a label ends that `text` begins with, None where it does not; it may be hyphenated over lines anywhere.

    A character that the print's font does not name stands for a ligature of two or three letters.
    """
    at = 0
    for n, character in enumerate(label):
        if text[at : at + 1] in _UNNAMED and at < len(text):
            rests = (_label_end(text[at + 1 :], label[n + width :]) for width in (2, 3))
            return next((at + 1 + rest for rest in rests if rest is not None), None)
        if at and text[at : at + 1] != character and text.startswith(_HYPHENS, at):
            at += 1
            while text[at : at + 1].isspace():
                at += 1
        if not text.startswith(character, at):
            return None
        at += 1
    return at


@cache
def _labels_by_head() -> dict[str, tuple[tuple[str, str], ...]]:
    """(folded label, field) by the label's first two letters, longest label first."""
    heads: dict[str, tuple[tuple[str, str], ...]] = {}
    for label, name in field_labels():
        folded = fold_accents(label)
        heads[folded[:2]] = (*heads.get(folded[:2], ()), (folded, name))
    return heads


@lru_cache(maxsize=4096)
def match_label(text: str, *, colon: bool = True) -> tuple[str, str] | None:
    """(field, what follows the label) where `text` begins with a label of the forms, else None.

    With `colon` False a text that is nothing but the label will do without one.
    """
    folded = fold_accents(text)
    plain = " ".join(text.split())
    return _listed_label(folded, plain, colon=colon) or _ended_label(plain, colon=colon)


def _listed_label(folded: str, plain: str, *, colon: bool) -> tuple[str, str] | None:
    """The field of a label that the vocabulary lists."""
    labels = _labels_by_head().get(folded[:2])
    if labels is None or (colon and ":" not in folded):
        return None
    if len(folded) != len(plain):  # a character that folds to two: compare as it stands
        folded = plain.lower()
    for label, name in labels:
        end = _label_end(folded, label)
        found = _AFTER_LABEL.match(folded, end) if end is not None else None
        if found is None:
            continue
        if found["colon"] or (not colon and found.end() >= len(folded)):
            return name, plain[found.end() :].strip()
    return None


@cache
def _endings() -> tuple[tuple[str, regex.Pattern[str]], ...]:
    """Labels made of an ending and a word or two before it, by field."""
    return tuple(
        (name, regex.compile(rf"(?:\p{{L}}+ ){{0,2}}\p{{L}}*(?:{'|'.join(ends)})\.?"))
        for name, ends in word_table("endings").items()
    )


@lru_cache(maxsize=4096)
def _ended_label(plain: str, *, colon: bool) -> tuple[str, str] | None:
    """The field of a label that only its ending tells: "Ønskets titel: Ny hal", "Anlægsnr.: 301-077"."""
    label, parted, rest = plain.partition(":")
    if len(label) > _LONGEST_LABEL or not plain[:1].isupper() or (not parted and colon):
        return None
    name = next((name for name, pattern in _endings() if pattern.fullmatch(fold_accents(label))), None)
    return (name, rest.strip()) if name is not None else None


@cache
def _label_beginnings() -> frozenset[str]:
    return frozenset(fold_accents(label)[:n] for label, _ in field_labels() for n in range(4, len(label)))


def starts_label(text: str) -> bool:
    """Whether the text is the beginning of a label and no more: "Fremstillende for-", "Berørte"."""
    return len(text) < _LONGEST_LABEL and _SOFT_BREAK.sub("", fold_accents(text)) in _label_beginnings()
