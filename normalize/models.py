"""What it means: cases, tables, lines, amounts, statements.  All that a later stage may know of `normalize`.

Money is `Decimal`, in the table's own unit and with the sign as printed, unless a name says `dkk`.
"""

from __future__ import annotations

from dataclasses import field
from decimal import Decimal
from enum import StrEnum

from extract.models import Document, Ledger, Place, Placement
from extract.records import record
from lexicon.units import Measure as Measure


class Kind(StrEnum):
    SUMMARY = "summary"
    RECURRING = "recurring"
    INVESTMENT_SERVICE = "investment_service"
    INVESTMENT_CAPITAL = "investment_capital"
    ADMINISTRATION = "administration"
    COMMITTEE_TARGET = "committee_target"
    COMMITTEE_OPERATIONS = "committee_operations"
    COMMITTEE_GROSS = "committee_gross"
    COMMITTEE_CAPITAL = "committee_capital"
    COMMITTEE_SERVICE = "committee_service"
    CATALOGUE = "catalogue"
    FTE = "fte"
    OTHER_MONEY = "other_money"
    FEES = "fees"
    CAPITAL_ACCOUNTS = "capital_accounts"
    BUDGET_FOLLOWUP = "budget_followup"
    APPROPRIATIONS = "appropriations"
    MAIN_OVERVIEW = "main_overview"


class Role(StrEnum):
    SECTION = "section"
    DETAIL = "detail"
    SUBTOTAL = "subtotal"
    TOTAL = "total"
    MEMO = "memo"
    PAYBACK = "payback"


class ColumnKind(StrEnum):
    YEAR = "year"
    TOTAL = "total"  # "I alt", "I alt 2025-28": the sum of year columns
    INVESTMENT = "investment"  # "Samlet investering" of a catalogue
    AMOUNT = "amount"  # any other column of figures
    PERCENT = "percent"
    COUNT = "count"
    TEXT = "text"  # steering area, appropriation, decision …


@record
class Column:
    """A column of a table.  `total_of` lists the column indices that a TOTAL column adds up (empty: unknown)."""

    index: int
    label: str  # the header as printed, folded on one line: "2024", "B2025", "I alt 2025-28"
    kind: ColumnKind
    year: int | None = None
    total_of: tuple[int, ...] = ()
    measure: Measure | None = None  # where the column differs from its table
    unit: int | None = None  # likewise
    price_level: int | None = None  # likewise
    place: Place | None = None


@record
class Amount:
    """One printed figure.

    `value` is in the table's own unit, sign as printed; a printed dash is 0.  It stands for the interval
    `value ± half_step`, half a unit of its last printed digit (0 where it is exact
    by nature: a dash, an FTE share).
    `alternatives` are other readings of the same print that the reader held possible, best first.
    `second` is what the second reader read in this place: None where it was not asked.
    """

    column: int  # index into Table.columns
    year: int | None
    column_label: str
    printed: str
    value: Decimal
    half_step: Decimal
    place: Place
    placement: Placement
    confidence: float
    bold: bool = False
    alternatives: tuple[Decimal, ...] = ()
    second: str | None = None
    amount_id: str = ""


@record
class Line:
    """A row of a table.  `amounts` are in column order, at most one a column; no entry where the cell is blank."""

    ordinal: int  # 0-based within the table
    label: str  # without footnote markers' meaning changed: as printed, one line
    role: Role
    amounts: tuple[Amount, ...]
    place: Place
    steering_area: str | None = None
    appropriation: str | None = None
    committee: str | None = None  # canonical name, where the label or a section names one
    section: int | None = None  # ordinal of the section row it stands under
    bold: bool = False
    texts: tuple[str, ...] = ()  # other printed cells that are no figures ("OFS 23-24", "½ årsværk/ -229")
    line_id: str = ""
    measure: Measure | None = None  # where the row differs from its table ("Antal årsværk" among amounts of money)
    unread: tuple[int, ...] = ()  # columns of figures whose cell has digits and is no figure ("1.6x96"): one of `texts`
    known_as: str | None = None  # what an auditor says that the same line is called in another table

    def at(self, column: int) -> Amount | None:
        """The amount in that column, None where it is blank."""
        return next((a for a in self.amounts if a.column == column), None)


@record
class Sum:
    """`lines[total]` is the sum of `lines[part] * sign` over `parts`, in every money column.

    `by` says what the structure was found from: "label", "section", "style", "order", "arithmetic" joined by "+".
    `certain` is False where another structure explains the figures as well; checks then keep silent or warn.
    """

    total: int
    parts: tuple[tuple[int, int], ...]
    by: str
    certain: bool = True


class Joined(StrEnum):
    """How surely a table is the rest of the one before it: a page's end parted them."""

    LIKELY = "likely"  # the same header and no name of its own
    SURE = "sure"  # and the first does not end in a sum, or the second goes on numbering


@record
class Table:
    """A printed table that holds figures."""

    ordinal: int  # 0-based within the case, in print order
    label: str | None  # "Tabel 1"
    title: str | None
    kind: Kind
    measure: Measure
    unit: int | None  # 1000 for "1.000 kr."; None where the measure is not DKK
    price_level: int | None
    columns: tuple[Column, ...]
    lines: tuple[Line, ...]
    sums: tuple[Sum, ...]
    first_page: int
    last_page: int
    place: Place
    cost_sign: int = 1  # +1: a printed plus is a cost; -1: a printed plus is a saving (catalogues)
    notes: tuple[str, ...] = ()
    price_level_printed: str | None = None  # "2022 p/l" as printed, None where the case's was taken over
    ledger: Ledger = field(default_factory=Ledger)
    reader: str = "geometry"
    table_id: str = ""
    loose: bool = False  # its figures were read one after the other, their columns counted off
    steering_area: str | None = None  # styringsområde that its caption or header gives to all its rows
    unplaced_figures: int | None = None  # number-like words of its area that found no place; None: not counted
    why: tuple[tuple[str, float], ...] = ()  # the terms that weighed most on its figures' confidence, with their bits
    joined: Joined | None = None  # to the table before it in the case

    def years(self) -> tuple[Column, ...]:
        """The year columns, in print order."""
        return tuple(c for c in self.columns if c.kind is ColumnKind.YEAR)


@record
class Heading:
    ordinal: int
    number: str | None
    title: str
    level: int
    place: Place
    heading_id: str = ""


class StatementKind(StrEnum):
    MONEY = "money"
    FTE = "fte"
    PRICE_LEVEL = "price_level"
    PAYBACK = "payback"


@record
class Statement:
    """An amount, a number of årsværk, a price level or a payback time that running text (or a cell of words) states.

    `value` is in kroner for MONEY, in årsværk for FTE, a year for PRICE_LEVEL, in years for PAYBACK; `half_step`
    likewise.
    `years` are the years it speaks of, empty for none said; `onwards` for "fra 2023 og frem"; `total` for
    "i alt", "samlet".
    `table` and `line` are ordinals within the case of the line it names, None where that is not clear; `likely` are
    those of a line that its words name only by half, so that nothing but the figures can tell.
    """

    kind: StatementKind
    value: Decimal
    half_step: Decimal
    printed: str
    sentence: str
    place: Place
    years: tuple[int, ...] = ()
    onwards: bool = False
    per_year: bool = False
    total: bool = False
    approximate: bool = False  # "ca.", "omkring", "op til"
    table: int | None = None
    line: int | None = None
    likely: tuple[int, int] | None = None
    heading: int | None = None  # ordinal of the heading it stands under


@record
class Metadatum:
    """A field of a case's head that no column holds: what it is of, its label and value as printed, its place."""

    name: str  # "committee", "case_number"; "other" for a label that no list knows
    label: str
    value: str
    place: Place


@record
class Case:
    """One business case, or one catalogue (then `kind_of` is "catalogue"), or a file that is no case ("document")."""

    ordinal: int  # 0-based within the document
    code: str | None
    title: str | None
    summary: str | None
    administrations: tuple[str, ...]
    affected: tuple[str, ...] | None  # None where the print shows no tick at all
    budget_round: str | None
    confidential: bool
    stated_price_level: int | None  # "Angiv p/l: 2021"
    stated_price_level_place: Place | None
    first_page: int
    last_page: int
    headings: tuple[Heading, ...]
    tables: tuple[Table, ...]
    statements: tuple[Statement, ...]
    notes: tuple[tuple[str, Place], ...] = ()  # "Note til alle tabeller: …"
    text: tuple[tuple[str, Place], ...] = ()  # the running text, a paragraph each
    kind_of: str = "case"
    case_id: str = ""
    municipality: str | None = None
    budget_year: int | None = None  # first year of the budget that its round or its head names
    title_doubtful: bool = False  # whether another line may as well be the title
    opened_why: tuple[tuple[str, float], ...] = ()  # the terms of the line that opens it, by name, with their bits
    title_why: tuple[tuple[str, float], ...] = ()  # the terms that chose the title, by name, with their bits
    case_key: str | None = None  # municipality, round, code and title in one: the same for every version of the case
    metadata: tuple[Metadatum, ...] = ()  # fields of its head that nothing above holds, in print order
    version_of: str | None = None  # case_id of the version of this case that counts; None: this one does, or not known


@record
class CaseFile:
    """One input file with the cases in it; `document` tells how it ended."""

    document: Document
    cases: tuple[Case, ...] = ()
