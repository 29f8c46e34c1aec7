"""Pictures of the places that findings speak of, cut from the pages of the PDFs."""

from __future__ import annotations

import json
import logging
import os
import zlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from typing import Any

import msgspec
import numpy as np
from PIL import Image

from extract.light import pymupdf
from extract.pace import watch
from extract.records import record
from publish.arithmetic import stated_in
from publish.covering import cover
from publish.store import keyed, replacing, rows_of
from publish.wording import PROSE_CHECKS

log = logging.getLogger("afstem")
Row = Mapping[str, Any]
Box = tuple[float, float, float, float]

FOLDER = "evidence"
INDEX = "index.json"  # what each picture shows, by finding_id: what is drawn already is not drawn again
_DPI = 130
_MARGIN = 14.0  # points around the place
_EDGE = 0.06  # of the page's width, where print seldom begins
_LOOSE = 9.0  # points that its upper and lower edge may move, so that they cut through no line of text
_CAPTION = 22.0  # points above a table, for its caption
_HEAD = 90.0  # points of a table that are shown where only its head matters
_TALLEST = 420.0  # points of a picture's height
STATED_COLOUR = (0.72, 0.11, 0.11)
PART_COLOUR = (0.13, 0.36, 0.60)
_PNG_END = bytes.fromhex("0000000049454e44ae426082")  # the chunk that closes every PNG file
_COLOURS = 62  # of a page's picture that is not grey alone
_GREY_STEP = 3  # bits of a grey's eight that are left out: 32 greys are enough for print, and for a scan
_DRAWING = 7  # counted up when pictures are drawn otherwise than before
_SHARED = 20  # places of a page that are drawn together: as many pictures go into one message


@record
class Spot:
    """A place on a page: what to show of it, the figures that deviate and those they were compared with.

    `document_id` is cut from the sha256 of the file's bytes, so a spot tells all that its picture depends on.
    """

    finding_id: str
    document_id: str
    page: int
    area: Box
    stated: tuple[Box, ...]
    part: tuple[Box, ...]


#: Places of one page that are drawn together, since they overlap: what is costly is done once for all of them.
Strip = tuple[Spot, ...]
#: Draws the places of files: pictures (PNG) with their finding_id, in any order.
Draw = Callable[[Mapping[Path, Sequence[Strip]]], Iterator[tuple[str, bytes]]]


def spots(relations: Mapping[str, Any]) -> list[Spot]:
    """The places worth a picture, the gravest first: of every cause in a PDF whose figures have a box.

    None of a scanned page where the document holds CPR numbers: where they stand in its pixels is not known.
    """
    findings = [f for f in relations["findings"].to_pylist() if f["document_id"] and not f["consequence_of"]]
    findings.sort(key=lambda f: ("error", "warning", "info").index(f["severity"]))
    amounts = keyed(relations["amounts"], "amount_id", {a for f in findings for a in f["evidence"]})
    lines = keyed(relations["lines"], "line_id", {f["line_id"] for f in findings})
    tables = keyed(relations["tables"], "table_id", {f["table_id"] for f in findings})
    sentences = _quoted(relations, findings)
    private = {d["document_id"]: d["scanned_pages"] for d in relations["documents"].to_pylist() if d["cpr_numbers"]}
    found = []
    for finding in findings:
        sentence = sentences.get((finding["case_id"], finding["quote"], finding["page"]))
        place = _sentence(finding, sentence) if sentence else _spot(finding, amounts, lines, tables)
        if place is not None and place.page not in private.get(place.document_id, ()):
            found.append(place)
    return found


def _quoted(relations: Mapping[str, Any], findings: Sequence[Row]) -> dict[tuple[str, str, int], Row]:
    """The statements whose sentences findings quote and that have a place, by case, sentence and page."""
    quoted = rows_of(relations["statements"], "sentence", {f["quote"] for f in findings})
    return {(s["case_id"], s["sentence"], s["page"]): s for s in quoted if s["y0"] is not None}


def cut(places: Sequence[Spot], sources: Mapping[str, Path], out: Path, draw: Draw | None = None) -> dict[str, int]:
    """Writes `out/evidence/<finding_id>.png` of the places whose PDF is among `sources` (by document_id).

    Returns the page of every picture that lies there afterwards, by finding_id.  A picture that an earlier run made of
    the same place stays; those of other places are removed.  A page that cannot be drawn is logged and has no picture.
    `draw` draws, in place of this process.
    """
    folder = out / FOLDER
    known = _index(folder)
    wanted: dict[str, str] = {}
    there = set()
    wanting: dict[Path, list[Strip]] = defaultdict(list)
    for strip in strips(places):
        digest = _digest(strip)
        ids = [spot.finding_id for spot in strip]
        wanted |= dict.fromkeys(ids, digest)
        source = sources.get(strip[0].document_id)
        if all(known.get(i) == digest and _whole(folder / f"{i}.png") for i in ids):
            there.update(ids)
        elif source is not None and source.suffix.casefold() == ".pdf":
            wanting[source].append(strip)
    for finding_id, picture in (draw or _drawn_here)(wanting):
        with replacing(folder / f"{finding_id}.png", flushed=False) as path:
            path.write_bytes(picture)
        there.add(finding_id)
    if folder.is_dir():
        _settle(folder, {i: wanted[i] for i in sorted(there)})
    return {s.finding_id: s.page for s in places if s.finding_id in there}


def _settle(folder: Path, shown: Mapping[str, str]) -> None:
    """Removes the pictures of other places, and writes what those that stay show."""
    for old in folder.glob("*.png"):
        if old.stem not in shown:
            old.unlink()
    with replacing(folder / INDEX) as path:
        path.write_text(json.dumps(shown, indent=0), encoding="utf-8")


def strips(places: Iterable[Spot]) -> list[Strip]:
    """The places parted into what is drawn together: those of one page whose areas overlap, down the page.

    They are a matter of all places of a page, whichever of them are drawn already: so is every colour of a picture.
    """
    found: list[list[Spot]] = []
    bottom = 0.0
    for spot in sorted(places, key=lambda s: (s.document_id, s.page, s.area[1], s.finding_id)):
        last = found[-1] if found else []
        if last and _page(last[0]) == _page(spot) and spot.area[1] <= bottom and len(last) < _SHARED:
            last.append(spot)
            bottom = max(bottom, spot.area[3])
        else:
            found.append([spot])
            bottom = spot.area[3]
    return [tuple(strip) for strip in found]


def _page(spot: Spot) -> tuple[str, int]:
    return spot.document_id, spot.page


def _whole(picture: Path) -> bool:
    """Whether the picture is there and has its end: after a power cut the last ones may be empty."""
    try:
        with picture.open("rb") as stream:
            stream.seek(-len(_PNG_END), os.SEEK_END)
            return stream.read() == _PNG_END
    except OSError:
        return False


def _index(folder: Path) -> dict[str, str]:
    """What the pictures of an earlier run show; empty where that is not known."""
    try:
        known = json.loads((folder / INDEX).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return known if isinstance(known, dict) else {}


def _digest(strip: Strip) -> str:
    shown = (_DRAWING, *((s.document_id, s.page, s.area, s.stated, s.part) for s in strip))
    return sha256(repr(shown).encode()).hexdigest()[:16]


def _sentence(finding: Row, statement: Row) -> Spot:
    """Around the sentence that a finding about running text quotes."""
    place = _box(statement)
    return Spot(finding["finding_id"], finding["document_id"], statement["page"], place, (place,), ())


def _spot(finding: Row, amounts: Mapping[str, Row], lines: Mapping[str, Row], tables: Mapping[str, Row]) -> Spot | None:
    """Around the figures on the page of the row that states the finding, or of the first figure involved."""
    evidence = _placed(map(amounts.get, finding["evidence"]))
    row = _placed([lines.get(finding["line_id"])])
    table = next(iter(_placed([tables.get(finding["table_id"])])), None)
    about = stated_in(evidence, finding)
    own = [a for a in evidence if a["amount_id"] in about]
    start = next(iter([*own, *row, *evidence]), None)
    if start is None:
        return _heading(finding, table) if table else None
    here = [a for a in evidence if _together(a, start)]
    row = [r for r in row if _together(r, start)]
    boxes = [_box(start), *map(_box, here), *map(_box, row)]
    blank = [] if own or finding["check"] in PROSE_CHECKS else row  # the figure that is wanting has no place of its own
    stated = tuple(map(_box, [*(a for a in here if a in own), *blank]))
    part = tuple(_box(a) for a in here if a not in own)
    area = _within(_with_header(_union(boxes), table, start["page"], start["table_id"]), boxes[0])
    return Spot(finding["finding_id"], finding["document_id"], start["page"], area, stated, part)


def _placed(rows: Iterable[Row | None]) -> list[Row]:
    """Those rows that are known, and where on a page they stand."""
    return [row for row in rows if row is not None and row["x0"] is not None]


def _together(row: Row, start: Row) -> bool:
    """Whether both stand in one table on one page."""
    return bool(row["page"] == start["page"] and row["table_id"] == start["table_id"])


def _heading(finding: Row, table: Row) -> Spot:
    """The head of a table, for a finding without figures."""
    x0, y0, x1, y1 = _box(table)
    area = (x0, y0 - _CAPTION, x1, min(y1, y0 + _HEAD))
    return Spot(finding["finding_id"], finding["document_id"], table["first_page"], area, (), ())


def _with_header(area: Box, table: Row | None, page: int, table_id: str) -> Box:
    """The area up to the table's header, where that stands on the page and does not make the picture too tall."""
    if table is None or table["table_id"] != table_id or table["first_page"] != page:
        return area
    top = table["y0"] - _CAPTION
    return (area[0], min(area[1], top), *area[2:]) if area[3] - top <= _TALLEST else area


def _box(row: Row) -> Box:
    return row["x0"], row["y0"], row["x1"], row["y1"]


def _union(boxes: Iterable[Box]) -> Box:
    x0, y0, x1, y1 = zip(*boxes, strict=True)
    return min(x0), min(y0), max(x1), max(y1)


def _within(area: Box, centre: Box) -> Box:
    """The area, cut down around `centre` where it is too tall for a picture."""
    if area[3] - area[1] <= _TALLEST:
        return area
    bottom = min(area[3], centre[3] + _TALLEST / 4)
    top = max(area[1], bottom - _TALLEST)
    return area[0], top, area[2], top + _TALLEST


def _drawn_here(wanted: Mapping[Path, Sequence[Strip]]) -> Iterator[tuple[str, bytes]]:
    for source, here in wanted.items():
        yield from drawn(source, here)


def job(payload: bytes) -> bytes:
    """`drawn` for a process with limits: (path in the system's own bytes, strips) → pictures by finding_id."""
    path, here = msgspec.msgpack.decode(payload, type=tuple[bytes, tuple[Strip, ...]])
    return msgspec.msgpack.encode(dict(drawn(Path(os.fsdecode(path)), here)))


def drawn(source: Path, here: Sequence[Strip]) -> Iterator[tuple[str, bytes]]:
    """PNG pictures with their finding_id, a page after the other; what cannot be drawn has none, and is logged."""
    try:
        with pymupdf.open(source) as document:
            if document.needs_pass:
                log.warning("no pictures of %s: it is locked with a password", ascii(source.name))
                return
            drawing: tuple[int, Any, Any] = (0, None, None)  # of the page that is being shown: its number, size, list
            for number, strip in enumerate(here):
                watch().at("picture", number)
                if drawing[0] != strip[0].page:
                    page = document[strip[0].page - 1]
                    cover(page)
                    drawing = strip[0].page, page.rect, page.get_displaylist()
                yield from _pictures(drawing[1], drawing[2], strip)
    except (pymupdf.mupdf.FzErrorBase, RuntimeError, ValueError, IndexError, OSError, MemoryError) as error:
        log.warning("no picture of a place in %s: %s", ascii(source.name), error)


def _pictures(sheet: Any, display: Any, strip: Strip) -> Iterator[tuple[str, bytes]]:
    """The places of a strip, cut from a page's display list and framed; `sheet` is the page's rectangle."""
    scale = pymupdf.Matrix(_DPI / 72, _DPI / 72)
    clips = [_clip(sheet, spot.area) for spot in strip]
    pixels = display.get_pixmap(matrix=scale, clip=_union(clips), alpha=0)
    cells, inks = _inked(np.frombuffer(pixels.samples_mv, np.uint8).reshape(pixels.height, pixels.width, 3))
    for spot, clip in zip(strip, clips, strict=True):
        x0, y0, x1, y1 = (clip * scale).round()
        place = cells[y0 - pixels.y : y1 - pixels.y, x0 - pixels.x : x1 - pixels.x]
        top, bottom = _between_lines(place, round(_LOOSE * scale.a))
        yield spot.finding_id, _framed(place[top:bottom].copy(), inks, spot, scale.a, (x0, y0 + top))


def _clip(sheet: Any, area: Box) -> Any:
    """What is shown of the page around an area: the whole width of its print.

    A figure without its label and its neighbours proves little.
    """
    x0, y0, x1, y1 = area
    above, below = y0 - _MARGIN - _LOOSE, y1 + _MARGIN + _LOOSE
    edges = min(x0 - _MARGIN, _EDGE * sheet.width), max(x1 + _MARGIN, (1 - _EDGE) * sheet.width)
    return pymupdf.Rect(edges[0], above, edges[1], below) & sheet


def _framed(cells: Any, inks: list[int], spot: Spot, scale: float, corner: tuple[int, int]) -> bytes:
    """The cells of a picture as a PNG file, the spot's figures framed; its `corner` is where it begins, in pixels."""
    colours = list(inks)
    for boxes, colour in ((spot.part, PART_COLOUR), (spot.stated, STATED_COLOUR)):
        for box in boxes:
            _frame(cells, [v * scale - start for v, start in zip(box, corner * 2, strict=True)], len(colours) // 3)
        colours += [round(255 * c) for c in colour]
    framed = Image.fromarray(cells)
    framed.putpalette(colours)
    file = BytesIO()
    framed.save(file, "PNG", compress_type=zlib.Z_RLE)  # of print it leaves as few bytes as any, in the least time
    return file.getvalue()


def _between_lines(cells: Any, loose: int) -> tuple[int, int]:
    """Where to cut a picture that has `loose` rows too many above and below: between lines of text, if there is a gap.

    In a gap one row of pixels is as the next, also where a table's rules and fills go through it; in text none is.
    """
    quiet = np.append((cells[1:] == cells[:-1]).all(axis=1), True)
    height = len(cells)
    if height <= 4 * loose:
        return 0, height
    near = sorted(range(2 * loose), key=lambda k: abs(k - loose))
    top = next(k for k in near if quiet[k - 1])  # the last row, which is before the first, is always quiet
    bottom = next(height - k for k in near if quiet[height - k - 1])
    return top, bottom


def _inked(pixels: Any) -> tuple[Any, list[int]]:
    """A picture (rows, columns, red-green-blue) as numbers of few colours, and these one after the other.

    Most pages are black on white: to count off their greys is ten times faster than to look for the best colours.
    """
    red, green, blue = pixels[..., 0], pixels[..., 1], pixels[..., 2]
    if not np.any((red ^ green) | (red ^ blue)):
        lightest = 255 >> _GREY_STEP
        return red >> _GREY_STEP, [round(255 * k / lightest) for k in range(lightest + 1) for _ in range(3)]
    few = Image.fromarray(pixels).quantize(_COLOURS, method=Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    inks = [0] * 3 * _COLOURS
    inks[: len(few.getpalette() or ())] = few.getpalette() or ()
    return np.array(few), inks


def _frame(cells: Any, box: Sequence[float], ink: int) -> None:
    """A frame of two pixels around the box, drawn into the picture: it leaves the page itself alone."""
    height, width = cells.shape
    x0, y0 = (round(v) - 4 for v in box[:2])
    x1, y1 = (round(v) + 4 for v in box[2:])
    for left, top, right, bottom in (
        (x0, y0, x1, y0 + 2),
        (x0, y1 - 2, x1, y1),
        (x0, y0, x0 + 2, y1),
        (x1 - 2, y0, x1, y1),
    ):
        cells[max(0, top) : max(0, min(bottom, height)), max(0, left) : max(0, min(right, width))] = ink
