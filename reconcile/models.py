"""What does not agree: findings.  All that a later stage may know of `reconcile`."""

from __future__ import annotations

from decimal import Decimal
from enum import StrEnum

from extract.records import record


class Severity(StrEnum):
    ERROR = "error"  # the figures cannot all be right
    WARNING = "warning"  # they probably are not
    INFO = "info"


class Check(StrEnum):
    COLUMN_TOTAL = "column_total"
    ROW_TOTAL = "row_total"
    CROSS_TABLE = "cross_table"
    CATALOGUE = "catalogue"
    COMMITTEE = "committee"
    PRICE_LEVEL = "price_level"
    YEAR_HEADER = "year_header"
    PAYBACK = "payback"
    TEXT_AMOUNT = "text_amount"
    TEXT_YEAR = "text_year"
    TEXT_FTE = "text_fte"
    LABEL = "label"
    DIAGNOSTIC = "diagnostic"  # a check of ours crashed; says which and on what


class Verdict(StrEnum):
    EXACT = "exact"
    ROUNDING = "rounding"  # within what rounding explains
    UNLIKELY = "unlikely"  # possible by rounding, but with a probability under 1 %
    IMPOSSIBLE = "impossible"


@record
class Finding:
    """One discrepancy.  `message` names a text of the message catalogue, `params` fill it; numbers are Decimals."""

    check: Check
    severity: Severity
    case_id: str
    message: str
    params: tuple[tuple[str, str | int | Decimal], ...]
    table_id: str | None = None
    line_id: str | None = None
    year: int | None = None
    other_table_id: str | None = None
    other_line_id: str | None = None
    stated: Decimal | None = None
    expected: Decimal | None = None
    difference: Decimal | None = None  # stated - expected
    tolerance: Decimal | None = None
    verdict: Verdict = Verdict.IMPOSSIBLE
    evidence: tuple[str, ...] = ()  # amount_ids
    cause: str | None = None  # code of the likely cause: sign, factor_1000, transposed_digits, …
    cause_params: tuple[tuple[str, str | int | Decimal], ...] = ()
    consequence_of: str | None = None  # finding_id of its root
    reread: bool = False  # the figure may have been misread (OCR): look at the picture first
    quote: str | None = None  # the sentence, for prose checks
    page: int | None = None
    source_line: int | None = None
    arithmetic: tuple[str | Decimal, ...] = ()  # the sum written out: figures and signs between them
    document_id: str = ""
    finding_id: str = ""
