"""Draw papers, read them with the program as it is, and score what was read.

    python -m bench.foundry draw FOLDER [--seed N] [--count N] [--families a,b] [--forms pdf,tika,…]
    python -m bench.foundry openings FOLDER [--seed N] [--only a,b] [--forms pipes,tabs,tika,pdf]
    python -m bench.foundry read FOLDER OUT
    python -m bench.foundry score OUT FOLDER [--json] [--misses N]
    python -m bench.foundry slips FOLDER [--seed N] [--each N] [--sound N]
    python -m bench.foundry found OUT FOLDER [--misses N]

`draw` writes FOLDER/<form>/NAME.* with NAME.truth.json beside it, `count` papers of every family; without `--seed` a
new draw every time. `openings` writes two cases a file for every opening of `openings.toml`: `whole` is the share
parted with code and title. `slips` writes papers with one planted error each and sound ones, `found` says what the
checks made of them. `read` runs the command on each form apart. `score` gives figures by form and by family.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import time
from pathlib import Path

from bench.foundry import draw, openings, stock
from bench.foundry.family import families
from bench.foundry.score import report, score
from bench.foundry.slips import measure


def read(folder: Path, out: Path) -> None:
    """Runs the command on each form of the folder."""
    for form in sorted(p for p in folder.iterdir() if p.is_dir() and p.name != "truth"):
        command = [
            str(Path(sys.executable).with_name("afstem")),
            "run",
            str(form),
            "--out",
            str(out / form.name),
            "--no-reports",
            "--no-cache",
        ]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        if done.returncode not in (0, 3, 4):
            print(f"{form.name}: ended with {done.returncode}\n{done.stderr[-800:]}", file=sys.stderr)


def main() -> None:
    parser = argparse.ArgumentParser(prog="bench.foundry", description=(__doc__ or "").splitlines()[0])
    commands = parser.add_subparsers(dest="command", required=True)
    d = commands.add_parser("draw", help="write papers with their truth")
    d.add_argument("folder", type=Path)
    d.add_argument("--seed", type=int, default=int(time.time()))
    d.add_argument("--count", type=int, default=4)
    d.add_argument("--families", default=",".join(families()))
    d.add_argument("--forms", default=",".join(stock.FORMS))
    o = commands.add_parser("openings", help="write two cases a file for every opening")
    o.add_argument("folder", type=Path)
    o.add_argument("--seed", type=int, default=int(time.time()))
    o.add_argument("--held-out", action="store_true", help="openings that those who work on the reader are not shown")
    o.add_argument("--only", help="these openings alone, a,b")
    o.add_argument("--forms", default="pdf,pipes,tabs,tika,poppler-layout")
    r = commands.add_parser("read", help="run the command on each form of a folder")
    r.add_argument("folder", type=Path)
    r.add_argument("out", type=Path)
    s = commands.add_parser("score", help="score what was read")
    s.add_argument("out", type=Path)
    s.add_argument("folder", type=Path)
    s.add_argument("--json", action="store_true")
    s.add_argument("--misses", type=int, default=0, help="show this many misses of each measure and form")
    p = commands.add_parser("slips", help="write papers with one planted error each, and sound ones")
    p.add_argument("folder", type=Path)
    p.add_argument("--seed", type=int, default=int(time.time()))
    p.add_argument("--each", type=int, default=3)
    p.add_argument("--sound", type=int, default=160)
    p.add_argument("--held-out", action="store_true", help="kinds that those who work on the checks are not shown")
    f = commands.add_parser("found", help="score what the checks found")
    f.add_argument("out", type=Path)
    f.add_argument("folder", type=Path)
    f.add_argument("--misses", type=int, default=0)
    a = parser.parse_args()
    if a.command == "draw":
        papers = draw.papers(a.seed, a.count, a.families.split(","))
        stock.fill(a.folder, papers, a.forms.split(","))
        print(f"{len(papers)} papers of seed {a.seed} in {a.folder}")
    elif a.command == "openings":
        papers = openings.papers(a.seed, held_out=a.held_out, only=a.only.split(",") if a.only else None)
        stock.fill(a.folder, papers, a.forms.split(","))
        print(f"{len(papers)} openings of seed {a.seed} in {a.folder}")
    elif a.command == "slips":
        slips, sound = measure.fill(a.folder, a.seed, a.each, a.sound, held_out=a.held_out)
        print(f"{slips} papers with a slip and {sound} sound ones of seed {a.seed} in {a.folder}")
    elif a.command == "found":
        told = measure.score(a.out, a.folder)
        print(told.report())
        for miss in told.misses[: a.misses]:
            print(miss, file=sys.stderr)
    elif a.command == "read":
        read(a.folder, a.out)
    else:
        found = score(a.out, a.folder)
        print(json.dumps(found.table(), indent=1) if a.json else report(found))
        for miss in found.examples(a.misses):
            print(miss, file=sys.stderr)


if __name__ == "__main__":
    main()
