"""The auditor's word on structure: a readable file, used by the next run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

import publish
import reconcile
from afstem.errors import UsageError
from afstem.exits import Exit, of_run
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from afstem.review_words import Words
from afstem.structure import applied, said
from normalize.models import CaseFile, Kind, Line, Role, Sum, Table
from publish.review.decisions import Choice, add, decided, on
from publish.review.reach import said as spoken
from publish.review.relation import judged
from publish.review.structure import NoError, Same, Structure, StructureError, Total, structure
from publish.review.structure import add as write
from publish.store import read
from publish.view import view
from reconcile.models import Check, Severity
from tests.publish.lindeby import case, document, row, table, wrong_total
from tests.reconcile import build as built

YEARS = ("2025", "2026")
WHEN = datetime(2026, 11, 28, 9, 30, tzinfo=UTC)


def line(ordinal: int, label: str, role: Role, *values: int) -> Line:
    return row(ordinal, label, role, [(str(v), str(v)) for v in values], YEARS)


def file(*tables: Table) -> CaseFile:
    return CaseFile(document(), (case(tables=tables),))


def test_what_is_written_can_be_read_and_keeps_what_people_wrote(tmp_path: Path) -> None:
    write(tmp_path, Total(case="F01", table="Tabel 1", row="I alt", parts=("a", 'b "c" \\'), who="Ada", when=WHEN))
    path = tmp_path / "review" / "structure.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# vores egen note\n", encoding="utf-8")
    write(tmp_path, Same(row="a", other_row="b", other_table="Tabel 2", when=WHEN))
    write(tmp_path, NoError(check="row_total", table="Varige ændringer", when=WHEN))
    text = path.read_text(encoding="utf-8")
    assert "# vores egen note" in text
    assert 'row = "I alt"\nparts = ["a", "b \\"c\\" \\\\"]' in text
    assert structure(tmp_path) == Structure(
        total=(Total(case="F01", table="Tabel 1", row="I alt", parts=("a", 'b "c" \\'), who="Ada", when=WHEN),),
        same=(Same(row="a", other_row="b", other_table="Tabel 2", when=WHEN),),
        no_error=(NoError(check="row_total", table="Varige ændringer", when=WHEN),),
    )


@given(st.text(max_size=80), st.lists(st.text(max_size=40), max_size=3))
def test_any_label_is_read_back(tmp_path_factory: pytest.TempPathFactory, label: str, parts: list[str]) -> None:
    out = tmp_path_factory.mktemp("structure")
    word = Total(row=label, parts=tuple(parts), when=WHEN)
    write(out, word)
    assert structure(out).total == (word,)


def test_a_row_is_the_total_of_those_that_the_auditor_names() -> None:
    """Without the word the three rows are one list; with it the third must be the sum of the two above."""
    lines = (
        line(0, "Løn", Role.DETAIL, 100, 100),
        line(1, "Kørsel", Role.DETAIL, 20, 20),
        line(2, "Drift", Role.DETAIL, 120, 150),
        line(3, "I alt", Role.TOTAL, 240, 270),
    )
    flat = replace(table(), lines=lines, sums=(Sum(3, ((0, 1), (1, 1), (2, 1)), "label"),))
    word = Total(table="tabel 1", row="DRIFT", parts=("Løn", "Kørsel"))
    (made,) = applied([file(flat)], Structure(total=(word,)))
    (of,) = made.cases[0].tables
    assert of.lines[2].role is Role.SUBTOTAL
    assert {(s.total, s.parts) for s in of.sums} == {(2, ((0, 1), (1, 1))), (3, ((2, 1),))}
    found = reconcile.check([made])
    assert {(f.line_id, f.year) for f in found} >= {("l2", 2026)}
    assert [x.label for x in of.lines] == [x.label for x in lines], "the print stays as it is"


@pytest.mark.parametrize(
    "word",
    [
        Total(case="F02", row="I alt", parts=("Mindre papir",)),
        Total(table="Tabel 9", row="I alt", parts=("Mindre papir",)),
        Total(row="Findes ikke", parts=("Mindre papir",)),
        Total(row="I alt", parts=("Findes ikke",)),
    ],
)
def test_a_word_on_something_else_changes_nothing(word: Total) -> None:
    assert applied([file(table())], Structure(total=(word,))) == [file(table())]


SUMMARY = """
                                  | 2025 | 2026 | 2027
    # Varige ændringer            |      |      |
    Digital post                  | -500 | -700 | -700
    Ny drift                      | 30   | 235  | 235
    + Samlet varig ændring        | -470 | -465 | -465
    = Samlet økonomisk påvirkning | -470 | -465 | -465
"""
RECURRING = """
                                  | 2025 | 2026 | 2027
    e-Boks til alle               | -510 | -710 | -720
    Licenser og abonnementer      | 30   | 235  | 235
    Rengøring                     | 10   | 10   | 20
    = Varige ændringer totalt     | -470 | -465 | -465
"""


def test_two_rows_that_the_auditor_calls_the_same_are_compared() -> None:
    """Nothing in the words or figures of "e-Boks til alle" says that it is "Digital post"."""
    tables = (
        built.table(Kind.SUMMARY, SUMMARY, label="Tabel 1"),
        built.table(Kind.RECURRING, RECURRING, label="Tabel 2", title="Varige ændringer, service"),
    )
    files = [built.file(built.case(*tables))]
    said_same = Same(table="Tabel 1", row="Digital post", other_table="Tabel 2", other_row="e-Boks til alle")
    made = applied(files, Structure(same=(said_same,)))
    assert [x.known_as for x in made[0].cases[0].tables[1].lines] == ["Digital post", None, None, None]
    assert [x.known_as for x in made[0].cases[0].tables[0].lines] == [None] * len(tables[0].lines)
    assert reconcile.check(files) == []
    found = reconcile.check(made)
    assert {f.check for f in found} == {Check.CROSS_TABLE}
    assert {found[0].line_id, found[0].other_line_id} == {"BC01-Fælles lager/0/1", "BC01-Fælles lager/1/0"}


def test_what_is_no_error_in_a_template_is_dismissed_in_the_words_of_who_said_so(tmp_path: Path) -> None:
    publish.publish([file(table())], [wrong_total()], tmp_path)
    write(
        tmp_path,
        NoError(check="column_total", table="Varige ændringer", note="Afrundet i kilden", who="Ada", when=WHEN),
    )
    publish.report(tmp_path)
    (decision,) = read(tmp_path)["decisions"].to_pylist()
    assert (decision["decision"], decision["note"], decision["decided_by"]) == ("dismissed", "Afrundet i kilden", "Ada")
    add(tmp_path, [on(read(tmp_path)["findings"].to_pylist()[0], Choice.OPEN, who="Bo")])
    assert judged(read(tmp_path), tmp_path) == {}, "a finding's own decision outranks what is said of its template"
    assert decided(tmp_path) == {}


def test_a_word_on_another_check_or_table_dismisses_nothing(tmp_path: Path) -> None:
    publish.publish([file(table())], [wrong_total()], tmp_path)
    write(tmp_path, NoError(check="row_total"))
    write(tmp_path, NoError(check="column_total", table="Tabel 2"))
    write(tmp_path, NoError(check="column_total", row="Mindre papir"))
    assert judged(read(tmp_path), tmp_path) == {}


@pytest.mark.parametrize(
    ("text", "problem"),
    [
        ("[[total]]\nrow = 'I alt'\n", "total.0.parts"),
        ("[[totals]]\nrow = 'I alt'\n", "totals"),
        ("[[total]\n", "line 1"),
        ("[[no_error]]\ncheck = 3\n", "no_error.0.check"),
    ],
)
def test_a_file_that_cannot_be_understood_is_named_before_anything_is_read(
    tmp_path: Path, text: str, problem: str
) -> None:
    path = tmp_path / "review" / "structure.toml"
    path.parent.mkdir()
    path.write_text(text, encoding="utf-8")
    with pytest.raises(StructureError) as raised:
        structure(tmp_path)
    assert problem in raised.value.problem
    with pytest.raises(UsageError) as refused:
        said(tmp_path)
    assert refused.value.code == "bad_structure"


CASE = """Forslag 1 Papirløs post

Tabel 1. Varige ændringer, service
1.000 kr. 2025 p/l    2025    2026    2027
Mindre papir          -250    -250    -250
Færre breve           -500    -500    -500
Varige ændringer i alt   -750    -700    -750
"""


def test_a_run_uses_the_words_and_does_not_fail_on_what_was_dismissed(tmp_path: Path) -> None:
    source = tmp_path / "in" / "forslag.txt"
    source.parent.mkdir()
    source.write_text(CASE, encoding="utf-8")
    out = tmp_path / "out"
    options = RunOptions("da", False)
    first = run_batch([source], out, options)
    assert read(out)["findings"]["stated"].to_pylist() == [Decimal(-700)]
    assert len(first.findings) == 1
    assert of_run(first, Severity.WARNING, False) is Exit.FINDINGS
    write(out, NoError(check=first.findings[0].check.value, table="Varige ændringer, service"))
    second = run_batch([source], out, options)
    assert second.findings == first.findings, "it is still found, and shown as dismissed"
    assert of_run(second, Severity.WARNING, False) is Exit.DONE


def test_a_word_on_a_confidential_case_names_it_as_it_is_printed(tmp_path: Path) -> None:
    """The report calls it "FORTROLIG · F01 · …", which is printed nowhere and would fit nothing."""
    secret = replace(case(), confidential=True)
    publish.publish([CaseFile(document(), (secret,))], [wrong_total()], tmp_path)
    relations = read(tmp_path)
    report = view(relations, "da")
    (finding,) = relations["findings"].to_pylist()
    word = Words(report, finding).word({"kind": "total", "table": finding["table_id"], "row": 2, "parts": [0, 1]})
    assert word.case == "F01 · Papirløs post"
    write(tmp_path, word)
    assert [found.reach for found in spoken(tmp_path, relations)] == [1]
