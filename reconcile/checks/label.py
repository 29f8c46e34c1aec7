"""Captions and labels against what they stand over."""

from __future__ import annotations

from collections.abc import Iterator

from normalize.models import Kind
from reconcile.figures.draft import Draft
from reconcile.figures.summary import summaries
from reconcile.figures.view import Batch
from reconcile.links.lines import link
from reconcile.models import Check, Severity
from reconcile.prose.units import other_units
from reconcile.registry import register

_SHOWN = {"service": "service", "capital": "anlæg"}  # the steering areas as the documents call them


@register(Check.LABEL)
def label(batch: Batch) -> Iterator[Draft]:
    """A caption says what the table holds.

    Rule: the lines of a table of service investments are service in the summary, those of a table of capital
    investments are capital. A table is reported where the summary has no line of its steering area and all of its
    lines there are of the other one. An amount of a line that names a unit by its code is not said of another line's
    unit, in a paragraph that has the line's own words.

    Example: a table headed "Serviceinvesteringer" whose lines the summary all has as "Anlæg".

    Source: steering areas ("styringsområder") of Danish municipal budgets: service and anlæg are held apart.
    """
    areas = {Kind.INVESTMENT_SERVICE: "service", Kind.INVESTMENT_CAPITAL: "capital"}
    for case in batch.cases:
        yield from other_units(case)
        for summary in summaries(case)[:1]:
            lines = summary.lines("implementation")
            if len({summary.area_of(i) for i in lines} - {None}) == 0:
                continue
            for table in case.of_kind(*areas):
                if areas[table.kind] in {summary.area_of(i) for i in lines}:
                    continue
                own = [i for i in table.money_lines if i != table.grand_total]
                linked = [summary.area_of(i) for found in link(summary.table, lines, table, own) for i in found.left]
                named = {a for a in linked if a is not None}
                if linked and None not in linked and len(named) == 1 and areas[table.kind] not in named:
                    other = next(iter(named))
                    yield Draft(
                        Check.LABEL,
                        Severity.WARNING,
                        "label_area",
                        case.index,
                        table.index,
                        other_table=summary.table.index,
                        params={
                            "area": _SHOWN[areas[table.kind]],
                            "other_table": summary.table.name,
                            "other_area": _SHOWN[other],
                        },
                    )
