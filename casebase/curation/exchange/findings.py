"""What is wrong with an imported workbook: a check finding with its sheet, cell and record."""

from __future__ import annotations

from dataclasses import dataclass

from openpyxl.utils import get_column_letter

from casebase.model import Severity


@dataclass(frozen=True)
class Place:
    """Where in the workbook; everything empty or 0 where the whole file is meant.

    Args:
        row, column: 1-based; 0 where the whole sheet or row is meant.
        record: the 编号 the row belongs to.
        heading: the heading of the column.
    """

    sheet: str = ""
    row: int = 0
    column: int = 0
    record: str = ""
    heading: str = ""

    @property
    def cell(self) -> str:
        """``C5``, or ``5`` for a whole row; empty for a whole sheet."""
        return (get_column_letter(self.column) if self.column else "") + (
            str(self.row) if self.row else ""
        )

    @property
    def words(self) -> str:
        """Sheet, cell, record and column for people to read."""
        cell = self.cell if self.column else (f"第 {self.row} 行" if self.row else "")
        start = "!".join(part for part in (self.sheet, cell) if part)
        return " ".join(part for part in (start, self.record, self.heading) if part)


@dataclass(frozen=True)
class CellFinding:
    """One thing that is wrong with the workbook, and how to mend it."""

    place: Place
    code: str
    severity: Severity
    message: str
    fix: str

    def as_json(self, file: str) -> dict[str, str | int]:
        """The object of the ``check --json`` contract, with sheet, cell and record added."""
        return {
            "code": self.code,
            "severity": self.severity.value,
            "file": file,
            "line": self.place.row,
            "path": self.place.words,
            "message": self.message,
            "fix": self.fix,
            "sheet": self.place.sheet,
            "cell": self.place.cell,
            "record": self.place.record,
        }


def error(place: Place, code: str, message: str, fix: str) -> CellFinding:
    """A finding that stops the import."""
    return CellFinding(place, code, Severity.ERROR, message, fix)


def note(place: Place, code: str, message: str, fix: str) -> CellFinding:
    """A hint that stops nothing."""
    return CellFinding(place, code, Severity.INFO, message, fix)


class RefusedError(Exception):
    """A file that is not taken in at all; carries the one finding that says why."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.finding = error(Place(), code, message, fix)
