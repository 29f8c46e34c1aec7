"""Every query of docs/warehouse.md, run on the sample documents in both databases; some by their answer."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from afstem.options import RunOptions
from afstem.pipeline import run_batch
from publish.levels import Rates
from publish.projections import Level
from tests.warehouse.conftest import Warehouse

REPOSITORY = Path(__file__).parents[2]
PAGE = (REPOSITORY / "docs" / "warehouse.md").read_text(encoding="utf-8")
QUERIES = {
    title.strip(": \n"): query
    for title, query in re.findall(
        r"\n([^\n]+)\n\n```sql\n(.*?);\n```", PAGE.replace("```\n\n```sql", "```\n\nMore\n\n```sql"), re.DOTALL
    )
}
#: Queries whose answer is rightly empty for the samples.
EMPTY = ("Inputs that were not imported", "Versions of a case", "Discrepancies in cases that invest")


@pytest.fixture(scope="module")
def samples() -> Iterator[Path]:
    """A run over the sample documents, in one price level."""
    level = Level(2026, Rates.read(REPOSITORY / "docs" / "rates-example.toml"))
    with TemporaryDirectory() as folder:
        run_batch(
            [REPOSITORY / "data" / "raw"], Path(folder) / "out", RunOptions(reports=False, workers=1, level=level)
        )
        yield Path(folder) / "out"


def answers(warehouse: Warehouse, samples: Path) -> dict[str, list[tuple[Any, ...]]]:
    warehouse.load(samples)
    return {title: warehouse.ask(query) for title, query in QUERIES.items()}


def test_the_page_has_a_dozen_queries_or_more() -> None:
    assert len(QUERIES) >= 12
    assert PAGE.count("```sql") == len(QUERIES)


def test_every_query_answers_and_both_databases_say_the_same(
    postgres: Warehouse, duck: Warehouse, samples: Path
) -> None:
    one, other = answers(postgres, samples), answers(duck, samples)
    timed = ("Lineage", "History", "How the loads", "What changed")
    for title, rows in one.items():
        assert bool(rows) != title.startswith(EMPTY), title
        assert len(rows) == len(other[title]), title
        if not title.startswith(timed):
            assert sorted(map(repr, rows)) == sorted(map(repr, other[title])), title


def test_discrepancies_of_large_cases_are_those_of_cases_above_the_bound(duck: Warehouse, samples: Path) -> None:
    duck.load(samples)
    query = next(q for t, q in QUERIES.items() if t.startswith("Discrepancies"))
    assert duck.ask(query.replace("5000000", "500000"))


def test_savings_by_administration_add_up_to_the_cases(duck: Warehouse, samples: Path) -> None:
    duck.load(samples)
    title = next(t for t in QUERIES if t.startswith("Savings by administration"))
    shared = sum((row[3] for row in duck.ask(QUERIES[title]) if row[3] is not None), Decimal(0))
    # A case without an administration (none was read) is in the one and not in the other.
    whole = duck.ask(
        "SELECT sum(recurring_dkk) FROM case_economy_one_level e WHERE EXISTS "
        "(SELECT 1 FROM case_administrations a WHERE a.case_id = e.case_id AND a.part = 'proposes')"
    )
    assert abs(Decimal(shared) - whole[0][0]) < Decimal("0.01")
    assert shared < 0


def test_payback_is_what_the_samples_print_but_where_slips_are_planted(duck: Warehouse, samples: Path) -> None:
    duck.load(samples)
    title = next(t for t in QUERIES if t.startswith("Payback"))
    found = {code: years for code, _, _, years in duck.ask(QUERIES[title])}
    printed = dict(
        duck.ask(
            "SELECT c.code, max(a.value) FROM amounts a JOIN lines l ON l.line_id = a.line_id "
            "JOIN cases c ON c.case_id = a.case_id WHERE l.role = 'payback' GROUP BY c.code"
        )
    )
    disagreeing = {code for code, years in printed.items() if found.get(code) != years}
    # Slips planted in them: a year twice in a header, a table in another price level, a payback time that is wrong.
    assert disagreeing == {"BC31", "BC12", "BC13"}
    assert len(printed) > len(disagreeing)
