"""Pages of any layout: rows, columns, headers, captions, notes, what continues overleaf, what is set how."""

from __future__ import annotations

from pathlib import Path

import pytest

from bench.typeset.fonts import FontMissingError
from tests.extract.kept_pages import SEEDS, kept, told


@pytest.mark.parametrize("seed", SEEDS)
def test_nothing_that_is_read_on_a_page_changes_unseen(seed: int, tmp_path: Path) -> None:
    try:
        now = told(seed, tmp_path)
    except FontMissingError as missing:
        pytest.skip(f"{missing} is not installed")
    assert now == {name: kept(name) for name in now}, (
        "look at the difference `python -m tests.extract.kept_pages` makes"
    )
