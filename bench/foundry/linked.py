"""Papers whose tables and sentences hang together, for planting slips: what one of them says, another repeats.

An investment proposal (summary, detailed tables, payback, prose), a form with committee tables A to C, a balance from
year to year, and a note of prices and numbers. They follow `docs/checks.md`; the wording is of made-up municipalities.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Sequence
from decimal import Decimal

from bench.foundry.family import areas, words
from bench.foundry.figures import payback
from bench.foundry.model import Block, Case, Cell, Column, Line, Numbers, Paper, Row, Table

#: Years of an investment proposal's tables.
YEARS = 6

Grid = list[list[Decimal]]


def total(rows: Sequence[Sequence[Decimal]]) -> list[Decimal]:
    """The sum of rows, column by column."""
    return [sum(column, Decimal(0)) for column in zip(*rows, strict=True)]


class Desk:
    """What a paper is about: names, years, and figures drawn for it."""

    def __init__(self, seed: int, kind: str, index: int) -> None:
        self.rng = rng = random.Random(f"{seed}/linked/{kind}/{index}")
        self.kind = kind
        self.name = f"{kind}-{seed}-{index}"
        self.year = rng.randint(2018, 2028)
        self.area = rng.choice(list(areas()))
        self.municipality = rng.choice(words()["municipalities"])
        self.place = rng.choice(words()["places"])
        self.code = f"{rng.choice('ABCEFHK')}{rng.choice('KLMNPR')}-{rng.randint(100, 999)}"
        self.title = f"{rng.choice(areas()[self.area]['titles'][:5])} i {self.place} {rng.randint(2, 99)}"
        self.level = f"{self.year} p/l"
        self.unit = rng.choice(["1.000 kr.", "t.kr."])

    def labels(self, stock: str, count: int) -> list[str]:
        """Some words of the area's stock."""
        offers = areas()[self.area][stock]
        return self.rng.sample(offers, min(count, len(offers)))

    def lasting(self, sign: int) -> list[Decimal]:
        """A change that begins late and stays."""
        full = Decimal(self.rng.randint(12, 160) * 10 + self.rng.choice([0, 0, 5, 3]))
        first = self.rng.choice([0, 0, 1])
        half = (full / 2).quantize(Decimal(1))
        return [sign * (Decimal(0) if i < first else half if i == first else full) for i in range(YEARS)]

    def once(self) -> list[Decimal]:
        """A cost of the first year or two."""
        last = self.rng.choice([1, 2])
        return [Decimal(self.rng.randint(20, 300) * 10) if i < last else Decimal(0) for i in range(YEARS)]

    def table(self, name: str, label: str, title: str, kind: str, columns: list[Column], rows: list[Row]) -> Table:
        """A table in the paper's unit and price level."""
        table = Table(name, label, ". ", title, kind, [], "DKK", 1000, columns, rows, self.year)
        table.corner = f"{self.unit} {self.level}"
        return table

    def years(self, count: int = YEARS) -> list[Column]:
        """Year columns."""
        return [Column(str(self.year + i), year=self.year + i, make="years") for i in range(count)]

    def paper(self, blocks: list[Block]) -> Paper:
        """The paper of one case."""
        head: list[Block] = [
            Line("title", f"{self.code} {self.title}"),
            Line("fact", f"Udvalg: {areas()[self.area]['committee'][0]}"),
        ]
        case = Case(self.code, self.title, [*head, *blocks])
        return Paper(
            self.name,
            self.kind,
            "linked",
            False,
            self.municipality,
            self.year,
            f"{self.municipality} Kommune",
            Numbers(),
            [],
            [case],
        )

    def sentences(self, count: int) -> list[Block]:
        """Sentences that say nothing of the figures."""
        offers = [*words()["risks"], "Forslaget er drøftet med brugerne og med de ansatte."]
        return [Line("text", s) for s in self.rng.sample(offers, count)]


def rows_of(labels: list[str], grid: Grid, last: str, role: str = "total") -> list[Row]:
    """Details and their sum."""
    made = [Row(label, "detail", list(cells)) for label, cells in zip(labels, grid, strict=True)]
    return [*made, Row(last, role, list(total(grid)), list(range(len(grid))))]


def danish(value: Decimal) -> str:
    """A whole number with points."""
    return f"{abs(value):,.0f}".replace(",", ".")


def lowered(label: str) -> str:
    """A label within a sentence."""
    return label if label[1:2].isupper() else label[0].lower() + label[1:]


def investment(seed: int, index: int) -> Paper:
    """A proposal that costs first and saves later."""
    desk = Desk(seed, "investering", index)
    rng = desk.rng
    savings = desk.labels("savings", rng.randint(2, 3))
    costs = [f"Drift af {lowered(x)}" for x in desk.labels("works", 1)]
    service = [f"Oplæring af {lowered(x)}" for x in desk.labels("staff", rng.randint(2, 3))]
    capital = desk.labels("works", rng.randint(2, 3))
    capital = [c for c in capital if f"Drift af {lowered(c)}" not in costs] or ["Ombygning"]
    lasting: Grid = [*(desk.lasting(-1) for _ in savings), *(desk.lasting(1) for _ in costs)]
    lasting[-1] = [(c / 5).quantize(Decimal(1)) for c in lasting[-1]]
    spent: Grid = [desk.once() for _ in [*service, *capital]]
    change, cost = total(lasting), total(spent)
    effect = total([change, cost])
    lines = [Row(n, "detail", ["Service", *c]) for n, c in zip([*savings, *costs], lasting, strict=True)]
    areas_ = ["Service"] * len(service) + ["Anlæg"] * len(capital)
    spending = [Row(n, "detail", [a, *c]) for n, a, c in zip([*service, *capital], areas_, spent, strict=True)]
    n, m = len(lines), len(spending)
    blank: list[Cell] = [None] * (YEARS + 1)
    summary = [
        Row("Varige ændringer", "section", list(blank)),
        *lines,
        Row("Samlet varig ændring", "subtotal", ["", *change], list(range(1, n + 1))),
        Row("Implementeringsomkostninger", "section", list(blank)),
        *spending,
        Row("Samlede implementeringsomkostninger", "subtotal", ["", *cost], list(range(n + 3, n + 3 + m))),
        Row("Samlet økonomisk påvirkning", "total", ["", *effect], [n + 1, n + 3 + m]),
    ]
    back = payback(effect)
    if back:
        summary.append(Row("Tilbagebetalingstid", "payback", ["", Decimal(back), *[None] * (YEARS - 1)]))
    text = [Column("Styringsområde", "text", make="text"), *desk.years()]
    k = len(service)
    tables = [
        desk.table("summary", "Tabel 1", "Forslagets samlede økonomi", "summary", text, summary),
        desk.table(
            "recurring",
            "Tabel 2",
            "Varige ændringer, service",
            "recurring",
            desk.years(),
            rows_of([*savings, *costs], lasting, "Varige ændringer totalt, service"),
        ),
        desk.table(
            "service",
            "Tabel 3",
            "Serviceinvesteringer",
            "investment_service",
            desk.years(),
            rows_of(service, spent[:k], "Investeringer totalt, service"),
        ),
        desk.table(
            "capital",
            "Tabel 4",
            "Anlægsinvesteringer",
            "investment_capital",
            desk.years(),
            rows_of(capital, spent[k:], "Investeringer totalt, anlæg"),
        ),
    ]
    said = said_of(desk, service[0], spent[0], savings[0], lasting[0])
    return desk.paper(
        [
            tables[0],
            Line("heading", "Beskrivelse"),
            *desk.sentences(2),
            Line("heading", "Økonomi"),
            *said,
            *tables[1:],
            *desk.sentences(1),
        ]
    )


def said_of(desk: Desk, cost: str, spent: list[Decimal], saving: str, change: list[Decimal]) -> list[Block]:
    """Sentences that give figures of the tables: in all, of a year, and of every year from one on."""
    year = desk.year
    full = next(i for i, c in enumerate(change) if c == change[-1])
    return [
        Line("text", f"Til {lowered(cost)} er der i alt afsat {danish(sum(spent, Decimal(0)))} t.kr."),
        Line("text", f"{cost} koster {danish(spent[0])} t.kr. i {year}."),
        Line("text", f"{saving} giver en besparelse på {danish(change[-1])} t.kr. årligt fra {year + full} og frem."),
    ]


def committees(seed: int, index: int) -> Paper:
    """Tables A to C by committee: net = operations + gross."""
    desk = Desk(seed, "udvalgstabeller", index)
    rng = desk.rng
    names = rng.sample([a["committee"][0] for a in areas().values()], 4)
    operations: Grid = [[(c / 4).quantize(Decimal(1)) for c in desk.lasting(1)][:4] for _ in names]
    gross: Grid = [desk.lasting(-1)[:4] for _ in names]
    net: Grid = [total([o, g]) for o, g in zip(operations, gross, strict=True)]
    made = []
    for name, letter, title, kind, grid in (
        ("net", "A", "Måltal fordelt på udvalg, netto", "committee_target", net),
        ("operations", "B", "Drift af forslaget fordelt på udvalg", "committee_operations", operations),
        ("gross", "C", "Måltal fordelt på udvalg, brutto", "committee_gross", gross),
    ):
        made.append(desk.table(name, f"Tabel {letter}", title, kind, desk.years(4), rows_of(names, grid, "I alt")))
    return desk.paper([*desk.sentences(2), Line("heading", "Fordeling på udvalg"), *made])


def balance(seed: int, index: int) -> Paper:
    """Primo, movements and ultimo, and a running sum."""
    desk = Desk(seed, "saldo", index)
    rng = desk.rng
    years, start = 4, Decimal(rng.randint(200, 900) * 10)
    add = [Decimal(rng.randint(20, 120) * 10) for _ in range(years)]
    use = [-Decimal(rng.randint(20, 150) * 10) for _ in range(years)]
    first: list[Decimal] = []
    last: list[Decimal] = []
    for i in range(years):
        first.append(start if i == 0 else last[-1])
        last.append(first[-1] + add[i] + use[i])
    rows = [
        Row("Saldo primo", "detail", list(first)),
        Row("Tilført", "detail", list(add)),
        Row("Forbrugt", "detail", list(use)),
        Row("Saldo ultimo", "total", list(last), [0, 1, 2]),
    ]
    works = desk.labels("works", 3)
    spent: Grid = [[Decimal(rng.randint(10, 90) * 10) for _ in range(years)] for _ in works]
    yearly = total(spent)
    running = [sum(yearly[: i + 1], Decimal(0)) for i in range(years)]
    flow = [*rows_of(works, spent, "Årets forbrug"), Row("Akkumuleret forbrug", "memo", list(running))]
    tables = [
        desk.table("saldo", "Tabel 1", "Puljens saldo", "other_money", desk.years(years), rows),
        desk.table("flow", "Tabel 2", "Forbrug efter projekt", "other_money", desk.years(years), flow),
    ]
    return desk.paper([*desk.sentences(1), tables[0], *desk.sentences(1), tables[1]])


def prices(seed: int, index: int) -> Paper:
    """Numbers times prices, and shares of a total."""
    desk = Desk(seed, "priser", index)
    rng = desk.rng
    names = desk.labels("fees", 4)
    counts = [Decimal(rng.randint(12, 160)) for _ in names]
    each = [Decimal(rng.randint(4, 90)) for _ in names]
    cost = [c * e for c, e in zip(counts, each, strict=True)]
    rows = [Row(n, "detail", [c, e, x]) for n, c, e, x in zip(names, counts, each, cost, strict=True)]
    rows.append(Row("I alt", "total", [sum(counts, Decimal(0)), None, sum(cost, Decimal(0))], list(range(len(names)))))
    columns = [Column("Antal"), Column("Pris pr. stk."), Column("Udgift", make="product", terms=((1, 1), (1, 2)))]
    whole = sum(cost, Decimal(0))
    shares = [(100 * c / whole).quantize(Decimal("0.1")) for c in cost]
    parts = [Row(n, "detail", [c, s]) for n, c, s in zip(names, cost, shares, strict=True)]
    parts.append(Row("I alt", "total", [whole, Decimal(100)], list(range(len(names)))))
    share = [Column("Udgift"), Column("Andel i pct.", "percent", make="share")]
    tables = [
        desk.table("product", "Tabel 1", "Antal og priser", "other_money", columns, rows),
        desk.table("share", "Tabel 2", "Fordeling af udgiften", "other_money", share, parts),
    ]
    said: list[Block] = [
        Line(
            "text",
            f"Der er regnet med {counts[0]} pladser til {each[0]} t.kr., "
            f"i alt {danish(cost[0])} t.kr., til {lowered(names[0])}.",
        )
    ]
    return desk.paper([*desk.sentences(1), tables[0], *said, tables[1]])


BUILDERS: dict[str, Callable[[int, int], Paper]] = {
    "investering": investment,
    "udvalgstabeller": committees,
    "saldo": balance,
    "priser": prices,
}
