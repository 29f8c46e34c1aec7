"""The cases as the checks see them: figures by place, years by column, totals and their lines.

A `Slot` names the place of a figure in the batch (case, table, line, column), whether something is printed there or
not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import pairwise
from typing import NamedTuple

from extract.models import Placement, Status
from normalize.models import Amount, Case, CaseFile, Column, ColumnKind, Joined, Kind, Line, Measure, Role, Sum, Table
from reconcile.figures.doubt import doubtful_sign, has_dashes_or_close_minuses, is_spaced_out
from reconcile.figures.structure import repeats, sums_of
from reconcile.wording import squash, stems_in, stems_met, vocabulary

ZERO = Decimal(0)
_WHOLE = Decimal("0.5")  # half a last digit of a figure without decimals
_FEWEST_FIGURES = 3  # of a total that another may repeat
OCR_DOUBTFUL = 0.9
"""Below this confidence a figure of a scanned page is to be read again before anything is said of it."""
OCR_SURE = 0.97
"""Below this confidence it is so where a single misread digit would explain what is open."""

_ADDING = {ColumnKind.YEAR, ColumnKind.TOTAL, ColumnKind.INVESTMENT, ColumnKind.AMOUNT, ColumnKind.COUNT}


class Slot(NamedTuple):
    """The place of a figure: indices of its case in the batch, of its table in the case, of its line and its column."""

    case: int
    table: int
    line: int
    column: int


def repaired_years(columns: Sequence[Column]) -> dict[int, int]:
    """Column index → the year it must be, where the printed header repeats a year between two runs that fit.

    Only a single repeated year whose neighbours say what it is gets repaired; other columns keep their printed year.
    """
    years = [(c.index, c.year) for c in columns if c.kind is ColumnKind.YEAR and c.year is not None]
    out = dict(years)
    for k in range(1, len(years)):
        index, year = years[k]
        if year == years[k - 1][1]:
            after = years[k + 1][1] if k + 1 < len(years) else None
            before_run = k == 1 or years[k - 2][1] == year - 1
            if before_run and (after is None or after == year + 2):
                out[index] = year + 1
            elif k == 1 and after == year + 1:
                out[years[0][0]] = year - 1
    return out


class TableView:
    """A table with its place in the case, its columns by year and its totals."""

    def __init__(self, case_index: int, index: int, table: Table, usual_unit: int = 1) -> None:
        self.usual_unit = usual_unit
        self.case_index = case_index
        self.index = index
        self.table = table
        self.lines: tuple[Line, ...] = table.lines
        self.columns: tuple[Column, ...] = table.columns
        self._at: list[dict[int, Amount]] = [{a.column: a for a in line.amounts} for line in table.lines]
        self._by_index = {c.index: c for c in table.columns}
        self._measures: dict[int, Measure] = {}
        self._units: dict[int, Decimal] = {}
        self._vectors: dict[int, dict[int, Decimal]] = {}
        self.goes_on_after = False
        self.lost_figures = 0  # number-like words that found no place, and may be its
        self.going_on: list[list[list[Decimal]]] = []  # rows of tables beside it that go on from it, or may

    @property
    def name(self) -> str:
        """What a reader calls the table: its label, else its title; else its place ("@page 3", "@line 45")."""
        place = self.table.place
        where = f"@page {place.page}" if place.line is None else f"@line {place.line}"
        return self.table.label or self.table.title or where

    @property
    def kind(self) -> Kind:
        return self.table.kind

    def slot(self, line: int, column: int) -> Slot:
        return Slot(self.case_index, self.index, line, column)

    def amount(self, line: int, column: int) -> Amount | None:
        """The figure printed there, None where the cell is blank."""
        return self._at[line].get(column)

    def value(self, line: int, column: int) -> Decimal:
        """The figure there in the table's unit, 0 where the cell is blank."""
        amount = self._at[line].get(column)
        return amount.value if amount is not None else ZERO

    def column(self, index: int) -> Column | None:
        return self._by_index.get(index)

    def measure(self, column: int) -> Measure:
        known = self._measures.get(column)
        if known is None:
            found = self._by_index.get(column)
            known = found.measure if found is not None and found.measure is not None else self.table.measure
            self._measures[column] = known
        return known

    def unit(self, column: int) -> Decimal:
        """Kroner per unit of that column; the case's usual unit where neither column nor table says."""
        known = self._units.get(column)
        if known is None:
            found = self._by_index.get(column)
            unit = found.unit if found is not None and found.unit is not None else self.table.unit
            known = self._units[column] = Decimal(unit if unit is not None else self.usual_unit)
        return known

    def unit_known(self, column: int) -> bool:
        """Whether the table itself says its unit."""
        found = self._by_index.get(column)
        return self.table.unit is not None or (found is not None and found.unit is not None)

    def half(self, line: int, column: int) -> Decimal:
        """Half a last digit of the figure there; 0 where the figure is exact (blank, nil, a count, an FTE share).

        A nil printed with decimals ("0,0") is a figure that was rounded like its neighbours.
        """
        amount = self._at[line].get(column)
        if amount is None or self.measure(column) is not Measure.DKK:
            return ZERO
        if amount.value == 0 and amount.half_step >= _WHOLE:
            return ZERO
        return amount.half_step

    @cached_property
    def adding_columns(self) -> tuple[Column, ...]:
        """The columns whose figures add up down the rows."""
        words = vocabulary()
        return tuple(
            c
            for c in self.columns
            if c.kind in _ADDING
            and not (
                c.kind is ColumnKind.AMOUNT
                and (stems_met(c.label, words.no_sum) or stems_in(c.label, words.relations["running"]))
            )
        )

    @cached_property
    def year_columns(self) -> dict[int, int]:
        """Year → column index; a year printed twice counts once, a repairable header is repaired."""
        out: dict[int, int] = {}
        for index, year in self.year_of.items():
            out.setdefault(year, index)
        return out

    @cached_property
    def year_of(self) -> dict[int, int]:
        """Column index → year."""
        return repaired_years(self.columns)

    def column_label(self, column: int) -> str:
        found = self._by_index.get(column)
        return found.label if found is not None else ""

    @cached_property
    def sums(self) -> tuple[Sum, ...]:
        """The sums that the table is held to (see `reconcile.figures.structure`)."""
        return sums_of(self)

    @cached_property
    def repeats(self) -> dict[int, int]:
        """Line that is the row above it printed again, and looks like its sum → that row."""
        return repeats(self)

    @cached_property
    def parts_of(self) -> dict[int, tuple[tuple[int, int], ...]]:
        """Total line → its (part line, sign)."""
        return {s.total: s.parts for s in self.sums}

    @cached_property
    def spaced_out(self) -> frozenset[int]:
        """The lines whose figures were read digit by digit."""
        return frozenset(i for i, line in enumerate(self.lines) if is_spaced_out(line.label))

    @cached_property
    def has_dashes_or_close_minuses(self) -> bool:
        """See there: the same for every figure of the table."""
        return has_dashes_or_close_minuses(self)

    @cached_property
    def grand_total(self) -> int | None:
        """The line that everything ends in: a total that is no part itself, or the only line of figures.

        None where the table goes on overleaf, or is no more than a line that came over.
        """
        if self.goes_on_after:
            return None
        parts = {part for s in self.sums for part, _ in s.parts}
        tops = [t for t in self.parts_of if t not in parts]
        if tops:
            totals = [t for t in tops if self.lines[t].role is Role.TOTAL]
            return max(totals or tops)
        totals = [i for i in self.money_lines if self.lines[i].role in (Role.TOTAL, Role.SUBTOTAL)]
        if totals:
            return totals[-1]
        alone = len(self.money_lines) == 1 and self.table.joined is not Joined.SURE
        return self.money_lines[0] if alone else None

    def repeated_total(self, line: int) -> int | None:
        """Another total of the table that prints the same figures in every column, not all of them nil."""
        return self.repeated_totals.get(line)

    @cached_property
    def repeated_totals(self) -> dict[int, int]:
        """Total → the first other total with the same figures in every column, not all of them nil."""
        same: dict[tuple[tuple[int, Decimal], ...], list[int]] = {}
        for i, line in enumerate(self.lines):
            figures = tuple((a.column, a.value) for a in line.amounts if a.value != 0)
            if figures and len(line.amounts) >= _FEWEST_FIGURES and line.role in (Role.SUBTOTAL, Role.TOTAL):
                same.setdefault(figures, []).append(i)
        groups = [group for group in same.values() if len(group) > 1]
        return {i: next(j for j in group if j != i) for group in groups for i in group}

    @cached_property
    def printing(self) -> dict[tuple[int, Decimal], list[int]]:
        """(column, figure) → the lines that print it there."""
        out: dict[tuple[int, Decimal], list[int]] = {}
        for line in self.figure_lines:
            for amount in self.lines[line].amounts:
                out.setdefault((amount.column, amount.value), []).append(line)
        return out

    @cached_property
    def money_lines(self) -> tuple[int, ...]:
        """Lines with figures that are neither sections, memos nor payback times."""
        skip = (Role.SECTION, Role.MEMO, Role.PAYBACK)
        return tuple(i for i, line in enumerate(self.lines) if line.amounts and line.role not in skip)

    @cached_property
    def figure_lines(self) -> tuple[int, ...]:
        """Lines that state figures, but for sections and payback times."""
        skip = (Role.SECTION, Role.PAYBACK)
        return tuple(i for i, line in enumerate(self.lines) if line.amounts and line.role not in skip)

    @cached_property
    def wholes_of(self) -> dict[int, tuple[int, ...]]:
        """Line → the totals that it is a part of."""
        out: dict[int, list[int]] = {}
        for total, parts in self.parts_of.items():
            for part, _ in parts:
                out.setdefault(part, []).append(total)
        return {part: tuple(totals) for part, totals in out.items()}

    def totals_above(self, line: int) -> frozenset[int]:
        """The totals that a line ends in, through other totals or not."""
        found: set[int] = set()
        waiting = [line]
        while waiting:
            for total in self.wholes_of.get(waiting.pop(), ()):
                if total not in found:
                    found.add(total)
                    waiting.append(total)
        return frozenset(found)

    def leaves(self, total: int) -> tuple[tuple[int, int], ...]:
        """The lines without parts of their own that end in `total`, with the sign they have in it."""
        out: dict[int, int] = {}
        seen: set[int] = set()

        def walk(line: int, sign: int) -> None:
            if line in seen:
                return
            seen.add(line)
            if line not in self.parts_of:
                out.setdefault(line, sign)
                return
            for part, part_sign in self.parts_of[line]:
                walk(part, sign * part_sign)

        for part, sign in self.parts_of.get(total, ()):
            walk(part, sign)
        return tuple(sorted(out.items()))

    @cached_property
    def silent_columns(self) -> frozenset[int]:
        """Columns in which no line states any amount: the table says nothing of that year."""
        spoken = {a.column for i in self.money_lines for a in self.lines[i].amounts}
        return frozenset(c.index for c in self.columns) - spoken

    @cached_property
    def unnamed_columns(self) -> frozenset[int]:
        """Columns of no year in which every figure is undecided, and no other figure of the table: their names are.

        Which figures stand in one column is sure then, whatever it is called, if no row has a blank there.
        """
        figures: dict[int, list[bool]] = {}
        for line in self.lines:
            for amount in line.amounts:
                figures.setdefault(amount.column, []).append(amount.placement is Placement.UNDECIDED)
        open_ = {column for column, undecided in figures.items() if any(undecided)}
        rows = max(len(self.figure_lines), _FEWEST_FIGURES)
        whole = {c for c in open_ if all(figures[c]) and len(figures[c]) >= rows}
        amounts = {c.index for c in self.columns if c.kind is ColumnKind.AMOUNT}
        return frozenset(whole if whole == open_ and whole <= amounts else ())

    @cached_property
    def unsure_lines(self) -> dict[int, float]:
        """Line with a figure of no certain column → the least confidence: then its blanks are not certain either."""
        out: dict[int, float] = {}
        for i, line in enumerate(self.lines):
            open_ = (a for a in line.amounts if a.placement is Placement.UNDECIDED)
            undecided = [a.confidence for a in open_ if a.column not in self.unnamed_columns]
            if undecided:
                out[i] = min(undecided)
        return out

    def vector(self, line: int) -> dict[int, Decimal]:
        """Year → value in kroner (costs positive by the table's own sign), only what is printed."""
        known = self._vectors.get(line)
        if known is None:
            at, sign = self._at[line], self.table.cost_sign
            known = self._vectors[line] = {
                year: at[column].value * self.unit(column) * sign
                for year, column in self.year_columns.items()
                if column in at
            }
        return known

    def section_label(self, line: int) -> str:
        section = self.lines[line].section
        return self.lines[section].label if section is not None and section < len(self.lines) else ""


class CaseView:
    """A case with its tables and the file it comes from; `astray` counts the file's figures that found no table."""

    def __init__(self, index: int, case: Case, file: CaseFile, astray: int) -> None:
        self.index = index
        self.case = case
        self.file = file
        units = Counter(t.unit for t in case.tables if t.unit is not None and t.measure is Measure.DKK)
        usual = units.most_common(1)[0][0] if units else 1
        self.tables = [TableView(index, i, t, usual) for i, t in enumerate(case.tables)]
        for table in self.tables:
            table.lost_figures = (table.table.unplaced_figures or 0) + astray
        for table, following in pairwise(self.tables):
            for one, other in ((table, following), (following, table)):
                if (other is following and following.table.joined) or not any(c.label for c in other.columns[1:]):
                    one.going_on.append([[a.value for a in line.amounts] for line in other.lines])
            table.goes_on_after = following.table.joined is Joined.SURE

    @property
    def document_id(self) -> str:
        return self.file.document.document_id

    def of_kind(self, *kinds: Kind) -> list[TableView]:
        return [t for t in self.tables if t.kind in kinds]

    @cached_property
    def by_ordinal(self) -> dict[int, TableView]:
        return {t.table.ordinal: t for t in self.tables}

    @cached_property
    def priced(self) -> list[TableView]:
        """The money tables that print a price level."""
        return [
            t
            for t in self.tables
            if t.table.price_level is not None and t.table.price_level_printed and t.table.measure is Measure.DKK
        ]

    @cached_property
    def price_levels(self) -> Counter[int]:
        """How many money tables print which price level."""
        return Counter(t.table.price_level for t in self.priced if t.table.price_level is not None)

    @cached_property
    def key(self) -> tuple[str, str]:
        """What makes it the same case in another document: code and title, letters and digits only."""
        return squash(self.case.code or ""), squash(self.case.title or "")


def _nil(amount: Amount) -> bool:
    return not any(c.isdigit() for c in amount.printed)


def case_views(file: CaseFile, first: int = 0) -> list[CaseView]:
    """The cases of a file as the checks see them, numbered from `first`."""
    of_tables = sum(t.unplaced_figures or 0 for c in file.cases for t in c.tables)
    astray = max((file.document.unplaced_figures or 0) - of_tables, 0)
    return [CaseView(n, case, file, astray) for n, case in enumerate(file.cases, first)]


class Batch:
    """All cases of all files that are checked together."""

    def __init__(self, files: Sequence[CaseFile]) -> None:
        self.cases: list[CaseView] = []
        seen: set[str] = set()
        for file in files:
            if file.document.status is not Status.IMPORTED or file.document.sha256 in seen:
                continue
            seen.add(file.document.sha256)
            self.cases += case_views(file, len(self.cases))

    def table(self, slot: Slot) -> TableView:
        return self.cases[slot.case].tables[slot.table]

    def line(self, slot: Slot) -> Line:
        return self.table(slot).lines[slot.line]

    def amount(self, slot: Slot) -> Amount | None:
        return self.table(slot).amount(slot.line, slot.column)

    def value(self, slot: Slot) -> Decimal:
        return self.table(slot).value(slot.line, slot.column)

    def half(self, slot: Slot) -> Decimal:
        return self.table(slot).half(slot.line, slot.column)

    def year(self, slot: Slot) -> int | None:
        column = self.table(slot).column(slot.column)
        return column.year if column is not None else None

    def column_label(self, slot: Slot) -> str:
        return self.table(slot).column_label(slot.column)

    def unsure(self, slot: Slot) -> bool:
        """Whether nothing but likelihood puts the figure, or the blank, there: too little to carry an error."""
        amount = self.amount(slot)
        if amount is None:
            return slot.line in self.table(slot).unsure_lines
        return amount.placement is Placement.UNDECIDED and slot.column not in self.table(slot).unnamed_columns

    def doubtful_sign(self, slot: Slot) -> bool:
        """Whether the figure's minus may be another cell's dash."""
        return doubtful_sign(self.table(slot), slot.line, slot.column)

    def scanned(self, slot: Slot) -> bool:
        return self.table(slot).table.reader == "ocr"

    def reread(self, slot: Slot) -> bool:
        """Whether the figure was read by OCR without being sure of it."""
        amount = self.amount(slot)
        return self.scanned(slot) and (amount is None or amount.confidence < OCR_DOUBTFUL)

    def misreadable(self, slot: Slot) -> bool:
        """Whether a figure with digits was read by OCR, and not twice alike with high confidence."""
        amount = self.amount(slot)
        return self.scanned(slot) and amount is not None and not _nil(amount) and amount.confidence < OCR_SURE

    def tables(self) -> Iterator[tuple[CaseView, TableView]]:
        for case in self.cases:
            for table in case.tables:
                yield case, table
