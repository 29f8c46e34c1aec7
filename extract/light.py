"""PyMuPDF, imported without its layout model.

PyMuPDF imports that model (and with it onnxruntime and pymupdf4llm) where it is installed, whoever asks; nothing here
uses it, and it takes longer than all else at the start.  So every module takes PyMuPDF from here:
`from extract.light import pymupdf`.  Who wants the model can still import it.

That import also changes how high PyMuPDF takes words to be, for the whole process.  The readers' measures rest on it,
so it is set here, whatever is installed.
"""

from __future__ import annotations

import sys
from importlib import import_module
from typing import Any

_UNUSED = ("pymupdf.layout", "pymupdf4llm")


def _import_alone() -> Any:
    """Imports PyMuPDF as where its optional parts are not installed, unless somebody has them already."""
    absent = dict.fromkeys(name for name in _UNUSED if name not in sys.modules)
    sys.modules.update(absent)  # type: ignore[arg-type]  # None is Python's own sign for "not to be had"
    try:
        return import_module("pymupdf")
    finally:
        for name in absent:
            del sys.modules[name]


class _Later:
    """PyMuPDF, imported when something of it is asked for: most runs find all their files read and drawn before."""

    def __getattr__(self, name: str) -> Any:
        module = _import_alone()
        module.TOOLS.unset_quad_corrections(True)
        value = getattr(module, name)
        setattr(self, name, value)  # asked once: afterwards it is found as any attribute is
        return value


pymupdf: Any = _Later()
