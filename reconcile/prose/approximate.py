"""Amounts that prose gives about: between what the true one may lie ("knap 3 mio. kr.", "op til 500 t.kr.")."""

from __future__ import annotations

import re
from dataclasses import replace
from decimal import Decimal
from functools import lru_cache

from normalize.models import Statement
from reconcile.wording import Approximation, vocabulary

_BEFORE = 24  # letters before an amount in which such a word stands


@lru_cache(maxsize=1)
def _words() -> list[tuple[re.Pattern[str], Approximation]]:
    return [
        (re.compile(rf"(?<!\w){re.escape(word)}(?!\w)\s*(?:\w+\s+)?$"), kind)
        for kind in vocabulary().around
        for word in sorted(kind.words, key=len, reverse=True)
    ]


def approximation(statement: Statement) -> Approximation | None:
    """What the words right before the amount say of it; None where they say nothing."""
    sentence = " ".join(statement.sentence.casefold().split())
    at = sentence.find(" ".join(statement.printed.casefold().split()))
    if at < 0:
        return None
    before = sentence[max(0, at - _BEFORE) : at]
    found = [(match.start(), kind) for pattern, kind in _words() if (match := pattern.search(before))]
    return min(found, key=lambda f: f[0])[1] if found else None


def widened(statement: Statement) -> Statement | None:
    """The statement as an interval, exact by its words; None where they are none of the known ones."""
    kind = approximation(statement)
    if kind is None:
        return None
    value = abs(statement.value)
    step = Decimal(1).scaleb(int(value.normalize().as_tuple().exponent)) if value else value  # one of its last digit
    least = min(value * kind.least, value - step) if kind.least < 1 else value
    most = max(value * kind.most, value + step) if kind.most > 1 else value
    least, most = least - statement.half_step, most + statement.half_step
    return replace(statement, value=(least + most) / 2, half_step=(most - least) / 2, approximate=False)
