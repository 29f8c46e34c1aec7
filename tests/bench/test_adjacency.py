"""What counts as read in tables of public papers: relations of neighbouring cells."""

from __future__ import annotations

import json
from pathlib import Path

from bench.adjacency import measure, plain, relations
from tests.extract.pages import Column, Sheet, pdf


def test_relations_pass_over_blank_cells_and_count_a_merged_one_once() -> None:
    cells = [(0, 0, 0, 0, "Post"), (0, 1, 0, 2, "2025"), (1, 0, 1, 0, "Drift"), (1, 2, 1, 2, "10")]
    assert relations(cells) == {
        ("post", "2025", "right"): 1,
        ("post", "drift", "below"): 1,
        ("2025", "10", "below"): 1,
        ("drift", "10", "right"): 1,
    }


def test_texts_are_compared_without_leader_dots_and_the_hyphens_of_line_ends() -> None:
    assert plain("Uddannelse af medarbej- dere . . . . .") == plain("uddannelse af medarbejdere")
    assert plain("-1.200") != plain("1.200")


def test_a_table_read_whole_and_one_with_a_figure_that_is_not_printed(tmp_path: Path) -> None:
    sheet = Sheet()
    rows = [("Post", "2025", "2026"), ("Drift", "10", "20"), ("Anlæg", "30", "40"), ("I alt", "40", "60")]
    sheet.table(90, (Column(52, "left"), Column(300), Column(380)), rows)
    paper = tmp_path / "paper.pdf"
    pdf(sheet).save(paper)
    cells = [[r, c, r, c, text] for r, row in enumerate(rows) for c, text in enumerate(row)]
    paper.with_suffix(".json").write_text(json.dumps({"tables": [{"page": 1, "cells": cells}]}))
    assert measure(paper).f1 == 1.0
    cells[4][4] = "11"
    paper.with_suffix(".json").write_text(json.dumps({"tables": [{"page": 1, "cells": cells}]}))
    told = measure(paper)
    assert (told.lost, told.f1 < 1.0) == (1, True)
