"""The summary table of a case: which of its lines is which total, and which lines lie under it."""

from __future__ import annotations

from functools import cached_property

from normalize.models import Kind, Role
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
        parts = {part for of in self.table.parts_of.values() for part, _ in of}
        out = []
        for i, line in enumerate(self.table.lines):
            if line.role not in (Role.SUBTOTAL, Role.TOTAL) or not line.amounts:
                continue
            section = concept(self.table.section_label(i))
            what = concept(line.label) or section
            if what == "impact" and i in parts:
                what = section
            if what is not None:
                out.append((what, area(line.label), i))
        named = {what for what, _, _ in out}
        top = self.table.grand_total
        below = {p for p, _ in self.table.parts_of.get(top, ())} if top is not None else set()
        joined = {what for what, _, i in out if i in below}
        if top is not None and "impact" not in named and joined >= {"recurring", "implementation"}:
            out = [entry for entry in out if entry[2] != top]
            out.append(("impact", None, top))
        return out

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
