"""What the casebase covers and what it lacks: goods and services × issues × dispositions.

A gap is a fact about the collection, not about the district: no case was found or written yet.
Terms that only say what a source leaves open (仅用于来源案例) are no gap where nothing needs them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from casebase.curation.store import Casebase
from casebase.model import Case, Status, Term

#: The two dimensions that are counted against goods and services.
ACROSS = ("issue", "disposition")


@dataclass(frozen=True)
class SubjectCoverage:
    """One kind of goods or service: how many cases, how many of this district, of what kind.

    ``counts`` holds, for each dimension of :data:`ACROSS`, cases by term id; ``groups`` the same
    by the terms' group (a case counts once in a group).
    """

    term: Term
    total: int
    brief: int
    local: int
    counts: dict[str, Counter[str]]
    groups: dict[str, Counter[str]]


@dataclass(frozen=True)
class Coverage:
    """The table of the whole casebase; ``groups`` are the groups of each dimension in order."""

    subjects: tuple[SubjectCoverage, ...]
    groups: dict[str, tuple[str, ...]]
    unused: dict[str, tuple[Term, ...]]

    @property
    def covered(self) -> tuple[SubjectCoverage, ...]:
        """The goods and services with at least one case."""
        return tuple(row for row in self.subjects if row.total)

    def lacking(self, row: SubjectCoverage) -> tuple[str, ...]:
        """The groups of issues and dispositions for which ``row`` has no case."""
        return tuple(
            group
            for kind in ACROSS
            for group in self.groups[kind]
            if row.total and not row.groups[kind][group]
        )

    @property
    def local_gaps(self) -> tuple[SubjectCoverage, ...]:
        """The district's own industries without a case of this district."""
        return tuple(row for row in self.subjects if row.term.local and not row.local)


def coverage(casebase: Casebase, cases: Iterable[Case] | None = None) -> Coverage:
    """Count ``cases`` (default: all but retired ones) by goods, issues and dispositions."""
    chosen = (
        [c for c in casebase.cases if c.review.status is not Status.RETIRED]
        if cases is None
        else list(cases)
    )
    rows = tuple(
        _subject(term, [c for c in chosen if c.classification.subject == term.id], casebase)
        for term in casebase.taxonomies["subject"].terms
    )
    wanted = {
        kind: [term for term in casebase.taxonomies[kind].terms if not term.source_only]
        for kind in ACROSS
    }
    groups = {
        kind: tuple(dict.fromkeys(term.group for term in terms if term.group))
        for kind, terms in wanted.items()
    }
    unused = {
        kind: tuple(t for t in terms if not any(row.counts[kind][t.id] for row in rows))
        for kind, terms in wanted.items()
    }
    unused["subject"] = tuple(row.term for row in rows if not row.total)
    return Coverage(rows, groups, unused)


def tags_of(case: Case, kind: str) -> tuple[str, ...]:
    """The ids of ``case`` in one dimension of :data:`ACROSS`."""
    tags = case.classification
    return tags.issues if kind == "issue" else tags.dispositions


def _subject(term: Term, cases: list[Case], casebase: Casebase) -> SubjectCoverage:
    counts: dict[str, Counter[str]] = {}
    groups: dict[str, Counter[str]] = {}
    for kind in ACROSS:
        terms = casebase.taxonomies[kind].by_id
        counts[kind] = Counter(tag for case in cases for tag in set(tags_of(case, kind)))
        groups[kind] = Counter(
            group
            for case in cases
            for group in {terms[t].group for t in tags_of(case, kind) if t in terms}
            if group
        )
    local = sum(casebase.district.area in case.region for case in cases)
    brief = sum(case.is_brief for case in cases)
    return SubjectCoverage(term, len(cases), brief, local, counts, groups)
