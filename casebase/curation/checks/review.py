"""A status has to be earned: steps in order, by the right roles, by different people."""

from __future__ import annotations

from collections.abc import Iterator

from casebase.curation import review
from casebase.curation.checks.report import finding
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Everything that makes the status of the record unbelievable."""
    for problem in review.problems(loaded.record, casebase.review_rules):
        yield finding(loaded, problem.keys, problem.code, problem.message, problem.fix)
