"""`afstem run`: reads files, reconciles the cases, writes data and reports."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import click

from afstem.commands.base import RAW, Number, OneOf, argument, named, option, out_option, words
from afstem.errors import UsageError
from afstem.exits import Exit
from afstem.isolation.limits import DOC_TIMEOUT, GIB, Limits
from afstem.places import LOG, log_to, made
from afstem.word_lists import look_over_unless_proven

#: No budget of ours is older; a smaller number is a slip of the finger.
_FIRST_YEAR = 1970


@named("run")
@argument("inputs", nargs=-1, metavar="[INPUT]...", about="inputs")
@out_option()
@option("--reports/--no-reports", help="reports", default=True, show_default=True)
@option("--add", help="add", is_flag=True)
@option("--csv", help="csv", is_flag=True)
@option("--by-year", help="by_year", is_flag=True)
@option("--ocr", help="ocr", type=OneOf("auto", "always", "never"), default="auto", show_default=True)
@option("--workers", help="workers", metavar="N", type=Number(1))
@option("--engine", help="engine", type=OneOf("local", "dask"), default="local", show_default=True)
@option("--scheduler", help="scheduler", metavar="URL")
@option("--fail-on", help="fail_on", type=OneOf("error", "warning", "info"))
@option("--all", "everything", help="all", is_flag=True)
@option("--strict", help="strict", is_flag=True)
@option("--password", help="password", metavar="WORD")
@option("--cache/--no-cache", help="cache", default=True, show_default=True)
@option("--exclude-confidential", help="exclude_confidential", is_flag=True)
@option("--doc-timeout", help="doc_timeout", metavar="SECONDS", type=Number(1), default=DOC_TIMEOUT, show_default=True)
@option("--price-level", help="price_level", metavar="YEAR", type=Number(_FIRST_YEAR))
@option("--rates", help="rates", metavar="FILE", type=click.Path(path_type=Path))
@option("--openlineage", help="openlineage", metavar="FILE", type=click.Path(path_type=Path))
@option("--rates-as-of", "as_of", help="rates_as_of", metavar="DATE")
@option(
    "--doc-memory", help="doc_memory", metavar="GIB", type=Number(0.25, fraction=True), default=2.0, show_default=True
)
def command(
    inputs: Sequence[str],
    out: Path,
    lang: str,
    reports: bool,
    csv: bool,
    by_year: bool,
    ocr: str,
    workers: int | None,
    engine: str,
    scheduler: str | None,
    fail_on: str | None,
    everything: bool,
    strict: bool,
    password: str | None,
    cache: bool,
    exclude_confidential: bool,
    doc_timeout: float,
    doc_memory: float,
    price_level: int | None,
    rates: Path | None,
    as_of: str | None,
    add: bool,
    openlineage: Path | None,
) -> Exit:
    """Reads, checks and publishes; prints the summary."""
    look_over_unless_proven(out)
    from afstem.adding import left_out
    from afstem.exits import of_run
    from afstem.inputs import others
    from afstem.levels import wanted_level
    from afstem.lineage import tell
    from afstem.options import RunOptions
    from afstem.pipeline import run_batch
    from afstem.structure import idle
    from afstem.summary import Watch, print_summary
    from afstem.terminal import results, whoever_listens
    from extract.models import ReadOptions
    from reconcile.models import Severity

    level = wanted_level(price_level, rates, as_of)
    if level is not None and level.rates.file.made_up:
        click.echo(words("run.made_up", path=str(rates)), err=True)
    lost = left_out(inputs or [RAW], out, add=add)
    if lost is not None:
        click.echo(words("run.replaces", path=str(out), count=lost[0], names=lost[1]), err=True)
    log_to(made(out))
    limits = Limits(doc_timeout, round(doc_memory * GIB))
    options = RunOptions(lang, reports, ReadOptions(ocr, password), workers, limits, cache, level, csv)
    if engine == "dask" and scheduler is None:
        raise UsageError("no_scheduler")
    cluster = scheduler if engine == "dask" else None
    options = replace(options, exclude_confidential=exclude_confidential, scheduler=cluster, add=add, by_year=by_year)
    began = datetime.now(UTC)
    try:
        with Watch(lang) as watch:
            result = run_batch(inputs or [RAW], out, options, watch.progress)
    except KeyboardInterrupt:
        click.echo(words("usage.interrupted"), err=True)
        raise
    if openlineage is not None:
        tell(out, began, openlineage)
    with whoever_listens():
        unread = others(inputs or [RAW], out)
        print_summary(result, results(), lang, reports=reports, log=out / LOG, everything=everything, others=unread)
    for word in idle(out, lang):
        click.echo(words("run.idle_word", word=word), err=True)
    return of_run(result, None if fail_on is None else Severity(fail_on), strict)
