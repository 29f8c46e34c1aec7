"""Which files a run reads, and by which names its results speak of them."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from urllib.parse import urlsplit
from urllib.request import url2pathname

from afstem.errors import UsageError
from afstem.runlog import RUN_LOG
from extract.records import record

#: What is read of a folder.  Anything else is read if it begins like a PDF; a file that is named is always tried.
READ = frozenset({".pdf", ".txt", ".md", ".text", ".tsv", ".tif", ".tiff", ".png", ".jpg", ".jpeg"})
#: Office documents in a folder are likely cases that somebody forgot to convert: each gets a row that says so.
OFFICE = frozenset({".doc", ".docx", ".docm", ".odt", ".rtf", ".xls", ".xlsx", ".ods", ".ppt", ".pptx", ".odp"})
PDF_MAGIC = b"%PDF-"


#: What runs and reports leave in their folder and would otherwise read, where that folder lies among the inputs.
_LEFT_BY_RUNS = frozenset({"report.xlsx", "parquet", "evidence", "csv", "parquet-by-year", "annotated", "memo"})


@record
class Input:
    """A file to read; `name` is its base name, or its path below the inputs' common folder where that is not unique.

    `folder` is the input that it was found in, as given, and `below` its path from there, with slashes.  All three can
    be written as UTF-8 whatever bytes the file system has (a byte that is none of UTF-8 shows as `\\xe6`).
    """

    path: Path
    name: str
    folder: str = ""
    below: str = ""
    url: str = ""  # where it lies, if that is no file system; `path` then only tells its name


def written(name: str) -> str:
    """A name of the file system as text that every file and database takes."""
    return name.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")


def find(inputs: Iterable[Path | str], out: Path) -> list[Input]:
    """The files behind `inputs` (files, folders, URLs of either), each once, in the order of their names.

    Folders are searched through and through, but for hidden files and folders, README files and what runs leave in
    their output folders.  A folder that may not be looked into is an input of its own, which reading then finds closed.
    Raises UsageError where an input does not exist, is neither file nor folder, or where nothing is left to read.
    """
    given = [place(each) for each in inputs]
    found: dict[Path, tuple[Path, Path]] = {}  # where it lies: the folder it was found in, its path from there
    afar = _afar([each for each in given if isinstance(each, str)])
    for path in given:
        if isinstance(path, str):
            continue
        if path.is_dir():
            for file in _of_folder(path, out.resolve()):
                found.setdefault(file.absolute(), (path, file.relative_to(path)))
        elif path.is_file():
            found.setdefault(path.absolute(), (path.parent, Path(path.name)))
        else:
            raise UsageError("no_such_input", path=written(str(path)))
    if not found and not afar:
        raise UsageError("nothing_to_read", path=", ".join(written(str(path)) for path in given))
    names = _names(list(found))
    named = [
        Input(path, names[path], written(folder.as_posix()), written(below.as_posix()))
        for path, (folder, below) in found.items()
    ]
    return sorted(named + afar, key=lambda i: (i.name.casefold(), i.name, os.fsencode(i.path)))


def place(given: Path | str) -> Path | str:
    """A path, also where it came as `file://`; any other URL as it is."""
    text = str(given)
    if isinstance(given, Path) or "://" not in text:
        return Path(text)
    return Path(url2pathname(urlsplit(text).path)) if text.startswith("file://") else text


def _afar(urls: Sequence[str]) -> list[Input]:
    """What lies at or below the URLs, with the ending of something that is read."""
    if not urls:
        return []
    from afstem import remote

    found = []
    for url in urls:
        for file, below in remote.listed(url):
            name = Path(below)
            if not name.name.startswith(".") and name.suffix.casefold() in READ | OFFICE:
                found.append(Input(name, written(below), written(url), written(below), file))
    return found


def others(inputs: Iterable[Path | str], out: Path) -> list[Path]:
    """The files of the folders among `inputs` that `find` leaves out for their type, in the order of their paths."""
    found: dict[Path, None] = {}
    for folder in (path for path in map(place, inputs) if isinstance(path, Path) and path.is_dir()):
        found.update((file, None) for file in _walked(folder, out.resolve()) if _ours(file) and not _wanted(file))
    return sorted(found)


def _of_folder(folder: Path, out: Path) -> Iterator[Path]:
    closed: list[Path] = []
    yield from filter(_wanted, _walked(folder, out, closed))
    yield from closed


def _walked(folder: Path, out: Path, closed: list[Path] | None = None) -> Iterator[Path]:
    """The files below a folder; the folders that may not be looked into are added to `closed`."""

    def shut(error: OSError) -> None:
        if closed is not None and error.filename:
            closed.append(Path(error.filename))

    for top, folders, files in os.walk(folder, onerror=shut):
        here = Path(top)
        own = _LEFT_BY_RUNS if RUN_LOG in files else frozenset[str]()
        folders[:] = sorted(
            f for f in folders if not f.startswith(".") and f not in own and (here / f).resolve() != out
        )
        yield from (here / name for name in sorted(files) if name not in own)


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
    except OSError:
        return False  # not known to be one of ours, and not for us to read


def _names(paths: Sequence[Path]) -> dict[Path, str]:
    if not paths:
        return {}
    often = Counter(path.name for path in paths)
    common = Path(os.path.commonpath([path.parent for path in paths]))
    shown = {p: p.name if often[p.name] == 1 else p.relative_to(common).as_posix() for p in paths}
    return {path: written(name) for path, name in shown.items()}
