"""Changes of a sound paper that leave it sound, each of a kind that checks are apt to stumble over."""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from decimal import ROUND_CEILING, ROUND_FLOOR, Decimal

from bench.foundry.linked import danish, lowered
from bench.foundry.model import Block, Column, Line, Paper, Row
from bench.foundry.slips.plant import NoRoomError, Site, figure, put

TWISTS: dict[str, tuple[Callable[[Site], None], str]] = {}


def twist(kind: str) -> Callable[[Callable[[Site], None]], Callable[[Site], None]]:
    """Registers a sound change of linked papers of a kind."""

    def register(made: Callable[[Site], None]) -> Callable[[Site], None]:
        TWISTS[made.__name__] = (made, kind)
        return made

    return register


def twisted(name: str, paper: Paper, seed: int) -> Paper:
    """A copy of the paper with the change."""
    changed = copy.deepcopy(paper)
    TWISTS[name][0](Site(changed, random.Random(f"{seed}/{name}/{paper.name}")))
    return changed


def add(site: Site, text: str) -> None:
    """A sentence after the paper's last."""
    site.paper.cases[0].blocks.append(Line("text", text))


def cost(site: Site) -> tuple[Row, int, Decimal, int]:
    """The first service cost, its first column, figure and year."""
    table = site.table("service")
    row = table.rows[0]
    return row, 0, figure(row, 0), table.columns[0].year or 0


@twist("investering")
def nearly(site: Site) -> None:
    row, _, value, year = cost(site)
    above = (value / 100).to_integral_value(ROUND_CEILING) * 100
    said = f"knap {danish(above)}" if above > value else f"ca. {danish(value)}"
    add(site, f"I {year} koster {lowered(row.label)} {said} t.kr.")


@twist("investering")
def a_good(site: Site) -> None:
    row, _, value, year = cost(site)
    below = (value / 100).to_integral_value(ROUND_FLOOR) * 100
    if below == value:
        raise NoRoomError
    add(site, f"Der er afsat godt {danish(below)} t.kr. til {lowered(row.label)} i {year}.")


@twist("investering")
def about_in_millions(site: Site) -> None:
    row, _, value, year = cost(site)
    millions = f"{value / 1000:.1f}".replace(".", ",")
    add(site, f"Udgiften til {lowered(row.label)} er rundt regnet {millions} mio. kr. i {year}.")


@twist("investering")
def at_most(site: Site) -> None:
    row, _, value, year = cost(site)
    add(site, f"{row.label} vil højst koste {danish(value + 150)} t.kr. i {year}.")


@twist("investering")
def without_the_proposal(site: Site) -> None:
    row, _, value, year = cost(site)
    add(site, f"Uden forslaget ville {lowered(row.label)} koste {danish(value * 2)} t.kr. i {year}.")


@twist("investering")
def in_kroner_with_dash(site: Site) -> None:
    row, _, value, year = cost(site)
    add(site, f"I {year} er der afsat {danish(value * 1000)},- til {lowered(row.label)}.")


@twist("investering")
def line_split_in_two(site: Site) -> None:
    """The detailed table has a line of the summary in two parts."""
    table = site.table("recurring")
    row = table.rows[0]
    half = [(figure(row, i) / 2).to_integral_value(ROUND_FLOOR) for i in range(len(row.cells))]
    rest = [figure(row, i) - h for i, h in enumerate(half)]
    put(table, 1, Row(f"{row.label}, syd", "detail", list(rest)))
    table.rows[-1].parts.append(1)
    row.label, row.cells = f"{row.label}, nord", list(half)


@twist("investering")
def summary_printed_again(site: Site) -> None:
    again = copy.deepcopy(site.table("summary"))
    again.label, again.title = "Tabel 5", "Forslagets samlede økonomi, gentaget"
    blocks: list[Block] = [*site.paper.cases[0].blocks, Line("heading", "Bilag"), again]
    site.paper.cases[0].blocks = blocks


@twist("investering")
def a_part_of_a_line(site: Site) -> None:
    table = site.table("recurring")
    half = [(figure(table.rows[0], i) / 2).to_integral_value(ROUND_FLOOR) for i in range(len(table.rows[0].cells))]
    put(table, 1, Row("heraf vikarer", "memo", list(half)))


@twist("investering")
def total_rounded_by_itself(site: Site) -> None:
    """The figures were rounded each for itself, and the total is one off in a year."""
    table = site.table("recurring")
    if len(table.rows) < 4:
        raise NoRoomError
    table.rows[-1].cells[3] = figure(table.rows[-1], 3) + 1


@twist("investering")
def years_with_a_gap(site: Site) -> None:
    """A table of some years only: the first, the third and the last."""
    table = site.table("recurring")
    keep = [0, 2, 5]
    table.columns = [table.columns[i] for i in keep]
    for row in table.rows:
        row.cells = [row.cells[i] for i in keep]


@twist("investering")
def another_price_level_said(site: Site) -> None:
    """An older table in its own price level, and words that say so."""
    old = copy.deepcopy(site.table("recurring"))
    level = old.price_level or 0
    old.label, old.title = "Tabel 5", f"Forslaget fra sidste år, i {level - 1} p/l"
    old.corner, old.price_level = old.corner.replace(f"{level} p/l", f"{level - 1} p/l"), level - 1
    for row in old.rows[:-1]:
        row.cells = [(figure(row, i) * Decimal("0.97")).quantize(Decimal(1)) for i in range(len(row.cells))]
    for i in range(len(old.columns)):
        old.rows[-1].cells[i] = sum((figure(r, i) for r in old.rows[:-1]), Decimal(0))
    site.paper.cases[0].blocks += [Line("text", f"Til sammenligning vises forslaget i {level - 1} p/l."), old]


@twist("investering")
def row_total_beside_years(site: Site) -> None:
    table = site.table("service")
    table.columns.append(Column("I alt"))
    for row in table.rows:
        row.cells.append(sum((figure(row, i) for i in range(len(row.cells))), Decimal(0)))


@twist("investering")
def until_and_with(site: Site) -> None:
    row, _, _, year = cost(site)
    add(site, f"{row.label} er afsluttet til og med {year + 1}.")


@twist("priser")
def dearer_than_elsewhere(site: Site) -> None:
    """An amount of another municipality's."""
    name = re.sub(r" .*", "", site.table("product").rows[0].label)
    add(site, f"I nabokommunen koster en plads i {lowered(name)} 999 t.kr. om året.")
