"""What `show`, `checks` and the help say, to the last word, in both languages and in a narrow terminal."""

from __future__ import annotations

import pytest

from tests.afstem.kept_terminal import FOLDER, kept, told


@pytest.fixture(scope="module")
def now() -> dict[str, str]:
    return told()


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_nothing_that_the_terminal_says_changes_unseen(now: dict[str, str], name: str) -> None:
    assert now[name] == kept(name), "look at the difference that `python -m tests.afstem.kept_terminal` makes"
