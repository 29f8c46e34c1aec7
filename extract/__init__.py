"""What is printed.

In: a file (PDF, picture of pages, or text).  Out: a `Document` of headings, paragraphs and grids, each with its place,
or the reason why there are none.  Knows nothing of economics.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from extract.models import Document, ReadOptions, Reason, ReasonCode, Status

_OFFICE = {".doc", ".docx", ".odt", ".rtf", ".xls", ".xlsx", ".ppt", ".pptx"}
#: How TIFF (of either byte order), PNG and JPEG files begin.
_PICTURES = (b"II*\x00", b"MM\x00*", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def read(path: Path, options: ReadOptions | None = None) -> Document:
    """One input file as printed.  Never raises on what the file holds; raises OSError where it cannot be opened."""
    document = _read(path, options or ReadOptions())
    if document.status is not Status.IMPORTED:
        return document
    from extract.ledger import accounted

    return accounted(document)


def _read(path: Path, options: ReadOptions) -> Document:
    with path.open("rb") as stream:
        if path.stat().st_size > options.max_bytes:
            sha256 = hashlib.file_digest(stream, "sha256").hexdigest()
            return _refused(path, sha256, ReasonCode.TOO_LARGE)
        data = stream.read()
    sha256 = hashlib.sha256(data).hexdigest()
    if not data:
        return _refused(path, sha256, ReasonCode.EMPTY_FILE)
    if b"%PDF-" in data[:1024] or data.startswith(_PICTURES):
        from extract.paged import read_pages  # the readers load when there is something to read

        return read_pages(path, data, sha256, options)
    if path.suffix.lower() == ".pdf":
        return _refused(path, sha256, ReasonCode.NOT_PDF, "application/pdf")
    if path.suffix.lower() in _OFFICE or data[:4] == b"PK\x03\x04" or data[:8] == b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1":
        return _refused(path, sha256, ReasonCode.UNSUPPORTED)
    from extract.text import read_text

    return read_text(path, data, sha256)


def _refused(path: Path, sha256: str, code: ReasonCode, media_type: str = "application/octet-stream") -> Document:
    return Document(sha256[:16], path.name, sha256, media_type, 0, Status.QUARANTINED, reason=Reason(code))


__all__ = ["read"]
