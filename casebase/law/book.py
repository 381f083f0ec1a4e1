"""The statute book on a day: which law, which text, which article.

Every question takes the days it is asked for; nothing here knows today's date.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from enum import Enum

from casebase.model import Article, Citation, DateRange, Statute, StatuteVersion
from casebase.model.statute import Verification, most_doubtful


class Standing(Enum):
    """What the statute book says of one citation on given days."""

    GOOD = "在该期间有效"
    UNKNOWN_STATUTE = "法规目录没有这部法规"
    NOT_IN_FORCE = "在该期间没有施行或者已经失效"
    NO_SUCH_ARTICLE = "没有这一条"
    OTHER_VERSION = "这一条号属于另一版本"
    GIST_MISSING = "条号在范围内，但目录没有收录要旨"
    COUNT_UNKNOWN = "目录没有收录该条，条数也未核"


@dataclass(frozen=True)
class Verdict:
    """The standing of a citation, with the versions and gists it rests on."""

    standing: Standing
    statute: Statute | None = None
    versions: tuple[StatuteVersion, ...] = ()
    articles: tuple[Article, ...] = ()

    @property
    def verification(self) -> Verification:
        """The weakest mark of what the citation rests on."""
        whole: Verification = self.statute.verification if self.statute else "M"
        if not self.articles:
            return whole
        return most_doubtful(article.verification or whole for article in self.articles)


class StatuteBook:
    """All statutes by id."""

    def __init__(self, statutes: Iterable[Statute]) -> None:
        self._by_id = {s.id: s for s in sorted(statutes, key=lambda s: s.id)}

    def __iter__(self) -> Iterator[Statute]:
        return iter(self._by_id.values())

    def __len__(self) -> int:
        return len(self._by_id)

    def get(self, statute_id: str) -> Statute | None:
        """The statute with this id."""
        return self._by_id.get(statute_id)

    @property
    def ids(self) -> tuple[str, ...]:
        """All statute ids."""
        return tuple(self._by_id)

    def judge(self, citation: Citation, days: DateRange) -> Verdict:
        """How ``citation`` stands on ``days``.

        A period known only to the year or month is given the benefit of the doubt: the
        citation is good if the text held on at least one of its days.
        """
        statute = self.get(citation.statute)
        if statute is None:
            return Verdict(Standing.UNKNOWN_STATUTE)
        versions = tuple(v for v in statute.versions if v.in_force.overlaps(days))
        if not versions:
            return Verdict(Standing.NOT_IN_FORCE, statute)
        if citation.article is None:
            return Verdict(Standing.GOOD, statute, versions)
        articles = statute.articles_for(citation.article, days)
        if articles:
            return Verdict(Standing.GOOD, statute, versions, articles)
        counts = [v.article_count for v in versions]
        if all(count is not None and citation.article > count for count in counts):
            return Verdict(Standing.NO_SUCH_ARTICLE, statute, versions)
        elsewhere = statute.articles_for(citation.article, DateRange(date.min, None))
        if elsewhere:
            return Verdict(Standing.OTHER_VERSION, statute, versions, elsewhere)
        known = any(c is not None and citation.article <= c for c in counts)
        standing = Standing.GIST_MISSING if known else Standing.COUNT_UNKNOWN
        return Verdict(standing, statute, versions)
