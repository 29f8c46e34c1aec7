"""A memo as a Word document.  Text of a case goes in as text: nothing of it is a field, a link or markup."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from docx import Document
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from extract.records import record
from publish.memo.model import Memo
from publish.plain import plain
from publish.sheets.findings import sum_text
from publish.texts import say, signed
from publish.view import CaseView, FindingView
from publish.wording import YEAR_CHECKS


@record
class Measures:
    """Sizes on paper, in centimetres; text in points, lengths in characters."""

    margin: float = 2.3
    picture: float = 16.4
    names: float = 4.0
    values: float = 12.4
    tallest: float = 9.0
    answer: float = 2.2
    most_text: int = 2_000
    most_followers: int = 6


MEASURES = Measures()
_NAVY, _QUIET, _SHADE = RGBColor(0x16, 0x32, 0x4A), RGBColor(0x5A, 0x67, 0x72), "F2F5F7"
_LANGUAGES = {"da": "da-DK", "en": "en-GB"}
_DATE = {"da": "%d-%m-%Y", "en": "%Y-%m-%d"}
_BOX = "\N{BALLOT BOX}"


def write_memo(memo: Memo, target: Path) -> None:
    """The memo as a .docx file at `target`."""
    _Writer(memo).save(target)


class _Writer:
    def __init__(self, memo: Memo) -> None:
        self.memo, self.language = memo, memo.language
        self.document: Any = Document()
        self._styled()
        self._head()
        for case in memo.cases:
            self._case(case)
        self._foot()

    def save(self, target: Path) -> None:
        """Writes the file."""
        self.document.save(str(target))

    def say(self, code: str, **params: str | int | None) -> str:
        """A text of the section `memo`."""
        return say(self.language, f"memo.{code}", **params)

    def _styled(self) -> None:
        normal = self.document.styles["Normal"]
        normal.font.name, normal.font.size = "Calibri", Pt(11)
        language = OxmlElement("w:lang")
        language.set(qn("w:val"), _LANGUAGES[self.language])
        normal.element.get_or_add_rPr().append(language)
        for level, size in ((0, 20), (1, 15), (2, 12)):
            style = self.document.styles["Title" if level == 0 else f"Heading {level}"]
            style.font.name, style.font.size, style.font.color.rgb = "Calibri", Pt(size), _NAVY
        section = self.document.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(MEASURES.margin)
        section.top_margin = section.bottom_margin = Cm(MEASURES.margin)
        properties = self.document.core_properties
        properties.title, properties.author, properties.comments = self.say("title"), "Afstem", ""
        if self.memo.run is not None:
            properties.created = properties.modified = self.memo.run.made_at.replace(tzinfo=None)

    def _head(self) -> None:
        found = sum(len(case.findings) for case in self.memo.cases)
        self.document.add_heading(self.say("title"), level=0)
        rows = [(self.say("to"), self.memo.to), (self.say("from"), ""), (self.say("deadline"), "")]
        if self.memo.run is not None:
            rows.insert(2, (self.say("date"), self.memo.run.made_at.strftime(_DATE[self.language])))
        self._pairs(rows)
        self.paragraph(self.say("lead", cases=len(self.memo.cases), found=found))
        self.paragraph(self.say("request"))

    def _case(self, case: CaseView) -> None:
        self.document.add_heading(_text(case.name), level=1)
        where = ", ".join(t for t in (case.file, case.where) if t)
        self.paragraph(where, quiet=True, keep=True)  # a case does not begin at the foot of a page, alone
        for finding in case.findings:
            self._finding(finding)

    def _finding(self, finding: FindingView) -> None:
        check = say(self.language, f"check.{finding.check}")
        self.document.add_heading(self.say("number", no=finding.number, check=check), level=2)
        self.paragraph(finding.message, keep=True)
        if finding.quote:
            self.paragraph(f"»{finding.quote}«" if self.language == "da" else f"“{finding.quote}”", italic=True)
        self._pairs(self._facts(finding))
        if finding.cause:
            self.labelled(self.say("cause"), finding.cause)
        if finding.reread:
            self.paragraph(say(self.language, "report.reread"), italic=True)
        if finding.consequences:
            self.labelled(self.say("follows"), self.say("follows_note"))
            for follower in finding.consequences[: MEASURES.most_followers]:
                self.document.add_paragraph(_text(follower.message), style="List Bullet")
            more = len(finding.consequences) - MEASURES.most_followers
            if more > 0:
                self.document.add_paragraph(self.say("more", count=more), style="List Bullet")
        self._picture(finding)
        self._answer()

    def _facts(self, finding: FindingView) -> list[tuple[str, str]]:
        """Figures and places, as far as the finding has them."""
        kroner = finding.kroner
        calculated = sum_text(finding.arithmetic, self.language) or ""
        shown = [
            (say(self.language, "report.stated"), finding.stated),
            (say(self.language, "report.expected"), finding.expected),
            (say(self.language, "report.difference"), finding.difference),
            (say(self.language, "column.unit"), "" if finding.check in YEAR_CHECKS else finding.unit),
            (say(self.language, "column.kroner"), signed(kroner, self.language) if kroner is not None else ""),
            (say(self.language, "column.arithmetic"), "" if calculated in finding.message else calculated),
            (self.say("place"), _place(finding.file, finding.where, finding.place.name)),
        ]
        if finding.other is not None:
            other = finding.other
            shown.append((say(self.language, "report.compared"), _place(other.file, other.text, other.name)))
        return [(name, value) for name, value in shown if value]

    def _picture(self, finding: FindingView) -> None:
        path = self.memo.pictures / f"{finding.finding_id}.png"
        if not path.is_file():
            return
        run = self.document.add_paragraph().add_run()
        picture = run.add_picture(str(path), width=Cm(MEASURES.picture))
        if picture.height > Cm(MEASURES.tallest):
            picture.width = int(picture.width * Cm(MEASURES.tallest) / picture.height)
            picture.height = Cm(MEASURES.tallest)
        described = say(self.language, "report.picture_alt", file=_text(finding.file), page=finding.place.page)
        picture._inline.docPr.set("descr", described)
        self.paragraph(self.say("picture_note"), quiet=True)

    def _answer(self) -> None:
        """Room for an answer: two boxes to tick, and a field to write in."""
        table = self.document.add_table(rows=2, cols=1)
        table.style, table.alignment = "Table Grid", WD_TABLE_ALIGNMENT.CENTER
        choices = "     ".join(f"{_BOX} {self.say(name)}" for name in ("will_mend", "is_right", "other"))
        cell = table.cell(0, 0)
        _shade(cell)
        cell.paragraphs[0].add_run(f"{self.say('answer')}   ").bold = True
        cell.paragraphs[0].add_run(choices)
        cell.paragraphs[0].paragraph_format.keep_with_next = True
        table.rows[1].height = Cm(MEASURES.answer)
        self.document.add_paragraph()

    def _foot(self) -> None:
        footer = self.document.sections[0].footer.paragraphs[0]
        run = self.memo.run
        if run is not None:
            made = say(self.language, "page.run", version=run.version, run=run.run_id, time=f"{run.made_at:%Y-%m-%d}")
            footer.add_run(f"{made}    ")
        _field(footer, "PAGE")
        footer.add_run(" / ")
        _field(footer, "NUMPAGES")
        footer.alignment = WD_ALIGN_PARAGRAPH.RIGHT
        for part in footer.runs:
            part.font.size, part.font.color.rgb = Pt(8), _QUIET

    def _pairs(self, rows: list[tuple[str, str]]) -> None:
        """Names and values beside each other, without lines."""
        table = self.document.add_table(rows=0, cols=2)
        table.autofit = False
        table.columns[0].width, table.columns[1].width = Cm(MEASURES.names), Cm(MEASURES.values)
        for name, value in rows:
            cells = table.add_row().cells
            cells[0].width, cells[1].width = Cm(MEASURES.names), Cm(MEASURES.values)
            cells[0].paragraphs[0].add_run(name).bold = True
            cells[1].paragraphs[0].add_run(_text(value))
            for cell in cells:
                cell.paragraphs[0].paragraph_format.space_after = Pt(1)
                cell.paragraphs[0].paragraph_format.keep_with_next = True
        self.document.add_paragraph().paragraph_format.space_after = Pt(0)

    def paragraph(self, text: str, *, quiet: bool = False, italic: bool = False, keep: bool = False) -> None:
        """A paragraph; `keep` holds it on the page of what follows."""
        paragraph = self.document.add_paragraph()
        run = paragraph.add_run(_text(text))
        run.italic = italic
        paragraph.paragraph_format.keep_with_next = keep
        if quiet:
            run.font.size, run.font.color.rgb = Pt(9), _QUIET

    def labelled(self, label: str, text: str) -> None:
        """A paragraph that begins with its name in bold."""
        paragraph = self.document.add_paragraph()
        paragraph.add_run(f"{label}: ").bold = True
        paragraph.add_run(_text(text))


def _place(file: str, where: str, name: str) -> str:
    return ", ".join(t for t in (name, file, where) if t)


def _text(text: str) -> str:
    """Text that Word takes as such: no control characters, and no longer than anybody reads."""
    return plain(text, MEASURES.most_text)


def _shade(cell: Any) -> None:
    shade = OxmlElement("w:shd")
    for name, value in (("val", "clear"), ("color", "auto"), ("fill", _SHADE)):
        shade.set(qn(f"w:{name}"), value)
    cell._tc.get_or_add_tcPr().append(shade)


def _field(paragraph: Any, instruction: str) -> None:
    """A field of ours: the number of the page, or of all pages."""
    for kind, text in (("begin", ""), ("", instruction), ("end", "")):
        run = paragraph.add_run()
        element = OxmlElement("w:fldChar" if kind else "w:instrText")
        if kind:
            element.set(qn("w:fldCharType"), kind)
        else:
            element.text = text
        run._r.append(element)
