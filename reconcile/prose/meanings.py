"""What a statement of running text can mean in the line that it names.

Everything its words may mean is tried against the line's figures, sign aside.  Out: a `Reading` for each statement that
can be judged.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from functools import cached_property, lru_cache
from itertools import pairwise

from extract.records import record
from lexicon.figures import parse_number
from normalize.models import Measure, Role, Statement, StatementKind
from reconcile.figures.slips import slip
from reconcile.figures.view import ZERO, Batch, CaseView, TableView
from reconcile.prose.approximate import approximation, widened
from reconcile.prose.statements import (
    is_lasting,
    is_no_statement,
    is_of_other_budget,
    is_vague,
    kroner,
    likely_line,
    linked,
    one_figure,
    spread_over_years,
    states,
)
from reconcile.wording import stems_in, vocabulary

_OTHER_UNIT = 100  # times as much, from which on a unit that no table says explains it
_TENTHS = Decimal("0.05")  # half a last digit of a figure with one decimal
_SLIPS = {"dropped_digit", "extra_digit", "mistyped_digit"}

Columns = tuple[int, ...]


@record
class Reading:
    """A statement with the line it names, and what it was found to mean (None: nothing fits)."""

    case: CaseView
    statement: Statement
    table: TableView
    line: int
    columns: tuple[int, ...]  # whose sum it states
    fits: bool
    rule: str  # the message that says what it should have been
    other_year: int | None = None  # the year that prints the stated amount instead
    blank_years: tuple[int, ...] = ()  # years it names in which the line is blank
    original: Statement | None = None  # as printed, where `statement` is the interval that its words leave open
    in_full: bool = False  # its sentence has every word of the line's label, and the column's


@dataclass(frozen=True)
class Said:
    """A statement beside a line: which of the line's figures its words may mean."""

    case: CaseView
    statement: Statement
    table: TableView
    line: int

    @property
    def at(self) -> dict[int, int]:
        """Year → column."""
        return self.table.year_columns

    @cached_property
    def everything(self) -> Columns:
        return tuple(self.at.values())

    @cached_property
    def named(self) -> Columns:
        """The columns of the years it names."""
        return tuple(self.at[y] for y in self.statement.years if y in self.at)

    @cached_property
    def later(self) -> Columns:
        """The columns from its first year on."""
        years = self.statement.years
        return tuple(c for y, c in self.at.items() if years and y >= min(years))

    @cached_property
    def single(self) -> list[Columns]:
        return [(c,) for c in self.everything]

    @cached_property
    def blank(self) -> tuple[int, ...]:
        """The years it names in which the line has nothing."""
        return tuple(y for y in self.statement.years if self.figure(self.at[y]) == 0)

    @property
    def blank_of_two(self) -> tuple[int, ...]:
        """Of two years named together, the one in which the line has nothing."""
        return self.blank if len(self.statement.years) == 2 and len(self.blank) == 1 else ()

    def figure(self, column: int) -> Decimal:
        return kroner(self.table, self.line, column)

    def states(self, columns: Columns) -> bool:
        """Whether it states the sum of those figures."""
        return states(self.statement, self.table, self.line, columns)

    def years_stating(self, columns: Iterable[int]) -> list[int]:
        """The years, among those of some columns, whose figure it states."""
        among = set(columns)
        return [y for y, c in self.at.items() if c in among and self.states((c,))]

    def first(self, options: Iterable[Columns]) -> Columns | None:
        """The first of some ways to add up the line that it states."""
        return next((o for o in options if o and self.states(o)), None)

    def means(
        self,
        columns: Columns,
        rule: str,
        *,
        fits: bool = True,
        other_year: int | None = None,
        blank_years: tuple[int, ...] = (),
    ) -> Reading:
        return Reading(self.case, self.statement, self.table, self.line, columns, fits, rule, other_year, blank_years)


@lru_cache(maxsize=1)
def readings(batch: Batch) -> tuple[Reading, ...]:
    """What each exact amount of running text means, where it is clear of which line it is said."""
    return tuple(_readings(batch))


def _readings(batch: Batch) -> Iterator[Reading]:
    for case in batch.cases:
        for statement in case.case.statements:
            place = linked(case, statement)
            of = place[0].lines[place[1]].label if place is not None else ""
            if statement.kind is not StatementKind.MONEY or is_no_statement(statement, of=of):
                continue
            about = statement.approximate or approximation(statement) is not None
            meant = widened(statement) if about else statement
            if meant is None or is_of_other_budget(case, statement):
                continue
            if about:
                yield from _about(case, statement, meant)
                continue
            found = _slipped(case, statement) if place is None else _judged(case, statement, *place)
            if found is not None:
                yield found
        yield from _out_of_place(case)


def _about(case: CaseView, statement: Statement, meant: Statement) -> Iterator[Reading]:
    """An amount that its words leave open, where `normalize` is sure of which line it is said."""
    place = linked(case, statement)
    found = _judged(case, meant, *place) if place is not None else None
    if found is not None and not found.fits and found.other_year is None and not found.blank_years:
        yield replace(found, original=statement)


def _judged(case: CaseView, statement: Statement, table: TableView, line: int) -> Reading | None:
    if table.lines[line].role in (Role.SECTION, Role.PAYBACK) or table.table.measure is not Measure.DKK:
        return None
    said = Said(case, spread_over_years(case, statement), table, line)
    found = _meaning(said)
    doubtful = found is not None and not found.fits and (_in_another_unit(said, found.columns) or _is_torn(said))
    return None if doubtful else found


def _is_torn(said: Said) -> bool:
    """Whether two figures of the row side by side are the amount's digits: one figure, read as two."""
    printed = [a.printed for a in said.table.lines[said.line].amounts]
    figures = {value for pair in pairwise(printed) if (value := parse_number(" ".join(pair))) is not None}
    stated = abs(said.statement.value)
    return any(abs(figure) * said.table.unit(c) == stated for figure in figures for c in said.everything[:1])


def _in_another_unit(said: Said, columns: Columns) -> bool:
    """Whether the table's unit is in doubt, and so much parts the two that it may be another than supposed.

    It is where the table does not say it, or where kroner have one decimal, as nobody prints them.
    """
    amounts = [said.table.amount(said.line, c) for c in columns]
    tenths = any(a is not None and a.half_step == _TENTHS and said.table.unit(a.column) == 1 for a in amounts)
    if all(said.table.unit_known(c) for c in columns) and not tenths:
        return False
    whole = abs(sum(map(said.figure, columns), ZERO))
    smaller, larger = sorted((whole, abs(said.statement.value)))
    return larger >= smaller * _OTHER_UNIT


def _meaning(said: Said) -> Reading | None:
    """What the statement means in its line: the first meaning that fits, else the plain one; None where it has none."""
    statement = said.statement
    if not any(said.figure(c) for c in said.everything):
        return None
    if len(said.named) < len(statement.years):
        return None  # speaks of years that the table does not have
    if statement.total and not statement.per_year:
        return _in_all(said)
    if statement.years:
        return _from_a_year_on(said) if statement.onwards else _in_years(said)
    if statement.per_year:
        return _a_year(said)
    found = said.first([said.everything, *said.single])
    if found is None and _all_but_said(said):
        return said.means(said.everything, "text_total", fits=False)
    return said.means(found, "text_value") if found else None


def _in_all(said: Said) -> Reading | None:
    """ "i alt 3 mio. kr." """
    options = [said.named, said.everything, said.later] if said.named else [said.everything]
    found = said.first(options)
    if found is None and said.named and all(said.states((c,)) for c in said.named):
        found = said.named[:1]  # so much in all, each year
    same_each_year = one_figure(said.table, said.line)
    if found is None and not said.named and (is_lasting(said.table, said.line) or same_each_year):
        found = said.first(said.single)  # of what lasts, "samlet" is the sum over lines, not over years
        if found is None and not same_each_year:
            return None
    if found is None:
        return said.means(options[0], "text_total", fits=False)
    return said.means(found, "text_total", blank_years=said.blank_of_two)


def _from_a_year_on(said: Said) -> Reading | None:
    """ "600 t.kr. fra 2026 og frem" """
    later = said.later
    wrong = [c for c in later if not said.states((c,))]
    if not wrong or said.states(later):
        return said.means(later if wrong else later[:1], "text_value")
    if len(wrong) == len(later) or not said.states(later[-1:]):
        return said.means(later[:1], "text_value", fits=False)
    begins = later.index(wrong[-1]) + 1
    if wrong != list(later[:begins]):
        return None
    year = next(y for y, c in said.at.items() if c == later[begins])
    return said.means(later[:1], "text_value", fits=False, other_year=year)


def _in_years(said: Said) -> Reading | None:
    """ "600 t.kr. i 2026" or "i 2026 og 2027" """
    named = said.named
    if len(named) == 1 and stems_in(said.statement.sentence, vocabulary().until):
        so_far = tuple(c for y, c in said.at.items() if y <= max(said.statement.years))
        if said.states(so_far):
            return said.means(so_far, "text_total")
    if said.statement.per_year and len(named) > 1:
        return _each_year(said)
    if said.states(named):
        return said.means(named, "text_value", blank_years=said.blank_of_two)
    if all(said.states((c,)) for c in named):
        return said.means(named[:1], "text_value")
    return _not_in_years(said)


def _not_in_years(said: Said) -> Reading | None:
    """An amount of years that the line does not have in them: of another year, of all, or of none."""
    named = said.named
    if len(named) > 1:
        if said.blank_of_two and said.states(said.everything):
            return said.means(said.everything, "text_total", blank_years=said.blank_of_two)
        whole = all(c in named for c in said.everything if said.figure(c))
        return said.means(named, "text_total", fits=False) if whole and _all_but_said(said) else None
    elsewhere = said.years_stating(c for c in said.everything if c not in named)
    if not elsewhere and said.states(said.everything):
        return said.means(said.everything, "text_total")
    return said.means(named, "text_value", fits=False, other_year=elsewhere[0] if elsewhere else None)


def _each_year(said: Said) -> Reading | None:
    """ "600 t.kr. i hvert af årene 2024-2026": it stands in some of the years, and others are blank or are others."""
    stated = [c for c in said.named if said.states((c,))]
    differing = [c for c in said.named if c not in stated and said.figure(c)]
    if differing and len(stated) > len(differing):
        return said.means((differing[0],), "text_value", fits=False)
    return said.means((stated[0],), "text_value", blank_years=said.blank) if stated else None


def _a_year(said: Said) -> Reading | None:
    """ "600 t.kr. om året" """
    found = said.first(said.single)
    if found is not None:
        return said.means(found, "text_per_year")
    column = None if _is_mean(said) else _level(said.table, said.line)
    return said.means((column,), "text_per_year", fits=False) if column is not None else None


def _level(table: TableView, line: int) -> int | None:
    """The column whose figure a line has every year; of what lasts, the one it comes to: that of the last years.

    None where the line has no such figure.
    """
    columns = list(table.year_columns.values())
    figures = [kroner(table, line, c) for c in columns]
    steady = {f for f in figures if f}
    if len(steady) == 1:
        return next(c for c, f in zip(columns, figures, strict=True) if f)
    settled = len(figures) > 2 and figures[-1] == figures[-2] != ZERO
    return columns[-1] if settled and is_lasting(table, line) else None


def _is_mean(said: Said) -> bool:
    """Whether it is what the line comes to in an average year."""
    figures = [f for c in said.everything if (f := said.figure(c))]
    mean = sum(figures, ZERO) / max(len(figures), 1)
    return abs(abs(said.statement.value) - abs(mean)) <= max(said.statement.half_step, abs(mean) / 50)


def _all_but_said(said: Said) -> bool:
    """Whether an amount granted to a line can only be meant as all of it: a fifth away at most, and nothing else said.

    More is left open, for a text may speak of a part; so is an amount that other lines of the case explain.
    """
    case, statement = said.case, said.statement
    if is_lasting(said.table, said.line) or said.table.lines[said.line].role is not Role.DETAIL:
        return False
    others = [
        s
        for s in case.case.statements
        if s is not statement
        and s.kind is StatementKind.MONEY
        and ((s.table, s.line) == (statement.table, statement.line) or s.sentence == statement.sentence)
    ]
    whole = abs(sum(map(said.figure, said.everything), ZERO))
    if others or not 0 < abs(abs(statement.value) - whole) <= whole / 5:
        return False
    return not any(
        states(statement, other, i, (c,))
        for other in case.tables
        for i in other.money_lines
        for c in other.year_columns.values()
    )


def _slipped(case: CaseView, statement: Statement) -> Reading | None:
    """What is wrong with an amount whose words name a line only by half, where the figures leave no doubt.

    The line has the very amount in another year than said, or has the amount but for a slip of hand; and no line of
    the case has it as it is said.
    """
    place = likely_line(case, statement)
    if place is None or place[0].table.measure is not Measure.DKK or telling(statement) < 2:
        return None
    said = Said(case, statement, *place)
    if not said.at or len(said.named) < len(statement.years):
        return None
    blank = _left_blank(said)
    if blank:
        named = tuple(said.at[y] for y in statement.years if y not in blank)
        return said.means(named, "text_value", blank_years=blank)
    if is_stated(case, statement):
        return None
    if len(statement.years) == 1 and not statement.onwards:
        found = said.years_stating(c for c in said.everything if c not in said.named)
        if found:
            return said.means(said.named, "text_value", fits=False, other_year=found[0])
    return _by_a_slip(said)


def _by_a_slip(said: Said) -> Reading | None:
    """The figure of the line that a slip of hand turns into the stated amount."""
    statement = said.statement
    for columns in _plain_meanings(said):
        kind = slip(abs(statement.value), abs(sum(map(said.figure, columns), ZERO)))
        if kind == "transposed_digits" or (kind in _SLIPS and telling(statement) > 2):
            rule = "text_per_year" if statement.per_year else "text_total" if len(columns) > 1 else "text_value"
            return said.means(columns, rule, fits=False)
    return None


def _out_of_place(case: CaseView) -> Iterator[Reading]:
    """Amounts listed by years of which one line has each, all in other years: they are its, a year or more off.

    Only lists are looked at of which no amount is in its year's column anywhere, and that are judged nowhere else.
    """
    for amounts in _lists_of_years(case):
        holding = [
            (said, found)
            for table in case.tables
            if table.table.measure is Measure.DKK and all(s.years[0] in table.year_columns for s in amounts)
            for said in (Said(case, amounts[0], table, line) for line in table.money_lines)
            if (found := _years_of(said, amounts)) is not None
        ]
        if len({said.table.lines[said.line].label for said, _ in holding}) == 1:
            said, found = holding[0]
            yield said.means(said.named, "text_value", fits=False, other_year=found[0])


def _lists_of_years(case: CaseView) -> Iterator[list[Statement]]:
    """The amounts of a sentence that gives two or more years one each, none of them found as said or judged already."""
    listed: dict[str, list[Statement]] = {}
    for statement in case.case.statements:
        of_year = statement.kind is StatementKind.MONEY and len(statement.years) == 1 and not statement.onwards
        if of_year and not statement.approximate and telling(statement) > 1:
            listed.setdefault(statement.sentence, []).append(statement)
    for amounts in listed.values():
        judged = any(s.table is not None and not is_vague(s) for s in amounts)
        apart = len({s.years for s in amounts}) == len(amounts) > 1
        if apart and not judged and not any(is_stated(case, s) for s in amounts):
            yield amounts


def _years_of(said: Said, amounts: Sequence[Statement]) -> list[int] | None:
    """The years in which a line has each of some amounts, all different; None where it has not all of them."""
    found: list[int] = []
    for statement in amounts:
        years = [y for y, c in said.at.items() if y not in found and states(statement, said.table, said.line, (c,))]
        if not years:
            return None
        found.append(years[0])
    return found


def _plain_meanings(said: Said) -> list[Columns]:
    """The columns that an amount is of, or may be of, by its words alone."""
    if said.statement.onwards:
        return [(said.at[max(said.at)],)]
    if said.statement.years:
        return [said.named]
    return said.single if said.statement.per_year else [said.everything]


def _left_blank(said: Said) -> tuple[int, ...]:
    """Of the years over which an amount is spread or repeated, those in which the line has nothing.

    Empty where the line does not have the amount in just that way in its other years.
    """
    statement, blank = said.statement, said.blank
    if len(statement.years) < 2 or len(blank) == len(statement.years) or statement.onwards:
        return ()
    if statement.per_year:
        fits = all(said.states((said.at[y],)) for y in statement.years if y not in blank)
    else:
        fits = statement.total and said.states(said.everything)
    return blank if fits else ()


def telling(statement: Statement) -> int:
    """How many digits an amount has before its final zeros: "1 mio. kr." may be anywhere by chance."""
    return len(f"{abs(statement.value):f}".replace(".", "").strip("0"))


def is_stated(case: CaseView, statement: Statement) -> bool:
    """Whether any line of the case has the amount as it is said, or is so in sum."""
    for table in case.tables:
        at = table.year_columns
        named = tuple(at[y] for y in statement.years if y in at)
        later = tuple(c for y, c in at.items() if statement.onwards and y >= min(statement.years))
        single = [(c,) for c in (later or named or at.values())]
        for line in table.money_lines:
            if any(states(statement, table, line, o) for o in [*single, named, later, tuple(at.values())] if o):
                return True
    return False
