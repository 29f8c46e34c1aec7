"""A second look at figures that do not add up: what is asked, and what the answers change."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

from extract.models import Block, Box, Cell, Document, Grid, Ledger, Place, Placement, Row, Status
from normalize import doubtful_places, understand, with_second_opinion
from normalize.models import Amount, CaseFile

CLOSES = """
1.000 kr. | 2024 | 2025
Løn | 1.360 | 1.400
Drift | 140 | 150
I alt | 1.500 | 1.550
"""
DOES_NOT = CLOSES.replace("1.360", "1.860")


def read(text: str, *, media_type: str = "application/pdf", orphans: tuple[str, ...] = ()) -> CaseFile:
    """A one-table document; every cell stands in a box of its own."""
    rows = []
    for y, line in enumerate(text.strip().splitlines()):
        cells = [
            Cell(t.strip(), t.strip(), Place(1, Box(x * 60, y * 12, x * 60 + 50, y * 12 + 10)), Placement.ALIGNED)
            for x, t in enumerate(line.split("|"))
        ]
        rows.append(Row(tuple(cells), cells[0].place, header=y == 0))
    blocks: tuple[Block, ...] = (
        Grid(tuple(rows), 3, 1, 1, rows[0].place, ledger=Ledger(12 + len(orphans), 12, orphans=orphans)),
    )
    return understand(Document("d" * 16, "x.pdf", "d" * 64, media_type, 1, Status.IMPORTED, blocks))


def amounts(file: CaseFile) -> list[Amount]:
    return [a for case in file.cases for table in case.tables for line in table.lines for a in line.amounts]


def answered(file: CaseFile, **changed: str) -> CaseFile:
    """The file after a second reader who reads the same, but for the prints in `changed` (2024's first figure)."""
    answers = {a.place: a.printed for a in amounts(file)}
    first = amounts(file)[0]
    answers[first.place] = changed.get("first", first.printed)
    return with_second_opinion(file, answers)


def test_a_table_that_adds_up_needs_no_second_look() -> None:
    assert doubtful_places(read(CLOSES)) == []


def test_all_figures_of_a_table_that_does_not_are_asked_for() -> None:
    file = read(DOES_NOT)
    assert doubtful_places(file) == [a.place for a in amounts(file)]


def test_words_that_went_nowhere_are_a_reason_too() -> None:
    assert len(doubtful_places(read(CLOSES, orphans=("17",)))) == 6


def test_text_files_and_scanned_pages_are_not_asked_for() -> None:
    assert doubtful_places(read(DOES_NOT, media_type="text/plain")) == []
    file = read(DOES_NOT)
    assert doubtful_places(replace(file, document=replace(file.document, scanned_pages=(1,)))) == []


def test_agreement_confirms_and_changes_nothing_else() -> None:
    file = read(DOES_NOT)
    after = answered(file, first="1 860")
    first = amounts(after)[0]
    assert (first.second, first.printed, first.value) == ("1 860", "1.860", Decimal(1860))
    assert amounts(file)[0].confidence < first.confidence <= 0.995
    assert [a.amount_id for a in amounts(after)] == [a.amount_id for a in amounts(file)]


def test_disagreement_is_kept_and_makes_the_figure_doubtful() -> None:
    first = amounts(answered(read(DOES_NOT), first="1.360"))[0]
    assert (first.second, first.printed) == ("1.360", "1.860")
    assert first.confidence < 0.5


def test_a_reader_who_finds_nothing_on_a_page_has_no_opinion() -> None:
    file = read(DOES_NOT)
    assert with_second_opinion(file, {a.place: "" for a in amounts(file)}) == file
    assert with_second_opinion(file, {a.place: None for a in amounts(file)}) == file
