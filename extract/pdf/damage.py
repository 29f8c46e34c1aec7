"""What PyMuPDF raises and mutters about a damaged page, and what that says about the page's print.

MuPDF goes on where it can and writes a warning to a list of its own.  Most say that a font or a colour was replaced;
some say that print is missing.  Nobody sees the difference on the page that comes out, so the list is read here.
"""

from __future__ import annotations

import re
from typing import Any

from extract.light import pymupdf
from extract.models import ReasonCode

#: What PyMuPDF's calls raise on damaged or hostile content.  `FzErrorBase` is no RuntimeError.
FAULTS = (pymupdf.mupdf.FzErrorBase, pymupdf.FileDataError, RuntimeError, ValueError, LookupError, TypeError, OSError)

#: A stream ends early or cannot be unpacked: what comes after is missing.
_CUT = re.compile(
    r"premature end|zlib error|lzw|read error; treating as end|data error|corrupt|expected endstream"
    r"|cannot (?:load|decode|open|read) .*stream|too many syntax errors|invalid filter|unexpected eof",
    re.IGNORECASE,
)
#: Something on the page was passed over: an image, a form, an operator, a resource.
_PASSED_OVER = re.compile(
    r"syntax error|encountered syntax|cannot draw|cannot find (?:xobject|font|extgstate|resource)"
    r"|unknown (?:keyword|filter)|overly large|openjpeg error|jpeg error|jbig2|jpx|ccitt|cycle in|recursi"
    r"|non-page object|nested too deep|stack overflow",
    re.IGNORECASE,
)
#: Whatever it says, the print is all there.
_HARMLESS = re.compile(
    r"^(?:\.\.\. repeated .*|.*icc profile.*|.*page tree load failed.*|.*non-embedded.*|.*ToUnicode.*|.*hinting.*)$",
    re.IGNORECASE,
)


def forget() -> None:
    """Empties MuPDF's list of warnings: what comes from here on belongs to the page that is read next."""
    pymupdf.TOOLS.reset_mupdf_warnings()


def heard() -> list[str]:
    """MuPDF's warnings since the last call, those left out that say nothing about the print."""
    lines = pymupdf.TOOLS.mupdf_warnings().splitlines()
    return [line for line in lines if line.strip() and not _HARMLESS.match(line)]


def is_cut(page: Any, warnings: list[str]) -> bool:
    """Whether the page's own drawing is cut off, and not just a picture or font on it."""
    if not any(_CUT.search(line) for line in warnings):
        return False
    forget()
    try:
        page.read_contents()
        for xref in {form[0] for form in page.get_xobjects()}:
            page.parent.xref_stream(xref)
    except FAULTS:
        return True
    return any(_CUT.search(line) for line in heard())


def is_harmed(warnings: list[str], has_words: bool) -> bool:
    """Whether something of the page was passed over.

    A damaged page tree is told at every page that is looked up in it; it harms those that come out empty.
    """
    told = [line for line in warnings if not (has_words and "non-page object" in line)]
    return any(_CUT.search(line) or _PASSED_OVER.search(line) for line in told)


def category(error: BaseException) -> ReasonCode:
    """What to call a page's failure: memory ran out, or the page is damaged."""
    out_of_memory = isinstance(error, MemoryError) or "malloc" in str(error) or "out of memory" in str(error).lower()
    return ReasonCode.MEMORY if out_of_memory else ReasonCode.DAMAGED_PAGES
