"""How well a reading agrees with a document's truth, measured without running the whole pipeline.

`score(file, truth)` compares a `CaseFile` with the dict of a truth file and gives counts: for each measure how many
were asked and how many were right, and for every figure read its confidence and whether it was right.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from functools import lru_cache
from typing import Any

from bench.typeset.spec import figure
from normalize.models import Case, CaseFile, ColumnKind, Line, Table

Key = int | str  # a year, or the folded header of a column that is no year


@dataclass
class Score:
    """Counts by measure, misses in words, and (confidence, right) of every figure read."""

    asked: Counter[str] = field(default_factory=Counter)
    right: Counter[str] = field(default_factory=Counter)
    misses: list[str] = field(default_factory=list)
    calibration: list[tuple[float, bool]] = field(default_factory=list)

    def hit(self, measure: str, ok: bool, what: str = "") -> None:
        self.asked[measure] += 1
        self.right[measure] += ok
        if not ok and what:
            self.misses.append(f"{measure}: {what}")

    def merge(self, other: Score) -> None:
        self.asked.update(other.asked)
        self.right.update(other.right)
        self.misses += other.misses
        self.calibration += other.calibration

    def share(self, measure: str) -> float | None:
        """The share that was right, None where nothing was asked."""
        return self.right[measure] / self.asked[measure] if self.asked[measure] else None


def fold(text: str | None) -> str:
    """Letters and digits only, in lower case."""
    return re.sub(r"[\W_]+", "", text or "").casefold()


@lru_cache(maxsize=100_000)
def alike(a: str, b: str) -> float:
    """How alike two texts are, 0 to 1."""
    a, b = fold(a), fold(b)
    return 1.0 if a == b else SequenceMatcher(None, a, b, autojunk=False).ratio()


def aligned(left: Sequence[str], right: Sequence[str], least: float = 0.8) -> dict[int, int]:
    """The longest order-keeping pairing of two lists of labels."""
    n, m = len(left), len(right)
    best = [[0.0] * (m + 1) for _ in range(n + 1)]
    for i in range(n - 1, -1, -1):
        for j in range(m - 1, -1, -1):
            s = alike(left[i], right[j])
            best[i][j] = max(best[i + 1][j], best[i][j + 1], s + best[i + 1][j + 1] if s >= least else -1.0)
    pairs: dict[int, int] = {}
    i = j = 0
    while i < n and j < m:
        s = alike(left[i], right[j])
        if s >= least and abs(best[i][j] - (s + best[i + 1][j + 1])) < 1e-9:
            pairs[i] = j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return pairs


def _best_pairs(scores: list[tuple[float, int, int]], least: float) -> dict[int, int]:
    pairs: dict[int, int] = {}
    for s, i, j in sorted(scores, key=lambda x: (-x[0], abs(x[1] - x[2]))):
        if s >= least and i not in pairs and j not in pairs.values():
            pairs[i] = j
    return pairs


def _key(header: str) -> Key:
    return int(header) if re.fullmatch(r"\s*(19|20)\d\d\s*", header) else fold(header)


def wordings(row: dict[str, Any]) -> str:
    """A row's label; where that is only a number, the text beside it."""
    first = row["cells"][0] if row["cells"] else ""
    return first if re.fullmatch(r"\d{1,3}\W*", row["label"]) and len(first) > 5 else str(row["label"])


def _line_label(line: Line) -> str:
    if re.fullmatch(r"\d{1,3}\W*", line.label) and line.texts:
        return max(line.texts, key=len)
    return re.sub(r"^\d{1,3}\.?\s+(?=\w)", "", line.label) if re.match(r"\d", line.label) else line.label


def _figures(table: Table, line: Line) -> set[tuple[Key, Decimal]]:
    out: set[tuple[Key, Decimal]] = set()
    for amount in line.amounts:
        column = next(c for c in table.columns if c.index == amount.column)
        if column.kind is not ColumnKind.PERCENT:
            out.add((amount.year if amount.year is not None else fold(amount.column_label), amount.value))
    return out


def score_table(s: Score, where: str, truth: dict[str, Any], table: Table) -> None:
    """One table against its truth."""
    kinds = truth.get("kinds") or [truth["kind"]]
    s.hit("table.kind", table.kind.value in kinds, f"{where}: {table.kind.value} for {kinds[0]}")
    s.hit("table.measure", table.measure.value == truth["measure"], f"{where}: {table.measure.value}")
    if truth["measure"] == "DKK":
        s.hit("table.unit", table.unit == truth["unit"], f"{where}: {table.unit} for {truth['unit']}")
        wanted = truth.get("price_level")
        s.hit("table.price_level", table.price_level == wanted, f"{where}: {table.price_level} for {wanted}")
    rows = [r for r in truth["rows"] if r["role"] != "header"]
    pairs = aligned([wordings(r) for r in rows], [_line_label(x) for x in table.lines])
    keys = [_key(c) for c in truth["columns"][1:]]
    twice = {k for k, n in Counter(keys).items() if n > 1}
    kinds_of = truth.get("column_kinds") or [""] * len(keys)
    for i, row in enumerate(rows):
        printed = {
            (k, v)
            for k, c, kind in zip(keys, row["cells"], kinds_of, strict=False)
            if kind not in ("text", "percent") and k not in twice and (v := figure(c.strip("* "))) is not None
        }
        name = f"{where} '{row['label']}'"
        s.hit("row.found", i in pairs, name)
        if i not in pairs:
            for _, v in printed:
                if v:
                    s.hit("cell.recall", False)
            continue
        line = table.lines[pairs[i]]
        same = line.role.value == row["role"] or {line.role.value, row["role"]} <= {"subtotal", "total"}
        s.hit("row.role", same, f"{name}: {line.role.value} for {row['role']}")
        got = _figures(table, line)
        if row["role"] == "payback":
            wanted = {v for _, v in printed}
            s.hit("cell.recall", wanted <= {v for _, v in got}, f"{name}: {sorted(wanted)}")
            continue
        for k, v in sorted(printed, key=str):
            if v:
                s.hit("cell.recall", (k, v) in got, f"{name} {k}: {v}, got {sorted((str(a), str(b)) for a, b in got)}")
        for k, v in sorted(got, key=str):
            if k not in twice and v:
                s.hit("cell.precision", (k, v) in printed, f"{name} {k}: got {v}")
        for amount in line.amounts:
            key: Key = amount.year if amount.year is not None else fold(amount.column_label)
            if key not in twice and amount.value and (key, amount.value) in got:
                s.calibration.append((amount.confidence, (key, amount.value) in printed))
    claimed = set(pairs.values())
    for j, line in enumerate(table.lines):
        for k, v in _figures(table, line) if j not in claimed else ():
            if v:
                s.hit("cell.precision", False, f"{where}: stray row '{line.label}' {k}: {v}")


def score_case(s: Score, where: str, truth: dict[str, Any], case: Case) -> None:
    """One case against its truth."""
    s.hit("case.code", fold(case.code) == fold(truth["code"]), f"{where}: {case.code}")
    s.hit("case.title", alike(case.title or "", truth["title"] or "") >= 0.97, f"{where}: {case.title}")
    if truth.get("summary") is not None:
        s.hit("case.summary", alike(case.summary or "", truth["summary"]) >= 0.97, f"{where}: {case.summary}")
    mine = {fold(a) for a in case.administrations}
    s.hit(
        "case.administrations", mine == {fold(a) for a in truth["administrations"]}, f"{where}: {case.administrations}"
    )
    if truth.get("affected") is not None:
        got = {fold(a) for a in case.affected or ()}
        s.hit("case.affected", got == {fold(a) for a in truth["affected"]}, f"{where}: {case.affected}")
    wanted = [f"{h.get('number') or ''} {h['title']}" for h in truth["headings"]]
    found = [f"{h.number or ''} {h.title}" for h in case.headings]
    pairs = aligned(wanted, found, 0.9)
    for i, h in enumerate(wanted):
        s.hit("heading.recall", i in pairs, f"{where}: '{h.strip()}'")
    for j, h in enumerate(found):
        s.hit("heading.precision", j in pairs.values(), f"{where}: stray heading '{h.strip()}'")
    money = [t for t in truth["tables"] if t["measure"] in ("DKK", "FTE", "count") and t.get("rows")]
    scores = []
    for i, t in enumerate(money):
        labels = {fold(wordings(r)) for r in t["rows"]}
        for j, table in enumerate(case.tables):
            other = {fold(_line_label(x)) for x in table.lines}
            shared = len(labels & other) / max(1, len(labels | other))
            same = fold(t["label"]) == fold(table.label)
            scores.append((2 * shared + same + alike(t["title"] or "", table.title or ""), i, j))
    tables = _best_pairs(scores, 1.2)
    for i, t in enumerate(money):
        if t.get("doubtful"):
            continue
        name = f"{where} {t['label'] or t['title'] or t['kind']}"
        s.hit("table.found", i in tables, name)
        if i in tables:
            score_table(s, name, t, case.tables[tables[i]])
        else:
            _miss_figures(s, t["rows"])
    for j, table in enumerate(case.tables):
        s.hit("table.precision", j in tables.values(), f"{where}: stray table '{table.label} {table.title}'")


def _miss_figures(s: Score, rows: list[dict[str, Any]]) -> None:
    """Counts every figure of a table that was not found."""
    for row in rows:
        for cell in row["cells"]:
            if figure(cell):
                s.hit("cell.recall", False)


def score(file: CaseFile, truth: dict[str, Any], name: str) -> Score:
    """One file against its truth; `name` begins every miss."""
    s = Score()
    s.hit("document.imported", file.document.status.value == "imported", name)
    scores = []
    for i, t in enumerate(truth["cases"]):
        for j, case in enumerate(file.cases):
            code = 2.0 if t["code"] and fold(t["code"]) == fold(case.code) else 0.0
            scores.append((code + alike(t["title"] or "", case.title or ""), i, j))
    pairs = _best_pairs(scores, 0.6)
    for i, t in enumerate(truth["cases"]):
        where = f"{name}/{t['code'] or (t['title'] or '')[:30]}"
        s.hit("case.found", i in pairs, where)
        if i in pairs:
            score_case(s, where, t, file.cases[pairs[i]])
            continue
        for table in t["tables"]:
            if table.get("rows"):
                s.hit("table.found", False, f"{where} {table['label']}")
                _miss_figures(s, table["rows"])
    for j, case in enumerate(file.cases):
        s.hit("case.precision", j in pairs.values(), f"{name}: stray case '{case.title}'")
    return s
