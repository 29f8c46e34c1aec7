"""What a run did and how fast, a line of JSON each, in `afstem.run.jsonl`: for those who watch over a night's batch."""

from __future__ import annotations

import json
import time
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Self, TextIO

from extract.models import Document
from lexicon.cpr import masked_name
from publish.plain import escaped

RUN_LOG = "afstem.run.jsonl"


class RunLog:
    """The log of one run, written anew and line by line, so that it can be followed while the run goes on.

    Every line has `time` (UTC) and `event`: `phase` (with how many are to be done), `document` (how one ended, with
    `done`, `of`, `per_second` and `eta_seconds` of the phase), `end` (the counts).
    """

    def __init__(self, out: Path) -> None:
        self._path = out / RUN_LOG
        self._stream: TextIO | None = None
        self._since = time.monotonic()
        self._started = self._since
        self._done = self._of = 0

    def __enter__(self) -> Self:
        self._stream = self._path.open("w", encoding="utf-8")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._stream is not None:
            try:
                if kind is not None:
                    self._line("broken", error=kind.__name__)
            finally:
                self._stream.close()

    def phase(self, name: str, of: int = 0, workers: int = 0) -> None:
        """A part of the run begins: `known`, `read`, `check`, `publish`."""
        self._since, self._done, self._of = time.monotonic(), 0, of
        more = {"of": of} if of else {}
        self._line("phase", phase=name, **more, **({"workers": workers} if workers else {}))

    def document(self, document: Document, seconds: float = 0.0, attempts: float = 0) -> None:
        """A document has ended."""
        self._done += 1
        passed = time.monotonic() - self._since
        rate = self._done / passed if passed > 0 else 0.0
        self._line(
            "document",
            file=masked_name(document.file_name),
            document_id=document.document_id,
            status=str(document.status),
            reason=document.reason.code if document.reason else None,
            pages=document.pages,
            partial_pages=list(document.partial_pages),
            seconds=round(seconds, 3),
            attempts=int(attempts),
            done=self._done,
            of=self._of,
            per_second=round(rate, 2),
            eta_seconds=round((self._of - self._done) / rate, 1) if rate else None,
        )

    def end(self, imported: int, quarantined: int, duplicates: int, findings: int) -> None:
        """The run is done."""
        self._line(
            "end",
            imported=imported,
            quarantined=quarantined,
            duplicates=duplicates,
            findings=findings,
            seconds=round(time.monotonic() - self._started, 3),
        )

    def _line(self, event: str, **values: Any) -> None:
        assert self._stream is not None, "the log is written inside its `with`"
        line = {"time": datetime.now(UTC).isoformat(timespec="milliseconds"), "event": event, **values}
        self._stream.write(escaped(json.dumps(line, ensure_ascii=False)) + "\n")
        self._stream.flush()
