"""A reference to one article of one law, 法条引用."""

from __future__ import annotations

from typing import Literal

from pydantic import Field

from casebase.model.base import Record


class Citation(Record):
    """One line of 法律依据.

    ``statute`` is the id of a statute record, ``article`` its number; paragraph (款) and item
    (项) narrow it. ``when`` says which day's text is meant: the day of the act (substance) or
    the day of handling (procedure), after 行政处罚法 第三十七条. ``origin`` tells readers whether
    the published source cited the article or the editors added it.
    """

    statute: str = Field(alias="法规", pattern=r"^[A-Z]+(-[A-Z0-9]+)+$", max_length=40)
    article: int | None = Field(alias="条", default=None, ge=1, le=2000)
    paragraph: int | None = Field(alias="款", default=None, ge=1, le=50)
    item: int | None = Field(alias="项", default=None, ge=1, le=50)
    when: Literal["行为时", "处理时"] = Field(alias="时点", default="处理时")
    origin: Literal["来源所引", "编者注"] = Field(alias="出处")
    note: str = Field(alias="说明", default="", max_length=200)
