"""Payback, price levels, year headers, committees, catalogues and labels."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from normalize.models import Case, Kind, Table
from reconcile import check
from reconcile.checks.payback import _exact_time, years_to_pay_back
from reconcile.models import Check, Finding, Severity
from tests.reconcile.build import Decimal, case, file, findings, only, roots, table


def economy(payback: str = "4", last: str = "-3.791", *, level: int | None = 2022, label: str = "Tabel 1") -> Table:
    text = f"""
                                             | Område  | 2024  | 2025   | 2026   | 2027
        # Varige ændringer                   |         |       |        |        |
        Bortfaldne opgaver                   | Service | 0     | -1.895 | -3.791 | {last}
        + Samlet varig ændring               |         | 0     | -1.895 | -3.791 | {last}
        # Implementeringsomkostninger        |         |       |        |        |
        Forberedelse                         | Service | 3.800 | 3.600  | 700    | 0
        + Samlede implementeringsomkostninger|         | 3.800 | 3.600  | 700    | 0
        = Samlet økonomisk påvirkning        |         | 3.800 | 1.705  | -3.091 | {last}
        % Tilbagebetalingstid baseret på serviceeffektivisering | {payback} | | | |
        % Tilbagebetalingstid baseret på totaløkonomi           | {payback} | | | |
    """
    return _with_payback(table(Kind.SUMMARY, text, label=label, level=level), payback)


def _with_payback(drawn: Table, payback: str) -> Table:
    assert sum(a.value == Decimal(payback.replace(",", ".")) for x in drawn.lines for a in x.amounts if not a.year) == 2
    return drawn


def of(found: list[Finding], which: Check) -> list[Finding]:
    return [f for f in roots(found) if f.check is which]


def test_a_payback_time_that_the_running_sum_gives_is_right() -> None:
    assert findings(economy("4")) == []


def test_a_payback_time_that_rounding_may_give_is_right() -> None:
    def rounded(time: str) -> list[Finding]:
        text = f"""
                                                 | 2021 | 2022 | 2023 | 2024
            Samlet varig ændring                 | -    | -0,4 | -0,7 | -0,7
            Samlede implementeringsomkostninger  | 2,1  | 0,5  | -    | -
            = Samlet økonomisk påvirkning        | 2,1  | 0,1  | -0,7 | -0,7
            % Tilbagebetalingstid                | {time} |    |      |
        """
        return roots(findings(table(Kind.SUMMARY, text, unit=1_000_000)))

    assert rounded("5") == rounded("6") == []
    assert [f.check for f in rounded("8")] == [Check.PAYBACK]


def test_a_wrong_payback_time_in_two_rows_is_one_finding() -> None:
    found = findings(economy("6"))
    root = only(found)
    assert (root.check, root.stated, root.expected) == (Check.PAYBACK, 6, 4)
    assert len([f for f in found if f.consequence_of == root.finding_id]) == 1


@pytest.mark.parametrize(
    ("figures", "years"),
    [
        ([1250, 873, -57, -707, -707, -707], 6),
        ([290, -373, -373], 2),
        ([0, 3200, 1600, 1600, 1100, -500], 20),  # a year without cost does not count as paid back
        ([100, 10], None),
        ([-5, -5], None),
    ],
)
def test_the_first_year_in_which_the_running_sum_is_nil_again(figures: list[int], years: int | None) -> None:
    assert years_to_pay_back([Decimal(f) for f in figures]) == years


@pytest.mark.parametrize(
    ("figures", "years"),
    [
        ([100, -10, -40, -100], "3.5"),  # 50 are left after three years, and the fourth saves 100
        ([100, -100], "2"),
        ([0, 60, -20], "5"),  # what nothing was spent before does not pay back
        ([60, 0, -40], "3.5"),
        ([-20, -20], None),
        ([100, 0], None),
    ],
)
def test_the_part_of_the_last_year_that_paying_back_takes(figures: list[int], years: str | None) -> None:
    assert _exact_time([Decimal(f) for f in figures]) == (None if years is None else Decimal(years))


@given(st.integers(1, 5000), st.integers(1, 500))
@settings(deadline=None)
def test_a_constant_saving_pays_back_when_it_has_grown_to_the_cost(cost: int, saving: int) -> None:
    years = years_to_pay_back([Decimal(cost), Decimal(-saving)])
    needed = -(-cost // saving) + 1
    assert years == (needed if needed <= 200 else None)


def test_the_same_amounts_under_two_price_levels_are_an_error() -> None:
    detail = """
                              | 2024 | 2025   | 2026   | 2027
        Bortfaldne opgaver    | 0    | -1.895 | -3.791 | -3.791
        = Varige ændringer    | 0    | -1.895 | -3.791 | -3.791
    """
    same = table(Kind.RECURRING, detail, label="Tabel 2", level=2022)
    third = table(Kind.ADMINISTRATION, detail, label="Tabel 3", level=2021)
    assert findings(economy(), same) == []
    root = only(findings(economy(), same, third))
    assert (root.check, root.severity, root.table_id) == (Check.PRICE_LEVEL, Severity.ERROR, "BC01-Fælles lager/2")
    assert (root.stated, root.expected) == (2021, 2022)


def test_the_field_of_the_price_level_is_held_to_the_tables() -> None:
    root = only(findings(economy(), stated_level=2021))
    assert (root.message, root.stated, root.expected) == ("price_level_field", 2021, 2022)
    assert findings(economy(), stated_level=2022) == []


@pytest.mark.parametrize(
    ("header", "stated", "expected"),
    [
        ("2024 | 2025 | 2026 | 2026", 2026, 2027),
        ("2024 | 2025 | 2025 | 2027", 2025, 2026),
        ("2025 | 2025 | 2026 | 2027", 2025, 2024),  # the others run on from the second
    ],
)
def test_years_that_repeat_or_leave_a_gap(header: str, stated: int, expected: int) -> None:
    root = only(findings(table(Kind.OTHER_MONEY, f" | {header}\nLøn | 1 | 2 | 3 | 4", label="Tabel 1")))
    assert (root.check, root.stated, root.expected) == (Check.YEAR_HEADER, stated, expected)


@pytest.mark.parametrize(
    "header",
    [
        "2024 | 2025 | 2026 | 2027",
        "2020 | 2025 | 2030 | 2035",
        "2024 | 2025 | 2027 | 2028",
        "2023 | 2025 | 2030 | 2040",
        "Budget 2023 | Regnskab 2023",
        "2024 | 2025 | 2024 | 2025",
        "R2023 | B2023 | B2024 | B2025",
        "Regnskab 2022 | Forslag 2024 | Overslag 2025 | Overslag 2026",
    ],
)
def test_years_that_are_as_they_should_be(header: str) -> None:
    assert roots(findings(table(Kind.OTHER_MONEY, f" | {header}\nLøn | 1 | 2 | 3 | 4", label="Tabel 1"))) == []


def test_a_year_printed_again_over_what_two_other_columns_make_is_none() -> None:
    """ "Vækst R2022-B2024" is easily read as the year that it ends in."""
    changes = """
                   | R2022 | R2023 | B2024 | B2024
        Bibliotek  | 9.863 | 9.158 | {}    | 372
        Svømmehal  | 1.570 | 1.465 | 1.730 | 160
        Musik      | 4.717 | 4.388 | 5.042 | 325
        Park       | 1.315 | 1.381 | 1.304 | -11
        Idræt      | 3.957 | 4.067 | 4.428 | 471
    """
    assert roots(findings(table(Kind.OTHER_MONEY, changes.format("10.235")))) == []


def committees(letter: str, kind: Kind, social: str, work: str, total: str) -> Table:
    text = f"""
                                 | 2024 | 2025 | 2026   | 2027
        Socialudvalget           | 0    | {social}
        Beskæftigelsesudvalget   | 0    | {work}
        = Total                  | 0    | {total}
    """
    return table(kind, text, label=f"Tabel {letter}")


NET = committees(
    "A", Kind.COMMITTEE_TARGET, "-995 | -2.000 | -2.000", "-900 | -1.791 | -1.791", "-1.895 | -3.791 | -3.791"
)
RUNNING = committees("B", Kind.COMMITTEE_OPERATIONS, "0 | 600 | 600", "0 | 300 | 300", "0 | 900 | 900")
GROSS = committees(
    "C", Kind.COMMITTEE_GROSS, "-995 | -2.600 | -2.600", "-900 | -2.091 | -2.091", "-1.895 | -4.691 | -4.691"
)


def test_committee_tables_that_add_up() -> None:
    assert findings(economy(), NET, RUNNING, GROSS) == []


def test_a_gross_table_that_repeats_the_net_one_is_one_finding() -> None:
    copied = committees(
        "C", Kind.COMMITTEE_GROSS, "-995 | -2.000 | -2.000", "-900 | -1.791 | -1.791", "-1.895 | -3.791 | -3.791"
    )
    found = findings(economy(), NET, RUNNING, copied)
    root = only(found)
    assert (root.message, root.cause) == ("committee_gross_is_net", "same_as_other_table")
    assert {(f.year, f.stated, f.expected) for f in found if f.consequence_of and f.year == 2026} == {
        (2026, -2000, -2600),
        (2026, -1791, -2091),
        (2026, -3791, -4691),
    }
    followers = [f for f in found if f.consequence_of]
    assert all("-" not in str(f.arithmetic[-1]) or f.arithmetic[-1] == f.expected for f in followers)
    assert [x for f in followers[:1] for x in f.arithmetic] == [-2000, "−", 600, "=", -2600]


def test_committees_whose_figures_are_exchanged() -> None:
    swapped = committees("B", Kind.COMMITTEE_OPERATIONS, "0 | 300 | 300", "0 | 600 | 600", "0 | 900 | 900")
    assert only(findings(economy(), NET, swapped, GROSS)).cause == "committees_swapped"


def test_a_committee_total_that_is_not_the_summary_s() -> None:
    short = committees(
        "A", Kind.COMMITTEE_TARGET, "-992 | -1.997 | -1.997", "-900 | -1.788 | -1.788", "-1.892 | -3.785 | -3.785"
    )
    found = findings(economy(), short)
    root = only(found)
    assert (root.check, root.stated, root.expected) == (Check.COMMITTEE, -1892, -1895)
    assert [f.year for f in found if f.consequence_of == root.finding_id] == [2026, 2027]


def catalogue(first: str = "1.895", investment: str = "8.100", title: str = "Fælles lager") -> Case:
    text = f"""
                             | 2025  | 2026  | Samlet investering
        # Økonomiudvalget    |       |       |
        1 {title}            | {first} | 3.791 | {investment}
        2 Digital post       | 475   | 475   | -
        = I alt              | {Decimal(first.replace(".", "")) + 475} | 4.266 | {investment}
    """
    return case(table(Kind.CATALOGUE, text, label="Bilag 1", cost_sign=-1), code=None, title="Katalog")


def test_a_catalogue_has_the_figures_of_its_proposals_with_the_sign_turned() -> None:
    found = check([file(catalogue(), case(economy(), code="Forslag 1"))])
    assert [(f.severity, f.message) for f in found] == [(Severity.INFO, "catalogue_missing")]


@pytest.mark.parametrize("apart", [False, True])
def test_a_wrong_contribution_is_found_in_one_file_or_in_two(apart: bool) -> None:
    overview, proposal = catalogue(first="1.985"), case(economy(), code="Forslag 1")
    files = [file(overview, name="a"), file(proposal, name="b")] if apart else [file(overview, proposal)]
    root = only(check(files))
    assert (root.check, root.year, root.stated, root.expected) == (Check.CATALOGUE, 2025, 1985, 1895)
    assert root.cause == "transposed_digits"


def test_a_wrong_investment_of_the_catalogue() -> None:
    root = only(check([file(catalogue(investment="8.000"), case(economy(), code="Forslag 1"))]))
    assert (root.message, root.stated, root.expected) == ("catalogue_investment", 8000, 8100)


def overview(second: str, third: str) -> Case:
    text = f"""
        Nr.    | Område        | 2025 | 2026 | 2027
        B-01   | Færre møder   | -100 | -200 | -200
        S-01   | Fælles indkøb | -350 | {second} | {third}
    """
    listed = table(Kind.OTHER_MONEY, text)
    return replace(case(listed, code=None, title="Budget 2025"), kind_of="document")


def proposal(code: str, title: str, first: str, second: str, third: str) -> Case:
    text = f"""
               | 2025 | 2026 | 2027
        Varer  | {first} | {second} | {third}
        = I alt | {first} | {second} | {third}
    """
    return case(table(Kind.OTHER_MONEY, text), code=code, title=title)


def test_an_overview_that_no_word_calls_a_catalogue_is_held_to_its_proposals() -> None:
    proposals = (
        proposal("B-01", "Færre møder", "-100", "-200", "-200"),
        proposal("S-01", "Indkøb", "-350", "-700", "-900"),
    )
    root = only(check([file(overview("-700", "-700"), *proposals)]))
    assert (root.check, root.year, {root.stated, root.expected}) == (Check.CATALOGUE, 2027, {-700, -900})
    assert check([file(overview("-700", "-900"), *proposals)]) == []


def test_a_proposal_of_the_same_name_in_another_file_is_the_catalogue_s_only_if_figures_say_so() -> None:
    def listed(first: str, second: str) -> Case:
        text = f"""
                             | 2025    | 2026
            Fælles lager     | {first} | {second}
            Digital post     | 475     | 475
        """
        return case(table(Kind.CATALOGUE, text, label="Bilag 1", cost_sign=-1), code=None, title="Katalog")

    proposal = file(case(economy(), code=None), name="forslag.pdf")
    assert roots(check([file(listed("40", "90"), name="katalog.pdf"), proposal])) == []
    root = only(check([file(listed("1.985", "3.791"), name="katalog.pdf"), proposal]))
    assert (root.check, root.stated, root.expected) == (Check.CATALOGUE, 1985, 1895)
    strangers = [
        file(replace(c, municipality=m), name=m)
        for c, m in ((listed("1.985", "3.791"), "Alby"), (case(economy(), code=None), "Birkby"))
    ]
    assert roots(check(strangers)) == []


def test_an_overview_whose_figures_are_of_something_else_is_not_held_to_its_proposals() -> None:
    assert check([file(overview("-10", "-20"), proposal("S-01", "Indkøb", "-350", "-700", "-900"))]) == []


def test_a_table_of_capital_investments_whose_lines_are_service() -> None:
    text = """
                             | 2024  | 2025  | 2026 | 2027
        Forberedelse         | 3.800 | 3.600 | 700  | 0
        = Investeringer      | 3.800 | 3.600 | 700  | 0
    """
    root = only(findings(economy(), table(Kind.INVESTMENT_CAPITAL, text, label="Tabel 3")))
    assert (root.check, root.severity) == (Check.LABEL, Severity.WARNING)
    assert findings(economy(), table(Kind.INVESTMENT_SERVICE, text, label="Tabel 3")) == []


def test_another_template_may_count_its_payback_time_another_way() -> None:
    text = """
                                             | 2024  | 2025   | 2026
        # Varige ændringer                   |       |        |
        Bortfaldne opgaver                   | 0     | -500   | -500
        + Samlet varig ændring               | 0     | -500   | -500
        # Implementeringsomkostninger        |       |        |
        Forberedelse                         | 1.000 | 0      | 0
        + Samlede implementeringsomkostninger| 1.000 | 0      | 0
        = Samlet økonomisk påvirkning        | 1.000 | -500   | -500
        % Tilbagebetalingstid (år)           | 2     |        |
    """
    (found,) = findings(table(Kind.SUMMARY, text, label="Tabel 1"))
    assert (found.severity, found.message) == (Severity.INFO, "payback_variant")
    assert dict(found.params)["variant"] in ("interpolated", "simple")


def _overview(*rows: str) -> list[Finding]:
    """What is said of a catalogue whose three proposals save 540, 460 and 515 in its last year."""
    text = "\n".join(f"{code} | {row}" for code, row in zip(("VR01", "VR02", "VR03"), rows, strict=True))
    listed = case(table(Kind.OTHER_MONEY, f" | 2024 | 2025\n{text}", label="Oversigt"), code=None, title="Katalog")
    proposals = [
        case(
            table(Kind.OTHER_MONEY, f" | 2024 | 2025\nLøn | {years}\n= I alt | {years}", title="Økonomi"),
            code=code,
            title=title,
        )
        for code, title, years in (
            ("VR01", "Køkkendrift", "-270 | -540"),
            ("VR02", "Hjemmetræning", "-230 | -460"),
            ("VR03", "Ruteplan", "-258 | -515"),
        )
    ]
    return check([file(replace(listed, kind_of="catalogue"), *proposals, name="katalog.pdf")])


def test_a_catalogue_s_sign_is_that_of_most_of_its_rows() -> None:
    assert roots(_overview("270 | 540", "230 | 460", "258 | 515")) == []
    root = only(_overview("270 | 540", "230 | 460", "-258 | -515"))
    assert (root.check, root.cause, root.stated, root.expected) == (Check.CATALOGUE, "sign", -258, 258)


def test_rows_of_a_catalogue_that_have_changed_places_are_one_finding() -> None:
    root = only(_overview("-230 | -460", "-270 | -540", "-258 | -515"))
    assert (root.check, root.cause) == (Check.CATALOGUE, "rows_swapped")


def _headed(years: str) -> Table:
    return table(Kind.OTHER_MONEY, f" | {years}\nLøn | 1 | 2 | 3 | 4", label=years)


def test_a_year_skipped_in_one_table_of_several_is_a_warning() -> None:
    assert roots(findings(_headed("2024 | 2025 | 2027 | 2028"))) == []
    root = only(findings(_headed("2024 | 2025 | 2027 | 2028"), _headed("2024 | 2025 | 2026 | 2027")))
    assert (root.check, root.stated, root.expected) == (Check.YEAR_HEADER, 2027, 2026)


def test_the_one_year_left_out_behind_three_in_a_row_is_missed_in_a_table_alone() -> None:
    root = only(findings(_headed("2024 | 2025 | 2026 | 2028")))
    assert (root.check, root.stated, root.expected) == (Check.YEAR_HEADER, 2028, 2027)
    assert roots(findings(_headed("2024 | 2025 | 2026 | 2030"))) == []


def test_figures_taken_for_a_header_of_years_are_no_finding() -> None:
    rows = "Biografen | 160 | 150 | 157\nLokalarkiv | 206 | 238 | 236\n= I alt | 2423 | 2309 | 2332"
    assert roots(findings(table(Kind.SUMMARY, f" | 2057 | 1921 | 1939\n{rows}"))) == []


def test_a_first_year_that_stands_twice_may_be_what_is_paid_before_it() -> None:
    lost = table(Kind.INVESTMENT_CAPITAL, " | 2021 | 2021 | 2022 | 2023\nKloak | - | 4 | 5 | 6\nTag | - | 1 | 2 | 3")
    assert roots(findings(lost)) == []
    paid = table(Kind.SUMMARY, " | 2021 | 2021 | 2022 | 2023\nKloak | 7 | 4 | 5 | 6\nTag | 8 | 1 | 2 | 3")
    assert [f.check for f in roots(findings(paid))] == [Check.YEAR_HEADER]


def test_another_price_level_that_the_caption_says_is_no_finding() -> None:
    def older(title: str) -> list[Finding]:
        text = " | 2024 | 2025\nForundersøgelse | 141 | 63\nRådgivning | 75 | 38\n= I alt | 216 | 101"
        earlier = table(Kind.RECURRING, text, label="Tabel 5", title=title, level=2021)
        return roots(findings(economy(), economy(label="Tabel 2"), earlier))

    assert older("Tidligere bevilget, 2021 p/l") == []
    assert [f.check for f in older("Tidligere bevilget")] == [Check.PRICE_LEVEL]


def _by_title(gross: str, operations: str = "170 | 339", total: str = "289 | 577") -> list[Finding]:
    """Three tables of committees that only their titles tell apart: net, operations, gross."""

    def of(title: str, first: str, second: str, total: str) -> Table:
        text = f" | 2026 | 2027\nSkoleudvalget | {first}\nSocialudvalget | {second}\n= I alt | {total}"
        return table(Kind.OTHER_MONEY, text, title=title, label=title[:7])

    return findings(
        of("Tabel A Måltal fordelt på udvalg, netto", "-138 | -276", "-571 | -1.142", "-709 | -1.418"),
        of("Tabel B Drift fordelt på udvalg", operations, "119 | 238", total),
        of("Tabel C Måltal fordelt på udvalg, brutto", gross, "-690 | -1.380", "-998 | -1.995"),
    )


def test_committee_tables_of_no_known_kind_are_told_apart_by_their_titles() -> None:
    assert roots(_by_title("-308 | -615")) == []
    found = _by_title("-308 | -415")
    root = only(found)
    assert Check.COMMITTEE in {f.check for f in found}
    assert (root.year, root.stated, root.expected) == (2027, -415, -615)


def test_a_wrong_figure_is_told_of_where_it_stands_though_another_table_shows_it() -> None:
    root = only(_by_title("-308 | -615", "370 | 339", "489 | 577"))
    assert (root.message, root.cause, root.stated, root.expected) == ("operand", "mistyped_digit", 370, 170)
    assert root.arithmetic == (370, "−", 308, "=", 62)


def test_two_breakdowns_of_one_whole_have_one_total() -> None:
    def parted(title: str, first: str, total: str) -> Table:
        text = f" | 2026 | 2027 | 2028\n{title[-6:]} | {first}\nResten | 100 | 200 | 200\n= I alt | {total}"
        return table(Kind.OTHER_MONEY, text, label=title, title=title)

    one = parted("Fordelt på udvalg", "550 | 1.130 | 1.150", "650 | 1.330 | 1.350")
    assert roots(findings(one, parted("Fordelt på forslag", "550 | 1.130 | 1.150", "650 | 1.330 | 1.350"))) == []
    root = only(findings(one, parted("Fordelt på forslag", "490 | 1.060 | 1.090", "590 | 1.260 | 1.290")))
    assert (root.check, root.stated, root.expected) == (Check.CROSS_TABLE, 590, 650)
    other = parted("Fordelt på forslag", "90 | 160 | 110", "190 | 360 | 310")
    assert roots(findings(one, other)) == []  # of another whole
    moved = parted("Fordelt på forslag", "-550 | 30 | 50", "-450 | 230 | 250")
    assert only(findings(one, moved)).expected == 650  # far off, but the totals move alike from year to year
