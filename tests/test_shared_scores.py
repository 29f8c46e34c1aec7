"""The whole pipeline on the real documents beside the repository, held against their hand-checked truth."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from afstem.options import RunOptions
from afstem.pipeline import run_batch

#: What each kind of document must reach at least; a measure that is not named here is not held.
EVERYWHERE = {
    "document.imported": 1.0,
    "case.found": 1.0,
    "case.precision": 1.0,
    "case.code": 1.0,
    "case.title": 1.0,
    "case.administrations": 1.0,
    "case.affected": 1.0,
    "table.price_level": 1.0,
    "table.unit": 1.0,
    "table.kind": 0.98,
    "row.role": 0.98,
    "heading.recall": 0.97,
    "finding.recall.table": 1.0,
    "finding.recall.text": 0.6,
    "finding.precision": 0.97,
}
BARS: dict[str, dict[str, float]] = {
    "text": EVERYWHERE | {"table.found": 1.0, "table.precision": 0.98, "cell.recall": 0.99, "cell.precision": 0.995},
    "word": EVERYWHERE | {"table.found": 1.0, "table.precision": 0.98, "cell.recall": 0.998, "cell.precision": 0.998},
    "html": EVERYWHERE | {"table.found": 1.0, "table.precision": 0.98, "cell.recall": 0.998, "cell.precision": 0.998},
    "scan": EVERYWHERE | {"table.found": 0.97, "table.precision": 0.97, "cell.recall": 0.97, "cell.precision": 0.97},
}


@pytest.mark.shared
@pytest.mark.parametrize("kind", list(BARS))
def test_the_real_documents_are_read_and_checked_as_well_as_promised(kind: str, shared: Path, tmp_path: Path) -> None:
    if kind == "scan" and shutil.which("tesseract") is None:
        pytest.skip("scans need tesseract (see `afstem doctor`)")
    cases = shared / "cases" / kind
    run_batch([cases], tmp_path / "out", RunOptions(reports=False, workers=1))
    scored = subprocess.run(
        [sys.executable, shared / "score.py", tmp_path / "out", cases, "--json"],
        capture_output=True,
        text=True,
        check=True,
    )
    shares = {measure: value["share"] for measure, value in json.loads(scored.stdout).items()}
    short = {m: (shares.get(m), least) for m, least in BARS[kind].items() if (shares.get(m) or 0.0) < least}
    assert short == {}, "reached and asked"
