"""From when to when an administration has its name."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from normalize.models import CaseFile
from publish.administrations import read, valid
from publish.relations import relations
from tests.publish.lindeby import case, document

ENTRY = '[[name]]\nmunicipality = "Lindeby Kommune"\nadministration = "Byforvaltningen"\nsource = "Byrådet, item 4"\n'


def test_a_name_that_changed_with_the_year_ends_the_day_before_the_other_begins() -> None:
    old = valid("Københavns Kommune", "Teknik- og Miljøforvaltningen")
    new = valid("Københavns Kommune", "Klima-, Miljø- og Teknikforvaltningen")
    assert old == (None, date(2025, 12, 31))
    assert new == (date(2026, 1, 1), None)


@pytest.mark.parametrize("municipality", ["Lindeby Kommune", None])
def test_of_a_namesake_elsewhere_nothing_is_said(municipality: str | None) -> None:
    assert valid(municipality, "Teknik- og Miljøforvaltningen") == (None, None)


def test_the_days_stand_with_the_administrations_of_a_case() -> None:
    names = ("Teknik- og Miljøforvaltningen", "Økonomiforvaltningen")
    paper = replace(case("c0"), administrations=names, municipality="Københavns Kommune")
    rows = relations([CaseFile(document(), (paper,))], [])["case_administrations"].to_pylist()
    told = {row["administration"]: row["name_valid_to"] for row in rows if row["part"] == "proposes"}
    assert told == {"Teknik- og Miljøforvaltningen": date(2025, 12, 31), "Økonomiforvaltningen": None}


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (ENTRY + "first_day = 2026-01-01\nlast_day = 2025-12-31\n", "its last day is before its first"),
        (ENTRY + ENTRY, "twice"),
        (ENTRY + "until = 2025-12-31\n", "until"),
        (ENTRY.replace('source = "Byrådet, item 4"\n', ""), "source"),
    ],
)
def test_a_file_that_cannot_be_used_says_why(text: str, said: str) -> None:
    with pytest.raises(ValueError, match=said):
        read(text)
