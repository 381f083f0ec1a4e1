"""Dates as far as they are known."""

from __future__ import annotations

from datetime import date

import pytest

from casebase.model import DateRange, PartialDate


@pytest.mark.parametrize(
    ("text", "start", "end"),
    [
        ("2018", date(2018, 1, 1), date(2018, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2018-11-26", date(2018, 11, 26), date(2018, 11, 26)),
    ],
)
def test_range(text: str, start: date, end: date) -> None:
    assert PartialDate(text).range == DateRange(start, end)


@pytest.mark.parametrize("text", ["未载", "待核"])
def test_unknown_has_no_range(text: str) -> None:
    assert PartialDate(text).range is None


@pytest.mark.parametrize(
    "text", ["2018-13", "2018-02-30", "18-1-1", "2018\n", "２０１８", "去年", ""]
)
def test_refused(text: str) -> None:
    with pytest.raises(ValueError, match=r"日期|没有"):
        PartialDate(text)
