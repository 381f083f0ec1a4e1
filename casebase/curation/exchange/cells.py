"""Values of a record as the text of a cell, and back, as people and spreadsheets write them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from rapidfuzz import process

from casebase.curation.exchange.columns import Column, Kind, Vocabulary

#: Excel keeps no more characters in a cell.
MAX_CELL = 32_767
#: Beyond so many digits Excel has replaced the last ones by noughts.
_EXACT = 10**15

#: Stands before what was a formula in a marked copy, so that it is not taken for a text.
FORMULA_MARK = "〔公式〕"
#: What openpyxl gives for a cell that is not a formula.
READABLE = (str, bool, int, float, datetime, date, time, timedelta, type(None))

_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_LOOKS_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_NOT_XML = re.compile("[\x00-\x08\x0b-\x1f\ufffe\uffff]")
_CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]")
_NUMBER = re.compile(r"-?(?:[0-9]+|[0-9]{1,3}(?:,[0-9]{3})+)(?:\.[0-9]+)?\Z", re.ASCII)
_FORMAT_NOISE = re.compile(r'\[[^\]]*\]|"[^"]*"|\\.')
_BREAKS = re.compile(r"\r\n?|\u0085|\u2028|\u2029")


class CellError(Exception):
    """A cell that cannot be read as a value: code, what is wrong and how to mend it."""

    def __init__(self, code: str, message: str, fix: str) -> None:
        super().__init__(message)
        self.code, self.message, self.fix = code, message, fix


# out


def shown(column: Column, value: Any, vocabulary: Vocabulary | None = None) -> str:
    """The text of a cell for ``value``; empty for what the record does not hold."""
    if value is None:
        return ""
    if column.many and isinstance(value, list):
        return "\n".join(_shown_one(item, vocabulary) for item in value)
    return _shown_one(value, vocabulary)


def _shown_one(value: Any, vocabulary: Vocabulary | None) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < _EXACT:
        return str(int(value))
    return vocabulary.shown(str(value)) if vocabulary else str(value)


def escape(text: str) -> str:
    """``text`` as XML can hold it: Excel's own ``_x0007_`` for what XML refuses."""
    marked = _LOOKS_ESCAPED.sub("_x005F_", text)
    return _NOT_XML.sub(lambda match: f"_x{ord(match.group()):04X}_", marked)


def unescape(text: str) -> str:
    """The text that :func:`escape` (or Excel) wrote."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), text)


def tidy(text: str) -> str:
    """What counts of a cell's text: one kind of line end, no blanks at the ends of lines."""
    lines = _BREAKS.sub("\n", text).split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def folded(text: str) -> str:
    """What is compared to tell an edited cell from one that another program saved again.

    LibreOffice takes one layer off texts that look like ``_x0041_``; so does this.
    """
    return tidy(unescape(unescape(text)))


# in


def text_of(value: Any, number_format: str, column: Column) -> str:
    """The text that somebody meant by the value of a cell, tidied.

    Args:
        value: as openpyxl gives it (not a formula).
        number_format: tells a month from a day where Excel made a date of ``2018-03``.

    Raises:
        CellError: Excel turned what was typed into something else.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        raise _mangled("Excel 把它当成了逻辑值", "写成文字或数字")
    if isinstance(value, datetime | date):
        return _date_text(value, number_format, column)
    if isinstance(value, time | timedelta):
        raise _mangled("Excel 把它当成了时间", "把单元格设为文本格式，再重新填写")
    if isinstance(value, int | float):
        if abs(value) >= _EXACT:
            raise _mangled(
                "数字超过 15 位，Excel 已经改变了末尾的数字", "把单元格设为文本格式，再重新填写"
            )
        whole = isinstance(value, int) or value.is_integer()
        return str(int(value)) if whole else repr(value)
    return tidy(unescape(str(value)))


def check_text(text: str) -> None:
    """Refuse a text that no cell, or no record, can hold.

    Raises:
        CellError: too long, or with control characters.
    """
    if len(text) > MAX_CELL:
        raise CellError(
            "CB707", f"单元格有 {len(text)} 字，超过 Excel 的上限 {MAX_CELL} 字", "拆短，或者删去"
        )
    bad = _CONTROL.search(text)
    if bad:
        raise CellError(
            "CB004",
            f"含有不可见的控制字符（U+{ord(bad.group()):04X}）",
            "删去该字符；多半是从其他软件粘贴时带入的",
        )


def _mangled(what: str, fix: str) -> CellError:
    return CellError("CB707", f"{what}，不能确定原来写的是什么", fix)


def _date_text(value: date, number_format: str, column: Column) -> str:
    if not column.dated:
        raise _mangled(
            f"Excel 把它当成了日期（{value:%Y-%m-%d}）", "把单元格设为文本格式，再重新填写"
        )
    if isinstance(value, datetime) and (value.hour or value.minute or value.second):
        raise _mangled("日期后面带有钟点", "只写日期，如 2018-11-26")
    pattern = _FORMAT_NOISE.sub("", number_format).lower()
    if "m" in pattern and "y" in pattern and "d" not in pattern:
        return f"{value:%Y-%m}"
    return f"{value:%Y-%m-%d}"


def parsed(column: Column, text: str, vocabulary: Vocabulary | None = None) -> Any:
    """The value that a tidied, not empty text stands for.

    Raises:
        CellError: the text is no value of this column.
    """
    if column.many:
        lines = [line.strip() for line in text.split("\n") if line.strip()]
        if vocabulary is None:
            return [_choice(column, line) for line in lines]
        return [term for line in lines for term in _terms(line, vocabulary)]
    if vocabulary is not None:
        return resolved(text, vocabulary)
    if column.kind is Kind.NUMBER:
        return number_of(text)
    if column.kind is Kind.INTEGER:
        number = number_of(text)
        if number != int(number):
            raise CellError("CB103", f"“{column.heading}”应写整数", "只写阿拉伯数字")
        return int(number)
    if column.kind is Kind.DATE:
        return unicodedata.normalize("NFKC", text).strip()
    return _choice(column, text)


def _choice(column: Column, text: str) -> str:
    """A choice is forgiven its width and blanks; all other text stays as it was typed."""
    if not column.choices or text in column.choices:
        return text
    wanted = _plain(text)
    return next((choice for choice in column.choices if _plain(choice) == wanted), text)


def number_of(text: str) -> int | float:
    """A number as people write it: full-width digits and thousands' commas are forgiven.

    Raises:
        CellError: it is no number.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    if not _NUMBER.match(plain):
        fix = "只写阿拉伯数字，不加“元”“万”“第”“条”"
        raise CellError("CB103", f"应写数字，不能写“{text[:20]}”", fix)
    plain = plain.replace(",", "")
    return float(plain) if "." in plain else int(plain)


def _plain(text: str) -> str:
    return "".join(unicodedata.normalize("NFKC", text).split()).casefold()


def _terms(line: str, vocabulary: Vocabulary) -> list[str]:
    """One term, or several divided by commas where only that makes sense."""
    try:
        return [resolved(line, vocabulary)]
    except CellError as error:
        parts = [part for part in re.split(r"[,，、;；]", line) if part.strip()]
        if len(parts) < 2:
            raise
        try:
            return [resolved(part, vocabulary) for part in parts]
        except CellError:
            raise error from None


def resolved(text: str, vocabulary: Vocabulary) -> str:
    """The id meant by an id, a label, or both: ``contract``, ``合同履行``, ``contract 合同履行``.

    Raises:
        CellError: unknown; id and label of different entries; a label that several share.
    """
    plain = unicodedata.normalize("NFKC", text).strip()
    head, _, rest = plain.partition(" ")
    if plain in vocabulary.labels or plain in vocabulary.others:
        return plain
    named = [key for key, label in vocabulary.labels.items() if _plain(label) == _plain(plain)]
    if len(named) == 1:
        return named[0]
    if head in vocabulary.labels:
        if _plain(vocabulary.labels[head]) == _plain(rest):
            return head
        right = vocabulary.shown(head)
        raise CellError(
            "CB707", f"“{text[:40]}”的编号与名称不是同一项", f"写“{right}”，或者只写编号、只写名称"
        )
    if named:
        raise CellError("CB707", f"有几项都叫“{text[:40]}”", f"写编号：{'、'.join(named)}")
    raise CellError("CB201", f"{vocabulary.name}没有“{text[:40]}”", _nearest(plain, vocabulary))


def _nearest(text: str, vocabulary: Vocabulary) -> str:
    names: Sequence[str] = vocabulary.entries
    close = process.extract(text, names, limit=3, score_cutoff=45)
    if not close:
        return f"从“词表”工作表的“{vocabulary.name}”一列复制"
    return f"是否应为 {'、'.join(name for name, *_ in close)}？可用值见“词表”工作表"
