"""The arithmetic of a finding, written out: which printed figures make what was expected.

Only a calculation that comes out exactly is shown: the figures that a finding was held up against are added or
subtracted as the identity says, and where no such way gives the expected figure, they are only listed.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from enum import StrEnum
from itertools import accumulate
from typing import Any

from extract.records import record
from publish.texts import number
from publish.wording import PROSE_CHECKS
from reconcile.models import Check

Row = Mapping[str, Any]
_MOST = 400  # figures of a calculation that is written out


@record
class Term:
    """A figure of the calculation: what it is called, as printed, and its value with the sign it counts by."""

    label: str
    column: str
    printed: str
    value: str
    amount_id: str


class Way(StrEnum):
    SUM = "sum"  # the terms add up to the result
    RUNNING = "running"  # the values are the running sum of the terms; the result is a number of years
    LISTED = "listed"  # no calculation: figures that were looked at


@record
class Arithmetic:
    """`terms` make `result`, which is what was expected; `result` is empty where they are only listed."""

    terms: tuple[Term, ...]
    result: str
    way: Way


def written_out(
    finding: Row, amounts: Mapping[str, Row], lines: Mapping[str, Row], tables: Mapping[str, Row], language: str
) -> Arithmetic | None:
    """The calculation behind a row of `findings`; None where no printed figure is evidence for it.

    `amounts`, `lines` and `tables` are rows of these relations by their keys.
    """
    evidence = [amounts[a] for a in finding["evidence"] if a in amounts]
    stated = stated_in(evidence, finding)
    parts = [a for a in evidence if a["amount_id"] not in stated and a["value"] is not None][:_MOST]
    if not parts or finding["expected"] is None:
        return None
    own = tables.get(finding["table_id"] or "")
    values = [_in_unit(a, tables.get(a["table_id"]), own) for a in parts]
    way, shown = _calculated(values, finding)
    elsewhere = {a["table_id"] for a in parts} != {finding["table_id"]}
    terms = []
    for amount, value in zip(parts, shown, strict=True):
        line, table = lines.get(amount["line_id"]), tables.get(amount["table_id"]) if elsewhere else None
        label = ", ".join(filter(None, (_name(table), line["label"] if line else "")))
        of = amount["column_label"], amount["printed"], number(value, language), amount["amount_id"]
        terms.append(Term(label, *of))
    return Arithmetic(tuple(terms), "" if way is Way.LISTED else number(finding["expected"], language), way)


def _name(table: Row | None) -> str:
    return (table["label"] or table["title"] or "") if table else ""


def stated_in(evidence: Sequence[Row], finding: Row) -> frozenset[str]:
    """The amount_ids of those figures of the evidence that the finding is about; the others it was held up against.

    Where a row shows what is stated in several columns of a year, it is the one that the evidence names first.  Of a
    finding about a whole table they are all its figures, unless it states a number itself: that stands above them.
    """
    if finding["check"] in PROSE_CHECKS:
        return frozenset()  # what is stated stands in a sentence
    stated = _of_row(evidence, finding) if finding["line_id"] else _of_table(evidence, finding)
    return frozenset(a["amount_id"] for a in stated)


def _of_table(evidence: Sequence[Row], finding: Row) -> Sequence[Row]:
    return [a for a in evidence if a["table_id"] == finding["table_id"] and finding["stated"] is None]


def _of_row(evidence: Sequence[Row], finding: Row) -> Sequence[Row]:
    rank = {amount_id: at for at, amount_id in enumerate(finding["evidence"])}
    named = sorted(evidence, key=lambda a: rank[a["amount_id"]])
    own = [a for a in named if a["line_id"] == finding["line_id"]]
    of_year = [a for a in own if a["year"] == finding["year"]]
    stated = finding["stated"]
    alike = of_year if stated is None else [a for a in of_year if _size(a["value"]) == abs(stated)][:1]
    return alike or of_year or (own if finding["year"] is None else [])


def _calculated(values: Sequence[Decimal], finding: Row) -> tuple[Way, list[Decimal]]:
    """How the figures make what was expected, and the values to show for each."""
    if finding["check"] == Check.PAYBACK:
        sums = list(accumulate(values))
        return (Way.RUNNING if any(s > 0 for s in sums) else Way.LISTED), sums
    signs = _signs(values, finding["expected"])
    if signs is None:
        return Way.LISTED, list(values)
    return Way.SUM, [v * s for v, s in zip(values, signs, strict=True)]


def _size(value: Decimal | None) -> Decimal | None:
    return None if value is None else abs(value)


def _in_unit(amount: Row, table: Row | None, own: Row | None) -> Decimal:
    """The figure in the unit of the table that states the finding."""
    value = Decimal(amount["value"])
    unit, wanted = (t["unit"] if t else None for t in (table, own))
    return value if unit is None or wanted is None or unit == wanted else value * unit / wanted


def _signs(values: Sequence[Decimal], expected: Decimal) -> list[int] | None:
    """The signs by which the figures make `expected`: all alike, or one against the others; None if none or many do."""
    total = sum(values, Decimal(0))
    for sign in (1, -1):
        if total * sign == expected:
            return [sign] * len(values)
    for sign in (1, -1):  # a total less the other lines, or the lines less one
        alone = [k for k, v in enumerate(values) if v and sign * (2 * v - total) == expected]
        if len(alone) == 1:
            return [sign if k == alone[0] else -sign for k in range(len(values))]
    return None
