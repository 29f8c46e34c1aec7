"""The figures of a table: details drawn, all else computed from them, so that it adds up as printed."""

from __future__ import annotations

from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from typing import Any

from bench.foundry.columns import Shaped
from bench.foundry.context import Context
from bench.foundry.family import TableSpec
from bench.foundry.rows import Plan


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
