"""Working days of one year after the State Council's notice, 工作日历."""

from __future__ import annotations

from datetime import date

from pydantic import Field, model_validator

from casebase.model.base import Record


class WorkdayYear(Record):
    """How one year differs from Monday-to-Friday: days off and weekend days worked."""

    year: int = Field(alias="年", ge=1990, le=2100)
    source: str = Field(alias="依据")
    weekdays_off: tuple[date, ...] = Field(alias="周一至周五放假")
    weekends_worked: tuple[date, ...] = Field(alias="周末上班")
    total: int = Field(alias="工作日数")

    @model_validator(mode="after")
    def _days_fit(self) -> WorkdayYear:
        for day in self.weekdays_off:
            if day.year != self.year or day.weekday() >= 5:
                raise ValueError(f"{day} 不是 {self.year} 年的周一至周五")
        for day in self.weekends_worked:
            if day.year != self.year or day.weekday() < 5:
                raise ValueError(f"{day} 不是 {self.year} 年的周末")
        return self
