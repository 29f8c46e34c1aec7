"""What the columns or rows of a table must be by each other, beyond sums: one identity for each place."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.figures.doubt import doubtful_sign
from reconcile.figures.draft import Identity
from reconcile.figures.relations import Form, Grid, Relation, relations
from reconcile.figures.view import ZERO, Batch, TableView
from reconcile.models import Check


def related(batch: Batch, *, of_rows: bool) -> Iterator[Identity]:
    """The identities of the relations among rows, or among columns."""
    for (case, index), found in relations(batch).items():
        table = batch.cases[case].tables[index]
        for relation in found:
            if relation.of_rows is of_rows:
                yield from _identities(table, relation)


def _identities(table: TableView, relation: Relation) -> Iterator[Identity]:
    grid = Grid(table, of_rows=relation.of_rows)
    check = Check.COLUMN_TOTAL if relation.of_rows else Check.ROW_TOTAL
    names = [grid.label(operand) for operand in relation.operands]
    for place in grid.places:
        terms = grid.terms(relation, place)
        if terms is None or grid.value(relation.target, place) is None:
            continue
        if any(doubtful_sign(table, *grid.slot(line, place)[2:]) for line in (relation.target, *relation.operands)):
            continue
        linear = relation.form in (Form.DIFFERENCE, Form.SUM, Form.RUNNING, Form.CARRIED)
        yield Identity(
            check,
            f"relation_{relation.form.value}",
            grid.slot(relation.target, place),
            tuple((slot, factor) for slot, factor, _ in terms),
            params=(("first", names[0]), ("second", names[-1])),
            slack=grid.half(relation.target, place) + sum((move for _, _, move in terms), ZERO) if not linear else ZERO,
            exact=relation.exact,
        )
