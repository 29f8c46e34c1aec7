"""What the terminal shows: one line a file, names whole, hostile text harmless, several documents at once."""

from __future__ import annotations

import json
import logging
import unicodedata
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from afstem.shown import written
from publish.plain import one_line, plain
from tests.afstem.sample import CASE, write_case
from tests.afstem.typing_words import Command, typist

LONG = "2024-bilag-3-investeringsforslag-til-overførselssagen-med-et-meget-langt-navn-og-mellemrum i.txt"
#: Text that a document may hold and no terminal may obey.
HOSTILE = "\x1b[31mRød\x1b[0m \x07[bold]x[/bold] \u202eneddaksmo\u202c \x9b2J"


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    monkeypatch.setenv("COLUMNS", "80")
    return typist(monkeypatch, capsys, tmp_path)


def test_a_run_has_one_line_for_each_file_that_has_something_to_say(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / LONG, total="-510")
    write_case(tmp_path / "in" / "b.txt", number="02")
    (tmp_path / "in" / "c.pdf").touch()
    head, first, second, *_ = command("run", "in", "--no-reports").out.splitlines()
    assert head.split() == ["Fejl", "Advarsler", "Bemærk", "Sager", "Tal", "Uden", "plads", "Fil"]
    assert first.endswith(LONG)
    assert first.split()[0] == "1"
    assert "c.pdf: karantæne. Filen er tom." in second
    every = command("run", "in", "--no-reports", "--all").out
    assert sum(line.endswith("b.txt") for line in every.splitlines()) == 1


def test_of_many_files_the_gravest_are_shown_and_the_others_counted(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("afstem.summary.MOST_LINES", 3)
    for n in range(6):
        write_case(tmp_path / "in" / f"{n}.txt", number=f"{n:02}", total="-510")
    (tmp_path / "in" / "x.pdf").touch()
    said = command("run", "in", "--no-reports").out
    assert "x.pdf: karantæne" in said
    assert "… og 4 filer mere med anmærkninger. Vis alle med --all." in said


def test_files_of_other_types_are_counted_and_named(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "sag.txt")
    for name in ("brev.eml", "billede.gif", "andet.eml", ".skjult", "README.md"):
        (tmp_path / "in" / name).write_bytes(b"\x00")
    said = command("run", "in", "--no-reports").out
    assert "Ikke læst: 3 filer af andre typer (2 .eml, 1 .gif): andet.eml, billede.gif, brev.eml" in said


def test_several_documents_and_folders_are_shown_and_held_against_each_other(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt", number="01")
    write_case(tmp_path / "in" / "b.txt", number="02", total="-510")
    write_case(tmp_path / "c.txt", number="03")
    ended = command("show", "in", "c.txt")
    assert ended.code == 0
    assert [word in ended.out for word in ("Sag BC01", "Sag BC02", "Sag BC03")] == [True] * 3
    shown = json.loads(command("show", "in", "c.txt", "--json").out)
    assert [len(document["findings"]) for document in shown] == [0, 1, 0]
    assert "Sag BC02" in command("show", "in", "c.txt", "--case", "bc02").out


def test_show_says_why_a_case_begins_where_it_does_and_why_a_line_is_its_title(
    command: Command, tmp_path: Path
) -> None:
    write_case(tmp_path / "a.txt")
    said = command("show", "a.txt").out
    assert "Sagen begynder her: linjen " in said
    assert "Titlen: den " in said
    assert "opened_" not in said


def test_json_is_as_its_published_schema_says(command: Command, tmp_path: Path, repository: Path) -> None:
    published = (repository / "docs" / "show.schema.json").read_text(encoding="utf-8")
    assert published == written(), "run: python -m afstem.shown"
    sample = repository / "data" / "raw" / "2022-bilag-investeringsforslag.pdf"
    shown = json.loads(command("show", sample, "--json").out)
    Draft202012Validator(json.loads(published)).validate(shown)
    assert shown["findings"]


def test_a_document_that_cannot_be_read_does_not_hide_the_others(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt")
    (tmp_path / "in" / "b.pdf").touch()
    ended = command("show", "in")
    assert ended.code == 2
    assert "Sag BC01" in ended.out
    assert "b.pdf kunne ikke læses. Filen er tom." in ended.err


def test_figures_are_never_cut_however_narrow_the_terminal(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("afstem.terminal._WIDTH", 30)
    shown = command("show", write_case(tmp_path / "sag.txt")).out
    assert [line for line in shown.splitlines() if line.split()[-4:] == ["-150", "-340", "-340", "-340"]] != []


def test_nothing_of_a_document_is_obeyed_by_the_terminal(command: Command, tmp_path: Path) -> None:
    text = CASE.format(number="01", total="-510").replace("Færre lejemål", HOSTILE).replace("Økonomi", HOSTILE)
    (tmp_path / "sag.txt").write_text(text, encoding="utf-8")
    shown = command("show", "sag.txt")
    assert shown.code == 0
    assert "[bold]x[/bold]" in shown.out
    run = command("run", "sag.txt", "--no-reports")
    for printed in (shown.out, shown.err, run.out, run.err):
        assert [c for c in printed if (ord(c) < 32 and c != "\n") or 127 <= ord(c) < 160 or c in "\u202e\u202c"] == []


def test_a_name_that_is_no_text_is_shown_with_signs_for_what_it_is(command: Command, tmp_path: Path) -> None:
    folder = tmp_path / "in"
    folder.mkdir()
    write_case(folder / "[red]\x1b[31m.txt", total="-510")
    ended = command("run", "in", "--no-reports")
    assert ended.code == 0
    assert "[red]␛[31m.txt" in ended.out


def test_a_label_of_ten_thousand_characters_is_cut_with_a_sign() -> None:
    assert one_line("x" * 10_000, 20) == "x" * 19 + "…"
    assert plain("a\x00b\x1b[0m\x7f\u202e") == "a␀b␛[0m␡\N{REPLACEMENT CHARACTER}"
    assert one_line("to\n linjer\t her") == "to linjer her"


def test_checks_are_told_in_the_chosen_language(command: Command) -> None:
    danish, english = command("checks").out, command("checks", "--lang", "en").out
    assert "Regel: En subtotal eller total er summen" in danish
    assert "Eksempel: 120 + 30 + 50 = 200" in danish
    assert "Rule: A subtotal or total is the sum" in english


def test_names_and_errors_are_harmless_in_both_logs_and_on_stderr(command: Command, tmp_path: Path) -> None:
    name = "sag\x1b[31m \u202ekat\x9b2J.txt"
    write_case(tmp_path / "in" / name, total="-510")
    (tmp_path / "in" / "\x1b]0;x\x07.pdf").touch()
    assert command("run", "in").code == 0
    handler_of = logging.getLogger("afstem")
    try:
        raise ValueError(HOSTILE + "\x00")
    except ValueError:
        handler_of.exception("læsning af %s", name)
    log = (tmp_path / "data" / "out" / "afstem.log").read_text(encoding="utf-8")
    events = (tmp_path / "data" / "out" / "afstem.run.jsonl").read_text(encoding="utf-8")
    said = command("show", tmp_path / "in" / "\x1b]0;y\x07.pdf").err
    for text in (log, events, said):
        assert text
        assert [c for c in text if c not in "\n\t" and (unicodedata.category(c) in ("Cc", "Cf"))] == []
    assert name in [json.loads(line).get("file") for line in events.splitlines()]
    assert "␛[31mRød" in log
