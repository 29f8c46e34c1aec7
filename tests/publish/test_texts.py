"""What users see: the same texts in both languages, and numbers as each language writes them."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extract.models import Reason, ReasonCode, Status
from normalize.models import Kind, Role
from publish.texts import LANGUAGES, catalogue, has, number, placeholders, say
from publish.wording import _placed, cause_text, finding_text, reason_text
from reconcile import CAUSES, MESSAGES, VARIANTS
from reconcile import catalogue as checks
from reconcile.models import Check, Finding, Severity
from tests.publish.lindeby import wrong_total


def test_both_languages_have_the_same_codes() -> None:
    assert catalogue("da").keys() == catalogue("en").keys()


def test_both_languages_have_the_same_placeholders() -> None:
    different = [c for c in catalogue("da") if placeholders("da", c) != placeholders("en", c)]
    assert different == []


def test_no_text_is_empty_or_has_stray_blanks() -> None:
    for language in LANGUAGES:
        for code, text in catalogue(language).items():
            assert text.strip() == text, code
            assert text, code


@pytest.mark.parametrize(("codes", "section"), [(MESSAGES, "finding"), (CAUSES, "cause")])
def test_everything_that_reconcile_can_say_has_words_that_use_its_parameters(
    codes: dict[str, tuple[str, ...]], section: str
) -> None:
    for code, names in codes.items():
        assert has(f"{section}.{code}"), code
        assert placeholders("da", f"{section}.{code}") <= set(names), code


def test_every_code_of_the_models_has_words() -> None:
    for section, codes in {
        "check": Check,
        "rule": Check,
        "example": [check.code for check in checks()],
        "source": [check.code for check in checks()],
        "severity": Severity,
        "severities": Severity,
        "status": Status,
        "kind": Kind,
        "role": Role,
        "variant": VARIANTS,
    }.items():
        missing = [str(code) for code in codes if not has(f"{section}.{code}")]
        assert missing == [], section


def test_every_reason_has_its_advice_where_something_can_be_done() -> None:
    reasons = {c.removeprefix("reason.") for c in catalogue("da") if c.startswith("reason.")}
    advice = {c.removeprefix("advice.") for c in catalogue("da") if c.startswith("advice.")}
    assert advice <= reasons
    assert reasons - advice == {"other", "duplicate"}


@pytest.mark.parametrize(
    ("value", "danish", "english"),
    [
        ("1250", "1.250", "1,250"),
        ("-707", "−707", "−707"),
        ("0.5", "0,5", "0.5"),
        ("-1234567.80", "−1.234.567,8", "−1,234,567.8"),
        ("0", "0", "0"),
        ("100", "100", "100"),
        ("1E+3", "1.000", "1,000"),
        ("-0.0", "0", "0"),
    ],
)
def test_numbers_are_written_as_the_language_does(value: str, danish: str, english: str) -> None:
    assert number(Decimal(value), "da") == danish
    assert number(Decimal(value), "en") == english


@given(st.decimals(-(10**12), 10**12, places=3))
def test_a_danish_number_reads_back_as_itself(value: Decimal) -> None:
    written = number(value, "da")
    assert re.fullmatch(r"−?\d{1,3}(\.\d{3})*(,\d*[1-9])?", written)
    assert Decimal(written.replace(".", "").replace(",", ".").replace("−", "-")) == value


def test_a_year_has_no_thousands_separator_but_a_count_may() -> None:
    assert "1 sag med 12.345 tal i 2 filer" in say("da", "report.lead_clean", cases=1, figures=12345, documents=2)
    assert say("da", "unit.price_level", year=2025) == "2025-p/l"


def test_an_unknown_language_is_refused() -> None:
    with pytest.raises(ValueError, match="'sv'"):
        catalogue("sv")


def test_a_text_without_its_parameter_is_an_error() -> None:
    with pytest.raises(KeyError):
        say("da", "report.page")


def test_a_finding_is_told_in_both_languages() -> None:
    assert finding_text(wrong_total(), "da") == (
        "Tabel 1, »I alt«, 2026: −300 − 200 = −500, men der står −400. Forskel 100."
    )
    assert finding_text(wrong_total(), "en").startswith(
        "Tabel 1, “I alt”, 2026: −300 − 200 = −500, but −400 is printed."
    )
    assert cause_text(wrong_total(), "da") == "Ét ciffer er forkert: −400 i stedet for −500."


def test_a_finding_without_words_of_its_own_falls_back_on_its_check() -> None:
    new = Finding(
        Check.PRICE_LEVEL,
        Severity.ERROR,
        "c0",
        "not_in_the_catalogue",
        (),
        stated=Decimal(2021),
        expected=Decimal(2022),
    )
    assert finding_text(new, "da") == "Pris- og lønniveauet skifter: Der står 2021, men ventet var 2022."
    assert finding_text(Finding(Check.LABEL, Severity.INFO, "c0", "x", ()), "en") == "The labels do not fit together"


@pytest.mark.parametrize("code", ReasonCode)
def test_every_reason_has_words_of_its_own(code: ReasonCode) -> None:
    assert has(f"reason.{code}")


def test_a_reason_says_what_to_do() -> None:
    assert "apt-get install tesseract-ocr tesseract-ocr-dan" in reason_text(Reason("no_ocr"), "da")
    assert reason_text(Reason("duplicate", (("file", "a.pdf"),)), "en") == (
        "The file has exactly the same content as a.pdf and is counted only once."
    )
    digits = Reason("unsupported", (("format", "no_letters"),))
    assert (
        reason_text(digits, "en")
        == "The file contains no letters and therefore no case. See whether it is the right file."
    )
    assert reason_text(Reason("damaged_pages", (("pages", "3, 7"),)), "da").startswith("Side 3, 7 er beskadiget")
    assert reason_text(Reason("brand_new", (("page", "7"),)), "da") == "Filen kunne ikke læses: brand_new (page 7)."


def test_a_cell_without_a_figure_holds_nothing_and_differs_by_all_of_it() -> None:
    params = (("table", "Tabel B"), ("line", "Udvalg"), ("column", "2025"), ("stated", ""), ("expected", Decimal(60)))
    rest = (("total_line", "Total"), ("total", Decimal(90)), ("arithmetic", ""), ("difference", Decimal(-60)))
    found = Finding(Check.COLUMN_TOTAL, Severity.ERROR, "c", "column_part", (*params, *rest), expected=Decimal(60))
    said = finding_text(found, "da")
    assert "Der står intet, men" in said
    assert said.endswith("Forskel −60.")


@pytest.mark.parametrize(
    ("named", "said"),
    [
        ("@page 3", "table on page 3"),
        ("@line 45", "table at line 45"),
        ("Tabel 2", "Tabel 2"),  # a caption as it is
        ("@elsewhere", "@elsewhere"),
    ],
)
def test_a_table_without_a_caption_is_named_by_its_place(named: str, said: str) -> None:
    assert said in str(_placed(named, "en"))
