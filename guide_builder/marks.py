"""Anchors of records and the marks on what is not verified: one place for each."""

from __future__ import annotations

from casebase.model import Case, Statute, TimeLimit
from casebase.model.statute import Verification
from guide_builder.blocks import Span, Spans

_MARKS: dict[Verification, str] = {"V1": "", "V2": "〔二手来源〕", "M": "〔待核〕"}


def verification_mark(verification: Verification) -> Spans:
    """Nothing for a verified text; 〔二手来源〕 or 〔待核〕 as a marked span otherwise."""
    mark = _MARKS[verification]
    return (Span(mark, "mark"),) if mark else ()


def law_anchor(statute: Statute) -> str:
    """Where the statute stands in 附录一."""
    return f"law-{statute.id}"


def limit_anchor(limit: TimeLimit) -> str:
    """Where the limit stands in 附录二."""
    return f"limit-{limit.id}"


def case_anchor(case: Case) -> str:
    """Where the case begins."""
    return f"case-{case.id}"
