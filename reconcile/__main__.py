"""Write `docs/checks.md` from the checks' docstrings: `python -m reconcile`."""

from __future__ import annotations

from pathlib import Path

from reconcile.engine import ALL_CHECKS
from reconcile.registry import page

if ALL_CHECKS:
    Path(__file__).resolve().parent.parent.joinpath("docs", "checks.md").write_text(page(), "utf-8")
