"""The columns of a table: years, words, free figures, and columns that follow from others."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.foundry.context import Context
from bench.foundry.family import areas, span
from bench.foundry.model import Column


@dataclass
class Shaped:
    """A column and how its figures come about."""

    column: Column
    make: str  # free, years, text, name, code, sum, percent, product, running, share, chain
    ratio: str = ""
    terms: list[tuple[int, int]] = field(default_factory=list)  # (sign, figure column from 1)
    offers: list[str] = field(default_factory=list)

    def printed(self) -> Column:
        """The column, knowing how it is made."""
        self.column.make, self.column.terms = self.make, tuple(self.terms)
        return self.column


def columns(ctx: Context, text: str) -> list[Shaped]:
    """The columns that one word of a spec stands for."""
    head, _, rest = text.partition(":")
    if head in YEARS:
        return YEARS[head](ctx, rest)
    head, _, rest = ctx.fill(text).partition(":")
    if head in WORDS:
        return WORDS[head](ctx, head, rest)
    return [following(head, rest)]


def worded(ctx: Context, head: str, rest: str) -> list[Shaped]:
    name, _, offers = rest.partition(":")
    return [Shaped(Column(name, "text"), head, offers=offers.split(",") if offers else areas()[ctx.area]["accounts"])]


def running_codes(ctx: Context, head: str, rest: str) -> list[Shaped]:
    return [Shaped(Column(rest.partition(":")[0], "text"), "id")]


def names_of_rows(ctx: Context, head: str, rest: str) -> list[Shaped]:
    return [Shaped(Column(rest, "text"), head)]


def of_another(ctx: Context, head: str, rest: str) -> list[Shaped]:
    """A share of a column's total, or what a column of the row before came to."""
    name, _, at = rest.partition(":")
    return [Shaped(Column(name, "percent" if head == "share" else "figure"), head, terms=[(1, int(at))])]


def freely(ctx: Context, head: str, rest: str) -> list[Shaped]:
    name, _, ratio = rest.partition(":")
    return [Shaped(Column(name, year=year_in(name)), "free", ratio)]


def under_one_word(ctx: Context, head: str, rest: str) -> list[Shaped]:
    top, _, names = rest.partition(":")
    year = year_in(top)
    made = []
    for name, _, ratio in (n.partition("*") for n in names.split(",")):
        if name.startswith("="):
            made.append(following(*name.split(":")))
        else:
            made.append(Shaped(Column(name), "free", ratio or ("-0.3" if name == "Indtægter" else "1")))
        made[-1].column.top, made[-1].column.year = top, year
    return made


def following(head: str, rest: str) -> Shaped:
    """A column that follows from others."""
    if head[0] == "x":
        return Shaped(Column(head[2:]), "product", terms=[(1, int(n)) for n in rest.split("*")])
    if head[0] == "%":
        return Shaped(Column(head[1:], "percent"), "percent", terms=[(1, int(n)) for n in rest.split("/")])
    if rest == "years":
        return Shaped(Column(head[1:]), "total")
    terms = [(-1 if sign == "-" else 1, int(at)) for sign, at in re.findall(r"([+-]?)(\d+)", rest)]
    return Shaped(Column(head[1:], year=year_in(head)), "sum", terms=terms)


def year_in(name: str) -> int | None:
    """The year that a column's name holds."""
    found = re.search(r"(?<!\d)20\d\d(?!\d)", name)
    return int(found[0]) if found else None


def plain_years(ctx: Context, rest: str) -> list[Shaped]:
    count = span(ctx.rng, rest)
    style = ctx.year_style
    names = [style.replace("{y}", str(ctx.year + i)) for i in range(count)]
    if style == "B{y}":
        names = [("B" if i == 0 else "BO") + str(ctx.year + i) for i in range(count)]
    return [Shaped(Column(n, year=ctx.year + i), "years") for i, n in enumerate(names)]


def named_years(ctx: Context, rest: str) -> list[Shaped]:
    """Years by names of the family's own: that of the first, and that of those after it."""
    count, _, names = rest.partition(":")
    first, _, later = names.partition("|")
    years = [ctx.year + i for i in range(span(ctx.rng, count))]
    said = [(first if year == ctx.year else later).replace("{y}", str(year)) for year in years]
    return [Shaped(Column(n, year=year), "years") for n, year in zip(said, years, strict=True)]


def wish_years(ctx: Context, rest: str) -> list[Shaped]:
    count = span(ctx.rng, rest)
    return [
        Shaped(Column(("B" if i == 0 else "BO") + str(ctx.year + i), year=ctx.year + i), "years") for i in range(count)
    ]


def forecast_years(ctx: Context, rest: str) -> list[Shaped]:
    count = span(ctx.rng, rest)
    kinds = ["B", "BF", *["BO"] * count]
    return [Shaped(Column(f"{kinds[i]}{ctx.year - 1 + i}", year=ctx.year - 1 + i), "years") for i in range(count)]


def relative_years(ctx: Context, rest: str) -> list[Shaped]:
    return [Shaped(Column(f"År {i + 1}"), "years") for i in range(span(ctx.rng, rest))]


def years_on(ctx: Context, rest: str) -> list[Shaped]:
    """Years of which the last stands for all that follow."""
    made = plain_years(ctx, rest)
    made[-1].column.name += ctx.rng.choice([" og frem", " ff.", " og følgende"])
    return made


def years_from_nil(ctx: Context, rest: str) -> list[Shaped]:
    return [Shaped(Column(f"År {i}"), "years") for i in range(span(ctx.rng, rest))]


def before(ctx: Context, rest: str) -> list[Shaped]:
    return [Shaped(Column(f"Før {ctx.year}"), "years")]


def after(ctx: Context, rest: str) -> list[Shaped]:
    return [Shaped(Column("Senere"), "years")]


YEARS: dict[str, Callable[[Context, str], list[Shaped]]] = {
    "years": plain_years,
    "named": named_years,
    "byears": wish_years,
    "fyears": forecast_years,
    "rel": relative_years,
    "rel0": years_from_nil,
    "onyears": years_on,
    "before": before,
    "after": after,
}

WORDS: dict[str, Callable[[Context, str, str], list[Shaped]]] = {
    "text": worded,
    "name": names_of_rows,
    "code": worded,
    "id": running_codes,
    "free": freely,
    "over": under_one_word,
    "share": of_another,
    "chain": of_another,
}
