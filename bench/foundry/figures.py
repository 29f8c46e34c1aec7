"""The figures of a table: details drawn, all else computed from them, so that it adds up as printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from itertools import accumulate
from typing import Any

from bench.foundry.columns import Shaped
from bench.foundry.context import Context
from bench.foundry.family import TableSpec
from bench.foundry.rows import Plan

#: Roles of rows without figures of their own, and of those that are filled before any sum.
EMPTY = ("section", "remark")
DRAWN = ("detail", "memo", *EMPTY)

#: What a year's money is worth less than that of the year before.
DISCOUNT = Decimal("1.035")


def payback(effect: list[Decimal]) -> int:
    """The year, from 1, in which the running sum is 0 or less after having been above 0; 0 where that never is."""
    running, above = Decimal(0), False
    for year in range(1, 40):
        running += effect[min(year, len(effect)) - 1]
        above = above or running > 0
        if above and running <= 0:
            return year
    return 0


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
        grid: list[list[Any]] = [self.detail(p) if p.role in DRAWN else [] for p in self.plans]
        for index, plan in enumerate(self.plans):
            if plan.against:
                made_up = self.summed([grid[i] for i in plan.against], plan)
                grid[index] = [-c if isinstance(c, Decimal) else c for c in made_up]
            if plan.role == "detail":
                self.chained(grid, index)
                self.derive(grid[index], plan)
        for index in sorted(range(len(self.plans)), key=lambda i: self.depth(i)):
            if self.plans[index].parts:
                grid[index] = self.summed([grid[i] for i in self.plans[index].parts], self.plans[index])
        for index, plan in enumerate(self.plans):
            if plan.follows:
                grid[index] = self.reckoned(grid[plan.of], plan.follows)
            elif plan.role == "memo":
                grid[index] = self.memo(grid[plan.of])
            self.derive(grid[index], plan)
        self.shares(grid)
        return grid

    def chained(self, grid: list[list[Any]], index: int) -> None:
        """Fills the columns that begin where the row before ended."""
        chained = [at for at, s in enumerate(self.shaped) if s.make == "chain"]
        for at in chained:
            before = grid[index - 1][self.figure_at[self.shaped[at].terms[0][1] - 1]] if index else None
            grid[index][at] = self.round(self.size()) if before is None else before

    def reckoned(self, total: list[Any], follows: str) -> list[Any]:
        """What follows from a total over its years: the running sum, the worth today, or the years until it is paid."""
        years = [i for i, s in enumerate(self.shaped) if s.make == "years"]
        effect = [total[i] for i in years]
        cells: list[Any] = ["" if s.column.kind == "text" else None for s in self.shaped]
        if follows == "acc":
            for at, value in zip(years, accumulate(effect), strict=True):
                cells[at] = value
        elif follows == "npv":
            worth = (value / DISCOUNT**turn for turn, value in enumerate(effect))
            cells[years[0]] = self.round(sum(worth, Decimal(0)))
        else:
            cells[years[0]] = Decimal(paid) if 0 < (paid := payback(effect)) <= len(years) else None
        return cells

    def shares(self, grid: list[list[Any]]) -> None:
        """Fills the columns that are shares of a column's total."""
        total = next((i for i, p in enumerate(self.plans) if p.role == "total"), None)
        for at, s in enumerate(self.shaped):
            of = self.figure_at[s.terms[0][1] - 1] if s.make == "share" else None
            whole = grid[total][of] if of is not None and total is not None else None
            for cells in grid if whole else []:
                if of is not None and isinstance(cells[of], Decimal):
                    cells[at] = (100 * cells[of] / whole).quantize(Decimal("0.1"), ROUND_HALF_UP)

    def depth(self, index: int) -> int:
        return 1 + max((self.depth(i) for i in self.plans[index].parts), default=0)

    def round(self, value: float | Decimal) -> Decimal:
        return (Decimal(value) / self.quantum).quantize(Decimal(1), ROUND_HALF_UP) * self.quantum

    def size(self) -> float:
        low, high = self.spec.scale
        return float(low * (high / low) ** self.rng.random()) * float(self.per)

    def detail(self, plan: Plan) -> list[Any]:
        if plan.role in EMPTY:
            return [None] * len(self.shaped)
        rng = self.rng
        base = self.size() * plan.weight * (plan.sign or rng.choice([-1, 1]))
        years = [i for i, s in enumerate(self.shaped) if s.make == "years"]
        course = dict(zip(years, self.course(base, len(years), plan.shape or self.spec.shape), strict=True))
        if plan.figures:
            course = dict(zip(years, plan.figures, strict=True))
        cells: list[Any] = []
        words = "" if any(s.make == "name" for s in self.shaped) else plan.words
        for at, s in enumerate(self.shaped):
            if s.make == "name":
                cells.append(plan.words)
            elif s.make == "text":
                cells.append(words or rng.choice(s.offers))
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
        if ".." in ratio:  # a number of things, whole
            low, _, high = ratio.partition("..")
            return Decimal(rng.randint(int(low), int(high)))
        if ratio == "fte":
            return Decimal(rng.randint(1, 12))
        if ratio == "0":  # a yearly pay, in 1.000 kr.
            return Decimal(rng.randint(42, 62) * 10)
        if not ratio:
            return self.round(base)
        if ratio.startswith("!"):
            return self.round(self.round(base) * Decimal(ratio[1:]))
        if ratio.startswith("±"):
            return self.round(base * float(ratio[1:]) * rng.choice([-1, 0, 1, 1]) * rng.uniform(0.5, 1.5))
        return self.round(base * float(ratio) * rng.uniform(0.9, 1.1))

    def course(self, base: float, count: int, shape: str) -> list[Decimal]:
        rng = self.rng
        if shape == "early":
            return [self.round(base * rng.uniform(0.4, 1)) if i < self.once else Decimal(0) for i in range(count)]
        if shape == "late":
            return [self.round(base) if i >= self.once else Decimal(0) for i in range(count)]
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
        if plan.role in EMPTY:
            return
        for at, s in enumerate(self.shaped):
            got = [cells[self.figure_at[n - 1]] for _, n in s.terms]
            if s.make in FOLLOWING and all(g is not None for g in got):
                cells[at] = FOLLOWING[s.make](self, cells, plan, s, got)
        if plan.only:
            keep = self.figure_at[plan.only - 1]
            cells[:] = [
                c if i == keep else None if self.shaped[i].column.kind != "text" else "" for i, c in enumerate(cells)
            ]

    def sum_of(self, cells: list[Any], plan: Plan, s: Shaped, got: list[Any]) -> Any:
        return sum((sign * g for (sign, _), g in zip(s.terms, got, strict=True)), Decimal(0))

    def total_of(self, cells: list[Any], plan: Plan, s: Shaped, got: list[Any]) -> Any:
        years = [c for c, x in zip(cells, self.shaped, strict=True) if x.make == "years" and c is not None]
        return sum(years, Decimal(0)) if years else None

    def percent_of(self, cells: list[Any], plan: Plan, s: Shaped, got: list[Any]) -> Any:
        return (100 * got[0] / got[1]).quantize(Decimal("0.1"), ROUND_HALF_UP) if got[1] else None

    def product_of(self, cells: list[Any], plan: Plan, s: Shaped, got: list[Any]) -> Any:
        at = next(i for i, x in enumerate(self.shaped) if x is s)
        return self.product(cells, s) if plan.role == "detail" else cells[at]


#: Columns that follow from others, and how.
FOLLOWING: dict[str, Callable[[Figures, list[Any], Plan, Shaped, list[Any]], Any]] = {
    "sum": Figures.sum_of,
    "total": Figures.total_of,
    "percent": Figures.percent_of,
    "product": Figures.product_of,
}
