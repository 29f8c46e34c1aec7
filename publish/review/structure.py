"""What an auditor knows better than the program, in `out/review/structure.toml`: a file to read, and to edit by hand.

Three relations: `[[total]]` (this row is the total of those), `[[same]]` (these two rows are the same line) and
`[[no_error]]` (this is no error in this template).  Cases, tables and rows are named as they are printed, without
regard to capitals and blanks; what is left out fits everything.  The next run reads the documents with these words.
"""

from __future__ import annotations

import json
import os
import re
import tomllib
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, StringConstraints, ValidationError

from publish.plain import plain as shown
from publish.review import FOLDER
from publish.store import replacing

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


Word = Total | Same | NoError


class Structure(BaseModel):
    """The whole file."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    total: tuple[Total, ...] = ()
    same: tuple[Same, ...] = ()
    no_error: tuple[NoError, ...] = ()

    def words(self) -> tuple[Word, ...]:
        """All of them, in the file's order by kind."""
        return (*self.total, *self.same, *self.no_error)

    def __bool__(self) -> bool:
        return bool(self.words())


KINDS: dict[type[Word], str] = {Total: "total", Same: "same", NoError: "no_error"}
_BEGINS = re.compile(r"\s*\[\[\s*[\"']?(?P<kind>total|same|no_error)[\"']?\s*\]\]")


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


def add(out: Path, word: Word) -> None:
    """Writes a word at the end of the file; what people wrote there stays as it is."""
    path = out / FOLDER / FILE
    path.parent.mkdir(parents=True, exist_ok=True)
    kind = KINDS[type(word)]
    named = word if word.when else word.model_copy(update={"when": datetime.now(UTC).replace(microsecond=0)})
    lines = [f"{key} = {_toml(value)}" for key, value in named.model_dump(exclude_defaults=True).items()]
    text = f"\n[[{kind}]]\n" + "\n".join(lines) + "\n"
    with path.open("a", encoding="utf-8") as stream:
        if not stream.tell():
            stream.write(_HEAD)
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())


def withdraw(out: Path, wanted: str) -> bool:
    """Takes the words with that key (see `key`) out of the file, all else stays as people wrote it; says if there were.

    Raises StructureError where the file cannot be understood.
    """
    path = out / FOLDER / FILE
    known = structure(out)
    of_kind: dict[str, Iterator[Word]] = {
        "total": iter(known.total),
        "same": iter(known.same),
        "no_error": iter(known.no_error),
    }
    kept: list[str] = []
    dropping = dropped = False
    for line in path.read_text(encoding="utf-8").splitlines(keepends=True) if known else ():
        found = _BEGINS.match(line)
        if found:
            word = next(of_kind[found["kind"]], None)
            dropping = word is not None and key(word) == wanted
            dropped |= dropping
        if not dropping or line.startswith("#"):
            kept.append(line)
    if dropped:
        _only_without(path, known, wanted, "".join(kept))
        with replacing(path) as partial:
            partial.write_text("".join(kept), encoding="utf-8")
    return dropped


def _only_without(path: Path, known: Structure, wanted: str, text: str) -> None:
    """Raises StructureError where the text does not say all that was known, but for those words."""
    left = [word for word in known.words() if key(word) != wanted]
    try:
        said = list(Structure.model_validate(tomllib.loads(text)).words())
    except ValueError as error:
        raise StructureError(path, str(error)) from error
    if said != left:
        raise StructureError(path, f"[[…]] {wanted}")


def key(word: Word) -> str:
    """Names what a word says, whoever says it, when and why: two words with one key are one."""
    said = word.model_dump(mode="json", exclude={"note", "who", "when"})
    told = json.dumps([KINDS[type(word)], said], sort_keys=True, ensure_ascii=False)
    return sha256(plain(shown(told)).encode(errors="replace")).hexdigest()[:12]


def _toml(value: Any) -> str:
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, str):
        return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
    return "[" + ", ".join(_toml(item) for item in value) + "]"


def case_names(code: str | None, title: str | None) -> tuple[str | None, ...]:
    """What a case may be called."""
    return code, title, " · ".join(t for t in (code, title) if t)


def table_names(label: str | None, title: str | None) -> tuple[str | None, ...]:
    """What a table may be called."""
    return label, title, " – ".join(t for t in (label, title) if t)


def plain(name: str) -> str:
    """A name without regard to capitals and blanks."""
    return " ".join(name.split()).casefold()


def _named(wanted: str, names: Sequence[str | None]) -> bool:
    return not wanted or plain(wanted) in {plain(name) for name in names if name}
