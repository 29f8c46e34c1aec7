"""A table drawn from its spec: columns, rows, and figures that add up as printed."""

from __future__ import annotations

import random
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bench.foundry.family import TableSpec, areas, kept, one, span, words
from bench.foundry.model import Column, Row, Table

#: 1 in the table's unit, in kroner, and the digits after the comma.
UNITS = {"t": (1000, 0), "mio": (1_000_000, 1), "kr": (1, 0)}

#: Ratio of a figure to its row's first one, where a column does not say another.
ALIKE = 1.0


@dataclass
class Context:
    """What a case is about, and the words that fill its templates."""

    rng: random.Random
    names: dict[str, str]  # {committee}, {y1} …
    year: int  # the first budget year
    area: str
    unit: str  # t, mio, kr: the paper's choice where a table offers it
    price_level: int | None
    level_words: str
    year_style: str
    others: list[str] = field(default_factory=list)  # areas of other committees
    number: int = 0  # of tables so far
    proposals: list[tuple[str, str, list[Decimal]]] = field(default_factory=list)
    used_ids: int = 0

    def fill(self, text: str, **more: str) -> str:
        """A template with its words in place."""
        return text.format_map({**self.names, **more})

    def stock(self, name: str, area: str | None = None) -> list[str]:
        """Words of a stock, in random order."""
        chosen = list(areas()[area or self.area][name])
        self.rng.shuffle(chosen)
        return chosen


@dataclass
class Plan:
    """A row before it has figures."""

    label: str
    role: str
    sign: int = 0  # of a detail: 1, -1, or 0 for either
    parts: list[int] = field(default_factory=list)
    only: int = 0  # the one figure column (from 1) that a total fills; 0 for all
    words: str = ""  # of the text column
    of: int = -1  # a memo row's parent
    area: str = ""
    figures: list[Decimal] | None = None  # given beforehand


@dataclass
class Shaped:
    """A column and how its figures come about."""

    column: Column
    make: str  # free, years, text, code, sum, percent, product, running
    ratio: str = ""
    terms: list[tuple[int, int]] = field(default_factory=list)  # (sign, figure column from 1)
    offers: list[str] = field(default_factory=list)


def draw(ctx: Context, name: str, spec: TableSpec) -> Table:
    """A table by its spec."""
    rng = ctx.rng
    offered = ctx.unit if ctx.unit in spec.units else spec.units[0]
    unit, decimals = UNITS[offered]
    fte = spec.measure == "FTE"
    if fte:
        unit, decimals = 1, rng.choice([0, 1, 1])
    plans = rows(ctx, spec)
    shaped = [s for text in kept(rng, spec.columns) for s in columns(ctx, text)]
    for s in shaped:
        s.column.make, s.column.terms = s.make, tuple(s.terms)
    ids = any(s.make == "id" for s in shaped)
    shaped = [s for s in shaped if s.make != "id"]
    one_krone = offered == "kr" and not spec.fine
    quantum = Decimal(1).scaleb(-decimals) if not one_krone else Decimal(1000)
    if offered == "t" and not fte:
        quantum = Decimal(rng.choice([1, 5, 10]))
    figures = Figures(ctx, spec, shaped, plans, quantum, Decimal(1000) / unit if not fte else Decimal(1))
    cells = figures.all()
    made = [Row(p.label, p.role, c, list(p.parts)) for p, c in zip(plans, cells, strict=True)]
    caption = rng.choice(spec.captions)
    label, separator, title = caption.split("|") if caption else ("", "", "")
    if caption:
        ctx.number += 1
    label = label.replace("{n}", str(ctx.number))
    money = rng.choice(words()["units"][offered]) if not fte else ""
    level = ctx.level_words if not fte and ctx.price_level and rng.random() < spec.price else ""
    table = Table(
        name=name,
        label=label,
        separator=separator,
        title=ctx.fill(title),
        kind=spec.kind,
        kinds=list(spec.kinds),
        measure=spec.measure,
        unit=None if fte else unit,
        price_level=ctx.price_level if level else None,
        corner="",
        above="",
        span="",
        columns=[s.column for s in shaped],
        rows=made,
        decimals=decimals,
    )
    if fte:
        table.corner = rng.choice(spec.corner)
        if "årsværk" not in f"{table.corner} {table.title}".casefold():
            table.corner = "Årsværk"
    else:
        place_unit(rng, table, spec, money, level, ids)
    if spec.marks and rng.random() < spec.marks:
        mark(rng, table)
    if rng.random() < spec.formula_row:
        table.formula = formulas(shaped)
    return table


def mark(rng: random.Random, table: Table) -> None:
    """Footnotes' marks after one or two labels."""
    details = [r for r in table.rows if r.role == "detail"]
    signs = rng.choice([(" 1)", " 2)"), ("*", "**"), ("¹", "²"), (" a)", " b)")])
    for at, sign in zip(sorted(rng.sample(range(len(details)), min(2, len(details)))), signs, strict=False):
        details[at].mark = sign


def place_unit(rng: random.Random, table: Table, spec: TableSpec, money: str, level: str, ids: bool) -> None:
    """Says the unit and the price level somewhere: in the corner, the caption, a line above, or over the years."""
    joined = f"{money}{rng.choice([', ', ' ', ' ('])}{level}" if level else money
    joined += ")" if " (" in joined else ""
    places = ["corner", "corner", "corner", "above"]
    if table.title:
        places.append("caption")
    if not any(c.top for c in table.columns) and len(table.columns) > 2 and table.columns[-2].year:
        places.append("span")
    place = spec.unit_place or rng.choice(places)
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
    else:
        table.span = joined


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


def columns(ctx: Context, text: str) -> list[Shaped]:
    """The columns that one word of a spec stands for."""
    head, _, rest = text.partition(":")
    if head in YEARS:
        return YEARS[head](ctx, rest)
    text = ctx.fill(text)
    head, _, rest = text.partition(":")
    if head in ("text", "code"):
        name, _, offers = rest.partition(":")
        chosen = offers.split(",") if offers else areas()[ctx.area]["accounts"]
        return [Shaped(Column(name, "text"), head, offers=chosen)]
    if head == "id":
        return [Shaped(Column(rest.partition(":")[0], "text"), "id")]
    if head == "free":
        name, _, ratio = rest.partition(":")
        return [Shaped(Column(name, year=year_in(name)), "free", ratio)]
    if head == "over":
        top, _, names = rest.partition(":")
        return [
            Shaped(Column(n, top=top, year=year_in(top)), "free", "1" if n != "Indtægter" else "-0.3")
            for n in names.split(",")
        ]
    if text[0] == "x":
        factors = [(1, int(n)) for n in rest.split("*")]
        return [Shaped(Column(head[2:]), "product", terms=factors)]
    if text[0] == "%":
        over, under = rest.split("/")
        return [Shaped(Column(head[1:], "percent"), "percent", terms=[(1, int(over)), (1, int(under))])]
    if rest == "years":
        return [Shaped(Column(head[1:]), "total")]
    terms = [(-1 if sign == "-" else 1, int(at)) for sign, at in re.findall(r"([+-]?)(\d+)", rest)]
    return [Shaped(Column(head[1:], year=year_in(head)), "sum", terms=terms)]


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


def before(ctx: Context, rest: str) -> list[Shaped]:
    return [Shaped(Column(f"Før {ctx.year}"), "years")]


def after(ctx: Context, rest: str) -> list[Shaped]:
    return [Shaped(Column("Senere"), "years")]


YEARS: dict[str, Callable[[Context, str], list[Shaped]]] = {
    "years": plain_years,
    "byears": wish_years,
    "fyears": forecast_years,
    "rel": relative_years,
    "before": before,
    "after": after,
}


def rows(ctx: Context, spec: TableSpec) -> list[Plan]:
    """The rows of a spec, with what each total is the sum of."""
    plans = RowPlans(ctx)
    for text in kept(ctx.rng, spec.rows):
        plans.add(text)
    groups = ctx.rng.randint(*spec.groups) if spec.each else 0
    for area in [ctx.area, *ctx.others][:groups]:
        group = ctx.rng.choice(areas()[area]["committee" if groups > 1 else "policy"])
        for text in kept(ctx.rng, spec.each):
            plans.add(text, group, area)
    for text in spec.after:
        plans.add(text)
    return plans.done()


class RowPlans:
    """Rows in the making: which of them the open subtotals cover."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.plans: list[Plan] = []
        self.details: list[int] = []  # since the last subtotal or section
        self.tops: list[int] = []  # rows that the total is the sum of
        self.opened: int | None = None  # a subtotal above its lines
        self.above: int | None = None  # the total above all

    def add(self, text: str, group: str = "", area: str = "") -> None:
        """One word of a spec's rows."""
        rng = self.ctx.rng
        mark = re.match(r"==|\^\^|[-+~]?@|[=^#(+\-~]|", text)
        kind = mark[0] if mark else ""
        label = self.ctx.fill(one(rng, text[len(kind) :]), group=group) if not kind.endswith("@") else text[len(kind) :]
        if kind.endswith("@"):
            self.stocked(label, {"-": -1, "~": 0}.get(kind[0], 1), area)
        elif kind == "#":
            self.close()
            self.plans.append(Plan(label, "section"))
        elif kind == "(":
            self.plans.append(
                Plan(label, "memo", of=len(self.plans) - 1 if self.plans[-1].role != "memo" else self.plans[-1].of)
            )
        elif kind in ("=", "^"):
            self.subtotal(label, ahead=kind == "^")
        elif kind in ("==", "^^"):
            self.total(label, ahead=kind == "^^")
        else:
            self.detail(
                Plan(
                    label.lstrip("-+"),
                    "detail",
                    -1 if kind == "-" or label.startswith("-") else 0 if kind == "~" else 1,
                )
            )

    def detail(self, plan: Plan) -> None:
        self.details.append(len(self.plans))
        self.plans.append(plan)

    def stocked(self, text: str, sign: int, area: str) -> None:
        ctx = self.ctx
        name, _, rest = text.partition(" ")
        if name == "proposals":
            for code, title, figures in ctx.proposals:
                self.detail(Plan(code, "detail", words=title, figures=figures))
            return
        if name == "id":
            titles = ctx.stock("titles", area)
            for title in titles[: span(ctx.rng, rest)]:
                ctx.used_ids += 1
                self.detail(Plan(ctx.fill(ctx.names["idstyle"], i=f"{ctx.used_ids:02}"), "detail", -1, words=title))
            return
        taken = {p.label for p in self.plans}
        labels = self.labels(name, area)
        for label in [x for x in labels if x not in taken][: span(ctx.rng, rest)]:
            self.detail(Plan(label, "detail", sign, area=area))

    def labels(self, name: str, area: str) -> list[str]:
        ctx = self.ctx
        if name == "groups":
            return [ctx.rng.choice(areas()[a]["committee"]) for a in [ctx.area, *ctx.others]]
        if name == "alltitles":
            return [t for a in [ctx.area, *ctx.others] for t in ctx.stock("titles", a)[:2]]
        if name == "past":
            return [str(ctx.year - 1 - back) for back in range(5, 0, -1)]
        return ctx.stock(name, area)

    def close(self) -> None:
        """Ends a subtotal that stands above its lines, or leaves loose details to the total."""
        if self.opened is not None:
            self.plans[self.opened].parts = list(self.details)
            self.opened = None
        else:
            self.tops += self.details
        self.details = []

    def subtotal(self, label: str, *, ahead: bool) -> None:
        if ahead:
            self.close()
            self.opened = len(self.plans)
            self.tops.append(self.opened)
            self.plans.append(Plan(label, "subtotal"))
        else:
            self.tops.append(len(self.plans))
            self.plans.append(Plan(label, "subtotal", parts=list(self.details)))
            self.details = []

    def total(self, label: str, *, ahead: bool) -> None:
        label, _, only = label.partition(":")
        if ahead:
            self.above = len(self.plans)
            self.plans.append(Plan(label, "total"))
            return
        self.close()
        self.plans.append(Plan(label, "total", parts=list(self.tops), only=int(only or 0)))
        self.tops = []

    def done(self) -> list[Plan]:
        """The rows; a subtotal that got no lines becomes a detail."""
        self.close()
        if self.above is not None:
            self.plans[self.above].parts = list(self.tops)
        for plan in self.plans:
            if plan.role == "subtotal" and not plan.parts:
                plan.role, plan.sign = "detail", 1
        return self.plans


class Figures:
    """The figures of a table: details drawn, all else computed from them."""

    def __init__(
        self, ctx: Context, spec: TableSpec, shaped: list[Shaped], plans: list[Plan], quantum: Decimal, per: Decimal
    ) -> None:
        self.rng, self.spec, self.shaped, self.plans = ctx.rng, spec, shaped, plans
        self.quantum, self.per = quantum, per  # the smallest step, and the table's unit per 1.000 kr.
        self.figure_at = [i for i, s in enumerate(shaped) if s.column.kind != "text"]
        self.once = self.rng.randint(1, 2)
        self.first = self.rng.choice([Decimal(0), Decimal("0.25"), Decimal("0.5"), Decimal(1), Decimal(1)])

    def all(self) -> list[list[Any]]:
        """Cells row by row; sums come last, since a total may stand above its lines."""
        grid: list[list[Any]] = [self.detail(p) if p.role in ("detail", "section", "memo") else [] for p in self.plans]
        for index in sorted(range(len(self.plans)), key=lambda i: self.depth(i)):
            if self.plans[index].parts:
                grid[index] = self.summed([grid[i] for i in self.plans[index].parts], self.plans[index])
        for index, plan in enumerate(self.plans):
            if plan.role == "memo":
                grid[index] = self.memo(grid[plan.of])
            self.derive(grid[index], plan)
        return grid

    def depth(self, index: int) -> int:
        return 1 + max((self.depth(i) for i in self.plans[index].parts), default=0)

    def round(self, value: float | Decimal) -> Decimal:
        return (Decimal(value) / self.quantum).quantize(Decimal(1), ROUND_HALF_UP) * self.quantum

    def size(self) -> float:
        low, high = self.spec.scale
        return float(low * (high / low) ** self.rng.random()) * float(self.per)

    def detail(self, plan: Plan) -> list[Any]:
        if plan.role == "section":
            return [None] * len(self.shaped)
        rng = self.rng
        base = self.size() * (plan.sign or rng.choice([-1, 1]))
        years = [i for i, s in enumerate(self.shaped) if s.make == "years"]
        course = dict(zip(years, self.course(base, len(years)), strict=True))
        if plan.figures:
            course = dict(zip(years, plan.figures, strict=True))
        cells: list[Any] = []
        for at, s in enumerate(self.shaped):
            if s.make == "text":
                cells.append(plan.words or rng.choice(s.offers))
            elif s.make == "code":
                cells.append(rng.choice(s.offers))
            elif s.make == "years":
                cells.append(course[at])
            elif s.make == "free":
                cells.append(self.free(base, s.ratio))
            else:
                cells.append(None)
        return cells

    def free(self, base: float, ratio: str) -> Decimal:
        rng = self.rng
        if ratio == "fte":
            return Decimal(rng.randint(1, 12))
        if ratio == "0":  # a yearly pay, in 1.000 kr.
            return Decimal(rng.randint(42, 62) * 10)
        if not ratio:
            return self.round(base)
        if ratio.startswith("±"):
            return self.round(base * float(ratio[1:]) * rng.choice([-1, 0, 1, 1]) * rng.uniform(0.5, 1.5))
        return self.round(base * float(ratio) * rng.uniform(0.9, 1.1))

    def course(self, base: float, count: int) -> list[Decimal]:
        rng, shape = self.rng, self.spec.shape
        if shape == "once":
            start = rng.randrange(max(1, count - self.once))
            return [
                self.round(base * rng.uniform(0.4, 1)) if start <= i < start + self.once else Decimal(0)
                for i in range(count)
            ]
        if shape == "steady":
            return [self.round(base * rng.uniform(0.9, 1.1)) for _ in range(count)]
        full = self.round(base)
        late = self.round(base * rng.uniform(1, 1.6)) if rng.random() < 0.3 else full
        return [self.round(full * self.first), *[full] * (min(count, 2) - 1), *[late] * max(0, count - 2)][:count]

    def summed(self, parts: list[list[Any]], plan: Plan) -> list[Any]:
        out: list[Any] = []
        for at, s in enumerate(self.shaped):
            if s.column.kind == "text":
                out.append("")
            elif s.make in ("years", "free"):
                out.append(sum((p[at] for p in parts if isinstance(p[at], Decimal)), Decimal(0)))
            else:
                out.append(sum((self.product(p, s) for p in parts), Decimal(0)) if s.make == "product" else None)
        return out

    def product(self, cells: list[Any], s: Shaped) -> Decimal:
        found = Decimal(1)
        for _, at in s.terms:
            found *= cells[self.figure_at[at - 1]]
        return found

    def memo(self, parent: list[Any]) -> list[Any]:
        share = self.rng.uniform(0.1, 0.4)
        tops = any(s.column.top for s in self.shaped)
        out: list[Any] = []
        for cell, s in zip(parent, self.shaped, strict=True):
            blank = s.make not in ("years", "free") or (tops and s.column.name != "Indtægter")
            out.append(None if blank or cell is None else self.round(float(cell) * share))
        return out

    def derive(self, cells: list[Any], plan: Plan) -> None:
        """Fills the columns that follow from others."""
        if plan.role == "section":
            return
        for at, s in enumerate(self.shaped):
            got = [cells[self.figure_at[n - 1]] for _, n in s.terms]
            if any(g is None for g in got):
                continue
            if s.make == "sum":
                cells[at] = sum((sign * g for (sign, _), g in zip(s.terms, got, strict=True)), Decimal(0))
            elif s.make == "total":
                years = [c for c, x in zip(cells, self.shaped, strict=True) if x.make == "years" and c is not None]
                cells[at] = sum(years, Decimal(0)) if years else None
            elif s.make == "percent" and got[1]:
                cells[at] = (100 * got[0] / got[1]).quantize(Decimal("0.1"), ROUND_HALF_UP)
            elif s.make == "product" and plan.role == "detail":
                cells[at] = self.product(cells, s)
        if plan.only:
            keep = self.figure_at[plan.only - 1]
            cells[:] = [
                c if i == keep else None if self.shaped[i].column.kind != "text" else "" for i, c in enumerate(cells)
            ]
