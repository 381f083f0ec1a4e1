"""Days as people write them in Word and Excel: 2025年3月5日, 2025.3.5, 2025/3/5, 20250305."""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

from casebase.model import PartialDate

_WRITTEN = re.compile(
    r"(?<!\d)((?:19|20)\d{2})\s*(?:年|[-./．])\s*(\d{1,2})(?:\s*(?:月|[-./．])\s*(?:(\d{1,2})\s*日?)?)?(?!\d)"
)
_TOGETHER = re.compile(r"(?<!\d)((?:19|20)\d{2})(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])(?!\d)")
_NO_YEAR = re.compile(r"(?<!\d)(?:1[0-2]|[1-9])月(?:[12]\d|3[01]|[1-9])日")
_YEAR = re.compile(r"(?<!\d)((?:19|20)\d{2})\s*年?(?!\d)")
#: Day 0 of the serial numbers of Excel, and the serials of the years 1990 to 2100.
_EXCEL_START, _EXCEL_SERIALS = date(1899, 12, 30), range(32_874, 73_416)


def days_in(text: str) -> list[PartialDate]:
    """The months and days that a text names, in its order; impossible ones are passed over."""
    found = (_partial(*match.groups()) for match in _WRITTEN.finditer(text))
    return [day for day in found if day is not None]


def when_words(text: str) -> str:
    """When something was done, as 处办过程 puts it: «2026年5月6日», «5月6日», «日期未载»."""
    named = days_in(text)
    if named:
        return chinese(named[0])
    match = _NO_YEAR.search(text)
    return match[0] if match else "日期未载"


def first_date(text: str) -> PartialDate | None:
    """The first month, day or at least year that a short text names."""
    named = days_in(text)
    if named:
        return named[0]
    if match := _TOGETHER.search(text):
        return _partial(*match.groups())
    match = _YEAR.search(text)
    return PartialDate(match[1]) if match else None


def cell_day(value: object) -> date | None:
    """The day in a cell of a table: a date, a serial number of Excel, or a text."""
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    text = str(value or "").strip()
    if re.fullmatch(r"\d{5}(?:\.\d+)?", text):
        serial = int(float(text))
        return _EXCEL_START + timedelta(days=serial) if serial in _EXCEL_SERIALS else None
    found = first_date(text)
    return found.day if found else None


def chinese_day(day: date) -> str:
    """2026年5月6日."""
    return f"{day.year}年{day.month}月{day.day}日"


def chinese(day: PartialDate) -> str:
    """2026年5月6日, 2026年5月 or 2026年, as far as it is known."""
    parts = [str(int(part)) for part in day.split("-")]
    return "".join(part + sign for part, sign in zip(parts, "年月日", strict=False))


def _partial(year: str, month: str, day: str | None) -> PartialDate | None:
    text = f"{year}-{int(month):02d}" + (f"-{int(day):02d}" if day else "")
    try:
        return PartialDate(text)
    except ValueError:
        return None
