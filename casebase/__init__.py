"""投诉举报典型案例知识库: what is known, and how it is found.

The public verbs, nothing else::

    from datetime import date
    from casebase import check, due_dates, open_casebase, open_searcher

    base = open_casebase()
    findings = check(base)
    dues = due_dates(base.limit_law, {"received": date(2026, 4, 15)}, kind="投诉")
    hits = open_searcher(base).search("健身房关门了会员卡退不了", k=5)
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from casebase.curation.checks import check
from casebase.curation.store import Casebase, open_casebase
from casebase.errors import CasebaseError
from casebase.law.timetable import due_dates

if TYPE_CHECKING:
    from casebase.search import open_searcher

__all__ = ["Casebase", "CasebaseError", "check", "due_dates", "open_casebase", "open_searcher"]


def __getattr__(name: str) -> Any:
    """Import the search engine only when it is asked for: it is by far the heaviest part."""
    if name == "open_searcher":
        from casebase.search import open_searcher

        return open_searcher
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
