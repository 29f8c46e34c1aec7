"""The auditor's word on the structure of tables, applied to what was read before it is checked."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from afstem.errors import UsageError
from normalize.models import Case, CaseFile, Line, Role, Sum, Table
from publish.review.decisions import DecisionsError, latest
from publish.review.structure import Same, Structure, StructureError, Total, case_names, plain, structure, table_names

_BY = "auditor"


def said(out: Path) -> Structure:
    """What auditors said of structure in that folder, once their decisions there were found readable too.

    Raises UsageError where either cannot be understood: it is better said before a night's reading than after it.
    """
    try:
        latest(out)
        return structure(out)
    except StructureError as error:
        raise UsageError("bad_structure", path=str(error.path), problem=error.problem) from error
    except DecisionsError as error:
        raise UsageError("bad_decisions", path=str(error.path), line=str(error.line)) from error


def idle(out: Path, language: str) -> list[str]:
    """The auditors' words that hold nowhere in the run that lies in that folder, each with where it looks."""
    if not structure(out):
        return []
    from publish.review.reach import said as spoken
    from publish.review.words import scope, sentence
    from publish.store import read

    words = [w.word for w in spoken(out, read(out)) if not w.reach]
    return [f"{sentence(word, language)} ({scope(word, language)})" for word in words]


def applied(files: Sequence[CaseFile], words: Structure) -> list[CaseFile]:
    """The files with the sums and the names of lines that the auditor gave; the print itself stays as it is."""
    if not (words.total or words.same):
        return list(files)
    return [replace(f, cases=tuple(_case(case, words) for case in f.cases)) if f.cases else f for f in files]


def _case(case: Case, words: Structure) -> Case:
    names = case_names(case.code, case.title)
    totals = [word for word in words.total if word.fits_case(*names)]
    same = [word for word in words.same if word.fits_case(*names)]
    if not (totals or same):
        return case
    return replace(case, tables=tuple(_table(table, totals, same) for table in case.tables))


def _table(table: Table, totals: Sequence[Total], same: Sequence[Same]) -> Table:
    names = table_names(table.label, table.title)
    for word in totals:
        if word.fits_table(*names):
            table = _summed(table, word)
    for same_word in same:
        if same_word.fits_other_table(*names):
            table = _renamed(table, same_word)
    return table


def _summed(table: Table, word: Total) -> Table:
    """The table in which the row is the total of the parts, if it has them all; sums that say otherwise give way."""
    at = _rows(table, word.row)
    parts = [(row, 1) for name in word.parts for row in _rows(table, name)]
    parts += [(row, -1) for name in word.minus for row in _rows(table, name)]
    if len(at) != 1 or len(parts) < len(word.parts) + len(word.minus) or not parts:
        return table
    (total,) = at
    own = Sum(total, tuple((row, sign) for row, sign in parts if row != total), _BY)
    kept = (_once(known, own) for known in table.sums if known.total != total)
    lines = tuple(_as_total(line) if line.ordinal == total else line for line in table.lines)
    return replace(table, sums=(*kept, own), lines=lines)


def _once(known: Sum, own: Sum) -> Sum:
    """The sum, in which what the auditor's total covers is not counted beside that total."""
    if own.total not in {row for row, _ in known.parts}:
        return known
    covered = {row for row, _ in own.parts}
    return replace(known, parts=tuple(part for part in known.parts if part[0] not in covered))


def _as_total(line: Line) -> Line:
    return line if line.role in (Role.TOTAL, Role.SUBTOTAL) else replace(line, role=Role.SUBTOTAL)


def _renamed(table: Table, word: Same) -> Table:
    """The table in which the other row goes by the name of the first, when lines are looked for."""
    at = _rows(table, word.other_row)
    if len(at) != 1:
        return table
    return replace(table, lines=tuple(replace(x, known_as=word.row) if x.ordinal == at[0] else x for x in table.lines))


def _rows(table: Table, name: str) -> list[int]:
    return [line.ordinal for line in table.lines if plain(line.label) == plain(name)]
