"""What is given about a matter, checked before anything is reckoned.

Every refusal is a Chinese sentence that names what is wrong and what could have been meant.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import permutations

from casebase.errors import CasebaseError
from casebase.law.due import Due
from casebase.law.limits import LimitLaw, no_such
from casebase.law.periods import Pause, Stretch, merged
from casebase.law.regimes import Group, group_of

#: Most stretches of days that may be left out of one matter.
_MOST_PAUSES = 200


@dataclass(frozen=True, slots=True)
class Given:
    """A matter as it stands.

    ``events`` are the days given, ``known`` those and what they imply; ``stretches`` are days
    left out by ground; ``extended`` are ids of limits.
    """

    law: LimitLaw
    group: Group
    events: Mapping[str, date]
    known: Mapping[str, date]
    extended: frozenset[str]
    stretches: Mapping[str, tuple[Stretch, ...]]


def take(
    law: LimitLaw,
    group: Group,
    events: Mapping[str, date],
    pauses: Sequence[Pause],
    extensions: Iterable[str],
) -> Given:
    """All that is given, checked; :class:`CasebaseError` for what cannot be right."""
    _check_events(law, group, events)
    return Given(
        law,
        group,
        events,
        _completed(law, group, events),
        _checked_extensions(law, tuple(extensions)),
        _checked_pauses(law, pauses),
    )


def _completed(law: LimitLaw, group: Group, events: Mapping[str, date]) -> dict[str, date]:
    """The events given, the receipt under all its names, and what they imply (视同)."""
    known = dict(events)
    receipt = next(events[event] for event in group.kind.receipts if event in events)
    for event in group.kind.receipts:
        known.setdefault(event, receipt)
    again = True
    while again:
        again = False
        for event, implied in law.matters.implied.items():
            if event in known and implied not in known:
                known[implied] = known[event]
                again = True
    return known


def _check_events(law: LimitLaw, group: Group, events: Mapping[str, date]) -> None:
    """Known ids, a receipt, days in the order in which things can happen."""
    for event, day in events.items():
        if event not in law.events.by_id:
            raise no_such("事件", event, law.events.by_id)
        law.calendar.ensure_countable(day)
    received = [events[event] for event in group.kind.receipts if event in events]
    if not received:
        names = "、".join(f"{law.event_label(e)}（{e}）" for e in group.kind.receipts)
        raise CasebaseError(f"缺少收到日：{group.kind.name}须给出{names}。")
    first = group_of(law, group.kind.name, None, None).first  # on whatever line
    if first is None or max(received) < first:
        raise CasebaseError(
            f"{max(received)} 收到的{group.kind.name}没有收录时限，"
            f"收录的最早施行日是 {first or '（无）'}。请核对收到日。"
        )
    if len(events) > 1:
        _check_order(law, group, events)


def _check_order(law: LimitLaw, group: Group, events: Mapping[str, date]) -> None:
    for earlier, later in permutations(events, 2):
        if events[later] < events[earlier] and (earlier, later) in group.precedes:
            raise CasebaseError(
                f"“{law.event_label(later)}”（{later} {events[later]}）早于"
                f"“{law.event_label(earlier)}”（{earlier} {events[earlier]}）。请核对日期。"
            )


def _checked_pauses(law: LimitLaw, pauses: Sequence[Pause]) -> dict[str, tuple[Stretch, ...]]:
    """Pauses by ground, joined where they overlap."""
    if len(pauses) > _MOST_PAUSES:
        raise CasebaseError(f"扣除的区间超过 {_MOST_PAUSES} 段，请核对。")
    names = [ground.name for ground in law.matters.grounds]
    found: dict[str, list[Stretch]] = {}
    for pause in pauses:
        ground = pause.ground or names[0]
        if ground not in names:
            raise no_such("扣除事由", ground, names)
        if pause.last < pause.first:
            raise CasebaseError(f"扣除区间 {pause.first}..{pause.last} 前后颠倒。请写 起日..止日。")
        law.calendar.ensure_countable(pause.first)
        law.calendar.ensure_countable(pause.last)
        found.setdefault(ground, []).append((pause.first, pause.last))
    return {ground: merged(stretches) for ground, stretches in found.items()}


def _checked_extensions(law: LimitLaw, given: tuple[str, ...]) -> frozenset[str]:
    """The ids of limits that their record allows to extend by a number."""
    for limit_id in given:
        limit = law.limits.get(limit_id)
        if limit is None:
            raise no_such("时限", limit_id, law.limits.ids)
        if limit.extension is None or limit.extension.number is None:
            raise CasebaseError(
                f"“{limit.label}”（{limit_id}）没有延长的规定或者没有延长的数值，不能延长。"
            )
        if given.count(limit_id) > 1:
            raise CasebaseError(f"“{limit.label}”（{limit_id}）的延长写了两次，只能延长一次。")
    return frozenset(given)


def refuse_unused(given: Given, dues: Iterable[Due]) -> None:
    """An extension has to concern a limit of this matter."""
    here = [due.limit for due in dues]
    for limit_id in sorted(given.extended - {limit.id for limit in here}):
        limit = given.law.limits.get(limit_id)
        can = sorted(x.id for x in here if x.extension and x.extension.number)
        hint = f"本件可以延长的：{'、'.join(can)}。" if can else "本件没有可以延长的时限。"
        label = limit.label if limit else limit_id
        raise CasebaseError(f"“{label}”（{limit_id}）不是本件的时限。{hint}")
