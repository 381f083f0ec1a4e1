"""Taking a workbook in: rows by heading, whatever order staff put rows and columns in."""

from __future__ import annotations

import unicodedata
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from openpyxl import load_workbook
from openpyxl.workbook import Workbook
from openpyxl.worksheet.worksheet import Worksheet

from casebase.curation.exchange import cells, guard
from casebase.curation.exchange.columns import (
    BASE,
    FORMAT,
    HELP,
    ID,
    RESULT,
    SHEETS,
    WORDS,
    Column,
    Layout,
)
from casebase.curation.exchange.findings import (
    CellFinding,
    Place,
    RefusedError,
    error,
    note,
)

_MAX_COLUMNS = 500
_EXPORT_AGAIN = "重新导出一份，把改动抄过去"


@dataclass(frozen=True)
class Base:
    """What a record was when it was exported."""

    file: str
    file_hash: str
    rows_hash: str


@dataclass(frozen=True)
class Row:
    """One row: the text of every column it has, and where to report."""

    sheet: str
    number: int
    texts: dict[str, str]  # by heading; a cell that cannot be read is missing
    places: dict[str, int]  # column number by heading

    @property
    def record(self) -> str:
        """The 编号 of the row, empty where there is none."""
        return self.texts.get(ID, "")

    def place(self, heading: str = "") -> Place:
        """The place of a cell of this row, or of its 编号."""
        return Place(
            self.sheet,
            self.number,
            self.places.get(heading or ID, 0),
            self.record,
            heading,
        )


@dataclass
class Book:
    """What a workbook says, before it is held against the casebase."""

    workbook: Workbook
    rows: dict[str, list[Row]] = field(default_factory=dict)
    base: dict[str, Base] = field(default_factory=dict)
    findings: list[CellFinding] = field(default_factory=list)
    hidden: int = 0


def open_workbook(path: Path) -> Workbook:
    """Open an admitted .xlsx.

    Raises:
        RefusedError: it is not one, or is damaged.
        OSError: it cannot be read.
    """
    guard.admit(path)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of features that openpyxl leaves out
            return load_workbook(path, data_only=False, keep_links=False)
    except Exception as problem:  # openpyxl raises nearly anything on a damaged part
        if isinstance(problem, OSError) and problem.errno is not None:
            raise
        raise RefusedError(
            "CB701", "文件内部有损坏，读不出来", "在 Excel 或 WPS 里打开，另存一份再导入"
        ) from None


def read_book(path: Path, layout: Layout) -> Book:
    """The rows of an exported workbook, with findings on all that cannot be read.

    Raises:
        RefusedError: the file is not taken in at all.
        OSError: it cannot be read.
    """
    book = Book(open_workbook(path))
    _read_base(book)
    for name in SHEETS:
        sheet = book.workbook[name] if name in book.workbook.sheetnames else None
        if not isinstance(sheet, Worksheet):
            book.findings.append(
                error(
                    Place(name), "CB703", f"缺少“{name}”工作表", f"{_EXPORT_AGAIN}；工作表不要改名"
                )
            )
            continue
        book.rows[name] = list(_rows(book, sheet, layout.sheets[name]))
    others = set(book.workbook.sheetnames) - {*SHEETS, HELP, WORDS, BASE}
    for name in sorted(others):
        book.findings.append(note(Place(name), "CB708", "自己加的工作表，没有读取", "可以不管"))
    return book


def _read_base(book: Book) -> None:
    sheet = book.workbook[BASE] if BASE in book.workbook.sheetnames else None
    mark = sheet["A1"].value if isinstance(sheet, Worksheet) else None
    if not isinstance(sheet, Worksheet) or mark != FORMAT:
        what = (
            "不是由 caseguide exchange export 导出的工作簿" if mark is None else "是其他版本导出的"
        )
        raise RefusedError("CB703", f"{what}（没有认得的“{BASE}”表）", _EXPORT_AGAIN)
    for row in sheet.iter_rows(min_row=2, max_row=min(sheet.max_row, guard.MAX_SHEET_ROWS)):
        texts = [str(cell.value) if cell.value is not None else "" for cell in row[:4]]
        if len(texts) == 4 and texts[0]:
            book.base[texts[0]] = Base(*texts[1:])


def _rows(book: Book, sheet: Worksheet, columns: tuple[Column, ...]) -> Iterator[Row]:
    if sheet.max_row > guard.MAX_SHEET_ROWS or sheet.max_column > _MAX_COLUMNS:
        book.findings.append(
            error(
                Place(sheet.title),
                "CB702",
                f"有内容或格式的区域一直到 {sheet.max_row} 行、{sheet.max_column} 列，超过上限",
                "删去表格下方和右方的空行空列",
            )
        )
        return
    for area in sheet.merged_cells.ranges:
        place = Place(sheet.title, area.min_row, area.min_col)
        message = f"{area.coord} 是合并的单元格，被合并的格子没有内容"
        book.findings.append(error(place, "CB709", message, "取消合并，每格各写各的"))
    places = _headings(book, sheet, columns)
    missing = [column for column in columns if column.heading not in places]
    for column in missing:
        message = f"第一行没有“{column.heading}”这一列"
        fix = f"补上这一列（可以从导出的原表复制），或者{_EXPORT_AGAIN}"
        book.findings.append(error(Place(sheet.title, 1), "CB703", message, fix))
    if missing:
        return
    for values in sheet.iter_rows(min_row=2):
        if all(_is_blank(cell.value) for cell in values):
            continue
        number = values[0].row
        if sheet.row_dimensions[number].hidden:
            book.hidden += 1
        yield _row(book, sheet.title, number, values, columns, places)


def _is_blank(value: Any) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())


def _headings(book: Book, sheet: Worksheet, columns: tuple[Column, ...]) -> dict[str, int]:
    """The column of every known heading in the first row."""
    known = {_plain(column.heading): column.heading for column in columns}
    places: dict[str, int] = {}
    for cell in sheet[1]:
        if _is_blank(cell.value):
            continue
        text = str(cell.value)
        heading = known.get(_plain(text))
        place = Place(sheet.title, 1, cell.column, heading=text[:30])
        if heading is None:
            if text != RESULT:
                book.findings.append(
                    note(place, "CB708", f"没有“{text[:30]}”这个栏目，这一列没有读取", "可以不管")
                )
        elif heading in places:
            message = f"“{heading}”一列出现了两次"
            book.findings.append(error(place, "CB703", message, "保留一列，删去另一列"))
        else:
            places[heading] = cell.column
    return places


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split())


def _row(
    book: Book,
    sheet: str,
    number: int,
    values: tuple[Any, ...],
    columns: tuple[Column, ...],
    places: dict[str, int],
) -> Row:
    row = Row(sheet, number, {}, places)
    for column in columns:
        index = places[column.heading] - 1
        if index >= len(values):
            row.texts[column.heading] = ""
            continue
        cell = values[index]
        try:
            row.texts[column.heading] = _text(cell, column)
        except cells.CellError as problem:
            found = error(row.place(column.heading), problem.code, problem.message, problem.fix)
            book.findings.append(found)
    if not row.record and ID in row.texts:
        what = "这一行有内容，但没有写编号"
        book.findings.append(error(row.place(ID), "CB705", what, "补写编号；整行不要的就删去"))
    return row


def _text(cell: Any, column: Column) -> str:
    value = cell.value
    marked = isinstance(value, str) and value.startswith(cells.FORMULA_MARK)
    if marked or cell.data_type == "f" or not isinstance(value, cells.READABLE):
        raise cells.CellError(
            "CB704", "单元格里是公式，程序不计算公式", "复制后“选择性粘贴—数值”，或者直接写内容"
        )
    if cell.data_type == "e":
        raise cells.CellError("CB707", f"单元格是错误值 {value}", "改写成内容，或者清空")
    return cells.text_of(value, str(cell.number_format), column)
