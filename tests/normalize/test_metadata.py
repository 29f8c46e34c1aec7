"""The form at the head of a case, as running text, as two columns of a page and as a grid of words."""

from __future__ import annotations

import pytest

from extract.models import Block, Box, Cell, Grid, Heading, Line, Paragraph, Place, Row
from normalize.forms.form import Form, administrations_in, read_form
from normalize.forms.labels import match_label
from normalize.forms.lines import is_banner, round_of
from normalize.forms.rows import form_rows, join, rows_of


def cell(text: str, x0: float | None = None, y0: float = 0.0) -> Cell:
    box = None if x0 is None else Box(x0, y0, x0 + 5 * len(text), y0 + 10)
    return Cell(text, text, Place(1, box))


def paragraph(*lines: str) -> Paragraph:
    """Running text of a text file."""
    found = tuple(Line(text, Place(1, line=n), (cell(text),)) for n, text in enumerate(lines))
    return Paragraph(join(lines), found, Place(1, line=0))


def placed(x0: float, y0: float, *lines: str) -> Paragraph:
    """A paragraph of a page, its first line at (x0, y0), ten points a line."""
    cells = [cell(text, x0, y0 + 12 * n) for n, text in enumerate(lines)]
    return Paragraph(join(lines), tuple(Line(c.text, c.place, (c,)) for c in cells), cells[0].place)


def words(*rows: tuple[str | None, ...]) -> Grid:
    """A ruled form."""
    made = tuple(Row(tuple(None if t is None else cell(t) for t in row), Place(1)) for row in rows)
    return Grid(made, max(map(len, rows)), 1, 1, Place(1), ruled=True)


def form(*blocks: Block) -> Form:
    return read_form(list(rows_of(enumerate(blocks))))


def test_form_in_running_text() -> None:
    read = form(
        Heading("Forslagets titel: BC07 Fælles it-sup-", None, 1, Place(1)),
        paragraph("port"),
        paragraph("Kort resumé: Kommunen samler sin sup-", "port ét sted."),
        paragraph("Fremstillende", "forvaltning:"),
        paragraph("Kultur- og Fritidsfor-", "valtningen"),
        paragraph("Berørte for-", "valtninger:"),
        paragraph("☒ Økonomiforvaltningen ☐ Socialforvaltningen", "☒ Teknik- og Miljøforvaltningen"),
        paragraph("Angiv p/l: 2024"),
    )
    assert read.summary == "Kommunen samler sin support ét sted."
    assert read.administrations == ("Kultur- og Fritidsforvaltningen",)
    assert read.affected == ("Økonomiforvaltningen", "Teknik- og Miljøforvaltningen")
    assert read.price_level == 2024
    assert read.price_level_place == Place(1)


def test_form_in_two_columns_with_cut_labels() -> None:
    read = form(
        placed(60, 100, "Resumé:"),
        placed(160, 100, "Ny ordning for lån af cykler. Ordningen", "sparer tid."),
        placed(60, 130, "Fremstillende for-", "valtning:"),
        placed(160, 130, "Børne- og Ungdomsforvaltningen"),
        placed(160, 160, "☒ Økonomiforvaltningen"),
        placed(320, 160, "☐ Socialforvaltningen"),
        placed(60, 164, "Berørte forvaltnin-", "ger:"),
        placed(160, 172, "☐ Børne- og Ungdomsforvaltningen"),
        placed(320, 166, "☒ Beskæftigelses- og", "Integrationsforvaltningen"),
    )
    assert read.summary == "Ny ordning for lån af cykler. Ordningen sparer tid."
    assert read.administrations == ("Børne- og Ungdomsforvaltningen",)
    assert read.affected == ("Økonomiforvaltningen", "Beskæftigelses- og Integrationsforvaltningen")


@pytest.mark.parametrize("height", [100, 106, 112, 118, 124])
def test_a_label_anywhere_beside_its_value(height: float) -> None:
    read = form(
        placed(60, 80, "Forslagets titel:"),
        placed(200, 80, "BC07 Fælles it-support"),
        placed(200, 100, "Kommunen samler sin sup-", "port ét sted, så alle", "kan finde den."),
        placed(60, height, "Resumé:"),
        placed(60, 140, "Fremstillende forvaltning:"),
        placed(200, 140, "Økonomiforvaltningen"),
    )
    assert read.summary == "Kommunen samler sin support ét sted, så alle kan finde den."
    assert read.administrations == ("Økonomiforvaltningen",)


def test_values_run_together_are_parted_by_their_labels() -> None:
    run_together = [cell(t, 200, y) for t, y in (("Staben", 100), ("Kommunen samler", 118), ("sin support.", 130))]
    lines = tuple(Line(c.text, c.place, (c,)) for c in run_together)
    read = form(
        placed(60, 100, "Fagområde:"),
        Paragraph("Staben Kommunen samler sin support.", lines, lines[0].place),
        placed(60, 124, "Resumé:"),
    )
    assert read.administrations == ("Staben",)
    assert read.summary == "Kommunen samler sin support."


def test_a_label_of_two_lines_midway_beside_its_value() -> None:
    read = form(
        placed(200, 100, "☒ Økonomiforvaltningen", "☐ Socialforvaltningen", "☒ Teknik- og Miljøforvaltningen"),
        placed(60, 106, "Berørte forvalt-", "ninger:"),
    )
    assert read.affected == ("Økonomiforvaltningen", "Teknik- og Miljøforvaltningen")


def test_bold_labels_without_colon_above_their_values() -> None:
    blocks: list[Block] = []
    for n, (label, value) in enumerate(
        (
            ("Forslagets titel", "Fælles it-support"),
            ("Resumé", "Kommunen samler sin support ét sted."),
            ("Fremstillende forvaltning", "Økonomiforvaltningen"),
        )
    ):
        top = 100.0 + 40 * n
        blocks += [
            Heading(label, None, 2, Place(1, Box(60, top, 150, top + 10)), bold=True),
            placed(60, top + 13, value),
        ]
    read = read_form(form_rows(rows_of(enumerate(blocks))))
    assert read.summary == "Kommunen samler sin support ét sted."
    assert read.administrations == ("Økonomiforvaltningen",)
    assert read.blocks == frozenset(range(6)), "the labels are no headings"


def test_a_lone_heading_that_is_a_labels_word_is_no_form() -> None:
    sections: list[Block] = []
    for n, (title, text) in enumerate((("Resumé", "Kort sagt."), ("Forslag", "Forslaget er enkelt."))):
        top = 100.0 + 40 * n
        sections += [
            Heading(title, None, 2, Place(1, Box(60, top, 150, top + 10)), bold=True),
            placed(60, top + 13, text),
        ]
    assert read_form(form_rows(rows_of(enumerate(sections)))).blocks == frozenset()


def test_form_as_a_ruled_grid() -> None:
    read = form(
        words(
            ("Forslagets titel", "D-07 Ny rengøringsplan"),
            ("Resumé", "Rengøringen lægges om."),
            ("Ansvarlig forvaltning", "By- og Kulturforvaltningen"),
            ("Berørte forvaltninger", "X Økonomiforvaltningen Socialforvaltningen"),
            ("Prisniveau", "2026-p/l"),
        )
    )
    assert read.summary == "Rengøringen lægges om."
    assert read.administrations == ("By- og Kulturforvaltningen",)
    assert read.affected == ("Økonomiforvaltningen",)
    assert read.price_level == 2026


def test_a_list_of_names_without_any_tick_says_nothing() -> None:
    assert form(paragraph("Berørte forvaltninger:", "Økonomiforvaltningen Socialforvaltningen")).affected is None
    named = form(paragraph("Berørte forvaltninger: Socialforvaltningen og Teknik- og Miljøforvaltningen"))
    assert named.affected == ("Socialforvaltningen", "Teknik- og Miljøforvaltningen")


def test_boxes_that_are_all_empty_tick_nobody() -> None:
    assert form(paragraph("Berørte forvaltninger:", "☐ Økonomiforvaltningen ☐ Socialforvaltningen")).affected == ()


def test_ticks_behind_their_names_count_too() -> None:
    read = form(paragraph("Berørte forvaltninger:", "Økonomiforvaltningen ☐ Socialforvaltningen ☒"))
    assert read.affected == ("Socialforvaltningen",)


def test_ticks_may_stand_in_cells_of_their_own() -> None:
    read = form(words(("Berørte forvaltninger:", "☒", "Økonomiforvaltningen", "☐", "Socialforvaltningen")))
    assert read.affected == ("Økonomiforvaltningen",)


def test_ticks_without_a_label_stand_below_the_proposing_administration() -> None:
    read = form(
        paragraph("Fremstillende forvaltning:", "Socialforvaltningen", "X Økonomiforvaltningen Socialforvaltningen")
    )
    assert read.administrations == ("Socialforvaltningen",)
    assert read.affected == ("Økonomiforvaltningen",)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        (
            "Socialforvaltningen og Børne- og Ungdomsforvaltningen",
            ["Socialforvaltningen", "Børne- og Ungdomsforvaltningen"],
        ),
        ("Social-, Sundheds- og Arbejdsmarkedsforvaltningen", ["Social-, Sundheds- og Arbejdsmarkedsforvaltningen"]),
        ("forvaltningen", []),
    ],
)
def test_names_of_administrations(text: str, names: list[str]) -> None:
    assert [name for _, name in administrations_in(text)] == names


@pytest.mark.parametrize(
    ("text", "banner"),
    [
        ("INVESTERINGSFORSLAG", True),
        ("INVESTERINGSFORSLAG OFS 2020-21", True),
        ("Budgetforslag nr. 12", True),
        ("ADMINISTRATIVT BILAG TIL TVÆRGÅENDE INVESTERINGSFORSLAG", False),
        ("Investeringsforslaget forudsætter mere", False),
    ],
)
def test_banners(text: str, banner: bool) -> None:
    assert is_banner(text) is banner


def test_budget_rounds() -> None:
    assert round_of("OFS 2020-21") == "OFS 2020-21"
    assert round_of("Forslag til Budget 2026") == "Budget 2026"
    assert round_of("Overførselssagen 2023-2024") == "Overførselssagen 2023-2024"
    assert round_of("ØU 5. marts 24") is None


def test_labels_need_their_colon_in_running_text() -> None:
    assert match_label("Resumé: Kort sagt") == ("summary", "Kort sagt")
    assert match_label("Resumé af sagen") is None
    assert match_label("Resumé", colon=False) == ("summary", "")


def test_confidential_and_budget_round() -> None:
    read = form(paragraph("FORTROLIG"), Heading("INVESTERINGSFORSLAG OFS 2020-21", None, 1, Place(1)))
    assert read.confidential
    assert read.budget_round == "OFS 2020-21"


def test_only_whole_blocks_belong_to_the_form() -> None:
    read = form(paragraph("Resumé: Kort sagt."), paragraph("Fremstillende forvaltning: Socialforvaltningen"))
    assert read.blocks == frozenset({0, 1})


def test_a_field_of_work_names_the_proposer_where_no_administration_does() -> None:
    assert form(paragraph("Fagområde: Teknik, Plan og Miljø")).administrations == ("Teknik, Plan og Miljø",)
    both = form(paragraph("Forvaltning: Socialforvaltningen"), paragraph("Område: Drift"))
    assert both.administrations == ("Socialforvaltningen",)


def test_a_field_of_work_that_is_a_sentence_names_nobody() -> None:
    assert form(paragraph("Område: Der er 3 distrikter i forslaget.")).administrations == ()


def test_a_label_with_a_broken_ligature_is_still_that_label() -> None:
    assert match_label("Forslagets \ufffdtel: Nye cykelstier") == ("title", "Nye cykelstier")
    assert match_label("Forslagets \ufffdt: Nye cykelstier") is None
