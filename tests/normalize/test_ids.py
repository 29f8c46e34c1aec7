"""Ids: the same bytes give the same ids, everywhere 16 hex digits, never two alike."""

from __future__ import annotations

import re
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from extract.models import Placement
from normalize.ids import assign, digest
from normalize.models import Amount, Case, Column, ColumnKind, Heading, Kind, Line, Measure, Role, Table
from tests.normalize.blocks import HERE


def amount(column: int) -> Amount:
    return Amount(column, 2025, "2025", "1", Decimal(1), Decimal("0.5"), HERE, Placement.RULED, 1.0)


def table(ordinal: int, rows: int, columns: int) -> Table:
    lines = tuple(
        Line(n, "Drift", Role.DETAIL, tuple(amount(c) for c in range(1, columns + 1)), HERE) for n in range(rows)
    )
    header = tuple(Column(c, str(2024 + c), ColumnKind.YEAR, 2024 + c) for c in range(1, columns + 1))
    return Table(ordinal, None, None, Kind.SUMMARY, Measure.DKK, 1000, 2025, header, lines, (), 1, 1, HERE)


def case(ordinal: int, tables: int = 2, rows: int = 2, columns: int = 2, headings: int = 2) -> Case:
    return Case(
        ordinal=ordinal,
        code=None,
        title="Ny ordning",
        summary=None,
        administrations=(),
        affected=None,
        budget_round=None,
        confidential=False,
        stated_price_level=None,
        stated_price_level_place=None,
        first_page=1,
        last_page=1,
        headings=tuple(Heading(n, None, "Økonomi", 1, HERE) for n in range(headings)),
        tables=tuple(table(n, rows, columns) for n in range(tables)),
        statements=(),
    )


def ids_of(cases: tuple[Case, ...]) -> list[str]:
    found: list[str] = []
    for one in cases:
        found += [one.case_id, *(h.heading_id for h in one.headings)]
        for printed in one.tables:
            found.append(printed.table_id)
            for line in printed.lines:
                found += [line.line_id, *(a.amount_id for a in line.amounts)]
    return found


def test_equal_things_in_different_places_get_different_ids() -> None:
    found = ids_of(assign("00ff", [case(0), case(1)]))
    assert len(found) == len(set(found)) == 2 * (1 + 2 + 2 * (1 + 2 * (1 + 2)))
    assert all(re.fullmatch(r"[0-9a-f]{16}", one) for one in found)


def test_the_document_decides_the_ids() -> None:
    assert ids_of(assign("00ff", [case(0)])) == ids_of(assign("00ff", [case(0)]))
    assert not set(ids_of(assign("00ff", [case(0)]))) & set(ids_of(assign("00fe", [case(0)])))


def test_ids_are_the_same_on_any_machine() -> None:
    assert digest("case", "00ff", 0) == "1bfcc3aff386cc6c"


@given(st.lists(st.text(max_size=5), min_size=1, max_size=4), st.lists(st.text(max_size=5), min_size=1, max_size=4))
def test_parts_are_told_apart_by_their_borders(left: list[str], right: list[str]) -> None:
    clean = [[part.replace("\x1f", "") for part in parts] for parts in (left, right)]
    assert (digest(*clean[0]) == digest(*clean[1])) == (clean[0] == clean[1])
