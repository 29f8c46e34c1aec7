"""Afstem: reads the business cases of municipalities and finds what does not agree.

The command line and the batch; they call the four stages and nothing calls them.  A notebook needs four names:

    file = afstem.read("case.pdf")            # one document: its cases, tables and statements
    findings = afstem.check([file])           # what does not agree
    result = afstem.run(["cases/"], "out")    # a whole folder, with relations and reports left in out/
    frames = afstem.frames("out")             # its relations as data frames

The readers behind them load on first use, so that `afstem --help` need not wait for them.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import pandas as pd

    from afstem.options import RunOptions
    from afstem.pipeline import RunResult
    from extract.models import ReadOptions
    from normalize.models import CaseFile
    from reconcile.models import Finding

__all__ = ["__version__", "check", "frames", "read", "run"]


def __getattr__(name: str) -> Any:
    if name == "__version__":
        from importlib.metadata import version

        return version("afstem")
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def read(path: Path | str, options: ReadOptions | None = None) -> CaseFile:
    """One document, read and understood (see `afstem.reading.read`)."""
    from afstem import reading

    return reading.read(path, options)


def check(files: Sequence[CaseFile]) -> list[Finding]:
    """Every discrepancy in and between the cases of `files`, causes before their consequences."""
    import reconcile

    return reconcile.check(files)


def run(inputs: Iterable[Path | str], out: Path | str, options: RunOptions | None = None) -> RunResult:
    """Reads files and folders and leaves the relations and reports in the folder `out` (see `afstem.pipeline`)."""
    from afstem import pipeline

    return pipeline.run_batch([Path(i) for i in inputs], Path(out), options)


def frames(out: Path | str) -> dict[str, pd.DataFrame]:
    """The relations that a run left in the folder `out`, by name; decimals stay decimals, whole numbers may be missing.

    Raises FileNotFoundError where no run has left any.
    """
    import pandas as pd

    files = sorted((Path(out) / "parquet").glob("*.parquet"))
    if not files:
        raise FileNotFoundError(f"no relations in {out}; first: afstem run … --out {out}")
    return {file.stem: pd.read_parquet(file, dtype_backend="pyarrow") for file in files}
