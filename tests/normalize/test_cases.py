"""Where cases begin and end, and a document understood as a whole."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Block, Document, Grid, Place, Row, Status
from normalize import understand
from normalize.cases.codes import split_code
from normalize.cases.split import Kind, split
from normalize.ids import digest
from tests.normalize.blocks import cell, heading, paragraph


def grid(*rows: tuple[str | None, ...], caption: str | None = None) -> Grid:
    made = tuple(
        Row(tuple(None if t is None else cell(t) for t in row), Place(1), header=n == 0) for n, row in enumerate(rows)
    )
    return Grid(made, max(map(len, rows)), 1, 1, Place(1), paragraph(caption) if caption else None, ruled=True)


SUMMARY = grid(
    ("1.000 kr. 2025 p/l", "2025", "2026"),
    ("Varige ændringer", None, None),
    ("Færre licenser", "-200", "-400"),
    ("Samlet varig ændring", "-200", "-400"),
    caption="Tabel 1. Forslagets samlede økonomiske konsekvenser",
)
RESUME = paragraph("Resumé: Kommunen sparer licenser.")


def document(*blocks: Block) -> Document:
    return Document(digest(*map(repr, blocks)), "sag.txt", "0" * 64, "text/plain", 1, Status.IMPORTED, blocks)


def spans(*blocks: Block) -> list[tuple[int, int, str, str | None, str | None]]:
    return [(s.start, s.stop, s.kind.value, s.code, s.title) for s in split(blocks)[1]]


def test_many_cases_with_banner_and_title() -> None:
    assert spans(
        heading("INVESTERINGSFORSLAG"),
        heading("Forslagets titel: BC51 Ladcykler i hjemmeplejen"),
        RESUME,
        SUMMARY,
        heading("INVESTERINGSFORSLAG"),
        heading("Forslagets titel: BC52 Ny telefoni"),
        RESUME,
    ) == [(0, 4, "case", "BC51", "Ladcykler i hjemmeplejen"), (4, 7, "case", "BC52", "Ny telefoni")]


def test_a_summary_table_before_the_title_belongs_to_the_case_it_opens() -> None:
    assert spans(
        heading("Forslagets titel: BC51 Ladcykler"),
        SUMMARY,
        paragraph("INVESTERINGSFORSLAG", "OFS 2020-21"),
        SUMMARY,
        heading("Forslagets titel: BC53 Sortering af post"),
        RESUME,
    ) == [(0, 2, "case", "BC51", "Ladcykler"), (2, 6, "case", "BC53", "Sortering af post")]


def test_a_running_title_splits_nothing() -> None:
    assert spans(
        heading("INVESTERINGSFORSLAG"),
        heading("Forslagets titel: BC51 Ladcykler i hjemmeplejen"),
        SUMMARY,
        heading("INVESTERINGSFORSLAG"),
        paragraph("Forslagets titel: BC51 Ladcykler i hjemmeplejen"),
        SUMMARY,
    ) == [(0, 6, "case", "BC51", "Ladcykler i hjemmeplejen")]


def test_a_catalogue_and_its_proposals() -> None:
    found = spans(
        heading("Bilag 5"),
        heading("Katalog med forslag"),
        SUMMARY,
        heading("Forslag 1 Ny telefoni"),
        RESUME,
        SUMMARY,
        heading("Forslag 7: Fælles support"),
        RESUME,
        heading("Bilag 1: Tidsplan"),
    )
    assert found == [
        (0, 3, "catalogue", None, "Katalog med forslag"),
        (3, 6, "case", "Forslag 1", "Ny telefoni"),
        (6, 9, "case", "Forslag 7", "Fælles support"),
    ]


@pytest.mark.parametrize("blank", [" ", "\u00a0", "\u2009", "\u202f"])
def test_a_catalogue_whose_figures_have_blanks_of_any_kind(blank: str) -> None:
    overview = grid(("Forslag", "2025", "2026"), ("1 Ny telefoni", f"1{blank}200", f"-10{blank}400"))
    found = spans(heading("Katalog med forslag"), overview, heading("Forslag 1 Ny telefoni"), RESUME, SUMMARY)
    assert [kind for _, _, kind, _, _ in found] == ["catalogue", "case"]


def test_numbered_budget_proposals_of_another_municipality() -> None:
    found = spans(
        heading("Budgetforslag nr. 12: Færre vikarer"),
        paragraph("Forvaltning: Skoleforvaltningen"),
        SUMMARY,
        heading("Budgetforslag nr. 13: Lukning af pavillon"),
        SUMMARY,
    )
    assert [(code, title) for *_, code, title in found] == [
        ("Budgetforslag nr. 12", "Færre vikarer"),
        ("Budgetforslag nr. 13", "Lukning af pavillon"),
    ]


def test_codes_with_letters_need_a_form_or_a_series_with_figures_or_title_the_document() -> None:
    lone = spans(heading("Budgetnotat om rengøring"), paragraph("Se nu."), heading("D-07 Ny rengøringsplan"), SUMMARY)
    assert [code for *_, code, _ in lone] == [None]
    titled = spans(heading("D-07 Ny rengøringsplan"), paragraph("Udgiften er lille."), heading("Økonomi"), SUMMARY)
    assert [(code, title) for *_, code, title in titled] == [("D-07", "Ny rengøringsplan")]
    year = spans(heading("SUF 2022 Ny rengøringsplan"), SUMMARY)
    assert [code for *_, code, _ in year] == [None]
    series = spans(heading("EFF-2025-03 Ny plan"), SUMMARY, heading("EFF-2025-04 Nyt system"), SUMMARY)
    assert [code for *_, code, _ in series] == ["EFF-2025-03", "EFF-2025-04"]


def test_a_title_broken_into_two_headings() -> None:
    assert spans(heading("Forslag 7 FÆLLES SUPPORT I KOMMUNEN"), heading("- ET SAMARBEJDE"), RESUME) == [
        (0, 3, "case", "Forslag 7", "FÆLLES SUPPORT I KOMMUNEN - ET SAMARBEJDE")
    ]


def test_a_word_alone_on_the_last_line_of_a_paragraph_is_no_banner() -> None:
    found = spans(
        heading("Forslag 1 Ny telefoni"),
        RESUME,
        paragraph("Det er beskrevet i det tværgående", "effektiviseringsforslag"),
        SUMMARY,
    )
    assert len(found) == 1


def test_a_table_that_runs_into_the_next_case_is_cut_there() -> None:
    glued = grid(
        ("1.000 kr.", "2025", "2026"),
        ("Løn", "-500", "-800"),
        ("REDUKTIONSFORSLAG", None, None),
        ("Titel: Billigere rengøring", None, None),
        ("Nr.: SSU-08", None, None),
        ("1.000 kr.", "2025", "2026"),
        ("Rengøring", "-300", "-300"),
    )
    first, second = understand(
        document(heading("REDUKTIONSFORSLAG"), paragraph("Titel: Færre åbningsdage", "Nr.: SSU-07"), glued)
    ).cases
    assert [(c.code, c.title) for c in (first, second)] == [
        ("SSU-07", "Færre åbningsdage"),
        ("SSU-08", "Billigere rengøring"),
    ]
    assert [[line.label for table in c.tables for line in table.lines] for c in (first, second)] == [
        ["Løn"],
        ["Rengøring"],
    ]


def test_a_section_row_of_a_catalogue_cuts_nothing() -> None:
    catalogue = grid(
        ("1.000 kr. 2025 p/l", "2025", "2026"), ("Investeringsforslag", None, None), ("Ny telefoni", "100", "200")
    )
    assert split([catalogue])[0] == (catalogue,)


def test_a_strategy_paper_is_no_case() -> None:
    assert spans(heading("Digitaliseringsstrategi"), heading("Vision", "1"), paragraph("Kommunen vil mere.")) == []
    assert spans() == []


def test_figures_without_a_title_are_one_case() -> None:
    _, (section,) = split([heading("Nye cykelstier", size=18), paragraph("Tekst."), SUMMARY])
    assert (section.start, section.stop, section.kind) == (0, 3, Kind.CASE)
    assert (section.title, section.title_blocks) == ("Nye cykelstier", frozenset({0}))


def test_codes_and_titles() -> None:
    assert split_code("BC54 Ny løsning") == ("BC54", "Ny løsning")
    assert split_code("Forslag 12 – Ny løsning") == ("Forslag 12", "Ny løsning")
    assert split_code("EFF-2025-03: Ny løsning") == ("EFF-2025-03", "Ny løsning")
    assert split_code("Forslag 1 er godkendt") == (None, "Forslag 1 er godkendt")
    assert split_code("Tabel 1. Udgifter") == (None, "Tabel 1. Udgifter")
    assert split_code("OFS 2020 Oversigt") == (None, "OFS 2020 Oversigt")


def test_a_case_is_understood_as_a_whole() -> None:
    found = understand(
        document(
            paragraph("INVESTERINGSFORSLAG", "OFS 2020-21"),
            heading("Forslagets titel: BC51 Ladcykler (FORTROLIG)"),
            RESUME,
            paragraph("Fremstillende forvaltning: Socialforvaltningen"),
            SUMMARY,
            paragraph("Note til alle tabeller: Besparelser er negative."),
            heading("Økonomi", "1"),
            paragraph("Færre licenser giver -200 t.kr. i 2025 og -400 t.kr. i 2026."),
        )
    )
    (case,) = found.cases
    assert (case.code, case.title, case.summary) == ("BC51", "Ladcykler", "Kommunen sparer licenser.")
    assert (case.administrations, case.affected) == (("Socialforvaltningen",), None)
    assert (case.budget_round, case.confidential, case.kind_of) == ("OFS 2020-21", True, "case")
    assert [h.title for h in case.headings] == ["Økonomi"]
    assert [text for text, _ in case.notes] == ["Note til alle tabeller: Besparelser er negative."]
    assert [(s.printed, s.years, s.heading) for s in case.statements] == [
        ("-200 t.kr.", (2025,), 0),
        ("-400 t.kr.", (2026,), 0),
    ]
    (table,) = case.tables
    assert [
        (case.tables[s.table].lines[s.line].label)
        for s in case.statements
        if s.table is not None and s.line is not None
    ] == [
        "Færre licenser",
        "Færre licenser",
    ]
    assert table.price_level == 2025
    assert case.case_id


UNPRICED = grid(("1.000 kr.", "2025", "2026"), ("Drift", "100", "200"), ("I alt", "100", "200"))


def test_a_table_without_price_level_takes_its_fellows_the_forms_or_the_texts() -> None:
    title = heading("Forslagets titel: BC51 Ladcykler")
    fellow = understand(document(title, SUMMARY, UNPRICED)).cases[0].tables
    assert [(t.price_level, t.price_level_printed is None) for t in fellow] == [(2025, False), (2025, True)]
    form = understand(document(title, paragraph("Angiv p/l: 2024"), UNPRICED)).cases[0]
    assert (form.tables[0].price_level, form.stated_price_level) == (2024, 2024)
    text = understand(document(title, UNPRICED, paragraph("Alle beløb er i 2023-priser."))).cases[0]
    assert text.tables[0].price_level == 2023


def test_figures_before_the_first_case_are_kept() -> None:
    found = understand(document(heading("Budget 2026"), SUMMARY, heading("Forslagets titel: BC51 Ladcykler"), RESUME))
    assert [(case.kind_of, case.title) for case in found.cases] == [("document", "Budget 2026"), ("case", "Ladcykler")]


def test_the_resume_may_be_a_section() -> None:
    found = understand(document(heading("Forslag 1 Ny telefoni"), heading("Resumé"), paragraph("Én central."), SUMMARY))
    assert found.cases[0].summary == "Én central."


def test_a_word_table_becomes_text_and_statements() -> None:
    plan = grid(("Opfølgning", "Hvornår"), ("2 årsværk i centret", "Medio 2026"))
    (case,) = understand(document(heading("Forslagets titel: BC51 Ladcykler"), RESUME, SUMMARY, plan)).cases
    assert ("2 årsværk i centret\tMedio 2026") in [text for text, _ in case.text]
    assert [(s.printed, s.line) for s in case.statements] == [("2 årsværk", None)]


WORDS = st.sampled_from(
    [
        "INVESTERINGSFORSLAG",
        "Forslagets titel:",
        "Forslag 1",
        "BC54",
        "Resumé:",
        "Berørte",
        "forvaltninger:",
        "☒",
        "X",
        "Socialforvaltningen",
        "Børne- og",
        "i alt",
        "-",
        "8.600 t.kr.",
        "½ årsværk",
        "2025",
        "p/l",
        "fra 2026 og frem",
        "I alt",
        "1.000 kr.",
        "",
        "Økonomi:",
        ".",
    ]
)
TEXT = st.lists(WORDS, max_size=6).map(" ".join)
BLOCK = st.one_of(
    TEXT.map(heading),
    st.lists(TEXT, max_size=4).map(lambda lines: paragraph(*lines)),
    st.lists(st.tuples(TEXT, TEXT, TEXT), min_size=1, max_size=4).map(lambda rows: grid(*rows)),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(BLOCK, max_size=10))
def test_no_document_is_too_odd(blocks: list[Block]) -> None:
    cut, sections = split(blocks)
    assert all(a.stop == b.start for a, b in pairwise(sections))
    assert not sections or sections[-1].stop == len(cut)
    found = understand(document(*blocks))
    assert [case.ordinal for case in found.cases] == list(range(len(found.cases)))
    for case in found.cases:
        for statement in case.statements:
            assert (statement.table is None) == (statement.line is None)
            if statement.table is not None and statement.line is not None:
                assert statement.line < len(case.tables[statement.table].lines)


def test_coded_paragraphs_that_open_pages_are_a_series() -> None:
    overleaf = replace(paragraph("K2 Fælles indkøb"), place=Place(2)), replace(SUMMARY, first_page=2, last_page=2)
    found = spans(paragraph("K1 Færre møder"), SUMMARY, *overleaf)
    assert [(code, title) for *_, code, title in found] == [("K1", "Færre møder"), ("K2", "Fælles indkøb")]


def test_a_word_for_the_proposal_is_no_part_of_a_code_of_its_own() -> None:
    assert split_code("ANLÆGSFORSLAG A-12: Ny svømmehal") == ("A-12", "Ny svømmehal")
    assert split_code("Forslag T3: Lavere takster") == ("T3", "Lavere takster")


def test_a_proposal_of_prose_alone_is_a_case_and_a_strategy_is_none() -> None:
    prose = paragraph("Ved at nedlægge koncerten spares 0,5 mio. kr. om året.")
    assert [title for *_, title in spans(paragraph("Spareforslag: Nedlæggelse af sommerkoncert"), prose)]
    assert spans(paragraph("Strategi: Nye koncerter"), prose) == []


PROSE = paragraph("Ordningen har været brugt i mange år, og den er vokset.")


def test_numbers_that_a_form_or_an_office_follows_part_cases() -> None:
    found = spans(
        *(heading("12. Færre møder"), paragraph("Teknisk Udvalg"), PROSE, SUMMARY),
        *(heading("13. Nyt lager"), paragraph("Økonomiudvalget"), PROSE, SUMMARY),
    )
    assert [(code, title) for *_, code, title in found] == [("12", "Færre møder"), ("13", "Nyt lager")]


def test_codes_that_run_on_within_what_stands_before_the_stop() -> None:
    box = paragraph("Udvalg: Byudvalget Center: Byen")
    found = spans(
        *(heading("Sparekatalog 2027"), PROSE),
        *(paragraph("851.01 Færre bøger"), box, heading("Økonomi"), SUMMARY),
        *(paragraph("724.02 Nyt lager"), box, heading("Økonomi"), SUMMARY),
    )
    assert [(code, title) for *_, code, title in found] == [("851.01", "Færre bøger"), ("724.02", "Nyt lager")]


def test_rows_of_a_list_without_their_table_are_no_cases() -> None:
    lone = grid(("2.03 Nyt lager", "-188", "-751"))
    listed = grid(
        ("Nr", "Forslag", "2026", "2027"), ("2.01", "Færre møder", "-105", "-421"), ("2.02", "Nyt tag", "-9", "-9")
    )
    title = heading("Oversigt over forslag til budget 2026")
    assert len(spans(title, listed, paragraph("2.03 Nyt lager"), lone, paragraph("2.04 Nye stole"), lone)) == 1


def test_a_code_that_a_dump_reads_as_the_last_row_of_a_table_opens_the_next_case() -> None:
    rows = [*SUMMARY.rows, Row((cell("Initiativ"), None, None), Place(1), loose=(cell("3"),))]
    glued = replace(SUMMARY, rows=tuple(rows))
    first, second = understand(
        document(paragraph("Initiativ 2"), heading("Nyt lager"), PROSE, glued, heading("Nye stole"), PROSE, SUMMARY)
    ).cases
    assert [(c.code, c.title) for c in (first, second)] == [("Initiativ 2", "Nyt lager"), ("Initiativ 3", "Nye stole")]
    assert [line.label for line in first.tables[0].lines][-1] == "Samlet varig ændring"


def test_bullets_are_no_figures_and_a_strategy_stays_no_case() -> None:
    bullets = paragraph("\u2022", "\u2022", "\u2022", "\u2022", "\u2022")
    assert spans(heading("Strategi for kystens natur"), PROSE, heading("Sådan gør vi"), bullets, PROSE) == []


def kinds(*blocks: Block) -> list[str]:
    return [t.kind.value for c in understand(document(*blocks)).cases for t in c.tables]


def test_figures_that_fall_away_are_no_summary_and_captions_say_what_lasts() -> None:
    once = grid(
        ("Mio. kr.", "Før 2026", "2026", "2027", "2028", "Senere"),
        ("Tag", "0,2", "1,5", "-", "-", "-"),
        ("Kloak", "-", "2,5", "0,5", "-", "-"),
        ("I alt", "0,2", "4,0", "0,5", "-", "-"),
    )
    assert kinds(heading("Investeringsoversigt 2026-2028"), once) == ["investment_capital"]
    lasting = grid(
        ("1.000 kr.", "2026", "2027"), ("Løn", "-2", "-2"), ("I alt", "-2", "-2"), caption="Tabel 1. Driftsvirkning"
    )
    assert kinds(heading("K4 Færre møder"), PROSE, lasting) == ["recurring"]
    works = grid(("Hele kr.", "Rådighedsbeløb 2025", "Rådighedsbeløb 2026", "Bevilling i alt"), ("Tag", "2", "5", "7"))
    assert kinds(heading("Anlægsbevilling til nyt tag"), PROSE, works) == ["appropriations"]


SHORT = grid(("1.000 kr.", "2026", "2027"), ("Vikarer", "-200", "-400"), ("I alt", "-200", "-400"))


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("4. Tilbygning til plejehjemmet", "5. Ledsagelse til unge"),
        ("PUNKT 4: Tilbygning til plejehjemmet", "PUNKT 5: Ledsagelse til unge"),
        ("12 (Åben) Tilbygning til plejehjemmet", "13 (Åben) Ledsagelse til unge"),
        ("Tilbygning til plejehjemmet", "Ledsagelse til unge"),
    ],
)
def test_the_items_of_an_agenda_are_cases_whose_numbers_are_no_codes(first: str, second: str) -> None:
    read = understand(
        document(
            paragraph("Dagsorden til Økonomiudvalget"),
            paragraph(first),
            paragraph("Sagsnr. 24/1182"),
            heading("Sagsfremstilling"),
            paragraph("Forvaltningen foreslår, at opgaven løses på en anden måde."),
            SHORT,
            heading("Indstilling"),
            paragraph(second),
            paragraph("Sagsnr. 24/1310"),
            heading("Sagsfremstilling"),
            paragraph("Ordningen omfatter i dag 212 borgere."),
            SHORT,
            heading("Indstilling"),
        )
    )
    assert [(c.code, c.title) for c in read.cases] == [
        (None, "Tilbygning til plejehjemmet"),
        (None, "Ledsagelse til unge"),
    ]


def test_initiatives_numbered_by_letters_with_a_stop() -> None:
    read = understand(
        document(
            paragraph("Initiativ A. Ungetilbud i Vest"),
            paragraph("Forvaltningen foreslår, at opgaven løses på en anden måde."),
            SHORT,
            paragraph("Initiativ B. Mentorer"),
            paragraph("Ordningen omfatter i dag 212 borgere."),
            SHORT,
        )
    )
    assert [(c.code, c.title) for c in read.cases] == [
        ("Initiativ A", "Ungetilbud i Vest"),
        ("Initiativ B", "Mentorer"),
    ]


def test_a_table_that_says_where_its_money_comes_from_is_a_grant_and_no_summary() -> None:
    rows = (("1.000 kr.", "2026", "2027", "2028"), ("Drift", None, None, None), ("Licenser", "985", "920", "930"))
    financed = grid(
        *rows,
        ("Finansiering", None, None, None),
        ("Forbrug af kassen", "-985", "-920", "-930"),
        ("I alt", "0", "0", "0"),
    )
    alone = grid(*rows, ("Vikarer", "-100", "-100", "-100"), ("I alt", "885", "820", "830"))

    def kind(table: Grid) -> str:
        head = (paragraph("Punkt 49"), heading("Fælles kantine"), paragraph("Resumé: Kommunen samler."))
        (case,) = understand(document(*head, table)).cases
        return case.tables[0].kind.value

    assert kind(financed) == "appropriations"
    assert kind(alone) == "summary"
