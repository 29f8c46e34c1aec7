"""Which case it is: municipality, budget year, code and title together."""

from __future__ import annotations

from normalize import understand
from normalize.models import Case
from tests.extract.dumps import read

TEXT = """{place} Kommune

Forslag 1 Fælles nøgleskabe

Budget {year}

1.000 kr.\t{year}\t{next}
Færre vagttimer\t-{saved}\t-210
Samlet varig ændring\t-{saved}\t-210
"""


def the_case(place: str = "Sundby", year: int = 2026, saved: int = 110) -> Case:
    (case,) = understand(read(TEXT.format(place=place, year=year, next=year + 1, saved=saved))).cases
    return case


def test_a_version_is_the_same_case() -> None:
    first, second = the_case(), the_case(saved=140)
    assert first.case_id != second.case_id
    assert first.case_key == second.case_key is not None


def test_next_year_or_another_municipality_is_another_case() -> None:
    keys = {the_case().case_key, the_case(year=2027).case_key, the_case(place="Nordby").case_key}
    assert len(keys) == 3


def test_who_and_when_are_told() -> None:
    case = the_case()
    assert (case.municipality, case.budget_year) == ("Sundby Kommune", 2026)
    assert not case.title_doubtful
    assert "coded" in dict(case.title_why)


def test_why_a_case_begins_there_is_told_for_each_case_but_a_lone_paper() -> None:
    assert "running_code" in dict(the_case().opened_why) or "own_code" in dict(the_case().opened_why)
