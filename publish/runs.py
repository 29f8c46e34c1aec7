"""The name of a run: the same inputs read by the same program have the same, on any machine."""

from __future__ import annotations

from collections.abc import Iterable
from hashlib import sha256
from importlib.metadata import version

from publish.contract import SCHEMA_VERSION

_DIGITS = 16  # hexadecimal: as many as a document's id


def program_version() -> str:
    """The version of the program, as `afstem --version` says it."""
    return version("afstem")


def run_id(inputs: Iterable[str]) -> str:
    """The run over files with these sha256 sums; their order does not matter."""
    told = "\n".join([program_version(), str(SCHEMA_VERSION), *sorted(inputs)])
    return sha256(told.encode()).hexdigest()[:_DIGITS]
