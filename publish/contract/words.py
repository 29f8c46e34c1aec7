"""Relations of what auditors know better than the program: their words on the structure of tables."""

from __future__ import annotations

from publish.contract.model import Column, Relation, may, need
from publish.contract.types import Type

_SOURCE = "A row for each document in which it holds; the whole file is `review/structure.toml`."


def _word(name: str, said: str, where: tuple[Column, ...], places: str) -> Relation:
    """The relation of one kind of word: what it says, in which tables (`where`), and how often it holds."""
    return Relation(
        name=name,
        description=f"{said} {_SOURCE}",
        columns=(
            need("word_id", Type.TEXT, "Stable id: what is said, and the document."),
            need("document_id", Type.TEXT, "A document in which it holds.", "documents.document_id"),
            may("case_name", Type.TEXT, "The case it is said of, by code or title; null: of every case."),
            may("table_name", Type.TEXT, "The table it is said of, by label or title; null: of every table."),
            *where,
            need("places", Type.WHOLE, places),
            may("note", Type.TEXT, "Why, in the auditor's words."),
            may("said_by", Type.TEXT, "Who said it."),
            may("said_at", Type.TIME, "When."),
            need("confidential", Type.FLAG, "True where it holds in a case that says it is confidential (fortrolig)."),
        ),
        key="word_id",
    )


STRUCTURE_TOTALS = _word(
    "structure_totals",
    "An auditor's word that a row is the total of others.",
    (
        need("label", Type.TEXT, "The row that is the total, as printed."),
        need("parts", Type.TEXTS, "The rows that are added up, as printed."),
        need("minus", Type.TEXTS, "The rows that are taken from it, as printed."),
    ),
    "In how many tables of the document it holds.",
)
STRUCTURE_SAME = _word(
    "structure_same",
    "An auditor's word that two rows are one line.",
    (
        need("label", Type.TEXT, "The row, as printed."),
        may("other_table_name", Type.TEXT, "The table of the other row, by label or title; null: any of the case."),
        need("other_label", Type.TEXT, "The other row, as printed."),
    ),
    "In how many tables of the document the other row stands.",
)
STRUCTURE_NO_ERRORS = _word(
    "structure_no_errors",
    "An auditor's word that what a check finds is no error in this template.",
    (
        need("check", Type.TEXT, "The check."),
        may("label", Type.TEXT, "The row it is said of, as printed; null: of every row."),
    ),
    "How many findings of the document it speaks of.",
)
