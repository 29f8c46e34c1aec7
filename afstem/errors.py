"""What goes wrong before a run can begin."""

from __future__ import annotations


class UsageError(Exception):
    """The command was given something it cannot work with; `code` and `params` name a text of the catalogue."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params
