"""What the lines between two openings hold: figures, fields, and what would be strange to meet twice in one case."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

import regex

from lexicon.captions import split_caption
from lexicon.folding import fold_accents
from normalize.cases.evidence import START
from normalize.cases.fields import VALUE
from normalize.cases.headings import names_catalogue
from normalize.cases.traits import Trait, What, is_body, is_number_alone
from normalize.forms.labels import NOT_READ, READ

_LONG_TEXT = 24  # characters from which a line that comes again says something
_NEAR = 16  # lines below an opening that are held against those below another
_HEAD_LINES = 3  # lines below an opening that may be its title's or its kickers
_COVER = 12  # lines of a document's beginning that may name an overview
_ENOUGH = 4  # lines of nothing but figures that are a table whose grid was lost


class Held:
    """What the lines between two openings hold: figures, fields, and what comes twice."""

    def __init__(self, traits: Sequence[Trait]) -> None:
        self._traits = traits
        self._figures = [0]
        self._fields = [0]
        self._prose = [0]
        self._known: dict[tuple[int, int], frozenset[tuple[str, str]]] = {}
        for before, t in pairwise([None, *traits]):
            assert t is not None
            self._figures.append(self._figures[-1] + _figured(before, t))
            self._fields.append(self._fields[-1] + (t.field is not None and t.field[0] in READ))
            self._prose.append(self._prose[-1] + (t.what is What.PROSE))

    def figures(self, first: int, stop: int) -> bool:
        """Whether a table with figures stands there."""
        return self._figures[stop] - self._figures[first] >= _ENOUGH

    def prose(self, first: int, stop: int) -> int:
        """How many lines of running text stand there."""
        return self._prose[stop] - self._prose[first]

    def _is_list(self, first: int, stop: int) -> bool:
        """Whether nothing but titles and figures stands there, and not two rows of figures to a title."""
        body = (What.PROSE, What.SECTION, What.CAPTION, What.FIELD)
        own = self._traits[first:stop]
        titles = sum(t.coded is not None and t.what is What.LINE for t in own)
        few = self._figures[stop] - self._figures[first] < 2 * _ENOUGH * max(1, titles)
        return few and not any(t.what in body and not t.text[:1].islower() for t in own[1:])

    def overview(self, stop: int) -> bool:
        """Whether the document's first lines name an overview of many proposals."""
        return any(names_catalogue(t.text) for t in self._traits[: min(stop, _COVER)] if not is_body(t))

    def fields(self, first: int, stop: int) -> int:
        """How many fields of a form stand there."""
        return self._fields[stop] - self._fields[first]

    def shared(self, one: int, other: int) -> bool:
        """Whether a label, a heading or a sentence below the one stands below the other as well."""
        common = self._following(one, other) & self._following(other, other + _NEAR)
        return any(kind != "table" for kind, _ in common)

    def parallel(self, one: int, other: int) -> float:
        """How much of what follows the one line, in the head and below it, follows the other as well."""
        a, b = self._following(one, other), self._following(other, other + _NEAR)
        shared = len(a & b)
        return START.parallel * shared / max(len(a), len(b)) if shared > 1 else 0.0

    def _following(self, first: int, stop: int) -> frozenset[tuple[str, str]]:
        stop = min(stop, first + _NEAR)
        if (first, stop) not in self._known:
            near = pairwise([None, *self._traits[first:stop]])
            tokens = (
                said_of(t) or (_kicker(t) if n < _HEAD_LINES else None) or _header(above, t)
                for n, (above, t) in enumerate(near)
                if t is not None
            )
            self._known[first, stop] = frozenset(token for token in tokens if token is not None)
        return self._known[first, stop]

    def from_start(self, first: int, stops: Sequence[int]) -> Iterator[float]:
        """For each stop in turn: what the lines from `first` to it say of being one case."""
        seen: set[tuple[str, str]] = set()
        again = 0.0
        at = first
        for stop in stops:
            for trait in self._traits[at:stop]:
                token = said_of(trait)
                if token is None:
                    continue
                if token in seen:
                    again += getattr(START, f"{token[0]}_again")
                seen.add(token)
            at = stop
            yield max(again, START.most_again) + self._holds(first, stop)

    def _holds(self, first: int, stop: int) -> float:
        if self.figures(first, stop):
            return START.rows_alone if self._is_list(first, stop) else START.figures
        if self.fields(first, stop):
            return START.form
        return START.prose_only if self.prose(first, stop) else START.empty


def _figured(before: Trait | None, trait: Trait) -> int:
    """How much a line is one of figures: a row of a table, or a number alone below another."""
    if trait.what is What.TABLE:
        return _ENOUGH
    return int(before is not None and is_number_alone(before) and is_number_alone(trait))


def said_of(trait: Trait) -> tuple[str, str] | None:
    """What of a line would be strange to meet twice in one case."""
    if trait.running or trait.grid or trait.what is What.TABLE or trait.field == VALUE:
        return None
    if trait.field is not None:
        name = trait.field[0]
        return "field", trait.label if name in NOT_READ else name
    if trait.what is What.CAPTION and (label := split_caption(trait.text).label) is not None:
        return "caption", fold_accents(label)
    number = regex.match(r"(\d{1,2})\.?\s+\p{Lu}", trait.text) if trait.heading else None
    if number is not None:
        return "number", number[1]
    folded = fold_accents(trait.text)
    if trait.heading or trait.what is What.SECTION:
        return "heading", folded
    return ("text", folded) if len(folded) > _LONG_TEXT else None


def _kicker(trait: Trait) -> tuple[str, str] | None:
    """What a short line says but for its numbers: "Åben sag", which may stand above every case."""
    if trait.running or trait.grid or trait.what not in (What.LINE, What.PAPER, What.ITEM):
        return None
    return "line", regex.sub(r"\d+", "0", fold_accents(trait.text))


def _header(above: Trait | None, trait: Trait) -> tuple[str, str] | None:
    """What the first line of a table says, which may be the header of every case's table."""
    first = trait.what is What.TABLE and above is not None and above.what is not What.TABLE
    return ("table", fold_accents(trait.text)) if first else None
