"""One case, one price level."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from decimal import Decimal

from normalize.models import Kind, Statement, StatementKind
from reconcile.figures.draft import Draft, Param
from reconcile.figures.view import Batch, CaseView, TableView
from reconcile.models import Check, Severity
from reconcile.registry import register
from reconcile.wording import vocabulary, words

_SENTENCE = 4  # words
_FREE_KINDS = (Kind.OTHER_MONEY, Kind.FTE)


@register(Check.PRICE_LEVEL)
def price_level(batch: Batch) -> Iterator[Draft]:
    """A case keeps to one price level.

    Rule: all money tables of a case are in the same price level, and so are the field "Angiv p/l", a note to all
    tables and an amount in prose that is given in a price level of its own. The same amounts under two price levels
    are an error; another level over other amounts is a warning, and in a table of another kind only information
    unless two others agree. Which level is the right one is taken from most tables of the case, then from the file's
    other cases.

    Example: Tabel 4 is headed 2021 p/l, Tabel 1 to 3 2022 p/l, and all have −707.

    Source: budget guidelines of the City of Copenhagen: all amounts of a proposal are given in the budget year's
    price level.
    """
    for case in batch.cases:
        levels = case.price_levels
        if not levels:
            continue
        right = _right_level(batch, case, levels)
        reference = next((t for t in case.priced if t.table.price_level == right), None)
        if reference is None:
            continue
        yield from _one_for_each_cause([*_tables(case, right, reference), *_prose(case, right)])
        yield from _field(case, right, reference)


def _one_for_each_cause(drafts: list[Draft]) -> list[Draft]:
    """Tables that stray to the same level become one; prose in that level has said no more than they."""
    kept: list[Draft] = []
    for draft in drafts:
        of_table = draft.message in ("price_level_same_amounts", "price_level_table")
        root = next((d for d in kept if of_table and (d.message, d.stated) == (draft.message, draft.stated)), None)
        if root is None:
            kept.append(draft)
        else:
            root.consequences.append(draft)
    prose = [d for d in kept if d.message == "price_level_prose"]
    others = [d for d in kept if d.message != "price_level_prose"]
    for draft in prose:
        first = next((d for d in others if d.stated == draft.stated), None)
        if first is not None:
            first.consequences.append(draft)
            kept = [d for d in kept if d is not draft]
    return kept


def _right_level(batch: Batch, case: CaseView, levels: Counter[int]) -> int:
    """The level most tables print; where the file's other cases all but agree on one that a table here prints, that."""
    if len(levels) == 1:
        return next(iter(levels))
    around: Counter[int] = Counter()
    for other in batch.cases:
        if other.document_id == case.document_id and other.index != case.index and len(other.price_levels) == 1:
            around.update(other.price_levels.keys())
    if around:
        level, count = around.most_common(1)[0]
        if level in levels and count * 2 > around.total() and count > 1:
            return level
    most = levels.most_common()
    if len(most) > 1 and most[0][1] == most[1][1]:
        stated = case.case.stated_price_level
        tied = [level for level, count in most if count == most[0][1]]
        if stated is not None and stated in tied:
            return stated
        first = next((t.table.price_level for t in case.priced if t.table.price_level in tied), None)
        return first if first is not None else most[0][0]
    return most[0][0]


def _tables(case: CaseView, right: int, reference: TableView) -> Iterator[Draft]:
    normal = [t for t in case.priced if t.table.price_level == right]
    for table in case.priced:
        level = table.table.price_level
        if level is None or level == right:
            continue
        other, shared = max(((t, _shared(table, t)) for t in normal), key=lambda x: x[1], default=(reference, 0))
        if not shared and _is_said(case, table, level):
            continue
        params: dict[str, Param] = {"stated": level, "expected": right, "other_table": other.name}
        if shared:
            message, severity = "price_level_same_amounts", Severity.ERROR
            params["shared"] = shared
        else:
            message = "price_level_table"
            severity = Severity.INFO if table.kind in _FREE_KINDS and len(normal) < 2 else Severity.WARNING
        yield Draft(
            Check.PRICE_LEVEL,
            severity,
            message,
            case.index,
            table.index,
            other_table=other.index,
            params=params,
            stated=Decimal(level),
            expected=Decimal(right),
            cause="other_price_level",
            cause_params={"stated": level, "expected": right},
        )


def _is_said(case: CaseView, table: TableView, level: int) -> bool:
    """Whether the caption, or a sentence that is about no line of another level, says that the table is in it."""
    if str(level) in (table.table.title or ""):
        return True
    return any(
        s.kind is StatementKind.PRICE_LEVEL
        and int(s.value) == level
        and s.line is None
        and not _for_all_tables(s)
        and not is_field(s.sentence)
        for s in case.case.statements
    )


def is_field(sentence: str) -> bool:
    """Whether it is no sentence but a field of a form ("P/L: 2023")."""
    return len(words(sentence)) < _SENTENCE


def _shared(left: TableView, right: TableView) -> int:
    """How many different amounts (of at least two digits) the rows of two tables have in common, year by year."""
    seen: set[Decimal] = set()
    rows = [right.vector(i) for i in right.money_lines]
    for i in left.money_lines:
        own = {y: v for y, v in left.vector(i).items() if v != 0}
        for row in rows:
            common = [y for y in own if row.get(y) == own[y]]
            years = [y for y in own if y in row]
            if years and len(common) == len(years):
                seen.update(own[y] for y in common)
    return len(seen)


def _field(case: CaseView, right: int, reference: TableView) -> Iterator[Draft]:
    """ "Angiv p/l" against the tables."""
    stated, place = case.case.stated_price_level, case.case.stated_price_level_place
    if stated is None or stated == right or stated in case.price_levels:
        return
    yield Draft(
        Check.PRICE_LEVEL,
        Severity.ERROR,
        "price_level_field",
        case.index,
        reference.index,
        params={"stated": stated, "expected": right},
        stated=Decimal(stated),
        expected=Decimal(right),
        cause="other_price_level",
        cause_params={"stated": stated, "expected": right},
        page=place.page if place else None,
        source_line=place.line if place else None,
    )


def _prose(case: CaseView, right: int) -> Iterator[Draft]:
    """A note to all tables, and amounts of prose in a price level of their own that a table prints in another."""
    for statement in case.case.statements:
        if statement.kind is not StatementKind.PRICE_LEVEL:
            continue
        level = int(statement.value)
        if level == right:
            continue
        if _own_level(case, statement, right):
            continue
        table = case.by_ordinal.get(statement.table) if statement.table is not None else None
        if _for_all_tables(statement):
            target = table or case.priced[0]
            yield _said(case, statement, target, None, "price_level_note", level, right)
        elif table is not None and statement.line is not None and table.table.price_level not in (None, level):
            yield _said(
                case, statement, table, statement.line, "price_level_prose", level, table.table.price_level or right
            )


def _for_all_tables(statement: Statement) -> bool:
    sentence = statement.sentence.casefold()
    return any(phrase in sentence for phrase in vocabulary().all_tables)


def _own_level(case: CaseView, statement: Statement, right: int) -> bool:
    """Whether the same sentence also names the level of the tables: then it explains a conversion."""
    return any(
        s.kind is StatementKind.PRICE_LEVEL and s.sentence == statement.sentence and int(s.value) == right
        for s in case.case.statements
    )


def _said(
    case: CaseView, statement: Statement, table: TableView, line: int | None, message: str, level: int, expected: int
) -> Draft:
    params: dict[str, Param] = {"stated": level, "expected": expected}
    if message == "price_level_prose":
        params["amount"] = statement.printed
    return Draft(
        Check.PRICE_LEVEL,
        Severity.WARNING,
        message,
        case.index,
        table.index,
        line,
        params=params,
        stated=Decimal(level),
        expected=Decimal(expected),
        cause="other_price_level",
        cause_params={"stated": level, "expected": expected},
    ).quoting(statement)
