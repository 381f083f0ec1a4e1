"""The rows of a ledger (台账) from .xlsx, .csv or .json, by the use of their columns.

Rows are numbered as Excel shows them at the left edge; of a .json list, by their position.
"""

from __future__ import annotations

import csv
import io
import json
import re
import warnings
import zipfile
from collections.abc import Collection, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from casebase.curation.intake import words
from casebase.curation.intake.text import ensure_bearable, tidy
from casebase.curation.io import UnreadableFileError
from casebase.curation.package import Kind, Limits, open_package
from casebase.model.intake import Column, Ledger

MAX_BYTES = 20 << 20
MAX_ROWS, MAX_COLUMNS = 100_000, 200
#: Rows that are listed to choose from, and that may be taken at once.
MOST_LISTED = 200
#: How far down the row of headings may stand, and how many headings make it one.
_HEADING_WITHIN, _HEADINGS = 12, 2
#: So many blank rows one after another end a table.
_BLANK_RUN = 1000
_FIX = (
    "核对文件；表头写明“接收日期、内容、处理情况”等栏目，见 README“新增案例”；"
    "过大的分成几份，或者另存为 CSV"
)
WORKBOOK = Kind(".xlsx", "xl/workbook.xml", "CB362", _FIX, Limits(unpacked=60 << 20, xml=16 << 20))

_NOTE = re.compile(r"[（(【\[].*?[)）】\]]")
_ORDER = re.compile(r"^(?:[（(]?[一二三四五六七八九十\d]{1,2}[）)、.．]\s*)")
_SPACE = re.compile(r"[\s　*＊:：]+")


@dataclass(frozen=True)
class Row:
    """One row: its number, values by use of the column, and what has no known use.

    ``other`` maps headings to values; ``omitted`` are (heading, why) of columns that hold a
    value which is never copied. Values of such columns that name persons stay in ``values``
    under 投诉人 and 被投诉人, only to be masked elsewhere.
    """

    number: int
    values: dict[str, Any]
    other: dict[str, str]
    omitted: tuple[tuple[str, str], ...]
    headings: tuple[str, ...] = ()

    def text(self, use: str) -> str:
        """The text of a column; empty where it has none."""
        return str(self.values.get(use, "") or "")


def read_rows(path: Path, root: Path, wanted: Collection[int] = ()) -> list[Row]:
    """The rows of a table file that hold something.

    Args:
        wanted: only the rows with these numbers; empty: the first :data:`MOST_LISTED` and one
            more, if there are more.

    Raises:
        UnreadableFileError: it is no harmless table with headings that a ledger has.
        OSError: it cannot be read.
    """
    size = path.stat().st_size
    if size > MAX_BYTES:
        raise _bad(f"文件有 {size >> 20} MB，超过上限 {MAX_BYTES >> 20} MB")
    data = path.read_bytes()
    book = words.ledger(root)
    suffix = path.suffix.lower()
    if suffix == ".json":
        return _from_objects(data, book, wanted)
    if suffix in (".xlsx", ".xlsm", ".xls") or data[:2] == b"PK" or data[:4] == b"\xd0\xcf\x11\xe0":
        return _first_table(_sheets(data), book, wanted)
    return _first_table([_csv_rows(data)], book, wanted)


def _first_table(
    tables: Iterable[Iterable[Sequence[Any]]], book: Ledger, wanted: Collection[int]
) -> list[Row]:
    """Rows of the first sheet that has a row of headings."""
    for table in tables:
        rows: list[Row] = []
        columns: list[tuple[str, Column | None]] | None = None
        blank = 0  # blank rows in a run: sheets often seem to reach down to the last row there is
        for number, cells in enumerate(table, start=1):
            blank = 0 if any(cell not in (None, "") for cell in cells) else blank + 1
            if columns is None:
                if number > _HEADING_WITHIN:
                    break
                columns = _headings(cells, book)
            elif (not wanted or number in wanted) and any(_shown(cell) for cell in cells):
                rows.append(_row(number, zip(columns, cells, strict=False), book))
            last = number >= max(wanted, default=MAX_ROWS) or len(rows) > MOST_LISTED
            if last or blank > _BLANK_RUN:
                break
        if rows or (columns and wanted):
            return rows
    raise _bad("没有认出台账的表头，或者表头下没有内容")


def _headings(cells: Sequence[Any], book: Ledger) -> list[tuple[str, Column | None]] | None:
    """What each column is for; ``None`` where the row is none of headings."""
    found = [(_shown(cell), _column(_shown(cell), book)) for cell in cells[:MAX_COLUMNS]]
    return found if sum(column is not None for _, column in found) >= _HEADINGS else None


def _column(heading: str, book: Ledger) -> Column | None:
    name = _plain(heading)
    return next((column for column in book.columns if name in column.headings), None)


def _plain(heading: str) -> str:
    """A heading without its number, remark in brackets, blanks and colon."""
    return _SPACE.sub("", _ORDER.sub("", _NOTE.sub("", heading)))


def _row(number: int, cells: Iterable[tuple[tuple[str, Column | None], Any]], book: Ledger) -> Row:
    values: dict[str, Any] = {}
    from_heading: dict[str, str] = {}
    other: dict[str, str] = {}
    omitted: list[tuple[str, str]] = []
    headings: list[str] = []
    for (heading, column), cell in cells:
        headings.append(heading)
        shown = _shown(cell)
        if not shown:
            continue
        ensure_bearable(shown, f"第 {number} 行“{heading[:20]}”", WORKBOOK.code)
        if column is not None and column.why:
            omitted.append((heading, column.why))
        elif column is None and any(word in heading for word in book.unread):
            omitted.append((heading, "可能有身份信息"))
            continue
        if column is None:
            other[heading or "（没有表头）"] = shown
        elif column.use not in values or _rank(column, heading) < _rank(
            column, from_heading[column.use]
        ):
            if column.use in values and column.why is None:
                other[from_heading[column.use]] = _shown(values[column.use])
            values[column.use] = shown if isinstance(cell, str) else cell
            from_heading[column.use] = heading
        elif column.why is None:
            other[heading] = shown
    return Row(number, values, other, tuple(omitted), tuple(headings))


def _rank(column: Column, heading: str) -> int:
    """Of several columns for one use the heading that stands first in the data file is taken."""
    return column.headings.index(_plain(heading))


def _shown(cell: Any) -> str:
    if cell is None:
        return ""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return tidy(str(cell))


def _csv_rows(data: bytes) -> Iterator[list[str]]:
    text = _decoded(data)
    head = text[:8192].split("\n", _HEADING_WITHIN)[:_HEADING_WITHIN]
    mark = max(",\t;", key=lambda sign: max(line.count(sign) for line in head))
    csv.field_size_limit(1 << 20)
    try:
        yield from csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    except csv.Error:
        raise _bad("不是完好的 CSV：有一格过长，或者引号没有成对") from None


def _decoded(data: bytes) -> str:
    """UTF-8 or GB 18030 text, with or without a mark; «Unicode 文本» of Excel is UTF-16."""
    marked = data[:2] in (b"\xff\xfe", b"\xfe\xff")
    for encoding in ("utf-16",) if marked else ("utf-8-sig", "gb18030"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" in text:
            break
        return text
    raise _bad("不是文本（不是 UTF-8，也不是 GB 18030），也不是 .xlsx")


def _sheets(data: bytes) -> Iterator[Iterator[tuple[Any, ...]]]:
    """The sheets of a workbook, each as rows of values; formulas give what they last showed."""
    with open_package(data, WORKBOOK) as package:
        if WORKBOOK.main not in package.namelist():
            raise _bad("里面没有工作簿，不是 Excel 文件")
    import openpyxl

    with _sound():
        book = openpyxl.load_workbook(io.BytesIO(data), read_only=True, data_only=True)
    yield from map(_values, book.worksheets)


def _values(sheet: Any) -> Iterator[tuple[Any, ...]]:
    """Rows down to the last that may be read; empty rows far below are not walked through."""
    with _sound():
        yield from sheet.iter_rows(max_row=MAX_ROWS, max_col=MAX_COLUMNS, values_only=True)


@contextmanager
def _sound() -> Iterator[None]:
    """What a damaged workbook makes the reader raise, as one error that says so."""
    import zlib
    from xml.etree.ElementTree import ParseError

    from lxml.etree import XMLSyntaxError

    broken = (KeyError, ValueError, TypeError, AttributeError, IndexError, OSError, EOFError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # styles and extensions that do not matter here
            yield
    except (*broken, ParseError, XMLSyntaxError, zipfile.BadZipFile, zlib.error) as error:
        raise _bad(f"不是完好的 Excel 文件（{type(error).__name__}）") from None


def _from_objects(data: bytes, book: Ledger, wanted: Collection[int]) -> list[Row]:
    """Rows from a JSON object or a list of objects, headings as keys."""
    try:
        content = json.loads(_decoded(data))
    except (json.JSONDecodeError, RecursionError):
        raise _bad("不是完好的 JSON") from None
    objects = content if isinstance(content, list) else [content]
    if not objects or not all(isinstance(item, dict) for item in objects):
        raise _bad("JSON 应是一个对象，或者对象的列表，键是表头")
    rows: list[Row] = []
    for number, item in enumerate(objects, start=1):
        if (wanted and number not in wanted) or len(rows) > MOST_LISTED:
            continue
        pairs = list(item.items())[:MAX_COLUMNS]
        plain = [(key, v if isinstance(v, str | int | float) else "") for key, v in pairs]
        columns = [(tidy(key), _column(tidy(key), book)) for key, _ in plain]
        rows.append(_row(number, zip(columns, (v for _, v in plain), strict=True), book))
    if not wanted and not any(row.values for row in rows):
        raise _bad("JSON 的键没有一个是台账的表头")
    return rows


def _bad(message: str) -> UnreadableFileError:
    return WORKBOOK.bad(message)
