"""Tables of one case that say the same, and a case against its other versions."""

from __future__ import annotations

from collections.abc import Iterator

from reconcile.checks.details import against_summary
from reconcile.checks.repeated import breakdowns, repeated_tables, restated_totals, shared_totals
from reconcile.figures.draft import Draft, Identity
from reconcile.figures.summary import summaries
from reconcile.figures.view import Batch
from reconcile.links.versions import compare_versions
from reconcile.models import Check
from reconcile.registry import register


@register(Check.CROSS_TABLE)
def cross_table(batch: Batch) -> Iterator[Identity | Draft]:
    """Tables of a case that print the same thing print the same figures.

    Rule: year by year, "Samlet varig ændring" is the total of the table of recurring changes, and the implementation
    costs are the total of the investment tables (by steering area where there are several). A line that both tables
    print is the same in both, though worded differently, and a line that one table splits is the sum of its parts in
    the other. The administration table's total is held to the summary only where it equals it in most years. Tables
    under different price levels are compared only where their figures show that they are the same. A case that comes
    in two versions is compared figure by figure.

    Example: "Flytteteam" is 1.900 in Tabel 3 in 2023, but 900 in Tabel 1.

    Source: the templates of the City of Copenhagen: Tabel 1 sums up the tables that follow it.
    """
    for case in batch.cases:
        for number, summary in enumerate(summaries(case)):
            yield from against_summary(case, summary, first=number == 0)
        yield from repeated_tables(case)
        yield from shared_totals(case)
        yield from breakdowns(case)
        yield from restated_totals(case)
    yield from compare_versions(batch)
