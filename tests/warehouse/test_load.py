"""A load brings what is new, replaces what changed, closes what went, and touches nothing else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

import publish
from publish.contract import RELATIONS, SAID, SCHEMA_VERSION
from publish.review import structure
from publish.review.structure import Total
from publish.warehouse import Changes
from tests.warehouse.conftest import Warehouse
from tests.warehouse.weeks import file, finding

Run = Callable[..., Path]
NOTHING = Changes(0, 0, 0)


def test_the_first_load_brings_every_row(warehouse: Warehouse, run: Run) -> None:
    report = warehouse.load(run("w1", [file("a"), file("b")], [finding("a")]))
    assert report.changes["documents"] == Changes(2, 0, 0)
    assert report.changes["amounts"] == Changes(12, 0, 0)
    assert warehouse.ask("SELECT count(*), sum(amount_dkk) FROM amounts") == [(12, Decimal(-7_800_000))]
    assert warehouse.ask("SELECT document_id, message_en FROM findings")[0][0] == "a" * 16


def test_rows_come_out_as_they_went_in(warehouse: Warehouse, run: Run) -> None:
    odd = 'Børn, "unge"; {ældre}\\ \t\n\u2212 → 🙂'
    warehouse.load(run("w1", [file("a", title=odd, summary="")], [finding("a")]))
    assert warehouse.ask("SELECT title, summary, budget_round, confidential, administrations, affected FROM cases") == [
        (odd, "", "Budget 2025", False, ["Økonomiforvaltningen"], None)
    ]
    assert warehouse.ask(
        "SELECT x0, y1, value, half_step, alternatives, source_line FROM amounts WHERE amount_id = 'a.a01'"
    ) == [(400.0, 112.0, Decimal(0), Decimal("0.5"), [], None)]
    assert warehouse.ask("SELECT evidence FROM findings") == [(["a.a01", "a.a11", "a.a21"],)]


def test_a_character_that_postgresql_cannot_hold_is_shown_as_such(postgres: Warehouse, run: Run) -> None:
    postgres.load(run("w1", [file("a", title="nul\0byte")]))
    assert postgres.ask("SELECT title FROM cases") == [("nul\N{REPLACEMENT CHARACTER}byte",)]


def test_loading_twice_changes_no_row(warehouse: Warehouse, run: Run) -> None:
    out = run("w1", [file("a"), file("b")], [finding("a")])
    first = warehouse.load(out)
    before = {r.name: warehouse.ask(f"SELECT * FROM {r.name} ORDER BY 1") for r in RELATIONS}
    second = warehouse.load(out)
    assert second.loaded == 0
    assert second.total() == NOTHING
    assert {r.name: warehouse.ask(f"SELECT * FROM {r.name} ORDER BY 1") for r in RELATIONS} == before
    assert second.run_id == first.run_id
    assert second.load_id > first.load_id


def test_of_the_files_that_were_loaded_last_no_row_is_read_again(
    warehouse: Warehouse, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = run("w1", [file("a"), file("b")])
    warehouse.load(out)

    def read(*_: object) -> None:
        raise AssertionError("rows were read")

    monkeypatch.setattr("publish.warehouse.source.RunFolder.digests", read)
    monkeypatch.setattr("publish.warehouse.merge", read)
    second = warehouse.load(out)
    assert (second.documents, second.loaded, second.kept, second.total()) == (2, 0, 0, NOTHING)
    assert warehouse.ask("SELECT count(*) FROM loads") == [(2,)]


def test_files_that_were_loaded_before_the_last_ones_are_read_again(warehouse: Warehouse, run: Run) -> None:
    """What has been loaded in between may have replaced them."""
    older, newer = run("w1", [file("a")]), run("w2", [file("a", saved=-2000)])
    for out, saved in ((older, -1250), (newer, -2000), (older, -1250)):
        warehouse.load(out)
        assert warehouse.ask("SELECT value FROM amounts WHERE amount_id = 'a.a00'") == [(saved,)]


def test_the_same_files_can_be_said_to_be_all_there_is(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("b")]))
    out = run("w2", [file("a")])
    warehouse.load(out)
    assert warehouse.load(out).kept == 1
    assert warehouse.load(out, complete=True).withdrawn == (("b.pdf", "b" * 16),)
    assert warehouse.load(out).kept == 0


def test_a_changed_document_replaces_its_own_rows_and_no_others(warehouse: Warehouse, run: Run) -> None:
    first = warehouse.load(run("w1", [file("a"), file("b")]))
    second = warehouse.load(run("w2", [file("a", saved=-2000), file("b")]))
    assert second.loaded == 1
    assert second.total() == Changes(0, 1, 0)
    versions = warehouse.ask(
        "SELECT value, load_id, valid_to IS NULL, closed_by FROM amounts_versions "
        "WHERE amount_id = 'a.a00' ORDER BY valid_from"
    )
    assert versions == [
        (-1250, first.load_id, False, second.load_id),
        (-2000, second.load_id, True, None),
    ]
    assert warehouse.ask("SELECT DISTINCT load_id FROM amounts WHERE case_id = 'cb'") == [(first.load_id,)]


def test_what_is_valid_at_a_time_can_be_asked(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("a")]))
    between = datetime.now(UTC).isoformat()
    warehouse.load(run("w2", [file("a", saved=-2000)]))
    at = f"valid_from <= '{between}' AND (valid_to IS NULL OR valid_to > '{between}')"
    assert warehouse.ask(f"SELECT value FROM amounts_versions WHERE amount_id = 'a.a00' AND {at}") == [(-1250,)]


def test_runs_of_several_weeks_gather(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("a")]))
    second = warehouse.load(run("w2", [file("b")]))
    assert (second.kept, second.withdrawn) == (1, ())
    assert warehouse.ask("SELECT file_name FROM documents ORDER BY 1") == [("a.pdf",), ("b.pdf",)]


def test_a_withdrawn_document_is_closed_and_not_deleted(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("a"), file("b")], [finding("b")]))
    second = warehouse.load(run("w2", [file("a")]), complete=True)
    assert second.withdrawn == (("b.pdf", "b" * 16),)
    assert second.total() == Changes(0, 0, 16)
    assert warehouse.ask("SELECT file_name FROM documents") == [("a.pdf",)]
    closed = "SELECT count(*) FROM {} WHERE valid_to IS NOT NULL"
    assert warehouse.ask(closed.format("amounts_versions")) == [(6,)]
    assert warehouse.ask(closed.format("findings_versions")) == [(1,)]


def test_a_document_that_comes_back_is_valid_again(warehouse: Warehouse, run: Run) -> None:
    both = run("w1", [file("a"), file("b")])
    warehouse.load(both)
    warehouse.load(run("w2", [file("a")]), complete=True)
    third = warehouse.load(both)
    assert third.changes["amounts"] == Changes(6, 0, 0)
    assert warehouse.ask("SELECT count(*) FROM documents_versions WHERE file_name = 'b.pdf'") == [(2,)]


def test_other_bytes_in_the_same_place_take_the_place_of_the_old(warehouse: Warehouse, run: Run) -> None:
    place = {"source_folder": "sager", "path": "2026/forslag.pdf", "name": "forslag.pdf"}
    warehouse.load(run("w1", [file("a", **place)]))
    second = warehouse.load(run("w2", [file("b", saved=-900, **place)]))
    assert second.replaced == (("2026/forslag.pdf", "a" * 16, "b" * 16),)
    assert warehouse.ask("SELECT case_id, recurring_dkk FROM case_economy WHERE year = 2025") == [("cb", -1_150_000)]


def test_of_two_versions_of_a_case_the_later_one_counts(warehouse: Warehouse, run: Run) -> None:
    key = {"case_key": "Lindeby|2025|F01"}
    warehouse.load(run("w1", [file("a", **key)]))
    warehouse.load(run("w2", [file("b", saved=-900, **key)]))
    assert warehouse.ask("SELECT case_id FROM counted_cases") == [("cb",)]
    # The older one is read anew by a later program: it is still the older one.
    warehouse.load(run("w3", [file("a", saved=-1300, **key)]))
    assert warehouse.ask("SELECT case_id FROM counted_cases") == [("cb",)]
    warehouse.load(run("w4", [file("a", saved=-1300, **key)]), complete=True)
    assert warehouse.ask("SELECT case_id FROM counted_cases") == [("ca",)]


def test_a_dry_run_says_what_would_change_and_changes_nothing(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("a")]))
    told = warehouse.load(run("w2", [file("b")]), dry_run=True, complete=True)
    assert told.total().added == 15
    assert told.withdrawn == (("a.pdf", "a" * 16),)
    assert warehouse.ask("SELECT file_name FROM documents") == [("a.pdf",)]
    assert warehouse.ask("SELECT count(*) FROM loads") == [(1,)]


def test_a_dry_run_leaves_no_file_behind(duck: Warehouse, run: Run, tmp_path: Path) -> None:
    duck.load(run("w1", [file("a")]), dry_run=True)
    assert [p.name for p in tmp_path.iterdir()] == ["w1"]


def test_every_load_is_written_down(warehouse: Warehouse, run: Run) -> None:
    report = warehouse.load(run("w1", [file("b"), file("a")]))
    rows = warehouse.ask(
        "SELECT load_id, run_id, schema_version, status, source, documents, rows_added, inputs FROM loads"
    )
    added = report.total().added
    assert rows == [(report.load_id, report.run_id, SCHEMA_VERSION, "done", "w1", 2, added, ["a" * 64, "b" * 64])]
    assert warehouse.ask("SELECT DISTINCT load_id FROM amounts") == [(report.load_id,)]
    assert warehouse.ask(
        "SELECT count(*) FROM amounts a JOIN loads l ON l.load_id = a.load_id AND l.started_at = a.valid_from"
    ) == [(12,)]


def test_figures_lead_back_to_file_page_box_version_and_run(warehouse: Warehouse, run: Run) -> None:
    warehouse.load(run("w1", [file("a")]))
    rows = warehouse.ask(
        "SELECT d.sha256, a.page, a.x0, l.program_version, l.run_id FROM amounts a "
        "JOIN cases c ON c.case_id = a.case_id JOIN documents d ON d.document_id = c.document_id "
        "JOIN loads l ON l.load_id = a.load_id WHERE a.amount_id = 'a.a00'"
    )
    assert rows[0][:3] == ("a" * 64, 2, 350.0)


def test_references_are_held_by_postgresql(postgres: Warehouse, run: Run) -> None:
    import psycopg

    postgres.load(run("w1", [file("a")]))
    with pytest.raises(psycopg.errors.ForeignKeyViolation):
        postgres.ask("DELETE FROM lines WHERE line_id = 'a.l0'")


def test_every_view_answers(warehouse: Warehouse, run: Run) -> None:
    from publish.warehouse.views import warehouse_views

    warehouse.load(run("w1", [file("a")], [finding("a")]))
    empty = {view.name for view in warehouse_views() if not warehouse.ask(f"SELECT * FROM {view.name}")}
    # Nothing was decided or said of structure, no field lacks a column, every figure has its place, no level was asked.
    of_level = {"rates_versions", "projections_versions", "case_economy_one_level", "amounts_one_level"}
    assert empty == {*(f"{name}_versions" for name in SAID), "case_metadata_versions", "unplaced_versions", *of_level}


def test_a_word_on_structure_is_loaded_and_closed_when_it_is_withdrawn(warehouse: Warehouse, run: Run) -> None:
    out = run("w1", [file("a"), file("b")])
    word = Total(case="F01", row="I alt", parts=("Mindre papir",), who="Ada")
    structure.add(out, word)
    publish.report(out)
    warehouse.load(out)
    wanted = "SELECT label, parts, said_by, document_id FROM structure_totals ORDER BY document_id"
    assert warehouse.ask(wanted) == [("I alt", ["Mindre papir"], "Ada", letter * 16) for letter in "ab"]
    structure.withdraw(out, structure.key(word))
    publish.report(out)
    assert warehouse.load(out).changes["structure_totals"].closed == 2
    assert warehouse.ask(wanted) == []
    assert warehouse.ask("SELECT count(*) FROM structure_totals_history") == [(2,)]
