"""What an auditor knows better than the program, in `out/review/structure.toml`: a file to read, and to edit by hand.

Three relations: `[[total]]` (this row is the total of those), `[[same]]` (these two rows are the same line) and
`[[no_error]]` (this is no error in this template).  Cases, tables and rows are named as they are printed, without
regard to capitals and blanks; what is left out fits everything.  The next run reads the documents with these words.
"""

from __future__ import annotations

import json
import os
import tomllib
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from publish.review import FOLDER

FILE = "structure.toml"
_LONGEST = 2000  # characters of a name or a note
_HEAD = """\
# What an auditor knows better than the program; the next run reads the documents with it.
# Written by `afstem review`; may be edited by hand. `case` and `table` may be left out: then it holds everywhere.
"""
Name = Annotated[str, StringConstraints(strip_whitespace=True, max_length=_LONGEST)]


class _Word(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")

    case: Name = ""
    table: Name = ""
    note: Name = ""
    who: Name = ""
    when: datetime | None = None

    def fits_case(self, *names: str | None) -> bool:
        """Whether it speaks of the case with one of these names."""
        return _named(self.case, names)

    def fits_table(self, *names: str | None) -> bool:
        """Likewise of a table."""
        return _named(self.table, names)


class Total(_Word):
    """`row` is the sum of `parts`, less those of `minus`."""

    row: Name
    parts: tuple[Name, ...]
    minus: tuple[Name, ...] = ()


class Same(_Word):
    """`row` and `other_row`, in `other_table` of the same case, are the same line."""

    row: Name
    other_table: Name = ""
    other_row: Name

    def fits_other_table(self, *names: str | None) -> bool:
        """Whether it speaks of the table with one of these names as the other one."""
        return _named(self.other_table, names)


class NoError(_Word):
    """What the check says of such a table (and `row`, if given) is no error in this template."""

    check: Name
    row: Name = ""

    def fits_row(self, name: str | None) -> bool:
        """Whether it speaks of a row of that name."""
        return _named(self.row, (name,))


class Structure(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    total: tuple[Total, ...] = ()
    same: tuple[Same, ...] = ()
    no_error: tuple[NoError, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.total or self.same or self.no_error)


class StructureError(ValueError):
    """The file cannot be understood; `problem` says where and why."""

    def __init__(self, path: Path, problem: str) -> None:
        super().__init__(f"{path}: {problem}")
        self.path, self.problem = path, problem


def structure(out: Path) -> Structure:
    """What the auditors said; nothing where there is no file.  Raises StructureError where it cannot be understood."""
    path = out / FOLDER / FILE
    try:
        return Structure.model_validate(tomllib.loads(path.read_text(encoding="utf-8")))
    except FileNotFoundError:
        return Structure()
    except ValidationError as error:
        first = error.errors()[0]
        raise StructureError(path, f"{'.'.join(map(str, first['loc']))}: {first['msg']}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise StructureError(path, str(error)) from error


def add(out: Path, word: Total | Same | NoError) -> None:
    """Writes a word at the end of the file; what people wrote there stays as it is."""
    path = out / FOLDER / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = {Total: "total", Same: "same", NoError: "no_error"}[type(word)]
    named = word if word.when else word.model_copy(update={"when": datetime.now(UTC).replace(microsecond=0)})
    lines = [f"{key} = {_toml(value)}" for key, value in named.model_dump(exclude_defaults=True).items()]
    text = f"\n[[{kind}]]\n" + "\n".join(lines) + "\n"
    with path.open("a", encoding="utf-8") as stream:
        if not stream.tell():
            stream.write(_HEAD)
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def _toml(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "[" + ", ".join(_toml(item) for item in value) + "]"


def plain(name: str) -> str:
    """A name without regard to capitals and blanks."""
    return " ".join(name.split()).casefold()


def _named(wanted: str, names: Sequence[str | None]) -> bool:
    return not wanted or plain(wanted) in {plain(name) for name in names if name}
