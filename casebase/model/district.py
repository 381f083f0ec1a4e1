"""The bureau that prints the guide, its branches and local industries, 辖区."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field, StringConstraints

from casebase.model.base import Record

Label = Annotated[str, StringConstraints(min_length=1, max_length=400)]


class WritingGroup(Record):
    """Who compiles the guide: offices only, no names."""

    leader: Label = Field(alias="组长")
    deputies: tuple[Label, ...] = Field(alias="副组长")
    members: tuple[Label, ...] = Field(alias="组员")


class District(Record):
    """The bureau as it stands on the cover and in the text of the guide."""

    bureau: Label = Field(alias="机关")
    short: Label = Field(alias="简称")
    area: Label = Field(alias="区域")
    guide_title: Label = Field(alias="指南名称")
    mandate: Label = Field(alias="编写依据")
    mandate_number: Label = Field(alias="编写依据文号")
    mandate_item: Label = Field(alias="编写依据条款")
    units: tuple[Label, ...] = Field(alias="印发单位")
    group: WritingGroup = Field(alias="编写组")
    industries: tuple[Label, ...] = Field(alias="特色产业")
    gaps: tuple[Label, ...] = Field(alias="供稿空缺", default=())
