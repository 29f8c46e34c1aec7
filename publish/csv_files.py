"""The workbook's sheets as CSV files that a Danish Excel opens by a double click: semicolons, decimal commas, a BOM."""

from __future__ import annotations

import csv
import re
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from publish.plain import one_line
from publish.sheets.model import Coded, Link, Sheet, Value, Year
from publish.store import replacing

FOLDER = "csv"
_CELL = 32_767  # characters that Excel takes in a cell
#: What a spreadsheet would take for a formula at the start of a cell; a number with its sign is none.
#: Those of full width are the same to it where Japanese is written.  The minus of our own sums (U+2212) is no such
#: sign to any of them, and an apostrophe before a calculation would only be in the way.
_FORMULA = re.compile(r"[=+\-@\t\r|%＝＋－＠]")
_NUMBER = re.compile(r"[-+−]?[\d.,\s]*%?")


def write_csv(sheets: Sequence[Sheet], out: Path) -> list[Path]:
    """`out/csv/<sheet>.csv` of every sheet; files of sheets that are no more (in another language) are removed.

    Amounts are written in full without thousands separators ("-1250,5"), so that any program reads them as numbers.
    """
    folder = out / FOLDER
    written = []
    for sheet in sheets:
        target = folder / f"{sheet.name.casefold()}.csv"
        with replacing(target) as path, path.open("w", encoding="utf-8-sig", newline="") as stream:
            writer = csv.writer(stream, delimiter=";", lineterminator="\r\n")
            writer.writerow([column.header for column in sheet.columns])
            writer.writerows(
                [_shown(value) for value in row] for row in sheet.rows() if any(v is not None for v in row)
            )
        written.append(target)
    for old in set(folder.glob("*.csv")) - set(written):
        old.unlink()
    return written


def _shown(value: Value) -> str:
    match value:
        case None:
            return ""
        case Link(text=text) | Coded(text=text) | str(text):
            return _inert(one_line(text, _CELL))
        case Year(value=year):
            return str(year)
        case Decimal():
            return format(value.normalize(), "f").replace(".", ",")
        case _:
            return str(value).replace(".", ",")


def _inert(text: str) -> str:
    """Text that no spreadsheet takes for a formula: an apostrophe before what begins like one."""
    return f"'{text}" if _FORMULA.match(text) and not _NUMBER.fullmatch(text) else text
