"""What lines beside a table say by their first words: captions, notes, markers."""

from __future__ import annotations

import re

_CAPTION = re.compile(
    r"^\W*(?:tabel|table|oversigt|figur|bilagstabel)\s*(?:\d+(?:\.\d+)*|[A-ZÆØÅ])[a-z]?\s*[.:–-]?(?:\s|$)",
    re.IGNORECASE,
)
_NOTE = re.compile(r"^\s*(?:\*|[¹²³⁴⁵]|\d\)\s|\(\d\)\s|noter?\b|anm(?:ærkning)?\b|kilde\b)", re.IGNORECASE)
MARKER = re.compile(r"^(?:\d{1,2}\)|\*{1,3})$")


def is_caption(text: str) -> bool:
    """Whether a line opens a caption: "Tabel 2. …", "Tabel A", "Oversigt 3: …"."""
    return bool(_CAPTION.match(text))


def is_note(text: str) -> bool:
    """Whether a line opens a note below a table: "*…", "1) …", "Note: …", "Anm.: …"."""
    return bool(_NOTE.match(text))
