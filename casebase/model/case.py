"""A typical case, 典型案例, in the uniform form of the guide (体例).

The order of the fields is the order in which a case is written, read and printed.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from casebase.model.base import Line, Record, Text
from casebase.model.citation import Citation
from casebase.model.dates import PartialDate
from casebase.model.review import Review

TermId = Annotated[str, StringConstraints(pattern=r"^[a-zA-Z][a-zA-Z0-9_]*$", max_length=60)]
#: An id of a vocabulary, or 待填 in a draft.
OpenId = Annotated[
    str, StringConstraints(pattern=r"^(?:[a-zA-Z][a-zA-Z0-9_]*|待填)$", max_length=60)
]
#: ``XC-year-subject code-serial``; the year is 0000 where the source gives none.
CASE_ID_PATTERN = r"^XC-[0-9]{4}-[A-Z]{3}-[0-9]{3}$"

Chapter = Literal["商品类", "服务类", "违法行为类", "程序疑难类"]
Ability = Literal["咨询解答", "争议调解", "案件查处", "应急处置", "流程管控", "待填"]


class Classification(Record):
    """Where a case belongs: ids of the vocabularies in ``records/taxonomy``."""

    chapter: Chapter = Field(alias="章")
    subject: TermId = Field(alias="品类")
    other_subjects: tuple[TermId, ...] = Field(alias="其他品类", default=())
    issues: tuple[OpenId, ...] = Field(alias="问题", min_length=1, max_length=6)
    channel: OpenId | Literal["未载"] = Field(alias="渠道")
    dispositions: tuple[OpenId, ...] = Field(alias="处置", min_length=1, max_length=8)
    claims: tuple[OpenId, ...] = Field(alias="诉求", default=())
    parties: tuple[TermId, ...] = Field(alias="经营者类型", default=())


class Amounts(Record):
    """Sums in yuan, only as the source states them; absent means 未载."""

    disputed: float | None = Field(alias="争议金额", default=None, ge=0)
    refunded: float | None = Field(alias="退款", default=None, ge=0)
    compensated: float | None = Field(alias="赔偿", default=None, ge=0)
    fined: float | None = Field(alias="罚款", default=None, ge=0)
    confiscated: float | None = Field(alias="没收违法所得", default=None, ge=0)
    penalty_total: float | None = Field(alias="罚没合计", default=None, ge=0)


class Step(Record):
    """One node of the handling time line (处办过程)."""

    when: Annotated[str, StringConstraints(min_length=1, max_length=40)] = Field(alias="时间")
    stage: Literal[
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
        "待填",
    ] = Field(alias="环节")
    text: Text = Field(alias="内容")
    limit: TermId | None = Field(alias="时限", default=None)
    on_time: Literal["合规", "超期", "来源未载，无法判定"] | None = Field(
        alias="期限", default=None
    )


class Outcome(Record):
    """Result of the complaint and of the report, told apart."""

    complaint: Line = Field(alias="投诉")
    report: Line = Field(alias="举报")


class Training(Record):
    """What the case trains: the five abilities of 相市管〔2018〕37号 item 14."""

    abilities: tuple[Ability, ...] = Field(alias="能力", min_length=1, max_length=3)
    difficulty: Literal["基础", "中等", "较难", "待填"] = Field(alias="难度")


class Source(Record):
    """Where the facts come from; ``material`` is the number in the group's reading list."""

    material: Line = Field(alias="素材编号")
    title: Line = Field(alias="标题")
    publisher: Line = Field(alias="发布者")
    published: Line = Field(alias="发布日期")
    url: Line | None = Field(alias="网址", default=None)
    extent: Literal["全文", "案例段落完整", "部分", "仅开头", "待填"] = Field(alias="阅读范围")
    confidence: Literal["高", "中", "低", "待填"] = Field(alias="可信度")
    not_stated: Line = Field(alias="未载事项")


class Case(Record):
    """A typical case with its teaching, one file a case.

    ``form`` (体例) is 简案 where the source tells too little for the full lengths.
    ``handled`` (处理时) is the day, month or year in which the authority acted; citations are
    held against the law of that time. Where the source gives none it is 未载.

    A draft may say 待填 wherever something has still to be written (``base.TO_FILL``); checks
    report it, and as only later stages are printed, it never reaches a reader.
    """

    id: str = Field(alias="编号", pattern=CASE_ID_PATTERN)
    title: Annotated[str, StringConstraints(min_length=2, max_length=60)] = Field(alias="标题")
    form: Literal["详案", "简案"] = Field(alias="体例", default="详案")
    keywords: tuple[Line, ...] = Field(alias="关键词", min_length=1, max_length=12)
    classification: Classification = Field(alias="分类")
    region: Line = Field(alias="地区")
    handled: PartialDate = Field(alias="处理时")
    amounts: Amounts = Field(alias="金额", default_factory=Amounts)
    rule: Text = Field(alias="处办要旨")
    facts: Text = Field(alias="基本案情")
    disputes: tuple[Line, ...] = Field(alias="争议焦点", min_length=1, max_length=5)
    steps: tuple[Step, ...] = Field(alias="处办过程", min_length=1, max_length=12)
    outcome: Outcome = Field(alias="处理结果")
    citations: tuple[Citation, ...] = Field(alias="法律依据", default=())
    source_citations: tuple[Line, ...] = Field(alias="来源原引", default=())
    comment: Text = Field(alias="评析")
    points: tuple[Line, ...] = Field(alias="处办要点", min_length=1, max_length=10)
    risks: tuple[Line, ...] = Field(alias="风险提示", min_length=1, max_length=8)
    advice_consumer: Line | None = Field(alias="消费提示", default=None)
    advice_business: Line | None = Field(alias="经营者提示", default=None)
    similar: tuple[str, ...] = Field(alias="相似案例", default=(), max_length=5)
    current_law: Text | None = Field(alias="现行法提示", default=None)
    training: Training = Field(alias="培训")
    source: Source = Field(alias="来源")
    review: Review = Field(alias="审核")

    @property
    def is_brief(self) -> bool:
        """Whether the case is told in the short form, 简案."""
        return self.form == "简案"
