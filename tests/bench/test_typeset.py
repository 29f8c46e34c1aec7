"""Generated cases are consistent, and the same seed gives the same case."""

from __future__ import annotations

import json
import random
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.typeset.figures import add, distribute, payback
from bench.typeset.generate import TEMPLATES, generate
from bench.typeset.layout import Layout, print_figure
from bench.typeset.slips import KINDS, inject
from bench.typeset.spec import figure, printed, wrong_sums
from bench.typeset.truth import document_truth, write_truth


@given(st.decimals(-9_999_999, 9_999_999, places=1))
def test_a_value_is_printed_and_read_back(value: Decimal) -> None:
    assert figure(printed(value, 1)) == value


def test_canonical_print() -> None:
    assert printed(Decimal(-1200)) == "-1.200"
    assert printed(Decimal("0.6"), 1) == "0,6"
    assert printed(Decimal("-0.04"), 1) == "0,0"
    assert figure("-") == 0
    assert figure("6 år") == 6
    assert figure("") is None
    assert figure("12,5 %") is None
    assert figure("Service") is None


@pytest.mark.parametrize(
    ("minus", "thousands", "expected"),
    [
        ("hyphen", "stop", "-1.200"),
        ("minus", "none", "−1200"),
        ("spaced", "space", "- 1 200"),
        ("trailing", "stop", "1.200-"),
        ("brackets", "thin", "(1\u2009200)"),
        ("divide", "stop", "÷1.200"),
    ],
)
def test_notations(minus: str, thousands: str, expected: str) -> None:
    assert print_figure("-1.200", Layout(minus=minus, thousands=thousands)) == expected


def test_words_and_dashes_are_printed_as_they_are() -> None:
    layout = Layout(minus="brackets")
    assert [print_figure(c, layout) for c in ("-", "", "Service", "1205 Fælles")] == ["-", "", "Service", "1205 Fælles"]


@pytest.mark.parametrize("template", TEMPLATES)
@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_every_table_adds_up(template: str, seed: int) -> None:
    for _, table in generate(seed, template).tables():
        assert wrong_sums(table) == [], (table.label, table.title)
        assert all(len(r.cells) == len(table.columns) for r in table.rows)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10_000))
def test_the_tables_of_a_case_agree_with_each_other(seed: int) -> None:
    case = generate(seed, "new").cases[0]
    tables = {t.kinds[0]: t for t in case.tables()}
    summary, net = tables["summary"], tables["committee_target"]
    change = summary.rows[summary.row_named("Samlet varig ændring")]
    assert [figure(c) for c in change.cells[1:]] == [figure(c) for c in net.rows[-1].cells[1:]]
    assert change.cells[1:] == tables["recurring"].rows[-1].cells[-len(change.cells[1:]) :]


def test_the_same_seed_gives_the_same_document() -> None:
    for template in TEMPLATES:
        assert generate(7, template) == generate(7, template)
        assert generate(7, template) != generate(8, template)


def test_an_unknown_template_is_refused() -> None:
    with pytest.raises(ValueError, match="old, new, other, annex, catalogue"):
        generate(1, "newest")


@given(st.lists(st.integers(-9999, 9999), min_size=1, max_size=7), st.integers(1, 5), st.integers(0, 99))
def test_shares_add_up_to_what_was_shared(figures: list[int], parts: int, seed: int) -> None:
    series = tuple(Decimal(f) for f in figures)
    assert add(distribute(random.Random(seed), series, parts), len(series)) == series


@pytest.mark.parametrize(
    ("impact", "years"),
    [
        ([100, -50, -50], 3),
        ([100, -60, -60], 3),
        ([100, -30], 5),  # the last figure is repeated for later years
        ([0, 100, -100], 3),
        ([-5, -5], None),  # never above nothing
        ([100, 10], None),
    ],
)
def test_payback(impact: list[int], years: int | None) -> None:
    assert payback(tuple(Decimal(i) for i in impact)) == years


@pytest.mark.parametrize("kind", sorted(KINDS))
def test_a_slip_changes_one_document_and_says_where(kind: str) -> None:
    seen = 0
    for seed in range(12):
        doc = generate(seed, ("old", "new", "catalogue")[seed % 3])
        slipped = inject(doc, kind, random.Random(seed))
        if slipped is None:
            continue
        seen += 1
        assert slipped.doc != doc
        assert slipped.exact
        changed = [a for a, b in zip(doc.cases, slipped.doc.cases, strict=True) if a != b]
        assert len(changed) == 1
        assert slipped.case == (changed[0].code or changed[0].title)
    assert seen


def test_truth_has_the_form_of_the_truth_files(tmp_path: Path) -> None:
    doc = generate(3, "new", "some-name")
    path = tmp_path / "some-name.truth.json"
    write_truth(doc, path, producer="none")
    truth = json.loads(path.read_text(encoding="utf-8"))
    assert truth == json.loads(json.dumps(document_truth(doc, producer="none")))
    (case,) = truth["cases"]
    assert case["code"].startswith("Forslag")
    assert {h["number"] for h in case["headings"]} >= {"1", "2", "3"}
    summary = next(t for t in case["tables"] if t["kind"] == "summary")
    assert summary["unit"] == 1000
    assert summary["columns"][2] == str(doc.cases[0].tables()[0].columns[1].year)
    assert all(len(r["cells"]) == len(summary["columns"]) - 1 for r in summary["rows"])
