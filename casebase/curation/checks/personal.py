"""Personal data left in the text of a case."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from casebase.curation import privacy
from casebase.curation.checks.report import finding
from casebase.curation.io import Keys
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding, Severity

#: Links to the public source are meant to be there, and its publisher is often named by one.
_OPEN = {("来源", "网址")}
_SOURCE = "来源"
#: A hash is no account number, whatever its digits.
_DIGEST = "内容校验"


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Every span of personal data in any text of the record, and words that brand a person.

    Paths of attached files count: «C:\\Users\\…» often holds the name of whoever typed it.
    """
    texts = [
        (keys, text)
        for keys, text in _texts(loaded.document.data, ())
        if keys not in _OPEN and keys[-1] != _DIGEST
    ]
    found = privacy.cleared().find_each([text for _, text in texts])
    for (keys, text), spans in zip(texts, found, strict=True):
        for span in spans:
            if span.kind == "URL" and keys[0] == _SOURCE:
                continue
            kind = privacy.KINDS[span.kind]
            message = f"文字中留有{kind.label}：{privacy.shortened(span.text)}"
            before = text[: span.start]
            yield finding(loaded, keys, kind.code, message, kind.fix, kind.severity, before)
        for word in privacy.branding(text):
            message = f"“{word}”是对人的负面定性"
            fix = "改写为行为描述，如“短期内就同类问题多次投诉”"
            yield finding(loaded, keys, "CB521", message, fix, Severity.WARNING)


def _texts(data: Any, keys: Keys) -> Iterator[tuple[Keys, str]]:
    if isinstance(data, str):
        yield keys, data
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from _texts(value, (*keys, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from _texts(value, (*keys, i))
