"""Which lines of two tables are one: by what they are called first, by figures where words leave it open."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.models import Kind, Table
from reconcile import check
from reconcile.links.labels import joined, stem
from reconcile.models import Check, Finding, Severity
from tests.reconcile.build import case, file, findings, only, roots, table

SUMMARY = """
                                          | Område  | 2024  | 2025  | 2026
    # Varige ændringer                    |         |       |       |
    Færre vagter                          | Service | 0     | -455  | -910
    Løn til koordinator                   | Service | 0     | 123   | 123
    + Samlet varig ændring                |         | 0     | -332  | -787
    # Implementeringsomkostninger         |         |       |       |
    Nye køkkener                          | Anlæg   | 1.171 | 563   | 0
    Udarbejdelse af vejledninger          | Service | 247   | 361   | 63
    Kurser for ledere                     | Service | 447   | 221   | 0
    + Samlede implementeringsomkostninger |         | 1.865 | 1.145 | 63
    = Samlet økonomisk påvirkning         |         | 1.865 | 813   | -724
"""


def summary(text: str = SUMMARY, *, label: str = "Tabel 1", unit: int = 1000) -> Table:
    return table(Kind.SUMMARY, text, label=label, unit=unit)


def service(rows: str, total: str = "694 | 582 | 63") -> Table:
    text = f" | 2024 | 2025 | 2026\n{rows}\n= Investeringer totalt, service | {total}"
    return table(Kind.INVESTMENT_SERVICE, text, label="Tabel 3", title="Serviceinvesteringer")


def of_service(rows: str, total: str = "694 | 582 | 63") -> list[Finding]:
    return findings(summary(), service(rows, total))


@pytest.mark.parametrize(
    "rows",
    [
        "Udarbejdelse af vejledninger | 247 | 361 | 63\nKurser for ledere | 447 | 221 | 0",
        # one line over two appropriations
        "Udarbejdelse af vejledninger | 200 | 300 | 60\nUdarbejdelse af vejledninger | 47 | 61 | 3\n"
        "Kurser for ledere | 447 | 221 | 0",
        # with suffixes, a third of it of the same figures
        "Udarbejdelse af vejledninger, nord | 82 | 120 | 21\nUdarbejdelse af vejledninger, syd | 82 | 120 | 21\n"
        "Udarbejdelse af vejledninger, vest | 83 | 121 | 21\nKurser for ledere | 447 | 221 | 0",
        # joined
        "Udarbejdelse af vejledninger og kurser for ledere | 694 | 582 | 63",
    ],
)
def test_a_line_that_is_split_or_joined_is_the_same_line(rows: str) -> None:
    assert of_service(rows) == []


def test_a_line_missing_from_a_table_whose_total_agrees_with_its_lines_is_named() -> None:
    root = only(of_service("Udarbejdelse af vejledninger | 247 | 361 | 63", "247 | 361 | 63"))
    assert (root.check, root.severity, root.cause) == (Check.CROSS_TABLE, Severity.ERROR, "missing_line")
    assert dict(root.cause_params) == {"line": "Kurser for ledere", "other_table": "Tabel 1"}
    assert (root.stated, root.expected) == (247, 694)


def test_a_line_missing_from_a_table_whose_total_counts_it_is_named() -> None:
    root = only(of_service("Udarbejdelse af vejledninger | 247 | 361 | 63"))
    assert (root.check, root.cause) == (Check.COLUMN_TOTAL, "missing_line")
    assert dict(root.cause_params)["line"] == "Kurser for ledere"


def test_figures_do_not_outrank_words_where_rows_have_changed_places() -> None:
    root = only(
        of_service(
            "Udgifter til udarbejdelse af vejledninger i alle enheder | 447 | 221 | 0\n"
            "Leder af projektet (1 årsværk) | 247 | 361 | 63"
        )
    )
    assert (root.cause, root.table_id) == ("rows_swapped", "BC01-Fælles lager/1")


MILLIONS = """
                                          | Område  | 2024 | 2025 | 2026
    # Varige ændringer                    |         |      |      |
    Færre vagter                          | Service | 0    | -0,5 | -0,9
    Løn til koordinator                   | Service | 0    | 0,1  | 0,1
    + Samlet varig ændring                |         | 0    | -0,3 | -0,8
    # Implementeringsomkostninger         |         |      |      |
    Nye køkkener                          | Anlæg   | 1,2  | 0,6  | 0
    Udarbejdelse af vejledninger          | Service | 0,2  | 0,4  | 0,1
    Kurser for ledere                     | Service | 0,4  | 0,2  | 0
    + Samlede implementeringsomkostninger |         | 1,9  | 1,1  | 0,1
    = Samlet økonomisk påvirkning         |         | 1,9  | 0,8  | -0,7
"""


@pytest.mark.parametrize(("figure", "total", "wrong"), [("361", "582", []), ("701", "922", [701])])
def test_millions_against_thousands(figure: str, total: str, wrong: list[int]) -> None:
    rows = f"Vejledninger, udarbejdelse | 227 | {figure} | 63\nLeder af projektet | 411 | 221 | 0"
    found = findings(summary(MILLIONS, unit=1_000_000), service(rows, f"638 | {total} | 63"))
    assert [f.stated for f in roots(found)] == wrong


def test_a_table_that_is_printed_twice_is_the_same_both_times() -> None:
    assert findings(summary(), summary(label="Bilag 1")) == []
    other = SUMMARY.replace("-910", "-970").replace("-787", "-847").replace("-724", "-784")
    root = only(findings(summary(), summary(other, label="Bilag 1")))
    assert ({root.stated, root.expected}, root.year) == ({-970, -910}, 2026)


BY_PROPOSAL = """
                    | 2026  | 2027  | 2028
    Flere pædagoger | 1.240 | 2.480 | 2.430
    Fælles indkøb   | -615  | -920  | -905
    = Drift i alt   | 625   | 1.560 | 1.525
"""
BY_COMMITTEE = """
                    | 2026  | 2027  | 2028
    Børneudvalget   | 1.240 | 2.480 | 2.430
    Økonomiudvalget | -615  | {}    | -905
    = Drift i alt   | 625   | {}    | 1.525
"""


def test_a_total_that_two_tables_print_is_the_same_in_both() -> None:
    def both(line: str, total: str) -> list[Finding]:
        other = table(Kind.OTHER_MONEY, BY_COMMITTEE.format(line, total), label="Tabel 2")
        return findings(table(Kind.OTHER_MONEY, BY_PROPOSAL, label="Tabel 1"), other)

    assert both("-920", "1.560") == []
    root = only(both("-1.090", "1.390"))
    assert (root.check, root.year, root.stated, root.expected) == (Check.CROSS_TABLE, 2027, 1390, 1560)


def test_versions_are_said_once_with_what_changed() -> None:
    def version(name: str, text: str) -> list[Finding]:
        return check([file(case(summary()), name="a.pdf"), file(case(summary(text)), name=name)])

    changed = version("b.pdf", SUMMARY.replace("-910", "-970").replace("-787", "-847").replace("-724", "-784"))
    (root,) = [f for f in changed if f.consequence_of is None]
    assert (root.message, dict(root.params)["lines"], dict(root.params)["differences"]) == (
        "version_differs",
        "Færre vagter",
        3,
    )
    other = SUMMARY
    for digit in "3456":
        other = other.replace(digit, "7")
    assert "version_differs" not in {f.message for f in version("c.pdf", other)}  # another case of the same name


@pytest.mark.parametrize(
    ("label", "expected"),
    [
        ("Oplæring, nord", "oplæring"),
        ("Oplæring – syd", "oplæring"),
        ("Oplæring (vest)", "oplæring"),
        ("Oplæring", None),
    ],
)
def test_the_stem_of_a_label(label: str, expected: str | None) -> None:
    assert stem(label) == expected


def test_the_names_that_a_label_joins() -> None:
    assert joined("Vejledning og oplæring") == ("Vejledning", "oplæring")
    assert joined("Vejledning") == ()


@given(st.lists(st.integers(-999, 9999), min_size=9, max_size=9))
@settings(max_examples=30, deadline=None)
def test_two_prints_of_the_same_lines_never_disagree(values: list[int]) -> None:
    rows = [values[:3], values[3:6], values[6:]]
    total = [sum(column) for column in zip(*rows, strict=True)]
    names = ("Vagter", "Vikarer", "Køkken")
    text = "\n".join(f"{n} | {' | '.join(map(str, row))}" for n, row in zip(names, rows, strict=True))
    drawn = f" | 2024 | 2025 | 2026\n{text}\n= I alt | {' | '.join(map(str, total))}"
    tables = [table(Kind.OTHER_MONEY, drawn, label=name) for name in ("Tabel 1", "Bilag 1")]
    assert findings(*tables) == []


def test_totals_by_organisation_that_stand_together_have_each_their_own_lines() -> None:
    text = """
                                       | 2024  | 2025  | 2026
        # Varige ændringer             |       |       |
        SOF sparer på haver            | -1000 | -1800 | -2600
        BUF sparer på haver            | -900  | -1700 | -2400
        5 gartnere                     |       | 500   | 1000
        5 hjælpere                     |       | 400   | 1010
        + Samlet ændring, service SOF  | -1000 | {}    | -1600
        + Samlet ændring, service BUF  | -900  | -1300 | -1390
        = Samlet varig ændring         | -1900 | {}    | -2990
    """
    right = table(Kind.SUMMARY, text.format(-1300, -2600), label="Tabel 1")
    assert findings(right) == []
    root = only(findings(table(Kind.SUMMARY, text.format(-1800, -2600), label="Tabel 1")))
    assert (root.line_id, root.year, root.stated, root.expected) == ("BC01-Fælles lager/0/5", 2025, -1800, -1300)
