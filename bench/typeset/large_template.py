"""Cases in the habits of the large template: a summary table, then the detailed tables, then committee tables.

Two ages of it: "old" (a form with title, resumé and summary table in front, sections after) and "new" (title with
`Forslag n`, the summary table in the section on economy, committee tables A-E in an annex).
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

from bench.typeset.figures import Series, add, cells, distribute, front_loaded, payback, phased_in, total
from bench.typeset.spec import (
    Block,
    Case,
    Column,
    Field,
    Heading,
    Paragraph,
    Row,
    Sum,
    Table,
    TickBoxes,
    printed,
)
from bench.typeset.words import administrations, committee, some, words

SIGN_NOTE = "Note til alle tabeller: Alle besparelser er angivet med negativt (-) fortegn."


@dataclass(frozen=True)
class Item:
    """A line of the economy: what it is called, where it is steered, what it costs a year."""

    label: str
    area: str
    series: Series
    appropriation: str


@dataclass
class Economy:
    """The figures of one case, from which all its tables are made."""

    years: tuple[int, ...]
    price_level: int
    recurring: list[Item]
    implementation: list[Item]
    nil: str
    unit_phrase: str

    def change(self) -> Series:
        return add([i.series for i in self.recurring], len(self.years))

    def investment(self, area: str | None = None) -> Series:
        return add([i.series for i in self.implementation if area in (None, i.area)], len(self.years))

    def impact(self) -> Series:
        return add([self.change(), self.investment()], len(self.years))

    def year_columns(self) -> tuple[Column, ...]:
        return tuple(Column(str(y), "year", y) for y in self.years)


def make_economy(rng: random.Random, first_year: int | None = None, years: int | None = None) -> Economy:
    """Random recurring changes and implementation costs that pay for themselves within the years to come."""
    first = first_year or rng.randint(2016, 2025)
    span = tuple(range(first, first + (years or rng.choice((4, 5, 5, 6, 6, 7)))))
    price = rng.choice((first, first + 1, first + 1))
    blank = rng.random() < 0.4
    for _ in range(200):
        savings = rng.sample(some("recurring", "savings"), rng.randint(1, 4))
        costs = rng.sample(some("recurring", "costs"), rng.randint(0, 2))
        recurring = [Item(s, "Service", phased_in(rng, len(span), -1), _appropriation(rng)) for s in savings]
        recurring += [Item(c, "Service", phased_in(rng, len(span), 1), _appropriation(rng)) for c in costs]
        service = rng.sample(some("implementation", "service"), rng.randint(0, 3))
        capital = rng.sample(some("implementation", "capital"), rng.randint(0 if service else 1, 3))
        implementation = [Item(s, "Service", front_loaded(rng, len(span), blank), _appropriation(rng)) for s in service]
        implementation += [Item(c, "Anlæg", front_loaded(rng, len(span), blank), _appropriation(rng)) for c in capital]
        phrase = rng.choice(
            ("1.000 kr. {} p/l", "1.000 kr. {} p/l", "1000 kr. ({} p/l)", "t.kr., {} p/l", "1.000 kr. ({}-p/l)")
        )
        economy = Economy(span, price, recurring, implementation, rng.choice(("0", "0", "-")), phrase.format(price))
        if payback(economy.impact()) is not None and (economy.change()[-1] or 0) < 0:
            return economy
    raise RuntimeError("no economy that pays for itself in 200 attempts")


def cost_sentence(label: str, amount: Decimal) -> str:
    """A sentence that states what an implementation item costs in all, in t.kr."""
    return f"{label} koster i alt {printed(amount)} t.kr."


def _cost_sentence(rng: random.Random, economy: Economy) -> str:
    item = rng.choice(economy.implementation)
    return cost_sentence(item.label, total(item.series)) if rng.random() < 0.6 else ""


def _appropriation(rng: random.Random) -> str:
    return rng.choice(some("appropriations"))


def summary_table(economy: Economy, label: str | None, title: str | None) -> Table:
    """The summary: recurring changes, implementation costs, their totals, the impact and the payback time."""
    years = len(economy.years)
    blank = ("",) * years
    rows: list[Row] = []
    sums: list[Sum] = []

    def put(text: str, role: str, area: str, figures: tuple[str, ...]) -> int:
        rows.append(Row(text, role, (area, *figures)))
        return len(rows) - 1

    put("Varige ændringer", "section", "", blank)
    parts = [put(i.label, "detail", i.area, cells(i.series, nil=economy.nil)) for i in economy.recurring]
    change = put("Samlet varig ændring", "subtotal", "", cells(economy.change(), nil=economy.nil))
    sums.append(Sum(change, tuple(parts)))
    put("Implementeringsomkostninger", "section", "", blank)
    parts = [put(i.label, "detail", i.area, cells(i.series, nil=economy.nil)) for i in economy.implementation]
    cost = put("Samlede implementeringsomkostninger", "subtotal", "", cells(economy.investment(), nil=economy.nil))
    sums.append(Sum(cost, tuple(parts)))
    impact = put("Samlet økonomisk påvirkning", "total", "", cells(economy.impact(), nil=economy.nil))
    sums.append(Sum(impact, (change, cost)))
    time = str(payback(economy.impact()))
    for text in ("serviceeffektivisering", "totaløkonomi"):
        put(f"Tilbagebetalingstid baseret på {text}", "payback", "", (time, *blank[1:]))
    return Table(
        ("summary",),
        (Column("Styringsområde", "text"), *economy.year_columns()),
        tuple(rows),
        label,
        title,
        unit_phrase=economy.unit_phrase,
        price_level=economy.price_level,
        sums=tuple(sums),
        notes=(SIGN_NOTE,),
    )


def detail_table(
    economy: Economy,
    kind: str,
    items: list[Item],
    label: str | None,
    title: str,
    total_label: str,
    with_appropriation: bool,
    with_total: bool = False,
    reword: bool = False,
) -> Table:
    """A detailed table: the items and their total.

    If wanted with their appropriation, with a column of row totals, and worded otherwise than in the summary.
    """
    stub = (Column("Bevilling, profitcenter", "text"),) if with_appropriation else ()

    def put(label: str, role: str, appropriation: str, series: Series) -> Row:
        first = (appropriation,) if stub else ()
        last = (printed(total(series)),) if with_total else ()
        return Row(label, role, (*first, *cells(series, nil=economy.nil), *last))

    names = words()["reworded"] if reword else {}
    rows = [put(names.get(i.label, i.label), "detail", i.appropriation, i.series) for i in items]
    rows.append(put(total_label, "total", "", add([i.series for i in items], len(economy.years))))
    return Table(
        (kind,),
        (*stub, *economy.year_columns(), *((Column("I alt", "total"),) if with_total else ())),
        tuple(rows),
        label,
        title,
        unit_phrase=economy.unit_phrase,
        price_level=economy.price_level,
        sums=(Sum(len(items), tuple(range(len(items)))),),
    )


def administration_table(economy: Economy, label: str | None, inside: Series, outside: Series) -> Table:
    """The effect on administration, inside and outside the target."""
    rows = (
        Row("Nettoeffekt på administrative udgifter inden for målsætningen", "detail", cells(inside, nil=economy.nil)),
        Row("Nettoeffekt på administrative opgaver uden for målsætningen", "detail", cells(outside, nil=economy.nil)),
        Row(
            "Varige ændringer totalt, administration",
            "total",
            cells(add([inside, outside], len(economy.years)), nil=economy.nil),
        ),
    )
    return Table(
        ("administration",),
        economy.year_columns(),
        rows,
        label,
        "Varige ændringer, administration",
        unit_phrase=economy.unit_phrase,
        price_level=economy.price_level,
        sums=(Sum(2, (0, 1)),),
    )


def committee_table(economy: Economy, letter: str, kind: str, title: str, shares: dict[str, Series]) -> Table:
    """One of the tables A-E: a line a committee, and their total."""
    rows = [Row(name, "detail", ("", *cells(series, nil=economy.nil))) for name, series in shares.items()]
    all_of_them = add(list(shares.values()), len(economy.years))
    rows.append(Row("Total", "total", ("", *cells(all_of_them, nil=economy.nil))))
    return Table(
        (kind,),
        (Column("Bevilling, profitcenter mv.", "text"), *economy.year_columns()),
        tuple(rows),
        f"Tabel {letter}",
        title,
        unit_phrase=economy.unit_phrase,
        price_level=economy.price_level,
        stub="Udvalg",
        sums=(Sum(len(shares), tuple(range(len(shares)))),),
    )


def fte_table(rng: random.Random, economy: Economy, label: str | None) -> Table:
    """Årsværk by group, with their total."""
    years = len(economy.years)
    groups = rng.sample(some("fte"), rng.randint(2, 4))
    series: list[Series] = [phased_in(rng, years, -1) for _ in groups]
    small: list[Series] = [tuple(None if v is None else v % 9 for v in s) for s in series]
    rows = [Row(g, "detail", cells(s)) for g, s in zip(groups, small, strict=True)]
    rows.append(Row("Årsværk i alt", "total", cells(add(small, years))))
    return Table(
        ("fte",),
        economy.year_columns(),
        tuple(rows),
        label,
        "Ændring i antal årsværk",
        measure="FTE",
        unit=None,
        unit_phrase="Årsværk",
        sums=(Sum(len(groups), tuple(range(len(groups)))),),
    )


def followup_table() -> Table:
    """Goals and who follows them up: words only."""
    columns = ("Hvordan måles målet?", "Hvem er ansvarlig?", "Hvornår følges der op?")
    rows = tuple(Row(r[0], "detail", tuple(r[1:])) for r in some("followup"))
    return Table(
        ("followup",),
        tuple(Column(c, "text") for c in columns),
        rows,
        None,
        None,
        measure="text",
        unit=None,
        stub="Opfølgningsmål",
    )


def front_matter(
    rng: random.Random, age: str, code: str | None, title: str, summary: str, mine: str, affected: list[str]
) -> list[Block]:
    """Banner, title, resumé, administrations and tick boxes in the manner of the template's age."""
    name = f"{code} {title}" if code else title
    blocks: list[Block] = (
        [Paragraph(rng.choice(("INVESTERINGSFORSLAG", "BUSINESS CASE")), "banner")] if age == "old" else []
    )
    blocks.append(Field("Forslagets titel:", name, title=True) if age == "old" else Paragraph(name, "title"))
    blocks.append(Field("Resumé:" if age == "old" else "Kort resumé:", summary))
    blocks.append(Field("Fremstillende forvaltning:", mine))
    blocks.append(TickBoxes("Berørte forvaltninger:", tuple((a, a in affected) for a in administrations())))
    return blocks


class _Pen:
    """Numbers the tables and sections of a case in print order, and writes its prose."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._tables = count(1)
        self._sections = count(1)

    def label(self) -> str:
        return f"Tabel {next(self._tables)}"

    def heading(self, text: str) -> Heading:
        return Heading(text, str(next(self._sections)))

    def prose(self, key: str) -> Paragraph:
        extra = [self._rng.choice(some("prose", "filler")) for _ in range(self._rng.randint(0, 2))]
        return Paragraph(" ".join([self._rng.choice(some("prose", key)), *extra]))


def make_case(rng: random.Random, age: str, code: str | None, economy: Economy | None = None, title: str = "") -> Case:
    """A whole consistent case of that age ("old" or "new")."""
    economy = economy or make_economy(rng)
    title = title or rng.choice(some("titles"))
    summary = rng.choice(some("prose", "summary"))
    mine = rng.choice(administrations())
    affected = sorted({mine, *rng.sample(administrations(), rng.randint(0, 3))}, key=administrations().index)
    blocks = front_matter(rng, age, code, title, summary, mine, affected)
    pen = _Pen(rng)
    overview = summary_table(economy, pen.label(), "Forslagets samlede økonomiske konsekvenser")
    stated = economy.price_level if age == "old" and rng.random() < 0.7 else None
    if stated is not None:
        blocks.append(Field("Angiv p/l:", str(stated)))
    if age == "old":
        blocks.append(overview)
    blocks += [pen.heading("Baggrund og formål" if age == "old" else "Beskrivelse af forslag"), pen.prose("background")]
    blocks += [pen.heading("Forslagets indhold"), pen.prose("content")]
    if rng.random() < 0.5:
        blocks += [Heading("Den nye løsning", None, 2), pen.prose("filler")]
    blocks += [pen.heading("Økonomi"), Paragraph(f"{pen.prose('economy').text} {_cost_sentence(rng, economy)}".strip())]
    if age == "new":
        blocks.append(overview)
    blocks += _detailed(rng, economy, pen)
    blocks += [pen.heading("Implementering af forslaget"), pen.prose("implementation")]
    blocks += [pen.heading("Opfølgning"), followup_table(), pen.heading("Risikovurdering"), pen.prose("risk")]
    if age == "new":
        blocks += [pen.heading("Tekniske tabeller til korrektioner"), *committee_tables(rng, economy, affected)]
    return Case(tuple(blocks), code, title, summary, (mine,), tuple(affected), stated_price_level=stated)


def _detailed(rng: random.Random, economy: Economy, pen: _Pen) -> Iterator[Block]:
    """The tables below the summary, each with some prose."""
    with_appropriation, with_total, reword = rng.random() < 0.5, rng.random() < 0.25, rng.random() < 0.25
    yield detail_table(
        economy,
        "recurring",
        economy.recurring,
        pen.label(),
        "Varige ændringer, service",
        "Varige ændringer totalt, service",
        with_appropriation,
        reword=reword,
    )
    yield pen.prose("filler")
    for area, kind, name in (
        ("Service", "investment_service", "Serviceinvesteringer i forslaget"),
        ("Anlæg", "investment_capital", "Anlægsinvesteringer i forslaget"),
    ):
        items = [i for i in economy.implementation if i.area == area]
        if items:
            text = f"Investeringer totalt, {area.lower()}"
            yield detail_table(economy, kind, items, pen.label(), name, text, with_appropriation, with_total, reword)
            yield pen.prose("filler")
    if rng.random() < 0.6:
        inside, outside = distribute(rng, economy.change(), 2)
        yield pen.heading("Effektivisering på administration")
        yield pen.prose("filler")
        yield administration_table(economy, pen.label(), inside, outside)
    if rng.random() < 0.4:
        yield pen.prose("filler")
        yield fte_table(rng, economy, pen.label())


def committee_tables(rng: random.Random, economy: Economy, affected: list[str]) -> list[Table]:
    """Tables A (net), B (operations), C (gross) and D or E (investments by committee); A is B plus C."""
    names = [committee(a) for a in affected]
    years = len(economy.years)
    costs = add([i.series for i in economy.recurring if (i.series[-1] or 0) > 0], years)
    savings = add([i.series for i in economy.recurring if (i.series[-1] or 0) <= 0], years)
    gross = distribute(rng, savings, len(names))
    running = distribute(rng, costs, len(names))
    net = [add([g, r], years) for g, r in zip(gross, running, strict=True)]
    operations = [("B", "committee_operations", "Bevillingsmæssig effekt - varig drift", running)] if any(costs) else []
    wanted = [
        ("A", "committee_target", "Måltalseffekt (nettoeffektivisering)", net),
        *operations,
        ("C", "committee_gross", "Bevillingsmæssig effekt (bruttoeffektivisering)", gross),
    ]
    for letter, kind, area in (("D", "committee_capital", "Anlæg"), ("E", "committee_service", "Service")):
        if any(i.area == area for i in economy.implementation):
            word = "anlægsinvesteringer" if area == "Anlæg" else "serviceinvesteringer"
            shares = distribute(rng, economy.investment(area), len(names))
            wanted.append((letter, kind, f"Fordeling af {word} mellem udvalg", shares))
    return [
        committee_table(economy, letter, kind, title, dict(zip(names, shares, strict=True)))
        for letter, kind, title, shares in wanted
    ]
