"""Truth and what was read, brought together: labels, titles, codes, rows, columns, and a run's relations."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import product
from pathlib import Path
from typing import Any

import pandas as pd

#: Likeness from which two titles are the same, and from which two row labels are the same row.
SAME, SAME_ROW = 0.97, 0.8

YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NO_YEAR = re.compile(r"(?i)\b(før|efter|senere)\b|[-–]\s?(?:20)?\d\d\b")

#: Columns of a run that count what found no place.
UNPLACED = re.compile("orphan|unplaced|unread")


def plain(text: Any) -> str:
    """A text without what readers may differ in: case, blanks, punctuation."""
    return "" if text is None or text != text else re.sub(r"[\W_]+", "", str(text)).casefold()


@lru_cache(maxsize=200_000)
def alike(a: str, b: str) -> float:
    """How alike two plain texts are, 0 to 1."""
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio() if a and b else 0.0


def value(cell: str) -> float | None:
    """The figure of a truth cell; None for words and blanks."""
    if cell in ("-", "–"):
        return 0.0
    text = cell.replace("−", "-").replace("\u00a0", "")
    return (
        float(text.replace(".", "").replace(",", "."))
        if re.fullmatch(r"-?\d{1,3}(\.\d{3})*(,\d+)?|-?\d+(,\d+)?", text)
        else None
    )


def same_code(a: str | None, b: Any) -> bool:
    """Whether two codes are the same, with or without the document's word before them."""
    short, long = sorted((plain(a), plain(b)), key=len)
    return short == long or (
        bool(short) and long.endswith(short) and any(c.isdigit() for c in short) and not long[-len(short) - 1].isdigit()
    )


class Run:
    """A run's relations, by what they belong to."""

    def __init__(self, out: Path) -> None:
        read = {
            r: pd.read_parquet(out / "parquet" / f"{r}.parquet")
            for r in ("documents", "cases", "tables", "lines", "amounts", "findings")
        }
        self.documents = {Path(str(d.file_name)).stem: d for d in read["documents"].itertuples()}
        self.cases = grouped(read["cases"], "document_id")
        self.tables = grouped(read["tables"], "case_id")
        self.lines = grouped(read["lines"], "table_id")
        self.amounts = grouped(read["amounts"], "line_id")
        self.findings = grouped(read["findings"], "case_id")
        self.unplaced = {r: [c for c in read[r].columns if UNPLACED.search(c)] for r in ("documents", "tables")}

    def tables_of(self, cases: list[Any]) -> list[tuple[int, Any]]:
        """The tables of some cases, each with its case's index."""
        return [(j, t) for j, case in enumerate(cases) for t in self.tables.get(case.case_id, [])]

    def figures_of(self, tables: list[Any]) -> Counter[float]:
        """The figures of some tables, without their signs."""
        lines = [x for t in tables for x in self.lines.get(t.table_id, [])]
        return Counter(abs(float(a.value)) for x in lines for a in self.amounts.get(x.line_id, []) if a.value)

    def told(self, document: Any, cases: list[Any]) -> int:
        """How many figures the run says it has not placed in the document."""
        rows = [(document, "documents"), *((t, "tables") for _, t in self.tables_of(cases))]
        return sum(counted(getattr(row, name)) for row, of in rows for name in self.unplaced[of])


def grouped(relation: pd.DataFrame, by: str) -> dict[str, list[Any]]:
    """A relation's rows by a key, in the order they are printed in."""
    out: dict[str, list[Any]] = defaultdict(list)
    ordered = relation.sort_values("ordinal") if "ordinal" in relation.columns else relation
    for row in ordered.itertuples():
        out[getattr(row, by)].append(row)
    return out


def same_title(want: dict[str, Any], case: Any) -> bool:
    """Whether the title is one of those that are right."""
    return any(alike(plain(case.title), plain(t)) >= SAME for t in want["titles"])


def counted(found: Any) -> int:
    """What a column says is left over: a number, or words, of which those with digits are figures."""
    if isinstance(found, int | float):
        return int(found) if found == found else 0
    return sum(any(c.isdigit() for c in str(word)) for word in found) if found is not None else 0


def chosen(ranked: list[tuple[float, int, int]], least: float) -> dict[int, int]:
    """Best pairs first, each side once."""
    out: dict[int, int] = {}
    for likeness, i, j in ranked:
        if likeness >= least and i not in out and j not in out.values():
            out[i] = j
    return out


def wordings(row: dict[str, Any]) -> set[str]:
    """What a row may be called: its label, the words beside it, or both."""
    label = plain(row["label"])
    beside = plain(row["cells"][0]) if row["cells"] and value(row["cells"][0]) is None else ""
    return {label, beside or label, label + beside}


def aligned(rows: list[dict[str, Any]], lines: list[Any]) -> dict[int, int]:
    """Truth rows and read lines with the same label, in the same order."""

    def likeness(row: dict[str, Any], line: Any) -> float:
        return max(alike(x, plain(line.label)) for x in wordings(row))

    score = [[likeness(r, x) for x in lines] for r in rows]
    best = [[0.0] * (len(lines) + 1) for _ in range(len(rows) + 1)]
    for i, j in product(reversed(range(len(rows))), reversed(range(len(lines)))):
        take = score[i][j] + best[i + 1][j + 1] if score[i][j] >= SAME_ROW else 0.0
        best[i][j] = max(best[i + 1][j], best[i][j + 1], take)
    return walked(score, best)


def walked(score: list[list[float]], best: list[list[float]]) -> dict[int, int]:
    """The pairs of the best alignment."""
    out: dict[int, int] = {}
    i = j = 0
    while i < len(best) - 1 and j < len(best[0]) - 1:
        if score[i][j] >= SAME_ROW and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            out[i] = j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return out


def column_of(headers: list[str], year: Any, label: Any) -> int | str:
    """The truth column (its index) that a figure was read into, or what it was called where there is none such."""
    names, name = [plain(h) for h in headers], plain(label)
    if names.count(name) == 1:
        return names.index(name)
    if year is None or year != year:
        ends = [i for i, n in enumerate(names) if name and n.endswith(name)]
        return ends[0] if len(ends) == 1 else f"? {name}"
    fits = [i for i, h in enumerate(headers) if only_year(h) == int(year)]
    if len(fits) > 1:
        fits = named_besides(headers, fits, plain(YEARS.sub("", str(label))))
    return fits[0] if len(fits) == 1 else f"? {int(year)} {name}"


def only_year(header: str) -> int | None:
    """The one year that a header names; None for "Før 2026" and for a range."""
    years = YEARS.findall(header)
    return int(years[0]) if len(years) == 1 and not NO_YEAR.search(header) else None


def named_besides(headers: list[str], fits: list[int], rest: str) -> list[int]:
    """Of columns of one year, those whose other words are these."""
    same = [i for i in fits if plain(YEARS.sub("", headers[i])) == rest]
    return same or [i for i in fits if rest and plain(headers[i]).endswith(rest)]
