"""Nothing is lost in silence: every word of a page ends in a cell, a caption, a note, running text or the orphans."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import pymupdf
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import extract
from extract.models import Document, Grid, Heading, Paragraph, ReadOptions
from tests.extract.pages import Column, Sheet, body, grids, head, pdf, reading, the_grid

SAMPLES = Path(__file__).resolve().parents[2] / "data" / "raw"
STYLES = ("plain", "horizontal", "grid", "zebra")


class Drawn(NamedTuple):
    """A generated table: its rows (the header first) and how it is drawn."""

    rows: list[tuple[str, ...]]
    style: str
    order: str
    valign: str


@st.composite
def figures(draw: st.DrawFn) -> str:
    value = draw(st.one_of(st.integers(-999, 999), st.integers(-99_999, 2_000_000)))
    return f"{value:,}".replace(",", ".")


@st.composite
def tables(draw: st.DrawFn, gaps: bool = False) -> Drawn:
    """A regular table: a label and up to five years, all cells filled (or with gaps beyond the first row)."""
    years = draw(st.integers(2, 5))
    first = draw(st.integers(2016, 2026))
    labels = st.sampled_from(
        (
            "Færre møder",
            "Drift af systemet",
            "Nye lokaler på\nNørregade",
            "Uddannelse af medarbej-\nderne i forvaltningen",
            "Udbud af kørsel",
            "Ny teknologi til\nældreplejen og\nhjemmeplejen",
            "Besparelse",
        )
    )
    rows: list[tuple[str, ...]] = [("1.000 kr. 2024 p/l", *(str(first + i) for i in range(years)))]
    for number in range(draw(st.integers(2, 7))):
        cells = [draw(figures()) for _ in range(years)]
        if gaps and number:
            kept = draw(st.lists(st.booleans(), min_size=years, max_size=years).filter(any))
            cells = [cell if keep else "" for cell, keep in zip(cells, kept, strict=True)]
        rows.append((draw(labels), *cells))
    rows.append(("Varige ændringer i alt", *(draw(figures()) for _ in range(years))))
    return Drawn(
        rows,
        draw(st.sampled_from(STYLES)),
        draw(st.sampled_from(("as drawn", "scrambled", "columns"))),
        draw(st.sampled_from(("top", "middle", "bottom"))),
    )


def page_of(table: Drawn) -> Sheet:
    years = len(table.rows[0]) - 1
    columns = [Column(52, "left"), *(Column(260 + 65 * i) for i in range(years))]
    bounds = [50, *(198 + 65 * i for i in range(years + 1))]
    sheet = Sheet()
    sheet.text(50, 50, "Forvaltningen har regnet på forslaget.")
    sheet.text(50, 85, "Tabel 1. Varige ændringer, service", bold=True)
    bottom = sheet.table(
        95,
        columns,
        table.rows,
        style=table.style,
        valign=table.valign,
        right=bounds[-1],
        bounds=bounds if table.style == "grid" else (),
    )
    sheet.text(50, bottom + 16, "Note: Beløbene er afrundet.", size=8)
    return sheet


def read_back(sheet: Sheet, order: str) -> Document:
    with TemporaryDirectory() as folder:
        return reading(Path(folder), pdf(sheet, order=order))


def words_of(document: Document) -> Counter[str]:
    """All words that the document's blocks hold."""
    held: Counter[str] = Counter()
    for block in document.blocks:
        if isinstance(block, Heading):
            held.update(block.title.split())
        elif isinstance(block, Paragraph):
            held.update(word for line in block.lines for word in line.text.split())
        else:
            for paragraph in (*block.notes, *([block.caption] if block.caption else [])):
                held.update(word for line in paragraph.lines for word in line.text.split())
            held.update(word for row in block.rows for cell in row.cells if cell for word in cell.raw.split())
            held.update(block.ledger.orphans)
    return held


def assert_balanced(grid: Grid) -> None:
    ledger = grid.ledger
    assert ledger.tokens == ledger.placed + ledger.captions + ledger.notes + len(ledger.orphans)
    assert ledger.placed == sum(len(cell.raw.split()) for row in grid.rows for cell in row.cells if cell)
    assert ledger.captions == (len(grid.caption.text.split()) if grid.caption else 0)
    assert ledger.notes == sum(len(line.text.split()) for note in grid.notes for line in note.lines)


@settings(max_examples=15, deadline=None)
@given(tables())
def test_every_figure_comes_back_in_its_column_whatever_the_order_of_drawing(table: Drawn) -> None:
    grid = the_grid(read_back(page_of(table), table.order))
    assert head(grid) == [list(table.rows[0])]
    assert [row[1:] for row in body(grid)] == [list(row[1:]) for row in table.rows[1:]]


@settings(max_examples=15, deadline=None)
@given(tables(gaps=True))
def test_every_word_of_a_page_is_accounted_for(table: Drawn) -> None:
    sheet = page_of(table)
    document = read_back(sheet, table.order)
    assert words_of(document) == Counter(word for piece in sheet.pieces for word in piece.text.split())
    for grid in grids(document):
        assert_balanced(grid)


@settings(max_examples=15, deadline=None)
@given(
    st.lists(
        st.tuples(
            st.integers(40, 520),
            st.integers(60, 400),
            st.sampled_from(("Drift", "2025", "-1.200", "34", "-", "i alt", "Note:", "9,5 %", "møder om året", "(12)")),
        ),
        min_size=3,
        max_size=40,
    )
)
def test_words_strewn_over_a_page_are_accounted_for_too(strewn: list[tuple[int, int, str]]) -> None:
    """No layout at all: whatever is made of it, no word is lost and none is made up."""
    sheet = Sheet()
    taken: list[tuple[float, float, float]] = []
    for x, y, text in strewn:
        if all(abs(y - other_y) >= 11 or x > end + 8 or x + 90 < start for start, other_y, end in taken):
            taken.append((x, y, sheet.text(x, y, text)))
    document = read_back(sheet, "as drawn")
    assert words_of(document) == Counter(word for piece in sheet.pieces for word in piece.text.split())
    for grid in grids(document):
        assert_balanced(grid)


@pytest.mark.parametrize("path", sorted(SAMPLES.glob("*.pdf")), ids=lambda path: path.stem)
def test_every_number_of_a_sample_is_in_a_block_or_counts_its_pages(path: Path) -> None:
    document = extract.read(path, ReadOptions(ocr="never", second_opinion=False))
    with pymupdf.open(path) as file:
        printed = Counter(w[4].rstrip(".") for page in file for w in page.get_text("words"))
        pages = len(file)
    held = Counter({word.rstrip("."): 0 for word in printed})
    for word, count in words_of(document).items():
        held[word.rstrip(".")] += count
    held.update(block.number for block in document.blocks if isinstance(block, Heading) and block.number)
    missing = {word for word in printed - held if any(c.isdigit() for c in word)}
    assert missing <= {str(number) for number in range(1, pages + 1)}


@settings(max_examples=8, deadline=None)
@given(st.lists(tables(), min_size=2, max_size=4))
def test_nothing_but_running_heads_and_page_numbers_is_left_out_of_many_pages(drawn: list[Drawn]) -> None:
    sheets = [page_of(table) for table in drawn]
    for sheet, begins in zip(sheets, ("Først er", "Dernæst er", "Så er", "Sidst er"), strict=False):
        sheet.pieces[0] = sheet.pieces[0]._replace(text=f"{begins} forslaget regnet igennem.")
    printed = Counter(word for sheet in sheets for piece in sheet.pieces for word in piece.text.split())
    for number, sheet in enumerate(sheets, 1):
        sheet.text(50, 25, "Hedelund Kommune, budget")
        sheet.text(280, 825, f"Side {number} af {len(sheets)}")
    with TemporaryDirectory() as folder:
        document = reading(Path(folder), pdf(*sheets))
    assert words_of(document) == printed
    for grid in grids(document):
        assert_balanced(grid)


@pytest.mark.parametrize("style", STYLES)
def test_two_figures_for_one_place_are_orphans_not_a_choice(style: str, tmp_path: Path) -> None:
    """Printed over each other, or a figure too many in a column: none is dropped unseen."""
    table = Drawn(
        [("1.000 kr.", "2025", "2026"), ("Færre møder", "10", "20"), ("Drift", "30", "40"), ("I alt", "40", "60")],
        style,
        "as drawn",
        "top",
    )
    sheet = page_of(table)
    baseline = next(p.y for p in sheet.pieces if p.text == "Drift")
    sheet.text(306, baseline, "77", align="right")
    document = reading(tmp_path, pdf(sheet))
    assert words_of(document) == Counter(word for piece in sheet.pieces for word in piece.text.split())
    assert_balanced(the_grid(document))
