"""The report as one HTML page that needs no network; only its pictures lie beside it where they are many."""

from __future__ import annotations

import json
from base64 import b64encode
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from extract.records import record
from publish.flow import Flow
from publish.payload import payload
from publish.pictures import FOLDER
from publish.plain import plain
from publish.review.decisions import Decision
from publish.review.history import Changes
from publish.review.reach import Said
from publish.review.words import scope, sentence
from publish.run import Run, time_text
from publish.texts import number, say
from publish.view import SEVERITIES, Report, unplaced

STATUSES = ("open", "confirmed", "dismissed", "mended")
TAGS = ("new", "changed")
_CASES_WITHOUT_FOLD = 40  # a longer list is folded
_FILES_SHOWN = 10  # of those with figures that were not placed
_GONE_SHOWN = 500  # findings that are no longer there
_MOST_INSIDE = 40  # so many pictures are held by the page itself …
_MOST_BYTES_INSIDE = 3_000_000  # … if they are no larger than this together; otherwise they lie beside it
_SCRIPTS = ("dom", "review", "list", "details", "plots", "tables", "start")


@record
class _Bar:
    """A row of an overview: its name, by what it is chosen in the list, and its counts."""

    name: str
    key: str
    counts: Mapping[str, int]
    total: int
    consequences: int = 0


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_shown,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


@cache
def _asset(name: str) -> str:
    return files("publish").joinpath("templates", *name.split("/")).read_text(encoding="utf-8")


@cache
def _script() -> str:
    parts = "\n".join(_asset(f"script/{name}.js") for name in _SCRIPTS)
    return f'"use strict";\n(() => {{\n{parts}}})();\n'


@record
class Contents:
    """What the page shows.

    `pictures` are the pages of the pictures in `out/evidence`, by finding_id; `copies` the annotated copies of PDFs,
    by document_id.  `structure` are the auditors' words on it.  With the `token` of a server that
    takes decisions, sources and pictures come from that server, and nothing else does.
    """

    report: Report
    run: Run
    flows: Mapping[str, Flow]
    pictures: Mapping[str, int]
    decisions: Mapping[str, Decision]
    changes: Changes
    out: Path
    copies: Mapping[str, str]
    structure: Sequence[Said] = ()
    token: str = ""


def page(contents: Contents) -> str:
    """The page as HTML."""
    report, run = contents.report, contents.run
    language = report.language
    addresses, inside = _addresses(contents)
    data = payload(contents, addresses)
    style, script = _asset("report.css"), _script()
    by_file = sorted(_unplaced(report), key=lambda named: -named[1])
    counted = all(d["unplaced_figures"] is not None for d in report.documents if d["status"] == "imported")
    numbered = sorted({f["place"][0] for f in data["findings"]})
    html = _template().render(
        report=report,
        run=run,
        made_at=time_text(run.made_at, language),
        lang=language,
        say=partial(say, language),
        number=partial(number, language=language),
        severities=SEVERITIES,
        statuses=STATUSES,
        tags=TAGS,
        fold=len(report.cases) > _CASES_WITHOUT_FOLD,
        by_check=[
            _Bar(say(language, f"check.{c.check}"), c.check, c.counts, sum(c.counts.values()), c.consequences)
            for c in report.checks
        ],
        by_administration=_by_administration(report),
        unplaced=by_file[:_FILES_SHOWN],
        not_placed=say(
            language, "page.unplaced_figures" if counted else "page.unplaced", count=report.totals["unplaced"]
        ),
        unplaced_left=len(by_file[_FILES_SHOWN:]),
        files=[(k, data["files"][k]["name"]) for k in numbered if k >= 0],
        changes=contents.changes,
        decisions=contents.decisions,
        most_gone=_GONE_SHOWN,
        structure=[(said, sentence(said.word, language), scope(said.word, language)) for said in contents.structure],
        served=bool(contents.token),
        since=time_text(contents.changes.since, language) if contents.changes.since else "",
        data=Markup(_embedded(data)),
        style=Markup(style),
        script=Markup(script),
        policy=_policy(style, script, inside=inside, served=bool(contents.token)),
    )
    return html.lstrip()


def served_policy() -> str:
    """The policy of a served page, as its server states it too."""
    return _policy(_asset("report.css"), _script(), inside=False, served=True) + "; frame-ancestors 'none'"


def _policy(style: str, script: str, *, inside: bool, served: bool) -> str:
    images = "data: 'self'" if served else "data:" if inside else "data: file: 'self'"
    connect = "connect-src 'self'; " if served else ""
    return (
        f"default-src 'none'; base-uri 'none'; form-action 'none'; img-src {images}; {connect}"
        f"style-src '{_digest(style)}'; script-src '{_digest(script)}'"
    )


def _by_administration(report: Report) -> list[_Bar]:
    """The causes by the administrations of their cases; a case of two counts under both."""
    counts: dict[str, Counter[str]] = {}
    for case in report.cases:
        for name in case.row.get("administrations") or ("",):
            if case.findings:
                counts.setdefault(name, Counter()).update(case.counts)
    bars = [
        _Bar(
            name or say(report.language, "page.no_administration"),
            name,
            dict.fromkeys(SEVERITIES, 0) | found,
            found.total(),
        )
        for name, found in counts.items()
    ]
    return sorted(bars, key=lambda bar: (-bar.total, bar.name))


def _unplaced(report: Report) -> Iterable[tuple[str, int]]:
    return ((d["file_name"], unplaced(d)) for d in report.documents if unplaced(d))


def _addresses(contents: Contents) -> tuple[dict[str, str], bool]:
    """The address of every picture, and whether they are all held by the page."""
    paths = {finding_id: contents.out / FOLDER / f"{finding_id}.png" for finding_id in contents.pictures}
    few = len(paths) <= _MOST_INSIDE and sum(path.stat().st_size for path in paths.values()) <= _MOST_BYTES_INSIDE
    if few and not contents.token:
        return {finding_id: _data_uri(path) for finding_id, path in paths.items()}, True
    return {finding_id: f"{FOLDER}/{path.name}" for finding_id, path in paths.items()}, False


def _embedded(data: Mapping[str, Any]) -> str:
    """JSON that no markup in it can end."""
    text = json.dumps(_harmless(data), ensure_ascii=False, separators=(",", ":"))
    return text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e")


def _data_uri(picture: Path) -> str:
    return "data:image/png;base64," + b64encode(picture.read_bytes()).decode("ascii")


def _digest(text: str) -> str:
    """The hash by which the page's own policy lets exactly this style or script through, and no other."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")


def _harmless(value: Any) -> Any:
    """The same JSON value with texts in which nothing turns or steers (`publish.plain`)."""
    match value:
        case str():
            return plain(value)
        case dict():
            return {key: _harmless(inner) for key, inner in value.items()}
        case list() | tuple():
            return [_harmless(inner) for inner in value]
    return value


def _shown(value: Any) -> Any:
    """Likewise for what the template shows; what is markup of our own stays so."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
