"""Whether two labels name the same line, and what a label is about.  The words themselves are in `wording.toml`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Sequence
from decimal import Decimal
from functools import lru_cache
from importlib.resources import files

from extract.records import record

_WORD = re.compile(r"[^\W\d_]+|\d+(?:[.,]\d+)*")
_NO_WORD = re.compile(r"[\W_]+")
_ASIDE = re.compile(r"\([^()]*\)")


@record
class Approximation:
    """Words before an amount that leave it open, and between what shares of it the true one may lie."""

    words: tuple[str, ...]
    least: Decimal
    most: Decimal


@record
class Vocabulary:
    """The words of `wording.toml`: concepts (name, lists of stems) in order; the other entries as they stand."""

    concepts: tuple[tuple[str, tuple[tuple[str, ...], ...]], ...]
    areas: dict[str, tuple[str, ...]]
    payback_template: tuple[str, ...]
    payback_service: tuple[str, ...]
    noise: frozenset[str]
    no_sum: tuple[str, ...]
    all_tables: tuple[str, ...]
    vague: tuple[str, ...]
    part: tuple[str, ...]
    spread: tuple[str, ...]
    lasting: tuple[str, ...]
    whole_case: tuple[str, ...]
    resume: tuple[str, ...]
    whole_amount: tuple[str, ...]
    phased: tuple[str, ...]
    relations: dict[str, tuple[str, ...]]
    row_relations: dict[str, tuple[str, ...]]
    apart: tuple[str, ...]
    first: tuple[str, ...]
    until: tuple[str, ...]
    compared: tuple[str, ...]
    counterfactual: tuple[str, ...]
    conditional: frozenset[str]
    verb_first: frozenset[str]
    denying: frozenset[str]
    committee: dict[str, tuple[str, ...]]
    breakdown: tuple[str, ...]
    around: tuple[Approximation, ...]
    plain_total: frozenset[str]
    whole: tuple[str, ...]
    number: tuple[str, ...]
    price: tuple[str, ...]


@lru_cache(maxsize=1)
def vocabulary() -> Vocabulary:
    """The vocabulary, read once."""
    data = tomllib.loads(files("reconcile").joinpath("wording.toml").read_text("utf-8"))
    return Vocabulary(
        concepts=tuple((c["name"], tuple(tuple(s) for s in c["stems"])) for c in data["concept"]),
        areas={name: tuple(stems) for name, stems in data["area"].items()},
        payback_template=tuple(data["payback"]["template"]),
        payback_service=tuple(data["payback"]["service"]),
        noise=frozenset(data["noise"]["words"]),
        no_sum=tuple(data["no_sum"]["stems"]),
        all_tables=tuple(data["all_tables"]["phrases"]),
        vague=tuple(data["vague"]["phrases"]),
        part=tuple(data["part"]["phrases"]),
        spread=tuple(data["spread"]["phrases"]),
        lasting=tuple(data["lasting"]["stems"]),
        whole_case=tuple(data["whole_case"]["words"]),
        resume=tuple(data["resume"]["phrases"]),
        whole_amount=tuple(data["whole_amount"]["phrases"]),
        phased=tuple(data["phased"]["phrases"]),
        relations={name: tuple(stems) for name, stems in data["relation"].items()},
        row_relations={name: tuple(stems) for name, stems in data["row_relation"].items()},
        apart=tuple(data["apart"]["stems"]),
        until=tuple(data["until"]["phrases"]),
        compared=tuple(data["compared"]["stems"]),
        first=tuple(data["first"]["words"]),
        counterfactual=tuple(data["counterfactual"]["phrases"]),
        conditional=frozenset(data["counterfactual"]["conditional"]),
        verb_first=frozenset(data["counterfactual"]["verb_first"]),
        denying=frozenset(data["counterfactual"]["denying"]),
        committee={name: tuple(stems) for name, stems in data["committee"].items()},
        breakdown=tuple(data["breakdown"]["phrases"]),
        around=tuple(
            Approximation(tuple(a["words"]), Decimal(str(a["least"])), Decimal(str(a["most"])))
            for a in data["approximation"]
        ),
        number=tuple(data["factors"]["number"]),
        price=tuple(data["factors"]["price"]),
        whole=tuple(data["whole"]["stems"]),
        plain_total=frozenset(data["plain_total"]["words"]),
    )


@lru_cache(maxsize=8192)
def words(label: str) -> tuple[str, ...]:
    """The words and numbers of a label, in lower case, without those that say nothing."""
    noise = vocabulary().noise
    return tuple(w for w in (m.casefold() for m in _WORD.findall(label)) if w not in noise)


@lru_cache(maxsize=8192)
def squash(text: str) -> str:
    """Letters and digits only, in lower case: the same however a text is broken, hyphenated or punctuated."""
    return _NO_WORD.sub("", text).casefold()


def stems_met(label: str, stems: Iterable[str]) -> bool:
    """Whether any word of the label begins with one of the stems (a stem with a blank is looked for as a phrase)."""
    lowered = label.casefold()
    found = [m.casefold() for m in _WORD.findall(label)]
    return any(
        (stem in lowered)
        if not stem.isalpha()
        else any(w == stem if len(stem) < 4 else w.startswith(stem) for w in found)
        for stem in stems
    )


@lru_cache(maxsize=8192)
def stems_in(label: str, stems: tuple[str, ...]) -> bool:
    """Whether any of the stems stands in the label, inside a word too ("forbrugsprocent")."""
    lowered = label.casefold()
    return any(stem in lowered for stem in stems)


@lru_cache(maxsize=8192)
def concept(label: str) -> str | None:
    """What a total is about: "impact", "implementation", "recurring", or None where the label does not say."""
    for name, lists in vocabulary().concepts:
        for stems in lists:
            if all(stems_met(label, (stem,)) for stem in stems):
                return name
    return None


@lru_cache(maxsize=8192)
def area(text: str | None) -> str | None:
    """The steering area a text names: "service" or "capital"; None where it names none or both."""
    if not text:
        return None
    found = [
        name
        for name, stems in vocabulary().areas.items()
        if any(stem in word for stem in stems for word in words(text))
    ]
    return found[0] if len(found) == 1 else None


#: Letters of a beginning, and of an ending, without which two words are not alike.
_STEM, _ENDING = 3, 4


@lru_cache(maxsize=65536)
def _word_likeness(a: str, b: str) -> float:
    if a == b:
        return 1.0
    if a[0].isdigit() or b[0].isdigit():
        return 0.0
    if len(a) > len(b):
        a, b = b, a
    if len(a) < 3:
        return 0.0
    prefix = 0
    while prefix < len(a) and a[prefix] == b[prefix]:
        prefix += 1
    if prefix == len(a) and len(b) - len(a) <= 3:
        return 0.97  # an ending: "robot", "robotter"
    if prefix >= 4 and len(a) - prefix <= 2 and len(b) - prefix <= 3:
        return 0.9
    if len(a) >= 4 and (prefix == len(a) or b.endswith(a)):
        return 0.8  # a compound: "effektivisering", "effektiviseringsgevinst"
    if prefix >= 6:
        return 0.7 * prefix / len(b)
    return 0.0


def _bag_likeness(left: Sequence[str], right: Sequence[str]) -> float:
    if not left or not right:
        return 0.0

    def weight(word: str) -> float:
        return min(len(word), 12) if not word[0].isdigit() else 3.0

    def side(one: Sequence[str], other: Sequence[str]) -> tuple[float, float]:
        met = sum(weight(w) * max(_word_likeness(w, o) for o in other) for w in one)
        return met, sum(weight(w) for w in one)

    met_left, all_left = side(left, right)
    met_right, all_right = side(right, left)
    return (met_left + met_right) / (all_left + all_right)


@lru_cache(maxsize=65536)
def likeness(left: str, right: str) -> float:
    """How alike two labels are, 0 to 1: word by word, compounds and endings allowed, asides counting less."""
    if left.casefold() == right.casefold():
        return 1.0
    full = _bag_likeness(words(left), words(right))
    bare = _bag_likeness(words(_ASIDE.sub(" ", left)), words(_ASIDE.sub(" ", right)))
    return max(full, 0.95 * bare)


def very_same(text: str) -> str:
    """The trace that only texts of the very same words have."""
    return f"={text.casefold()}"


@lru_cache(maxsize=8192)
def traces(text: str) -> frozenset[str]:
    """What two texts have in common, at least one of it, wherever `likeness` finds them alike at all.

    Words are alike by their first three letters or their last four, numbers and short words by all of them.
    """
    found = {very_same(text)}
    for word in words(text):
        if len(word) < _STEM or word[0].isdigit():
            found.add(word)
            continue
        found.add(f"{word[:_STEM]}-")
        if len(word) >= _ENDING:
            found.add(f"-{word[-_ENDING:]}")
    return frozenset(found)
