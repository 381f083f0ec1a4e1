"""Periods against day-by-day oracles written apart from the engine, and against public ones."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.curation.store import Casebase
from casebase.errors import CasebaseError
from casebase.law.periods import Stretch, merged, period_end, roll_over
from casebase.law.workdays import Counted, WorkCalendar
from casebase.model.limit import Unit
from casebase.model.workday import WorkdayYear

ONE = timedelta(days=1)
FIRST, LAST = date(2018, 1, 1), date(2026, 12, 31)
MOST = 120
STARTS = st.dates(FIRST, LAST)
DAYS = st.dates(date(2017, 11, 1), date(2027, 6, 30))


class Oracle:
    """The same questions answered by walking one day at a time over the raw records."""

    def __init__(self, calendar: WorkCalendar) -> None:
        self.off = {d for y in calendar.years for d in y.weekdays_off}
        self.worked = {d for y in calendar.years for d in y.weekends_worked}
        self.published = {y.year for y in calendar.years}

    def works(self, day: date) -> bool:
        if day.strftime("%w") in ("0", "6"):
            return day in self.worked
        return day not in self.off

    def walk(self, start: date) -> Iterator[date]:
        while True:
            start += ONE
            yield start

    def workday(self, start: date, n: int, paused: frozenset[date] = frozenset()) -> date:
        day = start
        for day in self.walk(start):
            if n == 0:
                return day - ONE
            if self.works(day) and day not in paused:
                n -= 1
                if n == 0:
                    return day
        return day

    def natural(self, start: date, n: int, paused: frozenset[date] = frozenset()) -> date:
        day, left = start, n
        while left:
            day += ONE
            if day not in paused:
                left -= 1
        return day

    def rolled(self, day: date) -> date:
        while not self.works(day):
            day += ONE
        return day

    def strictly(self, day: date) -> date:
        """Rolled over only where the run of days off has a Monday-to-Friday day off in it."""
        run, back = set(), day
        while not self.works(back):
            run.add(back)
            back -= ONE
        ahead = day
        while not self.works(ahead):
            run.add(ahead)
            ahead += ONE
        return ahead if run & self.off else day


@pytest.fixture(scope="module")
def calendar(bundled: Casebase) -> WorkCalendar:
    return bundled.calendar


@pytest.fixture(scope="module")
def oracle(calendar: WorkCalendar) -> Oracle:
    return Oracle(calendar)


def all_starts() -> Iterator[date]:
    day = FIRST
    while day <= LAST:
        yield day
        day += ONE


def test_every_start_and_every_number_of_working_days(
    calendar: WorkCalendar, oracle: Oracle
) -> None:
    """Each start day 2018–2026 with n from 0 to 120, in one walk a start."""
    for start in all_starts():
        day, n = start, 0
        ended = period_end(calendar, start, 0, Unit.WORKDAY)
        assert (ended.day, ended.unpublished) == (start, ())
        while n < MOST:
            day += ONE
            if not oracle.works(day):
                continue
            n += 1
            ended = period_end(calendar, start, n, Unit.WORKDAY)
            assert ended.day == day, (start, n)
            assert bool(ended.unpublished) == (day.year == LAST.year + 1), (start, n)


def test_every_start_and_every_number_of_days(calendar: WorkCalendar, oracle: Oracle) -> None:
    """Each start day 2018–2026 with n from 0 to 120: the last day, and where it rolls to."""
    rolled = {}
    day = FIRST
    while day <= LAST + MOST * ONE:
        rolled[day] = (oracle.rolled(day), oracle.strictly(day))
        day += ONE
    for start in all_starts():
        for n in range(MOST + 1):
            end = period_end(calendar, start, n, Unit.DAY).day
            assert end == start + n * ONE
    for day, (block, strict) in rolled.items():
        counted = roll_over(calendar, day, "非工作日")
        assert counted.day == block, day
        assert counted.tentative == (block.year > LAST.year), day
        narrow = roll_over(calendar, day, "放假安排")
        assert narrow.day == strict, day
        assert narrow.tentative == (day.year > LAST.year), day
        assert roll_over(calendar, day, "不顺延") == Counted(day)


@pytest.mark.parametrize("library", ["chinese_calendar", "holidays"])
def test_working_days_equal_public_calendars(calendar: WorkCalendar, library: str) -> None:
    """Day by day against PyPI ``chinesecalendar`` and ``holidays``, where installed."""
    public = pytest.importorskip(library, reason=f"{library} is only needed for this comparison")
    if library == "holidays":
        china = public.country_holidays("CN", years=range(2018, 2027))
        works = china.is_working_day
    else:
        works = public.is_workday
    assert [d for d in all_starts() if calendar.is_workday(d) != works(d)] == []


stretches = st.lists(
    st.tuples(DAYS, st.integers(0, 40)).map(lambda p: (p[0], p[0] + p[1] * ONE)), max_size=4
)


def days_of(pauses: list[Stretch]) -> frozenset[date]:
    return frozenset(
        first + i * ONE for first, last in pauses for i in range((last - first).days + 1)
    )


@given(st.dates(FIRST, date(2026, 12, 1)), st.integers(0, MOST), stretches)
def test_paused_days_do_not_count(
    bundled: Casebase, start: date, n: int, pauses: list[Stretch]
) -> None:
    calendar, oracle, left_out = bundled.calendar, Oracle(bundled.calendar), days_of(pauses)
    joined = merged(pauses)
    natural = period_end(calendar, start, n, Unit.DAY, joined)
    assert natural.day == oracle.natural(start, n, left_out)
    assert natural.paused == (natural.day - start).days - n
    working = period_end(calendar, start, n, Unit.WORKDAY, joined)
    assert working.day == oracle.workday(start, n, left_out)
    span = (start + i * ONE for i in range(1, (working.day - start).days + 1))
    assert working.paused == sum(oracle.works(d) and d in left_out for d in span)
    assert bool(working.unpublished) == (working.day.year > LAST.year)


@given(stretches)
def test_joined_stretches_hold_the_same_days_once(pauses: list[Stretch]) -> None:
    joined = merged(pauses)
    assert days_of(list(joined)) == days_of(pauses)
    assert sum((last - first).days + 1 for first, last in joined) == len(days_of(pauses))
    assert list(joined) == sorted(joined)


def test_stretches_that_share_one_day_are_joined() -> None:
    a, b, c, d = (date(2026, 5, n) for n in (1, 5, 9, 20))
    assert merged([(b, c), (a, b)]) == ((a, c),)
    assert merged([(a, d), (b, c)]) == ((a, d),), "one inside another"
    assert merged([(a, b), (c, d)]) == ((a, b), (c, d))


@pytest.mark.parametrize(
    ("start", "number", "unit", "end", "reason"),
    [
        ("2026-01-31", 1, Unit.MONTH, "2026-02-28", "February has no 31st"),
        ("2024-01-31", 1, Unit.MONTH, "2024-02-29", "a leap February"),
        ("2026-01-30", 1, Unit.MONTH, "2026-02-28", "nor a 30th"),
        ("2026-03-31", 1, Unit.MONTH, "2026-04-30", "April has 30 days"),
        ("2026-03-15", 1, Unit.MONTH, "2026-04-15", "the corresponding day"),
        ("2026-02-28", 1, Unit.MONTH, "2026-03-28", "not the last day of March"),
        ("2026-11-30", 3, Unit.MONTH, "2027-02-28", "across the year"),
        ("2026-12-31", 12, Unit.MONTH, "2027-12-31", "twelve months"),
        ("2026-08-31", 6, Unit.MONTH, "2027-02-28", "half a year"),
        ("2026-11-15", 1, Unit.MONTH, "2026-12-15", "December is the twelfth month"),
        ("2026-12-15", 1, Unit.MONTH, "2027-01-15", "January follows"),
        ("2024-02-29", 1, Unit.YEAR, "2025-02-28", "no 29 February in 2025"),
        ("2024-02-29", 4, Unit.YEAR, "2028-02-29", "the next leap year"),
        ("2023-04-15", 3, Unit.YEAR, "2026-04-15", "three years"),
        ("2026-05-06", 24, Unit.HOUR, "2026-05-07", "the next day"),
        ("2026-05-06", 36, Unit.HOUR, "2026-05-07", "the earliest day it may end"),
        ("2026-05-06", 12, Unit.HOUR, "2026-05-06", "may end on the same day"),
        ("2026-05-06", 0, Unit.DAY, "2026-05-06", "no day"),
    ],
)
def test_corresponding_days(
    calendar: WorkCalendar, start: str, number: int, unit: Unit, end: str, reason: str
) -> None:
    ended = period_end(calendar, date.fromisoformat(start), number, unit)
    assert ended.day == date.fromisoformat(end), reason
    assert (ended.paused, ended.unpublished) == (0, ()), "nothing about working days is asked"


def test_a_paused_month_is_longer_by_the_days_left_out(calendar: WorkCalendar) -> None:
    pause = (date(2026, 4, 10), date(2026, 4, 14))
    ended = period_end(calendar, date(2026, 3, 15), 1, Unit.MONTH, (pause,))
    assert (ended.day, ended.paused) == (date(2026, 4, 20), 5)


def test_two_pauses_in_one_period_both_lengthen_it(calendar: WorkCalendar) -> None:
    pauses = (
        (date(2026, 5, 8), date(2026, 5, 9)),
        (date(2026, 5, 14), date(2026, 5, 15)),
    )
    days = period_end(calendar, date(2026, 5, 6), 10, Unit.DAY, pauses)
    assert (days.day, days.paused) == (date(2026, 5, 20), 4)
    working = period_end(calendar, date(2026, 5, 6), 7, Unit.WORKDAY, pauses)
    assert (working.day, working.paused) == (date(2026, 5, 20), 4), "the 9th is worked"


def test_a_pause_that_pushes_into_a_year_without_notice(calendar: WorkCalendar) -> None:
    pause = ((date(2026, 12, 14), date(2026, 12, 25)),)
    ended = period_end(calendar, date(2026, 12, 10), 7, Unit.WORKDAY, pause)
    assert (ended.day, ended.paused, ended.unpublished) == (date(2027, 1, 4), 10, (2027,))
    inside = period_end(calendar, date(2026, 12, 10), 5, Unit.WORKDAY, pause)
    assert (inside.day, inside.unpublished) == (date(2026, 12, 31), ()), "4 more after the pause"


@pytest.mark.parametrize(
    ("first", "last", "end", "reason"),
    [
        ("2026-05-06", "2026-05-06", "2026-05-16", "the start day never counts, paused or not"),
        ("2026-05-07", "2026-05-07", "2026-05-17", "the first day that counts"),
        ("2026-05-16", "2026-05-16", "2026-05-17", "the last day"),
        ("2026-05-17", "2026-05-20", "2026-05-16", "the day after the end is too late"),
        ("2026-05-01", "2026-05-08", "2026-05-18", "only what falls after the start"),
        ("2026-05-16", "2026-05-20", "2026-05-21", "it goes on after the pause"),
    ],
)
def test_the_edges_of_a_pause(
    calendar: WorkCalendar, first: str, last: str, end: str, reason: str
) -> None:
    pause = (date.fromisoformat(first), date.fromisoformat(last))
    ended = period_end(calendar, date(2026, 5, 6), 10, Unit.DAY, (pause,))
    assert ended.day == date.fromisoformat(end), reason


@pytest.mark.parametrize(
    ("day", "block", "strict", "reason"),
    [
        ("2026-06-19", "2026-06-22", "2026-06-22", "Dragon Boat, a Friday off by notice"),
        ("2026-06-20", "2026-06-22", "2026-06-22", "the weekend of that holiday"),
        ("2026-06-27", "2026-06-29", "2026-06-27", "an ordinary Saturday"),
        ("2026-10-03", "2026-10-08", "2026-10-08", "a Saturday inside National Day"),
        ("2026-10-10", "2026-10-10", "2026-10-10", "a Saturday that is worked"),
        ("2026-05-06", "2026-05-06", "2026-05-06", "the first day after the holiday"),
        ("2022-12-31", "2023-01-03", "2023-01-03", "the holiday runs into the next year"),
        ("2023-01-02", "2023-01-03", "2023-01-03", "and ends there"),
        ("2018-04-07", "2018-04-08", "2018-04-08", "Qingming ends on a Saturday"),
        ("2018-03-31", "2018-04-02", "2018-03-31", "the weekend before is ordinary"),
    ],
)
def test_rolling_over(
    calendar: WorkCalendar, day: str, block: str, strict: str, reason: str
) -> None:
    asked = date.fromisoformat(day)
    assert roll_over(calendar, asked, "非工作日").day == date.fromisoformat(block), reason
    assert roll_over(calendar, asked, "放假安排").day == date.fromisoformat(strict), reason


def test_what_is_no_period_is_refused(calendar: WorkCalendar) -> None:
    for unit in (Unit.YUAN, Unit.RULE, Unit.CALENDAR_DATE, Unit.MONTH_OR_KM):
        with pytest.raises(CasebaseError):
            period_end(calendar, FIRST, 1, unit)


@pytest.mark.parametrize(
    ("start", "number", "unit"),
    [
        (date(9999, 12, 1), 60, Unit.DAY),
        (date(9999, 12, 1), 2, Unit.MONTH),
        (date(2026, 1, 1), 9000, Unit.YEAR),
        (date(2026, 1, 1), 10**12, Unit.DAY),
        (date(2026, 1, 1), 10**6, Unit.WORKDAY),
        (date(3000, 1, 1), 1, Unit.WORKDAY),
    ],
)
def test_days_beyond_the_calendar_are_refused(
    calendar: WorkCalendar, start: date, number: int, unit: Unit
) -> None:
    with pytest.raises(CasebaseError, match="超出"):
        period_end(calendar, start, number, unit)


# --- the calendar itself ----------------------------------------------------------------------


def test_a_calendar_with_a_gap_names_the_missing_years() -> None:
    def year(number: int) -> WorkdayYear:
        return WorkdayYear(year=number, source="试", weekdays_off=(), weekends_worked=(), total=261)

    calendar = WorkCalendar([year(2022), year(2020)])
    assert [y.year for y in calendar.years] == [2020, 2022]
    assert calendar.unpublished(date(2020, 1, 1), date(2020, 12, 31)) == ()
    assert calendar.unpublished(date(2021, 1, 1), date(2021, 12, 31)) == (2021,)
    assert calendar.unpublished(date(2019, 1, 1), date(2024, 1, 1)) == (2019, 2021, 2023, 2024)
    assert calendar.add_workdays(date(2020, 12, 31), 400).unpublished == (2021,)
    assert calendar.add_workdays(date(2020, 12, 30), 1).unpublished == ()
    assert calendar.workday_from(date(2021, 5, 1)) == Counted(date(2021, 5, 3), (2021,))
    for day in (date(1990, 12, 31), date(2052, 1, 1)):
        assert not calendar.is_workday(date(2021, 5, 1))
        with pytest.raises(CasebaseError, match="1991 年至 2051 年"):
            calendar.ensure_countable(day)
    calendar.ensure_countable(date(1991, 1, 1))
    calendar.ensure_countable(date(2051, 12, 31))
    assert calendar.workday_from(date(2051, 12, 31)).day == date(2052, 1, 1), "a Monday"


def test_the_last_days_that_can_be_counted(calendar: WorkCalendar) -> None:
    last = date(2055, 12, 31)
    assert calendar.workday_from(last).day == last, "a Friday"
    assert calendar.add_workdays(last, 1).day == date(2056, 1, 3)
    weekdays_of_2056 = 260
    assert calendar.add_workdays(last, weekdays_of_2056).day == date(2056, 12, 29)
    with pytest.raises(CasebaseError):
        calendar.add_workdays(last, weekdays_of_2056 + 1)
    first = date(1989, 1, 1)
    assert calendar.workday_from(first).day == date(1989, 1, 2)
    assert calendar.add_workdays(first, 1).day == date(1989, 1, 2)


def test_only_days_off_are_in_a_holiday(calendar: WorkCalendar) -> None:
    assert calendar.in_holiday(date(2026, 6, 20)) and calendar.in_holiday(date(2026, 6, 19))
    assert not calendar.in_holiday(date(2026, 6, 18)), "worked"
    assert not calendar.in_holiday(date(2026, 10, 10)), "a Saturday that is worked"
    assert not calendar.in_holiday(date(2026, 6, 27)), "an ordinary Saturday"


def test_the_start_day_itself_needs_no_notice(calendar: WorkCalendar) -> None:
    assert calendar.add_workdays(date(2017, 12, 30), 1).unpublished == (2017,), "the 31st counts"
    assert calendar.add_workdays(date(2017, 12, 31), 1).unpublished == ()


def test_a_negative_number_is_a_programming_error(calendar: WorkCalendar) -> None:
    with pytest.raises(ValueError, match="负数"):
        calendar.add_workdays(FIRST, -1)


@given(DAYS, st.integers(0, 60))
def test_working_days_between(bundled: Casebase, first: date, length: int) -> None:
    calendar, oracle = bundled.calendar, Oracle(bundled.calendar)
    days = [first + i * ONE for i in range(length + 1)]
    assert calendar.workdays_in(first, days[-1]) == sum(map(oracle.works, days))


def test_published_years(calendar: WorkCalendar) -> None:
    assert calendar.is_published(LAST) and calendar.is_published(FIRST)
    assert not calendar.is_published(LAST + ONE) and not calendar.is_published(FIRST - ONE)
    assert not Counted(FIRST).tentative and Counted(FIRST, (2027,)).tentative
