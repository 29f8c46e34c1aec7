"""What parent and child say to each other: messages in frames over two pipes.

A frame is its length in four bytes and a MessagePack value of a known type.  Nothing that comes from a child can make
the parent run or build anything but these messages.
"""

from __future__ import annotations

import struct
from typing import BinaryIO

import msgspec

_LENGTH = struct.Struct(">I")
#: Bytes; what is longer is no message of ours.
LONGEST = 1 << 30


class Setup(msgspec.Struct, tag=True):
    """First to a child: the bytes it may take, and the modules that its work needs, loaded before it is ready."""

    memory: int
    modules: tuple[str, ...]


class Work(msgspec.Struct, tag=True):
    """To a child: call `function` ("module:name") with `payload`; pages are to be read in `soft` seconds."""

    function: str
    payload: bytes
    soft: float
    page_adds: float
    ocr_adds: float


class Ready(msgspec.Struct, tag=True):
    """From a child: it is up."""


class Begun(msgspec.Struct, tag=True):
    """From a child: it has taken up its work."""


class At(msgspec.Struct, tag=True):
    """From a child: the step and page it is at."""

    step: str
    page: int


class Fault(msgspec.Struct, tag=True):
    """From a child: our program failed on a page, which it leaves out."""

    page: int
    trace: str


class Done(msgspec.Struct, tag=True):
    """From a child: what the function returned."""

    result: bytes


class Failed(msgspec.Struct, tag=True):
    """From a child: what the function raised; `memory` where memory ran out."""

    memory: bool
    error: str
    trace: str


ToChild = Setup | Work
FromChild = Ready | Begun | At | Fault | Done | Failed

_encoder = msgspec.msgpack.Encoder()
to_child: msgspec.msgpack.Decoder[ToChild] = msgspec.msgpack.Decoder(ToChild)
from_child: msgspec.msgpack.Decoder[FromChild] = msgspec.msgpack.Decoder(FromChild)


def send(stream: BinaryIO, message: ToChild | FromChild) -> None:
    """Writes a message.  Raises OSError where nobody reads any more."""
    data = _encoder.encode(message)
    stream.write(_LENGTH.pack(len(data)) + data)
    stream.flush()


def receive(stream: BinaryIO) -> bytes | None:
    """The next frame, None where the other side is gone or talks nonsense."""
    head = stream.read(_LENGTH.size)
    if len(head) < _LENGTH.size:
        return None
    (length,) = _LENGTH.unpack(head)
    if length > LONGEST:
        return None
    data = stream.read(length)
    return data if len(data) == length else None
