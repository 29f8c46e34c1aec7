"""`python -m afstem` is the command `afstem`."""

from __future__ import annotations

from afstem.cli import command_line

if __name__ == "__main__":
    command_line()
