"""The summary table of a case: which of its lines is which total, and which lines lie under it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cached_property

from normalize.models import Kind, Line, Role
from reconcile.figures.view import CaseView, TableView
from reconcile.wording import area, concept

Concept = str


class Summary:
    """A summary table by concept ("recurring", "implementation", "impact") and steering area."""

    def __init__(self, table: TableView) -> None:
        self.table = table

    @cached_property
    def _totals(self) -> list[tuple[Concept, str | None, int]]:
        """(concept, area named by the label, line) of each total.

        What adds everything up is the impact, whatever its label says; a total that is part of another one is not.
        """
        told = [(what, area(line.label), i) for i, line in self._printed() if (what := self._concept(i)) is not None]
        top = self.table.grand_total
        if top is None or any(what == "impact" for what, _, _ in told):
            return told
        below = {p for p, _ in self.table.parts_of.get(top, ())}
        if {what for what, _, i in told if i in below} >= {"recurring", "implementation"}:
            return [*(entry for entry in told if entry[2] != top), ("impact", None, top)]
        return told

    def _printed(self) -> Iterator[tuple[int, Line]]:
        """The totals that print figures."""
        for i, line in enumerate(self.table.lines):
            if line.role in (Role.SUBTOTAL, Role.TOTAL) and line.amounts:
                yield i, line

    def _concept(self, line: int) -> Concept | None:
        """What a total is of, by its label, else by its section; what is part of another total is not the impact."""
        section = concept(self.table.section_label(line))
        what = concept(self.table.lines[line].label) or section
        return section if what == "impact" and line in self.table.wholes_of else what

    def total(self, what: Concept, steering_area: str | None = None) -> int | None:
        """The line of that total; without an area the one that covers most, None where there is none."""
        lines = [i for c, a, i in self._totals if c == what and (steering_area is None or a == steering_area)]
        if not lines:
            return None
        if steering_area is None:
            general = [i for c, a, i in self._totals if c == what and a is None]
            lines = general or (lines if len(lines) == 1 else [])
        return max(lines, key=lambda i: (len(self.table.leaves(i)), i)) if lines else None

    def lines(self, what: Concept, steering_area: str | None = None) -> list[int]:
        """The lines of figures under that total; with an area those that name it."""
        total = self.total(what)
        leaves = [i for i, _ in self.table.leaves(total)] if total is not None else self._under_section(what)
        leaves = [i for i in leaves if self.table.lines[i].amounts]
        return leaves if steering_area is None else [i for i in leaves if self.area_of(i) == steering_area]

    def _under_section(self, what: Concept) -> list[int]:
        return [
            i
            for i, line in enumerate(self.table.lines)
            if line.role is Role.DETAIL and line.amounts and concept(self.table.section_label(i)) == what
        ]

    def area_of(self, line: int) -> str | None:
        """The steering area of a line, from its own column."""
        return area(self.table.lines[line].steering_area)


def summaries(case: CaseView) -> list[Summary]:
    """The case's summary tables, in print order."""
    return [Summary(t) for t in case.of_kind(Kind.SUMMARY)]
