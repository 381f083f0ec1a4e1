"""Dates as far as they are known: a year, a month, a day, or not at all.

Published sources often give only a year. A partial date stands for the whole interval it
leaves open; nothing is made up to fill it.
"""

from __future__ import annotations

import calendar
import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from typing import Any

from pydantic_core import core_schema

from casebase.model.base import NOT_STATED, TO_FILL, UNVERIFIED

#: Written where there is no date.
_NO_DATE = (NOT_STATED, UNVERIFIED, TO_FILL)
_PATTERN = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?\Z", re.ASCII)


@dataclass(frozen=True, order=True)
class DateRange:
    """A closed interval of days; ``end=None`` means still running."""

    start: date
    end: date | None

    def __contains__(self, day: date) -> bool:
        return self.start <= day and (self.end is None or day <= self.end)

    def overlaps(self, other: DateRange) -> bool:
        """Whether the two share at least one day."""
        return (self.end is None or other.start <= self.end) and (
            other.end is None or self.start <= other.end
        )

    def covers(self, other: DateRange) -> bool:
        """Whether every day of ``other`` lies in this interval."""
        if self.start > other.start:
            return False
        return self.end is None or (other.end is not None and other.end <= self.end)


class PartialDate(str):
    """``2018``, ``2018-11``, ``2018-11-26``, 未载 (not stated), 待核 (not verified) or 待填 (open).

    A ``str``, so that it reads and writes as the text it was; ``range`` gives the days it
    may mean, or ``None`` where nothing is known.
    """

    __slots__ = ()

    def __new__(cls, text: str) -> PartialDate:
        if text not in _NO_DATE:
            _parse(text)
        return super().__new__(cls, text)

    @property
    def range(self) -> DateRange | None:
        """The first and last day this date may mean; ``None`` where there is no date."""
        return _range(self)

    @property
    def day(self) -> date | None:
        """The day, where it is known to the day."""
        span = self.range
        return span.start if span and span.start == span.end else None

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: Any) -> core_schema.CoreSchema:
        text = core_schema.str_schema(strict=True, strip_whitespace=True)
        year_as_text = core_schema.no_info_after_validator_function(
            str,
            core_schema.int_schema(strict=True),  # YAML reads a bare 2018 as a number
        )
        return core_schema.no_info_after_validator_function(
            cls,
            core_schema.union_schema([text, year_as_text]),
            serialization=core_schema.to_string_ser_schema(),
        )


@lru_cache(maxsize=4096)
def _range(text: str) -> DateRange | None:
    if text in _NO_DATE:
        return None
    year, month, day = _parse(text)
    last_month = month or 12
    last_day = day or calendar.monthrange(year, last_month)[1]
    return DateRange(date(year, month or 1, day or 1), date(year, last_month, last_day))


def _parse(text: str) -> tuple[int, int | None, int | None]:
    match = _PATTERN.match(text)
    if not match:
        raise ValueError(f"日期应写成 2018、2018-11、2018-11-26，或写“未载”“待核”，不能写“{text}”")
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    try:
        date(year, month or 1, day or 1)
    except ValueError:
        raise ValueError(f"没有“{text}”这一天") from None
    return year, month, day
