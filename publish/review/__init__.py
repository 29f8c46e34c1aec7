"""What an auditor decided about findings, kept in readable files beside the data: `out/review/`.

Nothing that a run writes anew lies there, so what people wrote outlives every run.
"""

from __future__ import annotations

FOLDER = "review"
