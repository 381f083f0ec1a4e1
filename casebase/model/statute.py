"""A law as dated data, 法规: versions with their days, articles by gist.

The wording of an article is not kept here: the gist is in our own words, and the official
text can be imported beside it. ``核验`` says how far an entry was verified: V1 the text of
the article was in hand, V2 a public second-hand source, M memory only (shown as 待核).
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from casebase.model.base import UNVERIFIED, Record
from casebase.model.dates import DateRange, PartialDate

Verification = Literal["V1", "V2", "M"]
Label = Annotated[str, StringConstraints(min_length=1, max_length=400)]
STATUTE_ID_PATTERN = r"^[A-Z]+(-[A-Z0-9]+)+$"


#: From sound to doubtful.
_DOUBT: tuple[Verification, ...] = ("V1", "V2", "M")


def most_doubtful(marks: Iterable[Verification]) -> Verification:
    """The weakest of several verification marks; V1 where there is none."""
    return max(marks, key=_DOUBT.index, default="V1")


def span(start: PartialDate | None, end: PartialDate | None) -> DateRange:
    """The widest interval that two partial dates leave open.

    An unknown start reaches back to the first day there is and an unknown end stays open:
    what is not verified must not make a citation look repealed.
    """
    first = start.range if start else None
    last = end.range if end else None
    return DateRange(first.start if first else date.min, last.end if last else None)


class StatuteVersion(Record):
    """One text of a law between the day it took effect and the day before the next one."""

    promulgated: PartialDate = Field(alias="公布")
    effective: PartialDate = Field(alias="施行")
    until: PartialDate | None = Field(alias="止", default=None)
    title: Label | None = Field(alias="名称", default=None)
    article_count: int | None = Field(alias="条数", default=None, ge=1)
    note: Label | None = Field(alias="注", default=None)

    @property
    def in_force(self) -> DateRange:
        """The days on which this text holds (待核 ends are treated as open)."""
        return span(self.effective, self.until)


class Article(Record):
    """The gist of one article (or a run of articles) of a law.

    ``since``/``until`` bound the days on which the number means this rule, where a revision
    renumbered the law.
    """

    number: int | Literal["待核"] = Field(alias="条")
    last_number: int | None = Field(alias="至条", default=None)
    gist: Label = Field(alias="要旨")
    issues: tuple[Label, ...] = Field(alias="问题", default=())
    penalty: Label | None = Field(alias="罚则", default=None)
    remedy: Label | None = Field(alias="救济", default=None)
    figure: Label | None = Field(alias="数值", default=None)
    verification: Verification | None = Field(alias="核验", default=None)
    since: PartialDate | None = Field(alias="自", default=None)
    until: PartialDate | None = Field(alias="止", default=None)
    note: Label | None = Field(alias="注", default=None)

    def holds(self, number: int, days: DateRange) -> bool:
        """Whether this entry is the rule behind ``number`` on some of ``days``."""
        if self.number == UNVERIFIED or not isinstance(self.number, int):
            return False
        if not self.number <= number <= (self.last_number or self.number):
            return False
        return span(self.since, self.until).overlaps(days)


class Statute(Record):
    """A law, regulation, rule, judicial interpretation or standard, one file each."""

    id: str = Field(alias="编号", pattern=STATUTE_ID_PATTERN)
    title: Label = Field(alias="名称")
    short: tuple[Label, ...] = Field(alias="简称", min_length=1)
    issuer: Label = Field(alias="制定机关")
    number: Label = Field(alias="文号")
    level: Label = Field(alias="效力层级")
    topic: Label = Field(alias="类别")
    verification: Verification = Field(alias="核验")
    verification_note: Label = Field(alias="核验说明")
    versions: tuple[StatuteVersion, ...] = Field(alias="版本", min_length=1)
    articles: tuple[Article, ...] = Field(alias="条文", default=())
    note: Label | None = Field(alias="注", default=None)

    @model_validator(mode="after")
    def _versions_in_order(self) -> Statute:
        for earlier, later in zip(self.versions, self.versions[1:], strict=False):
            if earlier.in_force.overlaps(later.in_force):
                raise ValueError("版本的施行区间互相重叠，请核对“施行”“止”两项")
        return self

    def version_on(self, day: date) -> StatuteVersion | None:
        """The text in force on ``day``; ``None`` before the first or after the last."""
        return next((v for v in self.versions if day in v.in_force), None)

    def title_on(self, day: date) -> str:
        """The title the law bore on ``day`` (some lost a 暂行 on revision)."""
        version = self.version_on(day)
        return version.title if version and version.title else self.title

    def articles_for(self, number: int, days: DateRange) -> tuple[Article, ...]:
        """The gist entries behind ``number`` on some of ``days``."""
        return tuple(a for a in self.articles if a.holds(number, days))
