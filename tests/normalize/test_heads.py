"""The head block: which line is the title, and which code a case bears."""

from __future__ import annotations

import pytest

from extract.models import Block, Line, Paragraph
from normalize.cases.codes import Form, read_code
from normalize.cases.head import Head, read_head
from normalize.cases.traits import traits_of
from normalize.forms.rows import rows_of
from tests.normalize.blocks import HERE, cell, heading, paragraph


def head(*blocks: Block) -> Head:
    return read_head(traits_of(list(rows_of(enumerate(blocks))), blocks), frozenset())


def named(*blocks: Block) -> tuple[str | None, str | None]:
    found = head(*blocks)
    return found.code, found.title


@pytest.mark.parametrize(
    ("line", "code", "title"),
    [
        ("2.3 Færre møder", "2.3", "Færre møder"),
        ("301.02 Færre møder", "301.02", "Færre møder"),
        ("SOC-01 Samlet bostøtte", "SOC-01", "Samlet bostøtte"),
        ("Forslag SOU-R03 | Samlet bostøtte", "SOU-R03", "Samlet bostøtte"),
        ("Anlægsregnskab: XA-412 Ny bro", "XA-412", "Ny bro"),
        ("ØK-2026-003 Fælles indkøb", "ØK-2026-003", "Fælles indkøb"),
        ("Reduktionsforslag D3: Senere snerydning", "D3", "Senere snerydning"),
        ("Forslag nr. 7 Færre blomster", "Forslag nr. 7", "Færre blomster"),
        ("Blok 1 – Fælles haller", "Blok 1", "Fælles haller"),
        ("Handlemulighed 5 – Færre møder", "Handlemulighed 5", "Færre møder"),
        ("Projekt 3145 Ny skole", "3145", "Ny skole"),
        ("Anlægsnr. 402-031 Ny hal", "402-031", "Ny hal"),
        ("Budgetområde: 318 Kollektiv trafik", "318", "Kollektiv trafik"),
        ("TEMAANALYSE 4", "TEMAANALYSE 4", ""),
        ("Nr. 12 Færre møder", "Nr. 12", "Færre møder"),
        ("ÆF-B1 Flere pædagoger", "ÆF-B1", "Flere pædagoger"),
    ],
)
def test_codes_stand_before_titles(line: str, code: str, title: str) -> None:
    found = read_code(line)
    assert found is not None
    assert (found.code, found.title) == (code, title)


@pytest.mark.parametrize(
    "line",
    [
        "Budget 2026 Oversigt",
        "Bilag 1: Aftalte ændringer",
        "1.000 kr. 2026",
        "12.06.2025 Møde",
        "Tabel 3 Udgifter",
        "Takster 2026",
        "Katalog 2026-2029",
        "Forslag 1 er godkendt",
        "Budgetopfølgning pr. 31. august 2025",
        "04.08.00-P20-6-25",
    ],
)
def test_no_code(line: str) -> None:
    assert read_code(line) is None


@pytest.mark.parametrize(
    "line", ["Punkt 14: Ny bro", "PUNKT 14: Ny bro", "14 (Åben) Ny bro", "14. (Lukket sag) Ny bro"]
)
def test_an_item_of_an_agenda_has_a_number_and_no_code(line: str) -> None:
    found = read_code(line)
    assert found is not None
    assert (found.form, found.code, found.title) == (Form.ITEM, "", "Ny bro")


def test_a_number_with_its_stop_is_no_part_of_a_title_and_a_number_in_it_is() -> None:
    assert named(paragraph("4. Ny bro over åen")) == (None, "Ny bro over åen")
    assert named(paragraph("5 nye legepladser")) == (None, "5 nye legepladser")


def test_the_title_is_below_the_kickers() -> None:
    assert named(
        paragraph("Sundby Kommune Driftsønsker 2026"),
        heading("DRIFTSØNSKE TIL BUDGET 2026"),
        paragraph("D-21 Tidlig sprogindsats"),
        paragraph("Udvalg: Børneudvalget"),
        paragraph("Sproget er vigtigt for alle børn i kommunen."),
    ) == ("D-21", "Tidlig sprogindsats")
    assert named(
        heading("Punkt 14"), heading("Ny skole i Nordby"), paragraph("Sagsnr. 25/11873"), heading("Sagsfremstilling")
    ) == (None, "Ny skole i Nordby")
    assert named(heading("TEMAANALYSE 3"), heading("Frokost i dagtilbud"), paragraph("Center for Børn, maj 2025")) == (
        "TEMAANALYSE 3",
        "Frokost i dagtilbud",
    )


def test_a_code_alone_on_its_line_stands_above_the_title() -> None:
    assert named(heading("Spareforslag nr. 12"), heading("Færre møder"), paragraph("Udvalg: Økonomiudvalget")) == (
        "Spareforslag nr. 12",
        "Færre møder",
    )


def test_the_largest_line_is_the_title() -> None:
    assert named(heading("Kommunen", size=9), heading("Nye cykelstier", size=18), heading("Kort fortalt", size=12)) == (
        None,
        "Nye cykelstier",
    )


def test_labels_without_colons_give_code_and_title() -> None:
    flat = paragraph("Ønske nr. DØ-17", "Titel Lys på stien ved åen", "Udvalg Naturudvalget")
    assert named(paragraph("DRIFTSØNSKE"), flat) == ("DØ-17", "Lys på stien ved åen")
    below = paragraph("Ønske nr.", "DØ-17", "Titel", "Flere timer", "Udvalg", "Naturudvalget")
    assert named(paragraph("DRIFTSØNSKE"), below) == ("DØ-17", "Flere timer")


def test_a_title_of_two_lines_and_a_next_paragraph_that_is_none() -> None:
    two = paragraph("Fælles løsninger for skoler og", "dagtilbud i hele kommunen")
    assert named(two, heading("Baggrund")) == (None, "Fælles løsninger for skoler og dagtilbud i hele kommunen")
    assert named(paragraph("Takster 2026"), paragraph("Takster for kommunens tilbud er uden moms.")) == (
        None,
        "Takster 2026",
    )


def test_sections_title_nothing() -> None:
    assert head(heading("Baggrund", "1"), heading("Økonomi", "2")).title is None
    assert head().title is None


def test_a_catalogue_names_itself_and_an_annex_may_title() -> None:
    assert named(heading("Bilag 5"), paragraph("Katalog med forslag til budgettet"), heading("Note")) == (
        None,
        "Katalog med forslag til budgettet",
    )
    assert named(heading("BUDGETAFTALE 2026"), heading("Bilag 1: Aftalte ændringer")) == (
        None,
        "Bilag 1: Aftalte ændringer",
    )


def test_a_title_says_why_and_whether_it_is_doubtful() -> None:
    sure = head(heading("BC41 Ny telefoni"), heading("Baggrund"))
    assert "coded" in {term.name for term in sure.terms}
    assert not sure.doubtful
    assert sure.place is not None
    torn = head(paragraph("Nye veje til alle"), paragraph("Bedre stier til alle"), heading("Baggrund"))
    assert torn.doubtful


def test_a_paper_that_names_itself_last_is_the_title() -> None:
    prose = paragraph("Taksterne gælder for alle borgere i kommunen.")
    assert named(paragraph("Natur og Kyst"), paragraph("Takster 2026"), prose) == (None, "Takster 2026")
    followed = heading("BYRÅDET"), heading("Budgetopfølgning pr. 31. maj 2025"), heading("Natur og Kyst"), prose
    assert named(*followed) == (None, "Budgetopfølgning pr. 31. maj 2025")
    assert named(paragraph("Sundby Kommune"), paragraph("Anlægsoversigt 2026-2029"), prose)[1] is not None


def test_a_bare_number_is_a_code_but_not_on_an_agenda() -> None:
    assert named(heading("42 Færre møder"), paragraph("Udvalg: Byudvalget")) == ("42", "Færre møder")
    assert named(heading("42 Færre møder"), paragraph("Sagsnr. 25/11"), heading("Sagsfremstilling")) == (
        None,
        "Færre møder",
    )


def test_a_label_that_nobody_knows_is_a_field_amid_others() -> None:
    rows = (
        ("Anlægsnr.", "261-054"),
        ("Anlæggets navn", "Ny hal"),
        ("Bygherrens mand", "Egen"),
        ("Udvalg", "Byudvalget"),
    )
    lines = tuple(Line(f"{a} {b}", HERE, (cell(a), cell(b))) for a, b in rows)
    found = head(heading("Anlægsskema"), Paragraph("", lines, HERE), heading("Projektet"))
    assert (found.code, found.title) == ("261-054", "Ny hal")


def test_running_heads_of_minutes_and_dates_are_no_titles() -> None:
    prose = paragraph("Byrådet behandler sagen på det næste møde i kommunen.")
    for above in (
        "Referat fra Teknisk Udvalg",
        "Teknisk Udvalg – 13. januar 2024",
        "Mødedato: 18. januar 2025",
        "Sundby Byråd",
    ):
        assert named(paragraph(above), paragraph("Nye solceller"), prose) == (None, "Nye solceller")
    below = heading("XA-75 – Ny telebus"), paragraph("Afsluttet 25. september 2025"), prose
    assert named(*below) == ("XA-75", "Ny telebus")


def test_of_two_lines_that_say_the_same_the_longer_is_the_title() -> None:
    assert named(heading("Investeringsoversigt"), heading("Investeringsoversigt 2026-2029")) == (
        None,
        "Investeringsoversigt 2026-2029",
    )


def test_the_header_of_a_table_opens_with_no_code() -> None:
    assert read_code("B2026 BF2027 BO2028") is None
    assert read_code("Stilling B2026 BF2027 BO2028") is None


@pytest.mark.parametrize(
    "lines",
    [
        ("Fra økonomien", "Broer og tunneler der skal rettes op", "Reglerne"),
        ("Broer og tunneler der skal rettes op", "Reglerne i kort form"),
        ("Vejene i tal", "Broer og tunneler der skal rettes op"),
        ("Broer, tunneler og veje", "Hvad skal vi tage stilling til nu?"),
    ],
)
def test_of_lines_that_nothing_tells_apart_the_case_is_about_the_title(lines: tuple[str, ...]) -> None:
    body = paragraph("De ældste broer og tunneler rettes op, før vejene kommer til.")
    assert (named(*map(paragraph, lines), body)[1] or "").startswith("Broer")


def test_a_fields_title_is_cut_over_lines() -> None:
    assert named(heading("Forslagets titel: BC07 Fælles it-sup-"), paragraph("port")) == ("BC07", "Fælles it-support")


def test_a_label_without_a_colon_that_can_only_be_a_titles() -> None:
    body = paragraph("Ruterne lægges om, så bilerne kører kortere.")
    lines = ("Case-id EK.12", "Navn på casen Kortere ruter", "Ansøgt af Dagtilbud", "Underskrift Lis Lund")
    assert named(paragraph(*lines), body) == ("EK.12", "Kortere ruter")


def test_a_form_read_down_its_columns() -> None:
    labels = paragraph("Ønske nr.", "Titel", "Udvalg", "Prioritet")
    values = paragraph("DØ-09", "Flere bænke i parken", "Parkudvalget", "2 af 7")
    body = paragraph("Der er langt mellem bænkene i dag, og mange vil gerne sidde.")
    assert named(heading("DRIFTSØNSKE"), labels, values, heading("Begrundelse"), body) == (
        "DØ-09",
        "Flere bænke i parken",
    )


def test_a_title_goes_on_in_the_name_of_an_office() -> None:
    assert named(paragraph("Titel: Nye timer i", "Børne- og Ungdomsforvaltningen"), heading("Baggrund")) == (
        None,
        "Nye timer i Børne- og Ungdomsforvaltningen",
    )


def test_a_question_with_a_paragraph_of_its_own_may_be_the_title() -> None:
    body = paragraph("Udvalget har bedt om tal for vikarer på kommunens skoler.")
    question = "Hvor mange penge bruger vi på vikarer?"
    assert named(paragraph("Svar til Byrådet"), paragraph(question), body) == (None, question)


def test_a_sentence_that_ends_in_a_unit_is_no_title() -> None:
    sentence = paragraph("Priserne er fremskrevet med 2,8 pct.")
    assert named(paragraph("Priser i haller 2031"), sentence)[1] == "Priser i haller 2031"
