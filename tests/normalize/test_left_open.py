"""A text file whose tables stay open is named, with the advice to give the document that it was made from."""

from __future__ import annotations

from dataclasses import replace

import pytest

from extract.models import Document, Placement, Reason, ReasonCode, Status
from normalize.left_open import with_advice, with_unread
from normalize.models import CaseFile
from publish.wording import reason_text
from tests.publish.lindeby import case, table


def text_file(open_rows: int, sure_rows: int, lost: int = 0, **about: object) -> CaseFile:
    """A text file with rows of two figures each, of which those of `open_rows` have no sure place."""
    line = table().lines[0]
    undecided = replace(line, amounts=tuple(replace(a, placement=Placement.UNDECIDED) for a in line.amounts))
    rows = tuple(replace(one, ordinal=n) for n, one in enumerate((*[undecided] * open_rows, *[line] * sure_rows)))
    paper = Document("ab", "sag.txt", "ab" * 32, "text/plain", 1, Status.IMPORTED, unplaced_figures=lost)
    return CaseFile(replace(paper, **about), (case(tables=[replace(table(), lines=rows)]),))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("file", "count"),
    [
        (text_file(3, 0), "6"),
        (text_file(3, 12), "6"),
        (text_file(1, 3, lost=4), "6"),
        (text_file(2, 0), None),  # too few to speak of
        (text_file(3, 13), None),  # few of many
        (text_file(0, 20), None),
        (text_file(9, 0, media_type="application/pdf"), None),
    ],
)
def test_a_text_file_says_that_much_of_it_is_open(file: CaseFile, count: str | None) -> None:
    reason = with_advice(file).document.reason
    assert reason == (None if count is None else Reason(ReasonCode.OPEN_TABLES, (("count", count),)))


def test_what_else_was_wrong_is_not_hidden() -> None:
    known = Reason(ReasonCode.ENCODING, (("count", "3"),))
    assert with_advice(text_file(9, 0, reason=known)).document.reason == known


def test_the_advice_is_told_in_both_languages() -> None:
    reason = Reason(ReasonCode.OPEN_TABLES, (("count", "1200"),))
    assert reason_text(reason, "da").startswith("Teksten viser ikke, hvor i tabellerne 1.200 tal hører til")
    assert reason_text(reason, "da").endswith("Giv PDF-filen i stedet, eller lav teksten igen med pdftotext -layout.")
    assert "Give the PDF instead" in reason_text(reason, "en")


def test_a_spoilt_cell_is_counted_as_a_figure_without_a_place() -> None:
    file = text_file(0, 2, lost=1)
    spoilt = replace(table(), lines=(replace(table().lines[0], amounts=(), texts=("1.6x96",), unread=(1,)),))
    assert with_unread(file).document.unplaced_figures == 1
    told = with_unread(replace(file, cases=(case(tables=[spoilt]),))).document
    assert (told.unplaced_figures, [figure.text for figure in told.unplaced]) == (2, ["1.6x96"])
