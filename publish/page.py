"""The report as one self-contained HTML page: nothing comes from elsewhere, and it can be read without JavaScript."""

from __future__ import annotations

from base64 import b64encode
from collections.abc import Mapping
from functools import cache, partial
from hashlib import sha256
from importlib.resources import files
from pathlib import Path

from jinja2 import Environment, PackageLoader, StrictUndefined, Template
from markupsafe import Markup

from publish.store import replacing
from publish.texts import number, say
from publish.view import SEVERITIES, Report

_CASES_WITHOUT_FOLD = 40  # a longer list is folded, so that the findings stay near the top


@cache
def _template() -> Template:
    environment = Environment(
        loader=PackageLoader("publish", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    return environment.get_template("report.html.j2")


@cache
def _asset(name: str) -> str:
    return (files("publish") / "templates" / name).read_text(encoding="utf-8")


def write_page(report: Report, pictures: Mapping[str, tuple[Path, int]], left_out: int, target: Path) -> None:
    """The page at `target`.

    `pictures` are PNG files and the numbers of their pages by finding_id; for `left_out` more there was no room.
    """
    style, script = _asset("report.css"), _asset("report.js")
    html = _template().render(
        report=report,
        lang=report.language,
        say=partial(say, report.language),
        number=partial(number, language=report.language),
        severities=SEVERITIES,
        fold=len(report.cases) > _CASES_WITHOUT_FOLD,
        pictures={finding_id: _data_uri(path) for finding_id, (path, _) in pictures.items()},
        picture_pages={finding_id: page for finding_id, (_, page) in pictures.items()},
        left_out=left_out,
        style=Markup(style),
        script=Markup(script),
        policy=f"default-src 'none'; img-src data:; style-src '{_digest(style)}'; script-src '{_digest(script)}'",
    )
    with replacing(target) as path:
        path.write_text(html.lstrip(), encoding="utf-8")


def _data_uri(picture: Path) -> str:
    return "data:image/png;base64," + b64encode(picture.read_bytes()).decode("ascii")


def _digest(text: str) -> str:
    """The hash by which the page's own policy lets exactly this style or script through, and no other."""
    return "sha256-" + b64encode(sha256(text.encode()).digest()).decode("ascii")
