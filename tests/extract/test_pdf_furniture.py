"""Page furniture is taken off; what only stands at a page's edge is not."""

from __future__ import annotations

from pathlib import Path

from tests.extract.pages import Column, Sheet, body, grids, headings, paragraphs, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460))
ROWS = (
    ("1.000 kr. 2024 p/l", "2025", "2026", "2027"),
    ("Færre møder", "-200", "-400", "-400"),
    ("Nye lokaler", "10", "50", "60"),
)


def test_the_same_caption_at_the_top_of_several_pages(tmp_path: Path) -> None:
    sheets = []
    for number in (1, 2, 3):
        sheet = Sheet()
        sheet.text(50, 30, "Budgetforslag 2025 · Økonomiforvaltningen", size=8)
        sheet.text(50, 58, "Tabel 2. Varige ændringer, service", bold=True)
        sheet.table(64, COLUMNS, ROWS)
        sheet.text(50, 500, "Udvalget har drøftet forslaget.")
        sheet.text(545, 820, f"Side {number} af 3", size=8, align="right")
        sheets.append(sheet)
    document = reading(tmp_path, pdf(*sheets))
    captions = [grid.caption.text if grid.caption else None for grid in grids(document)]
    assert captions == ["Tabel 2. Varige ændringer, service"] * 3
    assert paragraphs(document) == ["Udvalget har drøftet forslaget."] * 3


def test_the_same_heading_at_the_top_of_several_pages(tmp_path: Path) -> None:
    sheets = []
    for words in ("Projektet ledes af forvaltningen.", "Arbejdet følges af en styregruppe."):
        sheet = Sheet()
        sheet.text(50, 60, "5. Opfølgning", size=12, bold=True)
        sheet.text(50, 76, words)
        sheet.text(297, 820, str(len(sheets) + 1), align="centre")
        sheets.append(sheet)
    document = reading(tmp_path, pdf(*sheets))
    assert headings(document) == [("5", "Opfølgning")] * 2
    assert paragraphs(document) == ["Projektet ledes af forvaltningen.", "Arbejdet følges af en styregruppe."]


def test_a_lone_figure_in_the_last_row_of_a_page_is_no_page_number(tmp_path: Path) -> None:
    """The figure stands beside the middle of its label's two lines, so it is alone on its line."""
    sheet = Sheet()
    rows = [*ROWS, ("Tilbagebetalingstid baseret på\ntotaløkonomi", "4", "", "")]
    sheet.table(718, COLUMNS, rows, valign="middle")
    assert body(the_grid(reading(tmp_path, pdf(sheet))))[-1][1] == "4"


def test_a_number_at_the_top_that_does_not_count_the_pages_is_said_once(tmp_path: Path) -> None:
    """Questions numbered out of order, each on a page of its own and the last on two, below a running head."""
    sheets = []
    for number, question in enumerate((60, 44, 57, 57), 1):
        sheet = Sheet()
        sheet.text(50, 30, f"Havby Kommune, budget 2031, ark {number}", size=8)
        sheet.text(50, 60, f"Spørgsmål {question}", size=8)
        sheet.text(50, 110, "Udvalget har drøftet forslaget.")
        sheets.append(sheet)
    document = reading(tmp_path, pdf(*sheets))
    assert [text for text in paragraphs(document) if "drøftet" not in text] == [
        "Spørgsmål 60",
        "Spørgsmål 44",
        "Spørgsmål 57",
    ]
