"""The workbook handed back with its findings: coloured cells, comments and a column 检查结果."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

from openpyxl.cell.cell import Cell
from openpyxl.comments import Comment
from openpyxl.styles import PatternFill
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebase.curation import io
from casebase.curation.exchange import cells, look
from casebase.curation.exchange.columns import RESULT, SHEETS
from casebase.curation.exchange.findings import CellFinding, Place
from casebase.curation.exchange.write import to_bytes
from casebase.model import Severity

_ERROR, _WARNING = "FFC7CE", "FFEB9C"
_CLEAR = PatternFill(fill_type=None)
_AUTHOR = "caseguide"
_WIDTH = 60
_LAST_COLUMN = 16_384
_SUFFIX = re.compile(rf"\.{RESULT}(\d*)\Z")


def result_path(path: Path) -> Path:
    """Where the marked copy of ``path`` goes; never ``path`` itself."""
    match = _SUFFIX.search(path.stem)
    if not match:
        return path.with_name(f"{path.stem}.{RESULT}.xlsx")
    number = int(match[1] or 1) + 1
    return path.with_name(f"{path.stem[: match.start()]}.{RESULT}{number}.xlsx")


def write_marked(book: Workbook, findings: Iterable[CellFinding], path: Path) -> Path:
    """Save ``book`` with the findings beside ``path`` and return where.

    Raises:
        OSError: it cannot be written.
    """
    for name in SHEETS:
        if name in book.sheetnames and isinstance(book[name], Worksheet):
            _clear(book[name])
    by_sheet: dict[str, list[CellFinding]] = defaultdict(list)
    for finding in findings:
        if finding.severity is not Severity.INFO:
            by_sheet[finding.place.sheet].append(finding)
    for name, found in by_sheet.items():
        if name in book.sheetnames and isinstance(book[name], Worksheet):
            _mark(book[name], found)
            book.active = book.sheetnames.index(name)
    for sheet in book.worksheets:
        _disarm(sheet)
    target = result_path(path)
    io.write_atomic(target, to_bytes(book))
    return target


def _clear(sheet: Worksheet) -> None:
    """Take away the marks of an earlier round."""
    for cell in _filled(sheet):
        if cell.comment is not None and cell.comment.author == _AUTHOR:
            cell.comment = None
        if cell.fill.fill_type and str(cell.fill.fgColor.rgb)[-6:] in (_ERROR, _WARNING):
            cell.fill = _CLEAR if cell.row > 1 else look.NEEDED
    at = {cell.column for cell in _headings(sheet) if cell.value == RESULT}
    for cell in _filled(sheet):
        if cell.row > 1 and cell.column in at:
            cell.value = None


def _headings(sheet: Worksheet) -> list[Cell]:
    return [cell for cell in _filled(sheet) if cell.row == 1 and cell.value is not None]


def _mark(sheet: Worksheet, found: list[CellFinding]) -> None:
    headings = {cell.column: cell.value for cell in _headings(sheet)}
    after = min(max(headings, default=0) + 1, _LAST_COLUMN)
    at = next((column for column, text in headings.items() if text == RESULT), after)
    look.put_text(sheet, 1, at, RESULT)
    sheet.cell(1, at).font, sheet.cell(1, at).fill = look.BOLD, PatternFill("solid", fgColor=_ERROR)
    letter = sheet.cell(1, at).column_letter
    sheet.column_dimensions[letter].width = _WIDTH
    by_row: dict[int, list[CellFinding]] = defaultdict(list)
    by_cell: dict[Place, list[CellFinding]] = defaultdict(list)
    for finding in found:
        by_row[max(2, finding.place.row)].append(finding)
        if finding.place.row and finding.place.column:
            by_cell[finding.place].append(finding)
    for row, here in by_row.items():
        look.put_text(sheet, row, at, "\n".join(_words(finding) for finding in here))
        sheet.cell(row, at).font, sheet.cell(row, at).alignment = look.BODY, look.WRAPPED
        first = sheet.cell(row, 1)  # stays in view when one scrolls to the right
        if isinstance(first, Cell):
            first.fill = _fill(here)
    sheet.auto_filter.ref = f"A1:{letter}{sheet.max_row}"
    for place, here in by_cell.items():
        _mark_cell(sheet.cell(place.row, place.column), here)


def _mark_cell(cell: Cell, found: list[CellFinding]) -> None:
    if not isinstance(cell, Cell):  # within a merged area only its first cell can be marked
        return
    cell.fill = _fill(found)
    text = "\n".join(f"{finding.message}。改法：{finding.fix}" for finding in found)
    comment = Comment(cells.escape(text)[: cells.MAX_CELL], _AUTHOR)
    comment.width, comment.height = 320, min(300, 30 + 18 * look.lines_of(text, 46))
    cell.comment = comment


def _fill(found: Iterable[CellFinding]) -> PatternFill:
    grave = any(finding.severity is Severity.ERROR for finding in found)
    return PatternFill("solid", fgColor=_ERROR if grave else _WARNING)


def _words(finding: CellFinding) -> str:
    grade = "错误" if finding.severity is Severity.ERROR else "提醒"
    where = f"{finding.place.heading}：" if finding.place.heading else ""
    return f"【{grade} {finding.code}】{where}{finding.message}。改法：{finding.fix}"


def _disarm(sheet: Worksheet) -> None:
    """Turn formulas into marked text: the copy calculates nothing, and it is no value either."""
    for cell in _filled(sheet):
        if cell.data_type == "f" or not isinstance(cell.value, cells.READABLE):
            value = cell.value if isinstance(cell.value, str) else getattr(cell.value, "text", "")
            text = cells.FORMULA_MARK + cells.escape(str(value or "="))
            cell.value = text[: cells.MAX_CELL]
            cell.data_type = "s"
        elif isinstance(cell.value, str) and len(cell.value) > cells.MAX_CELL:
            cell.value = cell.value[: cells.MAX_CELL - 20] + "……（以下截去）"
            cell.data_type = "s"


def _filled(sheet: Worksheet) -> list[Cell]:
    """The cells there are; walking over rows would make the missing ones of a huge area."""
    return [cell for cell in sheet._cells.values() if isinstance(cell, Cell)]
