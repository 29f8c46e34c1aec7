"""Slips between tables, and between a table and the sentences beside it."""

from __future__ import annotations

import re
from decimal import Decimal
from itertools import pairwise

from bench.foundry.linked import danish
from bench.foundry.model import Line, Row, Table
from bench.foundry.slips.plant import NoRoomError, Planted, Site, big, figure, named, slip, take, year_of

SUMMARY = "Forslagets samlede økonomi"


def twin(table: Table, label: str) -> Row:
    """The row of a table with this label."""
    found = [r for r in table.rows if r.label == label]
    if not found:
        raise NoRoomError
    return found[0]


def detail_of(site: Site) -> tuple[Table, Table, Row, Row]:
    """The summary, a detailed table, and one line in both."""
    summary = site.table("summary")
    table = site.one(site.tables("recurring", "service", "capital"))
    row = site.one([r for r in table.rows if r.role == "detail" and big(table, r, site.columns(table))])
    return summary, table, twin(summary, row.label), row


def recount(table: Table) -> None:
    """Computes every sum of the table again."""
    for _ in range(3):
        for row in table.rows:
            for i, c in enumerate(table.columns):
                if row.parts and c.kind == "figure":
                    row.cells[i] = sum(
                        (x for p in row.parts if isinstance(x := table.rows[p].cells[i], Decimal)), Decimal(0)
                    )


def both(summary: Table, table: Table) -> list[str]:
    return [named(summary), named(table)]


@slip("investering")
def summary_line_has_an_old_figure(site: Site) -> Planted:
    """The detailed table was corrected in one year; the summary and its sums are the old ones."""
    summary, table, _, row = detail_of(site)
    column = site.one(big(table, row, site.columns(table)))
    row.cells[column] = figure(row, column) + site.one([130, 240, -170])
    recount(table)
    return Planted(both(summary, table), [row.label, table.rows[-1].label], year_of(table.columns, column), [], "")


@slip("investering")
def summary_line_is_old_every_year(site: Site) -> Planted:
    summary, table, _, row = detail_of(site)
    columns = big(table, row, site.columns(table))
    for column in columns:
        row.cells[column] = (figure(row, column) * Decimal("1.21")).quantize(Decimal(1))
    recount(table)
    return Planted(both(summary, table), [row.label, table.rows[-1].label], [], [], "")


@slip("investering")
def summary_lines_exchanged(site: Site) -> Planted:
    """Two lines of the summary have each other's figures; all sums hold."""
    summary, table = site.table("summary"), site.table("recurring")
    rows = [twin(summary, r.label) for r in table.rows if r.role == "detail"]
    offers = [
        (a, b)
        for n, a in enumerate(rows)
        for b in rows[n + 1 :]
        if a.cells != b.cells and figure(a, 5) * figure(b, 5) > 0
    ]
    a, b = site.one(offers)
    a.cells[1:], b.cells[1:] = b.cells[1:], a.cells[1:]
    return Planted(both(summary, table), [a.label, b.label], [], [], r"swap|exchang|each other|cross")


@slip("investering")
def line_not_in_the_detailed_table(site: Site) -> Planted:
    """A line of the summary was forgotten in the detailed table, and in its total."""
    summary = site.table("summary")
    table = site.one([t for t in site.tables("recurring", "service", "capital") if len(t.rows) > 3])
    at = site.one([i for i, r in enumerate(table.rows) if r.role == "detail"])
    label = table.rows[at].label
    take(table, at)
    recount(table)
    return Planted(
        both(summary, table),
        [label, table.rows[-1].label],
        [],
        [],
        r"miss|lack|absent|not (in|there|found)|left out|line",
    )


@slip("investering")
def costs_leave_capital_out(site: Site) -> Planted:
    """The summary's total of costs has only the service lines, and the bottom line follows it."""
    summary, capital = site.table("summary"), site.table("capital")
    cost = twin(summary, "Samlede implementeringsomkostninger")
    cost.parts = [p for p in cost.parts if summary.rows[p].cells[0] == "Service"]
    recount(summary)
    return Planted(
        both(summary, capital),
        [cost.label, capital.rows[-1].label, *(r.label for r in capital.rows)],
        [],
        [],
        r"miss|left out|leaves out|not (counted|included|in)|omit|without",
    )


@slip("investering")
def bottom_line_subtracts(site: Site) -> Planted:
    """Change minus cost instead of change plus cost."""
    summary = site.table("summary")
    a, b = twin(summary, "Samlet varig ændring"), twin(summary, "Samlede implementeringsomkostninger")
    bottom = twin(summary, "Samlet økonomisk påvirkning")
    for i in range(1, len(summary.columns)):
        bottom.cells[i] = figure(a, i) - figure(b, i)
    return Planted(
        [named(summary)], [bottom.label, a.label, b.label, "Tilbagebetalingstid"], [], [], r"sign|subtract|minus"
    )


@slip("investering")
def payback_wrong(site: Site) -> Planted:
    row = twin(site.table("summary"), "Tilbagebetalingstid")
    row.cells[1] = figure(row, 1) + site.one([2, 3, 4])
    return Planted([named(site.table("summary"))], [row.label], [], ["payback"], "")


@slip("investering")
def service_table_of_capital_lines(site: Site) -> Planted:
    """The summary has the lines of the service table as capital."""
    summary, table = site.table("summary"), site.table("service")
    for r in table.rows[:-1]:
        twin(summary, r.label).cells[0] = "Anlæg"
    return Planted(both(summary, table), [], [], ["label", "cross_table"], "")


@slip("investering")
def total_of_detail_differs_from_summary(site: Site) -> Planted:
    """The detailed table's total repeats another year's figure."""
    summary, table = site.table("summary"), site.table("recurring")
    total, columns = table.rows[-1], site.columns(table)
    offers = [(a, b) for a, b in pairwise(columns) if abs(figure(total, a) - figure(total, b)) > 5]
    before, column = site.one(offers)
    total.cells[column] = total.cells[before]
    return Planted(
        both(summary, table), [total.label], year_of(table.columns, column), [], r"year|column|repeat|cop|neighbo"
    )


@slip("udvalgstabeller")
def gross_table_is_net(site: Site) -> Planted:
    """The table headed gross repeats the net figures."""
    net, gross = site.table("net"), site.table("gross")
    for a, b in zip(gross.rows, net.rows, strict=True):
        a.cells = list(b.cells)
    return Planted([named(t) for t in site.tables()], [], [], ["committee"], "")


@slip("udvalgstabeller")
def committees_exchanged(site: Site) -> Planted:
    table = site.one(site.tables("net", "gross"))
    details = table.rows[:-1]
    a, b = site.one(
        [
            (x, y)
            for n, x in enumerate(details)
            for y in details[n + 1 :]
            if sum(abs(figure(x, i) - figure(y, i)) > 20 for i in range(4)) >= 2
        ]
    )
    a.cells, b.cells = b.cells, a.cells
    return Planted([named(t) for t in site.tables()], [a.label, b.label], [], [], r"swap|exchang|each other|cross")


@slip("udvalgstabeller")
def committee_figure_wrong_with_its_total(site: Site) -> Planted:
    table = site.one(site.tables())
    row = site.one([r for r in table.rows[:-1] if big(table, r, [2, 3])])
    column = site.one([2, 3])
    row.cells[column] = figure(row, column) + 200
    recount(table)
    return Planted(
        [named(t) for t in site.tables()], [row.label, table.rows[-1].label], year_of(table.columns, column), [], ""
    )


def catalogue_row(site: Site) -> tuple[Table, Row, Table]:
    listed = site.table("oversigt")
    at = site.rng.randrange(len(listed.rows) - 1)
    return listed, listed.rows[at], site.paper.cases[at + 1].tables()[0]


@slip("katalog")
def catalogue_figure_mistyped(site: Site) -> Planted:
    listed, row, own = catalogue_row(site)
    column = site.one(big(listed, row, site.columns(listed)))
    row.cells[column] = figure(row, column) + site.one([90, -170, 360])
    recount(listed)
    return Planted(
        [named(listed), named(own)],
        [row.label, str(row.cells[0]), f"{row.label} {row.cells[0]}", listed.rows[-1].label, own.rows[-1].label],
        year_of(listed.columns, column),
        [],
        "",
    )


@slip("katalog")
def catalogue_sign_of_one_proposal(site: Site) -> Planted:
    listed, row, own = catalogue_row(site)
    row.cells = [-c if isinstance(c, Decimal) else c for c in row.cells]
    recount(listed)
    return Planted(
        [named(listed), named(own)],
        [row.label, str(row.cells[0]), f"{row.label} {row.cells[0]}", own.rows[-1].label],
        [],
        [],
        r"sign",
    )


@slip("katalog")
def catalogue_has_an_old_version(site: Site) -> Planted:
    """The proposal was changed in every year after the catalogue was made."""
    listed, row, own = catalogue_row(site)
    for i in site.columns(listed):
        row.cells[i] = (figure(row, i) * Decimal("1.3")).quantize(Decimal(1))
    recount(listed)
    return Planted(
        [named(listed), named(own)],
        [row.label, str(row.cells[0]), f"{row.label} {row.cells[0]}", own.rows[-1].label],
        [],
        [],
        "",
    )


@slip("katalog")
def catalogue_rows_exchanged(site: Site) -> Planted:
    listed = site.table("oversigt")
    rows = listed.rows[:-1]
    a, b = site.one(
        [(x, y) for n, x in enumerate(rows) for y in rows[n + 1 :] if abs(figure(x, 4) - figure(y, 4)) > 20]
    )
    a.cells[1:], b.cells[1:] = b.cells[1:], a.cells[1:]
    names = [n for r in (a, b) for n in (r.label, str(r.cells[0]), f"{r.label} {r.cells[0]}")]
    owns = [named(c.tables()[0]) for c in site.paper.cases[1:]]
    return Planted([named(listed), *owns], names, [], [], r"swap|exchang|each other|cross")


@slip("budgetaftale")
def two_breakdowns_differ(site: Site) -> Planted:
    """Changes by committee and by proposal have not the same total; each table adds up."""
    first, second = site.table("udvalg"), site.table("forslag")
    row = site.one([r for r in first.rows[:-1] if len(big(first, r, site.columns(first))) > 1])
    for i in site.columns(first):
        row.cells[i] = figure(row, i) + 200 * Decimal(1).scaleb(-first.decimals)
    recount(first)
    return Planted([named(first), named(second)], [first.rows[-1].label, row.label], [], [], "")


def retold(site: Site, line: Line, pattern: str, new: str, rows: list[str], cause: str = "") -> Planted:
    """A sentence with one thing changed."""
    changed = re.sub(pattern, new, line.text, count=1)
    if changed == line.text:
        raise NoRoomError
    line.text = changed
    return Planted([], rows, [], ["text_amount", "text_year", "text_fte"], cause, changed)


def said(site: Site) -> tuple[Line, Line, Line]:
    """The three sentences of an investment proposal: in all, of a year, every year from one on."""
    return site.sentence("i alt afsat"), site.sentence("koster"), site.sentence("årligt")


@slip("investering")
def prose_total_wrong(site: Site) -> Planted:
    line = said(site)[0]
    return retold(site, line, r"[\d.]+(?= t\.kr)", "4.970", [])


@slip("investering")
def prose_year_amount_ten_times(site: Site) -> Planted:
    line = said(site)[1]
    amount = Decimal((re.search(r"([\d.]+) t\.kr", line.text) or [""])[0].split()[0].replace(".", ""))
    return retold(site, line, r"[\d.]+(?= t\.kr)", danish(amount * 10), [], r"ten|10|zero|digit|factor")


@slip("investering")
def prose_thousand_as_million(site: Site) -> Planted:
    """ "640 t.kr." became "640 mio. kr." """
    return retold(site, said(site)[1], r"t\.kr\.", "mio. kr.", [], r"1[.,]?000|thousand|unit|factor|mio")


@slip("investering")
def prose_year_wrong(site: Site) -> Planted:
    """The cost is said of a year in which the table has none."""
    line = said(site)[1]
    year = int((re.search(r"20\d\d", line.text) or ["0"])[0])
    return retold(site, line, str(year), str(year + 3), [], r"year")


@slip("investering")
def prose_saving_wrong(site: Site) -> Planted:
    line = said(site)[2]
    amount = Decimal((re.search(r"([\d.]+) t\.kr", line.text) or [""])[0].split()[0].replace(".", ""))
    return retold(site, line, r"[\d.]+(?= t\.kr)", danish(amount + 330), [])


@slip("investering")
def prose_about_twice_as_much(site: Site) -> Planted:
    """ "knap" something that is twice the figure."""
    line = said(site)[0]
    amount = Decimal((re.search(r"([\d.]+) t\.kr", line.text) or [""])[0].split()[0].replace(".", ""))
    return retold(site, line, r"[\d.]+(?= t\.kr)", f"knap {danish(amount * 2)}", [])


@slip("priser")
def prose_product_wrong(site: Site) -> Planted:
    """Number times price, all in one sentence, is not the amount said."""
    line = site.sentence("Der er regnet med")
    amount = Decimal((re.search(r"i alt ([\d.]+)", line.text) or ["", ""])[1].replace(".", ""))
    return retold(site, line, r"(?<=i alt )[\d.]+", danish(amount + 420), [])


@slip("priser")
def prose_number_wrong(site: Site) -> Planted:
    line = site.sentence("Der er regnet med")
    number = int((re.search(r"med (\d+)", line.text) or ["", "0"])[1])
    return retold(site, line, r"(?<=med )\d+", str(number + 25), [])
