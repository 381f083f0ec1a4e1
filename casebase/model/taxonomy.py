"""Vocabularies, 分类体系: stable ids with Chinese names."""

from __future__ import annotations

from functools import cached_property
from typing import Annotated

from pydantic import Field, StringConstraints

from casebase.model.base import Record

Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class Term(Record):
    """One entry of a vocabulary. An id, once published, is never renamed."""

    id: str = Field(pattern=r"^[a-zA-Z][a-zA-Z0-9_]*$", max_length=60)
    label: Label = Field(alias="名称")
    code: str | None = Field(alias="码", default=None, pattern=r"^[A-Z]{3}$")
    group: Label | None = Field(alias="组", default=None)
    local: bool = Field(alias="本地特色", default=False)
    keywords: tuple[Label, ...] = Field(alias="关键词", default=())
    platform: tuple[Label, ...] = Field(alias="12315类目", default=())
    association: Label | None = Field(alias="消协类目", default=None)
    laws: tuple[Label, ...] = Field(alias="常用法规", default=())
    transfer_to: Label | None = Field(alias="移送部门", default=None)
    reasons: dict[str, tuple[Label, ...]] = Field(alias="理由码", default_factory=dict)
    start: Label | None = Field(alias="自", default=None)
    end: Label | None = Field(alias="至", default=None)
    source_only: bool = Field(alias="仅用于来源案例", default=False)
    merged_into: str | None = Field(alias="并入", default=None)
    basis: Label | None = Field(alias="依据", default=None)
    caution: Label | None = Field(alias="注意", default=None)


class Taxonomy(Record):
    """One dimension (品类, 问题, 渠道 …) with its entries in print order."""

    dimension: Label = Field(alias="维度")
    terms: tuple[Term, ...] = Field(alias="条目", min_length=1)

    @cached_property
    def by_id(self) -> dict[str, Term]:
        """The entries by id."""
        return {term.id: term for term in self.terms}
