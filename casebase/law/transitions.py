"""Which limit governs a step that is open when old law gives way to new, 新旧交替.

The rules are named records (``transitions.yaml``); the answer names the one that decided.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date

from casebase.law.due import Applied, Compared, Due
from casebase.law.limits import LimitLaw
from casebase.law.regimes import Entry, Group
from casebase.model import TimeLimit
from casebase.model.limit_rules import Change

Reckon = Callable[[Entry, date, date], Due]


def settle(
    law: LimitLaw,
    group: Group,
    running: list[Due],
    known: Mapping[str, date],
    reckon: Reckon,
) -> list[Due]:
    """``running`` after the named rules for steps that a change of law finds still open.

    Args:
        running: limits in force on the day they started, with their last days.
        reckon: the due day of an entry from a day, with the value of another day.
    """
    settled = running
    latest = max((due.due for due in running if due.due), default=date.min)
    done: set[tuple[str, str]] = set()
    for rule in law.transitions.changes:
        start = known.get(rule.start)
        if start is None or start >= rule.day or (rule.start, rule.end) in done:
            continue
        if rule.since is None and known.get(rule.end, latest) < rule.day:
            continue  # done or due before the change; told here to be quick
        step = [due for due in settled if _same_step(due.limit, rule)]
        olds = [due for due in step if due.limit.regime in rule.old and due.due]
        if not olds or not _meets(rule, start, known.get(rule.end), olds):
            continue
        news = [] if rule.effect == "从旧" else _new_ones(rule, group, step, start, reckon)
        if news or rule.effect == "从旧":
            settled = _apply(rule, settled, olds, news)
            done.add((rule.start, rule.end))
    return [_spanning(law, due, group.last_days[due.limit.id]) for due in settled]


def _new_ones(
    rule: Change, group: Group, step: list[Due], start: date, reckon: Reckon
) -> list[Due]:
    """The new law's limits for the step: those that run, and those it first brought."""
    running = [due for due in step if due.limit.regime in rule.new and due.due]
    brought = (
        reckon(entry, start, rule.day)
        for entry in group.by_start.get(rule.start, ())
        if _same_step(entry.limit, rule)
        and entry.limit.regime in rule.new
        and entry.first > start
        and entry.in_force_between(rule.day, rule.day)
    )
    return [*running, *(due for due in brought if due.due)]


def _same_step(limit: TimeLimit, rule: Change) -> bool:
    return limit.end == rule.end and limit.start == rule.start


def _meets(rule: Change, start: date, ended: date | None, olds: Iterable[Due]) -> bool:
    """Whether the step is still open on the day of change (or began while both rules held)."""
    if rule.since is not None:
        return start >= rule.since
    if ended is not None:
        return ended >= rule.day
    return any(due.due is not None and due.due >= rule.day for due in olds)


def _apply(rule: Change, settled: list[Due], olds: list[Due], news: list[Due]) -> list[Due]:
    """``settled`` with what the rule makes of the old limits and the new ones."""
    weighed = tuple(
        Compared(d.limit, d.due, d.unrolled) for d in (*olds, *news) if d.due and d.unrolled
    )
    new_ids, old_ids = {due.limit.id for due in news}, {due.limit.id for due in olds}
    decisive = {"从旧": old_ids, "取较早": old_ids | new_ids}.get(rule.effect, new_ids)
    applied = Applied(
        rule,
        weighed,
        min(c.due for c in weighed if c.limit.id in decisive),
        min(c.unrolled for c in weighed),
    )
    if rule.effect == "从新":
        kept = [due for due in settled if due.limit.id not in old_ids | new_ids]
        return [*kept, *(due._replace(change=applied) for due in news)]
    touched = old_ids | new_ids
    return [d._replace(change=applied) if d.limit.id in touched else d for d in settled]


def _spanning(law: LimitLaw, due: Due, last: date | None) -> Due:
    """Name the general rule where a limit outlives the text it rests on."""
    if last is None or due.change or not due.due or not due.unrolled or due.due <= last:
        return due
    if due.ended is not None and due.ended <= last:
        return due
    this = Compared(due.limit, due.due, due.unrolled)
    return due._replace(change=Applied(law.transitions.default, (this,), due.due, due.unrolled))
