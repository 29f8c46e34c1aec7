"""Decisions that were written in the workbook's column, taken over into the file beside the data."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from extract.records import record
from publish.review.decisions import Choice, Decision, add, decided, on
from publish.store import read
from publish.texts import LANGUAGES, catalogue

Row = Mapping[str, Any]
_COLUMNS = ("finding_id", "decision", "note", "decided_by")


class WorkbookError(ValueError):
    """The file is no workbook with decisions; the text says why, for people."""


@record
class Taken:
    """How many decisions are new and how many were there already, and the ids that name no finding of this run."""

    new: int
    same: int
    unknown: tuple[str, ...]


def take(workbook: Path, out: Path) -> Taken:
    """Adds the decisions of `workbook` (as `afstem run` writes it, in either language) to those of `out`.

    A row without a decision says nothing, and one that says what holds already adds nothing.  Raises WorkbookError
    where the file is no such workbook or a cell holds no decision; then nothing is taken over.
    """
    known = decided(out)
    findings = {f["finding_id"]: f for f in read(out)["findings"].to_pylist()}
    made: list[Decision] = []
    unknown: list[str] = []
    same = 0
    for number, row in _decisions(workbook):
        said = row["decision"].strip()
        if not said:
            continue
        choice = _choice(said, number)
        finding = findings.get(row["finding_id"])
        if finding is None:
            unknown.append(row["finding_id"])
            continue
        decision = on(finding, choice, note=row["note"], who=row["decided_by"])
        before = known.get(decision.finding_id)
        if _says_the_same(before, decision, finding):
            same += 1
        else:
            made.append(decision)
    add(out, made)
    return Taken(len(made), same, tuple(unknown))


def _says_the_same(before: Decision | None, now: Decision, finding: Row) -> bool:
    if before is None:
        return now.decision is Choice.OPEN
    said = (before.decision, before.note, before.who) == (now.decision, now.note, now.who)
    return said and before.holds_for(finding)


def _decisions(workbook: Path) -> list[tuple[int, dict[str, str]]]:
    """The rows of the sheet that holds decisions, with their numbers."""
    found = rows_below(workbook, _COLUMNS)
    if found is None:
        raise WorkbookError(", ".join(catalogue("da")[f"column.{c}"] for c in _COLUMNS))
    return found


def rows_below(workbook: Path, columns: Sequence[str]) -> list[tuple[int, dict[str, str]]] | None:
    """The rows below the headers of these columns (in either language), with their numbers; None without such a sheet.

    Raises WorkbookError where the file is no workbook.
    """
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(workbook, read_only=True, data_only=True)
    except (OSError, InvalidFileException, zipfile.BadZipFile, KeyError) as error:
        raise WorkbookError(f"{type(error).__name__}: {error}") from error
    try:
        for sheet in book.worksheets:
            found = _header(sheet, columns)
            if found is not None:
                return list(_below(sheet, *found))
    finally:
        book.close()
    return None


def _below(sheet: Any, header: int, at: Mapping[str, int]) -> Iterator[tuple[int, dict[str, str]]]:
    for number, cells in enumerate(sheet.iter_rows(min_row=header + 1, values_only=True), header + 1):
        named = {c: cells[k] if k < len(cells) else None for c, k in at.items()}
        yield number, {c: "" if v is None else str(v) for c, v in named.items()}


_HEADERS_WITHIN = 10  # rows from the top


def _header(sheet: Any, columns: Sequence[str]) -> tuple[int, dict[str, int]] | None:
    """The row of the headers, from 1, and where the columns stand; None where the sheet has none of that kind."""
    names = {catalogue(lang)[f"column.{c}"].casefold(): c for lang in LANGUAGES for c in columns}
    for number, cells in enumerate(sheet.iter_rows(max_row=_HEADERS_WITHIN, values_only=True), 1):
        at = {names[str(v).strip().casefold()]: k for k, v in enumerate(cells) if str(v).strip().casefold() in names}
        if at.keys() == set(columns):
            return number, at
    return None


def _choice(said: str, row: int) -> Choice:
    words = {catalogue(lang)[f"page.status_{c}"].casefold(): c for lang in LANGUAGES for c in Choice}
    try:
        return words[said.casefold()]
    except KeyError:
        raise WorkbookError(f"{row}: {said[:80]!r}") from None
