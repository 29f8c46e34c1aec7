"""Keeps what README.md shows of the command as the command gives it: `make readme`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
README = REPOSITORY / "README.md"
_BLOCK = r"(<!-- {kind}: (?P<words>[^>]*?) -->\n)```text\n.*?```\n"
_HELP = re.compile(_BLOCK.format(kind="help"), re.DOTALL)
_OUTPUT = re.compile(_BLOCK.format(kind="output"), re.DOTALL)


def printed(words: str) -> str:
    """What `afstem WORDS` prints in English."""
    environment = os.environ | {"AFSTEM_LANG": "en", "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    command = [sys.executable, "-c", "from afstem.cli import main; main()", *words.split()]
    out = subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    return "\n".join(line.rstrip() for line in out.strip().splitlines())


def with_help(readme: str) -> str:
    """The page with every block `<!-- help: WORDS -->` as the command prints it now."""
    return _HELP.sub(lambda block: f"{block[1]}```text\n{printed(block['words'])}\n```\n", readme)


def with_output(readme: str) -> str:
    """The page with every block `<!-- output: WORDS -->` as these words print it, writing to a passing folder."""
    with tempfile.TemporaryDirectory() as temporary:
        out = str(Path(temporary) / "out")

        def shown(block: re.Match[str]) -> str:
            text = printed(f"{block['words']} --out {out}").replace(out, "data/out")
            return f"{block[1]}```text\n{text}\n```\n"

        return _OUTPUT.sub(shown, readme)


if __name__ == "__main__":
    README.write_text(with_output(with_help(README.read_text(encoding="utf-8"))), encoding="utf-8")
