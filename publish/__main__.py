"""`python -m publish` writes docs/data-dictionary.md again from the schema."""

from __future__ import annotations

from pathlib import Path

from publish.dictionary import data_dictionary

if __name__ == "__main__":
    page = Path(__file__).resolve().parent.parent / "docs" / "data-dictionary.md"
    page.write_text(data_dictionary(), encoding="utf-8")
