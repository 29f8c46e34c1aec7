"""The contract as an Open Data Contract Standard file, which tools of data catalogues and `datacontract test` read."""

from __future__ import annotations

from typing import Any

from open_data_contract_standard.model import OpenDataContractStandard

from publish.contract import CONTRACT, DECIMALS, PRECISION, SCHEMA_VERSION, Column, Relation, Type

API_VERSION = "v3.1.0"
ID = "urn:afstem:relations"


def odcs() -> str:
    """The file as YAML."""
    return OpenDataContractStandard.model_validate(_document()).to_yaml()


def _document() -> dict[str, Any]:
    return {
        "apiVersion": API_VERSION,
        "kind": "DataContract",
        "id": ID,
        "name": "afstem",
        "version": f"{SCHEMA_VERSION}.0.0",
        "status": "active",
        "description": {
            "purpose": "The economic figures of municipal business cases, with what does not agree in them.",
            "usage": "The views are for adding up; the relations hold every row, also figures whose place is a guess.",
            "limitations": "A figure with the placement `undecided` is a guess and enters no view and no finding.",
        },
        "servers": [
            {
                "server": "warehouse",
                "type": "duckdb",
                "database": "warehouse.duckdb",
                "path": "warehouse.duckdb",
                "schema": "afstem",
            }
        ],
        "schema": [_relation(relation) for relation in CONTRACT.relations],
    }


def _relation(relation: Relation) -> dict[str, Any]:
    return {
        "name": relation.name,
        "physicalName": relation.name,
        "physicalType": "table",
        "logicalType": "object",
        "description": relation.description,
        "dataGranularityDescription": f"One row: {relation.description.split('.')[0].lower()}.",
        "properties": [_property(column, relation) for column in relation.columns],
    }


def _property(column: Column, relation: Relation) -> dict[str, Any]:
    made: dict[str, Any] = {
        "name": column.name,
        "description": column.meaning,
        "logicalType": column.type.names.odcs,
        "physicalType": column.type.names.duckdb,
        "required": not column.nullable,
    }
    if column.name == relation.key:
        made |= {"primaryKey": True, "primaryKeyPosition": 1, "unique": True}
    if column.type is Type.MONEY:
        made["customProperties"] = [
            {"property": "precision", "value": PRECISION},
            {"property": "scale", "value": DECIMALS},
        ]
    if column.type.item is not None:
        made["items"] = {"logicalType": column.type.item.names.odcs, "physicalType": column.type.item.names.duckdb}
    if column.refers_to:
        made["relationships"] = [{"type": "foreignKey", "to": column.refers_to}]
    if column.values and column.type is Type.TEXT:
        allowed = [*column.values, None] if column.nullable else list(column.values)
        made["quality"] = [
            {
                "type": "library",
                "metric": "invalidValues",
                "arguments": {"validValues": [v for v in allowed if v is not None]},
                "mustBe": 0,
            }
        ]
    return made
