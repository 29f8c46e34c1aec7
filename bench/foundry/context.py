"""What a case is about: the words and choices that its templates are filled with."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from decimal import Decimal

from bench.foundry.family import areas


@dataclass
class Context:
    """What a case is about, and the words that fill its templates."""

    rng: random.Random
    names: dict[str, str]  # {committee}, {y1} …
    year: int  # the first budget year
    area: str
    unit: str  # t, mio, kr: the paper's choice where a table offers it
    price_level: int | None
    level_words: str
    year_style: str
    others: list[str] = field(default_factory=list)  # areas of other committees
    number: int = 0  # of tables so far
    proposals: list[tuple[str, str, list[Decimal]]] = field(default_factory=list)
    used_ids: int = 0
    told: list[str] = field(default_factory=list)  # sentences of the family's own that the case has had
    own: dict[str, list[str]] = field(default_factory=dict)  # the family's own stocks, in their order

    def fill(self, text: str, **more: str) -> str:
        """A template with its words in place."""
        return text.format_map({**self.names, **more})

    def stock(self, name: str, area: str | None = None) -> list[str]:
        """Words of a stock, in random order."""
        chosen = list(areas()[area or self.area][name])
        self.rng.shuffle(chosen)
        return chosen
