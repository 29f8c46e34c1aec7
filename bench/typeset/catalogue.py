"""A catalogue: an overview of proposals by committee, then (there or in files of their own) the proposals."""

from __future__ import annotations

import random
from decimal import Decimal

from bench.typeset.figures import add, cells, total
from bench.typeset.large_template import Economy, make_case, make_economy
from bench.typeset.spec import Case, Column, Heading, Paragraph, Row, Sum, Table, printed
from bench.typeset.words import committee, some


def overview(proposals: list[tuple[Case, Economy]], title: str) -> Case:
    """The catalogue page of those proposals: contributions printed positive, the investment over all years."""
    years = proposals[0][1].years[1:5]
    by_committee: dict[str, list[tuple[Case, Economy]]] = {}
    for case, economy in proposals:
        by_committee.setdefault(committee(case.administrations[0]), []).append((case, economy))
    columns = (
        Column("", "text"),
        *(Column(str(y), "year", y) for y in years),
        Column("Samlet investering", "investment"),
        Column("Godkendt med", "text"),
    )
    rows: list[Row] = []
    parts: list[int] = []
    contributions = []
    invested = Decimal(0)
    for name, members in by_committee.items():
        rows.append(Row(name, "section", ("",) * len(columns)))
        for case, economy in members:
            contribution = tuple(-(v or Decimal(0)) for v in economy.change()[1:5])
            investment = total(economy.investment())
            parts.append(len(rows))
            number = (case.code or "").split()[-1]
            figures = (*cells(contribution), printed(investment) if investment else "-")
            rows.append(Row(number, "detail", (case.title or "", *figures, "OFS")))
            contributions.append(contribution)
            invested += investment
    rows.append(Row("I alt", "total", ("", *cells(add(contributions, len(years))), printed(invested), "")))
    table = Table(
        ("catalogue",),
        columns,
        tuple(rows),
        unit_phrase=proposals[0][1].unit_phrase,
        price_level=proposals[0][1].price_level,
        stub="Udvalg",
        group="Effektiviseringsbidrag",
        sums=(Sum(len(rows) - 1, tuple(parts)),),
        cost_sign=-1,
    )
    text = f"Bilaget samler {len(proposals)} tværgående forslag. De er beskrevet hver for sig på de følgende sider."
    return Case(
        (Heading("Bilag 5"), Paragraph(title, "title"), Paragraph(text), table), None, title, kind_of="catalogue"
    )


def make_catalogue(rng: random.Random, count: int = 3, age: str = "new") -> tuple[Case, list[Case]]:
    """A consistent catalogue case and its proposals."""
    first, years = rng.randint(2018, 2025), rng.choice((5, 6))
    titles = rng.sample(some("titles"), count)
    proposals: list[tuple[Case, Economy]] = []
    phrase, price = "", 0
    for number, title in enumerate(titles, 1):
        economy = make_economy(rng, first, years)
        if not phrase:
            phrase, price = economy.unit_phrase, economy.price_level
        economy.unit_phrase, economy.price_level = phrase, price
        proposals.append((make_case(rng, age, f"Forslag {number}", economy, title), economy))
    name = f"Budgetkatalog {first + 1}: Forslag på tværs af forvaltningerne"
    return overview(proposals, name), [case for case, _ in proposals]
