"""Slips in the sums of one table."""

from __future__ import annotations

from decimal import Decimal
from itertools import pairwise

from bench.foundry.model import Row, Table
from bench.foundry.slips.plant import NoRoomError, Planted, Site, big, figure, named, put, slip, take, year_of

#: Families whose tables have sums down the column.
SUMMED = (
    "reduktion",
    "sparekatalog",
    "driftsoenske",
    "anlaegsskema",
    "temaanalyse",
    "spoergsmaal",
    "bemaerkninger",
    "blokke",
    "budgetnotat",
    "investering",
)
GROUPED = ("forslagsark", "oversigt", "sagsfremstilling", "overfoersel")
TYPO = r"digit|typ|misprint|transpos|swap|figure"


def spot(site: Site, least: int = 2) -> tuple[Table, Row, Row, int, int]:
    """A table, a sum in it, a part of the sum, the part's index and a column where the part is large enough."""
    table, at = site.summed(least)
    offers = [(p, c) for p in table.rows[at].parts for c in big(table, table.rows[p], site.columns(table))]
    part, column = site.one(offers)
    return table, table.rows[at], table.rows[part], part, column


def typed(site: Site, change: str) -> Planted:
    """A detail mistyped: `change` says how."""
    table, total, row, _, column = spot(site)
    old = figure(row, column)
    digits = str(abs(old)).replace(".", "")
    new = {"swap": swapped, "other": other, "drop": dropped, "double": doubled}[change](site, digits)
    row.cells[column] = (Decimal(new).scaleb(-table.decimals)).copy_sign(old)
    words = {
        "swap": r"transpos|swap|exchang|digits",
        "other": TYPO,
        "drop": r"digit|drop|missing|lost",
        "double": r"digit|twice|doubl",
    }[change]
    return Planted([named(table)], [row.label, total.label], year_of(table.columns, column), [], words)


def swapped(site: Site, digits: str) -> str:
    offers = [i for i in range(len(digits) - 1) if digits[i] != digits[i + 1] and (i or digits[1] != "0")]
    i = site.one(offers)
    return digits[:i] + digits[i + 1] + digits[i] + digits[i + 2 :]


def other(site: Site, digits: str) -> str:
    i = site.rng.randrange(max(1, len(digits) - 1))
    new = site.one([d for d in "123456789" if abs(int(d) - int(digits[i])) >= 2])
    return digits[:i] + new + digits[i + 1 :]


def dropped(site: Site, digits: str) -> str:
    i = site.rng.randrange(len(digits))
    left = digits[:i] + digits[i + 1 :]
    if int(left or 0) == int(digits):
        raise NoRoomError
    return left


def doubled(site: Site, digits: str) -> str:
    i = site.rng.randrange(len(digits))
    return digits[: i + 1] + digits[i:]


@slip(*SUMMED)
def digits_swapped(site: Site) -> Planted:
    return typed(site, "swap")


@slip(*SUMMED)
def digit_mistyped(site: Site) -> Planted:
    return typed(site, "other")


@slip(*SUMMED)
def digit_dropped(site: Site) -> Planted:
    return typed(site, "drop")


@slip(*SUMMED)
def digit_doubled(site: Site) -> Planted:
    return typed(site, "double")


@slip(*SUMMED)
def zero_too_many(site: Site) -> Planted:
    table, total, row, _, column = spot(site)
    row.cells[column] = figure(row, column) * 10
    return Planted(
        [named(table)], [row.label, total.label], year_of(table.columns, column), [], r"ten|10|zero|digit|factor"
    )


@slip(*SUMMED)
def thousand_too_many(site: Site) -> Planted:
    table, total, row, _, column = spot(site)
    row.cells[column] = figure(row, column) * 1000
    return Planted(
        [named(table)], [row.label, total.label], year_of(table.columns, column), [], r"1[.,]?000|thousand|factor|unit"
    )


@slip(*SUMMED)
def row_in_kroner(site: Site) -> Planted:
    """A whole row in kroner in a table of thousands."""
    table, total, row, _, _ = spot(site)
    columns = site.columns(table)
    row.cells = [c * 1000 if i in columns and isinstance(c, Decimal) else c for i, c in enumerate(row.cells)]
    return Planted([named(table)], [row.label, total.label], [], [], r"1[.,]?000|thousand|factor|unit")


@slip(*SUMMED)
def sign_of_one_figure(site: Site) -> Planted:
    table, total, row, _, column = spot(site)
    row.cells[column] = -figure(row, column)
    return Planted([named(table)], [row.label, total.label], year_of(table.columns, column), [], r"sign")


@slip(*SUMMED)
def sign_of_a_row(site: Site) -> Planted:
    table, total, row, _, _ = spot(site)
    row.cells = [-c if isinstance(c, Decimal) else c for c in row.cells]
    return Planted([named(table)], [row.label, total.label], [], [], r"sign")


@slip(*SUMMED)
def total_mistyped(site: Site) -> Planted:
    table, at = site.summed()
    total = table.rows[at]
    column = site.one(big(table, total, site.columns(table)))
    new = Decimal(other(site, str(abs(figure(total, column))).replace(".", ""))).scaleb(-table.decimals)
    total.cells[column] = new.copy_sign(figure(total, column))
    return Planted([named(table)], [total.label], year_of(table.columns, column), [], "")


@slip(*SUMMED)
def total_of_one_year_leaves_a_line_out(site: Site) -> Planted:
    table, total, row, _, column = spot(site, 3)
    total.cells[column] = figure(total, column) - figure(row, column)
    return Planted(
        [named(table)],
        [row.label, total.label],
        year_of(table.columns, column),
        [],
        r"miss|left out|leaves out|not (counted|included|in)|omit|without",
    )


@slip(*SUMMED)
def range_one_row_short(site: Site) -> Planted:
    """The total of every year leaves out the row nearest to it."""
    table, at = site.summed(3)
    total = table.rows[at]
    return left_out(site, table, total, table.rows[max(total.parts, key=lambda p: (p < at, p if p < at else -p))])


@slip(*SUMMED)
def total_leaves_a_line_out_every_year(site: Site) -> Planted:
    table, total, row, _, _ = spot(site, 3)
    return left_out(site, table, total, row)


def left_out(site: Site, table: Table, total: Row, row: Row) -> Planted:
    columns = big(table, row, site.columns(table))
    if len(columns) < 2:
        raise NoRoomError
    for i in site.columns(table):
        if isinstance(row.cells[i], Decimal):
            total.cells[i] = figure(total, i) - figure(row, i)
    return Planted(
        [named(table)],
        [row.label, total.label],
        [],
        [],
        r"miss|left out|leaves out|not (counted|included|in)|omit|without",
    )


@slip(*SUMMED)
def total_counts_a_line_twice(site: Site) -> Planted:
    table, total, row, _, _ = spot(site, 3)
    for i in site.columns(table):
        if isinstance(row.cells[i], Decimal):
            total.cells[i] = figure(total, i) + figure(row, i)
    return Planted([named(table)], [row.label, total.label], [], [], r"twice|double")


@slip(*SUMMED)
def line_corrected_total_not(site: Site) -> Planted:
    """A line got new figures in every year; its total is the old one."""
    table, total, row, _, _ = spot(site)
    for i in big(table, row, site.columns(table)):
        step = Decimal(1).scaleb(-table.decimals)
        row.cells[i] = (figure(row, i) * Decimal("1.37")).quantize(step)
    return Planted(
        [named(table)], [row.label, total.label], [], [], r"stale|correct|updat|old|not follow|no (cause|explan)"
    )


@slip(*SUMMED)
def total_repeats_the_year_before(site: Site) -> Planted:
    table, at = site.summed()
    total, columns = table.rows[at], site.columns(table)
    offers = [(a, b) for a, b in pairwise(columns) if abs(figure(total, a) - figure(total, b)) > 5]
    before, column = site.one(offers)
    total.cells[column] = total.cells[before]
    return Planted([named(table)], [total.label], year_of(table.columns, column), [], r"year|column|repeat|cop|neighbo")


@slip(*SUMMED)
def total_with_wrong_sign(site: Site) -> Planted:
    table, at = site.summed()
    total = table.rows[at]
    if len(big(table, total, site.columns(table))) < 2:
        raise NoRoomError
    total.cells = [-c if isinstance(c, Decimal) else c for c in total.cells]
    return Planted([named(table)], [total.label], [], [], r"sign")


@slip(*SUMMED)
def row_printed_twice(site: Site) -> Planted:
    """A row is there twice, and the total counts it once."""
    table, total, row, part, _ = spot(site)
    again = Row(row.label, row.role, list(row.cells))
    put(table, part + 1, again)
    return Planted([named(table)], [row.label, total.label], [], [], r"twice|duplicat|double|same")


@slip(*SUMMED)
def row_lost(site: Site) -> Planted:
    """A row was deleted after the total was written."""
    table, total, row, part, _ = spot(site, 3)
    if len(big(table, row, site.columns(table))) < 2:
        raise NoRoomError
    take(table, part)
    return Planted([named(table)], [total.label], [], [], r"miss|lack|lost|line|part|no (cause|explan)")


@slip(*SUMMED)
def figure_a_column_off(site: Site) -> Planted:
    table, total, row, _, column = spot(site)
    columns = site.columns(table)
    to = columns[(columns.index(column) + 1) % len(columns)]
    moved = figure(row, column)
    if figure(row, to) == moved:
        raise NoRoomError
    row.cells[column], row.cells[to] = row.cells[to], moved
    return Planted(
        [named(table)],
        [row.label, total.label],
        year_of(table.columns, column, to),
        [],
        r"column|year|mov|shift|swap|exchang",
    )


@slip(*SUMMED)
def row_a_year_late(site: Site) -> Planted:
    """All figures of a row one year to the right."""
    table, total, row, _, _ = spot(site)
    columns = [i for i in site.columns(table) if table.columns[i].year]
    if len(columns) < 3:
        raise NoRoomError
    old = [figure(row, i) for i in columns]
    new = [Decimal(0), *old[:-1]]
    if sum(abs(a - b) > 5 for a, b in zip(old, new, strict=True)) < 1:
        raise NoRoomError
    for i, c in zip(columns, new, strict=True):
        row.cells[i] = c
    return Planted([named(table)], [row.label, total.label], [], [], r"year|column|mov|shift|late")


@slip("reduktion", "bemaerkninger", "anlaegsskema", "spoergsmaal")
def four_slips_in_a_table(site: Site) -> Planted:
    table, at = site.summed(3)
    total = table.rows[at]
    spots = [(p, c) for p in total.parts for c in big(table, table.rows[p], site.columns(table))]
    columns = {c for _, c in spots}
    if len(columns) < 3:
        raise NoRoomError
    touched = []
    for column in sorted(columns)[:4]:
        part = site.one([p for p, c in spots if c == column])
        row = table.rows[part]
        row.cells[column] = figure(row, column) + site.one([30, 40, 70, 90]) * Decimal(1).scaleb(-table.decimals)
        touched.append(row.label)
    return Planted([named(table)], [*touched, total.label], [], [], "")


@slip("driftsoenske", "opfoelgning", "forslagsark", "bemaerkninger", "udvalgspunkt")
def income_added_as_cost(site: Site) -> Planted:
    """The total counts a negative line as positive."""
    table, at = site.summed(2)
    total = table.rows[at]
    row = table.rows[
        site.one(
            [
                p
                for p in total.parts
                if all(
                    isinstance(table.rows[p].cells[i], Decimal) and figure(table.rows[p], i) < 0
                    for i in site.columns(table)
                )
            ]
        )
    ]
    for i in site.columns(table):
        total.cells[i] = figure(total, i) - 2 * figure(row, i)
    return Planted([named(table)], [row.label, total.label], [], [], r"sign|twice|double")


@slip(*GROUPED)
def total_counts_details_and_subtotals(site: Site) -> Planted:
    table = site.one(
        [t for t in site.tables() if any(r.role == "total" and any(t.rows[p].parts for p in r.parts) for r in t.rows)]
    )
    total = next(r for r in table.rows if r.role == "total" and r.parts)
    if not big(table, total, site.columns(table)):
        raise NoRoomError
    total.cells = [
        c * 2 if i in site.columns(table) and isinstance(c, Decimal) else c for i, c in enumerate(total.cells)
    ]
    return Planted([named(table)], [total.label], [], [], r"twice|double")


@slip(*GROUPED)
def total_leaves_a_group_out(site: Site) -> Planted:
    offers = [
        (t, r, t.rows[p])
        for t in site.tables()
        for r in t.rows
        if r.role == "total"
        for p in r.parts
        if t.rows[p].parts and len(r.parts) > 1
    ]
    table, total, row = site.one(offers)
    return left_out(site, table, total, row)


@slip(*GROUPED)
def subtotal_leaves_a_line_out(site: Site) -> Planted:
    """The subtotal is wrong, and what is built on it follows it."""
    offers = [(t, i) for t in site.tables() for i, r in enumerate(t.rows) if r.role == "subtotal" and len(r.parts) > 1]
    table, at = site.one(offers)
    row = table.rows[site.one(table.rows[at].parts)]
    if len(big(table, row, site.columns(table))) < 2:
        raise NoRoomError
    above = [r for r in table.rows if at in r.parts]
    for i in site.columns(table):
        for r in (table.rows[at], *above):
            r.cells[i] = figure(r, i) - figure(row, i)
    return Planted(
        [named(table)],
        [row.label, table.rows[at].label],
        [],
        [],
        r"miss|left out|leaves out|not (counted|included|in)|omit|without",
    )


@slip("driftsoenske", "hovedoversigt")
def part_larger_than_its_whole(site: Site) -> Planted:
    offers = []
    for t in site.tables():
        for i, r in enumerate(t.rows):
            if r.role == "memo" and i and t.rows[i - 1].role == "detail":
                offers += [
                    (t, r, t.rows[i - 1], c)
                    for c in big(t, t.rows[i - 1], site.columns(t))
                    if isinstance(r.cells[c], Decimal)
                ]
    table, memo, parent, column = site.one(offers)
    memo.cells[column] = figure(parent, column) + figure(memo, column)
    return Planted(
        [named(table)],
        [memo.label, parent.label],
        year_of(table.columns, column),
        [],
        r"heraf|of which|part|whole|more than|larger|exceed",
    )


@slip("saldo")
def running_sum_wrong(site: Site) -> Planted:
    table = site.table("flow")
    row = table.rows[-1]
    column = site.rng.randint(1, 2)
    row.cells[column] = figure(row, column) + 100
    return Planted([named(table)], [row.label], year_of(table.columns, column, column + 1), [], "")


@slip("saldo")
def primo_is_not_last_ultimo(site: Site) -> Planted:
    """A year begins with another balance than the one before ended with; its own column adds up."""
    table = site.table("saldo")
    column = site.rng.randint(1, 3)
    for at in (0, 3):
        table.rows[at].cells[column] = figure(table.rows[at], column) + 250
    return Planted(
        [named(table)],
        [table.rows[0].label, table.rows[3].label],
        year_of(table.columns, column - 1, column),
        [],
        r"primo|ultimo|opening|closing|balance|carr",
    )


@slip("saldo")
def ultimo_wrong(site: Site) -> Planted:
    table = site.table("saldo")
    column = site.rng.randint(0, 3)
    row = table.rows[3]
    row.cells[column] = figure(row, column) + 310
    return Planted(
        [named(table)], [row.label, table.rows[0].label], year_of(table.columns, column, min(3, column + 1)), [], ""
    )
