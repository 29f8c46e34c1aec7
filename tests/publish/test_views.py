"""The views: what may be added up is whole, decided, and counted once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pytest

import publish
from extract.models import Placement
from normalize.models import Case, CaseFile, Kind, Role, Table
from tests.publish.lindeby import case, document, table, wrong_total

Query = Callable[[str], list[tuple[Any, ...]]]


def undecided(of: Table, ordinal: int) -> Table:
    """The table with the figures of one row left open."""
    lines = [
        replace(line, amounts=tuple(replace(a, placement=Placement.UNDECIDED) for a in line.amounts))
        if line.ordinal == ordinal
        else line
        for line in of.lines
    ]
    return replace(of, lines=tuple(lines))


def renamed(of: Table, prefix: str, kind: Kind) -> Table:
    """A second table with ids of its own, of another kind."""
    lines = tuple(
        replace(
            line,
            line_id=prefix + line.line_id,
            amounts=tuple(replace(a, amount_id=prefix + a.amount_id) for a in line.amounts),
        )
        for line in of.lines
    )
    return replace(of, table_id=prefix + of.table_id, ordinal=of.ordinal + 1, kind=kind, lines=lines)


def summary(of: Table) -> Table:
    """The same rows below the section "Varige ændringer" of a summary."""
    section = replace(of.lines[0], ordinal=9, label="Varige ændringer", role=Role.SECTION, amounts=(), line_id="s9")
    lines = tuple(replace(line, section=9) for line in of.lines)
    return replace(of, kind=Kind.SUMMARY, lines=(*lines, section))


@pytest.fixture
def database(tmp_path: Path) -> Callable[..., Query]:
    """Publishes cases, each in a document of its own, and asks the database."""

    def of(*cases: Case, findings: bool = False) -> Query:
        files = [
            CaseFile(document(f"{n}.pdf", f"{n:02x}" * 32), (replace(one, case_id=f"c{n}"),))
            for n, one in enumerate(cases)
        ]
        publish.publish(files, [wrong_total()] if findings else [], tmp_path, reports=False)

        def ask(query: str) -> list[tuple[Any, ...]]:
            with duckdb.connect(str(tmp_path / "afstem.duckdb"), read_only=True) as connection:
                return connection.sql(query).fetchall()

        return ask

    return of


def test_the_economy_of_a_case_is_the_sum_of_its_detail_rows(database: Callable[..., Query]) -> None:
    capital = renamed(table(), "i", Kind.INVESTMENT_CAPITAL)
    ask = database(case(tables=[table(), capital]))
    rows = ask(
        "SELECT year, price_level, recurring_dkk, service_dkk, capital_dkk, total_dkk, figures, sure "
        "FROM case_economy ORDER BY year"
    )
    assert rows == [
        (2025, 2025, -1_500_000, None, -1_500_000, -3_000_000, 4, True),
        (2026, 2025, -500_000, None, -500_000, -1_000_000, 4, True),
    ]


def test_a_case_without_detailed_tables_takes_its_economy_from_the_summary(database: Callable[..., Query]) -> None:
    ask = database(case(tables=[summary(table())]))
    assert ask("SELECT year, recurring_dkk FROM case_economy ORDER BY year") == [(2025, -1_500_000), (2026, -500_000)]


def test_the_summary_adds_nothing_to_what_the_detailed_table_says(database: Callable[..., Query]) -> None:
    short = replace(renamed(table(), "s", Kind.SUMMARY))
    ask = database(case(tables=[table(), short]))
    assert ask("SELECT sum(recurring_dkk) FROM case_economy") == [(-2_000_000,)]


def test_an_undecided_figure_enters_no_view_and_makes_the_sum_unsure(database: Callable[..., Query]) -> None:
    ask = database(case(tables=[undecided(table(), 1)]))
    assert ask("SELECT sum(amount_dkk), count(*) FROM lowest_level_dkk") == [(-1_250_000, 2)]
    assert ask("SELECT count(*) FROM amounts_long") == ask("SELECT count(*) FROM fact_amount") == [(4,)]
    assert ask("SELECT DISTINCT undecided_left_out, sure FROM case_economy") == [(2, False)]


def test_versions_of_a_case_count_once(database: Callable[..., Query]) -> None:
    later = replace(case(tables=[renamed(table(), "v", Kind.RECURRING)], case_id="c1"), headings=())
    versions = [replace(one, case_key="Lindeby|2025|F01") for one in (case(), later)]
    ask = database(*versions)
    assert ask("SELECT case_id, version_of FROM cases ORDER BY 1") == [("c0", None), ("c1", "c0")]
    assert ask("SELECT sum(amount_dkk) FROM lowest_level_dkk") == [(-2_000_000,)]
    assert ask("SELECT sum(amount_dkk) FROM fact_amount WHERE additive") == [(-2_000_000,)]
    assert ask("SELECT sum(total_dkk) FROM case_economy") == [(-2_000_000,)]


def test_an_open_error_makes_the_economy_unsure(database: Callable[..., Query]) -> None:
    ask = database(case(), findings=True)
    assert ask("SELECT DISTINCT open_errors, sure FROM case_economy") == [(1, False)]
    assert ask("SELECT difference_dkk FROM fact_finding") == [(100_000,)]
    assert ask("SELECT count(*) FROM finding_amounts JOIN amounts USING (amount_id)") == [(3,)]


def test_administrations_that_share_a_case_add_up_to_it(database: Callable[..., Query]) -> None:
    ask = database(replace(case(), administrations=("Økonomiforvaltningen", "Socialforvaltningen"), affected=()))
    shared = ask(
        "SELECT sum(e.total_dkk / a.shared_by) FROM case_economy e "
        "JOIN case_administrations a ON a.case_id = e.case_id AND a.part = 'proposes'"
    )
    assert shared == [(-2_000_000,)]
    assert ask("SELECT administration, administrations FROM dim_case") == [("Økonomiforvaltningen", 2)]


def test_the_steering_area_is_carried_down_from_section_and_table(database: Callable[..., Query]) -> None:
    bare = [replace(line, steering_area=None) for line in table().lines]
    section = replace(bare[0], ordinal=9, label="Service", role=Role.SECTION, amounts=(), line_id="s9")
    sectioned = (replace(bare[0], section=9), bare[1], replace(section, steering_area="Service"))
    ask = database(case(tables=[replace(table(), lines=sectioned)]))
    assert ask("SELECT steering_area, count(*) FROM amounts GROUP BY 1 ORDER BY 1") == [("Service", 2), (None, 2)]
    capital = replace(table(), kind=Kind.INVESTMENT_CAPITAL, lines=tuple(bare))
    assert database(case(tables=[capital]))("SELECT DISTINCT steering_area FROM amounts") == [("Anlæg",)]


def test_the_database_refuses_a_figure_without_its_row(tmp_path: Path) -> None:
    publish.publish([CaseFile(document(), (case(),))], [], tmp_path, reports=False)
    with duckdb.connect(str(tmp_path / "afstem.duckdb")) as connection, pytest.raises(duckdb.ConstraintException):
        connection.execute("UPDATE amounts SET line_id = 'nowhere' WHERE amount_id = 'a00'")


def test_money_stays_exact_in_every_view(database: Callable[..., Query]) -> None:
    cent = replace(table().lines[0], amounts=(replace(table().lines[0].amounts[0], value=Decimal("0.001")),))
    ask = database(case(tables=[replace(table(), lines=(cent,))]))
    assert ask("SELECT total_dkk FROM case_economy") == [(Decimal(1),)]
