"""Time limits by id and by the day they are asked for."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from casebase.model import DateRange, TimeLimit


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
