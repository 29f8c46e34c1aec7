"""Papers with one slip each and sound ones, read as a batch and scored.

- *found*: an error or warning touches a table, row and year of the slip, or its sentence;
- *located*: one that is no consequence of another names table and row (or the sentence);
- *named*: of the slips of which such a finding gives a cause, the share whose cause is the slip's;
- *noise*: findings that are no consequence and touch nothing of the slip, as a share of all that are no consequence;
- *alarms*: sound papers with an error or warning.
"""

from __future__ import annotations

import json
import re
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pandas as pd

from bench.foundry import draw, stock
from bench.foundry.family import families, words
from bench.foundry.linked import BUILDERS
from bench.foundry.match import alike, plain
from bench.foundry.model import Fields, Line, Paper
from bench.foundry.slips import columns, links, sums  # noqa: F401  (they register their slips)
from bench.foundry.slips.held_out import KEPT, KEPT_TWISTS
from bench.foundry.slips.plant import SLIPS, NoRoomError, Planted, planted
from bench.foundry.slips.sound import TWISTS, twisted

#: Forms that the papers are given in, in turn.
FORMS = ("tabs", "pipes", "tika", "pdf")
#: Papers tried for a slip before it is left out.
TRIES = 12
#: Likeness from which a read label or caption is the planted one.
SAME = 0.8

FIRST = (
    "Alm",
    "Birk",
    "Dal",
    "Eng",
    "Fjeld",
    "Grøn",
    "Hav",
    "Iris",
    "Kær",
    "Lind",
    "Mark",
    "Nord",
    "Orm",
    "Pil",
    "Rug",
    "Sø",
    "Torn",
    "Ulve",
    "Vang",
    "Ål",
)
LAST = (
    "bro",
    "by",
    "bæk",
    "hede",
    "holm",
    "høj",
    "kilde",
    "lev",
    "lund",
    "mose",
    "næs",
    "rup",
    "sted",
    "sund",
    "torp",
    "vig",
    "ø",
    "ås",
)


def drawn(kind: str, seed: int, index: int) -> Paper:
    """A sound paper of a family or a linked kind."""
    return BUILDERS[kind](seed, index) if kind in BUILDERS else draw.paper(families()[kind], seed, index)


def apart(paper: Paper, number: int) -> Paper:
    """Gives the paper a municipality and titles of its own, so that no two papers of a batch are taken for one case."""
    town = (
        FIRST[number % len(FIRST)]
        + LAST[number // len(FIRST) % len(LAST)]
        + ("" if number < len(FIRST) * len(LAST) else "gård")
    )
    changes = {paper.municipality: town}
    for i, case in enumerate(paper.cases):
        place = words()["places"][(number + i) % len(words()["places"])]
        changes[case.title] = f"{case.title} ved {place} {number}"
        case.title = changes[case.title]
    for block in paper.blocks():
        if isinstance(block, Line):
            block.text = replaced(block.text, changes)
        elif isinstance(block, Fields):
            block.pairs = [(n, replaced(v, changes)) for n, v in block.pairs]
        else:
            for row in block.rows:
                row.cells = [replaced(c, changes) if isinstance(c, str) else c for c in row.cells]
    paper.municipality, paper.running = town, f"{town} Kommune"
    return paper


def replaced(text: str, changes: dict[str, str]) -> str:
    for old, new in changes.items():
        text = text.replace(old, new) if len(old) > 4 else text
    return text


def fill(folder: Path, seed: int, each: int, sound: int, *, held_out: bool = False) -> tuple[int, int]:
    """Writes `each` papers of every slip (or of those held out) and `sound` sound ones; how many of both."""
    made: list[tuple[Paper, dict[str, Any]]] = []
    for name, (_, kinds) in SLIPS.items():
        if (name in KEPT) != held_out:
            continue
        for turn in range(each):
            slipped = with_slip(name, kinds, seed, turn, len(made))
            if slipped is None:
                print(f"{name}: no paper has room for it", file=sys.stderr)
                break
            made.append(slipped)
    slips = len(made)
    made += sound_ones(seed, sound, len(made), held_out=held_out)
    for turn, form in enumerate(FORMS):
        mine = [m for i, m in enumerate(made) if (i + i // len(FORMS)) % len(FORMS) == turn]
        stock.fill(folder, [p for p, _ in mine], [form])
        for paper, note in mine:
            target = folder / "truth" / f"{paper.name}.json"
            target.parent.mkdir(exist_ok=True)
            target.write_text(json.dumps(note | {"form": form}, ensure_ascii=False), encoding="utf-8")
    return slips, len(made) - slips


def with_slip(name: str, kinds: list[str], seed: int, turn: int, number: int) -> tuple[Paper, dict[str, Any]] | None:
    """A paper with the slip and what is to be found."""
    for attempt in range(TRIES):
        kind = kinds[(turn + attempt) % len(kinds)]
        paper = apart(drawn(kind, seed, 100 * turn + attempt + number), number)
        try:
            changed, found = planted(name, paper, seed)
        except NoRoomError:
            continue
        changed.name = f"{name}-{turn}"
        return changed, {"slip": name, "family": kind, "planted": found.record()}
    return None


def sound_ones(seed: int, count: int, number: int, *, held_out: bool = False) -> list[tuple[Paper, dict[str, Any]]]:
    """Sound papers of all families, linked kinds and twists."""
    made: list[tuple[Paper, dict[str, Any]]] = []
    twists = [t for t in TWISTS if (t in KEPT_TWISTS) == held_out]
    kinds = twists if held_out else [*families(), *BUILDERS, *twists, *twists]
    index = 0
    while len(made) < count:
        kind = kinds[index % len(kinds)]
        index += 1
        base = TWISTS[kind][1] if kind in TWISTS else kind
        paper = apart(drawn(base, seed + 1, index), number + index)
        try:
            paper = twisted(kind, paper, seed) if kind in TWISTS else paper
        except NoRoomError:
            continue
        paper.name = f"sound-{kind}-{index}"
        made.append((paper, {"slip": "", "family": kind, "planted": Planted().record()}))
    return made


@dataclass
class Found:
    """What a batch gave: counts by slip and all together, and the misses in words."""

    counts: Counter[str] = field(default_factory=Counter)
    by_slip: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    by_form: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    misses: list[str] = field(default_factory=list)

    def count(self, slip: str, form: str, what: str, number: int = 1) -> None:
        """Counts in all three."""
        for counter in (self.counts, self.by_slip[slip or "sound"], self.by_form[form]):
            counter[what] += number

    def report(self) -> str:
        """The figures as lines."""
        lines = [line("all", self.counts)]
        lines += [line(f"form {form}", c) for form, c in sorted(self.by_form.items())]
        lines += [
            line(name, c) for name, c in sorted(self.by_slip.items()) if name != "sound" and c["located"] < c["slips"]
        ]
        return "\n".join(lines)


def line(name: str, c: Counter[str]) -> str:
    """One line of the report."""

    def of(what: str, whole: str) -> str:
        return f"{c[what]}/{c[whole]}" + (f" {c[what] / c[whole]:.3f}" if c[whole] else "")

    found = f"found {of('found', 'slips'):16} located {of('located', 'slips'):16} named {of('named', 'caused'):16}"
    return f"{name:44} {found} noise {of('noise', 'roots'):14} alarms {of('alarms', 'sound')}"


def score(out: Path, folder: Path) -> Found:
    """Scores the runs of a folder's forms."""
    found = Found()
    truths = {f.stem: json.loads(f.read_text(encoding="utf-8")) for f in sorted((folder / "truth").glob("*.json"))}
    for run in sorted(p for p in out.iterdir() if (p / "parquet").is_dir()):
        read = {
            r: pd.read_parquet(run / "parquet" / f"{r}.parquet") for r in ("documents", "tables", "lines", "findings")
        }
        names = Names(
            {t.table_id: f"{text(t.label)} {text(t.title)}".strip() for t in read["tables"].itertuples()},
            {x.line_id: text(x.label) for x in read["lines"].itertuples()},
        )
        own: dict[Any, list[Any]] = defaultdict(list)
        for f in read["findings"].itertuples():
            if f.severity in ("error", "warning"):
                own[f.document_id].append(f)
        for d in read["documents"].itertuples():
            stem = Path(str(d.file_name)).stem
            if stem in truths:
                form = "pdf" if run.name.startswith("pdf-") else run.name
                paper(found, stem, truths[stem] | {"form": form}, own[d.document_id], names)
    return found


def text(value: Any) -> str:
    return "" if value is None or value != value else str(value)


@dataclass(frozen=True)
class Names:
    """What a run's tables and lines are called, by their ids."""

    tables: dict[Any, str]
    rows: dict[Any, str]

    def of_tables(self, f: Any) -> list[str]:
        """The captions of a finding's tables."""
        return [plain(self.tables[t]) for t in (f.table_id, f.other_table_id) if t in self.tables]

    def of_rows(self, f: Any) -> list[str]:
        """The labels of a finding's rows."""
        return [plain(self.rows[r]) for r in (f.line_id, f.other_line_id) if r in self.rows]


def paper(found: Found, stem: str, truth: dict[str, Any], findings: list[Any], names: Names) -> None:
    """One paper's findings, held to what was planted."""
    if not truth["slip"]:
        sound(found, stem, truth, findings)
        return
    slip, form, want = truth["slip"], truth["form"], truth["planted"]
    roots = [f for f in findings if not text(f.consequence_of)]
    here = f"{form:6} {stem} ({truth['family']})"
    touching = [f for f in findings if touches(want, f, names)]
    right = [f for f in roots if about(want, f, names)]
    noise = [f for f in roots if not touches(want, f, names)]
    for what, number in (
        ("slips", 1),
        ("found", bool(touching)),
        ("located", bool(right)),
        ("roots", len(roots)),
        ("noise", len(noise)),
    ):
        found.count(slip, form, what, number)
    cause(found, here, truth, [f for f in right if text(f.cause)])
    if not touching:
        found.misses.append(f"{here}: not found; {want['tables']} {want['rows']} {want['years']} {want['text']}")
    elif not right:
        said = [f.message_en[:110] for f in roots]
        found.misses.append(f"{here}: not located; {want['rows']}: {said}")
    found.misses += [f"{here}: noise {f.check}: {f.message_en[:140]}" for f in noise]


def sound(found: Found, stem: str, truth: dict[str, Any], findings: list[Any]) -> None:
    """A sound paper's findings, all of them false."""
    found.count("", truth["form"], "sound")
    found.count("", truth["form"], "alarms", bool(findings))
    roots = [f for f in findings if not text(f.consequence_of)]
    found.misses += [f"{truth['form']:6} {stem} ({truth['family']}): alarm {f.check}: {f.message_en}" for f in roots]


def cause(found: Found, here: str, truth: dict[str, Any], caused: list[Any]) -> None:
    """Whether a finding at the right place names the slip's cause; where the slip's is open, nothing is counted."""
    pattern = truth["planted"]["cause"]
    if not caused or not pattern:
        return
    told = [f"{f.cause} {text(f.cause_en)} {f.message_en}" for f in caused]
    named = any(re.search(pattern, t, re.IGNORECASE) for t in told)
    found.count(truth["slip"], truth["form"], "caused")
    found.count(truth["slip"], truth["form"], "named", named)
    if not named:
        found.misses.append(f"{here}: cause {told[0][:160]}")


def captioned(read: str, planted: str) -> bool:
    """Whether a caption is the planted one: alike, or one of the two with words more (its unit, its label)."""
    return alike(read, planted) >= SAME or read in planted or planted in read


def touches(want: dict[str, Any], f: Any, names: Names) -> bool:
    """Whether a finding has to do with the slip: its sentence, its table or, captions being misread, its row."""
    if want["text"]:
        return f.check.startswith("text_") or bool(text(f.quote))
    known = [plain(t) for t in want["tables"] if " " in t or t[:1].isupper()]
    captions = [c for c in names.of_tables(f) if c]
    if any(captioned(c, k) for c in captions for k in known) or (known and not captions):
        return True
    return in_row(want, f, names) and (not known or bool(names.of_rows(f)))


def about(want: dict[str, Any], f: Any, names: Names) -> bool:
    """Whether a finding names the slip's place: its sentence, or its table, row and year, by a check that fits."""
    if want["text"]:
        return str(f.check).startswith("text_")
    in_year = not want["years"] or f.year is None or f.year != f.year or int(f.year) in want["years"]
    fits = in_year and (not want["checks"] or f.check in want["checks"])
    return fits and touches(want, f, names) and in_row(want, f, names)


def in_row(want: dict[str, Any], f: Any, names: Names) -> bool:
    """Whether a finding names one of the slip's rows, or neither has one."""
    labels, wanted = names.of_rows(f), [plain(r) for r in want["rows"]]
    return not wanted or not labels or any(alike(a, b) >= SAME for a in labels for b in wanted)
