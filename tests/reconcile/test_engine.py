"""The register, the page of checks, ids, diagnostics."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

import pytest

from normalize.models import Kind
from reconcile import CAUSES, MESSAGES, catalogue, check, engine
from reconcile.figures.draft import Draft, Identity
from reconcile.figures.slips import slip
from reconcile.figures.view import Batch
from reconcile.messages import MEANINGS
from reconcile.models import Check, Severity
from reconcile.registry import Registered, page, registered
from tests.reconcile.build import case, file, findings, only, table

WRONG = """
          | 2021 | 2022
    Løn   | 10   | 20
    Leje  | 50   | 40
    = I alt | 90 | 60
"""


def test_every_check_of_the_contract_is_registered() -> None:
    assert {info.code for info in catalogue()} == {c.value for c in Check} - {Check.DIAGNOSTIC.value}


def test_the_page_of_checks_is_up_to_date(repository: Path) -> None:
    written = (repository / "docs" / "checks.md").read_text("utf-8")
    assert written == page(), "run: python -m reconcile"


def test_every_cause_has_a_meaning_on_the_page_of_checks() -> None:
    assert MEANINGS.keys() == CAUSES.keys()


def test_every_check_has_a_rule_an_example_and_a_source() -> None:
    assert [i.code for i in catalogue() if not (i.rule and i.example and i.source)] == []


def test_a_check_that_crashes_becomes_a_diagnostic_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def crash(batch: Batch) -> Iterator[Identity | Draft]:
        raise ZeroDivisionError(len(batch.cases))

    broken = [replace(r, function=crash) if r.check is Check.PAYBACK else r for r in registered()]
    assert all(isinstance(r, Registered) for r in broken)
    monkeypatch.setattr(engine, "registered", lambda: broken)
    found = findings(table(Kind.OTHER_MONEY, WRONG, label="Tabel 1"))
    assert {f.check for f in found} == {Check.DIAGNOSTIC, Check.COLUMN_TOTAL}
    diagnostic = next(f for f in found if f.check is Check.DIAGNOSTIC)
    assert diagnostic.severity is Severity.WARNING
    assert dict(diagnostic.params)["check"] == "payback"


def test_ids_survive_a_second_run_another_file_name_and_edits_elsewhere() -> None:
    wrong = table(Kind.OTHER_MONEY, WRONG, label="Tabel 1")
    more = table(Kind.OTHER_MONEY, WRONG.replace("90", "60"), label="Tabel 2")
    first = only(findings(wrong)).finding_id
    assert only(findings(wrong)).finding_id == first
    assert only(check([file(case(wrong, more), name="ny udgave.pdf")])).finding_id == first


def test_ids_of_the_same_case_in_two_documents_differ() -> None:
    wrong = case(table(Kind.OTHER_MONEY, WRONG, label="Tabel 1"))
    found = check([file(wrong, name="a.pdf"), file(wrong, name="b.pdf")])
    assert len({f.finding_id for f in found}) == len(found) == 2


def test_messages_and_causes_come_with_their_parameters() -> None:
    found = only(findings(table(Kind.OTHER_MONEY, WRONG, label="Tabel 1")))
    assert tuple(name for name, _ in found.params) == MESSAGES[found.message]
    assert found.cause is not None
    assert {name for name, _ in found.cause_params} == set(CAUSES[found.cause])


@pytest.mark.parametrize(
    ("printed", "intended", "cause"),
    [
        ("-707", "707", "sign"),
        ("1250000", "1250", "factor_1000"),
        ("924", "942", "transposed_digits"),
        ("265", "260", "mistyped_digit"),
        ("94", "942", "dropped_digit"),
        ("1900", "900", "extra_digit"),
        ("7", "2007", None),
        ("6.7", "6.9", "mistyped_digit"),
        ("123", "789", None),
    ],
)
def test_slips_of_hand(printed: str, intended: str, cause: str | None) -> None:
    assert slip(Decimal(printed), Decimal(intended)) == cause


def test_a_blank_is_a_slip_of_its_own() -> None:
    assert slip(None, Decimal(5)) == "blank_figure"
