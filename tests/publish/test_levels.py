"""Price levels: exact, reversible, and silent where something is missing."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from textwrap import dedent

import duckdb
import pytest
from hypothesis import given
from hypothesis import strategies as st

import publish
from extract.models import Placement
from normalize.models import CaseFile, Kind
from publish.contract.levels import REASONS
from publish.levels import LevelError, Missing, Projected, Rates
from publish.projections import Level
from tests.publish.lindeby import case, document, table

EXAMPLE = Path(__file__).parents[2] / "docs" / "rates-example.toml"
RATES = """
    title = "Lindeby"
    made_up = true
    [series.drift]
    steering_areas = ["Service"]
    [series.capital]
    steering_areas = ["Anlæg"]
    projected = false
    [[vintages]]
    date = 2024-06-01
    source = "Spring 2024"
    rates.drift = { 2024 = 3, 2025 = 2.5, 2026 = 2 }
    [[vintages]]
    date = 2025-06-01
    source = "Spring 2025"
    rates.drift = { 2026 = 10 }
"""


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "rates.toml"
    path.write_text(dedent(RATES), encoding="utf-8")
    return path


@pytest.fixture
def rates(file: Path) -> Rates:
    return Rates.read(file)


def test_the_amount_is_multiplied_by_every_rate_on_the_way(rates: Rates) -> None:
    made = rates.project(Decimal(1000), 2024, "Service", 2026)
    assert made.amount == Decimal(1000) * Decimal("1.025") * Decimal("1.1")
    assert [name.rsplit(".", 1)[0] for name in made.rates] == ["drift.2025.2024-06-01", "drift.2026.2025-06-01"]


def test_the_level_of_the_print_is_left_as_it_is(rates: Rates) -> None:
    assert rates.project(Decimal("-12.34"), 2026, "Service", 2026) == Projected(Decimal("-12.34"), None, ())


def test_an_earlier_level_is_divided(rates: Rates) -> None:
    assert rates.project(Decimal(1025), 2025, "service", 2024).amount == 1000


def test_of_two_vintages_the_newer_one_counts_unless_it_was_not_known_then(file: Path, rates: Rates) -> None:
    assert rates.project(Decimal(100), 2025, "Service", 2026).amount == 110
    earlier = Rates.read(file, date(2025, 5, 31))
    assert earlier.project(Decimal(100), 2025, "Service", 2026).amount == 102


@pytest.mark.parametrize(
    ("level", "area", "wanted", "reason"),
    [
        (None, "Service", 2026, Missing.NO_LEVEL),
        (2024, None, 2026, Missing.NO_AREA),
        (2024, "Finansposter", 2026, Missing.NO_SERIES),
        (2024, "Service", 2027, Missing.NO_RATE),
        (2022, "Service", 2024, Missing.NO_RATE),
    ],
)
def test_what_is_missing_gives_no_amount_but_a_reason(
    rates: Rates, level: int | None, area: str | None, wanted: int, reason: Missing
) -> None:
    assert rates.project(Decimal(100), level, area, wanted) == Projected(None, reason, ())


def test_a_series_that_is_not_projected_keeps_its_kroner_and_says_so(rates: Rates) -> None:
    assert rates.project(Decimal(100), 2024, "Anlæg", 2026) == Projected(Decimal(100), Missing.UNPROJECTED)


def test_a_series_may_be_for_all_others(tmp_path: Path) -> None:
    path = tmp_path / "one.toml"
    path.write_text(
        'title = "One"\n[series.all]\nothers = true\n'
        '[[vintages]]\ndate = 2025-06-01\nsource = "S"\nrates.all = {2026 = 1}\n'
    )
    assert Rates.read(path).project(Decimal(100), 2025, None, 2026).amount == 101


@given(
    st.decimals(-(10**12), 10**12, places=2),
    st.integers(2018, 2026),
    st.integers(2018, 2026),
    st.sampled_from(["Service", "Anlæg"]),
)
def test_there_and_back_is_exact_to_the_oere(amount: Decimal, level: int, wanted: int, area: str) -> None:
    rates = Rates.read(EXAMPLE)
    there = rates.project(amount, level, area, wanted).amount
    assert there is not None
    back = rates.project(there, wanted, area, level).amount
    assert back is not None
    assert back.quantize(Decimal("0.01")) == amount


@given(st.integers(2018, 2026), st.integers(2018, 2026), st.integers(2018, 2026))
def test_two_steps_are_one(first: int, middle: int, last: int) -> None:
    rates = Rates.read(EXAMPLE)
    one, two, both = (rates.factor("drift", a, b) for a, b in ((first, middle), (middle, last), (first, last)))
    assert one is not None
    assert two is not None
    assert both is not None
    assert one[0] * two[0] == both[0]


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (('title = "Lindeby"', ""), "title: Field required"),
        (("projected", "project"), "series.capital.project: Extra inputs"),
        (("2024 = 3,", '2024 = "3",'), "not a number"),
        (("2024 = 3,", "2024 = 300,"), "less than 100"),
        (("rates.drift = { 2026", "rates.service = { 2026"), "series that is not described: service"),
        (('["Anlæg"]', '["service"]'), "belongs to two series"),
        (("2025-06-01", "2024-06-01"), "same date"),
        (("[series.drift]", "[series.drift"), "rates.toml"),
    ],
)
def test_a_file_that_cannot_be_used_is_refused_by_name_and_place(
    file: Path, change: tuple[str, str], told: str
) -> None:
    file.write_text(file.read_text("utf-8").replace(*change, 1), "utf-8")
    with pytest.raises(LevelError, match=told):
        Rates.read(file)


def test_the_example_says_that_its_rates_are_made_up() -> None:
    example = Rates.read(EXAMPLE)
    assert example.file.made_up
    assert "made-up" in example.file.title.casefold()
    assert all(rate.made_up and "made up" in rate.source.casefold() for rate in example.all())


def test_a_run_leaves_amounts_in_one_level_beside_those_that_are_printed(tmp_path: Path, rates: Rates) -> None:
    capital = replace(
        table(),
        kind=Kind.INVESTMENT_CAPITAL,
        table_id="t1",
        ordinal=1,
        lines=tuple(
            replace(
                line,
                line_id=f"i{line.line_id}",
                steering_area=None,
                amounts=tuple(replace(a, amount_id=f"i{a.amount_id}") for a in line.amounts),
            )
            for line in table().lines
        ),
    )
    first = table().lines[0]
    open_row = replace(first, amounts=tuple(replace(a, placement=Placement.UNDECIDED) for a in first.amounts))
    files = [CaseFile(document(), (case(tables=[replace(table(), lines=(open_row, *table().lines[1:])), capital]),))]
    publish.publish(files, [], tmp_path, reports=False, level=Level(2026, rates))
    with duckdb.connect(str(tmp_path / "afstem.duckdb"), read_only=True) as connection:
        rows = connection.sql("SELECT reason, count(*) FROM projections GROUP BY 1 ORDER BY 1").fetchall()
        assert rows == [("undecided", 2), ("unprojected", 6), (None, 4)]
        economy = "SELECT year, recurring_dkk, capital_dkk, undecided_left_out FROM case_economy_one_level ORDER BY 1"
        assert connection.sql(economy).fetchall() == [
            (2025, Decimal(-275_000), Decimal(-1_500_000), 2),
            (2026, Decimal(-550_000), Decimal(-500_000), 2),
        ]
        used = (
            "SELECT DISTINCT r.percent, r.source, r.made_up "
            "FROM projections p, unnest(p.rates) u(rate_id) JOIN rates r USING (rate_id)"
        )
        assert connection.sql(used).fetchall() == [(Decimal(10), "Spring 2025", True)]


def test_report_and_workbook_say_which_rates_were_used(tmp_path: Path, rates: Rates) -> None:
    import openpyxl

    publish.publish([CaseFile(document(), (case(),))], [], tmp_path, language="en", level=Level(2026, rates))
    page = (tmp_path / "report.html").read_text("utf-8")
    book = openpyxl.load_workbook(tmp_path / "report.xlsx")
    cells = {str(cell) for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell}
    for told in ("brought to 2026 prices", "drift, 2026: 10 % (Spring 2025, 2025-06-01)", "rates are made up"):
        assert told in page
        assert any(told in cell for cell in cells)


def test_the_contract_knows_every_reason() -> None:
    assert tuple(REASONS) == tuple(Missing)
