"""Working days after the State Council's notices, one record a year.

A year without a notice is never guessed: the answer counts Monday to Friday and is marked
tentative (暂定), so that it is shown as such and computed again once the notice is out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from casebase.model import WorkdayYear


@dataclass(frozen=True)
class Counted:
    """The day a count ends on, and the years without a notice that it ran through."""

    day: date
    unpublished: tuple[int, ...] = ()

    @property
    def tentative(self) -> bool:
        """Whether the day rests on a year whose notice is not out (暂定)."""
        return bool(self.unpublished)


class WorkCalendar:
    """The working days of all years on record."""

    def __init__(self, years: Iterable[WorkdayYear]) -> None:
        self._years = {year.year: year for year in sorted(years, key=lambda y: y.year)}
        self._off = {day for year in self._years.values() for day in year.weekdays_off}
        self._worked = {day for year in self._years.values() for day in year.weekends_worked}

    @property
    def years(self) -> tuple[WorkdayYear, ...]:
        """The years on record, in order."""
        return tuple(self._years.values())

    def is_published(self, day: date) -> bool:
        """Whether the notice for that day's year is on record."""
        return day.year in self._years

    def is_workday(self, day: date) -> bool:
        """Whether offices work on ``day`` (Monday to Friday where no notice is on record)."""
        return day in self._worked or (day.weekday() < 5 and day not in self._off)

    def add_workdays(self, start: date, count: int) -> Counted:
        """The ``count``-th working day after ``start``; the start day itself is not counted."""
        if count < 0:
            raise ValueError("工作日数不能是负数")
        day, left, missing = start, count, set[int]()
        while left:
            day += timedelta(days=1)
            if not self.is_published(day):
                missing.add(day.year)
            left -= self.is_workday(day)
        return Counted(day, tuple(sorted(missing)))
