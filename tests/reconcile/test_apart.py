"""Documents that belong together are one group, and groups checked apart find what all find together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

import reconcile
from extract.models import Place
from normalize.models import CaseFile, Kind, Line, Role
from reconcile.checks import catalogue as catalogue_check
from reconcile.figures.view import Batch, CaseView
from reconcile.models import Check, Finding, Severity
from reconcile.wording import likeness, traces
from tests.reconcile.build import case, file, table
from tests.reconcile.test_other_checks import catalogue, economy

TEXT = "fælles lager lagre lagerstyring it ny 12 1.2 drift driften energi-drift (energi) for"
WORDS = st.sampled_from(TEXT.split())
LABELS = st.lists(WORDS | st.text("abdelnorsæ-12()", max_size=9), max_size=5).map(" ".join)


def totals(total: str, *, code: str, title: str, name: str = "") -> CaseFile:
    text = f"""
                | 2025 | 2026
        Varer   | 100  | 200
        Løn     | 100  | 100
        = I alt | {total} | 300
    """
    return file(
        case(table(Kind.OTHER_MONEY, text, label="Tabel 1"), code=code, title=title), name=name or f"{code} {title}"
    )


def groups_of(files: Sequence[CaseFile]) -> tuple[tuple[int, ...], ...]:
    return reconcile.apart([(f.document, reconcile.outline(f)) for f in files]).groups


def checked_apart(files: Sequence[CaseFile]) -> list[Finding]:
    told = reconcile.apart([(f.document, reconcile.outline(f)) for f in files])
    return [f for places in told.groups for f in reconcile.check([files[p] for p in places], told.shared)]


@given(LABELS, LABELS)
def test_texts_that_are_alike_have_a_trace_in_common(left: str, right: str) -> None:
    assert not likeness(left, right) or traces(left) & traces(right)


def test_a_catalogue_and_its_proposal_are_one_group_and_a_stranger_is_none_of_it() -> None:
    files = [
        totals("200", code="B7", title="Noget helt andet"),
        file(catalogue(first="1.985"), name="katalog"),
        file(case(economy(), code="Forslag 1"), name="forslag"),
    ]
    assert groups_of(files) == ((0,), (1, 2))
    assert {f.check for f in checked_apart(files)} >= {Check.CATALOGUE}


def test_a_line_of_a_proposals_very_title_is_compared_with_no_stranger(monkeypatch: pytest.MonkeyPatch) -> None:
    """Titles share their words in any batch; to compare every line with every case would be the square of it."""
    compared: list[CaseView] = []

    def counted(case: CaseView, line: Line, own_file: bool) -> float | None:
        compared.append(case)
        return before(case, line, own_file)

    before = catalogue_check._likeness
    files = [totals("200", code="", title=f"Fælles drift nummer {number}") for number in range(40)]
    batch = Batch(files)
    proposals = catalogue_check.Proposals(batch, lambda _: True)
    monkeypatch.setattr(catalogue_check, "_likeness", counted)
    line = Line(0, "Fælles drift nummer 7", Role.DETAIL, (), Place(0))
    assert proposals.named(batch.cases[0], line) is batch.cases[7]
    assert compared == [batch.cases[7]]
    assert proposals.named(batch.cases[0], replace(line, label="Fælles nummer 8, drift")) is batch.cases[8]
    assert len(compared) > 2


def test_versions_of_one_case_are_one_group() -> None:
    files = [
        totals("200", code="B7", title="Fælles lager"),
        totals("200", code="B8", title="Digital post"),
        totals("210", code="B7", title="Fælles lager", name="udkast"),
    ]
    assert groups_of(files) == ((0, 2), (1,))


def test_groups_find_what_all_find_together_under_the_same_ids() -> None:
    files = [
        totals("210", code="B7", title="Fælles lager"),
        totals("220", code="", title="", name="en"),  # no versions of each other: nothing says so
        totals("230", code="", title="", name="en anden"),
        file(catalogue(first="1.985"), name="katalog"),
        file(case(economy(), code="Forslag 1"), name="forslag"),
    ]
    together = reconcile.check(files)
    assert len(together) > 3
    assert sorted(map(repr, checked_apart(files))) == sorted(map(repr, together))


def test_what_was_not_checked_is_said_of_each_document() -> None:
    files = [totals("210", code="B7", title="Fælles lager"), totals("210", code="B8", title="Digital post")]
    found = reconcile.unchecked(files, "timeout")
    assert [(f.check, f.severity) for f in found] == [(Check.DIAGNOSTIC, Severity.WARNING)] * 2
    assert {f.document_id for f in found} == {f.document.document_id for f in files}
    assert Check.DIAGNOSTIC in {f.check for f in reconcile.check(files[:1], problem="memory")}
