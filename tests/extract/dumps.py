"""Reads small text files, and tells the rows of their tables as a test writes them."""

from __future__ import annotations

import hashlib
from pathlib import Path
from textwrap import dedent

from extract.models import Document, Grid, Row
from extract.text import read_text


def read(text: str | bytes) -> Document:
    """The document of that text (indented as a test may be) or of those bytes."""
    data = text if isinstance(text, bytes) else dedent(text).encode()
    return read_text(Path("sag.txt"), data, hashlib.sha256(data).hexdigest())


def printed(row: Row) -> list[str]:
    """The row's label and its fragments or filled cells."""
    label = row.cells[0].text if row.cells[0] else ""
    rest = row.loose or row.cells[1:]
    return [label, *(cell.text for cell in rest if cell and cell.text)]


def body(grid: Grid) -> list[list[str]]:
    """The rows below the header."""
    return [printed(row) for row in grid.rows if not row.header]
