"""Which files a run reads, and by which names its results speak of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from afstem.errors import UsageError
from extract.records import record

#: What is read of a folder.  Anything else is read if it begins like a PDF; a file that is named is always tried.
READ = frozenset({".pdf", ".txt", ".md", ".text", ".tsv"})
#: Office documents in a folder are likely cases that somebody forgot to convert: each gets a row that says so.
OFFICE = frozenset({".doc", ".docx", ".docm", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp"})
PDF_MAGIC = b"%PDF-"


@record
class Input:
    """A file to read; `name` is its base name, or its path below the inputs' common folder where that is not unique."""

    path: Path
    name: str


def find(inputs: Iterable[Path], out: Path) -> list[Input]:
    """The files behind `inputs` (files and folders), each once, in the order of their names.

    Folders are searched through and through, but for hidden files and folders, README files and the output folder.
    Raises UsageError where an input does not exist, is neither file nor folder, or where nothing is left to read.
    """
    given = list(inputs)
    found: dict[Path, None] = {}
    for path in given:
        if path.is_dir():
            found.update((file.absolute(), None) for file in _of_folder(path, out.resolve()))
        elif path.is_file():
            found[path.absolute()] = None
        else:
            raise UsageError("no_such_input", path=str(path))
    if not found:
        raise UsageError("nothing_to_read", path=", ".join(map(str, given)))
    names = _names(list(found))
    return sorted((Input(path, name) for path, name in names.items()), key=lambda i: (i.name.casefold(), i.name))


def others(inputs: Iterable[Path], out: Path) -> list[Path]:
    """The files of the folders among `inputs` that `find` leaves out for their type, in the order of their paths."""
    found: dict[Path, None] = {}
    for folder in filter(Path.is_dir, inputs):
        found.update((file, None) for file in _walked(folder, out.resolve()) if _ours(file) and not _wanted(file))
    return sorted(found)


def _of_folder(folder: Path, out: Path) -> Iterator[Path]:
    yield from filter(_wanted, _walked(folder, out))


def _walked(folder: Path, out: Path) -> Iterator[Path]:
    for top, folders, files in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (here / f).resolve() != out)
        yield from (here / name for name in sorted(files))


def _ours(file: Path) -> bool:
    """False for what nobody put there to be read: hidden files, README files, what Word leaves beside an open file."""
    return not file.name.startswith((".", "~$")) and file.stem.casefold() != "readme" and file.is_file()


def _wanted(file: Path) -> bool:
    if not _ours(file):
        return False
    suffix = file.suffix.casefold()
    return suffix in READ or suffix in OFFICE or _begins_like_pdf(file)


def _begins_like_pdf(file: Path) -> bool:
    try:
        with file.open("rb") as stream:
            return PDF_MAGIC in stream.read(1024)
    except PermissionError:
        return False  # not known to be one of ours, and not for us to read


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    often = Counter(path.name for path in paths)
    common = Path(os.path.commonpath([path.parent for path in paths]))
    return {path: path.name if often[path.name] == 1 else path.relative_to(common).as_posix() for path in paths}
