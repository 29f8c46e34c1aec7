"""Which part of a case's economy a row is: a lasting change, or implementation paid by service or by capital."""

from __future__ import annotations

from normalize.models import Kind, Line, Table

RECURRING, SERVICE, CAPITAL = "recurring", "service", "capital"
COMPONENTS = (RECURRING, SERVICE, CAPITAL)

_OF_KIND = {Kind.RECURRING: RECURRING, Kind.INVESTMENT_SERVICE: SERVICE, Kind.INVESTMENT_CAPITAL: CAPITAL}
#: How the section rows of a summary begin (casefolded), and the steering areas of its implementation rows.
_RECURRING_SECTION = "varig"
_IMPLEMENTATION_SECTION = "implementering"
_OF_AREA = {"service": SERVICE, "anlæg": CAPITAL}


def component(line: Line, section: Line | None, table: Table) -> str | None:
    """The part that this row of the table is of, None where its table, its section and its steering area do not tell.

    The detailed tables tell by their kind; a row of the summary by the section it stands under, and if that is
    implementation by its own steering area.
    """
    if table.kind is not Kind.SUMMARY:
        return _OF_KIND.get(table.kind)
    label = section.label.casefold() if section else ""
    if label.startswith(_RECURRING_SECTION):
        return RECURRING
    if label.startswith(_IMPLEMENTATION_SECTION):
        return _OF_AREA.get((line.steering_area or "").casefold())
    return None
