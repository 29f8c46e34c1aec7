"""Before a run takes documents away from its folder it says so; `--add` keeps them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.afstem.sample import write_case
from tests.afstem.typing_words import Command, typist


@pytest.fixture
def command(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Command:
    return typist(monkeypatch, capsys, tmp_path)


def weeks(folder: Path) -> tuple[Path, Path]:
    """Two folders with a document each."""
    first, second = folder / "week-1", folder / "week-2"
    for week, name in ((first, "one.txt"), (second, "two.txt")):
        week.mkdir()
        write_case(week / name)
    (second / "two.txt").write_text((second / "two.txt").read_text("utf-8") + "\nEn linje mere.\n", "utf-8")
    return first, second


def test_documents_that_go_are_named_before_the_run(command: Command, tmp_path: Path) -> None:
    first, second = weeks(tmp_path)
    assert "ikke blandt filerne" not in command("run", first, "--out", "out", "--no-reports").err
    said = command("run", second, "--out", "out", "--no-reports").err
    assert "1 dokument i out er ikke blandt filerne og forsvinder: one.txt. Med --add bliver det." in said


def test_with_add_they_stay_and_nothing_is_said(command: Command, tmp_path: Path) -> None:
    import duckdb

    first, second = weeks(tmp_path)
    command("run", first, "--out", "out", "--no-reports")
    assert "forsvinder" not in command("run", second, "--out", "out", "--no-reports", "--add").err
    with duckdb.connect(str(tmp_path / "out" / "afstem.duckdb"), read_only=True) as connection:
        assert connection.sql("SELECT file_name FROM documents ORDER BY 1").fetchall() == [("one.txt",), ("two.txt",)]


def test_rates_and_level_belong_together(command: Command, tmp_path: Path) -> None:
    first, _ = weeks(tmp_path)
    ended = command("run", first, "--price-level", "2026")
    assert (ended.code, ended.out) == (2, "")
    assert "--price-level og --rates hører sammen" in ended.err
    (tmp_path / "rates.toml").write_text("title = 1\n")
    ended = command("run", first, "--price-level", "2026", "--rates", "rates.toml")
    assert ended.code == 2
    assert "rates.toml: title" in ended.err
    ended = command("run", first, "--price-level", "2026", "--rates", "rates.toml", "--rates-as-of", "June")
    assert "June er ikke en dato" in ended.err
    assert not (tmp_path / "data").exists()
