"""Working days after the State Council's notices, one record a year.

A year without a notice is never guessed: the answer counts Monday to Friday and is marked
tentative (暂定), so that it is shown as such and computed again once the notice is out.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from casebase.errors import CasebaseError
from casebase.model import WorkdayYear

#: Years before the first and after the last notice that can still be counted, tentatively.
_MARGIN = 30
_SATURDAY = 5


class Counted(NamedTuple):
    """The day a count ends on, and the years without a notice that it ran through."""

    day: date
    unpublished: tuple[int, ...] = ()

    @property
    def tentative(self) -> bool:
        """Whether the day rests on a year whose notice is not out (暂定)."""
        return bool(self.unpublished)


class WorkCalendar:
    """The working days of all years on record, kept as one sorted list of day numbers."""

    def __init__(self, years: Iterable[WorkdayYear]) -> None:
        self._years = {year.year: year for year in sorted(years, key=lambda y: y.year)}
        self._off = {day for year in self._years.values() for day in year.weekdays_off}
        self._worked = {day for year in self._years.values() for day in year.weekends_worked}
        self._first = date(min(self._years) - _MARGIN, 1, 1)
        self._last = date(max(self._years) + _MARGIN, 12, 31)
        numbers = range(self._first.toordinal(), self._last.toordinal() + 1)
        weekdays = {n for n in numbers if (n - 1) % 7 < _SATURDAY}  # day 1 was a Monday
        off = {day.toordinal() for day in self._off}
        worked = {day.toordinal() for day in self._worked}
        self._days = sorted((weekdays - off) | worked)

    @property
    def years(self) -> tuple[WorkdayYear, ...]:
        """The years on record, in order."""
        return tuple(self._years.values())

    def is_published(self, day: date) -> bool:
        """Whether the notice for that day's year is on record."""
        return day.year in self._years

    def is_workday(self, day: date) -> bool:
        """Whether offices work on ``day`` (Monday to Friday where no notice is on record)."""
        return day in self._worked or (day.weekday() < _SATURDAY and day not in self._off)

    def in_holiday(self, day: date) -> bool:
        """Whether ``day`` is off by the holiday arrangement, not as an ordinary weekend.

        The records tell weekdays off and weekends worked. A weekend counts as part of the
        holiday where the unbroken run of days off it stands in has a weekday off.
        """
        if self.is_workday(day):
            return False
        number = self._checked(day)
        at = bisect_left(self._days, number)
        run = range(self._days[at - 1] + 1, self._days[at])
        return any((n - 1) % 7 < _SATURDAY for n in run)

    def add_workdays(self, start: date, count: int) -> Counted:
        """The ``count``-th working day after ``start``; the start day itself is not counted.

        Raises:
            CasebaseError: the count leaves the years that can be told.
        """
        if count < 0:
            raise ValueError("工作日数不能是负数")
        if not count:
            return Counted(start)
        at = bisect_right(self._days, self._checked(start)) + count - 1
        if at >= len(self._days):
            raise self._outside()
        return self._counted(start.toordinal() + 1, self._days[at])

    def workday_from(self, day: date) -> Counted:
        """``day`` itself where offices work on it, else the next working day."""
        number = self._checked(day)
        return self._counted(number, self._days[bisect_left(self._days, number)])

    def workdays_in(self, first: date, last: date) -> int:
        """How many working days there are from ``first`` to a later ``last``, both included."""
        low = bisect_left(self._days, self._checked(first))
        return bisect_right(self._days, self._checked(last)) - low

    def unpublished(self, first: date, last: date) -> tuple[int, ...]:
        """The years from ``first`` to ``last`` whose notice is not on record."""
        if first.year == last.year and first.year in self._years:
            return ()
        years = range(first.year, last.year + 1)
        return tuple(year for year in years if year not in self._years)

    def _counted(self, first: int, last: int) -> Counted:
        day = date.fromordinal(last)
        return Counted(day, self.unpublished(date.fromordinal(first), day))

    def ensure_countable(self, day: date) -> None:
        """Refuse a day for which working days cannot be told (``CasebaseError``)."""
        self._checked(day)

    def _checked(self, day: date) -> int:
        # a year is left at both ends so that a next and a previous working day always exist
        if not self._first.year < day.year < self._last.year:
            raise self._outside()
        return day.toordinal()

    def _outside(self) -> CasebaseError:
        span = f"{self._first.year + 1} 年至 {self._last.year - 1} 年"
        return CasebaseError(f"日期超出工作日历可以计算的范围（{span}）。请核对日期。")
