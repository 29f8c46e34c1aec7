"""Papers that somebody wrote without having read the reader: what was once read whole is read whole.

Each is drawn, set, read through all stages and held to its truth: figures in their rows and columns, kinds, units,
price levels, cases with code and title, and no alarm in a sound paper; or one planted error, found at its place.
"""

from __future__ import annotations

import pytest

from bench.typeset.fonts import FontMissingError
from tests import documents, odd_documents
from tests.papers import missed, read_whole

WHOLE = read_whole()


def lost(what: str) -> dict[str, list[str]]:
    """What is missed now of the papers of a line of the list that were read whole."""
    try:
        said = missed(what, WHOLE[what])
    except FontMissingError as missing:
        pytest.skip(f"{missing} is not installed")
    return {name: said[name] for name in WHOLE[what] if said[name]}


@pytest.mark.parametrize("what", [what for what in WHOLE if what.startswith("papers")])
def test_papers_are_read_whole(what: str) -> None:
    assert lost(what) == {}


@pytest.mark.parametrize("what", [what for what in WHOLE if what.startswith("layouts")])
def test_documents_of_random_layouts_are_read_whole(what: str) -> None:
    assert lost(what) == {}


@pytest.mark.parametrize("what", [what for what in WHOLE if what.startswith("openings")])
def test_cases_that_begin_in_many_ways_are_parted(what: str) -> None:
    assert lost(what) == {}


@pytest.mark.parametrize("what", [what for what in WHOLE if what.startswith("slips")])
def test_a_planted_error_is_found_at_its_place(what: str) -> None:
    assert lost(what) == {}


def test_most_papers_are_read_whole() -> None:
    of_papers = [names for what, names in WHOLE.items() if what.startswith("papers")]
    assert sum(map(len, of_papers)) > 150


@pytest.mark.parametrize("name", documents.names())
def test_nothing_that_is_read_or_found_in_a_kept_document_changes_unseen(name: str) -> None:
    assert documents.told(name) == documents.kept(name), "look at the difference that `python -m tests.documents` makes"


@pytest.mark.parametrize("tenth", range(10))
def test_nothing_that_is_read_in_half_a_table_or_a_broken_row_changes_unseen(tenth: int) -> None:
    numbers = range(tenth, odd_documents.MANY, 10)
    kept = odd_documents.kept()
    changed = [n for n in numbers if odd_documents.digest(n) != kept[n]]
    assert changed == [], "compare what `python -m tests.odd_documents N` tells before and after the change"
