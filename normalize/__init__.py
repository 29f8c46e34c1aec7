"""What it means: a printed document in, its business cases out.

In: `extract.models.Document` (blocks of print with their places).  Out: `normalize.models.CaseFile`: cases with
metadata, headings, tables in one schema (years, units, price levels, signs, sums), statements of the prose and stable
ids.  Nothing here reads a file, and nothing here says whether figures agree.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from normalize.second import doubtful_places, with_second_opinion
    from normalize.understanding import understand
    from normalize.vocabulary.schema import check as check_vocabulary

__all__ = ["check_vocabulary", "doubtful_places", "understand", "with_second_opinion"]


def __getattr__(name: str) -> Any:
    # Loaded when asked for: who only takes the models, as every later stage does, waits for no grammar to be compiled.
    if name == "check_vocabulary":
        from normalize.vocabulary import schema

        return schema.check
    if name in __all__:
        from normalize import understanding

        return getattr(understanding, name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
