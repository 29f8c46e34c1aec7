"""A process of our own that does without pandas.

Nothing in the command uses it, but PyArrow loads it, where it is installed, only to ask whether a list is one of its
series; that is a third of the time of a run in which all is known, and as much again in each process that checks.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType


def without_pandas() -> None:
    """From now on pandas is not installed for this process."""
    sys.meta_path.insert(0, _WithoutPandas())


class _WithoutPandas(MetaPathFinder):
    """Says of pandas that it is not installed."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """None for all else.  Raises ModuleNotFoundError for pandas."""
        if fullname == "pandas":
            raise ModuleNotFoundError(f"{fullname} is not used by the command", name=fullname)
        return None
