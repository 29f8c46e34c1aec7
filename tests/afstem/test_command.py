"""The command line: its exit codes, what it prints where, and that its errors say what to do."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from importlib.metadata import PackageNotFoundError
from pathlib import Path

import psutil
import pymupdf
import pytest

from afstem.runlog import RUN_LOG
from afstem.texts import catalogue
from tests.afstem.sample import write_case
from tests.afstem.typing_words import Command, typist


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    """Types `afstem …` in an empty folder and says how it ended."""
    return typist(monkeypatch, capsys, tmp_path)


def test_a_run_without_words_reads_data_raw_and_writes_data_out(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "data" / "raw" / "sag.txt")
    ended = command("run")
    assert ended.code == 0
    assert "1 fil uden anmærkninger." in ended.out
    assert "1 fil: 1 indlæst, 0 dubletter, 0 i karantæne. 1 læst nu, 0 kendt fra før." in ended.out
    assert "Læst: 1 side, 1 sag, 1 tabel, 12 tal; 0 tal er ikke placeret" in ended.out
    assert ended.err == ""
    assert (tmp_path / "data" / "out" / "parquet" / "findings.parquet").is_file()
    assert (tmp_path / "data" / "out" / "report.html").is_file()


def test_exit_3_says_that_findings_reach_the_level(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "sag.txt", total="-510")
    words = ("run", "in", "--out", "out", "--no-reports")
    assert command(*words).code == 0
    assert command(*words, "--fail-on", "error").code == 3
    write_case(tmp_path / "in" / "sag.txt")
    assert command(*words, "--fail-on", "warning").code == 0


def test_exit_4_says_that_something_was_quarantined(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "sag.txt", total="-510")
    (tmp_path / "in" / "tom.pdf").touch()
    words = ("run", "in", "--out", "out", "--no-reports")
    ended = command(*words)
    assert ended.code == 0
    assert "tom.pdf: karantæne. Filen er tom." in ended.out
    assert command(*words, "--strict").code == 4
    assert command(*words, "--strict", "--fail-on", "error").code == 4  # the findings are not the whole story


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (("run", "gone.pdf"), "gone.pdf findes ikke."),
        (("run", "empty"), "Der er ingen PDF- eller tekstfiler i empty"),
        (("run", "sag.txt", "--out", "sag.txt"), "sag.txt er en fil"),
        (("show", "gone.pdf"), "gone.pdf findes ikke."),
        (("show", "sag.txt", "--case", "BC99"), "Der er: BC01"),
        (("show", "sag.txt", "--picture"), "er ikke en PDF"),
        (("show", "tom.pdf"), "Filen er tom."),
        (("report", "--out", "empty"), "Kør først: afstem run"),
        (("run", "--ocr", "sometimes"), "sometimes"),
        (("fly",), "fly"),
    ],
)
def test_exit_2_says_what_was_wrong_and_what_to_do(
    command: Command, tmp_path: Path, words: tuple[str, ...], says: str
) -> None:
    write_case(tmp_path / "sag.txt")
    (tmp_path / "tom.pdf").touch()
    (tmp_path / "empty").mkdir()
    ended = command(*words)
    assert ended.code == 2
    assert says in ended.err


def test_exit_1_is_our_own_fault_and_names_the_log(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_case(tmp_path / "sag.txt")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("the publisher broke")

    monkeypatch.setattr("publish.publish_parts", broken)
    ended = command("run", "sag.txt", "--out", "out")
    assert ended.code == 1
    assert "RuntimeError: the publisher broke" in ended.err
    assert "afstem.log" in ended.err
    assert "Traceback" in (tmp_path / "out" / "afstem.log").read_text(encoding="utf-8")


def test_an_interrupted_run_keeps_what_it_has_read_and_leaves_no_process(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "a.txt")
    write_case(tmp_path / "in" / "hanging.txt", number="02")
    code = "from afstem import workers, cli; workers.JOB = 'tests.afstem.jobs:read_with_faults'; cli.main()"
    words = ("run", "in", "--out", "out", "--no-reports", "--workers", "2")
    run = subprocess.Popen(
        [sys.executable, "-c", code, *words],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)},
        stderr=subprocess.PIPE,
        text=True,
    )
    log = tmp_path / "out" / RUN_LOG
    while not (log.exists() and '"imported"' in log.read_text("utf-8")):
        assert run.poll() is None
        time.sleep(0.05)
    readers = psutil.Process(run.pid).children(recursive=True)
    run.send_signal(signal.SIGINT)
    _, said = run.communicate(timeout=20)
    assert run.returncode == 130
    assert "Afbrudt" in said
    assert readers
    assert [r for r in readers if r.is_running() and r.status() != psutil.STATUS_ZOMBIE] == []
    (tmp_path / "in" / "hanging.txt").unlink()
    again = command("run", "in", "--out", "out", "--no-reports")
    assert "0 læst nu, 1 kendt fra før" in again.out


def test_show_prints_the_table_as_read_and_what_does_not_agree(command: Command, tmp_path: Path) -> None:
    ended = command("show", write_case(tmp_path / "sag.txt", total="-510"))
    assert ended.code == 0
    assert "-510!" in ended.out
    assert "0 uden plads" in ended.out
    explained = " ".join(ended.out.split())
    assert "Fejl Rækkerne giver ikke totalen." in explained
    assert "»Varige ændringer i alt«, 2025: −200 + 50 = −150, men der står −510." in explained
    assert "−150" in explained


def test_show_as_json_is_one_value_with_every_digit(command: Command, tmp_path: Path) -> None:
    shown = json.loads(command("show", write_case(tmp_path / "sag.txt", total="-510"), "--json").out)
    (case,) = shown["cases"]
    (table,) = case["tables"]
    assert [a["value"] for a in table["lines"][2]["amounts"]] == ["-510", "-340", "-340", "-340"]
    assert shown["document"]["status"] == "imported"
    assert [f["check"] for f in shown["findings"]] == ["column_total"]


def test_show_finds_a_case_by_its_code_however_it_is_typed(command: Command, tmp_path: Path) -> None:
    assert "BC01" in command("show", write_case(tmp_path / "sag.txt"), "--case", "bc 01").out


def test_pictures_show_the_grid_on_the_page(command: Command, tmp_path: Path) -> None:
    pdf = pymupdf.open()
    page = pdf.new_page()
    rows = [
        ("1.000 kr. 2024 p/l", "2025", "2026", "2027"),
        ("Færre lejemål", "-200", "-400", "-400"),
        ("Drift af systemet", "50", "60", "60"),
        ("Varige ændringer i alt", "-150", "-340", "-340"),
    ]
    page.insert_text((60, 80), "Tabel 1. Varige ændringer, service", fontsize=11)
    for index, row in enumerate(rows):
        for x, cell in zip((60, 250, 320, 390), row, strict=True):
            page.insert_text((x, 110 + 18 * index), cell, fontsize=9)
    pdf.save(tmp_path / "sag.pdf")
    ended = command("show", "sag.pdf", "--picture", "--out", "pictures")
    assert ended.code == 0
    (picture,) = (tmp_path / "pictures").glob("*.png")
    assert str(picture.relative_to(tmp_path)) in ended.err
    drawn, plain = pymupdf.Pixmap(str(picture)), pdf[0].get_pixmap(dpi=110)
    assert (drawn.width, drawn.height) == (plain.width, plain.height)
    assert drawn.color_count() > plain.color_count()


def test_the_reports_can_be_written_again_in_english(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "sag.txt", total="-510")
    assert command("run", "in", "--out", "out", "--no-reports").code == 0
    assert not (tmp_path / "out" / "report.html").exists()
    again = command("report", "--out", "out", "--lang", "en")
    assert (again.code, again.out) == (0, "Written to out: report.html, report.xlsx.\n")
    assert 'lang="en"' in (tmp_path / "out" / "report.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("words", [("report",), ("annotate",), ("memo",), ("review", "--no-browser"), ("run", "in")])
@pytest.mark.parametrize(("name", "text"), [("structure.toml", "[[total]]\nrow = 3\n"), ("decisions.jsonl", "{\n")])
def test_what_people_wrote_and_nobody_can_read_is_named(
    command: Command, tmp_path: Path, example_run: Path, words: tuple[str, ...], name: str, text: str
) -> None:
    write_case(tmp_path / "in" / "sag.txt")
    (example_run / "review").mkdir(exist_ok=True)
    (example_run / "review" / name).write_text(text, encoding="utf-8")
    ended = command(*words, "--out", str(example_run))
    assert ended.code == 2
    assert name in ended.err
    assert "Traceback" not in ended.err


def test_a_correction_that_fits_nothing_is_said(command: Command, tmp_path: Path) -> None:
    write_case(tmp_path / "in" / "sag.txt")
    path = tmp_path / "out" / "review" / "structure.toml"
    path.parent.mkdir(parents=True)
    path.write_text("[[total]]\ntable = 'Tabel 9'\nrow = 'I alt'\nparts = ['Løn']\n", encoding="utf-8")
    ended = command("run", "in", "--out", "out", "--no-reports")
    assert ended.code == 0
    assert "passer på intet" in ended.err
    assert "»I alt« er summen af »Løn« (tabellen Tabel 9)" in ended.err


def test_checks_lists_every_check_with_its_rule(command: Command) -> None:
    assert "column_total" in command("checks").out
    codes = {check["code"] for check in json.loads(command("checks", "--json").out)}
    assert {"column_total", "row_total", "cross_table", "payback", "price_level", "year_header"} <= codes


def test_doctor_knows_what_is_there(command: Command) -> None:
    ended = command("doctor")
    assert ended.code == 0
    assert "pymupdf" in ended.out
    assert "Alt det nødvendige er der." in ended.out


def test_doctor_says_how_to_get_ocr(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shutil.which", lambda program: None)
    ended = command("doctor")
    assert ended.code == 0  # it is not needed for files that hold text
    assert "apt-get install tesseract-ocr tesseract-ocr-dan" in ended.out


def test_doctor_does_not_miss_what_only_an_extra_needs(command: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    def without(library: str) -> str:
        if library == "uvicorn":
            raise PackageNotFoundError(library)
        return "1.0"

    monkeypatch.setattr("afstem.doctor.version", without)
    ended = command("doctor")
    assert ended.code == 0
    assert "python -m pip install 'afstem[review]'" in " ".join(ended.out.split())
    assert "Alt det nødvendige er der." in ended.out


def test_version_and_help(command: Command) -> None:
    assert command("--version").out.startswith("afstem ")
    assert "Slutkoder" in command("--help").out
    assert "--fail-on" in command("run", "--help").out


def test_both_languages_say_the_same_things() -> None:
    danish, english = catalogue("da"), catalogue("en")
    assert danish.keys() == english.keys()
    assert [c for c in danish if _slots(danish[c]) != _slots(english[c])] == []


def _slots(text: str) -> set[str]:
    from string import Formatter

    return {name for _, name, _, _ in Formatter().parse(text) if name}


def test_show_does_not_hang_on_a_document_that_does(
    command: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from afstem import pipeline, workers
    from afstem.isolation import Limits
    from afstem.options import RunOptions

    monkeypatch.setattr(workers, "JOB", "tests.afstem.jobs:read_with_faults")
    monkeypatch.setattr(pipeline, "RunOptions", lambda **given: RunOptions(limits=Limits(timeout=1.5), **given))
    write_case(tmp_path / "hanging.txt")
    ended = command("show", "hanging.txt")
    assert ended.code == 2
    assert "--doc-timeout" in ended.err
