"""What checks hand over: identities (figures that must agree) and drafts (what does not agree, before it has an id)."""

from __future__ import annotations

from dataclasses import dataclass, field
from decimal import Decimal

from extract.records import record
from normalize.models import Statement
from reconcile.figures.view import Slot
from reconcile.models import Check, Severity, Verdict

Param = str | int | Decimal


@record
class Identity:
    """`stated` must be the sum of `terms` (slot, factor), all in the unit of the table that holds `stated`.

    `same` says that it is one figure printed twice, so that both prints were rounded alike; otherwise the terms are
    rounded each for itself; a difference of up to `slack` is rounding all the same.  `severity` is the most a
    violation may be called.  `params` are further parameters of the message (the names of other tables and lines).
    Where prose states the figure, `constant` is its value in the unit of the terms, and `stated` only the place it
    speaks of.
    """

    check: Check
    message: str
    stated: Slot
    terms: tuple[tuple[Slot, Decimal], ...]
    same: bool = False
    severity: Severity = Severity.ERROR
    params: tuple[tuple[str, Param], ...] = ()
    blank_message: str | None = None
    part_message: str | None = None
    slack: Decimal = Decimal(0)
    constant: Decimal | None = None
    statement: Statement | None = None
    exact: bool = False  # the terms were not rounded, whatever their digits
    hunch: bool = False  # nobody is sure that it must hold: a violation is one only if a slip explains it

    @property
    def slots(self) -> tuple[Slot, ...]:
        if self.constant is not None:
            return tuple(slot for slot, _ in self.terms)
        return (self.stated, *(slot for slot, _ in self.terms))


@dataclass(slots=True)
class Draft:
    """A finding without its id; `consequences` are what follows from the same cause."""

    check: Check
    severity: Severity
    message: str
    case: int
    table: int | None = None
    line: int | None = None
    year: int | None = None
    column_label: str = ""
    other_case: int | None = None  # None: the same case
    other_table: int | None = None
    other_line: int | None = None
    params: dict[str, Param] = field(default_factory=dict)
    stated: Decimal | None = None
    expected: Decimal | None = None
    tolerance: Decimal | None = None
    verdict: Verdict = Verdict.IMPOSSIBLE
    evidence: tuple[Slot, ...] = ()
    cause: str | None = None
    cause_params: dict[str, Param] = field(default_factory=dict)
    reread: bool = False
    quote: str | None = None
    page: int | None = None
    source_line: int | None = None
    arithmetic: tuple[str | Decimal, ...] = ()
    consequences: list[Draft] = field(default_factory=list)

    def quoting(self, statement: Statement) -> Draft:
        """Itself, with the sentence of running text that it is about."""
        self.quote, self.page, self.source_line = statement.sentence, statement.place.page, statement.place.line
        return self
