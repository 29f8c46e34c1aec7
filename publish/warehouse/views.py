"""The views of a warehouse: those of a run's database, and for each relation its rows through time."""

from __future__ import annotations

from hashlib import sha256

from publish.contract import RELATIONS
from publish.sql import listed, quoted
from publish.views import VIEWS, View
from publish.warehouse.source import loaded_columns

#: Of several versions of a case the one that came last counts: the runs of several weeks do not know of each other.
_COUNTED = """
    WITH known AS (SELECT case_id, min(valid_from) AS first_seen FROM cases_versions GROUP BY case_id),
    candidates AS (
        SELECT c.case_id, c.case_key, k.first_seen FROM cases c JOIN known k ON k.case_id = c.case_id
        WHERE c.kind <> 'document' AND NOT EXISTS (SELECT 1 FROM cases v WHERE v.case_id = c.version_of)
    )
    SELECT c.* FROM cases c JOIN candidates n ON n.case_id = c.case_id
    WHERE NOT EXISTS (
        SELECT 1 FROM candidates o
        WHERE o.case_key = n.case_key
          AND (o.first_seen > n.first_seen OR (o.first_seen = n.first_seen AND o.case_id < n.case_id))
    )
"""


def warehouse_views() -> list[View]:
    """Each after those it is made of."""
    through_time = []
    for relation in RELATIONS:
        columns = listed((*loaded_columns(relation), "load_id", "valid_from"))
        query = (
            f"SELECT {columns}, CAST(NULL AS timestamptz) AS valid_to, CAST(NULL AS text) AS closed_by "
            f"FROM {quoted(relation.name)} UNION ALL "
            f"SELECT {columns}, valid_to, closed_by FROM {quoted(relation.name + '_history')}"
        )
        meaning = f"`{relation.name}` through time: `valid_to` is null for what is valid now."
        through_time.append(View(f"{relation.name}_versions", meaning, query))
    counted = [View(v.name, v.description, _COUNTED) if v.name == "counted_cases" else v for v in VIEWS]
    return through_time + counted


def views_digest(views: list[View]) -> str:
    """Changes with the text of any view."""
    return sha256("\n".join(f"{v.name} {v.description} {v.query}" for v in views).encode()).hexdigest()
