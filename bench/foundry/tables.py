"""A table drawn from its spec: columns, rows, and figures that add up as printed."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.foundry.columns import Shaped, columns
from bench.foundry.context import Context
from bench.foundry.family import GridSpec, TableSpec, kept, words
from bench.foundry.figures import Figures
from bench.foundry.model import Cell, Column, Row, Table
from bench.foundry.rows import rows

#: 1 in the table's unit, in kroner, and the digits after the comma.
UNITS = {"t": (1000, 0), "mio": (1_000_000, 1), "kr": (1, 0)}


def draw(ctx: Context, name: str, spec: TableSpec) -> Table:
    """A table by its spec."""
    rng = ctx.rng
    fte = spec.measure != "DKK"
    offered = ctx.unit if ctx.unit in spec.units else spec.units[0]
    unit, decimals = (1, rng.choice([0, 1, 1])) if fte else UNITS[offered]
    decimals = decimals if spec.decimals is None else spec.decimals
    plans = rows(ctx, spec)
    every = [s for text in kept(rng, spec.columns) for s in columns(ctx, text)]
    shaped = [s for s in every if s.make != "id"]
    per = Decimal(1) if fte else Decimal(1000) / unit
    cells = Figures(ctx, spec, shaped, plans, step(rng, spec, offered, decimals), per).all()
    printed = [(p, c) for p, c in zip(plans, cells, strict=True) if p.role != "payback" or any(c)]
    table = Table(
        name,
        *captioned(ctx, spec),
        kind=spec.kind,
        kinds=list(spec.kinds),
        measure=spec.measure,
        unit=None if fte else unit,
        columns=[s.printed() for s in shaped],
        rows=[Row(p.label, p.role, c, list(p.parts)) for p, c in printed],
        decimals=decimals,
        dress=spec.dress,
        plus=spec.plus,
    )
    if fte:
        count_of_people(rng, table, spec)
    else:
        say_unit(ctx, table, spec, offered, ids=len(shaped) < len(every))
    if spec.marks and rng.random() < spec.marks:
        mark(rng, table)
    if spec.below_names:
        table.formula = [ctx.fill(name) for name in spec.below_names]
    elif rng.random() < spec.formula_row:
        table.formula = formulas(shaped)
    return table


def grid(ctx: Context, name: str, spec: GridSpec) -> Table:
    """A table of words alone, whose columns offer what may stand in them; it is no part of the truth."""
    heads = [ctx.fill(c).partition(":") for c in kept(ctx.rng, spec.columns)]
    labels = [ctx.fill(label) for label in kept(ctx.rng, spec.rows)]
    chosen = [in_order(ctx, offers.split("|"), len(labels), rises=head[0] == "<") for head, _, offers in heads]
    rows = [Row(label, "detail", [c[i] for c in chosen]) for i, label in enumerate(labels)]
    columns = [Column(head.lstrip("<"), "text", make="text") for head, _, _ in heads]
    return Table(name, "", "", ctx.fill(spec.caption), "", [], "", None, columns, rows, corner=spec.corner)


def in_order(ctx: Context, offers: list[str], count: int, *, rises: bool) -> list[Cell]:
    """`count` of the offers, as they come or, of dates, from the first to the last."""
    at = [ctx.rng.randrange(len(offers)) for _ in range(count)]
    return [offers[i] for i in (sorted(at) if rises else at)]


def count_of_people(rng: random.Random, table: Table, spec: TableSpec) -> None:
    """Says that a table counts årsværk, in its corner where its title does not."""
    table.corner = rng.choice(spec.corner)
    if spec.measure == "FTE" and "årsværk" not in f"{table.corner} {table.title}".casefold():
        table.corner = "Årsværk"


def say_unit(ctx: Context, table: Table, spec: TableSpec, offered: str, *, ids: bool) -> None:
    """Gives the table its unit's words and, in some draws, its price level."""
    money = ctx.rng.choice(spec.said or words()["units"][offered])
    level = ctx.level_words if ctx.price_level and ctx.rng.random() < spec.price else ""
    if level and spec.levels:
        level = ctx.rng.choice(spec.levels).replace("{pl}", str(ctx.price_level))
    table.price_level = ctx.price_level if level else None
    place_unit(ctx.rng, table, spec, money, level, ids)


def step(rng: random.Random, spec: TableSpec, offered: str, decimals: int) -> Decimal:
    """What the figures are rounded to, in the table's unit."""
    if spec.measure == "DKK" and offered == "t":
        return Decimal(rng.choice([1, 5, 10]))
    whole_thousands = offered == "kr" and not spec.fine
    return Decimal(1000) if whole_thousands else Decimal(1).scaleb(-decimals)


def captioned(ctx: Context, spec: TableSpec) -> tuple[str, str, str]:
    """Label, separator and title."""
    caption = ctx.rng.choice(spec.captions)
    if not caption:
        return "", "", ""
    ctx.number += 1
    label, separator, title = caption.split("|")
    return ctx.fill(label, n=str(ctx.number)), separator, ctx.fill(title)


def mark(rng: random.Random, table: Table) -> None:
    """Footnotes' marks after one or two labels."""
    details = [r for r in table.rows if r.role == "detail"]
    signs = rng.choice([(" 1)", " 2)"), ("*", "**"), ("¹", "²"), (" a)", " b)")])
    for at, sign in zip(sorted(rng.sample(range(len(details)), min(2, len(details)))), signs, strict=False):
        details[at].mark = sign


def place_unit(rng: random.Random, table: Table, spec: TableSpec, money: str, level: str, ids: bool) -> None:
    """Says the unit and the price level: in the corner, the caption, a line above or below, or over the years."""
    joined = f"{money}{rng.choice([', ', ' ', ' ('])}{level}" if level else money
    joined += ")" if " (" in joined else ""
    place = spec.unit_place or rng.choice(places(table))
    if ids and place == "corner":
        place = "above"
    head = [c for c in spec.corner if c]
    table.corner = rng.choice(head) if head else rng.choice(["", "", "Område", "Post"])
    if place == "corner":
        table.corner = joined[0].upper() + joined[1:] if rng.random() < 0.5 else joined
    elif place == "caption":
        table.title = f"{table.title} ({joined.replace(' (', ', ').replace(')', '')})"
    elif place == "above":
        table.above = rng.choice(["{}", "Beløb i {}", "({})"]).format(joined).replace("i i ", "i ")
    elif place == "below":
        said = rng.choice(["Beløb i {}.", "Tallene er i {}.", "Alle beløb er opgjort i {}."])
        table.below = said.format(joined.removesuffix("."))
    elif place == "span":
        table.span = joined


def places(table: Table) -> list[str]:
    """Where the table has room for its unit."""
    offers = ["corner", "corner", "corner", "above"]
    if table.title:
        offers.append("caption")
    if not any(c.top for c in table.columns) and len(table.columns) > 2 and table.columns[-2].year:
        offers.append("span")
    return offers


def formulas(shaped: list[Shaped]) -> list[str]:
    """The row "(1)" "(2)" "(3)=(1)+(2)" below the header."""
    signs = {1: "+", -1: "-"}
    out = []
    for number, s in enumerate(shaped, start=1):
        if s.make == "sum":
            said = "".join(f"{signs[sign]}({at})" for sign, at in s.terms).lstrip("+")
            out.append(f"({number})={said}")
        elif s.make == "percent":
            out.append(f"({number})=({s.terms[0][1]})/({s.terms[1][1]})")
        else:
            out.append(f"({number})")
    return out
