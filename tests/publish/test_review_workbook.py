"""Decisions written in the workbook come back into the file beside the data, once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import openpyxl
import pytest

import publish
from publish.review.decisions import Choice, add, decided, on
from publish.review.workbook import Taken, WorkbookError, take
from publish.store import read
from tests.publish.lindeby import files, wrong_total


@pytest.fixture
def out(tmp_path: Path) -> Path:
    """A run with two findings."""
    publish.publish(files(), [wrong_total(), replace(wrong_total("f1"), year=2025)], tmp_path)
    return tmp_path


DANISH = ("Afgørelse", "Begrundelse", "Afgjort af", "Id")
ENGLISH = ("Decision", "Reason for it", "Decided by", "Id")


def written(
    out: Path, said: dict[str, tuple[str, str, str]], sheet: str = "Afvigelser", names: Sequence[str] = DANISH
) -> Path:
    """The run's workbook with these decisions (word, reason, name) filled in by finding_id."""
    book = openpyxl.load_workbook(out / "report.xlsx")
    rows = list(book[sheet].iter_rows())
    header = next(r for r in rows if set(names) <= {c.value for c in r})
    at = {cell.value: k for k, cell in enumerate(header)}
    *filled, finding_id = (at[name] for name in names)
    for row in rows:
        if row[finding_id].value in said:
            for column, text in zip(filled, said[row[finding_id].value], strict=True):
                row[column].value = text
    target = out / "udfyldt.xlsx"
    book.save(target)
    return target


def test_what_was_written_in_the_workbook_is_decided(out: Path) -> None:
    book = written(out, {"f0": ("Afvist", "Anlæg for sig", "Ada"), "f1": ("rettet i kilden", "", "Bo")})
    assert take(book, out) == Taken(2, 0, ())
    made = decided(out)
    assert (made["f0"].decision, made["f0"].note, made["f0"].who) == (Choice.DISMISSED, "Anlæg for sig", "Ada")
    assert made["f1"].decision is Choice.MENDED


def test_the_round_trip_adds_nothing(out: Path) -> None:
    row = next(f for f in read(out)["findings"].to_pylist() if f["finding_id"] == "f0")
    add(out, [on(row, Choice.CONFIRMED, note="Se bilag 2", who="Ada")])
    publish.report(out)
    assert take(out / "report.xlsx", out) == Taken(0, 1, ())
    assert take(written(out, {"f0": ("Åben", "", "")}), out) == Taken(1, 0, ())
    assert decided(out) == {}


def test_a_workbook_in_english_is_understood_too(out: Path) -> None:
    publish.report(out, "en")
    book = written(out, {"f1": ("Confirmed", "checked", "Ada")}, "Findings", ENGLISH)
    assert take(book, out) == Taken(1, 0, ())


def test_a_decision_on_a_finding_that_is_gone_is_named(out: Path) -> None:
    book = written(out, {"f1": ("Bekræftet", "", "")})
    publish.publish(files(), [wrong_total()], out)
    assert take(book, out) == Taken(0, 0, ("f1",))


def test_a_word_that_is_no_decision_takes_nothing_over(out: Path) -> None:
    book = written(out, {"f0": ("Bekræftet", "", ""), "f1": ("måske", "", "")})
    with pytest.raises(WorkbookError, match="måske"):
        take(book, out)
    assert decided(out) == {}


def test_another_file_is_refused(out: Path) -> None:
    other = out / "andet.xlsx"
    openpyxl.Workbook().save(other)
    with pytest.raises(WorkbookError, match="Afgørelse"):
        take(other, out)
    other.write_text("ikke et regneark", encoding="utf-8")
    with pytest.raises(WorkbookError):
        take(other, out)
    with pytest.raises(WorkbookError):
        take(out / "findes-ikke.xlsx", out)


def test_a_formula_in_the_workbook_is_only_text(out: Path) -> None:
    book = written(out, {"f0": ("Afvist", '=HYPERLINK("http://example.org")', "Ada")})
    take(book, out)
    publish.report(out)
    sheet = openpyxl.load_workbook(out / "report.xlsx")["Afvigelser"]
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
