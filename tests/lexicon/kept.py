"""What pieces of print are to the grammar: `print.toml`, by function and answer, with the texts that get that answer.

`python -m tests.lexicon.kept` asks anew and sorts the texts under the answers that they get now; a new text is written
under any answer.  A text that moves is a change of what is read somewhere, and is looked at.
"""

from __future__ import annotations

import importlib
import json
import tomllib
from dataclasses import Field, fields, is_dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("print.toml")
_HEAD = "# What pieces of print are to the grammar, by function and answer; see kept.py.\n"


def kept() -> dict[str, dict[str, list[Any]]]:
    """By function of `lexicon` and by its answer in Python's words: the text, or the arguments, that get it."""
    told: dict[str, dict[str, list[Any]]] = tomllib.loads(FILE.read_text(encoding="utf-8"))
    return told


def answer(function: str, asked: Any) -> str:
    """What a function of `lexicon` ("figures.is_code") says of a text, or of a list of arguments."""
    module, _, name = function.partition(".")
    says = getattr(importlib.import_module(f"lexicon.{module}"), name)
    said = says(*asked) if isinstance(asked, list) else says(asked)
    if is_dataclass(said) and not isinstance(said, type):
        told = {field.name: getattr(said, field.name) for field in fields(said) if _tells(said, field)}
        return ", ".join(f"{name} {value}" for name, value in told.items())
    return repr(sorted(said) if isinstance(said, frozenset) else said)


def _tells(said: Any, field: Field[Any]) -> bool:
    """Whether a field is not as it is for most texts, nor the text itself."""
    value = getattr(said, field.name)
    return field.name != "printed" and value != field.default


def write(asked: dict[str, list[Any]]) -> None:
    """Ask each function of all its texts and keep what it says."""
    lines = [_HEAD]
    for function, texts in asked.items():
        by_answer: dict[str, list[Any]] = {}
        for text in texts:
            by_answer.setdefault(answer(function, text), []).append(text)
        lines.append(f'\n["{function}"]\n')
        for said, those in by_answer.items():
            lines.append(f"{json.dumps(said, ensure_ascii=False)} = [\n")
            lines += [f"  {json.dumps(one, ensure_ascii=False)},\n" for one in those]
            lines.append("]\n")
    FILE.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    write({function: [one for those in answers.values() for one in those] for function, answers in kept().items()})
