"""Adding a period to a day: working days, days, months, years, hours; and rolling over.

The start day is not counted (投诉举报处理办法 period article; 程序规定 likewise). A month or a
year ends on the corresponding day, or on the last day of a month that has none. Which last
days roll over is data (``records/law/rollover.yaml``).
"""

from __future__ import annotations

import calendar as gregorian
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import NamedTuple

from casebase.errors import CasebaseError
from casebase.law.workdays import Counted, WorkCalendar
from casebase.model.limit import Unit
from casebase.model.limit_rules import Rolls

_ONE_DAY = timedelta(days=1)
_MONTHS_A_YEAR = 12
#: Units in which a number is a period of time.
PERIODS = frozenset({Unit.WORKDAY, Unit.DAY, Unit.MONTH, Unit.YEAR, Unit.HOUR})

Stretch = tuple[date, date]


@dataclass(frozen=True, slots=True)
class Pause:
    """Days not counted, ``first`` to ``last`` both included, for a ground (扣除事由).

    ``ground`` ``None`` is the first ground on record, 鉴定检测.
    """

    first: date
    last: date
    ground: str | None = None


class Ended(NamedTuple):
    """The last day of a period before any roll-over.

    ``paused`` days were left out, in the unit that was counted; ``unpublished`` are the
    years without a notice that working days were counted through.
    """

    day: date
    paused: int = 0
    unpublished: tuple[int, ...] = ()


def merged(pauses: Iterable[Stretch]) -> tuple[Stretch, ...]:
    """Stretches in order, overlapping ones joined: a day is left out only once."""
    joined: list[Stretch] = []
    for first, last in sorted(pauses):
        if joined and first <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(joined[-1][1], last))
        else:
            joined.append((first, last))
    return tuple(joined)


def period_end(
    calendar: WorkCalendar,
    start: date,
    number: int,
    unit: Unit,
    pauses: tuple[Stretch, ...] = (),
) -> Ended:
    """The last day of ``number`` ``unit`` from ``start``; the days of ``pauses`` do not count.

    Args:
        pauses: stretches as :func:`merged` gives them; the period ends on its last day that
            counts. Months and years are longer by the paused days that fall into them.

    Hours run from an instant that a day does not tell: the earliest day they may end is given.
    """
    if unit is Unit.WORKDAY:
        counted = calendar.add_workdays(start, number)
        if not pauses:
            return Ended(counted.day, 0, counted.unpublished)
        day, paused = _stretched(
            start,
            pauses,
            lambda more: calendar.add_workdays(start, number + more).day,
            calendar.workdays_in,
        )
        return Ended(day, paused, calendar.add_workdays(start, number + paused).unpublished)
    try:
        end = _plain_end(start, number, unit)
    except (OverflowError, ValueError):
        raise CasebaseError(f"{start} 加 {number} {unit.value}超出可以计算的范围。") from None
    if not pauses:
        return Ended(end)
    return Ended(*_stretched(start, pauses, lambda more: end + timedelta(days=more), _days_in))


def _plain_end(start: date, number: int, unit: Unit) -> date:
    if unit is Unit.DAY:
        return start + timedelta(days=number)
    if unit is Unit.MONTH:
        return _months_after(start, number)
    if unit is Unit.YEAR:
        return _months_after(start, number * _MONTHS_A_YEAR)
    if unit is Unit.HOUR:
        return start + timedelta(hours=number)  # a date takes whole days only
    raise ValueError(f"{unit.value} is no period")


def _months_after(start: date, number: int) -> date:
    years, month = divmod(start.month - 1 + number, _MONTHS_A_YEAR)
    year, month = start.year + years, month + 1
    return date(year, month, min(start.day, gregorian.monthrange(year, month)[1]))


def _stretched(
    start: date,
    pauses: tuple[Stretch, ...],
    end_with: Callable[[int], date],
    count: Callable[[date, date], int],
) -> tuple[date, int]:
    """The first end that leaves room for the paused days before it, and their number."""
    paused = 0
    while True:
        end = end_with(paused)
        lost = 0
        for first, last in pauses:
            begin, until = max(first, start + _ONE_DAY), min(last, end)
            if begin <= until:
                lost += count(begin, until)
        if lost == paused:
            return end, paused
        paused = lost


def _days_in(first: date, last: date) -> int:
    return (last - first).days + 1


def roll_over(calendar: WorkCalendar, day: date, rolls: Rolls) -> Counted:
    """``day``, or the next working day where ``day`` rolls over.

    Tentative where it lies in a year whose holidays are not known.
    """
    if rolls == "不顺延":
        return Counted(day)
    if rolls == "放假安排" and not calendar.in_holiday(day):
        return Counted(day, calendar.unpublished(day, day))
    return calendar.workday_from(day)
