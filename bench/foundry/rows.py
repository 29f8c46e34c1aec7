"""The rows of a table before they have figures, and what each total is the sum of."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from decimal import Decimal

from bench.foundry.context import Context
from bench.foundry.family import TableSpec, areas, kept, one, span


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
    against: list[int] = field(default_factory=list)  # details that this one makes up to nil
    shape: str = ""  # of its course over the years, where it is not the table's
    weight: float = 1  # its size, as a share of the table's usual size
    follows: str = ""  # what is reckoned from the total above: acc, npv, back


def rows(ctx: Context, spec: TableSpec) -> list[Plan]:
    """The rows of a spec, with what each total is the sum of."""
    plans = RowPlans(ctx)
    for text in kept(ctx.rng, spec.rows):
        plans.add(text)
    groups = ctx.rng.randint(*spec.groups) if spec.each else 0
    named = [ctx.fill(name) for name in spec.group_names]
    for area in [ctx.area, *ctx.others][:groups]:
        group = named.pop(0) if named else ctx.rng.choice(areas()[area]["committee" if groups > 1 else "policy"])
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
        mark = re.match(r"==|\^\^|[-+~]?@|[=^#(+\-~!$>&]|", text)
        kind = mark[0] if mark else ""
        label = self.ctx.fill(one(rng, text[len(kind) :]), group=group) if not kind.endswith("@") else text[len(kind) :]
        if kind.endswith("@"):
            self.stocked(label, {"-": -1, "~": 0}.get(kind[0], 1), area)
        elif kind == "#":
            self.close()
            self.plans.append(Plan(label, "section"))
        elif kind == ">":
            self.plans.append(Plan(label, "remark"))
        elif kind == "(":
            self.plans.append(
                Plan(label, "memo", of=len(self.plans) - 1 if self.plans[-1].role != "memo" else self.plans[-1].of)
            )
        elif kind in ("=", "^"):
            self.subtotal(label, ahead=kind == "^")
        elif kind in ("==", "^^"):
            self.total(label, ahead=kind == "^^")
        elif kind == "$":
            self.following(label)
        elif kind == "&":
            self.result(label)
        elif kind == "!":
            self.detail(Plan(label, "detail", against=[i for i, p in enumerate(self.plans) if p.role == "detail"]))
        else:
            self.detail(
                Plan(
                    label.lstrip("-+"),
                    "detail",
                    -1 if kind == "-" or label.startswith("-") else 0 if kind == "~" else 1,
                )
            )

    def following(self, text: str) -> None:
        """A row that is reckoned from the last total."""
        follows, _, label = text.partition(":")
        at = max(i for i, p in enumerate(self.plans) if p.role == "total")
        self.plans.append(Plan(label, "payback" if follows == "back" else "memo", of=at, follows=follows))

    def detail(self, plan: Plan) -> None:
        self.details.append(len(self.plans))
        self.plans.append(plan)

    def stocked(self, text: str, sign: int, area: str) -> None:
        ctx = self.ctx
        name, rest, shape = [*text.split(), "", ""][:3]
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
        free = [x for x in self.labels(name, area) if x.partition("|")[0] not in taken]
        count = span(ctx.rng, rest)
        if name in ctx.own:
            free = [free[i] for i in sorted(ctx.rng.sample(range(len(free)), min(count, len(free))))]
        for text in free[:count]:
            label, _, words = text.partition("|")
            plan = Plan(label, "detail", sign, words=words, area=area)
            if re.fullmatch(r"x[\d.]+", shape):
                plan.weight = float(shape[1:])
            else:
                plan.shape = shape
            self.detail(plan)

    def labels(self, name: str, area: str) -> list[str]:
        ctx = self.ctx
        if name == "groups":
            return [ctx.rng.choice(areas()[a]["committee"]) for a in [ctx.area, *ctx.others]]
        if name == "alltitles":
            return [t for a in [ctx.area, *ctx.others] for t in ctx.stock("titles", a)[:2]]
        if name == "past":
            return [str(ctx.year - 1 - back) for back in range(5, 0, -1)]
        if name == "ahead":
            return [str(ctx.year + on) for on in range(12)]
        if name in ctx.own:
            return [ctx.fill(label) for label in ctx.own[name]]
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

    def result(self, label: str) -> None:
        """What all above comes to; what follows is added to it."""
        self.close()
        self.plans.append(Plan(label, "subtotal", parts=list(self.tops)))
        self.tops = [len(self.plans) - 1]

    def done(self) -> list[Plan]:
        """The rows; a subtotal that got no lines becomes a detail."""
        self.close()
        if self.above is not None:
            self.plans[self.above].parts = list(self.tops)
        for plan in self.plans:
            if plan.role == "subtotal" and not plan.parts:
                plan.role, plan.sign = "detail", 1
        return self.plans
