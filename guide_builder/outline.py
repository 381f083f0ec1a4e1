"""The guide's plan (``outline.yaml``) as a checked model."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Annotated

from pydantic import Field, StringConstraints, ValidationError

from casebase.curation.io import UnreadableFileError, parse_yaml, read_bounded
from casebase.model import Record
from casebase.model.case import Chapter as CaseChapter
from guide_builder.errors import GuideError

Label = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Anchor = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9-]*$", max_length=30)]


class Section(Record):
    """A section (节 or 章): its title and what fills it, in this order.

    ``texts`` are markdown files under ``text/``; ``generated`` names a table maker;
    ``cases`` takes in all cases of a chapter, framed by ``before`` and ``after``.
    """

    title: Label = Field(alias="题")
    anchor: Anchor = Field(alias="锚")
    texts: tuple[Label, ...] = Field(alias="文", default=())
    generated: tuple[Label, ...] = Field(alias="生成", default=())
    cases: CaseChapter | None = Field(alias="案例", default=None)
    before: Label | None = Field(alias="概述", default=None)
    after: Label | None = Field(alias="小结", default=None)
    landscape: bool = Field(alias="横排", default=False)


class Part(Record):
    """A part (编) of the guide."""

    title: Label = Field(alias="编")
    anchor: Anchor = Field(alias="锚")
    sections: tuple[Section, ...] = Field(alias="章节", min_length=1)


class Outline(Record):
    """The whole plan. ``as_of`` is the day whose law the guide prints (法规基准日)."""

    title: tuple[Label, ...] = Field(alias="书名")
    edition: Label = Field(alias="版本")
    as_of: date = Field(alias="法规基准日")
    foreword: Label = Field(alias="编写说明")
    call_for_comments: Label = Field(alias="征求意见说明")
    parts: tuple[Part, ...] = Field(alias="正文", min_length=1)


def read_outline(path: Path) -> Outline:
    """Read ``outline.yaml``; :class:`GuideError` with file and line where it is wrong."""
    try:
        document = parse_yaml(read_bounded(path))
        return Outline.model_validate_json(json.dumps(document.data, ensure_ascii=False))
    except UnreadableFileError as error:
        raise GuideError(
            f"{path.name} 第 {error.line} 行：{error.message}。{error.fix}。"
        ) from None
    except ValidationError as errors:
        first = errors.errors()[0]
        line = document.line_of(tuple(first["loc"]))
        where = ".".join(map(str, first["loc"]))
        raise GuideError(f"{path.name} 第 {line} 行（{where}）：{first['msg']}") from None
    except OSError as error:
        raise GuideError(f"打不开 {path}：{error.strerror}") from None
