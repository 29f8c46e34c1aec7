"""The sums choose the reading: figures that lost their columns are put where the table's own arithmetic wants them.

In: rows with loose fragments (`ReadingRow`), what other tables of the case say of the same lines (`KnownRow`).  Out:
the figures in their columns, each with an honest probability (`Readings`).  Every way to read each row is scored in
bits by the sums of the table, its row totals, the same line elsewhere and the habits of such rows; the probability of
a place is its share over all readings kept.  A row that has as many figures as columns is never moved: a printed error
survives.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from extract.models import Placement
from extract.records import record
from normalize.models import Role, Sum
from normalize.readings.candidates import Candidate, candidates, row_total_bits
from normalize.readings.rows import KnownRow, Placed, ReadingRow, Readings, RowReading
from normalize.readings.search import Kept, Solver
from normalize.readings.values import choose_values
from normalize.sums import Interval, Structure, SumRow, find_sums

__all__ = ["KnownRow", "Placed", "ReadingRow", "Readings", "RowReading", "choose_readings", "choose_values"]

FULL = 0.99  # a row with as many figures as columns
SETTLED = 0.9  # from here on the arithmetic has decided
EXTRA = 0.4  # more figures than columns


@record
class _Choice:
    best: Candidate
    shares: tuple[float, ...]  # per column: the probability of what `best` has there
    settled: tuple[float, ...]  # likewise, by the figures alone, habits left out
    evidence: bool


def choose_readings(
    rows: Sequence[ReadingRow],
    columns: int,
    *,
    totals: Mapping[int, Sequence[int]] | None = None,
    text_columns: int = 0,
    known: Sequence[KnownRow] = (),
    exact: bool = False,
) -> Readings:
    """Place the figures of a table whose rows lost their blanks.

    `columns` is the number of value columns; `totals` names those that add up others of the same row ("I alt"), by
    index.  `text_columns` is the number of text columns before them, whose own fragments the caller has taken out but
    for a dash or underscore that may stand there.  `known` are lines of the case's other tables, in this table's
    columns.  `exact` says that figures are exact as printed (FTE).  Values are in the table's own unit.
    """
    totals = totals or {}
    alone = _dashes_stand_alone(rows, columns)
    options = [
        _scored(
            row,
            candidates(row, columns, text_columns=text_columns, dashes_stand_alone=alone, exact=exact),
            totals,
            known,
        )
        for row in rows
    ]
    guess = [choice[0] for choice in options]
    structure = _structure(rows, guess, columns)
    if all(len(choice) == 1 for choice in options):
        choices = [_Choice(choice[0], (1.0,) * columns, (1.0,) * columns, False) for choice in options]
    else:
        choices = _solve(options, structure.sums, columns)
        settled = _structure(rows, [choice.best for choice in choices], columns)
        if _shape(settled) != _shape(structure):
            structure = settled
            choices = _solve(options, structure.sums, columns)
    read = [_row(row, option, choice, columns) for row, option, choice in zip(rows, options, choices, strict=True)]
    return Readings(tuple(read), structure)


def _dashes_stand_alone(rows: Sequence[ReadingRow], columns: int) -> bool:
    """Whether a row without choice prints nil as a dash: then a dash before a figure is a nil elsewhere too."""
    return any(
        len(row.fragments) == columns and any(text.strip() in {"-", "–", "_", "−"} for text in row.fragments[1:])
        for row in rows
    )


def _scored(
    row: ReadingRow, options: list[Candidate], totals: Mapping[int, Sequence[int]], known: Sequence[KnownRow]
) -> list[Candidate]:
    """The options with what the row alone and the same line of other tables say of them, best first."""
    if len(options) == 1:
        return options
    same = [(other, _likeness(row.label, other.label)) for other in known]
    scored = [replace(o, firm=row_total_bits(o.values, totals) + _known_bits(o.values, same)) for o in options]
    return sorted(scored, key=lambda c: -(c.habit + c.firm))


def _known_bits(values: Sequence[Interval | None], known: Sequence[tuple[KnownRow, float]]) -> float:
    """Bits for standing where the same figures stand in another table; the best witness counts."""
    best = 0.0
    for other, alike in known:
        same = differ = 0
        for mine, theirs in zip(values, other.values, strict=False):
            if mine is None and theirs is None:
                continue
            if (mine.value if mine else 0) == (theirs.value if theirs else 0):
                same += bool(mine and mine.value)
            else:
                differ += 1
        if same and (alike >= 0.5 or not differ):
            best = max(best, min(8.0, 2.0 + 2.0 * same) * (0.5 + 0.5 * alike) - 3.0 * differ)
    return best


def _likeness(left: str, right: str) -> float:
    """How many of two labels' words are shared, by their first six letters; 0 to 1."""
    a, b = ({word[:6] for word in label.casefold().split() if len(word) > 2} for label in (left, right))
    return len(a & b) / max(1, min(len(a), len(b)))


def _structure(rows: Sequence[ReadingRow], chosen: Sequence[Candidate], columns: int) -> Structure:
    return find_sums(
        [
            SumRow(row.label, option.values, row.hint, row.bold, row.rule_above, row.shaded, group=row.group)
            for row, option in zip(rows, chosen, strict=True)
        ],
        columns,
    )


def _shape(structure: Structure) -> list[tuple[int, tuple[tuple[int, int], ...]]]:
    return [(found.total, found.parts) for found in structure.sums]


def _solve(options: Sequence[list[Candidate]], sums: Sequence[Sum], columns: int) -> list[_Choice]:
    solver = Solver(options, sums, columns)
    kept = solver.run()
    by_figures, by_all = _weights(options, kept)
    best = kept[0].picks
    choices: list[_Choice] = []
    for index in range(len(options)):
        top = options[index][best[index]]
        same = [_agreeing(top, options[index][state.picks[index]]) for state in kept]
        settled = tuple(_share(by_figures, same, column) for column in range(columns))
        shares = tuple(_share(by_all, same, column) for column in range(columns))
        evidence = solver.evidence(index, best) or _witnessed(top, options[index])
        choices.append(_Choice(top, shares, settled, evidence))
    return choices


def _weights(options: Sequence[list[Candidate]], kept: Sequence[Kept]) -> tuple[list[float], list[float]]:
    """The weight of each reading kept: by what the figures say alone, and with the habits of such rows.

    The rows of a table share their habits, so a reading in which ten rows stand one column further on is one deviation,
    not ten: habits count as the mean over the rows that differ from the best reading.
    """
    top = kept[0]
    by_figures: list[float] = []
    by_all: list[float] = []
    for state in kept:
        differ = [
            index for index, (mine, theirs) in enumerate(zip(state.picks, top.picks, strict=True)) if mine != theirs
        ]
        habit = sum(
            options[index][state.picks[index]].habit - options[index][top.picks[index]].habit for index in differ
        ) / max(1, len(differ))
        firm = max(-200.0, state.firm - top.firm)
        by_figures.append(2.0 ** min(50.0, firm))
        by_all.append(2.0 ** min(50.0, firm + habit))
    return by_figures, by_all


def _agreeing(top: Candidate, other: Candidate) -> tuple[bool, ...]:
    return tuple(mine == theirs for mine, theirs in zip(top.values, other.values, strict=True))


def _share(weights: Sequence[float], same: Sequence[tuple[bool, ...]], column: int) -> float:
    agree = sum(weight for weight, agreeing in zip(weights, same, strict=True) if agreeing[column])
    return agree / sum(weights)


def _witnessed(top: Candidate, options: Sequence[Candidate]) -> bool:
    """Whether the row by itself (its total column, the same line elsewhere) speaks clearly for this reading."""
    others = [option.firm for option in options if option is not top]
    return top.firm > 0 and bool(others) and top.firm - max(others) >= 3.0


def _row(row: ReadingRow, options: Sequence[Candidate], choice: _Choice, columns: int) -> RowReading:
    cells: list[Placed | None] = []
    free = len(options) > 1
    for column in range(columns):
        token = choice.best.cells[column]
        if token is None:
            cells.append(None)
            continue
        share = choice.shares[column]
        if choice.best.crowded:
            placement, confidence = Placement.UNDECIDED, min(share, EXTRA)
        elif not free:
            placement, confidence = Placement.TABBED, FULL
        elif row.hint is Role.PAYBACK:
            placement, confidence = Placement.UNDECIDED, min(share, 0.4)
        elif min(share, choice.settled[column]) >= SETTLED and choice.evidence:
            placement, confidence = Placement.ARITHMETIC, min(share, 0.99)
        else:
            placement, confidence = Placement.UNDECIDED, min(share, 0.89)
        cells.append(Placed(column, token.first, token.last, token.text, token.value, placement, confidence))
    return RowReading(tuple(cells), choice.best.words)
