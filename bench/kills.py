"""What is left after kill -9: `python -m bench.kills [FOLDER] [--kills 30] [--seed 1]`

A run that nobody disturbs gives the reference.  Then runs into another folder are killed at random moments, a third of
them while they publish; each is followed by the same command, whose output must be the reference: each Parquet file
and the report byte by byte, the database row by row.  After each kill no reading process may be left.
"""

from __future__ import annotations

import argparse
import os
import random
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import duckdb
import psutil

REPOSITORY = Path(__file__).resolve().parent.parent
ENVIRONMENT = {**os.environ, "SOURCE_DATE_EPOCH": "1700000000"}  # the report tells when it was made


def start(inputs: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "afstem", "run", str(inputs), "--out", str(out), "--workers", "2"]
    return subprocess.Popen(
        command, cwd=REPOSITORY, env=ENVIRONMENT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def content(out: Path) -> dict[str, object]:
    """All that a run leaves for others, for comparison."""
    files = [*sorted((out / "parquet").glob("*.parquet")), out / "report.html"]
    held: dict[str, object] = {file.name: file.read_bytes() for file in files}
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as database:
        for (name,) in database.execute("SELECT table_name FROM duckdb_tables() ORDER BY 1").fetchall():
            held[f"duckdb:{name}"] = database.execute(f'SELECT * FROM "{name}" ORDER BY ALL').fetchall()
    return held


def wait_for(phase: str, out: Path, run: subprocess.Popen[bytes]) -> None:
    log = out / "afstem.run.jsonl"
    while run.poll() is None and not (log.exists() and f'"phase": "{phase}"' in log.read_text("utf-8")):
        time.sleep(0.01)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("inputs", type=Path, nargs="?", default=REPOSITORY / "data" / "raw")
    parser.add_argument("--kills", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    chance = random.Random(chosen.seed)
    bad = 0
    with tempfile.TemporaryDirectory() as made:
        out = Path(made) / "out"
        begun = time.monotonic()
        start(chosen.inputs, out).wait()
        whole = time.monotonic() - begun
        reference = content(out)
        for number in range(chosen.kills):
            shutil.rmtree(out)
            run = start(chosen.inputs, out)
            publishing = number % 3 == 0
            if publishing:
                wait_for("publish", out, run)
            time.sleep(chance.uniform(0, 0.2 * whole if publishing else 0.85 * whole))
            readers = psutil.Process(run.pid).children(recursive=True) if run.poll() is None else []
            killed = run.poll() is None
            run.kill()
            run.wait()
            _, left = psutil.wait_procs(readers, timeout=10)
            left = [p for p in left if p.is_running() and p.status() != psutil.STATUS_ZOMBIE]
            again = start(chosen.inputs, out).wait()
            same = again == 0 and content(out) == reference
            stray = [p.name for p in out.rglob("*") if p.name in (".work", ".next") or p.name.endswith(".partial")]
            bad += not same or bool(left) or bool(stray)
            where = "publishing" if publishing else "anywhere"
            ended, result = "killed" if killed else "was done", "same" if same else "OTHER"
            print(f"{number:3} {where:10} {ended:8}  {result} {left} {stray}")
    print(f"{bad} of {chosen.kills} ended otherwise than the reference")
    return bad > 0


if __name__ == "__main__":
    raise SystemExit(main())
