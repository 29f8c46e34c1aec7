"""Temporary folders of processes that were killed do not pile up, and those of processes at work stay."""

from __future__ import annotations

import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from publish.passing import PassingFolder

HOLD = """
import sys, tempfile
tempfile.tempdir = sys.argv[1]
from publish.passing import PassingFolder
folder = PassingFolder("afstem-test-")
(folder.path / "large").write_text("spilt")
print(folder.path, flush=True)
sys.stdin.read()
"""


@pytest.fixture(autouse=True)
def temporary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    return tmp_path


def test_a_folder_is_gone_when_it_is_closed(temporary: Path) -> None:
    folder = PassingFolder("afstem-test-")
    (folder.path / "large").write_text("spilt")
    folder.close()
    assert list(temporary.iterdir()) == []


def test_what_a_killed_process_left_is_removed_by_the_next_and_not_before_it_is_dead(temporary: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-c", HOLD, str(temporary)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    )
    assert process.stdout is not None
    left = Path(process.stdout.readline().strip())
    PassingFolder("afstem-test-").close()
    assert (left / "large").is_file()
    process.kill()
    process.communicate()
    assert left.is_dir()
    PassingFolder("afstem-test-").close()
    assert list(temporary.iterdir()) == []


def test_folders_of_others_are_left_alone(temporary: Path) -> None:
    (temporary / "afstem-test-new").mkdir()  # of one that has not yet taken its lock
    (temporary / "other").mkdir()
    PassingFolder("afstem-test-").close()
    assert sorted(path.name for path in temporary.iterdir()) == ["afstem-test-new", "other"]
