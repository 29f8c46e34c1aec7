"""What a report's page knows, read from it without a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any


def data_of(out: Path) -> dict[str, Any]:
    """The JSON of `out/report.html`."""
    html = (out / "report.html").read_text(encoding="utf-8")
    found = re.search(r'<script type="application/json" id="data">(.*?)</script>', html, re.DOTALL)
    assert found is not None
    data: dict[str, Any] = json.loads(found[1])
    return data
