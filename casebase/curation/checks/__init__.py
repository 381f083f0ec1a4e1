"""All checks on case records. A check never stops at the first finding."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from casebase.curation.checks import (
    form,
    law,
    personal,
    prose,
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
    personal.check,
)


def check(casebase: Casebase) -> tuple[Finding, ...]:
    """Everything that is wrong with the cases of ``casebase``, sorted by file and line."""
    found = list(casebase.findings)
    for loaded in casebase.loaded:
        for record_check in RECORD_CHECKS:
            found.extend(record_check(loaded, casebase))
    found.extend(together.check(casebase))
    return tuple(sorted(found))
