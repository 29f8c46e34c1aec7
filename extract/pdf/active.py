"""What a PDF would do or carries besides its print; it is named, and never run, opened or unpacked."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from extract.pdf.damage import FAULTS

JAVASCRIPT, LAUNCH, SUBMIT, EMBEDDED = "javascript", "launch", "submit_form", "embedded_file"
_ACTIONS = {"/JavaScript": JAVASCRIPT, "/Launch": LAUNCH, "/SubmitForm": SUBMIT, "/ImportData": SUBMIT}
_ACTION = re.compile(r"/S\s*(/JavaScript|/Launch|/SubmitForm|/ImportData)\b")
_MOST_NAMES = 20  # embedded files that are named; the rest are counted with them


def active_content(pdf: Any) -> tuple[str, ...]:
    """`javascript`, `launch`, `submit_form`, and `embedded_file` with the name of each, sorted; of the whole file.

    Looks where a viewer would: the catalogue, the pages, their annotations and fields.
    """
    found: set[str] = set()
    try:
        names = [str(name) for name in pdf.embfile_names()]
        found.update(f"{EMBEDDED}: {name}" for name in names[:_MOST_NAMES])
    except FAULTS:
        found.add(EMBEDDED)
    for look in (_of_catalog, _of_pages):
        try:
            found.update(look(pdf))
        except FAULTS:
            continue  # what cannot be looked up, no viewer can act on
    return tuple(sorted(found))


def _of_catalog(pdf: Any) -> Iterator[str]:
    catalog = pdf.pdf_catalog()
    if pdf.xref_get_key(catalog, "Names/JavaScript")[0] != "null":
        yield JAVASCRIPT
    for key in ("OpenAction", "AA"):
        yield from _actions(pdf, catalog, key)


def _of_pages(pdf: Any) -> Iterator[str]:
    for number in range(pdf.page_count):
        xref = pdf.page_xref(number)
        yield from _actions(pdf, xref, "AA")
        if pdf.xref_get_key(xref, "Annots")[0] == "null":
            continue
        for annotation, *_ in pdf[number].annot_xrefs():
            for key in ("A", "AA"):
                yield from _actions(pdf, annotation, key)
            if pdf.xref_get_key(annotation, "FS")[0] != "null":
                yield EMBEDDED


def _actions(pdf: Any, xref: int, key: str) -> Iterator[str]:
    """The actions under a key of an object: written there, or in the objects that it refers to."""
    kind, value = pdf.xref_get_key(xref, key)
    if kind == "null":
        return
    texts = [value] + [pdf.xref_object(int(other)) for other in re.findall(r"(\d+) 0 R", value)]
    for text in texts:
        yield from (_ACTIONS[action] for action in _ACTION.findall(text))
