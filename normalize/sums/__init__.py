"""The sum structure of a grid: which rows are totals, and of what.

In: the rows of a table as labels and numbers (`SumRow`), what the vocabulary says of the labels, style.  Out: a role
for each row and the sums (`Structure`).  Pure and deterministic; knows no vocabulary itself.
"""

from __future__ import annotations

from normalize.sums.roles import find_sums
from normalize.sums.rows import Interval, Structure, SumRow

__all__ = ["Interval", "Structure", "SumRow", "find_sums"]
