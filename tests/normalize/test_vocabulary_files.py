"""The vocabulary files: what they may hold, and what a typo says."""

from __future__ import annotations

from importlib.resources import files

import pytest

from lexicon.data import LexiconError, parse
from normalize.vocabulary.schema import FILES, check


def test_the_files_hold_what_they_may() -> None:
    check()


@pytest.mark.parametrize(
    ("file", "word", "typo", "said"),
    [
        ("cases", "banners = [", "baners = [", "cases.toml: b"),
        ("tables", 'kind = "recurring"', 'kind = "recuring"', "tables.toml: .*summary"),
        ("columns", "[percent]", "[procent]", "columns.toml: "),
        ("prose", "per_year = [", "per_yaer = [", "prose.toml: marks.per_y"),
        ("cases", "[fields]\n", "[fields]\ntitel = []\n", "cases.toml: fields.titel"),
    ],
)
def test_a_typo_is_told_with_file_and_key(file: str, word: str, typo: str, said: str) -> None:
    text = files("normalize.vocabulary").joinpath(f"{file}.toml").read_text(encoding="utf-8")
    assert word in text
    with pytest.raises(LexiconError, match=said):
        parse(text.replace(word, typo, 1), f"{file}.toml", FILES[file])
