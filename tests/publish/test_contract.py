"""The contract refuses what would not hold."""

from __future__ import annotations

import pytest
import yaml
from pydantic import ValidationError

from publish.contract import CONTRACT, Contract, Relation, Type
from publish.contract.dbt import dbt_sources
from publish.contract.model import may, need

THINGS = Relation(name="things", description="A thing.", columns=(need("thing_id", Type.TEXT, "Id."),), key="thing_id")


def test_a_key_is_a_required_column() -> None:
    with pytest.raises(ValidationError, match="its key thing_id is no required column"):
        Relation(name="things", description="A thing.", columns=(may("thing_id", Type.TEXT, "Id."),), key="thing_id")


def test_a_column_is_named_once() -> None:
    twice = (need("thing_id", Type.TEXT, "Id."), may("thing_id", Type.TEXT, "Again."))
    with pytest.raises(ValidationError, match="named twice"):
        Relation(name="things", description="A thing.", columns=twice, key="thing_id")


def test_a_reference_points_to_a_key_of_a_relation_before_it() -> None:
    parts = Relation(
        name="parts",
        description="A part.",
        columns=(need("part_id", Type.TEXT, "Id."), need("thing_id", Type.TEXT, "Of.", "things.thing_id")),
        key="part_id",
    )
    assert Contract(version=1, relations=(THINGS, parts)).relation("parts") is parts
    with pytest.raises(ValidationError, match=r"parts\.thing_id: things\.thing_id is no key that stands before it"):
        Contract(version=1, relations=(parts, THINGS))


def test_what_a_column_may_hold_is_part_of_its_meaning() -> None:
    role = CONTRACT.relation("lines").column("role")
    assert role.values[:2] == ("section", "detail")
    assert "`section`, `detail`" in role.meaning


def test_dbt_is_told_which_words_a_column_may_hold_and_which_keys_it_names() -> None:
    tables = {t["name"]: t for t in yaml.safe_load(dbt_sources())["sources"][0]["tables"]}
    findings = {c["name"]: c.get("data_tests", []) for c in tables["findings"]["columns"]}
    words = {"accepted_values": {"arguments": {"values": ["error", "warning", "info"]}}}
    case = {"relationships": {"arguments": {"to": "source('afstem', 'cases')", "field": "case_id"}}}
    assert findings["severity"] == ["not_null", words]
    assert findings["finding_id"] == ["unique", "not_null"]
    assert findings["case_id"] == ["not_null", case]
    assert findings["stated"] == []
    assert "freshness" in tables["loads"]["config"]
