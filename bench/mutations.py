"""How well one slip in a sound document is found, and how quiet a sound document stays.

    python bench/mutations.py [--documents 40] [--kinds sign_flipped,…] [--print tabbed|kept|lost|reportlab] [--show 5]

Sound documents of several templates are made, printed, read and checked: every error or warning is a false alarm.
Then each gets one slip of every kind it has room for.  Caught: an error or warning touches it.  Located: a root finding
names its table, row and year (the row of the sum it breaks, where only one sum holds the figure).  Named: the likely
cause is the slip's.  Quiet: no root finding touches anything else.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent))

from bench.typeset.generate import generate
from bench.typeset.layout import Layout
from bench.typeset.render_reportlab import reportlab_pdf
from bench.typeset.render_text import kept_text, lost_text, tabbed_text
from bench.typeset.score import fold
from bench.typeset.slips import KINDS, inject
from bench.typeset.spec import Doc
from bench.typeset.spots import Place, Slipped
from extract import read
from normalize import understand
from normalize.models import CaseFile
from reconcile import check
from reconcile.models import Finding, Severity

PRINTS: dict[str, tuple[str, Callable[[Doc, Layout, Path], None]]] = {
    "tabbed": ("txt", tabbed_text),
    "kept": ("txt", kept_text),
    "lost": ("txt", lost_text),
    "reportlab": ("pdf", reportlab_pdf),
}
TEMPLATES = ("old", "new", "other", "catalogue")


def run(doc: Doc, how: str, folder: Path) -> tuple[CaseFile, list[Finding]]:
    """Print, read and check a document; the errors and warnings."""
    ending, print_it = PRINTS[how]
    path = folder / f"document.{ending}"
    print_it(doc, Layout(label_width=30, size=8.0), path)
    file = understand(read(path))
    return file, [f for f in check([file]) if f.severity is not Severity.INFO]


class Names:
    """What the ids of a file stand for."""

    def __init__(self, file: CaseFile) -> None:
        tables = [t for c in file.cases for t in c.tables]
        self.case = {c.case_id: fold(c.code or c.title) for c in file.cases}
        self.table = {t.table_id: fold(t.label or t.title) for t in tables}
        self.row = {line.line_id: fold(line.label) for t in tables for line in t.lines}

    def touches(self, finding: Finding, place: Place) -> bool:
        """Whether a finding states or compares the figure at that place."""
        ends = ((finding.table_id, finding.line_id), (finding.other_table_id, finding.other_line_id))
        for table, row in ends:
            if table is None or (place.table and self.table.get(table) != fold(place.table)):
                continue
            if place.row is not None and row is not None and not self._same(self.row.get(row, ""), fold(place.row)):
                continue
            if place.year is None or finding.year is None or finding.year == place.year:
                return True
        return False

    @staticmethod
    def _same(row: str, wanted: str) -> bool:
        return row == wanted or row.startswith(wanted) or (len(wanted) > 12 and row.endswith(wanted))

    def say(self, finding: Finding) -> str:
        return (
            f"{finding.check.value} {self.table.get(finding.table_id or '')}/{self.row.get(finding.line_id or '')} "
            f"{finding.year} stated {finding.stated} expected {finding.expected} cause {finding.cause}"
        )


def judge(slipped: Slipped, file: CaseFile, findings: list[Finding]) -> dict[str, bool]:
    """Caught, located, named and quiet."""
    names = Names(file)
    roots = [f for f in findings if f.consequence_of is None]
    exact = [f for f in roots if any(names.touches(f, p) for p in slipped.exact)]
    near = [f for f in roots if any(names.touches(f, p) for p in slipped.near)]
    right = [f for f in exact or near if f.check.value in slipped.checks]
    out = {
        "caught": any(names.touches(f, p) for f in findings for p in (*slipped.exact, *slipped.near)),
        "located": bool(right),
        "quiet": all(f in exact or f in near for f in roots),
    }
    if slipped.causes:
        out["named"] = any(f.cause in slipped.causes for f in right)
    return out


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--kinds", default=",".join(KINDS))
    parser.add_argument("--templates", default=",".join(TEMPLATES))
    parser.add_argument("--print", dest="how", default="tabbed", choices=sorted(PRINTS))
    parser.add_argument("--show", type=int, default=0, help="print this many misses of each measure")
    chosen = parser.parse_args()
    asked: Counter[tuple[str, str]] = Counter()
    right: Counter[tuple[str, str]] = Counter()
    shown: Counter[str] = Counter()
    templates = chosen.templates.split(",")
    alarms = loud = 0
    start = time.perf_counter()

    def miss(measure: str, text: str) -> None:
        shown[measure] += 1
        if shown[measure] <= chosen.show:
            print(f"  - {measure}: {text}")

    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        for number in range(chosen.documents):
            doc = generate(chosen.seed + number, templates[number % len(templates)])
            file, findings = run(doc, chosen.how, folder)
            names = Names(file)
            roots = [f for f in findings if f.consequence_of is None]
            alarms += len(roots)
            loud += bool(roots)
            for f in roots:
                miss("false alarm", f"{doc.name}: {names.say(f)}")
            for kind in chosen.kinds.split(","):
                slipped = inject(doc, kind, random.Random(f"{kind}-{chosen.seed + number}"))
                if slipped is None:
                    continue
                file, findings = run(slipped.doc, chosen.how, folder)
                for measure, ok in judge(slipped, file, findings).items():
                    asked[kind, measure] += 1
                    right[kind, measure] += ok
                    if not ok:
                        said = "; ".join(Names(file).say(f) for f in findings if f.consequence_of is None)
                        miss(f"{kind} not {measure}", f"{doc.name}: {slipped.what} | said: {said[:400] or 'nothing'}")
    print(f"{'slip':22}{'tried':>6}{'caught':>9}{'located':>9}{'named':>9}{'quiet':>9}")
    for kind in (*chosen.kinds.split(","), "all"):
        cells = ""
        for measure in ("caught", "located", "named", "quiet"):
            kinds = KINDS if kind == "all" else (kind,)
            n, k = sum(asked[x, measure] for x in kinds), sum(right[x, measure] for x in kinds)
            cells += f"{k / n:9.3f}" if n else " " * 9
        tried = sum(asked[x, "caught"] for x in (KINDS if kind == "all" else (kind,)))
        print(f"{kind:22}{tried:6}{cells}")
    print(f"sound documents: {chosen.documents}, with a false alarm: {loud}, false alarms: {alarms}")
    print(f"{time.perf_counter() - start:.1f} s, printed as {chosen.how}")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
