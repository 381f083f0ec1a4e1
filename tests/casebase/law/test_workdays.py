"""Working days against a day-by-day oracle and the totals of the notices."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from casebase.curation.store import Casebase


def test_every_year_has_the_number_of_working_days_it_states(bundled: Casebase) -> None:
    for year in bundled.calendar.years:
        first = date(year.year, 1, 1)
        days = (first + timedelta(days=i) for i in range(366))
        assert (
            sum(bundled.calendar.is_workday(d) for d in days if d.year == year.year) == year.total
        )


@pytest.mark.parametrize(
    ("start", "count", "day", "reason"),
    [
        (date(2018, 3, 27), 7, date(2018, 4, 8), "the seventh day is a Sunday that was worked"),
        (date(2026, 4, 30), 1, date(2026, 5, 6), "Labour Day runs to 5 May"),
        (date(2026, 2, 13), 1, date(2026, 2, 14), "a Saturday worked before the Spring Festival"),
        (date(2024, 9, 30), 0, date(2024, 9, 30), "no days is the same day"),
    ],
    ids=lambda value: value if isinstance(value, str) else None,
)
def test_known_days(bundled: Casebase, start: date, count: int, day: date, reason: str) -> None:
    assert bundled.calendar.add_workdays(start, count).day == day


def test_a_year_without_notice_is_tentative_and_says_which(bundled: Casebase) -> None:
    counted = bundled.calendar.add_workdays(date(2026, 12, 28), 10)
    assert counted.tentative
    assert counted.unpublished == (2027,)


@given(st.dates(date(2018, 1, 1), date(2026, 6, 30)), st.integers(0, 120))
def test_equal_to_counting_by_hand(bundled: Casebase, start: date, count: int) -> None:
    off = {d for y in bundled.calendar.years for d in y.weekdays_off}
    worked = {d for y in bundled.calendar.years for d in y.weekends_worked}
    day, counted = start, 0
    while counted < count:
        day = day + timedelta(days=1)
        if (day.weekday() in (0, 1, 2, 3, 4) and day not in off) or day in worked:
            counted += 1
    assert bundled.calendar.add_workdays(start, count).day == day
