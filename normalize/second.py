"""A second reader's opinion of the figures that give cause for doubt.

In: a `CaseFile`.  Out: the places another reader should look at, and, with its answers, the same file with
`Amount.second` filled in and the confidences it bears on.  Who reads a second time, and how, is not known here.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal

import regex

from extract.models import Place
from lexicon.characters import MINUS
from lexicon.figures import parse_figure
from normalize.models import Amount, Case, CaseFile, ColumnKind, Sum, Table

AGREED = 0.995  # two readers that know nothing of each other read the same
DISAGREED = 0.45  # at most one of them is right
_LIKELY = 0.9  # below it the column is in doubt, of which a second look at the characters says nothing
_PDF = "application/pdf"
_IGNORED = regex.compile(r"[\s\u200b\u2060\ufeff]+")
_MINUS = regex.compile(rf"[{MINUS}]")


def doubtful_places(file: CaseFile) -> list[Place]:
    """The places of all figures of the tables that do not add up or that lost words of their print, each once.

    Empty for text files, and without what stands on scanned pages: a second reader finds no characters there.
    """
    if file.document.media_type != _PDF:
        return []
    scanned = frozenset(file.document.scanned_pages)
    tables = [t for case in file.cases for t in case.tables if t.reader != "ocr" and _in_doubt(t)]
    places = (a.place for t in tables for line in t.lines for a in line.amounts)
    return list(dict.fromkeys(p for p in places if p.box is not None and p.page not in scanned))


def with_second_opinion(file: CaseFile, answers: Mapping[Place, str | None]) -> CaseFile:
    """The file with what the second reader read (`answers`: text, "" for nothing, None for no opinion).

    Two readings that agree raise a figure's confidence; where they differ it falls below one half.  A page on which
    the second reader finds hardly any figure is one it cannot read: it then has no opinion.  Ids stay as they are.
    """
    heard = {place: answer for place, answer in answers.items() if answer is not None}
    blind = _blind_pages(file, heard)
    heard = {place: answer for place, answer in heard.items() if place.page not in blind}
    if not heard:
        return file
    return replace(file, cases=tuple(_case(case, heard) for case in file.cases))


def _in_doubt(table: Table) -> bool:
    return bool(table.ledger.orphans) or any(_impossible(table, found) for found in table.sums if found.certain)


def _impossible(table: Table, found: Sum) -> bool:
    """Whether a sum cannot hold in some column, however its figures were rounded."""
    return any(
        not _can_hold(table, found, c.index)
        for c in table.columns
        if c.kind not in (ColumnKind.TEXT, ColumnKind.PERCENT)
    )


def _can_hold(table: Table, found: Sum, column: int) -> bool:
    stated = table.lines[found.total].at(column)
    if stated is None:
        return True
    parts = [(a, sign) for part, sign in found.parts if (a := table.lines[part].at(column)) is not None]
    off = stated.value - sum((a.value * sign for a, sign in parts), start=Decimal(0))
    return abs(off) <= stated.half_step + sum((a.half_step for a, _ in parts), start=Decimal(0))


def _amounts(cases: Sequence[Case]) -> Iterator[Amount]:
    return (a for case in cases for table in case.tables for line in table.lines for a in line.amounts)


def _blind_pages(file: CaseFile, heard: Mapping[Place, str]) -> frozenset[int]:
    """The pages on which fewer than half of the asked places show the second reader any figure."""
    asked: dict[int, int] = {}
    seen: dict[int, int] = {}
    for amount in _amounts(file.cases):
        if amount.place in heard:
            page = amount.place.page
            asked[page] = asked.get(page, 0) + 1
            seen[page] = seen.get(page, 0) + (parse_figure(heard[amount.place]) is not None)
    return frozenset(page for page, count in asked.items() if seen[page] * 2 < count)


def _case(case: Case, heard: Mapping[Place, str]) -> Case:
    return replace(case, tables=tuple(_table(table, heard) for table in case.tables))


def _table(table: Table, heard: Mapping[Place, str]) -> Table:
    if not any(a.place in heard for line in table.lines for a in line.amounts):
        return table
    lines = tuple(
        replace(line, amounts=tuple(_amount(a, heard[a.place]) if a.place in heard else a for a in line.amounts))
        for line in table.lines
    )
    return replace(table, lines=lines)


def _amount(amount: Amount, answer: str) -> Amount:
    if not _agree(amount.printed, answer):
        return replace(amount, second=answer, confidence=min(amount.confidence, DISAGREED))
    raised = max(amount.confidence, AGREED) if amount.confidence >= _LIKELY else amount.confidence
    return replace(amount, second=answer, confidence=min(raised, AGREED))


def _agree(printed: str, answer: str) -> bool:
    """Whether two readings say the same, whatever blanks and kinds of minus they see."""
    if _plain(printed) == _plain(answer):
        return True
    first, second = parse_figure(printed), parse_figure(answer)
    return first is not None and second is not None and (first.value, first.unit) == (second.value, second.unit)


def _plain(text: str) -> str:
    return _MINUS.sub("-", _IGNORED.sub("", text))
