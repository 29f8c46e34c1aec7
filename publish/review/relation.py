"""The relation `decisions`, from the file beside the data."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pyarrow as pa

from publish.contract import RELATIONS
from publish.review.decisions import decided, rows

NAME = "decisions"


def with_decisions(tables: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """The relations (Arrow tables) with the decisions that `out` holds now.

    Raises DecisionsError where these cannot be read.
    """
    (relation,) = (r for r in RELATIONS if r.name == NAME)
    made = rows(decided(out), tables["findings"].to_pylist())
    return {**tables, NAME: pa.Table.from_pylist(made, schema=relation.arrow())}
