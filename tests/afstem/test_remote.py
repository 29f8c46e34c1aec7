"""Inputs at URLs: S3 served by a program that the tests start, and `file://`."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from afstem.errors import UsageError
from afstem.inputs import find
from afstem.options import RunOptions
from afstem.pipeline import run_batch
from tests.afstem.sample import write_case
from tests.afstem.test_batch import relation

s3fs = pytest.importorskip("s3fs", reason="the extra [remote] is not installed")
pytest.importorskip("moto.server", reason="moto[server] is not installed")


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    """An S3 of its own; gives its endpoint."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    told = {
        "AWS_ENDPOINT_URL": f"http://127.0.0.1:{port}",
        "AWS_ACCESS_KEY_ID": "made-up",
        "AWS_SECRET_ACCESS_KEY": "made-up",
        "AWS_DEFAULT_REGION": "us-east-1",
    }
    before = {name: os.environ.get(name) for name in told}
    os.environ.update(told)
    for _ in range(300):
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                break
        time.sleep(0.1)
    yield told["AWS_ENDPOINT_URL"]
    server.kill()
    server.wait()
    for name, value in before.items():
        os.environ.pop(name) if value is None else os.environ.update({name: value})


def test_a_bucket_is_read_as_a_folder_is(s3: str, tmp_path: Path) -> None:
    for number, name in enumerate(("a.txt", "2021/b.txt", "film.mp4")):
        write_case(tmp_path / "in" / name, number=f"0{number}", total="-510")
    files = s3fs.S3FileSystem()
    files.mkdir("sager")
    files.put(str(tmp_path / "in") + "/", "sager/raw", recursive=True)
    run_batch(["s3://sager/raw"], tmp_path / "afar", RunOptions(reports=False, workers=2))
    run_batch([tmp_path / "in"], tmp_path / "here", RunOptions(reports=False, workers=2))
    afar = relation(tmp_path / "afar", "documents")
    assert afar.path.to_list() == ["2021/b.txt", "a.txt"]
    assert set(afar.source_folder) == {"s3://sager/raw"}
    for name in ("cases", "tables", "lines", "amounts", "findings"):
        assert (tmp_path / "afar" / "parquet" / f"{name}.parquet").exists()
        columns = [c for c in relation(tmp_path / "afar", name).columns if c.endswith("_id")]
        assert set(relation(tmp_path / "afar", name)[columns[0]]) == set(relation(tmp_path / "here", name)[columns[0]])
    again = run_batch(["s3://sager/raw"], tmp_path / "afar", RunOptions(reports=False, workers=2))
    assert again.read == 0


def test_a_url_with_nothing_behind_it_is_wrong_usage(s3: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="no_such_input"):
        find(["s3://sager-som-ikke-er-der/x"], tmp_path / "out")


def test_a_file_url_is_the_path_it_names(tmp_path: Path) -> None:
    path = write_case(tmp_path / "in" / "sag æ.txt")
    (found,) = find([path.as_uri()], tmp_path / "out")
    assert (found.path, found.url) == (path, "")
