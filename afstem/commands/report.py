"""`afstem report`: the reports again, from the relations of an earlier run."""

from __future__ import annotations

from pathlib import Path

from afstem.commands.base import named, option, out_option
from afstem.errors import UsageError


@named("report")
@out_option()
@option("--csv", help="csv", is_flag=True)
def command(out: Path, lang: str, csv: bool) -> None:
    """Writes the reports in the chosen language."""
    if not (out / "parquet").is_dir():
        raise UsageError("no_run", path=str(out))
    import publish
    from afstem.places import in_our_words, owned
    from afstem.structure import said
    from afstem.summary import report_names, written
    from afstem.terminal import results

    with in_our_words(out), owned(out):
        said(out)
        publish.report(out, lang, csv=csv)
    results().print(written(out, report_names(out), lang), markup=False, soft_wrap=True)
