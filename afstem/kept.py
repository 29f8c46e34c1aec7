"""A document as it was understood, as bytes: what processes hand over and the cache keeps.

MessagePack of the stages' own models, read back with their types: what does not fit them is an error, and nothing else
can be made of the bytes.  The printed blocks are left out: no later stage looks at them, and they would be most of it.
"""

from __future__ import annotations

from dataclasses import MISSING, Field, field, fields, make_dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, get_type_hints

import msgspec

from extract.models import Document
from normalize.models import Case, CaseFile

if TYPE_CHECKING:
    from reconcile import Outline


class NotKeptError(ValueError):
    """The bytes are none of ours, or not of this version."""


def encode(file: CaseFile) -> bytes:
    """The document without its printed blocks."""
    head = {f.name: getattr(file.document, f.name) for f in _head_fields()}
    return msgspec.msgpack.encode((head, file.cases))


def decode(data: bytes) -> CaseFile:
    """The document that `encode` made bytes of.  Raises NotKeptError for any other bytes."""
    try:
        head, cases = _decoder().decode(data)
    except (msgspec.DecodeError, ValueError, RecursionError) as error:
        raise NotKeptError(str(error)) from error
    values = {f.name: getattr(head, f.name) for f in _head_fields()}
    return CaseFile(Document(**values), cases)


def encode_outline(told: Outline) -> bytes:
    """What tells which other documents it must be checked with, as bytes: they are held for every document of a run."""
    return msgspec.msgpack.encode(told)


def decode_outline(data: bytes) -> Outline:
    """The outline that `encode_outline` made bytes of.  Raises msgspec.DecodeError for any other bytes."""
    return _outline_decoder().decode(data)


@cache
def _outline_decoder() -> msgspec.msgpack.Decoder[Outline]:
    from reconcile import Outline

    return msgspec.msgpack.Decoder(Outline)


@cache
def _head_fields() -> tuple[Field[Any], ...]:
    return tuple(f for f in fields(Document) if f.name != "blocks")


@cache
def _decoder() -> msgspec.msgpack.Decoder[Any]:
    """For a document's head, which is `Document` without its blocks, and its cases."""
    hints = get_type_hints(Document)
    needed = [(f.name, hints[f.name]) for f in _head_fields() if f.default is MISSING]
    other = [(f.name, hints[f.name], field(default=f.default)) for f in _head_fields() if f.default is not MISSING]
    head: Any = make_dataclass("Head", [*needed, *other])
    return msgspec.msgpack.Decoder(tuple[head, tuple[Case, ...]])
