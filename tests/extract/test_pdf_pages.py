"""Tables over page breaks, turned pages, stamps and page furniture."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pymupdf
import pytest

from tests.extract.pages import Column, Sheet, body, grids, head, headings, paragraphs, pdf, reading, the_grid

COLUMNS = (Column(52, "left"), Column(300), Column(380), Column(460))
BOUNDS = (50, 230, 305, 385, 465)
HEADER = ("1.000 kr. 2024 p/l", "2025", "2026", "2027")
ROWS = (
    ("Færre møder", "-200", "-400", "-400"),
    ("Nye lokaler", "", "50", "60"),
    ("Drift af det nye system", "25", "1.025", "25"),
    ("Varige ændringer i alt", "-175", "675", "-315"),
)
PRINTED = [[cell or None for cell in row] for row in ROWS]


def broken(first: Sequence[Sequence[str]], second: Sequence[Sequence[str]], style: str) -> tuple[Sheet, Sheet]:
    """A table of which the first rows end a page and the others begin the next."""
    upper, lower = Sheet(), Sheet()
    upper.text(50, 100, "Udvalget har drøftet forslaget på sit møde i maj.")
    height = 16.4 * sum(max(c.count("\n") + 1 for c in row) for row in first)
    upper.table(740 - height, COLUMNS, first, style=style, bounds=BOUNDS if style == "grid" else ())
    bottom = lower.table(60, COLUMNS, second, style=style, bold=(), bounds=BOUNDS if style == "grid" else ())
    lower.text(50, bottom + 60, "Forslaget har ingen følger for de ansatte.")
    return upper, lower


@pytest.mark.parametrize(
    ("cut", "repeated", "style"),
    [
        *((cut, repeated, style) for cut in (2, 3) for repeated in (True, False) for style in ("plain", "horizontal")),
        *((cut, repeated, "grid") for cut, repeated in ((2, True), (2, False), (3, True))),
        (3, False, "grid"),
    ],
)
def test_a_table_goes_on_overleaf(cut: int, repeated: bool, style: str, tmp_path: Path) -> None:
    """With and without its header again; with two rows or only the total carried over."""
    again = [HEADER] if repeated else []
    document = reading(tmp_path, pdf(*broken([HEADER, *ROWS[:cut]], [*again, *ROWS[cut:]], style)))
    grid = the_grid(document)
    assert body(grid) == PRINTED
    assert head(grid) == [list(HEADER)] * (2 if repeated else 1)
    assert (grid.first_page, grid.last_page) == (1, 2)
    assert [row.place.page for row in grid.rows if not row.header] == [1] * cut + [2] * (4 - cut)
    assert grid.ledger.orphans == ()


@pytest.mark.parametrize("style", ["plain", "grid"])
def test_another_table_overleaf_is_another_table(style: str, tmp_path: Path) -> None:
    other = ("1.000 kr. 2024 p/l", "2028", "2029", "2030")
    upper, lower = broken([HEADER, *ROWS], [other, *ROWS], style)
    assert [head(grid)[0][1] for grid in grids(reading(tmp_path, pdf(upper, lower)))] == ["2025", "2028"]


def test_a_section_label_left_alone_at_the_foot_of_a_page(tmp_path: Path) -> None:
    label = ("Implementeringsomkostninger", "", "", "")
    upper, lower = broken([HEADER, *ROWS[:2], label], [HEADER, *ROWS[2:]], "plain")
    assert body(the_grid(reading(tmp_path, pdf(upper, lower)))) == [
        *PRINTED[:2],
        ["Implementeringsomkostninger", None, None, None],
        *PRINTED[2:],
    ]


@pytest.mark.parametrize("style", ["plain", "grid"])
def test_a_row_cut_in_two_by_the_page_break(style: str, tmp_path: Path) -> None:
    first = [HEADER, *ROWS[:2], ("Drift af det nye system til", "25", "1.025", "25")]
    second = [("borgernes selvbetjening", "", "", ""), ROWS[3], ("Heraf drift", "1", "2", "3")]
    grid = the_grid(reading(tmp_path, pdf(*broken(first, second, style))))
    assert body(grid)[2:4] == [["Drift af det nye system til borgernes selvbetjening", "25", "1.025", "25"], PRINTED[3]]


def test_page_furniture_between_the_parts_of_a_table(tmp_path: Path) -> None:
    sheets = broken([HEADER, *ROWS[:2]], ROWS[2:], "plain")
    for number, sheet in enumerate(sheets, 1):
        sheet.text(50, 30, "Budgetforslag 2025 · Økonomiforvaltningen", size=8)
        sheet.text(545, 820, f"Side {number} af 2", size=8, align="right")
    document = reading(tmp_path, pdf(*sheets))
    assert body(the_grid(document)) == PRINTED
    assert paragraphs(document) == [
        "Udvalget har drøftet forslaget på sit møde i maj.",
        "Forslaget har ingen følger for de ansatte.",
    ]


def test_what_one_page_says_twice_is_no_furniture(tmp_path: Path) -> None:
    """Furniture stands on several pages; a word that one page's top holds twice is text."""
    sheet = Sheet()
    sheet.text(50, 40, "Fortroligt", bold=True)
    sheet.text(50, 70, "Fortroligt", bold=True)
    sheet.text(50, 200, "Udvalget har drøftet forslaget.")
    held = [p for p in reading(tmp_path, pdf(sheet)).blocks if "Fortroligt" in str(p)]
    assert len(held) == 2


@pytest.mark.parametrize("slope", [0.0, 45.0])
@pytest.mark.parametrize("style", ["plain", "grid"])
def test_a_stamp_over_every_page(style: str, slope: float, tmp_path: Path) -> None:
    sheets = []
    for _ in range(2):
        sheet = Sheet()
        sheet.text(50, 140, "Tabel 1. Varige ændringer, service")
        sheet.table(150, COLUMNS, [HEADER, *ROWS], style=style, bounds=BOUNDS)
        sheet.text(150, 205 if slope == 0 else 400, "UDKAST", size=60, slope=slope, grey=0.8)
        sheets.append(sheet)
    document = reading(tmp_path, pdf(*sheets))
    assert [body(grid) for grid in grids(document)] == [PRINTED, PRINTED]
    assert all(grid.ledger.orphans == () for grid in grids(document))


def test_a_stamp_along_the_margin_is_no_part_of_the_table(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.table(150, COLUMNS, [HEADER, *ROWS])
    sheet.text(30, 300, "Fortroligt indtil vedtagelsen", slope=90.0, size=8)
    assert body(the_grid(reading(tmp_path, pdf(sheet)))) == PRINTED


@pytest.mark.parametrize("style", ["plain", "grid", "horizontal", "zebra"])
@pytest.mark.parametrize(
    ("turn", "rotate"),
    [
        pytest.param(90, 90, id="landscape"),
        pytest.param(-90, 270, id="landscape-other-way"),
        pytest.param(180, 180, id="upside-down-and-back"),
        pytest.param(90, 0, id="sideways-text-on-an-upright-page"),
        pytest.param(-90, 0, id="sideways-other-way"),
        pytest.param(180, 0, id="upside-down"),
        pytest.param(0, 90, id="shown-sideways"),
        pytest.param(0, 270, id="shown-sideways-other-way"),
    ],
)
def test_turned_pages_read_as_upright_ones(turn: int, rotate: int, style: str, tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 60, "Tabel 1. Varige ændringer, service", bold=True)
    sheet.table(70, COLUMNS, [HEADER, *ROWS], style=style, bounds=BOUNDS if style == "grid" else ())
    grid = the_grid(reading(tmp_path, pdf(sheet, turn=turn, rotate=rotate)))
    assert head(grid) == [list(HEADER)]
    assert body(grid) == PRINTED
    assert grid.caption is not None


@pytest.mark.parametrize(
    ("turn", "rotate"), [(0, 0), (90, 90), (-90, 270), (90, 0), (-90, 0), (180, 0), (0, 90), (0, 270)]
)
def test_a_place_is_where_the_figure_stands_on_the_page_as_shown(turn: int, rotate: int, tmp_path: Path) -> None:
    """What stands in the figure's box, turned back into the file's own frame, is the figure."""
    sheet = Sheet()
    sheet.table(70, COLUMNS, [HEADER, *ROWS])
    made = pdf(sheet, turn=turn, rotate=rotate)
    cell = next(c for r in the_grid(reading(tmp_path, made)).rows for c in r.cells if c and c.text == "1.025")
    assert cell.place.box is not None
    unturned = pymupdf.Rect(cell.place.box) * made[0].derotation_matrix
    assert made[0].get_textbox(unturned).split() == ["1.025"]


def test_headings_paragraphs_and_their_places(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 60, "Fælles lokaler på Nørregade", size=16, bold=True)
    sheet.text(50, 100, "1. Formål", size=11, bold=True)
    sheet.text(50, 120, "Forslaget samler de tre forvaltningers møder i fælles lokaler, og det frigiver en hel eta-")
    sheet.text(50, 132, "ge i den gamle bygning.")
    sheet.text(50, 160, "1.1. Økonomi", size=11, bold=True)
    sheet.text(50, 180, "Se tabellerne.")
    document = reading(tmp_path, pdf(sheet))
    assert headings(document) == [(None, "Fælles lokaler på Nørregade"), ("1", "Formål"), ("1.1", "Økonomi")]
    assert paragraphs(document) == [
        "Forslaget samler de tre forvaltningers møder i fælles lokaler, og det frigiver en hel etage i den gamle "
        "bygning.",
        "Se tabellerne.",
    ]


def test_a_heading_that_begins_a_page_in_two_of_many_cases_is_no_furniture(tmp_path: Path) -> None:
    sheets = [Sheet() for _ in range(8)]
    for number, sheet in enumerate(sheets):
        sheet.text(
            50,
            50,
            "5. Opfølgning" if number in (2, 6) else "Arbejdet begynder, når midlerne er bevilget.",
            bold=number in (2, 6),
        )
        sheet.text(50, 90, f"Status gives hvert halve år til udvalg nummer {number}.")
        sheet.text(50, 800, "Budgetbilag fra Nordkommunen")
    document = reading(tmp_path, pdf(*sheets))
    assert headings(document) == [("5", "Opfølgning")] * 2
    assert not any("Budgetbilag" in text for text in paragraphs(document))


def test_headers_of_words_and_lines_over_columns_are_no_headings(tmp_path: Path) -> None:
    sheet = Sheet()
    sheet.text(50, 80, "Opfølgning", size=13, bold=True)
    for x, y, text in ((50, 112, "Mål"), (180, 112, "Ansvarlig"), (300, 106, "Hvornår følges"), (300, 117, "der op?")):
        sheet.text(x, y, text, bold=True)
    for x, text in ((50, "Løsningen er i brug"), (180, "Projektlederen"), (300, "Hvert år")):
        sheet.text(x, 136, text)
    sheet.text(330, 196, "1.000 kr. 2024 p/l", bold=True)
    sheet.table(210, COLUMNS, [("", *HEADER[1:]), *ROWS])
    sheet.text(50, 400, "t.kr., 2024 p/l", bold=True)
    sheet.text(50, 440, "Alle tal er foreløbige og bliver genberegnet.")
    assert headings(reading(tmp_path, pdf(sheet))) == [(None, "Opfølgning")]


def test_running_text_cut_by_a_page_break_is_made_whole(tmp_path: Path) -> None:
    upper, lower = Sheet(), Sheet()
    upper.text(50, 760, "Forslaget samler de tre forvaltningers møder i fælles lokaler, og det betyder, at")
    lower.text(50, 80, "en hel etage i den gamle bygning bliver ledig.")
    assert paragraphs(reading(tmp_path, pdf(upper, lower))) == [
        "Forslaget samler de tre forvaltningers møder i fælles lokaler, og det betyder, at en hel etage i den gamle "
        "bygning bliver ledig."
    ]


CENTRED = (Column(52, "left"), Column(230, "left"), *(Column(x, head="centre") for x in (390, 460, 530)))
WIDE = [
    ("1.000 kr. 2024 p/l", "Styringsområde", "2025", "2026", "2027"),
    ("Færre møder i de\nstore udvalg", "Service", "-200", "-400", "-400"),
    ("Nye lokaler", "Anlæg", "9.050", "", ""),
    ("Varige ændringer i alt", "", "8.850", "-400", "-400"),
]


def split(first: int, *, overleaf: int | None = None) -> tuple[Sheet, Sheet]:
    """A plain table with centred heads over figures set right; its first rows end a page, the others begin the next."""
    upper, lower = Sheet(), Sheet()
    upper.text(50, 100, "Udvalget har drøftet forslaget på sit møde i maj.")
    upper.text(50, 690, "Tabel 1. Varige ændringer", bold=True)
    upper.table(700, CENTRED, WIDE[:first])
    bottom = lower.table(60, CENTRED, WIDE[first if overleaf is None else overleaf :], bold=())
    lower.text(50, bottom + 60, "Forslaget har ingen følger for de ansatte.")
    return upper, lower


def cells(rows: Sequence[Sequence[str]]) -> list[list[str | None]]:
    return [[cell.replace("\n", " ") or None for cell in row] for row in rows]


@pytest.mark.parametrize("rows", [1, 2, 3])
def test_columns_are_chosen_with_the_rows_of_both_pages(rows: int, tmp_path: Path) -> None:
    """Down to the header alone at the foot of the page: it and the figures overleaf tell the columns together."""
    grid = the_grid(reading(tmp_path, pdf(*split(rows))))
    assert head(grid) == [list(WIDE[0])]
    assert body(grid) == cells(WIDE[1:])
    assert [row.place.page for row in grid.rows] == [1] * rows + [2] * (4 - rows)
    assert grid.caption is not None
    assert grid.ledger.orphans == ()


def test_a_label_begins_on_one_page_and_has_its_figures_on_the_next(tmp_path: Path) -> None:
    upper, lower = split(1, overleaf=2)
    upper.text(52, 724, "Drift af det nye system til", size=9)
    lower.text(52, 50, "borgernes selvbetjening", size=9)
    for column, figure in zip(CENTRED[2:], ("25", "1.025", "25"), strict=True):
        lower.text(column.x, 50, figure, align="right")
    grid = the_grid(reading(tmp_path, pdf(upper, lower)))
    assert body(grid)[0] == ["Drift af det nye system til borgernes selvbetjening", None, "25", "1.025", "25"]
    assert body(grid)[1:] == cells(WIDE[2:])


def test_a_note_between_the_halves_of_a_table(tmp_path: Path) -> None:
    upper, lower = split(2)
    upper.text(52, 770, "* Opgjort i løbende priser.", size=8)
    grid = the_grid(reading(tmp_path, pdf(upper, lower)))
    assert body(grid) == cells(WIDE[1:])
    assert [note.text for note in grid.notes] == ["* Opgjort i løbende priser."]


def test_text_overleaf_does_not_go_on_with_the_table(tmp_path: Path) -> None:
    upper, lower = split(4)
    lower.pieces = []
    lower.text(52, 60, "Forslaget er drøftet i de tre udvalg, og der er afsat 1.234 t.kr. til den nye løsning i hele")
    lower.text(52, 72, "perioden, hvoraf 400 t.kr. er lån.")
    grid = the_grid(reading(tmp_path, pdf(upper, lower)))
    assert body(grid) == cells(WIDE[1:])


def test_a_repeated_header_under_a_caption_that_says_fortsat(tmp_path: Path) -> None:
    """The repeated header has its unit line, too; the columns are chosen with the rows of both pages."""
    upper, lower = split(2)
    upper.text(460, 703, "1.000 kr. 2024 p/l", align="centre")
    lower.pieces = [piece._replace(y=piece.y + 22) for piece in lower.pieces]
    lower.text(52, 50, "Tabel 1 (fortsat)", bold=True)
    lower.text(460, 64, "1.000 kr. 2024 p/l", align="centre")
    lower.table(66, CENTRED, WIDE[:1])
    grid = the_grid(reading(tmp_path, pdf(upper, lower)))
    assert body(grid) == cells(WIDE[1:])
    assert (grid.first_page, grid.last_page) == (1, 2)
    assert [note.text for note in grid.notes] == ["Tabel 1 (fortsat)"]


def test_a_table_of_the_same_columns_with_a_caption_of_its_own_is_another_table(tmp_path: Path) -> None:
    upper, lower = split(4)
    lower.pieces = []
    lower.text(50, 58, "Tabel 2. Implementeringsomkostninger", bold=True)
    lower.table(64, CENTRED, WIDE)
    made = grids(reading(tmp_path, pdf(upper, lower)))
    assert [body(grid) for grid in made] == [cells(WIDE[1:])] * 2
    assert [grid.caption.text if grid.caption else None for grid in made] == [
        "Tabel 1. Varige ændringer",
        "Tabel 2. Implementeringsomkostninger",
    ]


def test_a_section_label_at_the_foot_is_no_part_of_the_row_overleaf(tmp_path: Path) -> None:
    upper, lower = split(2)
    upper.text(52, 766, "Implementeringsomkostninger")
    grid = the_grid(reading(tmp_path, pdf(upper, lower)))
    assert [row[0] for row in body(grid)] == [
        "Færre møder i de store udvalg",
        "Implementeringsomkostninger",
        "Nye lokaler",
        "Varige ændringer i alt",
    ]


def test_a_header_alone_in_a_grid_at_the_foot_of_a_page(tmp_path: Path) -> None:
    upper, lower = broken([HEADER], ROWS, "grid")
    grid = the_grid(reading(tmp_path, pdf(upper, lower)))
    assert (head(grid), body(grid)) == ([list(HEADER)], PRINTED)


def test_a_numbered_row_below_the_header_again_is_no_heading(tmp_path: Path) -> None:
    """The header alone at the foot knows nothing of the words right of the figures, which the rows overleaf have."""
    columns = (Column(52, "left"), Column(75, "left"), Column(300), Column(380), Column(390, "left"))
    header = ("", "1.000 kr.", "2025", "2026", "")
    rows = [("1", "Færre møder", "-200", "-400", "OFS"), ("2", "Nye lokaler", "50", "60", "OFS")]
    upper, lower = Sheet(), Sheet()
    upper.text(50, 100, "Udvalget har drøftet forslaget på sit møde i maj.")
    upper.table(740, columns, [header])
    lower.table(60, columns, [header, *rows])
    grid = the_grid(reading(tmp_path, pdf(upper, lower)))
    assert [row[-3:] for row in body(grid)] == [["-200", "-400", "OFS"], ["50", "60", "OFS"]]
    assert grid.ledger.orphans == ()


def test_a_label_that_the_header_above_repeats_is_no_header(tmp_path: Path) -> None:
    """The row overleaf begins with the words that the last row before it began with."""
    first = [HEADER, *ROWS[:3], ("Tilbagebetalingstid på\nserviceudgifter", "2", "", "")]
    second = [HEADER, ("Tilbagebetalingstid på\nalle udgifter", "4", "", "")]
    upper, lower = broken(first, second, "plain")
    assert [row[:2] for row in body(the_grid(reading(tmp_path, pdf(upper, lower))))][3:] == [
        ["Tilbagebetalingstid på serviceudgifter", "2"],
        ["Tilbagebetalingstid på alle udgifter", "4"],
    ]


def test_a_stamp_across_the_words_of_one_page(tmp_path: Path) -> None:
    sheet = Sheet()
    for line in range(20):
        sheet.text(
            50, 100 + 14 * line, "Udvalget har drøftet forslaget på sit møde i maj, og de ansatte er hørt i sagen."
        )
    sheet.text(120, 330, "UDKAST", size=80, slope=30, grey=0.85)
    document = reading(tmp_path, pdf(sheet))
    assert headings(document) == []
    assert not any("UDKAST" in text for text in paragraphs(document))
