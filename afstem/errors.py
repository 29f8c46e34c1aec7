"""What goes wrong before a run can begin."""

from __future__ import annotations

import shlex
import sys


class UsageError(Exception):
    """The command was given something it cannot work with; `code` and `params` name a text of the catalogue."""

    def __init__(self, code: str, **params: str) -> None:
        super().__init__(code, params)
        self.code = code
        self.params = params


class MissingPackageError(UsageError):
    """What was asked for needs a package of one of Afstem's extras, which is not installed."""

    def __init__(self, package: str, extra: str) -> None:
        super().__init__("no_package", package=package, extra=extra, python=own_python())


def own_python() -> str:
    """The Python that runs Afstem, as one types it: packages go into its environment, whichever is at hand."""
    return shlex.quote(sys.executable)
