"""The common base of every record: frozen, closed, with Chinese keys.

The YAML keys are the labels that staff also see in Excel and Word. They are declared once,
as pydantic aliases; code uses the English field names.
"""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import BaseModel, ConfigDict, StringConstraints

#: A paragraph or more, and a line, of text.
Text = Annotated[str, StringConstraints(min_length=1, max_length=4000)]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400)]

#: The mark on anything whose wording was not verified.
UNVERIFIED = "待核"
#: What a source does not say.
NOT_STATED = "未载"
#: What the writer of a draft has still to fill in; no record leaves 草稿 with it.
TO_FILL = "待填"


class Severity(StrEnum):
    """How much a finding matters."""

    ERROR = "error"  # must be mended before print
    WARNING = "warning"  # a person has to look at it
    INFO = "info"  # a hint; hidden unless asked for


class Record(BaseModel):
    """Base of all records.

    Unknown keys are refused (a mistyped key must not lose text) and values are not coerced:
    a number stays a number, a string a string.
    """

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        populate_by_name=True,
        str_strip_whitespace=True,
    )
