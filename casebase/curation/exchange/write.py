"""Making the workbook: every cell is text, never a formula; the same input, the same bytes."""

from __future__ import annotations

import io as memory
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass

from openpyxl import Workbook
from openpyxl.styles import Alignment
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from casebase.curation.exchange import look, rows, wording
from casebase.curation.exchange.columns import (
    BASE,
    CASES,
    FORMAT,
    HELP,
    SHEETS,
    WORDS,
    Column,
    Layout,
    layout_of,
)
from casebase.curation.store import Casebase, Loaded
from casebase.errors import CasebaseError
from casebase.model import Case

MAX_ROWS = 1_048_576
#: Rows below the last record that still offer the lists to choose from.
_SPARE_ROWS = 200
_STAMP = (2018, 1, 1, 0, 0, 0)
_ISO_STAMP = b"2018-01-01T00:00:00Z"
_TIMES = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*(?=</)")


@dataclass(frozen=True)
class _Options:
    """A list to choose from, and the range of 词表 in which it stands."""

    heading: str
    entries: tuple[str, ...]
    place: str


def workbook_bytes(casebase: Casebase, chosen: Sequence[Loaded[Case]]) -> bytes:
    """The .xlsx file that holds ``chosen`` records of ``casebase``.

    Raises:
        CasebaseError: a text too long for a cell, or more rows than a sheet can hold.
    """
    layout = layout_of(casebase)
    book = Workbook()
    book.remove(book.active)
    _help_sheet(book.create_sheet(HELP))
    texts = [rows.rows_of(layout, item.document.data) for item in chosen]
    lists = _lists(layout)
    for sheet in SHEETS:
        body = [row for record in texts for row in record[sheet]]
        _record_sheet(book.create_sheet(sheet), layout, body, lists)
    _words_sheet(book.create_sheet(WORDS), lists)
    base = book.create_sheet(BASE)
    base.sheet_state = "hidden"
    look.put_row(base, 1, [FORMAT])
    for number, (item, record) in enumerate(zip(chosen, texts, strict=True), start=2):
        row = [item.record.id, item.file, item.text_hash, rows.rows_hash(record)]
        look.put_row(base, number, row)
    book.active = book.sheetnames.index(CASES if chosen else HELP)
    book.properties.creator = "caseguide"
    book.properties.title = wording.TITLE
    return to_bytes(book)


def to_bytes(book: Workbook) -> bytes:
    """The file of a workbook, without the hour at which it was made."""
    stream, result = memory.BytesIO(), memory.BytesIO()
    book.save(stream)
    with (
        zipfile.ZipFile(stream) as made,
        zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as fixed,
    ):
        for name in made.namelist():
            data = made.read(name)
            if name == "docProps/core.xml":
                data = _TIMES.sub(rb"\g<1>" + _ISO_STAMP, data)
            member = zipfile.ZipInfo(name, _STAMP)
            member.compress_type = zipfile.ZIP_DEFLATED
            member.create_system = 0
            fixed.writestr(member, data)
    return result.getvalue()


def _record_sheet(
    sheet: Worksheet,
    layout: Layout,
    body: list[list[str]],
    lists: dict[tuple[str, ...], _Options],
) -> None:
    columns = layout.sheets[sheet.title]
    if len(body) >= MAX_ROWS:
        raise CasebaseError(f"“{sheet.title}”有 {len(body)} 行，超过 Excel 的上限，请分批导出。")
    look.heading(sheet, [c.heading for c in columns], [c.required for c in columns])
    for number, texts in enumerate(body, start=2):
        look.body_row(sheet, number, texts, columns)
    for index, column in enumerate(columns, start=1):
        letter = get_column_letter(index)
        sheet.column_dimensions[letter].width = column.width
        sheet.column_dimensions[letter].number_format = "@"
        sheet.column_dimensions[letter].alignment = look.WRAPPED
        sheet.column_dimensions[letter].font = look.BODY
        last = len(body) + 1 + _SPARE_ROWS
        _offer(sheet, f"{letter}2:{letter}{last}", column, layout, lists)
    sheet.freeze_panes = "C2"
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{len(body) + 1}"
    look.page(sheet, wide=sheet.title == CASES)


def _offer(
    sheet: Worksheet,
    place: str,
    column: Column,
    layout: Layout,
    lists: dict[tuple[str, ...], _Options],
) -> None:
    """The list to choose from, or a word on how to fill the cell."""
    title, prompt = column.heading[-30:], wording.prompt(column)
    options = _options_of(layout, column)
    if options and not column.many:
        rule = DataValidation("list", formula1=lists[options].place, allow_blank=True)
        rule.errorStyle, rule.showErrorMessage = "warning", True
        rule.errorTitle, rule.error = title, wording.NOT_IN_LIST
    elif prompt:
        rule = DataValidation(None, allow_blank=True)
    else:
        return
    if prompt:
        rule.promptTitle, rule.prompt, rule.showInputMessage = title, prompt, True
    rule.add(place)
    sheet.add_data_validation(rule)


def _options_of(layout: Layout, column: Column) -> tuple[str, ...]:
    """All that a cell of ``column`` may hold; empty where it is free."""
    if column.vocabulary:
        return layout.vocabularies[column.vocabulary].entries
    return column.choices


def _lists(layout: Layout) -> dict[tuple[str, ...], _Options]:
    """Every list of options once, one a column of 词表."""
    found: dict[tuple[str, ...], _Options] = {}
    for column in (column for sheet in SHEETS for column in layout.sheets[sheet]):
        entries = _options_of(layout, column)
        if entries and entries not in found:
            letter = get_column_letter(len(found) + 1)
            place = f"'{WORDS}'!${letter}$2:${letter}${len(entries) + 1}"
            name = column.vocabulary
            heading = layout.vocabularies[name].name if name else column.heading
            found[entries] = _Options(heading, entries, place)
    return found


def _words_sheet(sheet: Worksheet, lists: dict[tuple[str, ...], _Options]) -> None:
    look.heading(sheet, [options.heading for options in lists.values()], [True] * len(lists))
    for index, options in enumerate(lists.values(), start=1):
        for number, entry in enumerate(options.entries, start=2):
            look.put_text(sheet, number, index, entry)
            sheet.cell(number, index).font = look.BODY
            sheet.cell(number, index).alignment = Alignment(vertical="top", wrap_text=True)
        widest = max(map(look.width_of, (options.heading, *options.entries)))
        sheet.column_dimensions[get_column_letter(index)].width = min(56, widest + 3)
    sheet.freeze_panes = "A2"
    look.page(sheet, wide=True)


def _help_sheet(sheet: Worksheet) -> None:
    look.put_row(sheet, 1, [wording.TITLE])
    sheet["A1"].font = look.TITLE
    sheet.row_dimensions[1].height = 30
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 14, 100
    for number, (name, text) in enumerate(wording.HELP, start=2):
        look.put_row(sheet, number, [name, text])
        sheet.cell(number, 1).font, sheet.cell(number, 2).font = look.BOLD, look.BODY
        sheet.cell(number, 1).alignment = sheet.cell(number, 2).alignment = look.WRAPPED
        sheet.row_dimensions[number].height = look.lines_of(text, 100) * 14 + 6
    sheet.sheet_view.showGridLines = False
    look.page(sheet, wide=False)
