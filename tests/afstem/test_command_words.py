"""What the command line says of itself and of words that it cannot work with: all in the chosen language."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from afstem.commands import COMMANDS
from tests.afstem.sample import write_case
from tests.afstem.typing_words import Command, typist

#: Words of Click's own that must not be seen in a Danish help or error.
ENGLISH = ("Usage", "Options", "Error", "Try ", "Show ", "default", "Invalid", "not a valid", "Missing", "No such")


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    return typist(monkeypatch, capsys, tmp_path)


@pytest.mark.parametrize("name", ["", *COMMANDS])
def test_help_is_all_in_the_chosen_language(command: Command, name: str) -> None:
    words = [name] if name else []
    danish, english = command(*words, "--help"), command(*words, "--lang", "en", "-h")
    assert (danish.code, english.code) == (0, 0)
    assert danish.out.startswith("Brug: afstem")
    assert english.out.startswith("Usage: afstem")
    assert [word for word in ENGLISH if word in danish.out] == []
    assert not set("æøå") & set(english.out)


@pytest.mark.parametrize(
    ("words", "danish", "english"),
    [
        (("run", "--fly"), "--fly findes ikke. Se: afstem run --help", "no option --fly. See: afstem run --help"),
        (("run", "--workers", "many"), "--workers: many er ikke et tal", "--workers: many is not a number"),
        (("run", "--workers", "0"), "--workers: 0 er for lidt. Mindst 1.", "--workers: 0 is too little. At least 1."),
        (("run", "--fail-on", "all"), "Vælg en af: error, warning, info", "Choose one of: error, warning, info"),
        (("run", "--out"), "--out mangler en værdi", "--out lacks its value"),
        (("report", "--out", ""), "--out: der er ikke angivet nogen mappe", "--out: no folder is named"),
        (("report", "--out", "å" * 2000), "å…å", "å…å"),
        (("report", "a", "b"), "For mange ord: a b", "Too many words: a b"),
        (("show",), "FILE... mangler.", "FILE... is missing."),
        (("fly",), "Der er ingen kommando fly.", "There is no command fly."),
    ],
)
def test_a_wrong_word_is_named_in_the_chosen_language(
    command: Command, words: tuple[str, ...], danish: str, english: str
) -> None:
    said = command(*words)
    assert (said.code, said.out) == (2, "")
    assert danish in said.err
    assert [word for word in ENGLISH if word in said.err] == []
    assert english in command("--lang", "en", *words).err


def test_without_a_command_the_help_is_shown_and_it_is_wrong_usage(command: Command) -> None:
    ended = command()
    assert ended.code == 2
    assert ended.err.startswith("Brug: afstem")


def test_the_version_is_shown_wherever_it_is_asked_for(command: Command) -> None:
    assert command("-V").out == command("run", "-V").out == command("--version").out
    assert command("-V").out.startswith("afstem ")


@pytest.mark.parametrize(
    ("out", "says"),
    [
        ("sag.txt/out", "ligger under noget, der er en fil"),
        ("sag.txt", "sag.txt er en fil"),
        ("x" * 300, "er for langt"),
        ("/proc/afstem", "Angiv en anden mappe med --out."),
    ],
)
def test_a_folder_that_cannot_be_written_to_is_wrong_usage(
    command: Command, tmp_path: Path, out: str, says: str
) -> None:
    write_case(tmp_path / "sag.txt")
    ended = command("run", "sag.txt", "-o", out)
    assert ended.code == 2
    assert says in ended.err
    assert "Traceback" not in ended.err


def test_help_loads_none_of_the_stages() -> None:
    heavy = {"pymupdf", "pyarrow", "duckdb", "numpy", "pandas", "rich", "extract", "normalize", "reconcile"}
    script = (
        "import sys; sys.argv = ['afstem', '--help']\n"
        "from afstem.cli import main\n"
        "try: main()\n"
        f"finally: print(sorted({heavy!r} & sys.modules.keys()), file=sys.stderr)"
    )
    ended = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert ended.stderr.strip() == "[]"


@pytest.mark.parametrize("words", [("show", "sag.txt"), ("show", "sag.txt", "--json"), ("run", "sag.txt"), ("checks",)])
def test_a_reader_who_leaves_early_is_no_fault(tmp_path: Path, words: tuple[str, ...]) -> None:
    write_case(tmp_path / "sag.txt")
    script = "import sys; sys.argv[0] = 'afstem'\nfrom afstem.cli import main; main()"
    process = subprocess.Popen(
        [sys.executable, "-c", script, *words], cwd=tmp_path, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    )
    assert process.stdout is not None
    assert process.stderr is not None
    process.stdout.close()
    said = process.stderr.read()
    process.stderr.close()
    assert (process.wait(timeout=60), said) == (0, b"")


def test_a_run_in_which_all_is_known_loads_no_reader_and_no_pandas(tmp_path: Path) -> None:
    write_case(tmp_path / "sag.txt", total="-510")
    script = (
        "import sys; sys.argv[1:] = ['run', 'sag.txt', '--out', 'out']\n"
        "from afstem.cli import command_line\n"
        "try: command_line()\n"
        "finally: print([m for m in ('pandas', 'pymupdf', 'pdfplumber') if sys.modules.get(m)], file=sys.stderr)"
    )
    command = [sys.executable, "-c", script]
    subprocess.run(command, cwd=tmp_path, capture_output=True, check=True)
    again = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=True)
    assert "1 kendt fra før" in again.stdout
    assert again.stderr.strip() == "[]"
