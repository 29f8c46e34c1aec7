"""What this machine has for Afstem, what it lacks, and how to get it."""

from __future__ import annotations

import platform
import re
import shutil
import subprocess
from importlib.metadata import PackageNotFoundError, requires, version

from rich.console import Console
from rich.table import Table
from rich.text import Text

from afstem.errors import own_python
from afstem.texts import say
from extract.records import record


@record
class Part:
    """A thing that Afstem uses: its version, None where it is missing, and the code of what to do then."""

    name: str
    found: str | None
    needed: bool
    advice: str = "needed"


def examine() -> list[Part]:
    """Python, every library that Afstem depends on, and the optional program that reads scans."""
    found = [Part("Python", platform.python_version(), needed=True), Part("afstem", version("afstem"), needed=True)]
    return found + [_library(line) for line in requires("afstem") or ()] + _tesseract()


def _library(requirement: str) -> Part:
    """What a line such as `starlette>=0.40; extra == "review"` asks for; an extra is needed for one command alone."""
    name = re.split(r"[^\w.-]", requirement)[0]
    extra = re.search(r"extra == \W(\w+)", requirement)
    if extra is None:
        return Part(name, _version(name), needed=True)
    return Part(name, _version(name), needed=False, advice=f"extra_{extra[1]}")


def _version(library: str) -> str | None:
    try:
        return version(library)
    except PackageNotFoundError:
        return None


def _tesseract() -> list[Part]:
    program = shutil.which("tesseract")
    if program is None:
        return [Part("tesseract", None, needed=False, advice="ocr")]
    printed = subprocess.run([program, "--list-langs"], capture_output=True, text=True, check=False, timeout=30).stdout
    first = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=30).stdout
    danish = "dan" if "dan" in printed.split() else None
    name = first.split("\n", 1)[0].removeprefix("tesseract ").strip() or program
    return [
        Part("tesseract", name, needed=False, advice="ocr"),
        Part("tesseract: dan", danish, needed=False, advice="danish"),
    ]


def print_parts(parts: list[Part], console: Console, language: str) -> None:
    """A table of the parts, and whether all that is needed is there."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for name in ("part", "found", "advice"):
        table.add_column(say(language, f"doctor.{name}"))
    for part in parts:
        missing = part.found is None
        advice = say(language, f"doctor.{part.advice}", python=own_python()) if missing else ""
        table.add_row(part.name, say(language, "doctor.missing") if missing else part.found, Text(advice))
    console.print(table)
    broken = any(part.needed and part.found is None for part in parts)
    console.print(say(language, "doctor.broken" if broken else "doctor.fine"))
