"""What was read before, so that a run reads only what is new.

A document is kept as it was understood (`afstem.kept`), named by the sha256 of its bytes, the fingerprint of all that
reads and the options it was read with, limits and whether there was a password among them.  What another run may read
better is not kept: what went over a limit, broke the program, or changed while it was read.  Nor is what a password
opened: its figures would lie open, and a run without the password would be served them.

An entry begins with the sha256 of the rest.  One that does not match it, is larger than a document may be, belongs to
another user, or holds anything but a document's own models counts as absent.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sys
import zlib
from dataclasses import replace
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from afstem import kept
from afstem.isolation import Limits
from extract.models import Document, ReadOptions, ReasonCode
from normalize.models import CaseFile

FOLDER = ".cache"  # in the folder that a run writes to
_MAGIC = b"afstem1\n"
_HASH = 32  # bytes of a sha256
#: A decoded entry takes at most so many times its bytes in memory: the smallest value, a byte, is an object of 32.
_SWELLS = 32
#: What decides how a document comes out, besides our own source.
_LIBRARIES = ("afstem", "pymupdf", "pdfplumber", "pdfminer.six", "numpy", "pillow", "regex", "msgspec")
_STAGES = ("extract", "normalize", "lexicon")
_UNSURE = frozenset(
    {
        ReasonCode.TIMEOUT,
        ReasonCode.MEMORY,
        ReasonCode.CRASHED,
        ReasonCode.CHANGED,
        ReasonCode.NO_ACCESS,
        ReasonCode.ENCRYPTED,
    }
)


@cache
def fingerprint(stages: tuple[str, ...] = _STAGES) -> str:
    """Names this version of all that reads: the stages' source and vocabulary, the libraries, Tesseract and Python."""
    from extract.installed import identity, source_of

    digest = hashlib.sha256(f"{sys.version_info[:2]}\n{identity()}\n".encode())
    for library in _LIBRARIES:
        digest.update(f"{library} {_version(library)}\n".encode())
    for stage in stages:
        digest.update(source_of(stage))
    return digest.hexdigest()[:16]


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return ""


def packed(data: bytes) -> bytes:
    """An entry of a document that `afstem.kept` made `data` of."""
    rest = zlib.compress(data, level=1)
    return _MAGIC + hashlib.sha256(rest).digest() + rest


def unpacked(path: Path, largest: int) -> CaseFile | None:
    """The document of an entry; None where it is none of ours, or takes more than so many bytes."""
    try:
        with path.open("rb") as stream:
            stat = os.fstat(stream.fileno())
            own = not hasattr(os, "geteuid") or stat.st_uid == os.geteuid()
            if not own or stat.st_size > largest:
                return None
            whole = stream.read(largest)
        head, rest = whole[: len(_MAGIC) + _HASH], whole[len(_MAGIC) + _HASH :]
        if head != _MAGIC + hashlib.sha256(rest).digest():
            return None
        unpacking = zlib.decompressobj()
        data = unpacking.decompress(rest, largest)
        return kept.decode(data) if unpacking.eof and not unpacking.unused_data else None
    except (OSError, zlib.error, kept.NotKeptError):
        return None


def largest(limits: Limits) -> int:
    """Bytes that an entry may take, packed or not."""
    return limits.memory // _SWELLS


class Cache:
    """The understood documents of earlier runs, in one folder."""

    def __init__(self, folder: Path, options: ReadOptions, limits: Limits) -> None:
        self._root = folder
        self._folder = folder / fingerprint()
        self._largest = largest(limits)
        # Of the password only that there was one: no trace of it is kept.
        told = (replace(options, password=None), options.password is not None, limits.timeout, limits.memory)
        self._options = hashlib.sha256(repr(told).encode()).hexdigest()[:8]
        self._used: set[str] = set()

    def get(self, sha256: str, name: str) -> CaseFile | None:
        """The document with these bytes under the name it has now, or None if it must be read."""
        path = self.path(sha256, name)
        file = unpacked(path, self._largest)
        document = file.document if file is not None else None
        if file is None or document is None or document.sha256 != sha256 or document.document_id != sha256[:16]:
            return None
        self._used.add(path.name)
        if document.file_name == name:
            return file
        return replace(file, document=replace(document, file_name=name))

    def put(self, sha256: str, name: str, document: Document, data: bytes) -> bool:
        """Keeps a document that another run would read no better, `data` as `afstem.kept` made it; says whether it did.

        Raises OSError where the folder cannot be written.
        """
        unsure = document.reason is not None and document.reason.code in _UNSURE
        if unsure or document.locked or len(data) > self._largest:
            return False
        self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        path = self.path(sha256, name)
        # Written aside and renamed, so that a run that is cut off leaves no half entry.
        aside = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            aside.write_bytes(packed(data))
            os.replace(aside, path)
        finally:
            aside.unlink(missing_ok=True)
        self._used.add(path.name)
        return True

    def prune(self) -> None:
        """Removes what other versions of the program read, and every document that this run did not use."""
        if not self._root.is_dir():
            return
        for folder in self._root.iterdir():
            if folder != self._folder and folder.is_dir():
                shutil.rmtree(folder)
        if self._folder.is_dir():
            for entry in self._folder.iterdir():
                if entry.name not in self._used:
                    entry.unlink()

    def path(self, sha256: str, name: str) -> Path:
        """Where the document with these bytes and that name lies, if it is kept."""
        # The suffix belongs to the key: the same bytes may be read differently as another kind of file.
        kind = "".join(c for c in Path(name).suffix.casefold() if c.isalnum() and c.isascii())
        return self._folder / f"{sha256}-{kind}-{self._options}"
