"""What a run is told to leave behind is checked before anything is written."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

import publish
from tests.publish.lindeby import files


@pytest.mark.parametrize(
    "said",
    [{"language": "sv"}, {"report": False}, {"reports": "perhaps"}, {"level": 2026}, {"draw": "here"}],
    ids=["a language without texts", "a word that is no option", "no yes or no", "no price level", "no function"],
)
def test_what_is_no_option_is_refused_and_nothing_is_written(tmp_path: Path, said: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=next(iter(said))):
        publish.publish(files(), [], tmp_path / "out", **said)
    assert not (tmp_path / "out").exists()


def test_options_said_one_by_one_are_those_of_the_record(tmp_path: Path) -> None:
    publish.publish(files(), [], tmp_path / "a", reports=False, by_year=True)
    publish.publish(files(), [], tmp_path / "b", publish.PublishOptions(reports=False, by_year=True))
    for out in (tmp_path / "a", tmp_path / "b"):
        assert sorted(path.name for path in out.iterdir()) == [".cache", "afstem.duckdb", "parquet", "parquet-by-year"]
