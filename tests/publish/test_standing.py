"""Reports and a database that would come out the same are left alone; whatever they are made of brings them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import duckdb
import pytest

import publish
from publish.review import decisions
from publish.store import read
from tests.publish.lindeby import files, wrong_total


@pytest.fixture
def out(example_run: Path) -> Path:
    """A folder with the reports of one wrong total."""
    return example_run


def written(out: Path, *, language: str = "da", csv: bool = False, total: str = "f0") -> tuple[int, int]:
    """The times of the page and of the workbook after a run."""
    publish.publish(files(), [wrong_total(total)], out, language=language, csv=csv)
    return (out / "report.html").stat().st_mtime_ns, (out / "report.xlsx").stat().st_mtime_ns


def test_a_run_that_finds_the_same_writes_no_report_again(out: Path) -> None:
    assert written(out) == written(out)


@pytest.mark.parametrize("changed", [{"language": "en"}, {"csv": True}, {"total": "f1"}])
def test_another_language_sheets_as_csv_and_other_findings_do(out: Path, changed: dict[str, str]) -> None:
    before = written(out)
    assert written(out, **changed) != before  # type: ignore[arg-type]


def a_decision(out: Path) -> None:
    (finding,) = read(out)["findings"].to_pylist()
    decisions.add(out, [decisions.on(finding, decisions.Choice.DISMISSED, note="as agreed", who="Asta")])


def a_cut_report(out: Path) -> None:
    (out / "report.html").write_text("<!DOCTYPE html>", encoding="utf-8")


def a_missing_workbook(out: Path) -> None:
    (out / "report.xlsx").unlink()


def a_lost_picture(out: Path) -> None:
    (out / "evidence" / "stray.png").write_bytes(b"")


def a_damaged_memory(out: Path) -> None:
    (out / ".cache" / "reports.json").write_text("{", encoding="utf-8")


@pytest.mark.parametrize("happens", [a_decision, a_cut_report, a_missing_workbook, a_lost_picture, a_damaged_memory])
def test_what_people_and_accidents_do_in_between_brings_them_back(out: Path, happens: Callable[[Path], None]) -> None:
    (out / "evidence").mkdir(exist_ok=True)
    before = written(out)
    sound = (out / "report.xlsx").read_bytes()
    happens(out)
    assert written(out) != before
    assert (out / "report.html").read_text(encoding="utf-8").rstrip().endswith("</html>")
    if happens is not a_decision:
        assert (out / "report.xlsx").read_bytes() == sound


def database_after(out: Path, total: str = "f0") -> int:
    """The time of the database after a run that is to write relations alone."""
    publish.publish(files(), [wrong_total(total)], out, reports=False)
    return (out / "afstem.duckdb").stat().st_mtime_ns


def test_a_database_of_the_very_same_relations_is_left_alone(out: Path) -> None:
    before = database_after(out)
    assert database_after(out) == before
    assert database_after(out, "f1") != before


def a_cut_database(out: Path) -> None:
    with (out / "afstem.duckdb").open("rb+") as stream:
        stream.truncate(4096)


def a_missing_database(out: Path) -> None:
    (out / "afstem.duckdb").unlink()


def a_figure_changed_in_the_database(out: Path) -> None:
    with duckdb.connect(str(out / "afstem.duckdb")) as connection:
        connection.execute("UPDATE documents SET pages = 99")


def a_damaged_memory_of_it(out: Path) -> None:
    (out / ".cache" / "database.json").write_text("{}", encoding="utf-8")


@pytest.mark.parametrize(
    "happens", [a_cut_database, a_missing_database, a_figure_changed_in_the_database, a_damaged_memory_of_it]
)
def test_one_that_anything_happened_to_is_written_again(out: Path, happens: Callable[[Path], None]) -> None:
    before = database_after(out)
    happens(out)
    assert database_after(out) != before
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT max(pages) < 99 FROM documents").fetchall() == [(True,)]


def test_lost_relations_come_back_beside_a_database_that_stands(out: Path) -> None:
    sound = (out / "parquet" / "amounts.parquet").read_bytes()
    before = database_after(out)
    (out / "parquet" / "amounts.parquet").unlink()
    assert database_after(out) == before
    assert (out / "parquet" / "amounts.parquet").read_bytes() == sound
