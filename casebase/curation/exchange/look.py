"""How the sheets look: text cells, headings, widths and heights, the printed page."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence

from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.worksheet.worksheet import Worksheet

from casebase.curation.exchange import cells
from casebase.curation.exchange.columns import Column
from casebase.errors import CasebaseError

FONT_NAME, _SIZE = "宋体", 10
BODY = Font(name=FONT_NAME, size=_SIZE)
BOLD = Font(name=FONT_NAME, size=_SIZE, bold=True)
TITLE = Font(name=FONT_NAME, size=16, bold=True)
_HEADING = Font(name=FONT_NAME, size=_SIZE, bold=True, color="FFFFFF")
#: A compulsory column, one that may stay empty.
NEEDED, OPTIONAL = PatternFill("solid", fgColor="1F4E78"), PatternFill("solid", fgColor="7F8FA3")
_EDGE = Border(bottom=Side("hair", color="BFBFBF"), right=Side("hair", color="D9D9D9"))
WRAPPED = Alignment(vertical="top", wrap_text=True)
_LINE = 13.5  # points that a line of 10-point text takes
_MOST_HEIGHT = 409.0  # Excel's limit for a row, points
_A3 = 8
_FORMULA_STARTS = ("=", "+", "-", "@", "'")
_WIDE_PUNCTUATION = "“”‘’—…"


def put_text(sheet: Worksheet, row: int, column: int, text: str) -> None:
    """Write a text as text, whatever it looks like.

    Raises:
        CasebaseError: it is longer than a cell can be.
    """
    cell = sheet.cell(row, column)
    cell.number_format = "@"
    if not text:
        return
    escaped = cells.escape(text)
    if len(escaped) > cells.MAX_CELL:
        raise CasebaseError(
            f"{sheet.title}!{cell.coordinate} 的内容有 {len(escaped)} 字，超过 Excel 一格的上限 "
            f"{cells.MAX_CELL} 字，没有导出。请用记事本修改这件案例。"
        )
    cell.value = escaped
    cell.data_type = "s"
    cell.quotePrefix = text.startswith(_FORMULA_STARTS)


def put_row(sheet: Worksheet, number: int, texts: Iterable[str]) -> None:
    """Write texts into the cells of a row from the left."""
    for column, text in enumerate(texts, start=1):
        put_text(sheet, number, column, text)


def heading(sheet: Worksheet, texts: Sequence[str], needed: Sequence[bool]) -> None:
    """The first row: white on blue, or on grey where the column may stay empty."""
    put_row(sheet, 1, texts)
    for cell, compulsory in zip(sheet[1], needed, strict=True):
        cell.font = _HEADING
        cell.fill = NEEDED if compulsory else OPTIONAL
        cell.alignment = Alignment(vertical="center", wrap_text=True)
    sheet.row_dimensions[1].height = 24


def body_row(
    sheet: Worksheet, number: int, texts: Sequence[str], columns: Sequence[Column]
) -> None:
    """A row of a record, high enough to show all its text."""
    put_row(sheet, number, texts)
    for cell in sheet[number]:
        cell.font, cell.alignment, cell.border = BODY, WRAPPED, _EDGE
    lines = max(lines_of(text, column.width) for text, column in zip(texts, columns, strict=True))
    sheet.row_dimensions[number].height = min(_MOST_HEIGHT, lines * _LINE + 3)


def width_of(text: str) -> int:
    """The width of a line in Latin characters; a 汉字 is two wide."""
    return sum(2 if ord(char) > 0x2E7F or char in _WIDE_PUNCTUATION else 1 for char in text)


def lines_of(text: str, width: int) -> int:
    """How many lines ``text`` takes in a column ``width`` characters wide."""
    room = max(2, int((width - 1) * 11 / _SIZE) - 1)
    return sum(max(1, math.ceil(width_of(line) / room)) for line in text.split("\n"))


def page(sheet: Worksheet, *, wide: bool) -> None:
    """Landscape; wide sheets on A3 over several pages, others fitted to the width of A4."""
    sheet.page_setup.orientation = "landscape"
    sheet.print_title_rows = "1:1"
    sheet.oddFooter.center.text = "&A  &P/&N"
    sheet.page_margins.left = sheet.page_margins.right = 0.4
    if wide:
        sheet.page_setup.paperSize, sheet.page_setup.scale = _A3, 65
        return
    sheet.page_setup.paperSize = int(sheet.PAPERSIZE_A4)
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.page_setup.fitToHeight = 0
