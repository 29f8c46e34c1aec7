"""The codes of everything `reconcile` can say, with the names of their parameters.

The texts themselves (Danish and English) are the catalogue of `publish`.  Amounts are Decimals in the unit of the table
that states the figure, years are ints, everything else is a str; a table is named by its printed label or title.
"""

from __future__ import annotations

from typing import Final

_DIFFERS: Final = ("table", "line", "column", "stated", "expected", "difference")

MESSAGES: Final[dict[str, tuple[str, ...]]] = {
    # column_total, row_total
    "column_total": ("table", "line", "column", "stated", "expected", "difference", "parts", "arithmetic"),
    "column_total_unlikely": ("table", "line", "column", "stated", "expected", "difference", "parts", "arithmetic"),
    "column_total_blank": ("table", "line", "column", "expected", "parts", "arithmetic"),
    "column_part": ("table", "line", "column", "stated", "expected", "difference", "total_line", "total", "arithmetic"),
    "row_total": ("table", "line", "column", "stated", "expected", "difference", "parts", "arithmetic"),
    "row_total_unlikely": ("table", "line", "column", "stated", "expected", "difference", "parts", "arithmetic"),
    "row_total_blank": ("table", "line", "column", "expected", "parts", "arithmetic"),
    "operand": (
        *("table", "line", "column", "stated", "expected", "difference"),
        *("other_table", "other_line", "other_column", "total", "arithmetic"),
    ),
    "row_part": ("table", "line", "column", "stated", "expected", "difference", "total_column", "total", "arithmetic"),
    **{
        f"relation_{form}": (
            "table",
            "line",
            "column",
            "stated",
            "expected",
            "difference",
            "first",
            "second",
            "arithmetic",
        )
        for form in ("difference", "sum", "product", "percent", "share", "running", "carried", "growth", "average")
    },
    "duplicate_line": ("table", "line"),
    "part_more_than_whole": ("table", "line", "column", "stated", "expected", "other_line"),
    # cross_table
    "cross_line": ("table", "line", "column", "stated", "expected", "difference", "other_table", "other_line"),
    "cross_blank": ("table", "line", "column", "expected", "other_table", "other_line"),
    "cross_group": (
        "table",
        "line",
        "column",
        "stated",
        "expected",
        "difference",
        "other_table",
        "parts",
        "arithmetic",
    ),
    "cross_total": ("table", "line", "column", "stated", "expected", "difference", "other_table", "other_line"),
    "cross_administration": (
        "table",
        "line",
        "column",
        "stated",
        "expected",
        "difference",
        "other_table",
        "other_line",
    ),
    "version_differs": ("other_document", "differences", "compared", "lines"),
    "version_figure": ("table", "line", "column", "stated", "expected", "difference", "other_document"),
    # catalogue
    "catalogue_contribution": ("table", "line", "column", "stated", "expected", "difference", "proposal"),
    "catalogue_investment": ("table", "line", "column", "stated", "expected", "difference", "proposal"),
    "catalogue_missing": ("table", "count", "proposals"),
    # committee
    "committee_net": (
        "table",
        "line",
        "column",
        "stated",
        "expected",
        "difference",
        "operations",
        "gross",
        "arithmetic",
    ),
    "committee_gross_is_net": ("table", "other_table", "figures"),
    "committee_total": ("table", "line", "column", "stated", "expected", "difference", "other_table", "other_line"),
    "committee_lines": (
        "table",
        "line",
        "column",
        "stated",
        "expected",
        "difference",
        "other_table",
        "parts",
        "arithmetic",
    ),
    # price_level
    "price_level_table": ("table", "stated", "expected", "other_table"),
    "price_level_same_amounts": ("table", "stated", "expected", "other_table", "shared"),
    "price_level_field": ("table", "stated", "expected"),
    "price_level_note": ("table", "stated", "expected"),
    "price_level_prose": ("table", "line", "stated", "expected", "amount"),
    # year_header
    "year_repeated": ("table", "stated", "expected"),
    "year_gap": ("table", "stated", "expected", "before"),
    "year_order": ("table", "stated", "expected", "before"),
    "years_shifted": ("table", "stated", "expected", "other_table"),
    # payback
    "payback": ("table", "line", "stated", "expected", "first_year", "paid_back_in", "arithmetic"),
    "payback_never": ("table", "line", "stated"),
    "payback_variant": ("table", "line", "stated", "expected", "variant"),
    "payback_prose": ("table", "line", "printed", "expected"),
    # text_amount, text_year, text_fte
    "text_total": ("table", "line", "printed", "stated", "expected", "difference"),
    "text_value": ("table", "line", "column", "printed", "stated", "expected", "difference"),
    "text_per_year": ("table", "line", "column", "printed", "stated", "expected", "difference"),
    "text_onwards": ("table", "line", "column", "printed", "from_year", "figure"),
    "text_schedule": ("table", "line", "column", "printed", "figure", "from_year"),
    "text_other_year": ("table", "line", "column", "printed", "figure", "found_in"),
    "text_outside_years": ("table", "line", "column", "printed", "years"),
    "text_product": ("printed", "count", "price", "stated", "expected", "difference", "arithmetic"),
    "text_percent_change": ("printed", "count", "price", "stated", "expected", "difference", "arithmetic"),
    "text_percent": ("printed", "count", "price", "stated", "expected", "difference", "arithmetic"),
    "text_difference": ("printed", "first", "second", "stated", "expected", "difference", "arithmetic"),
    "text_fte_differs": ("printed", "stated", "expected", "other_printed"),
    "text_fte_line": ("table", "line", "printed", "stated", "expected"),
    # label
    "label_unit": ("table", "line", "column", "printed", "unit", "other_unit"),
    "label_area": ("table", "area", "other_table", "other_area"),
    "table_unit": ("table", "other_table"),
    "table_signs": ("table", "other_table"),
    # any check
    "check_failed": ("check", "problem"),
}
"""Message code → names of its parameters."""

CAUSES: Final[dict[str, tuple[str, ...]]] = {
    "sign": ("printed", "intended"),
    "factor_1000": ("printed", "intended"),
    "transposed_digits": ("printed", "intended"),
    "mistyped_digit": ("printed", "intended"),
    "dropped_digit": ("printed", "intended"),
    "extra_digit": ("printed", "intended"),
    "missing_part": ("line",),
    "part_twice": ("line",),
    "extra_part": ("line",),
    "part_subtracted": ("line",),
    "missing_line": ("line", "other_table"),
    "duplicate_line": ("line",),
    "other_line": ("line", "other_table"),
    "other_year": ("year",),
    "doubled": ("printed", "intended"),
    "halved": ("printed", "intended"),
    "blank_figure": ("intended",),
    "column_shift": ("from_column", "to_column"),
    "rows_swapped": ("line", "second_line"),
    "committees_swapped": ("line", "second_line"),
    "other_price_level": ("stated", "expected"),
    "stale_total": ("total",),
    "total_of_other_row": ("line",),
    "repeated_year": ("stated", "expected"),
    "same_as_other_table": ("other_table",),
    "misread": ("printed", "reading"),
}
"""Cause code → names of its parameters (amounts are Decimals, lines, columns and tables str)."""

MEANINGS: Final[dict[str, str]] = {
    "sign": "the sign of a figure, of a row or of a whole table is turned",
    "factor_1000": "a figure, a row or a whole table is in another unit: 1,000 times as much or as little",
    "transposed_digits": "two digits have changed places",
    "mistyped_digit": "one digit is another",
    "dropped_digit": "a digit is missing",
    "extra_digit": "there is a digit too many",
    "missing_part": "a line (a year) that the sum covers is left out of it",
    "part_twice": "a line (a year) is counted twice",
    "extra_part": 'a line is counted that does not belong to the sum, such as a "heraf" line',
    "part_subtracted": "a line is counted with the wrong sign",
    "missing_line": "a line of the other table, or one that the total counts, is not printed in this table",
    "duplicate_line": "the same row is printed twice",
    "other_line": "the amount is another line's",
    "other_year": "the amount is another year's",
    "doubled": "a row is twice what it should be",
    "halved": "a row is half of what it should be",
    "blank_figure": "a figure is not printed",
    "column_shift": "a figure, a row or a whole header stands one column (year) or more off",
    "rows_swapped": "two rows have changed figures",
    "committees_swapped": "two committees have changed figures",
    "other_price_level": "the figure is in another price level",
    "stale_total": "lines were changed, and the totals that tables agree on were not",
    "total_of_other_row": "a row repeats the figures of another",
    "repeated_year": "a year of the header stands there twice",
    "same_as_other_table": "a table repeats the figures of another one",
    "misread": "the reader took a character for another",
}
"""What each cause means, for the page of checks."""

VARIANTS: Final[tuple[str, ...]] = ("first_cost", "corrected", "service_lines", "interpolated", "simple")
"""How a printed payback time was counted where not by the rule (parameter `variant` of `payback_variant`):
from the first year with a cost; from the lines instead of a wrong total; from the service lines alone; to a part of a
year; cost divided by the lasting yearly saving."""
