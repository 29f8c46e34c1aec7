"""What only POSIX systems have is asked for, never taken for granted: the batch runs where it is missing."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pandas as pd

from tests.afstem.sample import write_case

#: Modules that Windows has not.  Python's own library and other packages see to themselves; ours must not ask for them.
POSIX_ONLY = ("resource", "fcntl", "pwd", "grp", "termios", "posix", "pty", "tty", "syslog", "curses")

#: Runs before anything else, in the command and in the processes that it starts.
WITHOUT = f"""
import builtins, os, signal

whole = builtins.__import__
OURS = ("afstem", "extract", "normalize", "reconcile", "publish")

def without(name, globals=None, locals=None, fromlist=(), level=0):
    asking = (globals or {{}}).get("__name__", "").split(".")[0]
    if asking in OURS and name.split(".")[0] in {POSIX_ONLY!r}:
        raise ImportError(f"{{name}} is not on this system")
    return whole(name, globals, locals, fromlist, level)

builtins.__import__ = without
for name in ("geteuid", "getuid", "fork", "killpg", "setsid", "getpgid"):
    delattr(os, name)
for name in ("SIGALRM", "setitimer", "SIGHUP"):
    delattr(signal, name)
"""


def test_the_batch_runs_without_what_only_posix_systems_have(tmp_path: Path) -> None:
    (tmp_path / "first").mkdir()
    (tmp_path / "first" / "sitecustomize.py").write_text(WITHOUT, encoding="utf-8")
    for number in range(2):
        write_case(tmp_path / "in" / f"{number}.txt", number=f"0{number}", total="-510")
    ended = subprocess.run(
        [sys.executable, "-c", "from afstem.cli import main; main()", "run", "in", "--out", "out"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": os.pathsep.join([str(tmp_path / "first"), *sys.path])},
        capture_output=True,
        text=True,
        check=False,
    )
    assert ended.returncode == 0, ended.stderr
    documents = pd.read_parquet(tmp_path / "out" / "parquet" / "documents.parquet")
    assert documents.status.to_list() == ["imported", "imported"]
    assert (tmp_path / "out" / "report.html").is_file()


def test_names_in_the_relations_have_slashes_on_any_system(tmp_path: Path) -> None:
    from afstem.inputs import find

    write_case(tmp_path / "in" / "2021" / "a.txt")
    write_case(tmp_path / "in" / "2022" / "a.txt", number="02")
    found = find([tmp_path / "in"], tmp_path / "out")
    assert [f.name for f in found] == ["2021/a.txt", "2022/a.txt"]
    assert [f.below for f in found] == ["2021/a.txt", "2022/a.txt"]
