"""The codes of a list that a dump printed before the names: "TM1 Lys på stier" under "Nr. Forslag".

In the document they stand in a column of their own, and are the rows' labels there; so they are in a dump of it.
"""

from __future__ import annotations

from collections.abc import Sequence

from lexicon.codes import code_and_name
from lexicon.lines import closes, heads_codes

_LEAST = 2  # rows with a code
_MOST_WITHOUT = 0.2  # share of the rows with figures, sums not counted, that may have none


def lists_codes(header: str, labels: Sequence[str]) -> bool:
    """Whether the labels of rows with figures begin with the codes of a column that the header over them names."""
    if not heads_codes(header):
        return False
    coded = [label for label in labels if code_and_name(label) is not None]
    without = sum(not closes(label) for label in labels if label not in coded)
    return len(coded) >= _LEAST and without <= _MOST_WITHOUT * (len(coded) + without)
