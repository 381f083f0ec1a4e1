"""When each step of a complaint, report or case is due, 期限表.

A pure function of the law and the days it is given; nothing here knows today's date. Limits
are chained by events: one whose start has not been given is listed and says what it waits for.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from casebase.law.due import Due
from casebase.law.given import Given, refuse_unused, take
from casebase.law.limits import LimitLaw
from casebase.law.periods import (
    PERIODS,
    Ended,
    Pause,
    Stretch,
    merged,
    period_end,
    roll_over,
)
from casebase.law.regimes import Entry, group_of
from casebase.law.transitions import settle
from casebase.law.workdays import WorkCalendar
from casebase.model import Extension
from casebase.model.limit import LimitValue, Unit


def due_dates(
    law: LimitLaw,
    events: Mapping[str, date],
    *,
    kind: str = "投诉",
    line: str | None = None,
    pauses: Sequence[Pause] = (),
    extensions: Iterable[str] = (),
    roll: str | None = None,
) -> tuple[Due, ...]:
    """Every limit of a matter with its last day: running ones by day, then waiting ones.

    Args:
        events: days by event id (``records/law/events.yaml``); at least the receipt.
        kind: 投诉, 举报, 案件 or 混合 (``records/law/matters.yaml``).
        line: the business line that chose among the rules before the bureaus were merged;
            ``None`` lists those of all lines.
        pauses: days that do not count where the limit's record has them in 扣除.
        extensions: ids of limits extended by approval, by what their record allows.
        roll: a way of rolling over (``records/law/rollover.yaml``); ``None`` its default.

    Raises:
        CasebaseError: an id, day or order of days cannot be right; the message says which.
    """
    given = take(law, group_of(law, kind, line, roll), events, pauses, extensions)
    running = _running(given)
    waiting = [entry for entry in given.group.listed if entry.limit.start not in given.known]
    settled = settle(law, given.group, running, given.known, lambda *asked: _reckon(given, *asked))
    settled.sort(key=lambda due: (due.due or date.max, due.limit.id))
    dues = (*settled, *_pending(given, waiting, settled))
    if given.extended:
        refuse_unused(given, dues)
    return dues


def _running(given: Given) -> list[Due]:
    """Limits whose start is known and that governed on the day that decides."""
    found, group, known = [], given.group, given.known
    anew = _restarts(given)
    for event, start in known.items():
        for entry in group.by_start.get(event, ()):
            if not entry.listed and event not in given.events:
                continue
            again = anew.get(entry.limit.end) if event in group.kind.receipts else None
            day = known.get(entry.judged_by, start)
            if again is not None:
                due = _reckon(given, entry, again, again)
                found.append(due._replace(notes=(*due.notes, "自最后一次举报重新起算")))
            elif entry.on(day) is not None:
                found.append(_reckon(given, entry, start, day))
    return found


def _restarts(given: Given) -> dict[str | None, date]:
    """By end event: the day from which a limit runs anew (a further report, 补充举报)."""
    return {
        entry.limit.end: given.known[entry.judged_by]
        for entry in given.group.restarts
        if entry.judged_by in given.known and entry.on(given.known[entry.judged_by]) is not None
    }


def _reckon(given: Given, entry: Entry, start: date, value_day: date) -> Due:
    """The due day of one limit from ``start``, with the value that held on ``value_day``."""
    limit, value, calendar = entry.limit, entry.on(value_day), given.law.calendar
    ended = given.known.get(limit.end or "")
    why = _why_no_day(value)
    if why or value is None:
        return Due(limit, value, entry.clause, entry.mode, start, ended=ended, notes=(why,))
    pauses = _left_out(given, entry)
    extension = limit.extension if limit.id in given.extended else None
    last = _end(calendar, start, value, extension, pauses)
    due, unpublished = last.day, last.unpublished
    if value.unit in given.law.rollover.units:
        rolled = roll_over(calendar, last.day, entry.mode.rolls)
        due, unpublished = rolled.day, rolled.unpublished
    return Due(
        limit,
        value,
        entry.clause,
        entry.mode,
        start,
        due=due,
        unrolled=last.day,
        paused=last.paused,
        extended=extension is not None,
        unpublished=unpublished,
        ended=ended,
    )


def _left_out(given: Given, entry: Entry) -> tuple[Stretch, ...]:
    """The days that do not count for this limit."""
    if not given.stretches:
        return ()
    return merged(s for ground in entry.grounds for s in given.stretches.get(ground, ()))


def _why_no_day(value: LimitValue | None) -> str:
    """Why a limit that runs has no single last day; empty where it has one."""
    if value is None or value.unit is Unit.RULE:
        return "只规定重新起算，本身没有末日"
    if not value.numbers:
        return "条文规定了义务，没有规定天数"
    if value.unit not in PERIODS:
        return "不是期间"
    if len(value.numbers) > 1:
        return "依情形分档，须先确定适用哪一档"
    return ""


def _end(
    calendar: WorkCalendar,
    start: date,
    value: LimitValue,
    extension: Extension | None,
    pauses: tuple[Stretch, ...],
) -> Ended:
    """The last day; 延至 makes the extension's number the new total, 另加 adds it."""
    number, unit = int(value.numbers[0]), value.unit or Unit.DAY
    if extension is None or extension.number is None:
        return period_end(calendar, start, number, unit, pauses)
    more = extension.unit or unit
    if extension.mode == "延至":
        return period_end(calendar, start, extension.number, more, pauses)
    if more is unit:
        return period_end(calendar, start, number + extension.number, unit, pauses)
    first = period_end(calendar, start, number, unit, pauses)
    then = period_end(calendar, first.day, extension.number, more, pauses)
    years = tuple(sorted({*first.unpublished, *then.unpublished}))
    return Ended(then.day, first.paused + then.paused, years)


def _pending(given: Given, waiting: list[Entry], running: list[Due]) -> list[Due]:
    """Limits whose start has not been given, as far as they may still come to run.

    One that a change of law ends or begins before the open steps are due says so.
    """
    known = given.known
    latest = max(known.values())
    horizon = max([latest, *(due.due for due in running if due.due and due.ended is None)])
    found = []
    for entry in waiting:
        judged = known.get(entry.judged_by)
        first, last = (judged, judged) if judged else (latest, horizon)
        if not entry.in_force_between(first, last):
            continue
        due = given.group.waiting[entry.limit.id]
        ended, extended = known.get(entry.limit.end or ""), entry.limit.id in given.extended
        bounds = []
        if entry.first > first:
            bounds.append(f"{entry.first} 起起算的适用")
        if entry.last is not None and entry.last < last:
            bounds.append(f"{entry.last} 以前起算的适用")
        if ended or extended or bounds:
            notes = (*due.notes, *bounds)
            due = due._replace(ended=ended, extended=extended, notes=notes)
        found.append(due)
    return found
