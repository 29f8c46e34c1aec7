"""What the documents of a run are called in its relations, and which version of a case counts."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256

from extract.models import Document, Status
from extract.records import record
from normalize.models import Case


@record
class Naming:
    """What the other inputs say of a document: its own id, that of the document whose bytes it has, and by case_id
    the version that counts, where that is another case.
    """

    document_id: str
    original: str
    versions: tuple[tuple[str, str], ...] = ()


def named(files: Sequence[tuple[Document, Sequence[Case]]]) -> list[tuple[int, Naming]]:
    """The place and the names of each document, in the order in which relations hold them: by file name and id.

    Of the cases only what they are called is looked at.
    """
    ids = _document_ids([document for document, _ in files])
    originals = {files[place][0].sha256: name for place, name in reversed(ids)}
    counted: dict[str, str] = {}  # the case that counts, by case_key
    out = []
    for place, document_id in sorted(ids, key=lambda known: (files[known[0]][0].file_name, known[1])):
        document, cases = files[place]
        versions = []
        for case in sorted(cases, key=lambda c: c.ordinal):
            case_id = case_id_of(case, document_id)
            first = counted.setdefault(case.case_key, case_id) if case.case_key else case_id
            versions += [(case_id, first)] if first != case_id else []
        out.append((place, Naming(document_id, originals[document.sha256], tuple(versions))))
    return out


def case_id_of(case: Case, document_id: str) -> str:
    return case.case_id or f"{document_id}.c{case.ordinal}"


def _document_ids(documents: Sequence[Document]) -> list[tuple[int, str]]:
    """The place of each document, originals before duplicates, with one id: its own, or for a second file with the same
    bytes one made of its name as well.
    """

    def order(place: int) -> tuple[bool, str, str]:
        document = documents[place]
        return document.status == Status.DUPLICATE, document.file_name, document.sha256

    taken: set[str] = set()
    out = []
    for place in sorted(range(len(documents)), key=order):
        document, copy = documents[place], 1
        name = document.document_id
        while name in taken:
            name = sha256(f"{document.sha256}\n{document.file_name}\n{copy}".encode()).hexdigest()[:16]
            copy += 1
        taken.add(name)
        out.append((place, name))
    return out
