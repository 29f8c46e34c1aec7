"""Errors that people make in spreadsheets and in the sentences beside them, planted one to a paper.

`plant.py` has what a slip is and how one is chosen, `sums.py`, `columns.py` and `links.py` the slips, `measure.py` the
score.
Written from `docs/checks.md` and from what goes wrong in spreadsheets, without the checks' code.
"""
