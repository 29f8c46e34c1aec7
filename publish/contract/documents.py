"""Relations of what was read: documents, their cases, the administrations and the headings of a case."""

from __future__ import annotations

from extract.models import Status
from publish.contract.model import CONFIDENTIAL, Relation, may, need
from publish.contract.types import Type

CASE_KINDS = ("case", "catalogue", "document")
PARTS = ("proposes", "affected")
FIELDS = (
    "field_of_work", "committee", "centre", "steering_area", "case_number", "date", "proposer", "answered_by", "nature",
    "priority", "recipient", "other",
)  # fmt: skip

_PAGE = may("page", Type.WHOLE, "Page where it is printed, from 1.")
_LINE = may("line", Type.WHOLE, "Line of the text file, from 1; null for a PDF.")

DOCUMENTS = Relation(
    name="documents",
    description="An input file. Every input has a row, also those that could not be read.",
    columns=(
        need("document_id", Type.TEXT, "First 16 hex digits of the sha256; a duplicate has an id of its own."),
        need("file_name", Type.TEXT, "Name of the file as given to the run."),
        may("path", Type.TEXT, "Its path below the source folder; the same whatever else was given to the run."),
        may("source_folder", Type.TEXT, "The folder that was given to the run and that `path` begins in."),
        need("sha256", Type.TEXT, "SHA-256 of the file's bytes, hexadecimal."),
        need("media_type", Type.TEXT, "`application/pdf`, `text/plain`, `text/tab-separated-values`, or as found."),
        need("pages", Type.WHOLE, "Number of pages; 1 for a text file without page breaks."),
        need("status", Type.TEXT, "How it ended:", values=tuple(Status)),
        may(
            "reason",
            Type.TEXT,
            "Danish: why it was not imported, or what of it was lost, and what to do about it; null where all is well.",
        ),
        may("duplicate_of", Type.TEXT, "For a duplicate: the document with the same bytes.", "documents.document_id"),
        need("cases", Type.WHOLE, "How many cases it holds."),
        need("tables", Type.WHOLE, "How many tables with figures it holds."),
        need("figures", Type.WHOLE, "How many figures were read from it."),
        may("reason_code", Type.TEXT, "The reason's code: `encrypted`, `truncated`, `no_ocr` …"),
        may("reason_en", Type.TEXT, "English wording of `reason`."),
        need("tokens", Type.WHOLE, "Words and figures printed inside the areas of its tables."),
        need("orphans", Type.WHOLE, "How many of `tokens` found no cell, header, caption or note."),
        may(
            "unplaced_figures",
            Type.WHOLE,
            "How many number-like words of it are no amount, year, code, date, page or section number and no "
            "amount in prose; null where nobody counted.",
        ),
        may("captions_without_table", Type.WHOLE, "How many captions of it have no table; null where nobody counted."),
        need("scanned_pages", Type.NUMBERS, "Pages read by optical character recognition."),
        need("second_opinion_pages", Type.NUMBERS, "Pages that a second, independent reader was asked about."),
        need("partial_pages", Type.NUMBERS, "Pages of which something was not read, or nothing."),
        need(
            "active_content",
            Type.TEXTS,
            "What the file would do or carries besides its print, none of which was touched: `javascript`, `launch`, "
            "`submit_form`, `embedded_file` with its name.",
        ),
        need("cpr_numbers", Type.WHOLE, "Different CPR numbers in it; they are masked wherever its text is shown."),
        need("confidential", Type.FLAG, "True where a case of it says it is confidential (fortrolig)."),
    ),
    key="document_id",
)

UNPLACED = Relation(
    name="unplaced",
    description="A figure that is printed as a table's and found no place in any: it is in no sum and no check. Of a "
    "document with very many the first.",
    columns=(
        need("unplaced_id", Type.TEXT, "Stable id."),
        need("document_id", Type.TEXT, "The file it is printed in.", "documents.document_id"),
        need("ordinal", Type.WHOLE, "Position among those of the document, from 0."),
        need("printed", Type.TEXT, "As printed."),
        need("page", Type.WHOLE, "Page where it, or the table around it, is printed, from 1."),
        _LINE,
        CONFIDENTIAL,
    ),
    key="unplaced_id",
)

CASES = Relation(
    name="cases",
    description="A business case; a file may hold many. A catalogue, and a file that is no case at all, have a row "
    "as well.",
    columns=(
        need("case_id", Type.TEXT, "Stable id: the same bytes give the same id."),
        need("document_id", Type.TEXT, "The file it stands in.", "documents.document_id"),
        need("ordinal", Type.WHOLE, "Position in the file, from 0."),
        may("code", Type.TEXT, "Its code as printed: `BC41`, `Forslag 7`."),
        may("title", Type.TEXT, "Its title."),
        may("summary", Type.TEXT, "Its resumé."),
        need("administrations", Type.TEXTS, "Administrations that propose it."),
        may("affected", Type.TEXTS, "Administrations it affects; null where the print shows no tick at all."),
        may("budget_round", Type.TEXT, "The budget it belongs to, as printed: `Budget 2022`."),
        may(
            "case_key", Type.TEXT, "Municipality, round, code and title in one: the same for every version of the case."
        ),
        may(
            "version_of",
            Type.TEXT,
            "The newer version of this case among the inputs that counts instead of it; null for the one that counts.",
            "cases.case_id",
        ),
        may("municipality", Type.TEXT, "The municipality whose case it is."),
        need("confidential", Type.FLAG, "True where the print says it is confidential (fortrolig)."),
        need("first_page", Type.WHOLE, "First page, from 1."),
        need("last_page", Type.WHOLE, "Last page."),
        need("kind", Type.TEXT, "What it is; `document` is no case:", values=CASE_KINDS),
        may("stated_price_level", Type.WHOLE, "Price level that the case states for itself (`Angiv p/l: 2021`)."),
        need("title_doubtful", Type.FLAG, "True where another line of its head may as well be its title."),
    ),
    key="case_id",
)

CASE_ADMINISTRATIONS = Relation(
    name="case_administrations",
    description="An administration of a case. A case of several has several rows: divide by `shared_by`, or take the "
    "row with `ordinal` 0, where amounts are added up.",
    columns=(
        need("case_administration_id", Type.TEXT, "Stable id."),
        need("case_id", Type.TEXT, "The case.", "cases.case_id"),
        need("part", Type.TEXT, "Whether it proposes the case or is affected by it:", values=PARTS),
        need("ordinal", Type.WHOLE, "Its position among those of the case with the same `part`, from 0."),
        need("shared_by", Type.WHOLE, "How many administrations of the case have the same `part`."),
        need("administration", Type.TEXT, "Its full name."),
        may("name_valid_from", Type.DAY, "First day on which it has this name; null where that is not known."),
        may(
            "name_valid_to",
            Type.DAY,
            "Last day on which it has this name; null where that is not known or has not come.",
        ),
        CONFIDENTIAL,
    ),
    key="case_administration_id",
)

CASE_METADATA = Relation(
    name="case_metadata",
    description="A field of a case's head that no column of `cases` holds: committee, journal number, date, priority.",
    columns=(
        need("case_metadata_id", Type.TEXT, "Stable id."),
        need("case_id", Type.TEXT, "The case.", "cases.case_id"),
        need("ordinal", Type.WHOLE, "Position in the case, from 0."),
        need("name", Type.TEXT, "What the field is of; `other` where no list knows its label:", values=FIELDS),
        need("label", Type.TEXT, "Its label as printed, without the colon."),
        need("value", Type.TEXT, "Its value as printed."),
        _PAGE,
        _LINE,
        CONFIDENTIAL,
    ),
    key="case_metadata_id",
)

HEADINGS = Relation(
    name="headings",
    description="A heading of a case.",
    columns=(
        need("heading_id", Type.TEXT, "Stable id."),
        need("case_id", Type.TEXT, "The case it stands in.", "cases.case_id"),
        need("ordinal", Type.WHOLE, "Position in the case, from 0."),
        may("number", Type.TEXT, "Its number as printed, without the last full stop: `3.1`."),
        need("title", Type.TEXT, "Its words."),
        need("level", Type.WHOLE, "Depth, 1 is the outermost."),
        _PAGE,
        _LINE,
        CONFIDENTIAL,
    ),
    key="heading_id",
)
