"""Confidence is what the evidence makes it: a figure is no surer than its row, its column's name and its place."""

from __future__ import annotations

import pytest

from normalize import understand
from normalize.models import Table
from normalize.trust.evidence import evidence_of
from normalize.trust.posterior import cautious, probability
from normalize.trust.weights import weights
from tests.extract.dumps import read


def tables(text: str, *, why: bool = False) -> tuple[Table, ...]:
    (case,) = understand(read(text), why=why).cases
    return case.tables


def only(text: str, *, why: bool = False) -> Table:
    (table,) = tables(text, why=why)
    return table


def of_row(table: Table, label: str) -> float:
    return min(a.confidence for line in table.lines if line.label == label for a in line.amounts)


def least(table: Table) -> float:
    return min(a.confidence for line in table.lines for a in line.amounts)


LOOSE = """\
    Forslag 7: Nye lamper

    1.000 kr. 2025 p/l 2025 2026
    Lamper 10 20
    Strøm -4 -6
    I alt 6 {total}
    """


def test_sums_that_close_bear_figures_out_that_only_follow_each_other() -> None:
    closed, open_ = only(LOOSE.format(total=14)), only(LOOSE.format(total=99))
    assert closed.loose
    assert least(closed) > least(open_)


def test_a_printed_error_costs_little_where_drawn_columns_hold_the_figures() -> None:
    table = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t2026\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t99\n")
    assert least(table) >= 0.7


def test_a_column_without_a_name_makes_nobody_sure() -> None:
    named = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t2026\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t14\n")
    nameless = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t14\n")
    assert least(named) > 0.9
    assert all(a.confidence < 0.5 for line in nameless.lines for a in line.amounts if not a.column_label)


def test_the_terms_that_weighed_are_told_when_asked_the_weightiest_first() -> None:
    assert only(LOOSE.format(total=14)).why == ()
    table = only("Forslag 7: Lamper\n\n1.000 kr.\t2025\t\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t14\n", why=True)
    bits = [abs(points) for _, points in table.why]
    assert bits == sorted(bits, reverse=True)
    assert dict(table.why)["nameless_of_names"] < 0


TABBED = "Forslag 7: Lamper\n\n1.000 kr.\t2025\t2026\n{first}\t10\t20\nStrøm\t-4\t-6\nVarme\t1\t2\nI alt\t7\t16\n"


@pytest.mark.parametrize(
    "label",
    [
        "a) Se bilag.  Lamper",  # a footnote that ran into it
        "Kulturudvalget Idrætshal",  # a section and its row
        "P-01 og øvelokaler",  # the name that followed the code is lost
        "og øvelokaler i Nordhavnen",  # the rest of a label
        "Tilskud til drift af",  # the first half of one
        "Lamper 2025 2026",  # a header that ran into it
    ],
)
def test_a_label_that_is_not_a_whole_one_makes_its_row_less_sure(label: str) -> None:
    plain, odd = only(TABBED.format(first="Lamper")), only(TABBED.format(first=label))
    assert of_row(plain, "Lamper") > 0.95
    assert min(a.confidence for a in odd.lines[0].amounts) < 0.9


@pytest.mark.parametrize(
    "names",
    [
        "Oprindeligt budget\tbudget",  # the end of another's name
        "Budget 2025\tBudget",  # a year's name whose year is lost
        "Drift\tAnlæg 400 185",  # figures that ran into it
        "Drift i\tAnlæg",  # breaks off
    ],
)
def test_a_column_whose_name_is_not_a_whole_one_makes_its_figures_less_sure(names: str) -> None:
    table = only(f"Forslag 7: Lamper\n\n1.000 kr.\t{names}\nLamper\t10\t20\nStrøm\t-4\t-6\nI alt\t6\t14\n")
    assert min(a.confidence for line in table.lines for a in line.amounts) < 0.9


def test_a_table_that_goes_on_numbering_was_cut_and_makes_nobody_sure() -> None:
    half = "1.000 kr.\t2025\t2026\t2027\n{0} Lamper\t10\t20\t30\n{1} Strøm\t-4\t-6\t-7\n"
    text = f"Forslag 7: Lys\n\n{half.format('5.01', '5.02')}\nTeksten går videre.\n\n{half.format('{n}', 'Øvrig')}"
    first, second = tables(text.format(n="5.03"), why=True)
    assert "cut" in dict(first.why)
    assert "cut" in dict(second.why)


WHOLE = "I alt\t6\t14\nLamper\t10\t20\nStrøm\t-4\t-6\n"
OPEN = "Lamper\t10\t20\nStrøm\t-4\t-6\n"


@pytest.mark.parametrize(
    ("first", "title", "halves"),
    [
        (WHOLE, "Afledt drift", False),  # its total stands first and its parts are all there: the next is another table
        (OPEN, "Afledt drift", True),  # no sum ends it: what looks like a title may be a page's head
        (WHOLE, "", True),  # nothing names the second
    ],
)
def test_a_table_with_a_title_of_its_own_below_a_whole_one_is_no_half(first: str, title: str, halves: bool) -> None:
    head = "1.000 kr.\t2025\t2026\n"
    text = f"Forslag 7: Lys\n\nAnlægsudgift\n\n{head}{first}\nTeksten går videre.\n\n{title}\n\n{head}{WHOLE}"
    above, below = tables(text, why=True)
    assert (bool({"piece", "cut"} & dict(below.why).keys())) is halves
    assert halves or min(least(above), least(below)) > 0.9


def test_a_label_is_known_where_another_table_has_it_and_not_for_standing_twice_in_its_own() -> None:
    rows = "1.000 kr.\t2025\t2026\n{0}\t10\t20\n{1}\t-4\t-6\nI alt\t6\t14\n"
    above, below = rows.format("Lamper", "Lamper"), rows.format("Strøm", "Varme")
    first, second = tables(f"Forslag 7: Lys\n\nTabel 1. Lys\n{above}\nTeksten går videre.\n\nTabel 2. Kraft\n{below}")
    evidence = evidence_of([first, second], [0, 0])
    known = [{n for n, terms in one.labels.items() if "known" in terms} for one in evidence]
    assert known == [{2}, {2}]  # "I alt", which both have
    assert [one.shared.get("known_header") for one in evidence] == [1.0, 1.0]
    (alone,) = evidence_of([first], [0])
    assert not any("known" in terms for terms in alone.labels.values())
    assert "known_header" not in alone.shared


def test_caution_makes_less_sure_and_nothing_undecided() -> None:
    assert cautious(0.99, loose=True) < cautious(0.99, loose=False) < 0.99
    assert cautious(0.6, loose=True) == 0.5
    assert cautious(0.3, loose=True) <= 0.3


def test_what_speaks_against_a_figure_never_speaks_for_it() -> None:
    told = weights()
    for way in (told.kept, told.loose):
        assert way.row.terms["unlabelled"] < -4
        assert way.name.terms["nameless"] < -4
        assert way.place.terms.get("elsewhere", 0.0) >= 0


@pytest.mark.parametrize(("points", "share"), [(0.0, 0.5), (10.0, 0.999), (-10.0, 0.001), (-5000.0, 0.0)])
def test_bits_as_a_probability(points: float, share: float) -> None:
    assert probability(points) == pytest.approx(share, abs=0.001)


@pytest.mark.parametrize(
    "rows",
    [
        "Råhus\t8,5\t1,0\t7,5\nTag\t2,4\t2,0\t0,4\nHave\t0,9\t0,0\t0,9\nI alt\t11,8\t3,0\t8,8",
        "Skole\t12,6\t678\t748\nHal\t26,4\t425\t475\nBad\t61,0\t508\t530\nI alt\t100,0\t1611\t1753",
    ],
)
def test_a_total_or_a_share_that_was_read_as_a_year_makes_nobody_sure_of_any_year(rows: str) -> None:
    table = only(f"Forslag 7: Ny hal\n\nMio. kr.\t2026\t2027\t2028\n{rows}\n", why=True)
    assert "moved" in dict(table.why)
    assert max(a.confidence for line in table.lines for a in line.amounts) < 0.9


def test_columns_of_one_name_without_a_year_are_not_told_apart() -> None:
    table = only("Forslag 7: Ny hal\n\nT.kr.\tDrift\tAnlæg\tDrift\tAnlæg\nHal\t5\t6\t7\t8\nBad\t1\t2\t3\t4\n")
    assert max(a.confidence for line in table.lines for a in line.amounts) < 0.9


def test_a_price_may_be_the_sum_of_others_of_its_year() -> None:
    rows = "Dagpleje\t3449\t10603\t14052\nKlub\t759\t2117\t2876\nSFO\t992\t2796\t3788\n"
    table = only(f"Forslag 7: Takster\n\nKr.\tEgenbetaling 2028\tTilskud 2028\tPladspris 2028\n{rows}", why=True)
    assert "moved" not in dict(table.why)


def test_rows_printed_in_another_way_below_words_are_likely_another_tables() -> None:
    text = (
        "Forslag 7: Lamper\n\n1.000 kr. 2025 2026\n\nLamper 10 20\n\nStrøm 4 6\n\nI alt 14 26\n\n{words}"
        "Voksen 26,50 43,25\n\nBarn 12,50 20,75\n"
    )
    anew = only(text.format(words="Takster\n\nEnkelt Retur\n\n"))
    assert of_row(anew, "Lamper") >= 0.5 > of_row(anew, "Barn")


def test_a_year_alone_beside_a_name_of_the_same_year_has_likely_lost_its_name() -> None:
    rows = "Lamper\t10\t20\t11\nStrøm\t-4\t-6\t-5\nI alt\t6\t14\t6\n"
    head = "Forslag 7: Lamper\n\n1.000 kr.\t{}\tBudget 2026\tBudget 2027\n"
    assert least(only(head.format("Skøn 2026") + rows)) > 0.9 > least(only(head.format("2026") + rows))


def test_names_of_counted_off_figures_are_not_sure_by_themselves() -> None:
    """What bears them out: years that follow each other, one column that is the others' sum."""
    text = (
        "Forslag 7: Lamper\n\n1.000 kr. Udgift Indtægt {third}\n\nLamper 70 -10 {a}\n\nStrøm 40 -20 {b}\n\n"
        "Varme 33 -3 {c}\n\nI alt 143 -33 {d}\n\n"
    )
    proven = only(text.format(third="Netto", a=60, b=20, c=30, d=110))
    unproven = only(text.format(third="Lån", a=7, b=8, c=9, d=24))
    assert least(proven) > 0.9 > least(unproven) >= 0.5


@pytest.mark.parametrize(
    ("first", "second"),
    [
        ("L 41 Lamper", "Indenrigsudvalget L 36 Stole"),  # a section ran into the row of its first code
        ("2025 Lamper", "Lamper"),  # a section of a year into its row
    ],
)
def test_what_other_rows_begin_with_tells_a_label_with_more_before_it(first: str, second: str) -> None:
    text = "Forslag 7: Lov\n\n1.000 kr.\t2025\t2026\nL 58 A Borde\t1\t2\n{}\t10\t20\nL 2 Hegn\t4\t6\n{}\t7\t16\n"
    table = only(text.format(first, second))
    mixed = second if "36" in second else first
    assert of_row(table, mixed) < 0.9 < of_row(table, "L 58 A Borde")
