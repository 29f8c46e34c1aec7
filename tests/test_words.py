"""The one catalogue of texts, `publish/texts` and `afstem/texts`: nothing in it is unused, nothing said is missing."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path

import pytest

from afstem.texts import catalogue as of_command
from publish.texts import catalogue as of_reports
from publish.wording import _CODES as PARAMETERS

ROOT = Path(__file__).resolve().parent.parent
PACKAGES = ("lexicon", "extract", "normalize", "reconcile", "publish", "afstem")
_HOLE = "\0"  # in the place of what is filled in at run time
_IN_SCRIPTS = re.compile(r"[\"'`]([\w.]+)[\"'`]")
_BEGUN_IN_SCRIPTS = re.compile(r"[\"'`]([a-z_]+\.\w*)(?:\$\{|[\"'] *[~+])")  # `page.document_${…}`, "report." ~ key


@cache
def trees() -> Mapping[Path, ast.Module]:
    files = [file for package in PACKAGES for file in (ROOT / package).rglob("*.py")]
    return {file: ast.parse(file.read_text(encoding="utf-8")) for file in files}


@cache
def scripts() -> str:
    """What the page is made from."""
    files = [f for end in ("js", "j2") for f in (ROOT / "publish" / "templates").rglob(f"*.{end}")]
    return "\n".join(file.read_text(encoding="utf-8") for file in files)


@cache
def constants() -> frozenset[str]:
    """Every string of the program, and every name of a parameter or of something's member."""
    found = {
        n.value
        for tree in trees().values()
        for n in ast.walk(tree)
        if isinstance(n, ast.Constant) and isinstance(n.value, str)
    }
    found |= {n.arg for tree in trees().values() for n in ast.walk(tree) if isinstance(n, ast.keyword) and n.arg}
    found |= {n.attr for tree in trees().values() for n in ast.walk(tree) if isinstance(n, ast.Attribute)}
    found |= set(_IN_SCRIPTS.findall(scripts()))
    return frozenset(found)


@cache
def joined() -> frozenset[str]:
    """Every f-string of the program, with a hole for what is filled in."""
    return frozenset(
        "".join(str(part.value) if isinstance(part, ast.Constant) else _HOLE for part in n.values)
        for tree in trees().values()
        for n in ast.walk(tree)
        if isinstance(n, ast.JoinedStr)
    )


@cache
def patterns() -> frozenset[str]:
    """What codes are put together from: `f"kind.{name}"`, and beginnings like "page.status_" that are added to."""
    begun = {code + _HOLE for code in _BEGUN_IN_SCRIPTS.findall(scripts())}
    return frozenset(p for p in joined() | begun if re.match(r"[a-z_]+\.", p) and _HOLE in p and " " not in p)


@cache
def matchers() -> tuple[re.Pattern[str], ...]:
    return tuple(re.compile(re.escape(p).replace(re.escape(_HOLE), "(.+)")) for p in patterns())


def used(code: str) -> bool:
    section, _, name = code.partition(".")
    if code in constants() or (section in PARAMETERS and name in constants()):
        return True
    fits = (found for matcher in matchers() if (found := matcher.fullmatch(code)))
    return any(all(known(part) for part in found.groups()) for found in fits)


def known(part: str) -> bool:
    """A string of the program, or one with an underscore and more after it ("damaged_pages" + "harmed")."""
    if part in constants():
        return True
    if any(part[:at] in constants() for at, c in enumerate(part) if c == "_"):
        return True
    return any(part.startswith(p[:-1]) and part[len(p) - 1 :] in constants() for p in joined() if p[-2:] == "_" + _HOLE)


@pytest.mark.parametrize("texts", [of_command, of_reports], ids=["command", "reports"])
def test_no_text_is_unused(texts: object) -> None:
    assert callable(texts)
    assert [code for code in texts("da") if not used(code)] == []


def spoken(folder: str, name: str, position: int) -> Iterator[tuple[str, str]]:
    """The codes that calls of a function name outright, with where."""
    for file, tree in trees().items():
        if file.is_relative_to(ROOT / folder):
            for node in ast.walk(tree):
                called = isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == name
                if called and len(node.args) > position and isinstance(node.args[position], ast.Constant):
                    yield f"{file.name}:{node.lineno}", str(node.args[position].value)


def test_no_text_that_is_spoken_is_missing() -> None:
    command, reports = of_command("da"), of_reports("da")
    said = [*spoken("afstem", "words", 0), *spoken("afstem", "say", 1), *spoken("publish", "say", 1)]
    assert len(said) > 50
    assert [(where, code) for where, code in said if code not in command and code not in reports] == []


#: What a Danish proof-reader strikes out: English quotation marks, doubled blanks or stops, hyphens for dashes.
_SLIPS = re.compile(r"[“”\"]|  |(?<!\.)\.\.(?!\.)| ,| \.(?!\w)| - |\bgale\b|\bTeksten skriver\b|\b[Ff]indings?\b")


@pytest.mark.parametrize("texts", [of_command, of_reports], ids=["command", "reports"])
def test_danish_texts_are_written_as_danes_write(texts: object) -> None:
    assert callable(texts)
    assert [(code, text) for code, text in texts("da").items() if _SLIPS.search(text)] == []
    ends = {code: text for code, text in texts("da").items() if code.split(".")[0] in SENTENCES and "--" not in text}
    endless = [code for code, text in ends.items() if text[-1] not in ".:?«}" and not code.endswith("_title")]
    assert endless == []


#: Sections whose texts are whole sentences.
SENTENCES = ("usage", "finding", "cause", "reason", "advice", "rule", "example", "read_me", "about")
