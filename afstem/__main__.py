"""`python -m afstem` is the command `afstem`."""

from __future__ import annotations

from afstem.cli import main

if __name__ == "__main__":
    main()
