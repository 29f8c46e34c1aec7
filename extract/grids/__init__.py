"""The tables of a page: regions, columns, rows, header, and what goes on overleaf.

In: a `Page` and its visual lines, whatever they were read from.  Out: `RawTable`s and the lines outside them.
"""

from extract.grids.tables import PageTables, page_tables

__all__ = ["PageTables", "page_tables"]
