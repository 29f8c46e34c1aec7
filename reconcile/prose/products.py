"""Products written out in running text: "56 pladser til 22 t.kr., i alt 1.232 t.kr."

In: the amounts of a case's running text.  Out: `Draft`s.  Only a sentence that prints both factors and the product is
looked at; one that speaks of several years, so that the product may be taken more than once, is left alone.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from decimal import Decimal
from itertools import pairwise

from lexicon.figures import GROUPED, parse_number
from normalize.models import Statement, StatementKind
from reconcile.figures.draft import Draft
from reconcile.figures.view import CaseView
from reconcile.models import Check, Severity
from reconcile.prose.statements import is_no_statement

_COUNT = re.compile(
    rf"(?<![\d.,])({GROUPED}|\d+(?:,\d+)?|½)\s+(?:[^\W\d]+\s+){{1,3}}?"
    r"(?:til|à|á|a|ad|af|gange|x|for)\s+(?:en\s+[^\W\d]+\s+(?:af|på)\s+)?(?:ca\.\s+)?$"
)
_SUM = re.compile(r"(?:i\s+alt|samlet|tilsammen|dvs\.|=|svarende\s+til|det\s+giver)\W*(?:\w+\s+){0,3}$")
_HALF = Decimal("0.5")  # "½ årsværk"
_MOST_TIMES = 12  # years or months over which a product may be summed


def products(case: CaseView) -> Iterator[Draft]:
    """Sentences whose product is not that of its factors."""
    by_sentence: dict[str, list[Statement]] = defaultdict(list)
    for statement in case.case.statements:
        if statement.kind is StatementKind.MONEY:
            by_sentence[statement.sentence].append(statement)
    for sentence, amounts in by_sentence.items():
        if len(amounts) > 1 and not any(is_no_statement(s) or s.approximate for s in amounts):
            yield from _judged(case, " ".join(sentence.casefold().split()), amounts)


def _judged(case: CaseView, sentence: str, amounts: list[Statement]) -> Iterator[Draft]:
    for price, total in pairwise(amounts):
        at = _place(sentence, price)
        count = _COUNT.search(sentence[:at]) if at >= 0 else None
        end = at + len(_printed(price))
        then = sentence.find(_printed(total), end)
        if count is None or then < 0 or _SUM.search(sentence[end:then]) is None:
            continue
        times = parse_number(count[1]) or _HALF
        product, slack = times * price.value, total.half_step + times * price.half_step
        if any(abs(product * n - total.value) <= slack * n for n in range(1, _MOST_TIMES + 1)):
            continue
        yield Draft(
            Check.TEXT_AMOUNT,
            Severity.WARNING,
            "text_product",
            case.index,
            params={"printed": total.printed, "count": count[1], "price": price.printed},
            stated=total.value,
            expected=product,
            arithmetic=(times, "×", price.value, "=", product),
        ).quoting(total)


def _printed(statement: Statement) -> str:
    return " ".join(statement.printed.casefold().split())


def _place(sentence: str, statement: Statement) -> int:
    return sentence.find(_printed(statement))
