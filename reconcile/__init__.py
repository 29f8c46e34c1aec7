"""What does not agree: identities over the figures of cases, and what explains the ones that do not hold.

In: the cases as `normalize` understood them (`CaseFile`).  Out: a list of `reconcile.models.Finding`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from reconcile.apart import Apart, Outline, apart, outline
from reconcile.engine import check, unchecked
from reconcile.messages import CAUSES, MESSAGES, VARIANTS
from reconcile.registry import CheckInfo, catalogue

if TYPE_CHECKING:
    from reconcile.wording_file import check as check_wording

__all__ = [
    "CAUSES",
    "MESSAGES",
    "VARIANTS",
    "Apart",
    "CheckInfo",
    "Outline",
    "apart",
    "catalogue",
    "check",
    "check_wording",
    "outline",
    "unchecked",
]


def __getattr__(name: str) -> Any:
    # Loaded when asked for: what only checks files needs none of it.
    if name == "check_wording":
        from reconcile import wording_file

        return wording_file.check
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
