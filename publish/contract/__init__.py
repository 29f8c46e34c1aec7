"""The relations that a run leaves behind: their columns, types, keys and meaning, in one place.

Everything else is generated from here: the Arrow schemas that fix the Parquet types, the tables of DuckDB and
PostgreSQL with their keys, references and comments, the JSON schema, and the page docs/data-dictionary.md.
"""

from __future__ import annotations

from publish.contract.documents import CASE_ADMINISTRATIONS, CASE_METADATA, CASES, DOCUMENTS, HEADINGS, UNPLACED
from publish.contract.figures import AMOUNTS, LINES, STATEMENTS, TABLES
from publish.contract.levels import PROJECTIONS, RATES
from publish.contract.model import SCHEMA_VERSION, Column, Contract, Relation
from publish.contract.results import DECISIONS, FINDINGS, LOADS
from publish.contract.types import DECIMALS, PRECISION, Type
from publish.contract.words import STRUCTURE_NO_ERRORS, STRUCTURE_SAME, STRUCTURE_TOTALS

__all__ = [
    "CONTRACT",
    "DECIMALS",
    "PRECISION",
    "RELATIONS",
    "SAID",
    "SCHEMA_VERSION",
    "Column",
    "Contract",
    "Relation",
    "Type",
]

CONTRACT = Contract(
    version=SCHEMA_VERSION,
    relations=(
        DOCUMENTS,
        UNPLACED,
        CASES,
        CASE_ADMINISTRATIONS,
        CASE_METADATA,
        HEADINGS,
        TABLES,
        LINES,
        AMOUNTS,
        RATES,
        PROJECTIONS,
        FINDINGS,
        STATEMENTS,
        DECISIONS,
        STRUCTURE_TOTALS,
        STRUCTURE_SAME,
        STRUCTURE_NO_ERRORS,
        LOADS,
    ),
)
#: The relations of a run's folder, parents before children.
RELATIONS = tuple(relation for relation in CONTRACT.relations if not relation.warehouse)
#: The names of those that hold what people said, and no program.
SAID = tuple(relation.name for relation in (DECISIONS, STRUCTURE_TOTALS, STRUCTURE_SAME, STRUCTURE_NO_ERRORS))
