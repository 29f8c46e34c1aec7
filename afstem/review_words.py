"""What an auditor says of structure on the page, in the names that the document prints."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from publish.grid import Grid
from publish.review.structure import NoError, Same, Total, case_names
from publish.view import CaseView, FindingView, Report


class Words:
    """Makes words of what the page sends about a finding (a row of the relation): rows are said by their numbers."""

    def __init__(self, report: Report, finding: Mapping[str, Any]) -> None:
        self.report, self.finding = report, finding
        found = ((c, f) for c in report.cases for f in c.findings if f.finding_id == finding["finding_id"])
        self.case: CaseView
        self.shown: FindingView
        self.case, self.shown = next(found)

    def word(self, said: Mapping[str, Any]) -> Total | Same | NoError:
        """The word.  Raises ValueError, LookupError or TypeError where it is none."""
        note, who = str(said.get("note", "")), str(said.get("who", ""))
        match said["kind"]:
            case "no_error":
                return NoError(
                    check=self.finding["check"], table=self._template(), row=self.shown.line, note=note, who=who
                )
            case "total":
                grid = self._grid(said["table"])
                row, parts = self._labels(grid, [said["row"], *said["parts"]])
                if not parts:
                    raise ValueError("a total has parts")
                return Total(case=self._case(), table=grid.caption, row=row, parts=tuple(parts), note=note, who=who)
            case "same":
                grid, other = self._grid(said["table"]), self._grid(said["other_table"])
                (row, _), (other_row, _) = self._labels(grid, [said["row"]]), self._labels(other, [said["other_row"]])
                return Same(
                    case=self._case(),
                    table=grid.caption,
                    row=row,
                    other_table=other.caption,
                    other_row=other_row,
                    note=note,
                    who=who,
                )
        raise ValueError("no such word")

    def _case(self) -> str:
        """The name of the case as it is printed: that which the report shows may say more, that it is confidential."""
        names = case_names(self.case.row.get("code"), self.case.row.get("title"))
        return names[-1] or self.case.name

    def _template(self) -> str:
        """The name that the table has in every case of the template: its title, without the number."""
        at = self.shown.marks[0].table_id if self.shown.marks else ""
        caption = self.report.grids[at].caption if at else ""
        return caption.partition(" – ")[2] or caption

    def _grid(self, table_id: Any) -> Grid:
        if table_id not in {m.table_id for m in self.shown.marks}:
            raise ValueError("not a table of this finding")
        return self.report.grids[table_id]

    def _labels(self, grid: Grid, rows: Sequence[Any]) -> tuple[str, list[str]]:
        """The labels of these rows, the first apart."""
        if not all(isinstance(k, int) and 0 <= k < len(grid.rows) and not grid.rows[k].left_out for k in rows):
            raise ValueError("no such row")
        first, *rest = (grid.rows[k].label for k in rows)
        return first, rest
