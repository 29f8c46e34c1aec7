"""A copy of every PDF with findings: the figures boxed, a note at each finding, bookmarks to them.  The original stays.

The copy's document information names the sha256 of the original (`/AfstemOriginalSHA256`), so it can always be told
what it is a copy of.
"""

from __future__ import annotations

import logging
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from hashlib import sha256
from pathlib import Path
from typing import Any

from extract.light import pymupdf
from extract.records import record
from publish.arithmetic import stated_in
from publish.covering import cover, nameless
from publish.pictures import PART_COLOUR, STATED_COLOUR, Box, Spot, spots
from publish.plain import cut_bytes
from publish.run import remembered
from publish.store import keyed, replacing
from publish.texts import say
from publish.view import FindingView, view

log = logging.getLogger("afstem")
Row = Mapping[str, Any]

FOLDER = "annotated"
_AUTHOR = "Afstem"
HASH_KEY = "AfstemOriginalSHA256"
_AIR = 1.5  # points between a figure and its box
_WIDTH = 1.0  # points of a box's line
_NOTE_COLOUR = (1.0, 0.83, 0.25)
_ICON = 18.0  # points of a note's icon, as viewers draw it
_ABOVE = 40.0  # points between a bookmark's aim and the finding
_LONGEST_TITLE = 120  # characters of a bookmark
_LONGEST_NAME = 120  # bytes of a copy's name


@record
class _Mark:
    """A finding on the pages of one document: its boxes by page, and where its note stands."""

    finding: FindingView
    page: int
    anchor: Box
    stated: Mapping[int, tuple[Box, ...]]
    part: Mapping[int, tuple[Box, ...]]


class Hindrance(StrEnum):
    """Why a PDF has no copy."""

    GONE = "gone"  # it does not lie where it was read
    CHANGED = "changed"  # it is not the file that was read
    LOCKED = "locked"
    DAMAGED = "damaged"
    PRIVATE = "private"  # it holds CPR numbers on scanned pages, where nobody knows where they stand


@record
class Annotated:
    """The copies that were made, by document_id, and the file names of the PDFs of which none could be made."""

    made: Mapping[str, Path]
    left_out: tuple[tuple[str, Hindrance], ...]


def annotate(relations: Mapping[str, Any], out: Path, language: str) -> Annotated:
    """Writes `out/annotated/*.pdf`, a copy of every PDF of which a finding speaks.

    Where the originals lie is as the last report remembered.  A PDF that is gone, locked, not the one that was read or
    beyond repair has no copy and is named; copies of an earlier call that are no longer due are removed.
    """
    report = view(nameless(relations), language)
    run = remembered(out)
    documents = {d["document_id"]: d for d in report.documents if d["media_type"] == "application/pdf"}
    marks = _marks(relations, [f for c in report.cases for f in c.findings])
    made: dict[str, Path] = {}
    left_out: list[tuple[str, Hindrance]] = []
    for document_id in documents:
        if document_id not in marks:
            continue
        document = documents[document_id]
        source = run.source(document_id, out) if run is not None else None
        target = out / FOLDER / _name(document)
        hindrance = _copied(source, document, marks[document_id], target, language)
        if hindrance is None:
            made[document_id] = target
        else:
            left_out.append((document["file_name"], hindrance))
    for old in (out / FOLDER).glob("*.pdf"):
        if old not in made.values():
            old.unlink()
    return Annotated(made, tuple(left_out))


def copies(out: Path, documents: Iterable[Row]) -> dict[str, str]:
    """The copies that lie in `out`, as paths from there, by document_id."""
    names = {d["document_id"]: _name(d) for d in documents}
    return {i: f"{FOLDER}/{name}" for i, name in names.items() if (out / FOLDER / name).is_file()}


def _name(document: Row) -> str:
    """The copy's name: the original's, with the document's id."""
    stem = Path(document["file_name"].replace("\\", "/")).stem[:_LONGEST_NAME]
    safe = "".join(c if c.isalnum() or c in " -_.," else "_" for c in stem)
    safe = cut_bytes(safe, _LONGEST_NAME).strip(" .") or "dokument"
    return f"{safe}.{document['document_id']}.pdf"


def _marks(relations: Mapping[str, Any], findings: Sequence[FindingView]) -> dict[str, list[_Mark]]:
    """What to mark, by document_id, in the order of the pages."""
    evidence = {a for f in findings for a in f.raw["evidence"]}
    amounts = {i: a for i, a in keyed(relations["amounts"], "amount_id", evidence).items() if a["x0"] is not None}
    homes = dict(
        zip(relations["cases"]["case_id"].to_pylist(), relations["cases"]["document_id"].to_pylist(), strict=True)
    )
    places = {spot.finding_id: spot for spot in spots(relations)}
    marks: dict[str, list[_Mark]] = defaultdict(list)
    for finding in findings:
        by_document: dict[str, list[Row]] = defaultdict(list)
        for amount in (amounts[a] for a in finding.raw["evidence"] if a in amounts):
            by_document[homes[amount["case_id"]]].append(amount)
        spot = places.get(finding.finding_id)
        if spot is not None:
            by_document.setdefault(spot.document_id, [])
        for document_id, here in by_document.items():
            own = spot if spot is not None and spot.document_id == document_id else None
            marks[document_id].append(_mark(finding, here, own))
    return {d: sorted(found, key=lambda m: (m.page, m.anchor[1])) for d, found in marks.items()}


def _mark(finding: FindingView, here: Sequence[Row], spot: Spot | None) -> _Mark:
    """A finding on one document: the figures of its evidence there, and the place that its picture shows."""
    about = stated_in(here, finding.raw)
    stated: dict[int, list[Box]] = defaultdict(list)
    part: dict[int, list[Box]] = defaultdict(list)
    for amount in here:
        box = amount["x0"], amount["y0"], amount["x1"], amount["y1"]
        (stated if amount["amount_id"] in about else part)[amount["page"]].append(box)
    if spot is not None and not stated and (shown := spot.stated or (() if here else (spot.area,))):
        stated[spot.page].extend(shown)
    first = stated or part
    page = min(first)
    anchor = first[page][0]
    return _Mark(finding, page, anchor, _fixed(stated), _fixed(part))


def _fixed(boxes: Mapping[int, Sequence[Box]]) -> dict[int, tuple[Box, ...]]:
    return {page: tuple(found) for page, found in boxes.items()}


def _copied(source: Path | None, row: Row, marks: Sequence[_Mark], target: Path, language: str) -> Hindrance | None:
    """Writes the copy; what was in the way where that cannot be done."""
    if source is None:
        return Hindrance.GONE
    if row["cpr_numbers"] and row["scanned_pages"]:
        return Hindrance.PRIVATE
    try:
        content = source.read_bytes()
        if sha256(content).hexdigest() != row["sha256"]:
            return Hindrance.CHANGED
        with pymupdf.open(stream=content, filetype="pdf") as document:
            if document.needs_pass:
                return Hindrance.LOCKED
            for page in document if row["cpr_numbers"] else ():
                cover(page)
            for mark in marks:
                _draw(document, mark, language)
            _bookmark(document, marks, language)
            _signed(document, row["sha256"])
            with replacing(target) as path:
                document.save(path, garbage=3 if row["cpr_numbers"] else 1, deflate=True)
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError, OSError, MemoryError) as error:
        log.warning("no annotated copy of %s: %s", ascii(source.name), error)
        return Hindrance.DAMAGED
    return None


def _draw(document: Any, mark: _Mark, language: str) -> None:
    content = note(mark.finding, language)
    title = _title(mark.finding, language)
    for boxes, colour in ((mark.part, PART_COLOUR), (mark.stated, STATED_COLOUR)):
        for number, found in boxes.items():
            page = document[number - 1]
            for box in found:
                frame = page.add_rect_annot(_on_page(page, _aired(box)))
                frame.set_colors(stroke=colour)
                frame.set_border(width=_WIDTH)
                frame.set_info(title=_AUTHOR, subject=title, content=content)
                frame.update()
    page = document[mark.page - 1]
    # In the margin, where it covers no figure; pages are seldom without one, and the icon can be moved in any viewer.
    corner = pymupdf.Point(page.rect.width - _ICON - 4, max(0, mark.anchor[1] - 4)) * page.derotation_matrix
    icon = page.add_text_annot(corner, content, icon="Comment")
    icon.set_info(title=_AUTHOR, subject=title, content=content)
    icon.set_colors(stroke=_NOTE_COLOUR)
    icon.update()


def _aired(box: Box) -> Box:
    return box[0] - _AIR, box[1] - _AIR, box[2] + _AIR, box[3] + _AIR


def _on_page(page: Any, box: Box) -> Any:
    """The box where annotations are measured: the page as it is before it is turned."""
    return (pymupdf.Rect(*box) * page.derotation_matrix).normalize()


def note(finding: FindingView, language: str) -> str:
    """What the note at a finding says: the finding, what was expected, the cause, the rule, what follows, its id."""
    lines = [finding.message]
    if finding.expected:
        unit = f" ({finding.unit})" if finding.unit else ""  # "750 (1.000 kr.)": without a mark it reads as one figure
        lines.append(f"{say(language, 'report.expected')}: {finding.expected}{unit}")
    if finding.cause:
        lines.append(f"{say(language, 'report.cause')}: {finding.cause}")
    lines.append(f"{say(language, 'report.rule')}: {say(language, f'rule.{finding.check}')}")
    if finding.consequences:
        lines.append(f"{say(language, 'report.following', count=len(finding.consequences))}:")
        lines += [f"{c.number} {c.message}" for c in finding.consequences]
    lines.append(f"{say(language, 'page.id')}: {finding.finding_id}")
    return _plain("\n".join(lines))


def _title(finding: FindingView, language: str) -> str:
    texts = (finding.number, say(language, f"severity.{finding.severity}"), say(language, f"check.{finding.check}"))
    return _plain(" · ".join((*texts, *filter(None, (finding.place.name,)))))[:_LONGEST_TITLE]


def _plain(text: str) -> str:
    """Without characters that steer: those a viewer might obey rather than show."""
    return "".join(c if c == "\n" or c.isprintable() else " " for c in text)


def _bookmark(document: Any, marks: Sequence[_Mark], language: str) -> None:
    """A branch of bookmarks to the findings, after those that the document has."""
    head = say(language, "page.bookmarks", count=len(marks))
    branch = [[1, head, marks[0].page, _to(document, marks[0])]]
    branch += [[2, _title(m.finding, language), m.page, _to(document, m)] for m in marks]
    try:
        document.set_toc([*document.get_toc(simple=False), *branch])
    except (ValueError, RuntimeError, IndexError, TypeError) as error:  # its own are out of order
        log.warning("the bookmarks of a copy are ours alone: %s", error)
        document.set_toc(branch)


def _to(document: Any, mark: _Mark) -> dict[str, Any]:
    """A bookmark's aim: the left edge of the page as it is shown, a little above the finding.

    `set_toc` turns the point that it is given in a way of its own, which is taken back here.
    """
    page = document[mark.page - 1]
    shown = pymupdf.Point(0, max(0, mark.anchor[1] - _ABOVE))
    turned = shown * page.derotation_matrix * ~page.transformation_matrix * page.derotation_matrix
    return {"kind": pymupdf.LINK_GOTO, "to": pymupdf.Point(turned.x, page.cropbox.height - turned.y), "zoom": 0}


def _signed(document: Any, digest: str) -> None:
    """Writes into the copy which file it is a copy of."""
    kind, value = document.xref_get_key(-1, "Info")
    if kind != "xref":
        document.set_metadata(document.metadata or {})
        kind, value = document.xref_get_key(-1, "Info")
    document.xref_set_key(int(value.split()[0]), HASH_KEY, pymupdf.get_pdf_str(digest))
