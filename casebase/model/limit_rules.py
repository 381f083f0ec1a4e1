"""Rules about time limits, as data: which apply, how days are counted, what a change of law does.

Three records: :class:`Matters` (``law/matters.yaml``), :class:`Rollover` (``law/rollover.yaml``)
and :class:`Transitions` (``law/transitions.yaml``).
"""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from casebase.model.base import Record
from casebase.model.limit import Label, TimeLimit, Unit
from casebase.model.statute import Verification

Prose = Annotated[str, StringConstraints(min_length=1, max_length=1000)]
EventId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z_]*$")]
RuleId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]*$")]

#: On which days the last day of a period rolls over to the next working day.
Rolls = Literal["非工作日", "放假安排", "不顺延"]
#: What a change of the law does to a matter that is still open on that day.
Effect = Literal["从新", "从旧", "取较早", "并存"]


class Selector(Record):
    """Limits of one 事项, narrowed by the event they start from or end with."""

    matter: Label = Field(alias="事项")
    start: EventId | None = Field(alias="起算", default=None)
    end: EventId | None = Field(alias="截止", default=None)

    def picks(self, limit: TimeLimit) -> bool:
        """Whether the limit is one of those meant."""
        return (
            limit.matter == self.matter
            and self.start in (None, limit.start)
            and self.end in (None, limit.end)
        )


class Kind(Record):
    """投诉, 举报 or 案件: what its receipt is and which limits belong to it.

    ``listed`` limits are shown even before they start; ``when_given`` ones only once the
    event they start from is given.
    """

    name: Label = Field(alias="名称")
    aliases: tuple[Label, ...] = Field(alias="别名", default=())
    receipts: tuple[EventId, ...] = Field(alias="收到", min_length=1)
    listed: tuple[Selector, ...] = Field(alias="列出", min_length=1)
    when_given: tuple[Selector, ...] = Field(alias="发生才列", default=())


class Ground(Record):
    """A reason for which days are not counted, and the words by which limits name it."""

    name: Label = Field(alias="名称")
    words: tuple[Label, ...] = Field(alias="词", min_length=1)


class Matters(Record):
    """Kinds of matter, the order of events, and what stops the clock."""

    kinds: tuple[Kind, ...] = Field(alias="种类", min_length=1)
    note: Prose = Field(alias="说明")
    implied: dict[EventId, EventId] = Field(alias="视同", default_factory=dict)
    order: tuple[tuple[EventId, ...], ...] = Field(alias="先后", default=())
    grounds: tuple[Ground, ...] = Field(alias="扣除事由", min_length=1)


class RollMode(Record):
    """One way of treating a last day on which offices are closed."""

    id: RuleId = Field(alias="编号")
    label: Label = Field(alias="名称")
    rolls: Rolls = Field(alias="遇")
    text: Prose = Field(alias="文字")


class Clause(Record):
    """What the rules of some regimes say on the last day; ``mode`` departs from the default."""

    regimes: tuple[Label, ...] = Field(alias="适用", min_length=1)
    label: Label = Field(alias="名称")
    text: Prose = Field(alias="文字")
    source: Label = Field(alias="依据")
    verification: Verification = Field(alias="核验")
    mode: RuleId | None = Field(alias="方式", default=None)


class Counting(Record):
    """How the first day is found."""

    label: Label = Field(alias="名称")
    text: Prose = Field(alias="文字")
    source: Label = Field(alias="依据")
    verification: Verification = Field(alias="核验")
    note: Label | None = Field(alias="注", default=None)


class Rollover(Record):
    """How periods begin and what happens when they end on a day off."""

    default: RuleId = Field(alias="默认")
    reason: Prose = Field(alias="默认理由")
    modes: tuple[RollMode, ...] = Field(alias="方式", min_length=1)
    units: tuple[Unit, ...] = Field(alias="顺延单位")
    counting: Counting = Field(alias="起算")
    warning: Prose = Field(alias="预警")
    clauses: tuple[Clause, ...] = Field(alias="依据", min_length=1)

    @model_validator(mode="after")
    def _modes_exist(self) -> Rollover:
        ids = {mode.id for mode in self.modes}
        for named in (self.default, *(c.mode for c in self.clauses if c.mode)):
            if named not in ids:
                raise ValueError(f"没有编号为 {named} 的顺延方式")
        return self


class Named(Record):
    """A named rule with its text, where it comes from and how far it is verified."""

    id: RuleId = Field(alias="编号")
    label: Label = Field(alias="名称")
    text: Prose = Field(alias="文字")
    source: Label = Field(alias="依据")
    verification: Verification = Field(alias="核验")


class Change(Named):
    """Which limit governs a step that is open when the law changes on ``day``.

    ``old`` and ``new`` are regimes. ``since`` bounds a time in which both hold (并存).
    """

    day: date = Field(alias="变更日")
    since: date | None = Field(alias="自", default=None)
    start: EventId = Field(alias="起算")
    end: EventId = Field(alias="截止")
    old: tuple[Label, ...] = Field(alias="旧", min_length=1)
    new: tuple[Label, ...] = Field(alias="新", min_length=1)
    effect: Effect = Field(alias="处理")

    @model_validator(mode="after")
    def _both_need_a_beginning(self) -> Change:
        if (self.effect == "并存") != (self.since is not None):
            raise ValueError("“自”用于而且只用于“处理: 并存”的规则")
        return self


class JudgedBy(Record):
    """Limits ending with ``end`` are those in force on the day of event ``by``."""

    end: EventId = Field(alias="截止")
    by: EventId = Field(alias="按")
    label: Label = Field(alias="名称")
    verification: Verification = Field(alias="核验")


class Transitions(Record):
    """Which of several limits governs, by named rules."""

    regimes: dict[str, Label] = Field(alias="时期")
    default: Named = Field(alias="通则")
    judged_by: tuple[JudgedBy, ...] = Field(alias="判断日", default=())
    changes: tuple[Change, ...] = Field(alias="交替", default=())
