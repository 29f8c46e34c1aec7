"""Keeps the command's help in README.md as the command gives it: `python -m docs.command_help`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

README = Path(__file__).resolve().parent.parent / "README.md"
_BLOCK = re.compile(r"(<!-- help: (?P<words>[^>]*?) -->\n)```text\n.*?```\n", re.DOTALL)


def shown(words: str) -> str:
    """What `afstem WORDS` prints, in English and 100 columns wide."""
    environment = os.environ | {"AFSTEM_LANG": "en", "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    command = [sys.executable, "-c", "from afstem.cli import main; main()", *words.split()]
    printed = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    return "\n".join(line.rstrip() for line in printed.strip().splitlines())


def renewed(readme: str) -> str:
    """The page with every block `<!-- help: WORDS -->` as the command prints it now."""
    return _BLOCK.sub(lambda block: f"{block[1]}```text\n{shown(block['words'])}\n```\n", readme)


if __name__ == "__main__":
    README.write_text(renewed(README.read_text(encoding="utf-8")), encoding="utf-8")
