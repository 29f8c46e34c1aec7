"""Relations, views, workbook, CSV, page, annotated copy and memo of a small run, to the last cell."""

from __future__ import annotations

import pytest

from tests.publish.kept_outputs import FOLDER, kept, told


@pytest.fixture(scope="module")
def now(tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    return told(tmp_path_factory.mktemp("run"))


@pytest.mark.parametrize("name", sorted(path.stem for path in FOLDER.glob("*.txt")))
def test_nothing_that_is_handed_out_changes_unseen(now: dict[str, list[str]], name: str) -> None:
    assert now[name] == kept(name), "look at the difference that `python -m tests.publish.kept_outputs` makes"
