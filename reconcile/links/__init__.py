"""Which lines of two tables, or which cases of two documents, are the same."""
