"""What the tests let the processes do: the ways in which reading a document can end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from typing import Any

import msgspec

from afstem import reading
from extract.pace import watch


def echo(payload: bytes) -> bytes:
    return payload[::-1]


def hang(payload: bytes) -> bytes:
    """Stays on page 2, and starts a process that does too."""
    subprocess.Popen([sys.executable, "-c", f"import time; time.sleep(60)  # {payload.decode()}"])
    watch().at("page", 1)
    watch().at("page", 2)
    while True:
        time.sleep(0.01)


def pages(payload: bytes) -> bytes:
    """Ten pages of a tenth of a second."""
    for page in range(1, 11):
        watch().at("page", page)
        time.sleep(0.1)
    return b"read"


def hoard(payload: bytes) -> bytes:
    watch().at("tables", 3)
    held = []
    while True:
        held.append(bytearray(os.urandom(1) * 20_000_000))
        time.sleep(0.001)


def die(payload: bytes) -> bytes:
    watch().at("page", 7)
    os.kill(os.getpid(), 9)
    return b""


def fail(payload: bytes) -> bytes:
    raise ZeroDivisionError("a stage divides by nothing")


def noisy(payload: bytes) -> bytes:
    """Prints where the messages go."""
    sys.stdout.write("a library has something to say\n")
    sys.stdout.flush()
    os.write(1, b"so has its C code\n")
    sys.stderr.write("and more\n")
    return b"quiet"


def temporary(payload: bytes) -> bytes:
    import tempfile

    with tempfile.NamedTemporaryFile(delete=False) as left:
        return left.name.encode()


def whoami(payload: bytes) -> bytes:
    return str(os.getpid()).encode()


def read_with_faults(payload: bytes) -> bytes:
    """Reads, but for files whose names say what goes wrong."""
    task = msgspec.msgpack.decode(payload, type=reading.Task)
    if task.name.startswith("bad"):
        fail(payload)
    if task.name.startswith("deadly"):
        die(payload)
    if task.name.startswith("hanging"):
        hang(b"document")
    if task.name.startswith("changing"):
        with open(os.fsdecode(task.path), "ab") as stream:
            stream.write(b" ")
    return reading.job(payload)


def read_hanging_on_page_two(payload: bytes) -> bytes:
    """Reads a document whose second page never ends."""
    from extract import paged

    whole = paged.read_page

    def read_page(page: Any, number: int, untold: Any) -> Any:
        while number == 2:
            time.sleep(0.01)
        return whole(page, number, untold)

    paged.read_page = read_page
    return reading.job(payload)


def read_there_or_die(payload: tuple[str, str, str, str], told: bytes) -> bytes:
    """Reads on a worker, but for a document that takes the worker down."""
    from afstem import cluster

    if payload[1].startswith("deadly"):
        os.kill(os.getpid(), 9)
    return cluster.read_there(payload, told)
