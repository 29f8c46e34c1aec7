"""Test documents by another hand: families of papers as data, typeset and dumped by real tools, with their truth.

Nothing here was written with the readers' code at hand. `families/README.md` says what a family holds, `__main__.py`
the commands.
"""
