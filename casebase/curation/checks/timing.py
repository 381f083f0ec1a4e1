"""Dates that run backwards, and limits that were overrun, as far as the days are known.

Published cases tell months more often than days; a contradiction is reported only where no
reading of the words avoids it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date

from casebase.curation.checks.report import finding
from casebase.curation.io import Keys
from casebase.curation.moments import moment
from casebase.curation.store import Casebase, Loaded
from casebase.errors import CasebaseError
from casebase.law.periods import period_end
from casebase.law.workdays import WorkCalendar
from casebase.model import Case, DateRange, Finding, Severity, Step, TimeLimit
from casebase.model.limit import Unit

#: The stage of the time line on which a limit's starting event stands.
_STARTED_AT = {
    "received": ("接收登记",),
    "report_received": ("接收登记",),
    "accepted": ("受理审查",),
    "filed": ("立案",),
    "filing_decided": ("立案",),
    "termination_decided": ("终结", "调解"),
}
_DOUBTED = re.compile(r"延长|延期|扣除|超过|中止|逾期")
_PERIODS = (Unit.WORKDAY, Unit.DAY, Unit.MONTH, Unit.YEAR)


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Order of days, and each limit held against the days of the time line."""
    yield from _order(loaded)
    yield from _handled(loaded)
    for i, step in enumerate(loaded.record.steps):
        yield from _limit(loaded, i, step, casebase)


def _order(loaded: Loaded[Case]) -> Iterator[Finding]:
    latest: tuple[date, str] | None = None
    for i, step in enumerate(loaded.record.steps):
        days = moment(step.when)
        if days is None:
            continue
        if latest and days.end and days.end < latest[0]:
            keys: Keys = ("处办过程", i, "时间")
            message = f"“{step.when}”早于前面的“{latest[1]}”"
            yield finding(loaded, keys, "CB612", message, "核对日期，按先后排列")
        elif latest is None or days.start > latest[0]:
            latest = (days.start, step.when)


def _handled(loaded: Loaded[Case]) -> Iterator[Finding]:
    case = loaded.record
    days = case.handled.range
    if days is None:
        return
    if case.id.split("-")[1] != f"{days.start.year:04}":
        message = f"编号里的年份与处理时（{case.handled}）不符"
        fix = "核对处理时，或者改编号"
        yield finding(loaded, ("处理时",), "CB612", message, fix, Severity.WARNING)
    published = moment(case.source.published)
    if published and published.end and published.end < days.start:
        message = f"处理时（{case.handled}）晚于来源的发布日期（{case.source.published}）"
        yield finding(loaded, ("处理时",), "CB612", message, "核对两个日期")
    starts = [span.start for step in case.steps if (span := moment(step.when))]
    if days.end and starts and min(starts) > days.end:
        message = f"处理时（{case.handled}）早于处办过程的第一个日期"
        yield finding(loaded, ("处理时",), "CB612", message, "核对两个日期")


def _limit(loaded: Loaded[Case], i: int, step: Step, casebase: Casebase) -> Iterator[Finding]:
    limit = casebase.limits.get(step.limit) if step.limit else None
    done = moment(step.when)
    if limit is None or done is None or done.end is None or done.start == date.min:
        return
    begun = _start(loaded.record, i, limit)
    if begun is None or begun.end is None or begun.start == date.min:
        return
    keys: Keys = ("处办过程", i, "期限")
    last = _last_day(limit, begun.end, casebase.calendar, extended=True)
    if last and done.start > last and not _accounted_for(step, loaded.record):
        message = f"按“{limit.label}”最迟应在 {last} 以前办完，这一步在“{step.when}”"
        fix = "核对日期；确已超期的“期限”写“超期”，有延长或者扣除的写明"
        yield finding(loaded, keys, "CB613", message, fix)
    earliest = _last_day(limit, begun.start, casebase.calendar, extended=False)
    if earliest and done.end <= earliest and step.on_time == "超期":
        message = f"“{limit.label}”到 {earliest} 届满，这一步在“{step.when}”，没有超期"
        yield finding(loaded, keys, "CB613", message, "核对“期限”一栏")


def _start(case: Case, before: int, limit: TimeLimit) -> DateRange | None:
    stages = _STARTED_AT.get(limit.start or "", ())
    spans = [moment(s.when) for s in case.steps[:before] if s.stage in stages]
    return spans[-1] if spans else None


def _last_day(
    limit: TimeLimit, start: date, calendar: WorkCalendar, *, extended: bool
) -> date | None:
    """The last day from ``start``, with the longest extension; ``None`` where it has no bound."""
    value = limit.on(start)
    if value is None or value.unit not in _PERIODS or len(value.numbers) != 1:
        return None
    number = value.numbers[0]
    if not isinstance(number, int):
        return None
    try:
        last = period_end(calendar, start, number, value.unit).day
        more = limit.extension if extended else None
        if more is not None:
            if more.number is None or more.unit is None:
                return None
            base = start if more.mode == "延至" else last
            last = period_end(calendar, base, more.number, more.unit).day
    except CasebaseError:
        return None
    return calendar.workday_from(last).day if extended else last


def _accounted_for(step: Step, case: Case) -> bool:
    """Said to be late, or doubted in so many words; time for testing does not count at all."""
    if step.on_time == "超期" or any(other.stage == "检测鉴定" for other in case.steps):
        return True
    return step.on_time == "来源未载，无法判定" and _DOUBTED.search(step.text) is not None
