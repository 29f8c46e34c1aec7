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
from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from bench.foundry.match import Run, aligned, alike, chosen, column_of, plain, same_code, same_title, value

#: Confidence from which a figure is given as read and not as a guess.
SURE = 0.9
#: Likeness from which two cases are paired, and two tables; share of figures from which a case has a wrong name only.
PAIRED, PAIRED_TABLES, PAIRED_FIGURES = 0.6, 0.3, 0.5

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


class ScoredPaper:
    """One paper of a form, held to its truth."""

    def __init__(self, found: Score, form: str, truth: dict[str, Any], run: Run, stem: str) -> None:
        self.found, self.form, self.truth, self.run, self.stem = found, form, truth, run, stem
        self.family = truth["family"]
        self.tally = found.tallies[form, self.family]
        self.document = run.documents.get(stem)
        self.cases = run.cases.get(str(self.document.document_id), []) if self.document is not None else []
        if truth["held_out"]:
            found.held_out.add(self.family)

    def hit(self, measure: str, ok: bool, what: str = "") -> None:
        self.found.hit(self.form, self.family, measure, ok, f"{self.stem}: {what}" if what else "")

    def all(self) -> None:
        """Everything that is measured."""
        self.tally.counts["papers"] += 1
        before = self.tally.of["recall"] - self.tally.hits["recall"]
        wanted = self.truth["cases"]
        named = self.pairs(wanted)
        paired = named | self.by_figures(wanted, named)
        for i, case in enumerate(wanted):
            heard = [f"{c.code} {c.title}" for c in self.cases]
            self.hit("case", i in named, f"no case '{case['code']} {case['title']}', read: {heard}")
            self.head(case, self.cases[paired[i]] if i in paired else None)
        self.tables(wanted, paired)
        self.boundaries(wanted, named)
        lost = self.tally.of["recall"] - self.tally.hits["recall"] > before
        alarms = self.alarms()
        if lost and self.document is not None and not alarms:
            self.tally.counts["silent"] += not self.run.told(self.document, self.cases)

    def boundaries(self, wanted: list[dict[str, Any]], named: dict[int, int]) -> None:
        """Whether the file was parted as it is; a case read without a table counts only where it is a true one."""
        own = set(named.values())
        counted = [j for j, c in enumerate(self.cases) if not wanted or self.run.tables.get(c.case_id) or j in own]
        for j in counted:
            self.hit("stray", j in own, f"stray case '{self.cases[j].code} {self.cases[j].title}'")
        parted = len(named) == len(wanted) == len(counted)
        self.hit("bounds", parted, f"{len(wanted)} cases, {len(counted)} read")
        heads = all(self.same_head(wanted[i], self.cases[j]) for i, j in named.items())
        heard = [f"{c.code} | {c.title}" for c in self.cases]
        self.hit("whole", parted and heads, f"read {heard}")

    def alarms(self) -> int:
        """Errors and warnings, all of them false."""
        found = [f for c in self.cases for f in self.run.findings.get(c.case_id, []) if f.severity != "info"]
        self.tally.counts["alarms"] += len(found)
        told = [f"{self.stem}: {f.check} {f.message_en}" for f in found]
        self.found.misses += [(self.form, self.family, "alarm", t) for t in told]
        return len(found)

    def pairs(self, wanted: list[dict[str, Any]]) -> dict[int, int]:
        """Truth cases and read ones under the same code or title."""

        def likeness(want: dict[str, Any], case: Any) -> float:
            coded = any(same_code(code, case.code) and code for code in want["codes"])
            return 2.0 * coded + max(alike(plain(t), plain(case.title)) for t in want["titles"])

        ranked = [(likeness(w, c), i, j) for i, w in enumerate(wanted) for j, c in enumerate(self.cases)]
        return chosen(sorted(ranked, key=lambda x: (-x[0], x[1], x[2])), PAIRED)

    def by_figures(self, wanted: list[dict[str, Any]], named: dict[int, int]) -> dict[int, int]:
        """Pairs for cases under a wrong name that hold most of the figures."""
        free = [j for j in range(len(self.cases)) if j not in named.values()]
        got = {j: self.run.figures_of(self.run.tables.get(self.cases[j].case_id, [])) for j in free}
        ranked = []
        for i in (i for i in range(len(wanted)) if i not in named):
            figures = printed_figures(wanted[i]["tables"])
            ranked += [(sum((figures & got[j]).values()) / max(1, sum(figures.values())), i, j) for j in free]
        return chosen(sorted(ranked, key=lambda x: -x[0]), PAIRED_FIGURES)

    def same_head(self, want: dict[str, Any], case: Any) -> bool:
        """Whether code and title are the truth's."""
        return any(same_code(code, case.code) for code in want["codes"]) and same_title(want, case)

    def head(self, want: dict[str, Any], case: Any) -> None:
        """Code and title of one case."""
        if case is None:
            self.hit("code", False)
            self.hit("title", False)
            return
        coded = any(same_code(code, case.code) for code in want["codes"])
        self.hit("code", coded, f"code {case.code!r} for {want['code']!r} of '{want['title']}'")
        self.hit("title", same_title(want, case), f"title {case.title!r} for {want['title']!r}")

    def tables(self, wanted: list[dict[str, Any]], paired: dict[int, int]) -> None:
        """All tables of the document, whichever case they were given to."""
        truths = [(i, t) for i, case in enumerate(wanted) for t in case["tables"]]
        tables = self.run.tables_of(self.cases)
        ranked = [(self.alike(t, x), n, m) for n, (_, t) in enumerate(truths) for m, (_, x) in enumerate(tables)]
        pairs = chosen(sorted(ranked, key=lambda x: (-x[0], abs(x[1] - x[2]))), PAIRED_TABLES)
        for n, (i, truth) in enumerate(truths):
            self.table(truth, tables[pairs[n]][1] if n in pairs else None)
            self.hit("place", n in pairs and paired.get(i) == tables[pairs[n]][0])
        for m, (_, table) in enumerate(tables):
            if m not in pairs.values():
                for line in self.run.lines.get(table.table_id, []):
                    self.stray_line(line, "a table that is none")

    def alike(self, truth: dict[str, Any], table: Any) -> float:
        """How alike a truth table and a read one are, by labels (to 2) and by figures (to 1)."""
        labels = {plain(line.label) for line in self.run.lines.get(table.table_id, [])}
        rows = {plain(r["label"]) for r in truth["rows"]}
        rows |= {plain(r["label"] + r["cells"][0]) for r in truth["rows"] if r["cells"]}
        printed, read = printed_figures([truth]), self.run.figures_of([table])
        shared = 2 * sum((printed & read).values()) / max(1, sum(printed.values()) + sum(read.values()))
        return shared + 2 * len(rows & labels) / max(1, len(truth["rows"]) + len(labels))

    def table(self, truth: dict[str, Any], table: Any) -> None:
        """One table: what it is, and its figures."""
        name = f"'{truth['label'] or ''} {truth['title'] or ''}' ({truth['kind']}), corner {truth['columns'][0]!r}"
        lines = self.run.lines.get(table.table_id, []) if table is not None else []
        self.hit(
            "kind",
            table is not None and table.kind in truth["kinds"],
            f"kind {getattr(table, 'kind', None)} for {name}",
        )
        if table is not None and truth["measure"] == "DKK":
            self.hit("unit", table.unit == truth["unit"], f"unit {table.unit} for {truth['unit']}: {name}")
            if wanted := truth["price_level"]:
                self.hit("level", table.price_level == wanted, f"level {table.price_level} for {wanted}: {name}")
        pairs = aligned(truth["rows"], lines)
        for i, row in enumerate(truth["rows"]):
            self.row(truth, row, lines[pairs[i]] if i in pairs else None)
        for j, line in enumerate(lines):
            if j not in pairs.values():
                self.stray_line(line, "a row that is none")

    def row(self, truth: dict[str, Any], row: dict[str, Any], line: Any) -> None:
        """The figures of one row."""
        headers = truth["columns"][1:]
        wanted = {k: v for k, c in enumerate(row["cells"]) if (v := value(c)) is not None}
        want = {k: v for k, v in wanted.items() if headers[k] not in truth["percent"]}
        read = self.read_row(truth, row, line, want)
        for k, v in want.items():
            if v:
                told = "no such row" if line is None else read
                self.hit("recall", read.get(k) == v, f"'{row['label']}' {headers[k]}: {v:g} not read, {told}")

    def read_row(
        self, truth: dict[str, Any], row: dict[str, Any], line: Any, want: dict[int, float]
    ) -> dict[int | str, float]:
        """What was read of a row, by the truth's columns; each figure is held to what is wanted there."""
        headers = truth["columns"][1:]
        read: dict[int | str, float] = {}
        for a in self.run.amounts.get(line.line_id, []) if line is not None else []:
            if a.placement == "undecided":
                self.tally.counts["undecided"] += 1
                continue
            column = column_of(headers, a.year, a.column_label)
            read[column] = float(a.value)
            percent = isinstance(column, int) and headers[column] in truth["percent"]
            zero = not a.value and not (isinstance(column, int) and want.get(column))
            if not percent and not zero:
                self.figure(row["label"], headers, column, a, want)
        return read

    def figure(self, label: str, headers: list[str], column: int | str, a: Any, want: dict[int, float]) -> None:
        """One figure that was read."""
        printed = want.get(column) if isinstance(column, int) else None
        where = headers[column] if isinstance(column, int) else "no such column"
        what = f"'{label}' {a.column_label!r} {a.year}: {a.value:g}, printed {printed} in {where!r} of {headers}"
        for measure in ("precision", "sure") if a.confidence >= SURE else ("precision",):
            self.hit(measure, printed == float(a.value), what)

    def stray_line(self, line: Any, why: str) -> None:
        """Figures of a row that the page does not have."""
        for a in self.run.amounts.get(line.line_id, []):
            if a.value and a.placement != "undecided":
                for measure in ("precision", "sure") if a.confidence >= SURE else ("precision",):
                    self.hit(measure, False, f"'{line.label}' {a.printed}: {why}")


def printed_figures(tables: list[dict[str, Any]]) -> Counter[float]:
    """The figures of truth tables, without their signs; zeros say nothing."""
    return Counter(abs(v) for t in tables for r in t["rows"] for c in r["cells"] if (v := value(c)))
