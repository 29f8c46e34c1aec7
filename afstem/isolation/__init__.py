"""Work in processes of its own, under limits that the parent enforces.

In: jobs, each a function by name and the bytes it is to work on.  Out: for each the bytes that it returned, or how it
ended without: over its time, over its memory, crashed.  Whatever a document makes a library do (hang in C, take all
memory, die), it costs one process, which is replaced; the batch goes on.  Nothing here knows what the jobs are about.
"""

from __future__ import annotations

from afstem.isolation.here import Here
from afstem.isolation.limits import Limits
from afstem.isolation.pool import Ended, Job, Outcome, Pool

__all__ = ["Ended", "Here", "Job", "Limits", "Outcome", "Pool"]
