"""The characters of a page as pdfplumber's reader, pdfminer, reads them, without all else that is drawn there.

In: a page of pdfplumber.  Out: pdfminer's characters with their text, box and matrix.  pdfplumber's own `chars` follow
every line, fill and colour too and make a dictionary of each, which takes three times as long.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from math import inf
from typing import cast

from pdfminer.layout import LTChar
from pdfminer.pdfcolor import PDFColorSpace
from pdfminer.pdfdevice import PDFTextDevice, PDFTextSeq
from pdfminer.pdffont import PDFFont, PDFUnicodeNotDefined
from pdfminer.pdfinterp import (
    PDFContentParser,
    PDFGraphicState,
    PDFPageInterpreter,
    PDFResourceManager,
    PDFStackT,
)
from pdfminer.pdftypes import PDFStream, stream_value
from pdfminer.psparser import KWD, LIT, PSEOF, PSBaseParserToken, PSKeyword, PSStackEntry, PSStackType
from pdfminer.utils import Matrix, mult_matrix
from pdfplumber.page import Page
from pdfplumber.utils.exceptions import PdfminerException

Area = tuple[float, float, float, float]  # x0, y0, x1, y1 in PDF points
EVERYWHERE: Area = (-inf, -inf, inf, inf)

#: The operators that say where text stands and what it is; the others draw.
_FOLLOWED = ("q", "Q", "cm", "Do", "BT", "ET", "Tf", "Tr", "TJ", "Tj", "Td", "TD", "Tm", "Tc", "Tw", "Tz", "TL", "Ts")
_NAMED_APART = {"T*": "do_T_a", "'": "do__q", '"': "do__w"}  # these, too: pdfminer's names for their methods

#: The tokens of which nearly every page is made, each whole and in its plainest form.
_PLAIN = re.compile(
    rb"\s*(?:([-+]?[0-9]+)(?=[\s\[\]()<>/])"
    rb"|([-+]?[0-9]*\.[0-9]+)(?=[\s\[\]()<>/])"
    rb"|<((?:[0-9A-Fa-f]{2})+)>"
    rb"|\(([^()\\]*)\)"
    rb"|([\[\]])"
    rb"|((?!(?:true|false|BI)\b)[A-Za-z]+\*?)(?=[\s\[\]()<>/])"
    rb"|/([A-Za-z0-9_.+-]+)(?=[\s\[\]()<>/]))"
)
_OPENS, _CLOSES = KWD(b"["), KWD(b"]")
_MEANING: tuple[Callable[[bytes], PSBaseParserToken], ...] = (
    int,
    float,
    lambda digits: bytes.fromhex(digits.decode()),
    bytes,
    KWD,
    KWD,
    lambda name: LIT(name.decode()),
)


def characters(page: Page, within: Area = EVERYWHERE) -> list[LTChar]:
    """The characters that begin within a rectangle of a page, in the order in which they are drawn.

    The rectangle and their boxes are pdfminer's: in PDF points from the bottom left of the page as shown.  Raises
    PdfminerException on what pdfminer cannot read.
    """
    device = _Characters(page.pdf.rsrcmgr, within)
    try:
        _TextInterpreter(page.pdf.rsrcmgr, device).process_page(page.page_obj)
    except Exception as error:  # as pdfplumber does: pdfminer raises anything on a damaged page
        raise PdfminerException(error) from error
    return device.characters


class _Characters(PDFTextDevice):
    """Keeps the characters of a rectangle; where lines, fills and images lie is nothing to it."""

    def __init__(self, resources: PDFResourceManager, within: Area) -> None:
        super().__init__(resources)
        self.within = within
        self.characters: list[LTChar] = []

    def render_char(
        self,
        matrix: Matrix,
        font: PDFFont,
        fontsize: float,
        scaling: float,
        rise: float,
        cid: int,
        ncs: PDFColorSpace,
        graphicstate: PDFGraphicState,
    ) -> float:
        x0, y0, x1, y1 = self.within
        if not (x0 <= matrix[4] <= x1 and y0 <= matrix[5] <= y1):
            return font.char_width(cid) * fontsize * scaling
        try:
            text = font.to_unichr(cid)
        except PDFUnicodeNotDefined:
            text = f"(cid:{cid})"
        width, shift = font.char_width(cid), font.char_disp(cid)
        char = LTChar(matrix, font, fontsize, scaling, rise, text, width, shift, ncs, graphicstate)
        self.characters.append(char)
        return char.adv


class _TextInterpreter(PDFPageInterpreter):
    """Follows the operators that place and show text."""

    def execute(self, streams: Sequence[object]) -> None:
        """Runs content streams one after the other, but none that is running already (a form that shows itself)."""
        own = [stream for stream in map(stream_value, streams) if stream.objid not in self.parent_stream_ids]
        self.stream_ids = {stream.objid for stream in own if stream.objid is not None}
        methods = {name: f"do_{name}" for name in _FOLLOWED} | _NAMED_APART
        operators = {KWD(name.encode()): getattr(self, method) for name, method in methods.items()}
        arguments: list[PDFStackT] = []
        for item in _items(own):
            if not isinstance(item, PSKeyword):
                arguments.append(item)
                continue
            operator = operators.get(item)
            if operator is not None:
                count = operator.__code__.co_argcount - 1
                if len(arguments) >= count:
                    operator(*arguments[len(arguments) - count :])
            arguments.clear()

    def do_TJ(self, seq: PDFStackT) -> None:  # noqa: N802 (the operator's name)
        if self.textstate.font is not None and not self._elsewhere(self.textstate.font):
            text = cast(PDFTextSeq, seq)
            self.device.render_string(self.textstate, text, self.graphicstate.ncs, self.graphicstate)

    def _elsewhere(self, font: PDFFont) -> bool:
        """Whether a line of text that runs across the page begins, and so ends, over or under the rectangle."""
        _, y0, _, y1 = cast(_Characters, self.device).within
        _, b, _, d, _, f = mult_matrix(self.textstate.matrix, self.ctm)
        return b == 0 and not font.is_vertical() and not y0 <= d * self.textstate.linematrix[1] + f <= y1


def _items(streams: Sequence[PDFStream]) -> Iterator[PSStackType[PSKeyword | PDFStream]]:
    """The operands and operators of content streams."""
    try:
        parser = _ContentParser(streams)
        while True:
            yield parser.nextobject()[1]
    except PSEOF:
        return


class _ContentParser(PDFContentParser):
    """pdfminer's parser with a short way for plain operands, lists of them and operators."""

    BUFSIZ = 1 << 28  # a stream at once: no token is cut in two

    def nextobject(self) -> PSStackEntry[PSKeyword | PDFStream]:
        """The next operand or operator, and about where it stands."""
        if not self.context and not self.results:
            start = self.charpos
            token = self._plain()
            plain = self._list() if token is _OPENS else token
            if plain is not None and plain is not _CLOSES:
                return self.bufpos + start, plain
            self.charpos = start
        return super().nextobject()

    def _plain(self) -> PSBaseParserToken | None:
        """The next token, None where it is not a plain one."""
        found = _PLAIN.match(self.buf, self.charpos)
        if found is None or found.lastindex is None:
            return None
        self.charpos = found.end()
        return _MEANING[found.lastindex - 1](found[found.lastindex])

    def _list(self) -> list[PSBaseParserToken] | None:
        """The tokens up to the list's end, None where one of them is not plain."""
        items: list[PSBaseParserToken] = []
        while (item := self._plain()) is not _CLOSES:
            if item is None or isinstance(item, PSKeyword):
                return None
            items.append(item)
        return items
