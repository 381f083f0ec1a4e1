"""A time limit as dated data, 时限: one limit a file, values keyed by the day they start.

After OpenFisca's parameters: a limit that ended is a dated ``null``, never a deletion.
"""

from __future__ import annotations

from datetime import date, timedelta
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from casebase.model.base import Record
from casebase.model.statute import STATUTE_ID_PATTERN, Verification

Label = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class Unit(StrEnum):
    """What the number of a limit counts."""

    WORKDAY = "工作日"
    DAY = "日"
    MONTH = "个月"
    YEAR = "年"
    HOUR = "小时"
    YUAN = "元"
    RULE = "规则"
    MONTH_OR_KM = "个月或公里"
    CALENDAR_DATE = "月日"


class Extension(Record):
    """Whether and how a limit may be extended.

    ``mode`` tells two wordings apart that are easily confused: 另加 adds the number to the
    limit, 延至 makes the number the new total.
    """

    number: int | None = Field(alias="数", default=None, ge=1)
    unit: Unit | None = Field(alias="单位", default=None)
    mode: Literal["另加", "延至"] | None = Field(alias="方式", default=None)
    approval: Label | None = Field(alias="批准", default=None)
    note: Label | None = Field(alias="注", default=None)


class LimitValue(Record):
    """The number of a limit from one day on. ``numbers`` holds several where a rule has tiers."""

    numbers: tuple[int | str, ...] = Field(alias="数")
    unit: Unit | None = Field(alias="单位", default=None)


class LimitSource(Record):
    """The rule a limit stands in."""

    statute: str | None = Field(alias="法规", default=None, pattern=STATUTE_ID_PATTERN)
    title: Label = Field(alias="名称")
    number: Label | None = Field(alias="文号", default=None)
    article: Label = Field(alias="条款")


class TimeLimit(Record):
    """One statutory (or internal) time limit or numeric threshold.

    ``start``/``end`` are ids of events (``records/law/events.yaml``); ``values`` maps the day
    a value takes effect to it, or to ``None`` from the day it no longer holds.
    """

    id: str = Field(alias="编号", pattern=r"^[a-z][a-z0-9_]*$")
    label: Label = Field(alias="名称")
    matter: Label = Field(alias="事项")
    regime: Label = Field(alias="适用")
    line: Literal["工商", "食药", "质监", "价格"] | None = Field(alias="条线", default=None)
    start: str | None = Field(alias="起算", default=None)
    end: str | None = Field(alias="截止", default=None)
    values: dict[date, LimitValue | None] = Field(alias="值", min_length=1)
    extension: Extension | None = Field(alias="延长", default=None)
    excluded: tuple[Label, ...] = Field(alias="扣除", default=())
    source: LimitSource = Field(alias="依据")
    verification: Verification = Field(alias="核验")
    note: Label | None = Field(alias="注", default=None)

    @model_validator(mode="after")
    def _days_in_order(self) -> TimeLimit:
        if list(self.values) != sorted(self.values):
            raise ValueError("“值”下的日期应从早到晚排列")
        return self

    def on(self, day: date) -> LimitValue | None:
        """The value that holds on ``day``: the latest one that has started, if any."""
        started = [d for d in self.values if d <= day]
        return self.values[max(started)] if started else None

    @property
    def first_day(self) -> date:
        """The day the limit first took effect."""
        return min(self.values)

    @property
    def last_day(self) -> date | None:
        """The last day on which it holds; ``None`` while it is in force."""
        day, value = max(self.values.items())
        return None if value is not None else day - timedelta(days=1)
