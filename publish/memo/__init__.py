"""Memos to those who wrote the cases: what does not agree, in plain words, with the place and room for an answer.

In: the relations of a run, its decisions and pictures.  Out: a Word document for each administration or each case.
What an auditor dismissed, or put right at the source, is left out, and so are mere remarks.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import replace
from enum import StrEnum
from pathlib import Path
from typing import Any

from extract.records import record
from publish.covering import nameless
from publish.memo.document import write_memo
from publish.memo.model import Memo
from publish.pictures import FOLDER as PICTURES
from publish.plain import cut_bytes
from publish.review.decisions import Choice, Decision, decided
from publish.run import remembered
from publish.store import replacing
from publish.texts import say
from publish.view import CaseView, FindingView, view

__all__ = ["FOLDER", "Choose", "Per", "memos"]

FOLDER = "memo"
_SETTLED = (Choice.DISMISSED, Choice.MENDED)
_ASKED_ABOUT = ("error", "warning")
_LONGEST_NAME = 120  # bytes of a file's name


class Per(StrEnum):
    """What a memo is about."""

    ADMINISTRATION = "administration"
    CASE = "case"


@record
class Choose:
    """Which memos to write: all cases, or those of a code or of administrations whose name holds these words."""

    per: Per = Per.ADMINISTRATION
    case: str | None = None
    administration: str | None = None


def memos(relations: Mapping[str, Any], out: Path, language: str, choose: Choose | None = None) -> list[Path]:
    """Writes `out/memo/*.docx` and returns their paths; none where nothing is left to ask about.

    `relations` are Arrow tables; pictures are those that lie in `out/evidence`.  A memo of an earlier call with the
    same name is replaced, others stay.
    """
    choose = choose or Choose()
    decisions = decided(out)
    report = view(nameless(relations), language)
    cases = [_open(case, decisions) for case in report.cases if _chosen(case, choose)]
    run = remembered(out)
    written: dict[Path, None] = {}
    for name, about in _grouped([c for c in cases if c.findings], choose, language):
        proposing = dict.fromkeys(a for case in about for a in case.row.get("administrations") or ())
        to = ", ".join(proposing) if choose.per is Per.CASE else name if name in proposing else ""
        memo = Memo(to, tuple(about), language, run, out / PICTURES)
        target = _free(out / FOLDER / f"{_slug(name)}.docx", written)
        with replacing(target) as path:
            write_memo(memo, path)
        written[target] = None
    return list(written)


def _open(case: CaseView, decisions: Mapping[str, Decision]) -> CaseView:
    """The case with the findings that its writers are to look at."""
    left = tuple(f for f in case.findings if f.severity in _ASKED_ABOUT and not _settled(f, decisions))
    return replace(case, findings=left)


def _settled(finding: FindingView, decisions: Mapping[str, Decision]) -> bool:
    made = decisions.get(finding.finding_id)
    return made is not None and made.decision in _SETTLED and made.holds_for(finding.raw)


def _chosen(case: CaseView, choose: Choose) -> bool:
    if choose.case is not None and _folded(case.row.get("code") or "") != _folded(choose.case):
        return False
    wanted = choose.administration
    names = case.row.get("administrations") or ()
    return wanted is None or any(wanted.casefold() in name.casefold() for name in names)


def _folded(code: str) -> str:
    return "".join(code.split()).casefold()


def _grouped(cases: Iterable[CaseView], choose: Choose, language: str) -> list[tuple[str, list[CaseView]]]:
    """The cases of each memo, by its name.  A case that two administrations put forward is in the memos of both."""
    if choose.per is Per.CASE:
        return [(case.name, [case]) for case in cases]
    groups: dict[str, list[CaseView]] = {}
    wanted = (choose.administration or "").casefold()
    for case in cases:
        names = case.row.get("administrations") or [say(language, "page.no_administration")]
        for name in names:
            if wanted in name.casefold():
                groups.setdefault(name, []).append(case)
    return sorted(groups.items())


def _slug(name: str) -> str:
    """A name for a file on any system: letters, digits and hyphens."""
    plain = unicodedata.normalize("NFC", name.casefold())
    safe = re.sub(r"[^\w]+", "-", plain, flags=re.UNICODE).strip("-_")
    return cut_bytes(safe, _LONGEST_NAME) or "memo"


def _free(target: Path, taken: Mapping[Path, None]) -> Path:
    """The path, or one with a number where two memos of a call would have the same."""
    at, number = target, 2
    while at in taken:
        at = target.with_stem(f"{target.stem}-{number}")
        number += 1
    return at
