"""All that speaks for and against the figures of a case's tables: of the whole table, by row, column and figure."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Sequence

from extract.records import record
from lexicon.years import years_in
from normalize.models import Amount, Column, Joined, Kind, Line, Table
from normalize.tables.halves import header
from normalize.trust.columns import columns_of, header_terms
from normalize.trust.fills import close_across, shares_in_place
from normalize.trust.labels import Terms, heads_again, labels_of
from normalize.trust.places import Witness, places_of, table_terms

_FEW_ROWS = 3
# The share of a table's rows that close across, and of its figures that another table has under the same label and
# year, from which these bear its columns' names out.
_PROOFS = {"row_closes_of_rows": 0.5, "elsewhere_of_figures": 0.2}


@record
class Evidence:
    """The evidence on one table.  `shared` bears on all its figures: what it shows as a whole, and which share of its
    rows, columns and figures each of their own terms holds of."""

    loose: bool
    shared: Terms
    labels: dict[int, Terms]  # by the line's ordinal
    names: dict[int, Terms]  # by the column's index
    rows: dict[int, Terms]  # by the line's ordinal
    figures: dict[tuple[int, int], Terms]  # by both

    def of_row(self, line: Line) -> Terms:
        """What bears on a row's label beside what is shared."""
        return self.labels[line.ordinal]

    def of_name(self, amount: Amount) -> Terms:
        """What bears on the name of a figure's column beside what is shared."""
        return self.names[amount.column]

    def of_place(self, line: Line, amount: Amount) -> Terms:
        """What bears on a figure's place and value beside what is shared."""
        return self.rows[line.ordinal] | self.figures[line.ordinal, amount.column]


def evidence_of(tables: Sequence[Table], beside: Sequence[int]) -> list[Evidence]:
    """The evidence on each table of a case; `beside[n]` counts the lines next to it that are only figures."""
    # In how many of the tables each label, header and figure stands.
    labels = Counter(label for t in tables for label in {x.label.casefold() for x in t.lines if x.amounts})
    headers = Counter(map(header, tables))
    figures = Counter(witness for t in tables for witness in _witnesses(t))
    halves = _halves(tables)
    around = sum(beside)
    found: list[Evidence] = []
    for n, table in enumerate(tables):
        own_labels, names = labels_of(table, labels), columns_of(table)
        rows, own, sums = places_of(table, figures)
        columns = [c for c in table.columns if c.index in names]
        shared = table_terms(table, sums, beside[n], around) | header_terms(table, columns, headers)
        shared |= _table(table, own_labels) | halves[n]
        if "piece" in halves[n]:
            shared |= {"known_header": 0.0, "piece_fails": float(sums.failing > 0)}
        shared |= _shares(own_labels, names, rows, own)
        shared |= _unsupported(table, shared, columns)
        shared = {name: size for name, size in shared.items() if size}
        found.append(Evidence(table.loose, shared, own_labels, names, rows, own))
    return found


def _unsupported(table: Table, shared: Terms, columns: Sequence[Column]) -> Terms:
    """Where nothing beside the choice of a reading bears it out: names of counted-off figures without years in order,
    a header or figures known from elsewhere, a sum across or shares in their place; figures one to a row; few rows
    that differ, without years or sums."""
    told = shared["in_order"] or shared["known_header"] or any(shared.get(k, 0.0) >= n for k, n in _PROOFS.items())
    proven = told or _are_dated(columns) or close_across(table, columns) or shares_in_place(table, columns)
    ragged = shared["few_rows"] and "odd_count_of_rows" in shared
    return {
        "unproven": float(table.loose and not proven),
        "lone": shared["one_column"] * shared.get("aligned_text", 0.0),
        "scant": float(bool(ragged and shared["no_sums"] and shared["undated"] and not shared["known_header"])),
    }


def _are_dated(columns: Sequence[Column]) -> bool:
    """Whether all columns are of years, of two at least, forwards or backwards."""
    years = [c.year or int(next(iter(years_in(c.label)), 0)) for c in columns]
    return 0 not in years and len(set(years)) > 1 and sorted(years) in (years, years[::-1])


def _shares(
    labels: dict[int, Terms], names: dict[int, Terms], rows: dict[int, Terms], figures: dict[tuple[int, int], Terms]
) -> Terms:
    """The mean of every term over a table's rows and figures; of a column's name whether any shows it, since what is
    wrong with one name moves the others."""
    found = {f"{name}_of_names": min(1.0, size) for name, size in _summed(names.values()).items()}
    rooms: tuple[tuple[str, Collection[Terms]], ...] = (
        ("labels", labels.values()),
        ("rows", rows.values()),
        ("figures", figures.values()),
    )
    for room, terms in rooms:
        found |= {f"{name}_of_{room}": size / len(terms) for name, size in _summed(terms).items()}
    return found


def _witnesses(table: Table) -> set[Witness]:
    return {
        (line.label.casefold(), a.year, a.value) for line in table.lines for a in line.amounts if a.value and a.year
    }


def _table(table: Table, labels: dict[int, Terms]) -> Terms:
    return {
        "heads_again": float(heads_again(table)),
        "blank_rows": 1.0 - len(labels) / max(1, len(table.lines)),
        "few_rows": float(len(labels) < _FEW_ROWS),
        "no_caption": float(not table.title and not table.label),
        "kind_unknown": float(table.kind is Kind.OTHER_MONEY),
    }


def _summed(terms: Iterable[Terms]) -> Terms:
    """The sum of every term over the rows, columns or figures of a table."""
    summed: Terms = {}
    for some in terms:
        for name, size in some.items():
            summed[name] = summed.get(name, 0.0) + size
    return summed


def _halves(tables: Sequence[Table]) -> list[Terms]:
    """Which tables are likely the halves of one (`piece`), and which were surely cut (`cut`) rather than not."""
    found: list[Terms] = [{} for _ in tables]
    for n, table in enumerate(tables):
        if table.joined is not None:
            own = {"cut": 1.0} if table.joined is Joined.SURE else {"piece": 1.0}
            found[n - 1], found[n] = {"piece": 1.0} | own, {"piece": 1.0} | own
    return found
