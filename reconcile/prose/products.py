"""Arithmetic written out in running text: "56 pladser til 22 t.kr., i alt 1.232 t.kr.", percent of an amount, a rise.

In: the amounts of a case's running text.  Out: `Draft`s.  Only a sentence that prints all that goes into it and what it
makes is looked at; a product that may be taken more than once, over years, may be any of these.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise

from lexicon.figures import GROUPED, parse_number
from normalize.models import Statement, StatementKind
from reconcile.figures.draft import Draft, Param
from reconcile.figures.view import CaseView
from reconcile.models import Check, Severity
from reconcile.prose.statements import is_no_statement

_COUNT = re.compile(
    rf"(?<![\d.,])({GROUPED}|\d+(?:,\d+)?|½)\s+(?!procent|pct)(?:[^\W\d]+\.?\s+){{1,3}}?"
    r"(?:til|à|á|a|ad|af|gange|x|×|\*|for)\s+(?:en\s+[^\W\d]+\s+(?:af|på)\s+)?(?:ca\.\s+)?$"
)
_SUM = re.compile(r"(?:i\s+alt|samlet|tilsammen|dvs\.|=|svarende\s+til|svarer\s+til|giver)\W*(?:\w+\s+){0,3}$")
_COUNT_BEHIND = re.compile(rf"^\s+pr\.?\s+[^\W\d]+\s+(?:for|til|x|×|gange|og)\s+({GROUPED}|\d+(?:,\d+)?)\s+[^\W\d]+")
_PERCENT = re.compile(
    r"(\d+(?:,\d+)?)\s*(?:%|pct\.?|procent)\s+(?:heraf\s+|af\s+det\s+)?"
    r"(?:svarer\s+til|svarende\s+til|dvs\.|giver|er|=|eller)\s+(?:ca\.\s+)?$"
)
_PERCENT_OF = re.compile(r"(\d+(?:,\d+)?)\s*(?:%|pct\.?|procent)\s+af\s+(?:[^\W\d]+\s+){0,2}(?:på\s+)?$")
_MAKES = re.compile(r"^\W*(?:\w+\W+){0,3}?(?:svarer\s+til|svarende\s+til|dvs\.|giver|=|eller|i\s+alt)\s+$")
_CHANGED = re.compile(
    r"\b(?:hæves|øges|stiger|vokser|forhøjes|løftes|falder|sænkes|reduceres|nedsættes|mindskes)\s+(?:[^\W\d]+\s+){0,2}?"
    r"(\d+(?:,\d+)?)\s*(?:%|pct\.?|procent)\s(?:[^.;]*\s)?til\s+$"
)
_FROM = re.compile(r"\bfra\s+$")
_TO = re.compile(r"^(?:\s+i\s+\d{4})?\s+til\s+$")
_MOVES = re.compile(r"\b(?:altså|dvs\.|svarende\s+til|det\s+er|hvilket\s+er|og\s+dermed)\b.{0,30}\b(?:med|på)\s+$")
_HUNDRED = Decimal(100)
_HALF = Decimal("0.5")  # "½ årsværk"
_MOST_TIMES = 12  # years or months over which a product may be summed


def products(case: CaseView) -> Iterator[Draft]:
    """Sentences whose product, percent or difference is not what they say it is made of."""
    by_sentence: dict[str, list[Statement]] = defaultdict(list)
    for statement in case.case.statements:
        if statement.kind is StatementKind.MONEY:
            by_sentence[statement.sentence].append(statement)
    for sentence, amounts in by_sentence.items():
        if len(amounts) > 1 and not any(is_no_statement(s, parts=False) or s.approximate for s in amounts):
            said = _Sentence(case, " ".join(sentence.casefold().split()), amounts)
            for pair in pairwise(range(len(amounts))):
                yield from said.product(*pair)
                yield from said.percent(*pair)
            for first in range(len(amounts) - 2):
                yield from said.difference(first)


class _Sentence:
    """A sentence with its amounts, each with the text before it."""

    def __init__(self, case: CaseView, sentence: str, amounts: Sequence[Statement]) -> None:
        self.case = case
        self.amounts = amounts
        self.before: list[str] = []
        end = 0
        for amount in amounts:
            at = sentence.find(_printed(amount), end)
            self.before.append(sentence[end:at] if at >= 0 else "")
            end = at + len(_printed(amount)) if at >= 0 else end

    def product(self, first: int, last: int) -> Iterator[Draft]:
        """ "56 pladser til 22 t.kr., i alt 1.232 t.kr." """
        price, total = self.amounts[first], self.amounts[last]
        count = _COUNT.search(self.before[first]) or _COUNT_BEHIND.search(self.before[last])
        if count is None or _SUM.search(self.before[last]) is None:
            return
        times = parse_number(count[1]) or _HALF
        product, slack = times * price.value, total.half_step + times * price.half_step
        if not any(abs(product * n - total.value) <= slack * n for n in range(1, _MOST_TIMES + 1)):
            params: dict[str, Param] = {"printed": total.printed, "count": count[1], "price": price.printed}
            yield self._draft("text_product", total, product, params, (times, "×", price.value, "=", product))

    def percent(self, first: int, last: int) -> Iterator[Draft]:
        """ "5 mio. kr. … 10 pct. svarer til 500 t.kr.", "10 pct. af 5 mio. kr., svarende til 500 t.kr." """
        base, part = self.amounts[first], self.amounts[last]
        changed = _CHANGED.search(self.before[first] + self.before[last])
        share = changed or _PERCENT.search(self.before[last])
        if share is None and _MAKES.search(self.before[last]):
            share = _PERCENT_OF.search(self.before[first])
        rate = parse_number(share[1]) if share is not None else None
        if share is None or rate is None:
            return
        half = _HALF.scaleb(-len(share[1].partition(",")[2]))
        made = base.value * rate / _HUNDRED
        slack = part.half_step + (base.value * half + base.half_step * rate) / _HUNDRED
        if any(abs(whole - part.value) <= slack for whole in (made, base.value + made, base.value - made)):
            return
        params: dict[str, Param] = {"printed": part.printed, "count": share[1], "price": base.printed}
        if changed is None:
            yield self._draft("text_percent", part, made, params, (rate, "pct. ×", base.value, "=", made))
            return
        sign, whole = ("−", base.value - made) if part.value < base.value else ("+", base.value + made)
        yield self._draft("text_percent_change", part, whole, params, (base.value, sign, made, "=", whole))

    def difference(self, first: int) -> Iterator[Draft]:
        """ "fra 310 t.kr. i 2025 til 640 t.kr. i 2026, altså med 330 t.kr." """
        start, end, moved = self.amounts[first : first + 3]
        if not (_FROM.search(self.before[first]) and _TO.search(self.before[first + 1])):
            return
        off = abs(end.value - start.value)
        slack = start.half_step + end.half_step + moved.half_step
        if _MOVES.search(self.before[first + 2]) and abs(off - moved.value) > slack:
            more, less = max(start.value, end.value), min(start.value, end.value)
            params: dict[str, Param] = {"printed": moved.printed, "first": start.printed, "second": end.printed}
            yield self._draft("text_difference", moved, off, params, (more, "−", less, "=", off))

    def _draft(
        self,
        message: str,
        about: Statement,
        expected: Decimal,
        params: dict[str, Param],
        arithmetic: tuple[str | Decimal, ...],
    ) -> Draft:
        return Draft(
            Check.TEXT_AMOUNT,
            Severity.WARNING,
            message,
            self.case.index,
            params=params,
            stated=about.value,
            expected=expected,
            arithmetic=arithmetic,
        ).quoting(about)


def _printed(statement: Statement) -> str:
    return " ".join(statement.printed.casefold().split())
