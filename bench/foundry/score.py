"""What was read of a folder of papers, held to their truth: by form, by family, and apart for families held out.

Measures, each a count of hits of a count:

- `recall`: printed figures read with the right value in the right row and column; `precision`: figures read that are
  printed there; `sure`: the same of figures given 0.9 confidence or more. All three whatever case a table was given to;
- `place`: tables given to their own case; `bounds`: files of which every case was parted right, `whole`: and has its
  code and title; `case`: cases found by code or title; `stray`: cases read that are one; `code`, `title`;
- `kind`, `unit`, `level` (price level, where the table states it).

Counted besides: figures left `undecided`, `alarms` (errors and warnings; every paper is sound), papers with `silent`
losses: a figure is lost, and neither the document nor a table counts anything as unplaced.
Percentages and printed zeros are neither asked for nor held against a reading.
"""

from __future__ import annotations

import json
import re
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from difflib import SequenceMatcher
from functools import lru_cache
from pathlib import Path
from typing import Any

import pandas as pd

#: Confidence from which a figure is given as read and not as a guess.
SURE = 0.9
#: Likeness from which two titles or labels are the same, and from which two cases are paired.
SAME, PAIRED = 0.97, 0.6
#: Likeness from which two row labels are the same row.
SAME_ROW = 0.8

MEASURES = (
    "recall",
    "precision",
    "sure",
    "place",
    "case",
    "stray",
    "bounds",
    "whole",
    "code",
    "title",
    "kind",
    "unit",
    "level",
)
YEARS = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
NO_YEAR = re.compile(r"(?i)\b(før|efter|senere)\b|[-–]\s?(?:20)?\d\d\b")


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


@dataclass
class Tally:
    """Hits and counts of one group of papers."""

    hits: Counter[str] = field(default_factory=Counter)
    of: Counter[str] = field(default_factory=Counter)
    counts: Counter[str] = field(default_factory=Counter)

    def share(self, measure: str) -> float | None:
        """Hits of count; None where nothing was counted."""
        return self.hits[measure] / self.of[measure] if self.of[measure] else None


@dataclass
class Score:
    """Tallies by (form, family), and the misses."""

    tallies: dict[tuple[str, str], Tally] = field(default_factory=lambda: defaultdict(Tally))
    held_out: set[str] = field(default_factory=set)
    misses: list[tuple[str, str, str, str]] = field(default_factory=list)  # form, family, measure, what

    def hit(self, form: str, family: str, measure: str, ok: bool, what: str = "") -> None:
        """Counts one answer."""
        tally = self.tallies[form, family]
        tally.of[measure] += 1
        tally.hits[measure] += ok
        if not ok and what:
            self.misses.append((form, family, measure, what))

    def merged(self, keys: Iterable[tuple[str, str]]) -> Tally:
        """Several tallies as one."""
        total = Tally()
        for key in keys:
            for name in ("hits", "of", "counts"):
                getattr(total, name).update(getattr(self.tallies[key], name))
        return total

    def groups(self) -> list[tuple[str, Tally]]:
        """Every form, every family, the families held out, and all."""
        keys = list(self.tallies)
        out = [(f"form {f}", self.merged(k for k in keys if k[0] == f)) for f in sorted({k[0] for k in keys})]
        out += [(f"family {f}", self.merged(k for k in keys if k[1] == f)) for f in sorted({k[1] for k in keys})]
        out.append(("families held out", self.merged(k for k in keys if k[1] in self.held_out)))
        return [*out, ("all", self.merged(keys))]

    def table(self) -> dict[str, dict[str, float | int | None]]:
        """The groups as plain figures."""
        return {
            name: {m: t.share(m) for m in MEASURES} | {"figures": t.of["recall"], **t.counts}
            for name, t in self.groups()
        }

    def examples(self, each: int) -> list[str]:
        """The first misses of every form and measure."""
        seen: Counter[tuple[str, str]] = Counter()
        out = []
        for form, _, measure, what in self.misses:
            seen[form, measure] += 1
            if seen[form, measure] <= each:
                out.append(f"{form:14} {measure:9} {what}")
        return out


def report(found: Score) -> str:
    """A table of the groups for the terminal."""
    names = ("papers", "undecided", "alarms", "silent")
    lines = [f"{'':26}" + "".join(f"{m:>10}" for m in MEASURES) + "".join(f"{n:>10}" for n in ("figures", *names))]
    for name, t in found.groups():
        shares = (t.share(m) for m in MEASURES)
        cells = "".join(f"{s:10.3f}" if s is not None else f"{'':>10}" for s in shares)
        lines.append(f"{name:26}{cells}{t.of['recall']:10}" + "".join(f"{t.counts[n]:10}" for n in names))
    return "\n".join(lines)


def score(out: Path, folder: Path) -> Score:
    """Scores every form of a folder that was read."""
    found = Score()
    for form in sorted(p for p in folder.iterdir() if p.is_dir()):
        if not (out / form.name / "parquet" / "documents.parquet").exists():
            raise FileNotFoundError(f"{out / form.name} holds no run: read the folder first")
        run = Run(out / form.name)
        for truth in sorted(form.glob("*.truth.json")):
            ScoredPaper(
                found,
                form.name,
                json.loads(truth.read_text(encoding="utf-8")),
                run,
                truth.name.removesuffix(".truth.json"),
            ).all()
    return found


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
        self.unplaced = [c for c in read["documents"].columns if re.search("orphan|unplaced|unread", c)]
        self.table_unplaced = [c for c in read["tables"].columns if re.search("orphan|unplaced|unread", c)]


def grouped(relation: pd.DataFrame, by: str) -> dict[str, list[Any]]:
    """A relation's rows by a key, in the order they are printed in."""
    out: dict[str, list[Any]] = defaultdict(list)
    ordered = relation.sort_values("ordinal") if "ordinal" in relation.columns else relation
    for row in ordered.itertuples():
        out[getattr(row, by)].append(row)
    return out


class ScoredPaper:
    """One paper of a form, held to its truth."""

    def __init__(self, found: Score, form: str, truth: dict[str, Any], run: Run, stem: str) -> None:
        self.found, self.form, self.truth, self.run, self.stem = found, form, truth, run, stem
        self.family = truth["family"]
        if truth["held_out"]:
            found.held_out.add(self.family)

    def hit(self, measure: str, ok: bool, what: str = "") -> None:
        self.found.hit(self.form, self.family, measure, ok, f"{self.stem}: {what}" if what else "")

    def all(self) -> None:
        counts = self.found.tallies[self.form, self.family].counts
        counts["papers"] += 1
        document = self.run.documents.get(self.stem)
        cases = self.run.cases.get(str(document.document_id), []) if document is not None else []
        lost = self.found.tallies[self.form, self.family]
        before = lost.of["recall"] - lost.hits["recall"]
        wanted = self.truth["cases"]
        named = self.pairs(wanted, cases)
        paired = self.by_figures(wanted, cases, named)
        for i, case in enumerate(wanted):
            self.hit(
                "case",
                i in named,
                f"no case '{case['code']} {case['title']}', read: {[f'{c.code} {c.title}' for c in cases]}",
            )
            self.case(case, cases[paired[i]] if i in paired else None)
        self.tables(wanted, cases, paired)
        with_tables = [j for j, c in enumerate(cases) if self.run.tables.get(c.case_id) or j in named.values()]
        if not wanted:
            with_tables = list(range(len(cases)))
        for j in with_tables:
            self.hit("stray", j in named.values(), f"stray case '{cases[j].code} {cases[j].title}'")
        heads = all(i in named and self.same_head(c, cases[named[i]]) for i, c in enumerate(wanted))
        heard = [f"{c.code} | {c.title}" for c in cases]
        self.hit("whole", heads and len(with_tables) == len(wanted), f"read {heard}")
        self.hit(
            "bounds",
            len(named) == len(wanted) and len(with_tables) == len(wanted),
            f"{len(wanted)} cases, {len(with_tables)} read",
        )
        alarms = [f for c in cases for f in self.run.findings.get(c.case_id, []) if f.severity in ("error", "warning")]
        counts["alarms"] += len(alarms)
        for alarm in alarms:
            self.found.misses.append(
                (self.form, self.family, "alarm", f"{self.stem}: {alarm.check} {alarm.message_en}")
            )
        if lost.of["recall"] - lost.hits["recall"] > before and document is not None:
            rows = [
                (document, self.run.unplaced),
                *((t, self.run.table_unplaced) for c in cases for t in self.run.tables.get(c.case_id, [])),
            ]
            told = sum(counted(getattr(row, name)) for row, names in rows for name in names)
            counts["silent"] += not told and not alarms

    def pairs(self, wanted: list[dict[str, Any]], cases: list[Any]) -> dict[int, int]:
        """Truth cases and read ones under the same code or title."""

        def likeness(want: dict[str, Any], case: Any) -> float:
            coded = any(same_code(code, case.code) and code for code in want["codes"])
            return 2.0 * coded + max(alike(plain(t), plain(case.title)) for t in want["titles"])

        ranked = sorted(
            ((likeness(w, c), i, j) for i, w in enumerate(wanted) for j, c in enumerate(cases)),
            key=lambda x: (-x[0], x[1], x[2]),
        )
        return chosen(ranked, PAIRED)

    def by_figures(self, wanted: list[dict[str, Any]], cases: list[Any], named: dict[int, int]) -> dict[int, int]:
        """The pairs, and pairs for cases under a wrong name that hold most of the figures."""
        out = dict(named)
        ranked = []
        for i, want in enumerate(wanted):
            figures = Counter(abs(v) for t in want["tables"] for r in t["rows"] for c in r["cells"] if (v := value(c)))
            for j, case in enumerate(cases):
                if i in named or j in named.values():
                    continue
                read = [
                    line for t in self.run.tables.get(case.case_id, []) for line in self.run.lines.get(t.table_id, [])
                ]
                got = Counter(
                    abs(float(a.value)) for line in read for a in self.run.amounts.get(line.line_id, []) if a.value
                )
                ranked.append((sum((figures & got).values()) / max(1, sum(figures.values())), i, j))
        return out | chosen(sorted(ranked, key=lambda x: -x[0]), 0.5)

    def same_head(self, want: dict[str, Any], case: Any) -> bool:
        """Whether code and title are the truth's."""
        coded = any(same_code(code, case.code) for code in want["codes"])
        return coded and same_title(want, case)

    def case(self, want: dict[str, Any], case: Any) -> None:
        """The head of one case."""
        if case is not None:
            ok = any(same_code(code, case.code) for code in want["codes"])
            self.hit("code", ok, f"code {case.code!r} for {want['code']!r} of '{want['title']}'")
        else:
            self.hit("code", False)
        right = case is not None and same_title(want, case)
        self.hit("title", right, f"title {case.title!r} for {want['title']!r}" if case is not None else "")

    def tables(self, wanted: list[dict[str, Any]], cases: list[Any], paired: dict[int, int]) -> None:
        """All tables of the document, whichever case they were given to."""
        truths = [(i, t) for i, case in enumerate(wanted) for t in case["tables"]]
        tables = [(j, t) for j, case in enumerate(cases) for t in self.run.tables.get(case.case_id, [])]

        def likeness(truth: dict[str, Any], table: Any) -> float:
            labels = {plain(line.label) for line in self.run.lines.get(table.table_id, [])}
            rows = {plain(r["label"]) for r in truth["rows"]} | {
                plain(r["label"] + r["cells"][0]) for r in truth["rows"] if r["cells"]
            }
            printed = Counter(abs(v) for r in truth["rows"] for c in r["cells"] if (v := value(c)))
            read = Counter(
                abs(float(a.value))
                for x in self.run.lines.get(table.table_id, [])
                for a in self.run.amounts.get(x.line_id, [])
                if a.value
            )
            shared = 2 * sum((printed & read).values()) / max(1, sum(printed.values()) + sum(read.values()))
            return shared + 2 * len(rows & labels) / max(1, len(truth["rows"]) + len(labels))

        ranked = ((likeness(t, x), n, m) for n, (_, t) in enumerate(truths) for m, (_, x) in enumerate(tables))
        pairs = chosen(sorted(ranked, key=lambda x: (-x[0], abs(x[1] - x[2]))), 0.3)
        for n, (i, truth) in enumerate(truths):
            self.table(truth, tables[pairs[n]][1] if n in pairs else None)
            self.hit("place", n in pairs and paired.get(i) == tables[pairs[n]][0])
        for m, (_, table) in enumerate(tables):
            if m not in pairs.values():
                for line in self.run.lines.get(table.table_id, []):
                    self.stray_line(line, "a table that is none")

    def table(self, truth: dict[str, Any], table: Any) -> None:
        """One table: what it is, and its figures."""
        name = f"'{truth['label'] or ''} {truth['title'] or ''}' ({truth['kind']})"
        lines = self.run.lines.get(table.table_id, []) if table is not None else []
        if table is None:
            self.hit("kind", False, f"no table {name}")
        else:
            self.hit(
                "kind", table.kind in truth["kinds"], f"kind {table.kind} for {name}, corner {truth['columns'][0]!r}"
            )
            if truth["measure"] == "DKK":
                self.hit(
                    "unit",
                    table.unit == truth["unit"],
                    f"unit {table.unit} for {truth['unit']}: corner {truth['columns'][0]!r} {name}",
                )
                if wanted := truth["price_level"]:
                    self.hit("level", table.price_level == wanted, f"level {table.price_level} for {wanted} {name}")
        pairs = aligned(truth["rows"], lines)
        for i, row in enumerate(truth["rows"]):
            self.row(truth, row, lines[pairs[i]] if i in pairs else None)
        for j, line in enumerate(lines):
            if j not in pairs.values():
                self.stray_line(line, "a row that is none")

    def row(self, truth: dict[str, Any], row: dict[str, Any], line: Any) -> None:
        """The figures of one row."""
        headers, optional = truth["columns"][1:], set(truth["percent"])
        want = {
            k: v
            for k, (h, c) in enumerate(zip(headers, row["cells"], strict=True))
            if (v := value(c)) is not None and h not in optional
        }
        amounts = self.run.amounts.get(line.line_id, []) if line is not None else []
        read: dict[Any, float] = {}
        counts = self.found.tallies[self.form, self.family].counts
        for a in amounts:
            column = column_of(headers, a.year, a.column_label)
            if a.placement == "undecided":
                counts["undecided"] += 1
                continue
            number = float(a.value)
            read[column] = number
            here = isinstance(column, int)
            if number == 0 and (not here or not want.get(column)):
                continue
            if here and headers[column] in optional:
                continue
            ok = here and want.get(column) == number
            where = headers[column] if here else "no such column"
            printed = f"printed {want.get(column)} in {where!r} of {headers}"
            what = f"'{row['label']}' {a.column_label!r} {a.year}: {number:g}, {printed}"
            self.hit("precision", ok, what)
            if a.confidence >= SURE:
                self.hit("sure", ok, what)
        for k, v in want.items():
            if v:
                self.hit(
                    "recall",
                    read.get(k) == v,
                    f"'{row['label']}' {headers[k]}: {v:g} not read, {'no such row' if line is None else read}",
                )

    def stray_line(self, line: Any, why: str) -> None:
        """Figures of a row that the page does not have."""
        for a in self.run.amounts.get(line.line_id, []):
            if a.value and a.placement != "undecided":
                self.hit("precision", False, f"'{line.label}' {a.printed}: {why}")
                if a.confidence >= SURE:
                    self.hit("sure", False, f"'{line.label}' {a.printed}: {why}")


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


def aligned(rows: list[dict[str, Any]], lines: list[Any]) -> dict[int, int]:
    """Truth rows and read lines with the same label, in the same order."""

    def likeness(row: dict[str, Any], line: Any) -> float:
        label, beside = (
            plain(row["label"]),
            plain(row["cells"][0]) if row["cells"] and value(row["cells"][0]) is None else "",
        )
        return max(alike(x, plain(line.label)) for x in {label, beside or label, label + beside})

    score = [[likeness(r, x) for x in lines] for r in rows]
    best = [[0.0] * (len(lines) + 1) for _ in range(len(rows) + 1)]
    for i in range(len(rows) - 1, -1, -1):
        for j in range(len(lines) - 1, -1, -1):
            take = score[i][j] + best[i + 1][j + 1] if score[i][j] >= SAME_ROW else 0.0
            best[i][j] = max(best[i + 1][j], best[i][j + 1], take)
    out: dict[int, int] = {}
    i = j = 0
    while i < len(rows) and j < len(lines):
        if score[i][j] >= SAME_ROW and best[i][j] == score[i][j] + best[i + 1][j + 1]:
            out[i] = j
            i, j = i + 1, j + 1
        elif best[i + 1][j] >= best[i][j + 1]:
            i += 1
        else:
            j += 1
    return out


def column_of(headers: list[str], year: Any, label: Any) -> Any:
    """The truth column (its index) that a figure was read into, or what it was called where there is none such."""
    names, name = [plain(h) for h in headers], plain(label)
    if names.count(name) == 1:
        return names.index(name)
    if year is None or year != year:
        ends = [i for i, n in enumerate(names) if name and n.endswith(name)]
        return ends[0] if len(ends) == 1 else f"? {name}"
    said = [YEARS.findall(h) if not NO_YEAR.search(h) else [] for h in headers]
    fits = [i for i, years in enumerate(said) if years == [str(int(year))]]
    if len(fits) > 1:
        rest = plain(YEARS.sub("", str(label)))
        fits = [i for i in fits if plain(YEARS.sub("", headers[i])) == rest] or [
            i for i in fits if rest and plain(headers[i]).endswith(rest)
        ]
    return fits[0] if len(fits) == 1 else f"? {int(year)} {name}"
