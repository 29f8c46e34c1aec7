"""Slips and sound changes kept from those who work on the checks: what an unknown kind of error gets."""

from __future__ import annotations

from decimal import ROUND_HALF_UP, Decimal

from bench.foundry.linked import danish, lowered
from bench.foundry.slips.columns import followed
from bench.foundry.slips.links import recount, twin
from bench.foundry.slips.plant import SLIPS, NoRoomError, Planted, Site, big, figure, named, slip, year_of
from bench.foundry.slips.sound import TWISTS, add, cost, twist

TOTALLED = ("reduktion", "sparekatalog", "bemaerkninger", "spoergsmaal", "anlaegsskema")


@slip(*TOTALLED)
def total_in_kroner(site: Site) -> Planted:
    """The total row is in kroner below lines in thousands."""
    table, at = site.summed()
    total = table.rows[at]
    if not big(table, total, site.columns(table)):
        raise NoRoomError
    total.cells = [c * 1000 if isinstance(c, Decimal) else c for c in total.cells]
    return Planted([named(table)], [total.label], [], [], r"1[.,]?000|thousand|factor|unit")


@slip(*TOTALLED)
def average_for_sum(site: Site) -> Planted:
    table, at = site.summed(3)
    total = table.rows[at]
    if len(big(table, total, site.columns(table))) < 2:
        raise NoRoomError
    step = Decimal(1).scaleb(-table.decimals)
    for i in site.columns(table):
        total.cells[i] = (figure(total, i) / len(total.parts)).quantize(step, ROUND_HALF_UP)
    return Planted([named(table)], [total.label], [], [], "")


@slip("temaanalyse", "investering", "saldo")
def total_takes_the_line_above_the_table(site: Site) -> Planted:
    """One line too many: the total of every year has the first line twice and leaves the last one out."""
    table, at = site.summed(3)
    total = table.rows[at]
    first, last = table.rows[total.parts[0]], table.rows[total.parts[-1]]
    moved = [i for i in site.columns(table) if abs(figure(first, i) - figure(last, i)) > 20]
    if len(moved) < 2:
        raise NoRoomError
    for i in site.columns(table):
        total.cells[i] = figure(total, i) + figure(first, i) - figure(last, i)
    return Planted([named(table)], [first.label, last.label, total.label], [], [], "")


@slip("investering")
def last_year_not_carried_on(site: Site) -> Planted:
    """The detailed table's line and total are empty in the last year, the summary's are not."""
    summary, table = site.table("summary"), site.table("recurring")
    row = site.one([r for r in table.rows if r.role == "detail" and big(table, r, [5])])
    row.cells[5] = Decimal(0)
    recount(table)
    return Planted([named(summary), named(table)], [row.label, table.rows[-1].label], year_of(table.columns, 5), [], "")


@slip("investering")
def detail_lines_exchanged(site: Site) -> Planted:
    """Two lines of a detailed table have each other's figures; its sums hold, the summary says otherwise."""
    summary = site.table("summary")
    offers = []
    for table in site.tables("service", "capital"):
        rows = [r for r in table.rows if r.role == "detail"]
        offers += [
            (table, a, b) for n, a in enumerate(rows) for b in rows[n + 1 :] if abs(figure(a, 0) - figure(b, 0)) > 20
        ]
    table, a, b = site.one(offers)
    a.cells, b.cells = b.cells, a.cells
    return Planted([named(summary), named(table)], [a.label, b.label], [], [], r"swap|exchang|each other|cross")


@slip("investering")
def change_counts_a_cost(site: Site) -> Planted:
    """ "Samlet varig ændring" takes the first implementation cost along, and the bottom line follows."""
    summary = site.table("summary")
    change, cost_ = twin(summary, "Samlet varig ændring"), twin(summary, site.table("service").rows[0].label)
    bottom = twin(summary, "Samlet økonomisk påvirkning")
    for i in range(1, len(summary.columns)):
        for r in (change, bottom):
            r.cells[i] = figure(r, i) + figure(cost_, i)
    tables = [named(summary), named(site.table("recurring"))]
    return Planted(tables, [change.label, cost_.label, site.table("recurring").rows[-1].label], [], [], "")


@slip("saldo")
def use_without_its_sign(site: Site) -> Planted:
    """Spending is printed positive in one year, and the balance still falls by it."""
    table = site.table("saldo")
    column = site.rng.randint(0, 3)
    row = table.rows[2]
    row.cells[column] = -figure(row, column)
    return Planted([named(table)], [row.label, table.rows[3].label], year_of(table.columns, column), [], r"sign")


@slip("saldo")
def accumulated_row_is_yearly(site: Site) -> Planted:
    table = site.table("flow")
    table.rows[-1].cells = list(table.rows[-2].cells)
    return Planted([named(table)], [table.rows[-1].label, table.rows[-2].label], [], [], "")


@slip("opfoelgning")
def deviation_from_the_wrong_budget(site: Site) -> Planted:
    """Every row's deviation is taken from the original budget instead of the corrected one."""
    table, column = followed(site, "sum", difference=True)
    figures = [i for i, c in enumerate(table.columns) if c.kind != "text"]
    right, wrong = figures[2], figures[0]
    for r in table.rows:
        if isinstance(r.cells[column], Decimal):
            r.cells[column] = figure(r, column) - figure(r, right) + figure(r, wrong)
    return Planted([named(table)], [], [], [], "")


@slip("opfoelgning")
def supplement_subtracted(site: Site) -> Planted:
    """One row's corrected budget is original minus supplementary; nothing else follows it."""
    table, column = followed(site, "sum", difference=False)
    figures = [i for i, c in enumerate(table.columns) if c.kind != "text"]
    row = site.one([r for r in table.rows if r.role == "detail" and big(table, r, [figures[1]])])
    row.cells[column] = figure(row, figures[0]) - figure(row, figures[1])
    return Planted(
        [named(table)], [row.label, *(r.label for r in table.rows if r.parts)], [], [], r"sign|subtract|minus"
    )


@slip("priser")
def number_in_the_total_wrong(site: Site) -> Planted:
    table = site.table("product")
    table.rows[-1].cells[0] = figure(table.rows[-1], 0) + site.one([Decimal(20), Decimal(-30), Decimal(100)])
    return Planted([named(table)], [table.rows[-1].label], [], [], "")


@slip("forslagsark", "sparekatalog", "reduktion", "personale")
def people_add_up_wrong(site: Site) -> Planted:
    """The total of a table of årsværk."""
    tables = [t for t in site.tables() if t.measure == "FTE" and any(len(r.parts) > 1 for r in t.rows)]
    table = site.one(tables)
    total = site.one([r for r in table.rows if len(r.parts) > 1])
    column = site.one([i for i in site.columns(table) if figure(total, i)])
    total.cells[column] = figure(total, column) + 2
    return Planted([named(table)], [total.label], year_of(table.columns, column), [], "")


@twist("investering")
def two_lines_together(site: Site) -> None:
    rows, year = site.table("service").rows, site.table("service").columns[0].year
    a, b = rows[0], rows[1]
    both = danish(figure(a, 0) + figure(b, 0))
    add(site, f"{a.label} og {lowered(b.label)} koster tilsammen {both} t.kr. i {year}.")


@twist("investering")
def a_part_in_words(site: Site) -> None:
    row, _, value, _ = cost(site)
    add(
        site,
        f"Heraf går {danish((value / 4).quantize(Decimal(1)))} t.kr. af udgiften til {lowered(row.label)} til kørsel.",
    )


@twist("investering")
def lines_in_another_order(site: Site) -> None:
    table = site.table("recurring")
    table.rows[:-1] = table.rows[-2::-1]


@twist("investering")
def last_years_price_in_words(site: Site) -> None:
    row, _, value, year = cost(site)
    add(site, f"I {year - 1} kostede {lowered(row.label)} {danish(value - 170)} t.kr.")


@twist("investering")
def half_a_year_first(site: Site) -> None:
    table = site.table("recurring")
    row = table.rows[0]
    add(site, f"{row.label} begynder 1. juli, og halvårsvirkningen er {danish(figure(row, 5) / 2)} t.kr.")


@twist("investering")
def told_by_another(site: Site) -> None:
    row, _, value, _ = cost(site)
    add(site, f"Nabokommunen brugte {danish(value * 3)} t.kr. på {lowered(row.label)}.")


#: What this file has put among the slips and the sound changes.
KEPT = {n for n, (made, _) in SLIPS.items() if made.__module__ == __name__}
KEPT_TWISTS = {n for n, (twist_, _) in TWISTS.items() if twist_.__module__ == __name__}
