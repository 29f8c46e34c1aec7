"""The words for what other stages name by a code: findings, their causes, and why a document was not read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from extract.models import Reason
from publish.texts import Param, has, number, say
from reconcile.models import Check, Finding

#: Checks whose stated and expected figures are years, which take no thousands separator and no difference.
YEAR_CHECKS = frozenset({Check.PRICE_LEVEL, Check.YEAR_HEADER, Check.TEXT_YEAR})
#: Checks of running text: what they state stands in a sentence, not in the table.
PROSE_CHECKS = frozenset({Check.TEXT_AMOUNT, Check.TEXT_YEAR, Check.TEXT_FTE})
#: Parameters that are codes themselves, with words in the section of that name.
_CODES = ("variant", "check", "rule")


def finding_text(finding: Finding, language: str) -> str:
    """The finding in one or two sentences.

    A message code that the catalogue lacks, or that came without a parameter it needs, falls back on the general text
    of its check, so that no finding is lost for want of words.
    """
    params = _worded(finding.params, language)
    if params.get("stated") == "":
        params["stated"] = say(language, "place.nothing")
    if "arithmetic" in params:
        params["arithmetic"] = _written_out(finding.arithmetic, language)
    code = f"finding.{finding.message}"
    if has(code, params):
        said = say(language, code, **params)
        return said[:1].upper() + said[1:]
    text = say(language, f"check.{finding.check}")
    if finding.stated is None or finding.expected is None:
        return text
    years = finding.check in YEAR_CHECKS
    stated, expected = (str(v) if years else number(v, language) for v in (finding.stated, finding.expected))
    return say(language, "finding.general", check=text, stated=stated, expected=expected)


def cause_text(finding: Finding, language: str) -> str | None:
    """The likely cause in a sentence, None where there is none."""
    if finding.cause is None:
        return None
    params = _worded(finding.cause_params, language)
    code = f"cause.{finding.cause}"
    return say(language, code, **params) if has(code, params) else say(language, "cause.other", cause=finding.cause)


def reason_text(reason: Reason, language: str) -> str:
    """What is wrong with an input, and what to do about it."""
    params: dict[str, Param] = {name: int(v) if name == "count" else v for name, v in reason.params}
    special = f"{reason.code}_{params.get('format')}"  # "unsupported_no_letters" says more than "unsupported"
    name = special if has(f"reason.{special}") else reason.code
    code, advice = f"reason.{name}", f"advice.{name}"
    if not has(code, params):
        return say(language, "reason.other", code=reason.code, details=_listed(params))
    return say(language, code, **params) + (" " + say(language, advice, **params) if has(advice, params) else "")


def _worded(params: Iterable[tuple[str, str | int | Decimal]], language: str) -> dict[str, Param]:
    """The parameters by name, those that are codes put into words."""
    named: dict[str, Param] = {name: _placed(value, language) for name, value in params}
    for name in _CODES:
        code = f"{name}.{named.get(name)}"
        if has(code):
            named[name] = say(language, code)
    return named


def _written_out(arithmetic: Iterable[str | Decimal], language: str) -> str:
    """A sum with its figures as the language writes them."""
    return " ".join(number(x, language) if isinstance(x, Decimal) else x for x in arithmetic)


def _placed(value: Param, language: str) -> Param:
    """A table that has no caption, named by its place ("@page 3"); everything else as it is."""
    if not isinstance(value, str) or not value.startswith("@"):
        return value
    what, _, at = value[1:].partition(" ")
    code = {"page": "place.table_on_page", "line": "place.table_at_line"}.get(what)
    return say(language, code, **{what: at}) if code is not None else value


def _listed(params: Mapping[str, Param]) -> str:
    shown: Sequence[str] = [f"{name} {value}" for name, value in params.items()]
    return f" ({', '.join(shown)})" if shown else ""
