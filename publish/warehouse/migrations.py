"""The numbered migrations of a warehouse's schema: SQL files that are run once each, in order."""

from __future__ import annotations

import re
from collections.abc import Iterator
from importlib.resources import files

from extract.records import record
from publish.sql import Dialect

_NAME = re.compile(r"(?P<number>\d{4})_(?P<name>\w+)\.sql")
_ONLY = re.compile(r"-- only: (?P<dialect>\w+)\n")


@record
class Migration:
    """One step; after it the schema has the version `number`."""

    number: int
    name: str
    text: str

    def statements(self, dialect: Dialect) -> Iterator[str]:
        """Its statements, those for the other database left out."""
        for statement in self.text.split(";\n"):
            only = _ONLY.search(statement)
            if only is not None and only["dialect"] != dialect:
                continue
            code = "\n".join(line for line in statement.splitlines() if not line.startswith("--")).strip()
            if code:
                yield code


def migrations() -> list[Migration]:
    """All of them, by number."""
    folder = files("publish.warehouse") / "migrations"
    found = [(match, entry) for entry in folder.iterdir() if (match := _NAME.fullmatch(entry.name))]
    made = [Migration(int(m["number"]), m["name"], entry.read_text(encoding="utf-8")) for m, entry in found]
    return sorted(made, key=lambda migration: migration.number)
