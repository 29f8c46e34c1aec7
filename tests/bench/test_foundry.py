"""The foundry: papers that add up, in every form, and a scorer that counts what it should."""

from __future__ import annotations

from decimal import Decimal
from itertools import accumulate, pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.foundry import draw, dumps, plain, press, stock
from bench.foundry.family import families
from bench.foundry.figures import payback
from bench.foundry.html import html
from bench.foundry.looks import look
from bench.foundry.match import column_of, same_code, value
from bench.foundry.model import Case, Line, Paper, Table
from bench.foundry.score import Score


def of(family: str, seed: int = 1) -> Paper:
    return draw.papers(seed, 1, [family])[0]


def figures(table: Table, row: int) -> list[Decimal]:
    return [c for c in table.rows[row].cells if isinstance(c, Decimal)]


def test_there_are_families_for_every_kind_of_paper() -> None:
    assert len(families()) >= 64
    assert len({f.form for f in families().values()}) >= 15


def test_a_seed_gives_the_same_papers_and_another_seed_others() -> None:
    assert [p.truth() for p in draw.papers(5, 1)] == [p.truth() for p in draw.papers(5, 1)]
    assert [p.truth() for p in draw.papers(5, 1)] != [p.truth() for p in draw.papers(6, 1)]


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 10**6), family=st.sampled_from(sorted(families())))
def test_every_total_is_the_sum_of_its_parts(seed: int, family: str) -> None:
    for table in (t for c in of(family, seed).cases for t in c.tables()):
        plain_columns = [i for i, c in enumerate(table.columns) if c.kind == "figure"]
        for row in (r for r in table.rows if r.parts):
            for i in plain_columns:
                parts = [c for p in row.parts if isinstance(c := table.rows[p].cells[i], Decimal)]
                if isinstance(row.cells[i], Decimal):
                    assert row.cells[i] == sum(parts, Decimal(0)), (table.caption, row.label)


def test_a_catalogue_has_the_figures_of_its_proposals() -> None:
    overview, *proposals = of("katalog").cases
    listed = overview.tables()[0]
    for number, proposal in enumerate(proposals):
        total = next(r for r in proposal.tables()[0].rows if r.role == "total")
        assert [abs(f) for f in figures(listed, number)] == [abs(c) for c in total.cells if isinstance(c, Decimal)]
        assert listed.rows[number].label == proposal.code


def test_two_tables_of_an_agreement_have_one_total() -> None:
    for seed in range(8):
        first, second = of("budgetaftale", seed).cases[0].tables()
        assert first.rows[-1].cells == second.rows[-1].cells
        assert first.unit == second.unit


def test_the_truth_names_columns_of_two_levels() -> None:
    table = of("hovedoversigt").truth()["cases"][0]["tables"][0]
    assert {c.split()[-1] for c in table["columns"][1:]} == {"Udgifter", "Indtægter"}


def case_of(family: str, seed: int = 1) -> Case:
    return of(family, seed).cases[0]


def table_of(family: str, name: str, seed: int = 1) -> Table:
    return next(t for t in case_of(family, seed).tables() if t.name == name)


def test_a_balance_is_nil_in_every_column() -> None:
    for seed in range(6):
        table = table_of("tillaegssag", "bevilling", seed)
        assert not any(figures(table, len(table.rows) - 1))


def test_a_year_begins_where_the_one_before_ended() -> None:
    table = table_of("laaneramme", "gaeld")
    for before, row in pairwise(range(len(table.rows))):
        primo, loans, repaid, ultimo = figures(table, row)
        assert primo == figures(table, before)[3]
        assert primo + loans + repaid == ultimo


@pytest.mark.parametrize(("effect", "years"), [([3800, 1705, -3091, -3791], 4), ([-10, -10], 0), ([500, 0, 0], 0)])
def test_an_investment_is_paid_when_its_running_sum_is_nil_or_less(effect: list[int], years: int) -> None:
    assert payback([Decimal(e) for e in effect]) == years


def test_a_business_case_reckons_from_its_total() -> None:
    for seed in range(8):
        table = table_of("investeringscase", "case", seed)
        rows = {r.label: figures(table, i) for i, r in enumerate(table.rows)}
        effect = next(figures(table, i) for i, r in enumerate(table.rows) if r.role == "total")
        assert rows["Virkning opsummeret"] == list(accumulate(effect))
        worth = sum(float(e) / 1.035**year for year, e in enumerate(effect))
        assert abs(float(rows["Nutidsværdi"][0]) - worth) <= 5  # figures are rounded to 1, 5 or 10
        paid = payback(effect)
        assert rows.get("Tilbagebetalt efter (år)", []) == ([paid] if 0 < paid <= len(effect) else [])


def test_a_sentence_among_the_rows_is_printed_but_no_row_of_figures() -> None:
    paper = of("lovprogram")
    remark = next(r for r in paper.cases[0].tables()[0].rows if r.role == "remark")
    assert remark.label in plain.FORMS["tabs"][0](paper)
    assert remark.label not in str(paper.truth())


def test_a_unit_may_stand_below_its_table() -> None:
    blocks = case_of("lovprogram").blocks
    at = next(i for i, b in enumerate(blocks) if isinstance(b, Table))
    note = blocks[at + 1]
    assert isinstance(note, Line)
    assert note.style == "note"
    assert any(word in note.text for word in ("1.000", "tusinde", "t.kr"))


def test_columns_may_say_below_their_names_what_they_count() -> None:
    header = next(t for t in of("spildevandsplan").cases[0].tables() if t.name == "oplande").header()
    assert [name for name, what in zip(*header, strict=True) if what == "ha"] == ["Areal"]


def test_an_annex_begins_a_page() -> None:
    paper = of("spildevandsplan")
    annexes = [b.text for b in paper.blocks() if isinstance(b, Line) and b.style == "annex"]
    assert len(annexes) == 2
    assert set(annexes) <= set(paper.cases[0].headings)
    assert html(paper, look(paper)).count('<h3 class="new">') == 2


def test_years_may_have_names_of_the_familys_own() -> None:
    paper = of("lovprogram")
    names = [c.name for c in paper.cases[0].tables()[0].columns if c.make == "years"]
    assert names == [f"{'B' if i == 0 else 'O'} {paper.year + i}" for i in range(4)]


def test_a_difference_stands_under_the_word_of_its_columns() -> None:
    table = table_of("selvbudget", "valg")
    assert [c.name for c in table.columns] == ["Garanti", "Eget skøn", "Forskel"] * 2
    for row in range(len(table.rows)):
        first, own, apart, *_, last = figures(table, row)
        assert apart == own - first
        assert last == figures(table, row)[4] - figures(table, row)[3]


def test_shares_of_a_pool_are_a_hundred_percent() -> None:
    table = table_of("puljefordeling", "deling")
    assert table.columns[0].kind == "percent"
    assert table.rows[-1].cells[0] == 100


def test_a_time_plan_is_printed_but_no_table_with_figures() -> None:
    case = case_of("gevinstplan")
    plan = next(b for b in case.blocks if isinstance(b, Table) and b.name == "tidsplan")
    assert plan.rows[0].label == "Aftale med leverandør"
    assert [t.name for t in case.tables()] == ["gevinst"]


def test_a_list_of_contents_names_every_case() -> None:
    paper = next(p for p in (of("tillaegssag", s) for s in range(30)) if p.front)
    listed = [b.text for b in paper.front if isinstance(b, Line) and "..." in b.text]
    assert len(listed) == len(paper.cases)
    assert all(c.title in line for c, line in zip(paper.cases, listed, strict=True))


def test_a_case_has_no_sentence_of_its_family_twice() -> None:
    for seed in range(6):
        said = " ".join(b.text for b in case_of("skolemodeller", seed).blocks if isinstance(b, Line))
        assert said.count("Kørsel efter folkeskoleloven") <= 1
        assert said.count("koster det samme, om der sidder") <= 1


@pytest.mark.parametrize("form", sorted(plain.FORMS))
def test_every_figure_stands_in_a_text_form(form: str) -> None:
    paper = of("sparekatalog", 3)
    text = plain.FORMS[form][0](paper)
    for table in (t for c in paper.cases for t in c.tables()):
        for row in table.rows:
            assert all(cell in text for cell in table.printed(row, paper.numbers)), form


@pytest.mark.parametrize("producer", sorted(set(press.PRODUCERS) - {"libreoffice", "chromium"}))
def test_a_paper_is_typeset_and_dumped(producer: str, tmp_path: Path) -> None:
    if producer not in press.available():
        pytest.skip(f"{producer} is not installed")
    paper = of("reduktion", 2)
    press.PRODUCERS[producer][0]([paper], tmp_path)
    text = dumps.FORMS["mupdf"](tmp_path / f"{paper.name}.pdf")
    assert paper.cases[0].title.split()[0] in text
    total = next(r for r in paper.cases[0].tables()[0].rows if r.role == "total")
    assert total.label.split()[0] in text


def test_a_folder_holds_papers_beside_their_truth(tmp_path: Path) -> None:
    stock.fill(tmp_path, [of("takster"), of("strategi")], ["pipes", "tabs"])
    assert {p.name for p in (tmp_path / "tabs").iterdir()} == {
        f"{name}-1-0.{end}" for name in ("takster", "strategi") for end in ("txt", "truth.json")
    }


@pytest.mark.parametrize(
    ("year", "label", "index"),
    [(2026, "2026", 0), (None, "Før 2026", 1), (2026, "Før 2026", 1), (None, "I alt 2026-29", 2), (2027, "BO2027", 3)],
)
def test_a_figure_belongs_to_the_column_it_was_read_into(year: int | None, label: str, index: int) -> None:
    assert column_of(["2026", "Før 2026", "I alt 2026-29", "BO2027"], year, label) == index


def test_a_column_that_is_not_there_is_no_column() -> None:
    assert column_of(["2026", "2027"], 2028, "2028") == "? 2028 2028"


def test_codes_are_the_same_with_and_without_their_word() -> None:
    assert same_code("Forslag 7", "7")
    assert same_code("D3", "Reduktionsforslag D3")
    assert not same_code("Forslag 7", "Forslag 17")
    assert same_code(None, None)


@pytest.mark.parametrize(("cell", "read"), [("-1.250", -1250), ("0,6", 0.6), ("-", 0), ("Service", None), ("", None)])
def test_a_cell_of_the_truth_has_a_value(cell: str, read: float | None) -> None:
    assert value(cell) == read


def test_shares_are_hits_of_counts() -> None:
    score = Score()
    for ok in (True, True, False):
        score.hit("tabs", "takster", "recall", ok, "lost")
    assert score.table()["form tabs"]["recall"] == pytest.approx(2 / 3)
    assert score.examples(1) == ["tabs           recall    lost"]
