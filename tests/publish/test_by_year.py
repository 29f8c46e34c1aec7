"""The figures in folders by year."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.dataset as ds
import pyarrow.parquet as pq
import pytest

import publish
from publish import by_year, database
from tests.publish.lindeby import files, wrong_total


@pytest.fixture
def out(tmp_path: Path) -> Path:
    publish.publish(files(), [wrong_total()], tmp_path, reports=False, by_year=True)
    return tmp_path


def test_each_year_has_a_folder_and_no_figure_is_lost(out: Path) -> None:
    folder = out / "parquet-by-year" / "amounts"
    assert sorted(p.name for p in folder.iterdir()) == ["year=2025", "year=2026"]
    query = "SELECT year, printed FROM read_parquet('{}', hive_partitioning = true) ORDER BY amount_id"
    whole = duckdb.sql(query.format(out / "parquet" / "amounts.parquet")).fetchall()
    assert duckdb.sql(query.format(folder / "*" / "*.parquet")).fetchall() == whole


def test_only_the_year_that_is_asked_for_is_opened(out: Path) -> None:
    figures = ds.dataset(out / "parquet-by-year" / "amounts", partitioning="hive")
    asked = list(figures.get_fragments(filter=ds.field("year") == 2026))
    assert [Path(fragment.path).parent.name for fragment in asked] == ["year=2026"]


def test_figures_without_a_year_are_kept_apart(out: Path) -> None:
    amounts = pq.read_table(out / "parquet" / "amounts.parquet")
    without = pa.array([None, *amounts["year"].to_pylist()[1:]], pa.int32())
    position = amounts.schema.get_field_index("year")
    pq.write_table(
        amounts.set_column(position, amounts.schema.field("year"), without), out / "parquet" / "amounts.parquet"
    )
    by_year.write_by_year(out / "parquet", out / "again")
    folder = out / "again" / "amounts" / "year=__HIVE_DEFAULT_PARTITION__"
    assert pq.read_table(folder / "amounts-0.parquet")["amount_id"].to_pylist() == ["a00"]


def test_the_same_input_leaves_the_same_bytes(out: Path) -> None:
    def held() -> dict[str, bytes]:
        return {str(p): p.read_bytes() for p in (out / "parquet-by-year").rglob("*.parquet")}

    before = held()
    publish.publish(files()[::-1], [wrong_total()], out, reports=False, by_year=True)
    assert held() == before


def test_a_run_that_is_not_asked_for_them_leaves_none_of_an_earlier_run(out: Path) -> None:
    publish.publish(files(), [], out, reports=False)
    assert sorted(p.name for p in out.glob("[!.]*")) == ["afstem.duckdb", "parquet"]


def test_a_run_that_fails_leaves_those_of_before(out: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    before = sorted((out / "parquet-by-year").rglob("*.parquet"))
    monkeypatch.setattr(database, "write_database", full)
    with pytest.raises(OSError, match="No space"):
        publish.publish(files()[:1], [], out, reports=False)
    assert sorted((out / "parquet-by-year").rglob("*.parquet")) == before
