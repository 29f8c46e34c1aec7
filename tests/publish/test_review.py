"""Decisions outlive runs: kept beside the data, held to the figures they were made on, and what came and went."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import publish
from publish.review.decisions import Choice, Decision, DecisionsError, add, decided, on
from publish.store import read
from reconcile.models import Finding
from tests.publish.lindeby import files, wrong_total

WHEN = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


def finding_row(out: Path, finding_id: str = "f0") -> Any:
    return next(f for f in read(out)["findings"].to_pylist() if f["finding_id"] == finding_id)


def run(out: Path, *findings: Finding) -> Path:
    publish.publish(files(), findings, out)
    return out


def decide(out: Path, choice: Choice, note: str = "", finding_id: str = "f0") -> Decision:
    made = on(finding_row(out, finding_id), choice, note=note, who="Ada", when=WHEN)
    add(out, [made])
    return made


def test_a_decision_is_a_line_in_a_file_and_a_row_of_the_next_run(tmp_path: Path) -> None:
    decide(run(tmp_path, wrong_total()), Choice.DISMISSED, "Anlæg står for sig")
    (line,) = (tmp_path / "review" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()
    assert '"note":"Anlæg står for sig"' in line
    run(tmp_path, wrong_total())
    (row,) = read(tmp_path)["decisions"].to_pylist()
    assert (row["finding_id"], row["decision"], row["note"], row["decided_by"]) == (
        "f0",
        "dismissed",
        "Anlæg står for sig",
        "Ada",
    )
    assert row["decided_at"] == WHEN


def test_the_reports_alone_bring_the_relation_up_to_date(tmp_path: Path) -> None:
    decide(run(tmp_path, wrong_total()), Choice.CONFIRMED)
    publish.report(tmp_path)
    assert read(tmp_path)["decisions"]["decision"].to_pylist() == ["confirmed"]


def test_the_last_decision_holds_and_may_be_taken_back(tmp_path: Path) -> None:
    run(tmp_path, wrong_total())
    decide(tmp_path, Choice.CONFIRMED)
    decide(tmp_path, Choice.MENDED)
    assert decided(tmp_path)["f0"].decision is Choice.MENDED
    decide(tmp_path, Choice.OPEN)
    assert decided(tmp_path) == {}
    assert len((tmp_path / "review" / "decisions.jsonl").read_text(encoding="utf-8").splitlines()) == 3


def test_a_decision_does_not_hold_for_other_figures(tmp_path: Path) -> None:
    """What was dismissed at −400 is no reason to overlook −900."""
    decide(run(tmp_path, wrong_total()), Choice.DISMISSED)
    run(tmp_path, replace(wrong_total(), stated=Decimal(-900)))
    assert read(tmp_path)["decisions"].num_rows == 0
    assert decided(tmp_path)["f0"].decision is Choice.DISMISSED, "it is kept, and shown"
    run(tmp_path, wrong_total())
    assert read(tmp_path)["decisions"].num_rows == 1


def test_a_decision_stays_when_its_finding_is_gone(tmp_path: Path) -> None:
    decide(run(tmp_path, wrong_total()), Choice.MENDED)
    run(tmp_path)
    assert read(tmp_path)["decisions"]["finding_id"].to_pylist() == ["f0"]
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "1 afvigelse fra kørslen" in html
    assert "Rettet i kilden" in html


def test_a_line_that_was_cut_off_is_passed_over_and_the_next_one_is_whole(tmp_path: Path) -> None:
    decide(run(tmp_path, wrong_total()), Choice.CONFIRMED)
    path = tmp_path / "review" / "decisions.jsonl"
    with path.open("a", encoding="utf-8") as stream:
        stream.write('{"finding_id": "f1", "decisi')
    assert decided(tmp_path).keys() == {"f0"}


def test_a_line_that_is_no_decision_is_named(tmp_path: Path) -> None:
    decide(run(tmp_path, wrong_total()), Choice.CONFIRMED)
    path = tmp_path / "review" / "decisions.jsonl"
    path.write_text('{"finding_id": "f0", "decision": "maybe"}\n' + path.read_text(encoding="utf-8"), encoding="utf-8")
    with pytest.raises(DecisionsError) as raised:
        decided(tmp_path)
    assert (raised.value.path, raised.value.line) == (path, 1)


@given(st.text(max_size=200), st.text(max_size=50))
def test_what_is_written_is_read_back(tmp_path_factory: pytest.TempPathFactory, note: str, who: str) -> None:
    out = tmp_path_factory.mktemp("review")
    made = Decision(
        finding_id="f0", decision=Choice.CONFIRMED, note=note, who=who, when=WHEN, stated=Decimal("1.5"), about=note
    )
    add(out, [made, made])
    assert decided(out) == {"f0": made}


def tags(out: Path) -> dict[str, str]:
    from tests.publish.page_data import data_of

    found: dict[str, str] = data_of(out)["tags"]
    return found


def test_the_next_report_says_what_is_new_changed_and_gone(tmp_path: Path) -> None:
    run(tmp_path, wrong_total("f0"), replace(wrong_total("f1"), year=2025))
    assert tags(tmp_path) == {}
    changed = replace(wrong_total("f0"), stated=Decimal(-410))
    run(tmp_path, changed, wrong_total("f2"))
    assert tags(tmp_path) == {"f0": "changed", "f2": "new"}
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert "1 afvigelse fra kørslen" in html


def test_the_same_run_again_makes_nothing_old(tmp_path: Path) -> None:
    run(tmp_path, wrong_total("f0"))
    run(tmp_path, wrong_total("f0"), replace(wrong_total("f2"), year=2025))
    before = (tmp_path / "report.html").read_bytes()
    run(tmp_path, wrong_total("f0"), replace(wrong_total("f2"), year=2025))
    assert (tmp_path / "report.html").read_bytes() == before
    assert tags(tmp_path) == {"f2": "new"}


def test_nothing_of_a_confidential_case_is_said_when_it_is_left_out(tmp_path: Path) -> None:
    secret = [replace(file, cases=tuple(replace(c, confidential=True) for c in file.cases)) for file in files()]
    publish.publish(secret, [wrong_total("f0")], tmp_path)
    message = read(tmp_path)["findings"]["message_da"].to_pylist()[0]
    assert message not in (tmp_path / "review" / "seen.json").read_text(encoding="utf-8")
    publish.publish([replace(file, cases=()) for file in secret], [], tmp_path)
    html = (tmp_path / "report.html").read_text(encoding="utf-8")
    assert message not in html
    assert "1 afvigelse fra kørslen" not in html
