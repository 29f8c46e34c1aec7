"""Whatever grid extract hands over: nothing raises, nothing printed is lost, every amount has a column."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Cell, Grid, Placement, Row
from lexicon.figures import is_dash
from normalize.models import Role, Table
from normalize.tables.header import row_texts, split_header
from normalize.tables.read import read_tables
from tests.normalize.blocks import HERE

_TEXT = st.one_of(
    st.sampled_from(
        ["", "-", "Service", "I alt", "2024", "2025", "1.000 kr. 2025 p/l", "Bevilling", "Heraf løn", "6 år"]
    ),
    st.integers(-99_999, 99_999).map(str),
    st.text(max_size=8),
)
_CELL = st.one_of(st.none(), _TEXT.map(lambda t: Cell(t, t, HERE, Placement.TABBED)))


@st.composite
def grids(draw: st.DrawFn) -> Grid:
    columns = draw(st.integers(1, 5))
    rows = []
    for number in range(draw(st.integers(0, 6))):
        cells = tuple(draw(_CELL) for _ in range(columns))
        if number == 0 and draw(st.booleans()):  # half of the grids are headed like tables
            cells = tuple(Cell(t, t, HERE) for t in ("1.000 kr.", "Område", "2024", "2025", "I alt")[:columns])
        loose: tuple[Cell, ...] = ()
        if draw(st.booleans()) and number:
            loose = tuple(c for c in (draw(_CELL) for _ in range(draw(st.integers(1, 4)))) if c is not None)
            cells = (cells[0], *([None] * (columns - 1)))
        rows.append(Row(cells, HERE, loose=loose, header=number == 0 and draw(st.booleans())))
    return Grid(tuple(rows), columns, 1, 1, HERE)


@given(st.lists(grids(), max_size=2))
@settings(max_examples=150, deadline=None)
def test_any_grid_is_read_without_an_exception_and_every_amount_has_a_column(blocks: list[Grid]) -> None:
    for index, table in read_tables(blocks):
        assert isinstance(blocks[index], Grid)
        for line in table.lines:
            columns = [a.column for a in line.amounts]
            assert columns == sorted(set(columns))
            assert all(0 <= c < len(table.columns) for c in columns)
            assert all(0.0 <= a.confidence <= 1.0 and a.half_step >= 0 for a in line.amounts)
            assert all(a.year is None for a in line.amounts if line.role is Role.PAYBACK)
        for found in table.sums:
            assert found.total < len(table.lines)


def _everything(table: Table) -> str:
    """All texts of a table's lines; blanks folded."""
    parts: list[str] = []
    for line in table.lines:
        parts += [line.label, line.steering_area or "", line.appropriation or "", *line.texts]
        parts += [a.printed for a in line.amounts]
    return "\n".join(" ".join(p.split()) for p in parts)


@given(grids())
@settings(max_examples=150, deadline=None)
def test_every_text_of_the_body_is_found_again_in_the_lines(grid: Grid) -> None:
    for _, table in read_tables([grid]):
        found = _everything(table)
        for row in split_header(grid).body:
            assert [t for t in row_texts(row) if not is_dash(t) and t not in found] == []


_FIGURES = st.lists(st.integers(-9_999, 9_999), min_size=3, max_size=3)


@given(st.lists(_FIGURES, min_size=1, max_size=6))
@settings(max_examples=60, deadline=None)
def test_a_plain_table_gives_back_every_figure_in_its_place(values: list[list[int]]) -> None:
    header = ("1.000 kr. 2025 p/l", "2025", "2026", "2027")
    lines = [header, *((f"Post {'abcdef'[n]}", *map(str, v)) for n, v in enumerate(values))]
    rows = [
        Row(tuple(Cell(t, t, HERE, Placement.RULED) for t in line), HERE, header=n == 0) for n, line in enumerate(lines)
    ]
    [(_, table)] = read_tables([Grid(tuple(rows), 4, 1, 1, HERE)])
    assert [[int(a.value) for a in line.amounts] for line in table.lines] == values
    assert [[a.year for a in line.amounts] for line in table.lines] == [[2025, 2026, 2027]] * len(values)
    assert all(a.confidence >= 0.98 for line in table.lines for a in line.amounts)


def _parted(*lines: str) -> tuple[int, int]:
    """How many rows of a grid of cells between bars are its header, and how many its body."""
    cells = [[cell.strip() for cell in line.split("|")] for line in lines]
    rows = tuple(Row(tuple(Cell(t, t, HERE, Placement.TABBED) for t in row), HERE) for row in cells)
    header, body = split_header(Grid(rows, len(cells[0]), 1, 1, HERE))
    return len(header), len(body)


def test_a_unit_over_plain_figures_heads_them_and_a_figure_with_its_unit_does_not() -> None:
    assert _parted("Område | 1.000 kr. | Andel i pct.", "Ældre | 1.240 | 40", "Børn | 930 | 30") == (1, 2)
    assert _parted("Post | 1.000 kr.", "Løn | 1.240", "I alt | 1.240") == (1, 2)
    assert _parted("Løn | 1.000 kr.", "Drift | 930 kr.", "I alt | 1.930 kr.") == (0, 3)
