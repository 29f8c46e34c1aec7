"""The checks.  Importing this package registers them all."""

from __future__ import annotations

from reconcile.checks import (
    catalogue,
    committee,
    cross_table,
    label,
    payback,
    price_level,
    running_text,
    sums,
    year_header,
)

__all__ = [
    "catalogue",
    "committee",
    "cross_table",
    "label",
    "payback",
    "price_level",
    "running_text",
    "sums",
    "year_header",
]
