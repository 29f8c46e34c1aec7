"""All relations of what people said: decisions on findings, and words on the structure of tables."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from publish.review import kept_words, relation


def reviewed(relations: Mapping[str, Any], out: Path) -> dict[str, Any]:
    """Those relations by name, as Arrow tables, of what `out` holds now; `relations` are those of the run.

    Raises DecisionsError or StructureError where what people wrote cannot be read.
    """
    return {relation.NAME: relation.decisions(relations, out), **kept_words.kept_words(relations, out)}
