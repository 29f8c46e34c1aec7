"""The field's words as data: what labels, headers, captions, units and names mean.

The words lie in the TOML files beside this module; a new template or another municipality's wording is a line there.
Everything here is pure: text in, meaning out, None where the words are not known.
"""

from normalize.vocabulary.headers import (
    TextRole,
    is_count_header,
    is_investment_header,
    is_percent_header,
    says_percent,
    sign_of_notes,
    sums_savings_positive,
    text_role,
    total_span,
)
from normalize.vocabulary.names import (
    Administration,
    administration,
    administrations,
    committee,
    committee_of_unit,
    committees_in,
)
from normalize.vocabulary.rows import RowWords, is_cash_flow, names_a_code, role_hint, row_measure, row_words
from normalize.vocabulary.steering import peel_steering_area, steering_area, steering_area_of_caption
from normalize.vocabulary.titles import kind_of_caption, kind_of_header, kind_of_row, speaks_of_staff

__all__ = [
    "Administration",
    "RowWords",
    "TextRole",
    "administration",
    "administrations",
    "committee",
    "committee_of_unit",
    "committees_in",
    "is_cash_flow",
    "is_count_header",
    "is_investment_header",
    "is_percent_header",
    "kind_of_caption",
    "kind_of_header",
    "kind_of_row",
    "names_a_code",
    "peel_steering_area",
    "role_hint",
    "row_measure",
    "row_words",
    "says_percent",
    "sign_of_notes",
    "speaks_of_staff",
    "steering_area",
    "steering_area_of_caption",
    "sums_savings_positive",
    "text_role",
    "total_span",
]
