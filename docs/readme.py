"""Keeps what README.md and the guides show of the command as the command gives it: `make readme`."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parent.parent
README = REPOSITORY / "README.md"
#: The pages with such blocks, and the language in which the command speaks there.
PAGES = {README: "en", **dict.fromkeys(sorted((REPOSITORY / "docs").glob("guide-*.md")), "da")}
_BLOCK = r"(<!-- {kind}: (?P<words>[^>]*?) -->\n)```text\n.*?```\n"
_HELP = re.compile(_BLOCK.format(kind="help"), re.DOTALL)
_OUTPUT = re.compile(_BLOCK.format(kind="output"), re.DOTALL)


def printed(words: str, language: str = "en") -> str:
    """What `afstem WORDS` prints in that language."""
    environment = os.environ | {"AFSTEM_LANG": language, "COLUMNS": "100", "NO_COLOR": "1", "TERM": "dumb"}
    command = [sys.executable, "-c", "from afstem.cli import main; main()", *words.split()]
    out = subprocess.run(command, env=environment, cwd=REPOSITORY, capture_output=True, text=True, check=True).stdout
    return "\n".join(line.rstrip() for line in out.strip().splitlines())


def with_help(page: str, language: str = "en") -> str:
    """The page with every block `<!-- help: WORDS -->` as the command prints it now."""
    return _HELP.sub(lambda block: f"{block[1]}```text\n{printed(block['words'], language)}\n```\n", page)


def with_output(page: str, language: str = "en") -> str:
    """The page with every block `<!-- output: WORDS -->` as these words print it.

    The words of a page are typed one after the other with `--out` and a passing folder, which the page calls data/out.
    """
    with tempfile.TemporaryDirectory() as temporary:
        out = str(Path(temporary) / "out")

        def shown(block: re.Match[str]) -> str:
            text = printed(f"{block['words']} --out {out}", language).replace(out, "data/out")
            return f"{block[1]}```text\n{text}\n```\n"

        return _OUTPUT.sub(shown, page)


if __name__ == "__main__":
    for path, spoken in PAGES.items():
        path.write_text(with_output(with_help(path.read_text(encoding="utf-8"), spoken), spoken), encoding="utf-8")
