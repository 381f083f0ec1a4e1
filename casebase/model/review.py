"""How far a record has come, who has looked at it, and the rules of the way (审核流程)."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints, model_validator

from casebase.model.base import Line, Record
from casebase.model.dates import PartialDate

#: Digits of the hash that binds a step to the text it was taken on.
DIGEST_LENGTH = 16
#: A code that tells staff apart without naming them.
STAFF_CODE = r"^[A-Z]{1,4}-[0-9]{1,4}$"


class Status(StrEnum):
    """How far a record has come."""

    DRAFT = "草稿"
    SUBMITTED = "送审"
    LEGAL = "法规审"
    PRIVACY = "脱敏审"
    FINAL = "定稿"
    RETIRED = "停用"


#: What others than its writers may see: a draft may still hold names, a retired case is wrong.
SHOWN = (Status.SUBMITTED, Status.LEGAL, Status.PRIVACY, Status.FINAL)


class ReviewStep(Record):
    """One step of a record: what it became, by whom, when, and of which text.

    ``code`` (代号) tells people apart without naming them: a staff code such as ``FG-03``;
    the key from codes to names stays with the bureau.
    """

    to: Status = Field(alias="到")
    role: Line = Field(alias="岗位")
    code: Annotated[str, StringConstraints(pattern=STAFF_CODE)] = Field(alias="代号")
    day: date = Field(alias="日期")
    digest: Annotated[str, StringConstraints(pattern=rf"^[0-9a-f]{{{DIGEST_LENGTH}}}$")] = Field(
        alias="内容校验"
    )
    note: Line | None = Field(alias="意见", default=None)


class Review(Record):
    """Where a record stands and how it came there; no names of persons."""

    contributor: Line = Field(alias="供稿")
    status: Status = Field(alias="状态")
    version: int = Field(alias="版本", ge=1)
    updated: PartialDate = Field(alias="日期")
    history: tuple[ReviewStep, ...] = Field(alias="经过", default=(), max_length=200)


class Passage(Record):
    """A step that is allowed, and the roles that may take it."""

    start: tuple[Status, ...] = Field(alias="从", min_length=1)
    to: Status = Field(alias="到")
    roles: tuple[Line, ...] = Field(alias="岗位", min_length=1)
    needs_note: bool = Field(alias="须写意见", default=False)


class ReviewRules(Record):
    """The way from draft to final: the writing group's house rules.

    ``apart`` lists pairs of statuses that two different persons have to give.
    """

    passages: tuple[Passage, ...] = Field(alias="流转", min_length=1)
    apart: tuple[tuple[Status, Status], ...] = Field(alias="不得同一人")

    @model_validator(mode="after")
    def _one_way_each(self) -> ReviewRules:
        ways = [(start, passage.to) for passage in self.passages for start in passage.start]
        if len(ways) != len(set(ways)):
            raise ValueError("“流转”里同一步写了两次，请合并岗位")
        return self

    def passage(self, start: Status, to: Status) -> Passage | None:
        """The rule for this step; ``None`` where it is not allowed."""
        return next((p for p in self.passages if start in p.start and p.to is to), None)

    def ways_from(self, status: Status) -> tuple[Passage, ...]:
        """All steps a record may take now."""
        return tuple(p for p in self.passages if status in p.start)
