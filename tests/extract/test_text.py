"""Text files as printed: layout dumps and markdown-like dumps, as small documents."""

from __future__ import annotations

import hashlib
from pathlib import Path
from textwrap import dedent

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from extract.models import Document, Grid, Heading, Paragraph, Placement, Row, Status
from extract.text import read_text


def read(text: str | bytes) -> Document:
    data = text if isinstance(text, bytes) else dedent(text).encode()
    return read_text(Path("forslag.txt"), data, hashlib.sha256(data).hexdigest())


def grids(document: Document) -> list[Grid]:
    return [block for block in document.blocks if isinstance(block, Grid)]


def printed(row: Row) -> list[str]:
    """The row's label and its fragments or filled cells."""
    label = row.cells[0].text if row.cells[0] else ""
    rest = row.loose or row.cells[1:]
    return [label, *(cell.text for cell in rest if cell and cell.text)]


def body(grid: Grid) -> list[list[str]]:
    return [printed(row) for row in grid.rows if not row.header]


def headings(document: Document) -> list[tuple[str | None, str]]:
    return [(b.number, b.title) for b in document.blocks if isinstance(b, Heading)]


def test_a_layout_table_with_wrapped_labels() -> None:
    document = read("""\
        Tabel 1. Samlede økonomiske konsekvenser
        1.000 kr. 2024 p/l Styrings-

        område
        2024 2025 2026

        Varige ændringer
        Færre lejemål Service 0 -100 -100
        Nye systemer som følge af it-
        omlægning

        Service 10 20 20

        Samlede implementeringsom-
        kostninger

        _ 500 0 0
        Tilbagebetalingstid baseret på
        serviceeffektivisering 6
        Tilbagebetalingstid baseret på   7
        totaløkonomi
        """)
    (grid,) = grids(document)
    assert grid.caption is not None
    assert grid.caption.text == "Tabel 1. Samlede økonomiske konsekvenser"
    assert grid.columns == 4
    assert printed(grid.rows[0]) == ["1.000 kr. 2024 p/l Styringsområde", "2024", "2025", "2026"]
    assert body(grid) == [
        ["Varige ændringer"],
        ["Færre lejemål Service", "0", "-100", "-100"],
        ["Nye systemer som følge af it-omlægning", "Service", "10", "20", "20"],
        ["Samlede implementeringsomkostninger", "_", "500", "0", "0"],
        ["Tilbagebetalingstid baseret på serviceeffektivisering", "6"],
        ["Tilbagebetalingstid baseret på totaløkonomi", "7"],
    ]
    assert {cell.placement for row in grid.rows for cell in row.loose} == {Placement.UNDECIDED}


def test_a_label_of_several_lines_stands_apart_from_its_figures() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l 2024 2025
        Investeringer
        Udvikling
        KMD el. andre

        500 700
        Projektledelse 450 880
        """)
    )
    assert body(grid) == [
        ["Investeringer"],
        ["Udvikling KMD el. andre", "500", "700"],
        ["Projektledelse", "450", "880"],
    ]


def test_an_appropriation_between_label_and_figures_is_a_fragment() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l Bevilling,

        profitcenter
        2024 2025

        Kortere forløb for
        ca. 20
        familier

        3000  Børne-
        familier

        -10 -20

        Hurtig hjælp
        3000  Børne-
        familier

        30 40
        """)
    )
    assert body(grid) == [
        ["Kortere forløb for ca. 20 familier", "3000 Børnefamilier", "-10", "-20"],
        ["Hurtig hjælp", "3000 Børnefamilier", "30", "40"],
    ]


def test_signs_apart_from_their_numbers_stay_fragments() -> None:
    (grid,) = grids(read("Tabel 1. A\n1000 kr. 2024 2025\nIndkøb - 250 - 500\nIt 10 20\n"))
    assert body(grid)[0] == ["Indkøb", "-", "250", "-", "500"]


def test_numbers_in_labels_stay_in_labels() -> None:
    (grid,) = grids(
        read("""\
        1000 kr. 2024 2025 I alt

        1. Visning af data i fag-
        systemer

        200 100 300

        2. Statistik (frikøb af 2
        årsværk)

        500 500 1000
        3. Ejerskab (1 årsværk) 500 0 500
        """)
    )
    assert body(grid) == [
        ["1. Visning af data i fagsystemer", "200", "100", "300"],
        ["2. Statistik (frikøb af 2 årsværk)", "500", "500", "1000"],
        ["3. Ejerskab (1 årsværk)", "500", "0", "500"],
    ]


def test_cells_of_two_lines() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l
        2024 2025

        Inden for målsætning* ½ årsværk/
        -229

        1 årsværk/
        -458

        Uden for målsætning

        Note: Reducerede udgifter er negative.
        """)
    )
    assert body(grid) == [["Inden for målsætning*", "½ årsværk/ -229", "1 årsværk/ -458"], ["Uden for målsætning"]]
    assert [note.text for note in grid.notes] == ["Note: Reducerede udgifter er negative."]


def test_columns_kept_by_blanks() -> None:
    (grid,) = grids(
        read("""\
        Tabel 3. Investeringer
        1.000 kr. 2024 p/l           Styrings-     2024     2025     2026
                                     område
        Udvikling af fælles          Anlæg          500                100
        løsning
        Drift i ca. 20               Service                 - 30    1 000
        afdelinger
        I alt                                       500      -30     1.100
        """)
    )
    assert grid.columns == 5
    table = [[cell.text if cell else None for cell in row.cells] for row in grid.rows]
    assert table == [
        ["1.000 kr. 2024 p/l", "Styringsområde", "2024", "2025", "2026"],
        ["Udvikling af fælles løsning", "Anlæg", "500", None, "100"],
        ["Drift i ca. 20 afdelinger", "Service", None, "- 30", "1 000"],
        ["I alt", None, "500", "-30", "1.100"],
    ]
    assert {c.placement for row in grid.rows for c in row.cells if c} == {Placement.TABBED}


def test_columns_of_words_right_of_the_years() -> None:
    (grid,) = grids(
        read("""\
        Udvalg                              2025       2026       2027        Samlet   Godkendt
        1           Færre breve i             10         20         20           300 Maj
                    skolerne                                                         2024
        2           Ny portal                 -5          -         -5             - Juni
        """)
    )
    assert printed(grid.rows[0]) == ["Udvalg", "2025", "2026", "2027", "Samlet", "Godkendt"]
    assert body(grid) == [
        ["1", "Færre breve i skolerne", "10", "20", "20", "300", "Maj 2024"],
        ["2", "Ny portal", "-5", "-", "-5", "-", "Juni"],
    ]


def test_words_head_figures_without_years() -> None:
    (grid,) = grids(
        read("""\
        Tabel 4. Enheder
                                    Antal enheder      Pris (1.000 kr.)
        Skoleforvaltningen                  2.320                   939
        Borgerrådgiveren                       17                     7
        """)
    )
    assert printed(grid.rows[0]) == ["", "Antal enheder", "Pris (1.000 kr.)"]
    assert body(grid) == [["Skoleforvaltningen", "2.320", "939"], ["Borgerrådgiveren", "17", "7"]]
    assert grid.rows[0].header


def test_every_cell_on_a_line_of_its_own() -> None:
    (grid,) = grids(
        read("""\
        1.000 kr. 2024 p/l
        Styringsområde
        2024
        2025
        2026
        Varige ændringer
        Mindre husleje
        Service
        0
        -5
        -5
        Nye møbler
        Service
        1
        2
        3
        """)
    )
    assert body(grid) == [
        ["Varige ændringer"],
        ["Mindre husleje", "Service", "0", "-5", "-5"],
        ["Nye møbler", "Service", "1", "2", "3"],
    ]


def test_a_table_goes_on_after_a_page_break() -> None:
    foot = "Side {} af 3\n\x0cVestby Kommune\n"
    document = read(
        "Vestby Kommune\nTabel 1. Drift\n1.000 kr. 2024 2025\nLøn 1 2\n"
        + foot.format(1)
        + "1.000 kr. 2024 2025\nHusleje 3 4\n"
        + foot.format(2)
        + "Slut på bilaget\n"
    )
    (grid,) = grids(document)
    assert [row.header for row in grid.rows] == [True, False, True, False]
    assert body(grid) == [["Løn", "1", "2"], ["Husleje", "3", "4"]]
    assert (grid.first_page, grid.last_page) == (1, 2)
    assert document.pages == 3


def test_a_header_with_other_words_or_on_the_same_page_heads_another_table() -> None:
    document = read("""\
        Mio. kr.        2025   2026
        Sensorer         1,2    0,7

        1.000 kr.       2025   2026
        Timer           -350   -900
        """)
    assert [printed(grid.rows[0]) for grid in grids(document)] == [
        ["Mio. kr.", "2025", "2026"],
        ["1.000 kr.", "2025", "2026"],
    ]
    rows = "1.000 kr.\t2025\t2026\nTimer\t-350\t-900\n"
    assert len(grids(read(f"{rows}\n{rows}\f"))) == 2  # one page
    assert len(grids(read(f"{rows}\f{rows}"))) == 1  # the header, printed again overleaf


def test_blanks_within_numbers_of_a_dump_that_kept_its_columns() -> None:
    (grid,) = grids(
        read("""\
        Kr. i 2018-priser             2018         2019
        Byggeudgift             12 500 000    6 250 000
        Tilskud                   -100 000     -250 000
        """)
    )
    assert body(grid) == [["Byggeudgift", "12 500 000", "6 250 000"], ["Tilskud", "-100 000", "-250 000"]]
    (grid,) = grids(read("1.000 kr.        2025 2026\nLøn               500 600\nHusleje         1.000 400\n"))
    assert body(grid) == [["Løn", "500", "600"], ["Husleje", "1.000", "400"]]


def test_amounts_under_each_other_are_a_table_without_header() -> None:
    (grid,) = grids(read("Priserne er:\n\nDrift af server  5.000 kr. pr år\nLicenser 30.000 kr. pr år\n\n"))
    assert body(grid) == [["Drift af server", "5.000 kr. pr år"], ["Licenser", "30.000 kr. pr år"]]
    assert not any(row.header for row in grid.rows)


def test_columns_that_no_years_head() -> None:
    document = read("""\
        Investering

        t.kr.                År 1      År 2      År 3
        Nye lamper          3.200     1.500         0
        Mindre strøm         -300      -900    -1.100
        I alt               2.900       600    -1.100

        År           Personale    Materialer
        2017          -250.000        75.000
        2018          -500.000        25.000

                     Antal pladser    Udgift
        Vuggestue               24    2.844
        Børnehave               40    2.490
        Ledelse                         300
        I alt                   64    5.634
        """)
    steps, down, places = grids(document)
    assert [printed(row) for row in steps.rows][:2] == [
        ["t.kr.", "År 1", "År 2", "År 3"],
        ["Nye lamper", "3.200", "1.500", "0"],
    ]
    assert body(down) == [["2017", "-250.000", "75.000"], ["2018", "-500.000", "25.000"]]
    assert body(places)[-1] == ["I alt", "64", "5.634"]


def test_running_text_with_numbers_is_no_table() -> None:
    document = read("""\
        3. Økonomi
        Forslaget koster 2,4 mio. kr. fordelt på årene 2024, 2025 og 2026, hvor der ansættes 3
        årsværk. Der forventes en reduktion på 1 årsværk i 2025 og yderligere 2 årsværk fra 2026
        og frem, svarende til 1.200 t.kr. i 2025 og 2.400 t.kr. i 2026. Beløbet er beregnet af 471
        t.kr. pr. årsværk.
        """)
    assert grids(document) == []
    assert headings(document) == [("3", "Økonomi")]


def test_a_tabbed_table() -> None:
    document = read(
        "Tabel A. Effekt\n\nUdvalg\t1.000 kr. 2025 p/l\t\t\n\tBevilling\t2024\t2025\n"
        "Skoleudvalget\t\t0\t-51\n<i>Ældreudvalget</i>\t\t\t-4\n\n* Note om effekten\n"
    )
    (grid,) = grids(document)
    assert grid.columns == 4
    assert [row.header for row in grid.rows] == [True, True, False, False]
    assert grid.rows[0].cells[1] is not None
    assert grid.rows[0].cells[1].span == 3
    assert [c.text if c else None for c in grid.rows[3].cells] == ["Ældreudvalget", "", "", "-4"]
    assert grid.rows[3].cells[0] is not None
    assert grid.rows[3].cells[0].italic
    assert grid.caption is not None
    assert [note.text for note in grid.notes] == ["* Note om effekten"]
    assert document.media_type == "text/tab-separated-values"


def test_a_field_lost_at_a_page_break_is_put_back_in_place() -> None:
    (grid,) = grids(read("Udvalg\tBevilling\t2024\t2025\nSkole\t\t1\t2\nKultur\t\t3\t4\n\nÆldre\t5\t6\nTotal\t9\t12\n"))
    assert [[c.text if c else None for c in row.cells] for row in grid.rows[3:]] == [
        ["Ældre", None, "5", "6"],
        ["Total", None, "9", "12"],
    ]


def test_a_label_cut_by_a_page_break_is_joined() -> None:
    (grid,) = grids(
        read("t.kr.\t2024\t2025\nLøn\t1\t2\nTilbagebetaling baseret på\t\t6 år\n\ntotaløkonomi\t\t\n-----\t--\t--\n")
    )
    assert body(grid) == [["Løn", "1", "2"], ["Tilbagebetaling baseret på totaløkonomi", "6 år"]]


def test_a_pipe_table() -> None:
    (grid,) = grids(read("| Post | 2024 | 2025 |\n|---|---:|---:|\n| Løn | 1 | 2 |\n"))
    assert [[c.text if c else None for c in row.cells] for row in grid.rows] == [
        ["Post", "2024", "2025"],
        ["Løn", "1", "2"],
    ]
    assert grid.rows[0].header


def test_two_tables_of_words_with_headers_of_their_own() -> None:
    first, second = grids(
        read("\tJa/Nej\tDato\nCenter for Byer\tJa\t1. maj\n\n\tJa/Nej\tDato og svar\nMED-udvalg\tNej\t\n")
    )
    assert body(first) == [["Center for Byer", "Ja", "1. maj"]]
    assert body(second) == [["MED-udvalg", "Nej"]]


def test_tick_boxes_are_a_form_and_no_table() -> None:
    document = read(
        'Berørte:\t<input type="checkbox" checked="checked"/> Skole\t<input type="checkbox"/> Kultur\n'
        '\t<input checked="" type="checkbox"/> Ældre\t<input type="checkbox"/> Teknik\n'
    )
    assert grids(document) == []
    (form,) = [b for b in document.blocks if isinstance(b, Paragraph)]
    segments = [segment.text for line in form.lines for segment in line.segments]
    assert segments == ["Berørte:", "☒ Skole", "☐ Kultur", "☒ Ældre", "☐ Teknik"]


def test_a_segment_cut_by_the_lines_end_is_whole() -> None:
    (form,) = read("X Skoleforvaltningen  Kulturfor-\n\nvaltningen  Ældreforvaltningen\n").blocks
    assert isinstance(form, Paragraph)
    segments = [segment.text for line in form.lines for segment in line.segments]
    assert segments == ["X Skoleforvaltningen", "Kulturforvaltningen", "Ældreforvaltningen"]


def test_paragraphs_are_joined_over_lines_and_blank_lines() -> None:
    document = read("""\
        Der er behov for en fælles løsning i alle byens institutioner, så oplysnin-

        gerne kun skal tastes én gang. Det sparer tid for medarbejderne, og det giver

        bedre data til styring af økonomien.

        Næste afsnit begynder her, fordi det forrige sluttede med et punktum og mere.
        """)
    texts = [b.text for b in document.blocks if isinstance(b, Paragraph)]
    assert len(texts) == 2
    assert "så oplysningerne kun skal tastes" in texts[0]


def test_headings_numbered_and_not() -> None:
    document = read("""\
        1. Baggrund og formål
        Kommunen har i dag mange små systemer, som ikke taler sammen, og det koster tid hver dag.
        Derfor foreslås en samlet løsning for alle forvaltninger fra næste år.
         2. Forslagets indhold
        Der udvikles en fælles løsning, som alle forvaltninger bruger fra første dag i det nye år.

        Effektiviseringer

        Forvaltningerne sparer tid på at taste de samme oplysninger flere gange i flere systemer.

        Gevinsten ligger i:

        1. Færre fejl i de daglige arbejdsgange.
        2. Hurtigere svar til borgerne (også om aftenen)
        3. Bedre data.

        BILAG 1
        """)
    assert headings(document) == [
        ("1", "Baggrund og formål"),
        ("2", "Forslagets indhold"),
        (None, "Effektiviseringer"),
        (None, "BILAG 1"),
    ]


def test_markdown_headings() -> None:
    document = read("# Forslag 1\n\nTekst.\n\n## 2. Økonomi\n\nMere tekst.\n")
    assert [(b.number, b.title, b.level) for b in document.blocks if isinstance(b, Heading)] == [
        (None, "Forslag 1", 1),
        ("2", "Økonomi", 2),
    ]


def test_the_title_is_never_lost() -> None:
    document = read(
        "INVESTERINGSFORSLAG\n\nForslagets titel: BC01 Ny portal til alle medarbejdere i kommunens\n\nforvaltninger\n"
    )
    assert any(
        "BC01 Ny portal til alle medarbejdere i kommunens forvaltninger" in b.text
        for b in document.blocks
        if isinstance(b, Paragraph)
    )


def test_places_are_source_lines() -> None:
    (grid,) = grids(read("\n\nt.kr.\t2024\t2025\nLøn\t1\t2\n"))
    cell = grid.rows[1].cells[2]
    assert cell is not None
    assert (cell.place.line, cell.place.page, cell.place.box) == (4, 1, None)


@pytest.mark.parametrize(
    ("data", "code"), [(b"", "empty_file"), (b"PK\x03\x04x", "unsupported"), (bytes(range(256)) * 9, "binary")]
)
def test_what_is_no_text_is_quarantined(data: bytes, code: str) -> None:
    document = read(data)
    assert document.status is Status.QUARANTINED
    assert document.reason is not None
    assert document.reason.code == code
    assert document.blocks == ()


def check_ledgers(document: Document) -> None:
    for grid in grids(document):
        account = grid.ledger
        assert account.tokens == account.placed + account.captions + account.notes + len(account.orphans)
        held = sum(len(c.raw.split()) for row in grid.rows for c in (*row.cells, *row.loose) if c)
        assert held == account.placed
        for row in grid.rows:
            assert len(row.cells) == grid.columns


LINES = st.sampled_from(
    [
        "", "", " ", "Tabel 1. Drift", "1.000 kr. 2024 p/l 2024 2025 2026", "2024 2025 2026", "2024", "2025", "2026",
        "Løn 1 2 3", "Løn og", "pension - 250 - 1.000", "Varige ændringer", "-5", "100", "3000  Børne-", "familier",
        "Service 10 20 30", "½ årsværk/", "Post\t2024\t2025", "Løn\t1\t2", "Løn\t5", "\t\t", "--\t--", "Note: x",
        "* y", "1. Økonomi", "2. It", "Side 1 af 2", "\x0c", "| a | b |", "|--|--|", "Løn        1      2      3",
        "t.kr.     2024   2025   2026", "      område", "Dette er en lang linje med løbende tekst om 3 årsværk i 2024",
        "☒ Skole  ☐ Kultur", "Titel: Ny portal", "Server  5.000 kr. pr år", "Licens  6.000 kr. pr år", "ab-",
    ]
)  # fmt: skip


@settings(max_examples=300, deadline=None)
@given(st.lists(LINES, max_size=30))
def test_every_word_of_a_table_is_accounted_for(lines: list[str]) -> None:
    check_ledgers(read("\n".join(lines).encode() + b"\nTekst"))


@settings(max_examples=150, deadline=None)
@given(st.binary(max_size=400))
def test_no_bytes_raise(data: bytes) -> None:
    check_ledgers(read(data))


@settings(max_examples=100, deadline=None)
@given(st.text(alphabet="aÅ-1 2\t\n.,\x0c|()/*:½0", max_size=300))
def test_no_text_raises(text: str) -> None:
    check_ledgers(read(("Tekst " + text).encode()))


def test_a_title_right_above_other_text_stands_by_itself() -> None:
    found = read("""
    Færre vikarer i ældreplejen
    Beløb i t.kr., 2025-p/l. Besparelser er angivet med minus i hele dette notat om vikarer.

                 2025     2026
    Vikarer      -310     -745
    I alt        -310     -745
    """)
    assert headings(found) == [(None, "Færre vikarer i ældreplejen")]
    running = read("Kommunen samler sine vikarer i ét bureau, som\nBørne- og Ungdomsforvaltningen leder fra i dag.\n")
    assert headings(running) == []


def test_a_minus_that_stands_apart_from_its_number() -> None:
    found = read("""
                   2011    2012
    Maskiner      ÷ 100   ÷ 250
    Netto          ÷ 80   ÷ 230
    """)
    assert body(grids(found)[0]) == [["Maskiner", "÷ 100", "÷ 250"], ["Netto", "÷ 80", "÷ 230"]]


def test_rows_that_end_every_page_are_no_running_feet() -> None:
    case = "{1}\n\n1.000 kr.      2025    2026\nVikarer        {0}    {0}\nIndtægt           0       0\n"
    cases = (210, "Færre vikarer"), (315, "Ny telefoni"), (8, "Lukning af pavillon")
    found = read("\f".join(f"{case.format(figure, word)}Side {n}\n" for n, (figure, word) in enumerate(cases)))
    assert [body(grid) for grid in grids(found)] == [
        [["Vikarer", figure, figure], ["Indtægt", "0", "0"]] for figure in ("210", "315", "8")
    ]


def test_titled_tables_of_the_same_years_that_each_close_with_a_total_stay_apart() -> None:
    found = read(
        "Skoler\n2026 2027\nLøn 400 600\nI alt skoler 400 600\n\nVeje\n2026 2027\nLys 150 250\nNetto veje 150 250\n"
    )
    assert [body(grid)[-1][0] for grid in grids(found)] == ["I alt skoler", "Netto veje"]


def test_a_form_overleaf_is_no_part_of_a_table_that_closed() -> None:
    page = """\
Nr.         {}
Titel       Færre møder

t.kr.                2011    2012
Løn                   -60    -120
I alt                 -60    -120
"""
    found = read("\f".join(page.format(number) for number in (12, 13, 14)))
    assert [body(grid) for grid in grids(found)] == [[["Løn", "-60", "-120"], ["I alt", "-60", "-120"]]] * 3
    assert sum("Nr. 1" in block.text for block in found.blocks if isinstance(block, Paragraph)) == 3
