"""What the terminal says, told as it stands there: `kept/*.txt`; `python -m tests.afstem.kept_terminal` writes it anew.

`show` of the made-up files that the tests of `publish` use, in both languages and in a narrow and a wide terminal; the
help of every command; the checks.
"""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from pathlib import Path

from click.testing import CliRunner
from rich.console import Console

from afstem.cli import root
from afstem.commands import COMMANDS
from afstem.show import print_checks, print_document, to_json
from extract.models import Reason
from normalize.models import CaseFile, Placement, Table
from reconcile.models import Check, Finding
from tests.publish.kept_outputs import followers as of_total
from tests.publish.kept_outputs import of_text
from tests.publish.lindeby import case, document, table, wrong_total

FOLDER = Path(__file__).with_name("kept")
_WIDE, _NARROW = 140, 60  # characters
_COMMANDS = ("", *COMMANDS)


def kept(name: str) -> str:
    """What was said when somebody last looked."""
    return FOLDER.joinpath(f"{name}.txt").read_text(encoding="utf-8")


def told() -> dict[str, str]:
    """What is said now, by name of the kept file."""
    said = {}
    for language in ("da", "en"):
        said[f"show-{language}"] = "".join(_shown(language, _WIDE))
        said[f"checks-{language}"] = _checks(language)
    said["show-narrow"] = "".join(_shown("da", _NARROW))
    said["json"] = json.dumps([to_json(f, found, "da") for f, found in _files()], ensure_ascii=False, indent=1)
    said["help"] = "".join(f"$ afstem {name} --help\n{_help(name)}\n" for name in _COMMANDS)
    return said


def _files() -> Iterator[tuple[CaseFile, list[Finding]]]:
    text, found = of_text()
    yield text, found
    yield CaseFile(document(), (case(),)), [wrong_total(), *of_total(), *_many()]
    odd = replace(
        case(tables=[_odd()]),
        code=None,
        kind_of="catalogue",
        affected=("Børneforvaltningen",),
        municipality="Lindeby",
        stated_price_level=2025,
        title_doubtful=True,
        title_why=(("above_table", 3.2), ("banner", -1.4)),
        headings=(),
        statements=(),
    )
    yield CaseFile(replace(document(), reason=Reason("damaged_pages", (("pages", "2"),))), (odd,)), []
    yield CaseFile(document()), []


def _many() -> list[Finding]:
    """More consequences than are shown one by one."""
    return [replace(wrong_total(f"g{n}"), check=Check.CROSS_TABLE, consequence_of="f0") for n in range(9)]


def _odd() -> Table:
    """A table of a catalogue without a name, with a doubtful figure and a sum that may be another."""
    one = table()
    doubtful = replace(one.lines[0].amounts[0], confidence=0.5, placement=Placement.UNDECIDED, value=Decimal(7))
    lines = (replace(one.lines[0], amounts=(doubtful, *one.lines[0].amounts[1:]), texts=("½ årsværk",)), *one.lines[1:])
    return replace(
        one, label=None, title=None, lines=lines, cost_sign=-1, unit=None, sums=(replace(one.sums[0], certain=False),)
    )


def _shown(language: str, width: int) -> Iterator[str]:
    for file, found in _files():
        out = io.StringIO()
        print_document(file, found, Console(file=out, width=width, force_terminal=False), language)
        yield out.getvalue()


def _checks(language: str) -> str:
    out = io.StringIO()
    codes = [str(check) for check in Check if check is not Check.DIAGNOSTIC]
    print_checks(codes, Console(file=out, width=_WIDE), language)
    return out.getvalue()


def _help(name: str) -> str:
    words = [name, "--help"] if name else ["--help"]
    return CliRunner().invoke(root, words, terminal_width=_WIDE, env={"LANG": "da_DK.UTF-8"}).output


def main() -> None:
    """Write what is said now."""
    FOLDER.mkdir(exist_ok=True)
    for name, text in told().items():
        FOLDER.joinpath(f"{name}.txt").write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
