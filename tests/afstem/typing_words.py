"""Typing `afstem …` in a test: the command in this process, in an empty folder."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

from afstem import cli


class Ended(NamedTuple):
    """How a command ended: its exit code and what it printed."""

    code: int
    out: str
    err: str


Command = Callable[..., Ended]


def typist(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], folder: Path) -> Command:
    """A function that types `afstem` with its arguments in `folder`."""
    monkeypatch.chdir(folder)

    def typed(*words: str | Path) -> Ended:
        monkeypatch.setattr("sys.argv", ["afstem", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            cli.main()
        printed = capsys.readouterr()
        return Ended(int(ended.value.code or 0), printed.out, printed.err)

    return typed
