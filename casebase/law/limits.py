"""Time limits by id and by the day they are asked for, and all the law that counts them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from functools import cached_property

from casebase.errors import CasebaseError
from casebase.law.workdays import WorkCalendar
from casebase.model import DateRange, Taxonomy, TimeLimit
from casebase.model.limit_rules import Kind, Matters, Rollover, Transitions


class LimitBook:
    """All time limits by id."""

    def __init__(self, limits: Iterable[TimeLimit]) -> None:
        self._by_id = {limit.id: limit for limit in sorted(limits, key=lambda x: x.id)}

    def __iter__(self) -> Iterator[TimeLimit]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, limit_id: str) -> TimeLimit | None:
        """The limit with this id."""
        return self._by_id.get(limit_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """All limit ids."""
        return tuple(self._by_id)

    def in_force(self, day: date) -> tuple[TimeLimit, ...]:
        """The limits that hold on ``day``."""
        return tuple(limit for limit in self if limit.on(day) is not None)


def held_on(limit: TimeLimit, days: DateRange) -> bool:
    """Whether the limit held on at least one of ``days``."""
    return DateRange(limit.first_day, limit.last_day).overlaps(days)


@dataclass(frozen=True, eq=False)
class LimitLaw:
    """Everything a due day is reckoned from: limits, working days and the rules about both."""

    limits: LimitBook
    calendar: WorkCalendar
    events: Taxonomy
    matters: Matters
    rollover: Rollover
    transitions: Transitions

    @cached_property
    def kinds(self) -> dict[str, Kind]:
        """Kinds of matter by name and alias."""
        return {name: kind for kind in self.matters.kinds for name in (kind.name, *kind.aliases)}

    @cached_property
    def lines(self) -> tuple[str, ...]:
        """The business lines that had limits of their own, in the order of the records."""
        return tuple(dict.fromkeys(limit.line for limit in self.limits if limit.line))

    def event_label(self, event: str) -> str:
        """The Chinese name of an event."""
        term = self.events.by_id.get(event)
        return term.label if term else event


def no_such(what: str, name: str, known: Iterable[str], all_of: int = 12) -> CasebaseError:
    """An error that names what could have been meant: the nearest, or all of a few."""
    names = list(known)
    near = get_close_matches(name, names, n=5, cutoff=0.4)
    meant = names if len(names) <= all_of else near
    hint = f"可以写：{'、'.join(meant)}。" if meant else "请核对写法。"
    return CasebaseError(f"没有“{name}”这一{what}。{hint}")
