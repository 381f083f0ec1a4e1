"""A due day with everything it rests on, 末日: the answer of :mod:`casebase.law.timetable`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, NamedTuple

from casebase.law.wording import extension_words, short_title
from casebase.law.workdays import WorkCalendar
from casebase.model import TimeLimit
from casebase.model.limit import LimitValue, Unit
from casebase.model.limit_rules import Change, Clause, Effect, Named, RollMode


@dataclass(frozen=True, slots=True)
class Compared:
    """A limit that a named rule weighs: its last day, rolled over and not."""

    limit: TimeLimit
    due: date
    unrolled: date


@dataclass(frozen=True, slots=True)
class Applied:
    """A named rule that decided between old and new law, and the day to work towards.

    ``control`` is the day the rule names (管控末日), ``warn`` the earliest of all days that
    were weighed.
    """

    rule: Named
    compared: tuple[Compared, ...]
    control: date
    warn: date

    @property
    def effect(self) -> Effect | None:
        """What the rule does; ``None`` for the general rule that the start day decides."""
        return self.rule.effect if isinstance(self.rule, Change) else None


class Due(NamedTuple):
    """One limit of a matter: when it runs, when it ends and why.

    ``start`` is ``None`` while the event it starts from has not been given, ``due`` also
    where the rule sets no single number. ``unrolled`` is the last day before it rolled over.
    """

    limit: TimeLimit
    value: LimitValue | None
    clause: Clause
    mode: RollMode
    start: date | None = None
    due: date | None = None
    unrolled: date | None = None
    paused: int = 0
    extended: bool = False
    unpublished: tuple[int, ...] = ()
    ended: date | None = None
    change: Applied | None = None
    notes: tuple[str, ...] = ()

    @property
    def tentative(self) -> bool:
        """Whether the day rests on a year whose holidays are not published (暂定)."""
        return bool(self.unpublished)

    @property
    def status(self) -> str:
        """确定 or 暂定."""
        return "暂定" if self.tentative else "确定"

    @property
    def warn(self) -> date | None:
        """The day warnings count to: not rolled over, and the earliest where rules compete."""
        if self.unrolled is None or self.change is None:
            return self.unrolled
        return min(self.unrolled, self.change.warn)

    @property
    def late(self) -> bool | None:
        """Whether the step was done after the last day; ``None`` while that is not known."""
        return None if self.ended is None or self.due is None else self.ended > self.due

    @property
    def reason(self) -> str | None:
        """Why the day is only tentative."""
        if not self.unpublished:
            return None
        years = "、".join(f"{year}年" for year in self.unpublished)
        return (
            f"没有收录{years}放假安排（尚未公布或者未录入），暂按周一至周五计算，录入后须重新计算"
        )

    def counted_from(self, calendar: WorkCalendar) -> date | None:
        """The first day that counts: the start day itself never does."""
        if self.start is None or self.due is None or self.value is None:
            return None
        if self.value.unit is Unit.WORKDAY:
            return calendar.add_workdays(self.start, 1).day
        return self.start + timedelta(days=1)

    def as_json(self, calendar: WorkCalendar) -> dict[str, Any]:
        """The contract of ``caseguide limits --json``; days as ISO text."""
        limit, source = self.limit, self.limit.source
        numbers = self.value.numbers if self.value else ()
        return {
            "id": limit.id,
            "label": limit.label,
            "from": limit.start,
            "to": limit.end,
            "start": _iso(self.start),
            "due": _iso(self.due),
            "due_unrolled": _iso(self.unrolled),
            "unit": self.value.unit.value if self.value and self.value.unit else None,
            "value": numbers[0] if len(numbers) == 1 else list(numbers) or None,
            "source": source_words(limit),
            "verification": limit.verification,
            "status": self.status,
            "reason": self.reason,
            "warn": _iso(self.warn),
            "rule": f"《{short_title(source.title)}》",
            "article": source.article,
            "statute": source.statute,
            "regime": limit.regime,
            "line": limit.line,
            "counted_from": _iso(self.counted_from(calendar)),
            "excluded": list(limit.excluded),
            "paused_days": self.paused,
            "extension": extension_words(limit) if limit.extension else None,
            "extended": self.extended,
            "roll": self._roll_json(),
            "transition": self._transition_json(),
            "done": _iso(self.ended),
            "late": self.late,
            "note": limit.note,
            "notes": list(self.notes),
        }

    def _roll_json(self) -> dict[str, Any] | None:
        if self.value is None or self.value.unit in (Unit.WORKDAY, Unit.HOUR):
            return None  # a working day never rolls over; an hour runs on
        clause = self.clause
        return {
            "mode": self.mode.id,
            "rule": clause.label,
            "source": clause.source,
            "verification": clause.verification,
        }

    def _transition_json(self) -> dict[str, Any] | None:
        if self.change is None:
            return None
        rule = self.change.rule
        return {
            "id": rule.id,
            "name": rule.label,
            "effect": self.change.effect,
            "text": rule.text,
            "source": rule.source,
            "verification": rule.verification,
            "control": _iso(self.change.control),
            "compared": [
                {"id": c.limit.id, "due": _iso(c.due), "due_unrolled": _iso(c.unrolled)}
                for c in self.change.compared
            ],
        }


def source_words(limit: TimeLimit) -> str:
    """《消费者权益保护法实施条例》（国务院令第778号）第46条第3款."""
    source = limit.source
    number = f"（{source.number}）" if source.number else ""
    return f"《{short_title(source.title)}》{number}{source.article}"


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
