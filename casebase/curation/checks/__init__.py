"""All checks on case records. A check never stops at the first finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casebase.curation import privacy
from casebase.curation.checks import (
    alike,
    form,
    law,
    outcome,
    personal,
    prose,
    review,
    timing,
    together,
    unfilled,
    vocabulary,
)
from casebase.curation.store import Casebase, Loaded
from casebase.model import Case, Finding

Check = Callable[[Loaded[Case], Casebase], Iterator[Finding]]

#: One record at a time, in the order in which a reader would meet the problems.
RECORD_CHECKS: tuple[Check, ...] = (
    unfilled.check,
    form.check,
    vocabulary.check,
    law.check_citations,
    law.check_limits,
    prose.check,
    outcome.check,
    timing.check,
    personal.check,
    review.check,
)


def check_one(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """What is wrong with one record, seen by itself."""
    for record_check in RECORD_CHECKS:
        yield from record_check(loaded, casebase)


def check(casebase: Casebase) -> tuple[Finding, ...]:
    """Everything that is wrong with the cases of ``casebase``, sorted by file and line."""
    found = list(casebase.findings)
    for loaded in casebase.loaded:
        found.extend(check_one(loaded, casebase))
    privacy.cleared().save()
    found.extend(together.check(casebase))
    found.extend(alike.check(casebase))
    return tuple(sorted(found))
