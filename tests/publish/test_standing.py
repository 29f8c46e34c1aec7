"""Reports that would come out the same are left alone; whatever they are made of, or were, brings them back."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

import publish
from publish.review import decisions
from publish.store import read
from tests.publish.lindeby import files, wrong_total


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A folder with the reports of one wrong total."""
    written(tmp_path)
    return tmp_path


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
