"""What running text names: the line an amount is said of, and whether it is said exactly.

`normalize` links a statement to a line or to none; sign is left aside, for prose says "en besparelse på 200 t.kr."
where the table has -200.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from decimal import Decimal

from lexicon.years import YEAR
from normalize.models import Kind, Statement, StatementKind
from reconcile.figures.view import ZERO, CaseView, TableView
from reconcile.prose.approximate import approximation
from reconcile.wording import concept, stems_in, vocabulary, words

_LASTING = (
    Kind.RECURRING,
    Kind.ADMINISTRATION,
    Kind.CATALOGUE,
    Kind.COMMITTEE_TARGET,
    Kind.COMMITTEE_OPERATIONS,
    Kind.COMMITTEE_GROSS,
)
_IN_BRACKETS = re.compile(r"\([^()]*\)")
_CLAUSE = re.compile(r"[,;:–—]\s")
_BUDGET = re.compile(rf"(?i)\bbudget\w*\s+(?:for\s+)?({YEAR})\b")
_YEAR = re.compile(rf"\b{YEAR}\b")


def linked(case: CaseView, statement: Statement) -> tuple[TableView, int] | None:
    """The line that `normalize` linked, None where it linked none."""
    table = case.by_ordinal.get(statement.table) if statement.table is not None else None
    if table is None or statement.line is None or statement.line >= len(table.lines):
        return None
    return table, statement.line


def likely_line(case: CaseView, statement: Statement) -> tuple[TableView, int] | None:
    """The line that the words name by half, None where they name none."""
    table, line = statement.likely if statement.likely is not None else (None, None)
    return linked(case, replace(statement, table=table, line=line))


def named_line(case: CaseView, statement: Statement) -> tuple[TableView, int] | None:
    """The line that `normalize` linked, else the one that the words name by half."""
    return likely_line(case, statement) if statement.table is None else linked(case, statement)


def is_only_amount(case: CaseView, statement: Statement) -> bool:
    """Whether its sentence states no other amount of money."""
    return sum(s.sentence == statement.sentence and s.kind is StatementKind.MONEY for s in case.case.statements) == 1


def spread_over_years(case: CaseView, statement: Statement) -> Statement:
    """The statement with the years over which its sentence spreads it, where it is the sentence's only amount."""
    if statement.years or not statement.total:
        return statement
    sentence = statement.sentence.casefold()
    phrase = next((p for p in vocabulary().spread if p in sentence), None)
    if phrase is None or not is_only_amount(case, statement):
        return statement
    tail = sentence.split(phrase, 1)[1]
    years = tuple(int(y) for y in _YEAR.findall(tail))
    if re.search(r"\d\s*[-–]\s*\d", tail) or len(years) != 2:
        return statement
    return replace(statement, years=years)


def is_vague(statement: Statement) -> bool:
    """Whether its words say that it is about so much ("ca.", "op til"), so that it states nothing exact."""
    return statement.approximate or approximation(statement) is not None or is_no_statement(statement)


def is_no_statement(statement: Statement, *, parts: bool = True, of: str = "") -> bool:
    """Whether its words say that it is a part, a limit, or something of another time, place or possibility.

    Without `parts` a part of another amount is one, too.  What the line is called that it is `of` says nothing of it.
    """
    sentence = _without_other_asides(statement)
    sentence = sentence.replace(of.casefold(), " ") if of else sentence
    return (
        stems_in(sentence, vocabulary().counterfactual)
        or _is_of_what_is_not_done(sentence)
        or (parts and _is_part(statement, sentence))
        or any(
            phrase in sentence and (not phrase[0].isalnum() or re.search(rf"\b{re.escape(phrase)}\b", sentence))
            for phrase in vocabulary().vague
        )
    )


def _is_of_what_is_not_done(sentence: str) -> bool:
    """Whether a clause says what happens if something is not done ("Hvis forslaget ikke gennemføres, …")."""
    word = vocabulary()
    clauses = [words(clause) for clause in _CLAUSE.split(sentence)]
    denied = [said for said in clauses if not word.denying.isdisjoint(said)]
    return any(not word.conditional.isdisjoint(said) or said[0] in word.verb_first for said in denied)


def _without_other_asides(statement: Statement) -> str:
    """The sentence in lower case, without brackets that do not hold the amount."""

    def kept(match: re.Match[str]) -> str:
        return match[0] if statement.printed.casefold() in " ".join(match[0].split()) else " "

    return _IN_BRACKETS.sub(kept, statement.sentence.casefold())


def is_of_other_budget(case: CaseView, statement: Statement) -> bool:
    """Whether its sentence speaks of a budget of years before the case's own ("ved budget 2024 blev afsat …")."""
    years = [y for table in case.tables for y in table.year_columns]
    named = [int(m[1]) for m in _BUDGET.finditer(statement.sentence)]
    return bool(years) and any(y < min(years) for y in named)


def _is_part(statement: Statement, sentence: str) -> bool:
    """Whether words before the amount say that it is a part of another ("3 mio. kr., heraf 1 mio. kr. til …")."""
    phrases = [phrase for phrase in vocabulary().part if phrase in sentence]
    if not phrases:
        return False  # the usual case
    printed = re.escape(statement.printed.casefold()).replace(r"\ ", r"\s+")
    own = re.search(rf"(?<![\d.,]){printed}", sentence)
    before = sentence[: own.start()] if own is not None else sentence
    return any(re.search(rf"\b{re.escape(phrase)}\b", before) for phrase in phrases)


def kroner(table: TableView, line: int, column: int) -> Decimal:
    """The figure there in kroner, 0 where the cell is blank."""
    return table.value(line, column) * table.unit(column)


def total_in_kroner(table: TableView, places: Iterable[tuple[int, int]]) -> tuple[Decimal, Decimal]:
    """(sum of the figures at those lines and columns, how far rounding may have moved it), in kroner."""
    total, half = ZERO, ZERO
    for line, column in places:
        total += kroner(table, line, column)
        half += table.half(line, column) * table.unit(column)
    return total, half


def states(statement: Statement, table: TableView, line: int, columns: tuple[int, ...]) -> bool:
    """Whether the statement's interval meets that of the sum of those figures, sign aside."""
    total, half = total_in_kroner(table, ((line, c) for c in columns))
    return abs(abs(statement.value) - abs(total)) <= statement.half_step + half


def is_lasting(table: TableView, line: int) -> bool:
    """Whether the line's years are one amount that lasts rather than parts of one sum."""
    if table.kind in _LASTING:
        return True
    if table.kind is not Kind.SUMMARY:
        return False
    label = table.lines[line].label
    section = table.section_label(line)
    parts = [table.lines[part].label for part, _ in table.parts_of.get(line, ())]
    if any(concept(part) == "implementation" for part in parts):
        return False  # a net of what lasts and what is paid once
    return (concept(section) or concept(label)) != "implementation"


def one_figure(table: TableView, line: int) -> bool:
    """Whether the line prints one amount over and over."""
    return len({kroner(table, line, c) for c in table.year_columns.values()} - {ZERO}) == 1
