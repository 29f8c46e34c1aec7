"""The recipes of CONTRIBUTING.md, followed in a copy of the repository: a test fails, the change is made, it passes."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("lexicon", "extract", "normalize", "reconcile", "publish", "afstem")
PAGE = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
_STEP = re.compile(r"^`(?P<path>[\w/.-]+)`(?P<new> \(new\))?:\n\n```\w+\n(?P<text>.*?)^```$", re.MULTILINE | re.DOTALL)


@dataclass(frozen=True)
class Step:
    """A file of a recipe: the whole of a new one, or what becomes of some lines of one that is there."""

    path: str
    text: str
    new: bool

    @property
    def is_test(self) -> bool:
        return self.path.startswith("tests/")

    def follow(self, folder: Path) -> None:
        """Makes the file, or the change: lines with "-" and " " must stand there, those with "+" and " " replace them.

        The last line of a change need not be whole.
        """
        file = folder / self.path
        if self.new:
            assert not file.exists(), f"{self.path} is not new"
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(self.text, encoding="utf-8")
            return
        lines = self.text.splitlines()
        before = "\n".join(line[1:] for line in lines if line[:1] != "+")
        after = "\n".join(line[1:] for line in lines if line[:1] != "-")
        text = file.read_text(encoding="utf-8")
        assert text.count(before) == 1, f"{self.path} holds these lines {text.count(before)} times:\n{before}"
        file.write_text(text.replace(before, after), encoding="utf-8")


def recipes() -> Iterator[tuple[str, list[Step]]]:
    """The recipes by title."""
    for section in PAGE.split("\n## ")[1:]:
        title, _, body = section.partition("\n")
        yield title, [Step(m["path"], m["text"], m["new"] is not None) for m in _STEP.finditer(body)]


def outcome(folder: Path, test: Step) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", test.path]
    return subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)


def test_there_are_three_recipes_each_with_a_test_and_a_change() -> None:
    told = dict(recipes())
    assert list(told) == ["A new municipality's words", "A new check", "A new kind of input"]
    assert all(steps[0].is_test and len(steps) > 2 for steps in told.values())
    assert PAGE.count("```") == 2 * sum(map(len, told.values()))


@pytest.mark.parametrize(("title", "steps"), list(recipes()), ids=[title for title, _ in recipes()])
def test_a_recipe_does_what_it_says(tmp_path: Path, title: str, steps: list[Step]) -> None:
    for name in PACKAGES:
        shutil.copytree(ROOT / name, tmp_path / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    test, *changes = steps
    test.follow(tmp_path)
    before = outcome(tmp_path, test)
    assert before.returncode == 1, f"{title}: nothing was missing\n{before.stdout}"
    for step in changes:
        step.follow(tmp_path)
    after = outcome(tmp_path, test)
    assert after.returncode == 0, f"{title}: {after.stdout[-2500:]}"
