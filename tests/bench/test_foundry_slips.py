"""Planted errors: each breaks what it says it breaks, and sound papers stay sound."""

from __future__ import annotations

from collections import Counter
from types import SimpleNamespace
from typing import Any

import pytest

from bench.foundry import openings
from bench.foundry.figures import payback
from bench.foundry.linked import BUILDERS, total
from bench.foundry.model import Paper, Table
from bench.foundry.slips import measure
from bench.foundry.slips.plant import SLIPS, planted
from bench.foundry.slips.sound import TWISTS, twisted


def by_name(paper: Paper, name: str) -> Table:
    return next(t for c in paper.cases for t in c.tables() if t.name == name)


def test_there_are_many_kinds_of_slip() -> None:
    assert len(SLIPS) >= 40
    assert len({kind for _, kinds in SLIPS.values() for kind in kinds}) >= 10


def test_there_are_many_openings_each_with_two_titles() -> None:
    papers = openings.papers(3)
    assert len(papers) >= 40
    assert not {p.family for p in papers} & {p.family for p in openings.papers(3, held_out=True)}
    assert all(len({c.title for c in p.cases}) == 2 for p in papers)
    coded = [p for p in papers if p.cases[0].code]
    assert all(p.cases[0].code != p.cases[1].code for p in coded)


@pytest.mark.parametrize("name", sorted(SLIPS))
def test_a_slip_changes_what_is_printed(name: str) -> None:
    made = measure.with_slip(name, SLIPS[name][1], 11, 0, 0)
    assert made is not None
    paper, note = made
    plant = note["planted"]
    assert plant["tables"] or plant["text"]
    printed = [r.label for c in paper.cases for t in c.tables() for r in t.rows]
    assert not plant["rows"] or any(r in " ".join(printed) or r in printed for r in plant["rows"])


def test_a_slip_leaves_the_sound_paper_alone() -> None:
    paper = BUILDERS["investering"](1, 0)
    before = paper.truth()
    changed, _ = planted("summary_line_is_old_every_year", paper, 1)
    assert paper.truth() == before
    assert changed.truth() != before


@pytest.mark.parametrize("name", sorted(TWISTS))
def test_a_sound_change_keeps_every_total(name: str) -> None:
    paper = next(p for _, p in attempts(name))
    for table in (t for c in paper.cases for t in c.tables()):
        for row in (r for r in table.rows if r.parts):
            for i, column in enumerate(table.columns):
                parts = [c for p in row.parts if not isinstance(c := table.rows[p].cells[i], str | None)]
                if column.kind == "figure" and row.cells[i] is not None and parts:
                    assert abs(row.cells[i] - sum(parts)) <= (name == "total_rounded_by_itself"), table.caption  # type: ignore[operator]


def attempts(name: str) -> list[tuple[int, Paper]]:
    found = []
    for index in range(12):
        try:
            found.append((index, twisted(name, BUILDERS[TWISTS[name][1]](1, index), 1)))
        except measure.NoRoomError:
            continue
    return found


def test_the_summary_of_a_linked_paper_is_that_of_its_tables() -> None:
    paper = BUILDERS["investering"](4, 2)
    change = by_name(paper, "summary").rows
    lasting = next(r for r in change if r.label == "Samlet varig ændring")
    assert lasting.cells[1:] == by_name(paper, "recurring").rows[-1].cells


def test_payback_counts_from_the_first_year() -> None:
    years = [3800, 1705, -3091, -3791, -3791]
    assert payback(total([years])) == 4  # the example of docs/checks.md
    assert payback(total([[-10, -10]])) == 0


def finding(**more: Any) -> SimpleNamespace:
    given = {"check": "column_total", "table_id": "t", "line_id": "r", "other_table_id": None, "other_line_id": None}
    return SimpleNamespace(**{**given, "year": 2026, "quote": None, "cause": "sign", "consequence_of": None, **more})


WANT: dict[str, Any] = {
    "tables": ["Tabel 1. Økonomi"],
    "rows": ["I alt"],
    "years": [2026],
    "checks": [],
    "cause": "sign",
    "text": "",
}


@pytest.mark.parametrize(
    ("label", "year", "touching", "there"),
    [("I alt", 2026, True, True), ("I alt", 2027, True, False), ("Løn", 2026, True, False)],
)
def test_a_finding_is_about_the_slip_where_table_row_and_year_agree(
    label: str, year: int, touching: bool, there: bool
) -> None:
    names = measure.Names({"t": "Tabel 1 Økonomi"}, {"r": label})
    assert measure.touches(WANT, finding(year=year), names) is touching
    assert measure.about(WANT, finding(year=year), names) is there


def test_in_a_table_without_a_caption_the_row_decides() -> None:
    want = {**WANT, "tables": ["oekonomi"]}
    assert measure.touches(want, finding(), measure.Names({}, {"r": "I alt"}))
    assert not measure.touches(want, finding(), measure.Names({}, {"r": "Løn"}))


def test_findings_are_counted_by_slip_and_form() -> None:
    found = measure.Found()
    truth = {"slip": "sign_of_a_row", "form": "tabs", "family": "x", "planted": WANT}
    told = [
        finding(message_en="wrong", cause_en=""),
        finding(message_en="other", cause_en="", table_id="u", line_id="q"),
    ]
    names = measure.Names({"t": "Tabel 1 Økonomi", "u": "Tabel 9 Andet"}, {"r": "I alt", "q": "Løn"})
    measure.paper(found, "p", truth, told, names)
    assert found.counts == Counter(slips=1, found=1, located=1, roots=2, noise=1, caused=1, named=1)
    assert found.by_form["tabs"]["located"] == 1
