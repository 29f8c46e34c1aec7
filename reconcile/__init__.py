"""What does not agree: identities over the figures of cases, and what explains the ones that do not hold.

In: the cases as `normalize` understood them (`CaseFile`).  Out: a list of `reconcile.models.Finding`.
"""

from __future__ import annotations

from reconcile.apart import Apart, Outline, apart, outline
from reconcile.engine import check, unchecked
from reconcile.messages import CAUSES, MESSAGES, VARIANTS
from reconcile.registry import CheckInfo, catalogue

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
    "outline",
    "unchecked",
]
