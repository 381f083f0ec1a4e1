"""Which limits belong to a matter, compiled once for a kind, a line and a way of rolling over.

Everything here is read from records: the kinds of matter (``matters.yaml``), the regime, the
line and the days of each limit.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from itertools import combinations

from casebase.law.due import Due
from casebase.law.limits import LimitLaw, no_such
from casebase.model import TimeLimit
from casebase.model.limit import LimitValue, Unit
from casebase.model.limit_rules import Clause, Kind, RollMode


@dataclass(frozen=True, slots=True)
class Entry:
    """A limit as one kind of matter sees it.

    ``judged_by`` is the event whose day decides whether the limit governs; ``grounds`` are
    the names of what stops its clock; ``steps`` are its values, the latest first.
    """

    limit: TimeLimit
    listed: bool
    judged_by: str
    first: date
    last: date | None
    grounds: frozenset[str]
    clause: Clause
    mode: RollMode
    steps: tuple[tuple[date, LimitValue | None], ...]

    def on(self, day: date) -> LimitValue | None:
        """The value that holds on ``day``, as :meth:`TimeLimit.on` but compiled."""
        for since, value in self.steps:
            if since <= day:
                return value
        return None

    def in_force_between(self, first: date, last: date) -> bool:
        """Whether the limit holds on one of these days."""
        return self.first <= last and (self.last is None or self.last >= first)


@dataclass(frozen=True)
class Group:
    """The limits of one kind of matter on one line (or on all), compiled once.

    ``entries`` stand in the order of the events they start from. ``waiting`` are
    the limits, by id, as they are listed until they start; ``precedes`` the pairs of
    events of which the first cannot come after the second.
    """

    kind: Kind
    entries: tuple[Entry, ...]
    waiting: dict[str, Due]
    precedes: frozenset[tuple[str, str]]

    @cached_property
    def first(self) -> date | None:
        """The first day for which a limit is on record."""
        return min((entry.first for entry in self.listed), default=None)

    @cached_property
    def listed(self) -> tuple[Entry, ...]:
        """The limits shown even before they start."""
        return tuple(entry for entry in self.entries if entry.listed)

    @cached_property
    def last_days(self) -> dict[str, date | None]:
        """The last day on which each limit holds, by id; ``None`` while in force."""
        return {entry.limit.id: entry.last for entry in self.entries}

    @cached_property
    def restarts(self) -> tuple[Entry, ...]:
        """Rules that make a limit run anew."""
        return tuple(entry for entry in self.entries if _unit(entry.limit) is Unit.RULE)

    @cached_property
    def by_start(self) -> dict[str | None, tuple[Entry, ...]]:
        """The limits by the event they start from."""
        found: dict[str | None, tuple[Entry, ...]] = {}
        for entry in self.entries:
            found[entry.limit.start] = (*found.get(entry.limit.start, ()), entry)
        return found


def _compiled(law: LimitLaw, kind: str, line: str | None, roll: str | None) -> Group:
    """The limits for ``kind`` (or an alias) on ``line``, rolling over as ``roll`` says.

    Raises:
        CasebaseError: no such kind, line or way of rolling over; the message names them.
    """
    chosen = law.kinds.get(kind)
    if chosen is None:
        raise no_such("种类", kind, law.kinds)
    if line is not None and line not in law.lines:
        raise no_such("条线", line, law.lines)
    modes = {mode.id: mode for mode in law.rollover.modes}
    if roll is not None and roll not in modes:
        raise no_such("顺延方式", roll, modes)
    clauses = {regime: c for c in law.rollover.clauses for regime in c.regimes}
    judged = {rule.end: rule.by for rule in law.transitions.judged_by}
    found: list[Entry] = []
    for limit in law.limits:
        listed = any(pick.picks(limit) for pick in chosen.listed)
        given = any(pick.picks(limit) for pick in chosen.when_given)
        if not (listed or given) or limit.start is None or line not in (None, limit.line or line):
            continue
        clause = clauses.get(limit.regime, law.rollover.clauses[-1])
        found.append(
            Entry(
                limit,
                listed,
                judged.get(limit.end or "", limit.start),
                limit.first_day,
                limit.last_day,
                _grounds(law, limit),
                clause,
                modes[roll or clause.mode or law.rollover.default],
                tuple(sorted(limit.values.items(), reverse=True)),
            )
        )
    order = {event: at for at, event in enumerate(law.events.by_id)}
    found.sort(key=lambda entry: (order.get(entry.limit.start or "", 0), entry.limit.id))
    waiting = {
        entry.limit.id: Due(
            entry.limit,
            next((value for _, value in entry.steps if value), None),
            entry.clause,
            entry.mode,
            notes=(f"等待：{law.event_label(entry.limit.start or '')}",),
        )
        for entry in found
    }
    return Group(chosen, tuple(found), waiting, _precedence(law, found))


#: :func:`_compiled`, remembered.
group_of = lru_cache(maxsize=64)(_compiled)


def _precedence(law: LimitLaw, entries: Iterable[Entry]) -> frozenset[tuple[str, str]]:
    steps = {(entry.limit.start or "", entry.limit.end or "") for entry in entries}
    chains = (pair for chain in law.matters.order for pair in combinations(chain, 2))
    return frozenset({*steps, *chains})


def _grounds(law: LimitLaw, limit: TimeLimit) -> frozenset[str]:
    said = "".join(limit.excluded)
    return frozenset(
        ground.name for ground in law.matters.grounds if any(word in said for word in ground.words)
    )


def _unit(limit: TimeLimit) -> Unit | None:
    return next((value.unit for value in limit.values.values() if value), None)
