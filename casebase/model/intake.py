"""The words by which material from outside is read: headings, columns, cues, hints.

Data files under ``records/intake``; a new way of writing is one more word there.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from casebase.model.base import Record

Word = Annotated[str, StringConstraints(min_length=1, max_length=60)]
Stage = Literal[
    "接收登记",
    "受理审查",
    "调解",
    "核查",
    "检测鉴定",
    "立案",
    "处罚",
    "移送",
    "终结",
    "回访整改",
]


class HeadingRule(Record):
    """All ways of writing one heading, and the field of a case it leads to."""

    field: Word = Field(alias="到")
    names: tuple[Word, ...] = Field(alias="写法", min_length=1)


class Omitted(Record):
    """Labels whose value is never copied, and why; ``party`` where it names somebody."""

    names: tuple[Word, ...] = Field(alias="写法", min_length=1)
    why: Word = Field(alias="因")
    party: Literal["人", "企业"] | None = Field(alias="是", default=None)


class Cue(Record):
    """Words that speak for one value."""

    value: Word = Field(alias="到")
    words: tuple[Word, ...] = Field(alias="词", min_length=1)

    def first(self, text: str) -> str | None:
        """The first of the words that stands in ``text``."""
        return next((word for word in self.words if word in text), None)


class StageCue(Cue):
    """Words that speak for a stage of the handling."""

    value: Stage = Field(alias="到")


class Headings(Record):
    """How a written case is laid out (``intake/headings.yaml``)."""

    fields: tuple[HeadingRule, ...] = Field(alias="栏目", min_length=1)
    omitted: tuple[Omitted, ...] = Field(alias="略去")
    openings: tuple[Word, ...] = Field(alias="案例开头", min_length=1)
    stages: tuple[StageCue, ...] = Field(alias="环节", min_length=1)
    report_side: tuple[Word, ...] = Field(alias="举报一边", min_length=1)


class Cues(Record):
    """Words that speak for a channel, disposition or claim (``intake/cues.yaml``).

    ``unguessed`` are issues that only a person may name, as they judge a person.
    """

    unguessed: tuple[Word, ...] = Field(alias="不提议", default=())
    channel: tuple[Cue, ...] = Field(alias="渠道")
    dispositions: tuple[Cue, ...] = Field(alias="处置")
    claims: tuple[Cue, ...] = Field(alias="诉求")


class Column(Record):
    """All headings of one column of a ledger; ``why`` where its values are never copied."""

    use: Word = Field(alias="用途")
    headings: tuple[Word, ...] = Field(alias="表头", min_length=1)
    why: Word | None = Field(alias="略去", default=None)


class Node(Record):
    """A step of the handling that a dated column stands for, with the limits it may fall under."""

    use: Word = Field(alias="用途")
    stage: Stage = Field(alias="环节")
    text: Word = Field(alias="内容")
    event: Word | None = Field(alias="事件", default=None)
    limits: tuple[Word, ...] = Field(alias="时限", default=())


class Ledger(Record):
    """How a ledger (台账) is laid out (``intake/ledger.yaml``)."""

    columns: tuple[Column, ...] = Field(alias="列", min_length=1)
    unread: tuple[Word, ...] = Field(alias="不读")
    nodes: tuple[Node, ...] = Field(alias="节点", min_length=1)


class Hint(Record):
    """What is said above one field of a draft (栏目 joined by dots)."""

    field: Word = Field(alias="栏目")
    text: Annotated[str, StringConstraints(min_length=1, max_length=200)] = Field(alias="写")
    vocabulary: Word | None = Field(alias="词表", default=None)


class Hints(Record):
    """The remarks of a draft (``intake/hints.yaml``)."""

    opening: tuple[str, ...] = Field(alias="开头")
    fields: tuple[Hint, ...] = Field(alias="栏目")
    unplaced: tuple[str, ...] = Field(alias="未归类")
