"""Names of columns beside the labels' own head."""

from __future__ import annotations

from pathlib import Path

from tests.extract.pages import Column, Sheet, body, head, pdf, reading, the_grid


def test_a_wrapped_name_left_of_its_figures_is_the_first_columns_and_makes_none_of_its_own(tmp_path: Path) -> None:
    sheet = Sheet()
    columns = (Column(52, "left"), Column(300), Column(390), Column(470), Column(545))
    sheet.text(248, 96, "Oprindeligt")
    for x, name in ((52, "1.000 kr."), (248, "budget"), (345, "Tillæg"), (425, "Forbrug"), (505, "Rest")):
        sheet.text(x, 107, name)
    rows = [(f"Hal {i}", f"6{i}.440", f"-{i}20", f"4{i}.420", f"6{i}5") for i in range(1, 6)]
    sheet.table(112, columns, rows, bold=())
    grid = the_grid(reading(tmp_path, pdf(sheet)))
    assert body(grid) == [list(row) for row in rows]
    assert [" ".join(row[c] or "" for row in head(grid)).strip() for c in range(5)] == [
        "1.000 kr.",
        "Oprindeligt budget",
        "Tillæg",
        "Forbrug",
        "Rest",
    ]
