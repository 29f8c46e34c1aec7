"""Inputs that lie at a URL (`s3://`, `https://`, whatever fsspec knows): listed, opened, fetched; never written.

What a protocol needs to know (keys, an endpoint) it takes from its own environment variables and files.
"""

from __future__ import annotations

import shutil
from contextlib import closing
from pathlib import Path, PurePosixPath
from typing import Any, BinaryIO

from afstem.errors import MissingPackageError, UsageError


def listed(url: str) -> list[tuple[str, str]]:
    """The files at or below the URL: each with its own URL and its path from there.  Raises UsageError."""
    files, path = _system(url)
    try:
        if files.isfile(path):
            return [(url, PurePosixPath(path).name)]
        found = [file for file in files.find(path) if not file.endswith("/")]
    except (OSError, ValueError) as error:
        raise UsageError("no_such_input", path=url) from error
    if not found:
        raise UsageError("no_such_input", path=url)
    scheme = url.split("://", 1)[0]
    start = path.rstrip("/") + "/"
    return [(f"{scheme}://{file}", file.removeprefix(start)) for file in sorted(found)]


def opened(url: str) -> BinaryIO:
    """The file at the URL, to be read from its beginning.  Raises OSError."""
    files, path = _system(url)
    stream: BinaryIO = files.open(path, "rb")
    return stream


def fetch(url: str, folder: Path) -> Path:
    """A copy in the folder of the file at the URL, under its name.  Raises OSError."""
    target = folder / PurePosixPath(url).name
    with closing(opened(url)) as source, target.open("wb") as copy:
        shutil.copyfileobj(source, copy)
    return target


def _system(url: str) -> tuple[Any, str]:
    """What knows the URL's protocol, and the path in it.  Raises UsageError where that is not installed."""
    scheme = url.split("://", 1)[0]
    try:
        from fsspec.core import url_to_fs

        files, path = url_to_fs(url)
    except ImportError as error:
        raise MissingPackageError(f"fsspec ({scheme})", "remote") from error
    except ValueError as error:
        raise UsageError("no_such_input", path=url) from error
    return files, str(path)
