"""What a full disk does to a run: `python -m bench.full_disk [FOLDER] [--sizes 20] [--drive MOUNTED_FOLDER]`

A good output lies there; then the same inputs and some more are read into it with ever less room.  Counted: how the
runs end, and what the database and the Parquet files hold afterwards.  A run that ends with 0 must hold all rows, any
other must leave the rows of before, or (where the room gives out while the reports are written) the new ones whole.

Room is limited by a file system of that size where one can be mounted (`--drive`, an empty folder, as root on Linux),
else by the size that a file may have, which is another fault but ends alike.
"""

from __future__ import annotations

import argparse
import resource
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import duckdb
import pyarrow.parquet as pq

REPOSITORY = Path(__file__).resolve().parent.parent


def rows(out: Path) -> dict[str, tuple[int, int]]:
    """By relation: rows of the Parquet file and of the database; raises where one cannot be read."""
    found = {}
    with duckdb.connect(str(out / "afstem.duckdb"), read_only=True) as database:
        for path in sorted((out / "parquet").glob("*.parquet")):
            held = database.execute(f'SELECT count(*) FROM "{path.stem}"').fetchone()
            found[path.stem] = (pq.ParquetFile(path).metadata.num_rows, held[0] if held else -1)
    return found


def run(inputs: Path, out: Path, largest: int | None = None) -> tuple[int, str]:
    """The exit code and the last line on stderr of a run; no file may be larger than `largest`."""

    def limit() -> None:
        if largest is not None:
            resource.setrlimit(resource.RLIMIT_FSIZE, (largest, largest))

    command = [sys.executable, "-m", "afstem", "run", str(inputs), "--out", str(out)]
    done = subprocess.run(command, capture_output=True, text=True, preexec_fn=limit, cwd=REPOSITORY, check=False)
    return done.returncode, (done.stderr.strip().splitlines() or [""])[-1]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("inputs", type=Path, nargs="?", default=REPOSITORY / "data" / "raw")
    parser.add_argument("--sizes", type=int, default=20)
    parser.add_argument("--drive", type=Path)
    chosen = parser.parse_args()
    bad = 0
    with tempfile.TemporaryDirectory() as made:
        few, good = Path(made) / "few", Path(made) / "good"
        few.mkdir()
        for file in sorted(chosen.inputs.iterdir())[::2]:
            shutil.copy(file, few)
        run(few, good)
        before, size = rows(good), sum(f.stat().st_size for f in good.rglob("*") if f.is_file())
        whole = Path(made) / "whole"
        run(chosen.inputs, whole)
        after = rows(whole)
        for number in range(chosen.sizes):
            room = int(size * (1.02 + 1.6 * number / chosen.sizes))
            out = (chosen.drive or Path(made)) / "out"
            largest = None
            if chosen.drive is not None:
                subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={room}", "tmpfs", str(chosen.drive)], check=True)
            else:
                largest = int(max(f.stat().st_size for f in good.rglob("*")) * number / chosen.sizes * 1.2) + 4096
            try:
                shutil.copytree(good, out)
                code, said = run(chosen.inputs, out, largest)
                held = rows(out)
                fine = held == after or (code != 0 and held == before)
                left = [p.name for p in out.iterdir() if p.name in (".work", ".next") or p.name.endswith(".partial")]
            except Exception as error:  # noqa: BLE001 - whatever cannot be read is what is looked for
                code, said, fine, left = -1, str(error), False, []
            finally:
                if chosen.drive is not None:
                    subprocess.run(["umount", str(chosen.drive)], check=True)
                else:
                    shutil.rmtree(out, ignore_errors=True)
            bad += not fine or bool(left)
            limit, ended = room if chosen.drive else largest, "good" if fine else "BAD"
            print(f"{limit:>10} bytes  exit {code:>2}  {ended:4}  {left} {said[:90]}")
    print(f"{bad} of {chosen.sizes} left something bad")
    return bad > 0


if __name__ == "__main__":
    raise SystemExit(main())
