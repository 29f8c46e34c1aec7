"""Steering areas: Service, Anlæg, Overførsler … alone in a cell, or at the end of a label that lost its column."""

from __future__ import annotations

from functools import cache, lru_cache
from typing import NamedTuple

from lexicon.folding import fold_label
from normalize.vocabulary.load import load


class Peeled(NamedTuple):
    """A label without the steering area that stood at its end."""

    label: str
    area: str


@cache
def _names() -> dict[str, str]:
    table = {}
    for area in load("areas")["area"]:
        table[fold_label(area["name"])] = area["name"]
        for word in area["words"]:
            table.setdefault(fold_label(word), area["name"])
    return table


@lru_cache(maxsize=4096)
def steering_area(text: str) -> str | None:
    """The steering area that a whole cell names, None where it names none."""
    return _names().get(fold_label(text))


def steering_area_of_caption(title: str | None) -> str | None:
    """The one steering area that a caption gives to all rows: "Varige ændringer, service" is about Service."""
    areas = {area for part in (title or "").split(",")[1:] if (area := steering_area(part))}
    return areas.pop() if len(areas) == 1 else None


@lru_cache(maxsize=8192)
def peel_steering_area(label: str) -> Peeled | None:
    """Takes a steering area off a label's end: "Driftsomkostninger Service" is ("Driftsomkostninger", "Service").

    Only a capitalised word is a cell of its own; "Varige ændringer, service" is one label.  None where nothing is to
    be taken off, or nothing would be left.
    """
    words = label.split()
    for count in (3, 2, 1):
        if len(words) <= count:
            continue
        head, tail = words[:-count], words[-count:]
        if tail[0][:1].isupper() and not head[-1].endswith((",", "/", "-")) and (area := steering_area(" ".join(tail))):
            return Peeled(" ".join(head), area)
    return None
