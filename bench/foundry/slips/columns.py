"""Slips in columns that follow from others, in headers, and in what a table says of itself."""

from __future__ import annotations

import re
from decimal import Decimal

from bench.foundry.model import Row, Table
from bench.foundry.slips.plant import NoRoomError, Planted, Site, big, figure, named, slip, year_of

#: Families with columns that are sums or differences of others.
FOLLOWING = ("opfoelgning", "anlaegsregnskab", "udvalgspunkt", "overfoersel", "takster", "bevilling")


def followed(site: Site, make: str, *, difference: bool | None = None) -> tuple[Table, int]:
    """A table and a column that follows from others."""
    offers = []
    for t in site.tables():
        for i, c in enumerate(t.columns):
            minus = any(sign < 0 for sign, _ in c.terms)
            if c.make == make and (difference is None or minus == difference):
                offers.append((t, i))
    return site.one(offers)


def detail_with(site: Site, table: Table, column: int) -> int:
    """A detail row whose figure in the column is large."""
    return site.one([i for i, r in enumerate(table.rows) if r.role == "detail" and big(table, r, [column])])


@slip(*FOLLOWING)
def difference_mistyped(site: Site) -> Planted:
    table, column = followed(site, "sum", difference=True)
    row = table.rows[detail_with(site, table, column)]
    row.cells[column] = figure(row, column) + 10 * Decimal(1).scaleb(-table.decimals) * site.one([3, 5, 8])
    return Planted([named(table)], [row.label], [], [], "")


@slip(*FOLLOWING)
def difference_turned(site: Site) -> Planted:
    """One row's deviation is taken the other way round."""
    table, column = followed(site, "sum", difference=True)
    row = table.rows[detail_with(site, table, column)]
    row.cells[column] = -figure(row, column)
    return Planted([named(table)], [row.label], [], [], r"sign|turned|other way|minus")


@slip("opfoelgning", "takster", "bevilling")
def sum_of_columns_leaves_one_out(site: Site) -> Planted:
    """A sum column repeats its first part in one row."""
    table, column = followed(site, "sum", difference=False)
    first = [i for i, c in enumerate(table.columns) if c.kind != "text"][table.columns[column].terms[0][1] - 1]
    offers = [
        r
        for r in table.rows
        if r.role == "detail"
        and isinstance(r.cells[column], Decimal)
        and abs(figure(r, column) - figure(r, first)) > 20
    ]
    row = site.one(offers)
    row.cells[column] = row.cells[first]
    return Planted(
        [named(table)],
        [row.label],
        [],
        [],
        r"miss|left out|leaves out|not (counted|included|in)|omit|without|column|repeat|cop",
    )


@slip("opfoelgning", "takster", "bevilling")
def sum_of_columns_mistyped(site: Site) -> Planted:
    table, column = followed(site, "sum", difference=False)
    row = table.rows[detail_with(site, table, column)]
    row.cells[column] = figure(row, column) + site.one([100, 200, 300]) * Decimal(1).scaleb(-table.decimals)
    return Planted([named(table)], [row.label], [], [], "")


@slip("opfoelgning")
def percent_mistyped(site: Site) -> Planted:
    table, column = followed(site, "percent")
    row = table.rows[
        site.one([i for i, r in enumerate(table.rows) if r.role == "detail" and isinstance(r.cells[column], Decimal)])
    ]
    row.cells[column] = figure(row, column) + site.one([Decimal("7.0"), Decimal("-9.0"), Decimal("11.5")])
    return Planted([named(table)], [row.label], [], [], "")


@slip("driftsoenske", "anlaegsskema", "budgetnotat", "forslagsark", "blokke")
def row_total_leaves_the_last_year_out(site: Site) -> Planted:
    table, column, row, years = row_total(site)
    row.cells[column] = figure(row, column) - figure(row, years[-1])
    return Planted(
        [named(table)],
        [row.label],
        [],
        ["row_total"],
        r"miss|left out|leaves out|not (counted|included|in)|omit|without|year|column",
    )


@slip("driftsoenske", "anlaegsskema", "budgetnotat", "forslagsark", "blokke")
def row_total_mistyped(site: Site) -> Planted:
    table, column, row, _ = row_total(site)
    row.cells[column] = figure(row, column) + site.one([90, 110, 270]) * Decimal(1).scaleb(-table.decimals)
    return Planted([named(table)], [row.label], [], ["row_total"], "")


def row_total(site: Site) -> tuple[Table, int, Row, list[int]]:
    table, column = followed(site, "total")
    years = [i for i, c in enumerate(table.columns) if c.make == "years"]
    rows = [r for r in table.rows if r.role == "detail" and big(table, r, [years[-1]])]
    return table, column, site.one(rows), years


@slip("priser", "budgetnotat")
def product_wrong(site: Site) -> Planted:
    """Number times price is not the cost; the total adds the costs as printed."""
    table, column = followed(site, "product")
    details = [r for r in table.rows if r.role == "detail"]
    row = site.one(details)
    by = site.one([Decimal(180), Decimal(240), Decimal(-150)])
    row.cells[column] = figure(row, column) + by
    total = next(r for r in table.rows if r.role == "total")
    total.cells[column] = figure(total, column) + by
    for t in site.tables("share"):
        for r in (next(x for x in t.rows if x.label == row.label), t.rows[-1]):
            r.cells[0] = figure(r, 0) + by
        whole = figure(t.rows[-1], 0)
        for r in t.rows:
            r.cells[1] = (100 * figure(r, 0) / whole).quantize(Decimal("0.1"))
    return Planted([named(table)], [row.label], [], [], "")


@slip("priser")
def share_wrong(site: Site) -> Planted:
    table = site.table("share")
    row = table.rows[site.rng.randint(0, 3)]
    row.cells[1] = figure(row, 1) + site.one([Decimal("6.0"), Decimal("9.0")])
    return Planted([named(table)], [row.label, table.rows[-1].label], [], [], "")


@slip("reduktion", "sparekatalog", "forslagsark", "bemaerkninger", "investering", "sagsfremstilling")
def year_repeated(site: Site) -> Planted:
    table, at = header_year(site)
    before = table.columns[at - 1]
    table.columns[at].name = table.columns[at].name.replace(str(table.columns[at].year), str(before.year))
    return Planted([named(table)], [], [], ["year_header"], "")


@slip("reduktion", "sparekatalog", "forslagsark", "investering", "sagsfremstilling")
def year_skipped(site: Site) -> Planted:
    """The last year of a header is a year too late."""
    table, at = header_year(site, last=True)
    year = table.columns[at].year or 0
    table.columns[at].name = table.columns[at].name.replace(str(year), str(year + 1))
    return Planted([named(table)], [], [], ["year_header"], "")


def header_year(site: Site, *, last: bool = False) -> tuple[Table, int]:
    offers = []
    for t in site.tables():
        years = [i for i, c in enumerate(t.columns) if c.make == "years" and c.year and str(c.year) in c.name]
        if len(years) >= 3 and t.measure == "DKK":
            offers += [(t, i) for i in (years[-1:] if last else years[1:])]
    return site.one(offers)


@slip("investering", "udvalgstabeller")
def header_a_year_late(site: Site) -> Planted:
    """One table's years begin a year late, its figures are those of the other tables."""
    table = site.one(site.tables("recurring", "net"))
    for c in table.columns:
        if c.year:
            c.name = str(c.year + 1)
    return Planted(
        [named(t) for t in site.tables() if t is table or t.name in ("summary", "gross", "operations")],
        [],
        [],
        [],
        r"year|late|shift|mov",
    )


@slip("investering", "udvalgstabeller")
def price_level_of_one_table(site: Site) -> Planted:
    table = site.one(site.tables()[1:])
    level = table.price_level or 0
    table.corner = table.corner.replace(f"{level} p/l", f"{level - 1} p/l")
    return Planted([named(table)], [], [], ["price_level"], "")


@slip("investering", "udvalgstabeller")
def unit_of_one_table(site: Site) -> Planted:
    """A table of thousands is headed kroner."""
    table = site.one(site.tables()[1:])
    table.corner = re.sub(r"^(1\.000 kr\.|t\.kr\.)", "kr.", table.corner)
    return Planted([named(t) for t in site.tables()], [], [], [], r"1[.,]?000|thousand|unit|factor")


@slip("anlaegsregnskab", "overfoersel", "udvalgspunkt")
def columns_exchanged(site: Site) -> Planted:
    """Budget and accounts of one row stand in each other's column; the deviation is that of the right order."""
    table, column = followed(site, "sum", difference=True)
    figures = [i for i, c in enumerate(table.columns) if c.kind != "text"]
    a, b = (figures[at - 1] for _, at in table.columns[column].terms[:2])
    offers = [
        r
        for r in table.rows
        if r.role == "detail" and isinstance(r.cells[a], Decimal) and abs(figure(r, a) - figure(r, b)) > 40
    ]
    row = site.one(offers)
    if len([r for r in table.rows if r.role == "detail"]) < 2:
        raise NoRoomError
    row.cells[a], row.cells[b] = row.cells[b], row.cells[a]
    totals = [r.label for r in table.rows if r.parts]
    return Planted(
        [named(table)], [row.label, *totals], year_of(table.columns, a, b), [], r"column|swap|exchang|sign|each other"
    )
