"""Where Danish words may be cut."""

from __future__ import annotations

from functools import cache
from typing import Any


@cache
def hyphenator() -> Any:
    """The hyphenator for Danish (pyphen, which WeasyPrint brings)."""
    import pyphen  # type: ignore[import-untyped]

    return pyphen.Pyphen(lang="da_DK")
