"""The fields of a case's head that nothing else of the case holds, kept as name and value."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from normalize.cases.fields import VALUE
from normalize.cases.traits import Trait
from normalize.forms.labels import NOT_READ
from normalize.models import Metadatum

_HEAD = 60  # lines of a case in which its form stands


def metadata(traits: Sequence[Trait]) -> tuple[Metadatum, ...]:
    """The fields among a case's first lines whose label says what it is, or that stand where such fields stand; each
    once, in print order, with the value beside the label or on the line below."""
    return tuple(dict.fromkeys(_fields(traits[:_HEAD])))


def _fields(traits: Sequence[Trait]) -> Iterator[Metadatum]:
    for trait, below in pairwise((*traits, None)):
        if trait is None or trait.field is None or trait.field[0] not in NOT_READ:
            continue
        name, value = trait.field
        beside = trait.text.endswith(value)
        label = (trait.text[: len(trait.text) - len(value)] if beside else trait.text).strip(" :")
        said = below.text if below is not None and below.field == VALUE else value
        if label and said.strip():
            yield Metadatum(name, label, said.strip(), trait.place)
