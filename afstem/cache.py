"""What was read before, so that a run reads only what is new.

A document is kept as it was understood, under the fingerprint of the program and the sha256 of its bytes.  What was
read with a loss is not kept: the next run may have the password, the OCR program or a whole file.
"""

from __future__ import annotations

import hashlib
import inspect
import io
import os
import pickle
import shutil
import tempfile
import zlib
from dataclasses import replace
from functools import cache
from importlib.metadata import version
from pathlib import Path

import extract.models
import lexicon
import normalize.models
from extract.models import ReadOptions, Status
from normalize.models import CaseFile

_MODELS = frozenset({"extract.models", "normalize.models"})
_VALUES = frozenset({("decimal", "Decimal"), ("lexicon.units", "Measure")})


@cache
def fingerprint() -> str:
    """Names this version of what reads: the stages' source, their vocabulary and the libraries that they lean on."""
    digest = hashlib.sha256()
    for library in ("afstem", "pymupdf", "pdfplumber"):
        digest.update(f"{library} {version(library)}\n".encode())
    for models in (lexicon, extract.models, normalize.models):
        package = Path(inspect.getfile(models)).parent
        for file in sorted(_source(package)):
            digest.update(file.relative_to(package.parent).as_posix().encode())
            digest.update(file.read_bytes())
    return digest.hexdigest()[:16]


def _source(folder: Path) -> list[Path]:
    return [f for f in folder.rglob("*") if f.suffix in (".py", ".toml", ".json") and "__pycache__" not in f.parts]


class Cache:
    """The understood documents of earlier runs, in one folder.  Damaged entries count as absent."""

    def __init__(self, folder: Path, options: ReadOptions) -> None:
        self._root = folder
        self._folder = folder / fingerprint()
        # The password opens the file but changes nothing of what is read; no trace of it is kept.
        self._options = hashlib.sha256(repr(replace(options, password=None)).encode()).hexdigest()[:8]

    def get(self, sha256: str, name: str) -> CaseFile | None:
        """The document with these bytes under the name it has now, or None if it must be read."""
        try:
            data = zlib.decompress(self._path(sha256, name).read_bytes())
            file = _OnlyOurs(io.BytesIO(data)).load()
        except (OSError, EOFError, zlib.error, pickle.UnpicklingError, AttributeError, TypeError, ValueError):
            return None
        if not isinstance(file, CaseFile) or file.document.sha256 != sha256:
            return None
        return replace(file, document=replace(file.document, file_name=name))

    def put(self, file: CaseFile) -> None:
        """Keeps a document that was read without a loss."""
        document = file.document
        if document.status is not Status.IMPORTED or document.reason is not None:
            return
        self._folder.mkdir(parents=True, exist_ok=True)
        data = zlib.compress(pickle.dumps(file, protocol=5), level=1)
        # Written aside and renamed, so that a run that is cut off leaves no half entry.
        handle, temporary = tempfile.mkstemp(dir=self._folder)
        with os.fdopen(handle, "wb") as stream:
            stream.write(data)
        os.replace(temporary, self._path(document.sha256, document.file_name))

    def prune(self) -> None:
        """Removes what other versions of the program read."""
        if self._root.is_dir():
            for folder in self._root.iterdir():
                if folder != self._folder and folder.is_dir():
                    shutil.rmtree(folder)

    def _path(self, sha256: str, name: str) -> Path:
        # The suffix belongs to the key: the same bytes may be read differently as another kind of file.
        kind = Path(name).suffix.casefold().strip(".")
        return self._folder / f"{sha256}-{kind}-{self._options}"


class _OnlyOurs(pickle.Unpickler):
    """Makes nothing but the stages' own models: a file that somebody put into the folder cannot run anything."""

    def find_class(self, module: str, name: str) -> object:
        if "." not in name and (module in _MODELS or (module, name) in _VALUES):
            found = super().find_class(module, name)
            if isinstance(found, type) and found.__module__ == module:
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is none of ours")
