"""A cell with digits that is no figure is not a blank: what it would add to is not called wrong."""

from __future__ import annotations

import pytest

from normalize import understand
from reconcile import check
from tests.extract.dumps import read

PAPER = """
    Forslag 3: Ny kaj

    Tabel 1. Udgifter

    | 1.000 kr. | 2026 | 2027 |
    |---|---|---|
    | Spuns | 2.520 | 2.696 |
    | Belægning | 1.520 | {part} |
    | I alt | {total} | 4.392 |
    """


@pytest.mark.parametrize(
    ("part", "total", "found", "unplaced"),
    [
        ("1.696", "4.040", 0, 0),
        ("1.6x96", "4.040", 0, 1),  # what stands there is not known
        ("1.696", "4.040ca.", 0, 1),
        ("", "4.040", 1, 0),  # nothing stands there, and the total says otherwise
    ],
)
def test_what_a_spoilt_cell_adds_to_is_not_judged(part: str, total: str, found: int, unplaced: int) -> None:
    file = understand(read(PAPER.format(part=part, total=total)))
    assert len(check([file])) == found
    assert file.document.unplaced_figures in (unplaced, None)
    assert sum(table.unplaced_figures or 0 for case in file.cases for table in case.tables) == unplaced
