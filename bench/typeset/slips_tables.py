"""Slips that concern rows, totals, headers and prose: more than one figure, or none."""

from __future__ import annotations

import random
import re
from dataclasses import replace
from decimal import Decimal
from itertools import pairwise

from bench.typeset.large_template import cost_sentence
from bench.typeset.spec import Case, Doc, Heading, Paragraph, Table, figure, printed
from bench.typeset.spots import Place, Slipped, Spot, exchanged, slack, spots, table_name

CLOSING = "Beløbet er fordelt over årene, som tabellen viser."


def twins(case: Case, spot: Spot) -> list[Spot]:
    """The same line in the case's other tables: same label, same figures."""
    row = spot.table.rows[spot.row]
    mine = [figure(row.cells[c]) or Decimal(0) for c in spot.table.money_columns() if spot.table.columns[c].year]
    out = []
    for table in case.tables():
        for index, other in enumerate(table.rows):
            if table is spot.table or other.role != "detail" or other.label != row.label:
                continue
            columns = [c for c in table.money_columns() if table.columns[c].year]
            if [figure(other.cells[c]) or Decimal(0) for c in columns] == mine:
                year = spot.table.columns[spot.column].year
                at = next((c for c in columns if table.columns[c].year == year), None)
                if at is not None:
                    out.append(Spot(case, table, index, at))
    return out


def rows_swapped(doc: Doc, rng: random.Random) -> Slipped | None:
    for case in rng.sample(doc.cases, len(doc.cases)):
        for table in rng.sample(case.tables(), len(case.tables())):
            if table.kinds[0] not in ("summary", "recurring", "investment_service", "investment_capital"):
                continue
            for rule in table.sums:
                rows = [r for r in rule.parts if table.rows[r].role == "detail"]
                rows = [r for r in rows if twins(case, Spot(case, table, r, table.money_columns()[0]))]
                rng.shuffle(rows)
                for first, second in pairwise(rows):
                    figures = [
                        tuple(figure(table.rows[r].cells[c]) or Decimal(0) for c in table.money_columns())
                        for r in (first, second)
                    ]
                    if figures[0] != figures[1]:
                        return swapped(doc, case, table, first, second, "rows_swapped", ("cross_table", "column_total"))
    return None


def swapped(doc: Doc, case: Case, table: Table, first: int, second: int, kind: str, checks: tuple[str, ...]) -> Slipped:
    a, b = list(table.rows[first].cells), list(table.rows[second].cells)
    for c in table.money_columns():
        a[c], b[c] = b[c], a[c]
    new = table.with_row(first, replace(table.rows[first], cells=tuple(a)))
    new = new.with_row(second, replace(table.rows[second], cells=tuple(b)))
    places = tuple(Place(table_name(table), table.rows[r].label) for r in (first, second))
    cause = "committees_swapped" if kind == "committees_swapped" else "rows_swapped"
    what = f"{table_name(table)}: '{places[0].row}' and '{places[1].row}' have changed figures"
    changed = exchanged(doc, case, case.with_table(table, new))
    return Slipped(changed, kind, case.code or case.title or "", places, places, checks, (cause,), what)


def committees_swapped(doc: Doc, rng: random.Random) -> Slipped | None:
    for case in doc.cases:
        tables = {t.kinds[0]: t for t in case.tables()}
        gross = tables.get("committee_gross")
        if gross is None or "committee_operations" not in tables or len(gross.rows) < 3:
            continue
        first, second = rng.sample(range(len(gross.rows) - 1), 2)
        if gross.rows[first].cells != gross.rows[second].cells:
            made = swapped(doc, case, gross, first, second, "committees_swapped", ("committee", "cross_table"))
            also = tuple(
                Place(table_name(t), p.row) for p in made.exact for k, t in tables.items() if k.startswith("committee")
            )
            return replace(made, exact=(*made.exact, *also), causes=("committees_swapped", "rows_swapped"))
    return None


def stale_total(doc: Doc, rng: random.Random) -> Slipped | None:
    held = [s for s in spots(doc) if s.table.rows[s.row].role == "detail" and s.table.columns[s.column].year]
    rng.shuffle(held)
    for spot in held:
        value = figure(spot.cell)
        cross = spot.table.kinds[0].startswith(("committee", "catalogue"))  # compared with other tables first of all
        if value is None or cross or any(s.kind == "total" for s in spot.table.columns):
            continue
        step = max(abs(value) // 4, slack(spot.table) * 3, Decimal(7)) + rng.randint(1, 9)
        cell = printed(value + step, spot.table.decimals)
        case, exact = spot.case, list(spot.near())
        for twin in [spot, *twins(case, spot)]:
            if any(c.kind == "total" for c in twin.table.columns):
                break
            table = next(t for t in case.tables() if table_name(t) == table_name(twin.table))
            case = case.with_table(table, table.with_cell(twin.row, twin.column, cell))
            exact += [twin.place, *twin.near()]
        else:
            return Slipped(
                exchanged(doc, spot.case, case),
                "stale_total",
                case.code or case.title or "",
                tuple(exact),
                (),
                ("column_total", "cross_table", "committee"),
                ("stale_total",),
                f"'{spot.place.row}' {spot.place.year} was corrected from {spot.cell} to {cell}, its totals were not",
            )
    return None


def other_total(doc: Doc, rng: random.Random) -> Slipped | None:
    for case in rng.sample(doc.cases, len(doc.cases)):
        for table in rng.sample(case.tables(), len(case.tables())):
            totals = [s.total for s in table.sums]
            for target in rng.sample(totals, len(totals)):
                for source in totals:
                    columns = table.money_columns()
                    pairs = [(table.rows[target].cells[c], table.rows[source].cells[c]) for c in columns]
                    apart = [
                        abs((figure(a) or Decimal(0)) - (figure(b) or Decimal(0))) > slack(table) for a, b in pairs
                    ]
                    if source == target or sum(apart) < 2:
                        continue
                    cells = list(table.rows[target].cells)
                    for c in columns:
                        cells[c] = table.rows[source].cells[c]
                    new = table.with_row(target, replace(table.rows[target], cells=tuple(cells)))
                    place = Place(table_name(table), table.rows[target].label)
                    what = f"{place.table}: '{place.row}' repeats the figures of '{table.rows[source].label}'"
                    return Slipped(
                        exchanged(doc, case, case.with_table(table, new)),
                        "other_total",
                        case.code or case.title or "",
                        (place,),
                        (),
                        ("column_total", "cross_table"),
                        ("total_of_other_row",),
                        what,
                    )
    return None


def price_level(doc: Doc, rng: random.Random) -> Slipped | None:
    for case in rng.sample(doc.cases, len(doc.cases)):
        tables = [t for t in case.tables() if t.price_level and t.measure == "DKK"]
        if len(tables) < 3:
            continue
        table = rng.choice(tables[1:])
        level = (table.price_level or 0) + rng.choice((-1, 1))
        phrase = re.sub(r"\b(19|20)\d\d\b", str(level), table.unit_phrase)
        new = replace(table, unit_phrase=phrase, price_level=level)
        return Slipped(
            exchanged(doc, case, case.with_table(table, new)),
            "price_level",
            case.code or case.title or "",
            (Place(table_name(table)),),
            (),
            ("price_level",),
            ("other_price_level",),
            f"{table_name(table)} is headed {phrase}",
        )
    return None


def repeated_year(doc: Doc, rng: random.Random) -> Slipped | None:
    for case in rng.sample(doc.cases, len(doc.cases)):
        for table in rng.sample(case.tables(), len(case.tables())):
            years = [i for i, c in enumerate(table.columns) if c.kind == "year"]
            if len(years) < 3 or table.measure == "text":
                continue
            at = rng.choice(years[1:])
            columns = list(table.columns)
            columns[at] = replace(columns[at], label=columns[at - 1].label, year=columns[at - 1].year)
            new = replace(table, columns=tuple(columns))
            return Slipped(
                exchanged(doc, case, case.with_table(table, new)),
                "repeated_year",
                case.code or case.title or "",
                (Place(table_name(table)),),
                (),
                ("year_header",),
                ("repeated_year",),
                f"{table_name(table)}: {columns[at].label} stands twice in the header",
            )
    return None


def prose_amount(doc: Doc, rng: random.Random) -> Slipped | None:
    for case in rng.sample(doc.cases, len(doc.cases)):
        for table in case.tables():
            if table.kinds[0] not in ("investment_service", "investment_capital"):
                continue
            row = rng.choice([r for r in table.rows if r.role == "detail"])
            years = [i for i, c in enumerate(table.columns) if c.kind == "year"]
            right = sum((figure(row.cells[c]) or Decimal(0) for c in years), Decimal(0))
            wrong = right + max(Decimal(20), right // 5) + rng.randint(1, 50)
            sentence = cost_sentence(row.label, wrong)
            blocks = list(case.blocks)
            at = next(i for i, b in enumerate(blocks) if isinstance(b, Heading) and b.title == "Økonomi") + 1
            blocks[at] = Paragraph(f"Tallene er gennemgået sammen med forvaltningens økonomer. {sentence} {CLOSING}")
            places = tuple(Place(table_name(t), r.label) for t in case.tables() for r in t.rows if r.label == row.label)
            return Slipped(
                exchanged(doc, case, replace(case, blocks=tuple(blocks))),
                "prose_amount",
                case.code or case.title or "",
                places,
                (),
                ("text_amount",),
                (),
                f"the text says '{sentence}', the table {printed(right)}",
            )
    return None
