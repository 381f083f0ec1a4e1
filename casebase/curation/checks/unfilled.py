"""What the writer of a draft left open: the places that say 待填.

A draft may have them (a reminder); from 送审 on each is an error, so that none is ever printed.
The other checks of form pass over them, as a place is either open or measured.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from casebase.curation.checks.report import finding
from casebase.curation.io import Keys
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding, Severity, Status
from casebase.model.base import TO_FILL

_OPEN = re.compile(rf"{TO_FILL}(?:$|[：:，,。；;（(\s])")


def is_open(text: str) -> bool:
    """Whether a value is 待填, with or without a remark behind it («待填：核对金额»)."""
    return _OPEN.match(text) is not None


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """One finding for each open place."""
    if TO_FILL not in loaded.parsed.data:
        return
    strict = loaded.record.review.status is not Status.DRAFT
    severity = Severity.ERROR if strict else Severity.WARNING
    for keys in open_places(loaded.document.data):
        key = next(str(k) for k in reversed(keys) if isinstance(k, str))
        fix = "补写；来源确实没有写的写“未载”"
        yield finding(loaded, keys, "CB401", f"“{key}”待填", fix, severity)


def open_places(data: Any, keys: Keys = ()) -> Iterator[Keys]:
    """Where plain data of a case is open, in the order of the file."""
    if isinstance(data, str) and is_open(data):
        yield keys
    elif isinstance(data, dict):
        for key, value in data.items():
            yield from open_places(value, (*keys, key))
    elif isinstance(data, list):
        for i, value in enumerate(data):
            yield from open_places(value, (*keys, i))
