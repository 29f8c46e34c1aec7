"""An auditor's words on structure: seen with what they fit, withdrawn, and written in the workbook."""

from __future__ import annotations

from pathlib import Path

import openpyxl
import pytest

import publish
from publish.review.reach import said
from publish.review.structure import NoError, Same, Total, Word, add, key, structure, withdraw
from publish.review.words import scope, sentence
from publish.review.words_workbook import keep, words_of
from publish.review.workbook import WorkbookError
from publish.store import read
from tests.publish.lindeby import files, wrong_total

LETTERS = "Færre breve <script>alert(1)</script>"  # as the example prints it
TOTAL = Total(case="F01", table="Tabel 1", row="I alt", parts=("Mindre papir", LETTERS), note="Bilag 2", who="Ada")
SAME = Same(row="Digital post", other_table="Tabel 2", other_row="e-Boks til alle")
NONE = NoError(check="column_total", table="Varige ændringer", who="Bo")


@pytest.fixture
def out(example_run: Path) -> Path:
    """A run with one wrong total: case F01, Tabel 1 with the rows "Mindre papir", "Færre breve", "I alt"."""
    return example_run


@pytest.mark.parametrize(
    ("word", "reach"),
    [
        (TOTAL, 1),
        (Total(row="i  ALT", parts=("mindre papir",)), 1),
        (Total(row="I alt", parts=("Mindre papr",)), 0),
        (Total(case="F02", row="I alt", parts=("Mindre papir",)), 0),
        (Total(table="Tabel 9", row="I alt", parts=("Mindre papir",)), 0),
        (Total(row="I alt", parts=("Mindre papir",), minus=("Findes ikke",)), 0),
        (Same(row="Mindre papir", other_row=LETTERS), 1),
        (Same(row="Findes ikke", other_row=LETTERS), 0),
        (Same(row="Mindre papir", other_row="Findes ikke"), 0),
        (Same(case="F02", row="Mindre papir", other_row=LETTERS), 0),
        (NONE, 1),
        (NoError(check="row_total"), 0),
        (NoError(check="column_total", row="Mindre papir"), 0),
    ],
)
def test_a_word_that_is_misspelt_is_seen_to_fit_nothing(out: Path, word: Word, reach: int) -> None:
    add(out, word)
    (found,) = said(out, read(out))
    assert (found.reach, found.key) == (reach, key(word))


def test_words_are_relations_of_the_documents_in_which_they_hold(out: Path) -> None:
    for word in (TOTAL, SAME, NONE, Total(table="Tabel 9", row="I alt", parts=("Mindre papir",))):
        add(out, word)
    publish.report(out)
    held = read(out)
    (document_id,) = held["findings"]["document_id"].to_pylist()
    (total,) = held["structure_totals"].to_pylist()
    assert total == {
        "word_id": f"{key(TOTAL)}.{document_id}",
        "document_id": document_id,
        "case_name": "F01",
        "table_name": "Tabel 1",
        "label": "I alt",
        "parts": ["Mindre papir", LETTERS],
        "minus": [],
        "places": 1,
        "note": "Bilag 2",
        "said_by": "Ada",
        "said_at": total["said_at"],
        "confidential": False,
    }
    assert held["structure_same"].num_rows == 0, "there is no Tabel 2"
    (none,) = held["structure_no_errors"].to_pylist()
    assert (none["check"], none["label"], none["said_by"], none["places"]) == ("column_total", None, "Bo", 1)
    assert withdraw(out, key(TOTAL))
    publish.publish(files(), [wrong_total()], out)
    assert read(out)["structure_totals"].num_rows == 0


def test_the_page_lists_the_words_and_what_they_fit(out: Path) -> None:
    add(out, TOTAL)
    add(out, SAME)
    publish.report(out)
    html = (out / "report.html").read_text(encoding="utf-8")
    assert "»I alt« er summen af »Mindre papir«, »Færre breve &lt;script&gt;" in html
    assert "sagen F01, tabellen Tabel 1" in html
    assert "passer på intet" in html, "there is no Tabel 2"


def test_words_are_sentences_in_both_languages() -> None:
    less = TOTAL.model_copy(update={"parts": ("Mindre papir",), "minus": ("Kørsel",)})
    assert sentence(less, "en") == "“I alt” is the sum of “Mindre papir” less “Kørsel”"
    assert (sentence(SAME, "da"), scope(SAME, "da")) == (
        "»e-Boks til alle« er samme række som »Digital post«",
        "tabellen Tabel 2",
    )
    assert scope(NoError(check="column_total", row="I alt"), "en") == "the row I alt"
    assert (sentence(NoError(check="nytårsskud"), "da"), scope(NoError(check="nytårsskud"), "da")) == (
        "»nytårsskud« er ingen fejl her",
        "overalt",
    )


def test_a_word_is_withdrawn_and_what_people_wrote_around_it_stays(out: Path) -> None:
    add(out, TOTAL)
    path = out / "review" / "structure.toml"
    path.write_text(path.read_text(encoding="utf-8") + "# om post\n", encoding="utf-8")
    add(out, SAME)
    add(out, NONE)
    before = path.read_text(encoding="utf-8")
    assert withdraw(out, key(TOTAL))
    assert [word.row for word in structure(out).words()] == ["Digital post", ""]
    assert "# om post" in path.read_text(encoding="utf-8")
    assert not withdraw(out, key(TOTAL)), "it is gone"
    assert not withdraw(out / "elsewhere", key(TOTAL))
    assert len(path.read_text(encoding="utf-8")) < len(before)


def test_a_file_in_which_the_word_cannot_be_told_apart_is_left_alone(out: Path) -> None:
    path = out / "review" / "structure.toml"
    path.parent.mkdir(exist_ok=True)
    text = "[[no_error]]\ncheck = 'row_total'\nnote = '''\n[[total]]\n'''\n"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match=r"structure\.toml"):
        withdraw(out, key(NoError(check="row_total")))
    assert path.read_text(encoding="utf-8") == text


def test_the_round_trip_through_the_workbook_adds_nothing(out: Path) -> None:
    for word in (TOTAL, SAME, NONE):
        add(out, word)
    for language in ("da", "en"):
        publish.report(out, language)
        told = words_of(out / "report.xlsx")
        assert {key(word) for word in told} == {key(TOTAL), key(SAME), key(NONE)}
        assert [(word.note, word.who) for word in told] == [("Bilag 2", "Ada"), ("", ""), ("", "Bo")]
        assert keep(told, out) == 0


def filled(out: Path, **fields: str) -> Path:
    """The run's workbook with a word in the first empty row, by the columns' headers."""
    book = openpyxl.load_workbook(out / "report.xlsx")
    sheet = book["Rettelser"]
    at = {cell.value: cell.column for cell in sheet[1]}
    for header, text in fields.items():
        sheet.cell(2, at[HEADERS[header]]).value = text
    book.save(out / "udfyldt.xlsx")
    return out / "udfyldt.xlsx"


HEADERS = {
    "case": "I sagen",
    "row": "Række",
    "kind": "Siges om rækken",
    "parts": "Dele, én pr. linje",
    "other": "Anden række",
    "check": "Kontrollen",
    "who": "Afgjort af",
}


def test_a_word_that_is_written_in_the_workbook_is_kept_for_the_next_run(out: Path) -> None:
    book = filled(out, row="I alt", kind="Er summen af", parts="Mindre papir\n Færre breve \n", who="Ada")
    assert keep(words_of(book), out) == 1
    (word,) = structure(out).total
    assert (word.row, word.parts, word.who) == ("I alt", ("Mindre papir", "Færre breve"), "Ada")
    assert keep(words_of(book), out) == 0, "it is said once"


def test_a_check_is_named_as_the_report_calls_it(out: Path) -> None:
    assert words_of(filled(out, kind="er ingen fejl", check="Rækkerne giver ikke totalen")) == [
        NoError(check="column_total")
    ]


@pytest.mark.parametrize(
    ("fields", "problem"),
    [
        ({"row": "I alt"}, "2: ''"),
        ({"kind": "måske"}, "2: 'måske'"),
        ({"kind": "er summen af", "row": "I alt"}, "2: Dele"),
        ({"kind": "er samme række som", "row": "I alt"}, "2: Anden række"),
        ({"kind": "er ingen fejl"}, "2: Kontrollen"),
        ({"kind": "er ingen fejl", "check": "alt"}, "2: 'alt'"),
        ({"kind": "er ingen fejl", "check": "row_total", "case": "x" * 2001}, "2: .*2000"),
    ],
)
def test_a_row_that_cannot_be_understood_is_named(out: Path, fields: dict[str, str], problem: str) -> None:
    with pytest.raises(WorkbookError, match=problem):
        words_of(filled(out, **fields))


def test_a_workbook_of_an_earlier_version_has_no_words(out: Path) -> None:
    book = openpyxl.load_workbook(out / "report.xlsx")
    del book["Rettelser"]
    book.save(out / "gammel.xlsx")
    assert words_of(out / "gammel.xlsx") == []
