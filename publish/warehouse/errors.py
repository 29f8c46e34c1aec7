"""What keeps a load from being made.  Whatever it is, the warehouse is as it was before."""

from __future__ import annotations


class WarehouseError(Exception):
    """`code` and `params` name a text of the message catalogue (`warehouse.<code>`)."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


def first_line(error: BaseException) -> str:
    """What a database or a file system said, without what follows its first line."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0]
