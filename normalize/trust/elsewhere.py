"""What a case's other tables hold: all that its tables hold but one table's own part, without adding the rest up anew
for every table (a case of 500 tables would be 250,000 additions)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TypeVar

_T = TypeVar("_T")


class Elsewhere(Mapping[_T, int]):
    """How often each thing is counted in the other tables; 0 for what is in none."""

    def __init__(self, everywhere: Counter[_T], own: Counter[_T]) -> None:
        self._everywhere, self._own = everywhere, own

    def __getitem__(self, thing: _T) -> int:
        return self._everywhere[thing] - self._own[thing]

    def __iter__(self) -> Iterator[_T]:
        return (thing for thing in self._everywhere if self[thing])

    def __len__(self) -> int:
        return sum(1 for _ in self)


def elsewhere(counted: Sequence[Counter[_T]]) -> list[Elsewhere[_T]]:
    """For every table what the others hold; `counted` holds one table's counts each."""
    everywhere: Counter[_T] = Counter()
    for own in counted:
        everywhere.update(own)
    return [Elsewhere(everywhere, own) for own in counted]
