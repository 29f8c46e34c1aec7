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


def _of_folder(folder: Path, out: Path) -> Iterator[Path]:
    for top, folders, files in os.walk(folder):
        here = Path(top)
        folders[:] = sorted(f for f in folders if not f.startswith(".") and (here / f).resolve() != out)
        yield from (here / name for name in sorted(files) if _wanted(here / name))


def _wanted(file: Path) -> bool:
    if file.name.startswith(".") or file.stem.casefold() == "readme" or not file.is_file():
        return False
    suffix = file.suffix.casefold()
    # Word and its like leave "~$name.docx" beside a document that is open.
    return suffix in READ or (suffix in OFFICE and not file.name.startswith("~$")) or _begins_like_pdf(file)


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
