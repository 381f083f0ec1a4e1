"""Old rule and new rule side by side: any two versions of one law, or two laws.

Which article became which is data (``records/law/comparisons``). Where there is none, articles
are paired only if their gists are the same or very like, and the row says so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import Field, StringConstraints
from rapidfuzz import fuzz

from casebase.model import Article, DateRange, Record, Statute
from casebase.model.statute import STATUTE_ID_PATTERN, Verification

Change = Literal["新增", "删除", "修改", "同", "待核", "未对应"]
Line = Annotated[str, StringConstraints(min_length=1, max_length=400)]
#: Two gists at least this like (0–100) are taken for the same subject.
LIKE = 70


class Pair(Record):
    """One line of a mapping: the old place, the new place, and what changed."""

    topic: Line = Field(alias="事项")
    old: int | None = Field(alias="旧条", default=None, ge=1)
    old_paragraph: int | None = Field(alias="旧款", default=None, ge=1)
    new: int | None = Field(alias="新条", default=None, ge=1)
    new_paragraph: int | None = Field(alias="新款", default=None, ge=1)
    change: Change = Field(alias="变化", default="待核")


class Comparison(Record):
    """Which article of the old law became which of the new one."""

    old: str = Field(alias="旧", pattern=STATUTE_ID_PATTERN)
    new: str = Field(alias="新", pattern=STATUTE_ID_PATTERN)
    basis: Line = Field(alias="依据")
    verification: Verification = Field(alias="核验")
    rows: tuple[Pair, ...] = Field(alias="行", default=())

    def successors(self, article: int | None) -> tuple[Pair, ...]:
        """What became of one old article."""
        return tuple(row for row in self.rows if article is not None and row.old == article)


@dataclass(frozen=True)
class Side:
    """One of the two rules: a law and the days whose text is meant."""

    statute: Statute
    days: DateRange

    def articles(self) -> dict[int, Article]:
        """The recorded articles of those days by number."""
        numbers = {a.number for a in self.statute.articles if isinstance(a.number, int)}
        found = {n: self.statute.articles_for(n, self.days) for n in sorted(numbers)}
        return {n: articles[0] for n, articles in found.items() if articles}

    def complete(self) -> bool:
        """Whether every article of this text is on record."""
        version = next((v for v in self.statute.versions if v.in_force.overlaps(self.days)), None)
        return version is not None and len(self.articles()) == version.article_count


@dataclass(frozen=True)
class Row:
    """One line of the table; ``basis`` says what the pairing rests on."""

    topic: str
    old: int | None
    old_paragraph: int | None
    new: int | None
    new_paragraph: int | None
    old_gist: str
    new_gist: str
    change: Change
    basis: str


def compare(old: Side, new: Side, mapping: Comparison | None = None) -> tuple[Row, ...]:
    """The rows in the order of the old rule, then what only the new one has."""
    if mapping is not None and mapping.rows:
        return tuple(_mapped(old.articles(), new.articles(), mapping))
    return tuple(_paired(old, new))


def mapping_for(comparisons: Iterable[Comparison], old: str, new: str) -> Comparison | None:
    """The mapping between two laws, if there is one."""
    return next((c for c in comparisons if (c.old, c.new) == (old, new)), None)


def _mapped(old: dict[int, Article], new: dict[int, Article], mapping: Comparison) -> Iterator[Row]:
    for pair in mapping.rows:
        yield Row(
            pair.topic, pair.old, pair.old_paragraph, pair.new, pair.new_paragraph,
            _gist(old, pair.old), _gist(new, pair.new), pair.change, "对照表",
        )  # fmt: skip
    seen_old = {pair.old for pair in mapping.rows}
    seen_new = {pair.new for pair in mapping.rows}
    for number, article in old.items():
        if number not in seen_old:
            yield _row(number, None, article, None, "未对应", "对照表未列")
    for number, article in new.items():
        if number not in seen_new:
            yield _row(None, number, None, article, "未对应", "对照表未列")


def _paired(old: Side, new: Side) -> Iterator[Row]:
    before, after = old.articles(), new.articles()
    partner = _partners(before, after)
    gone: Change = "删除" if new.complete() else "未对应"
    fresh: Change = "新增" if old.complete() else "未对应"
    for number, article in before.items():
        if number not in partner:
            yield _row(number, None, article, None, gone, "记录中的条文")
            continue
        other = partner[number]
        rule = after[other]
        basis = "同一条文记录" if article is rule else "要旨相近"
        change: Change = "同" if _content(article) == _content(rule) else "修改"
        yield _row(number, other, article, rule, change, basis)
    for number, article in after.items():
        if number not in partner.values():
            yield _row(None, number, None, article, fresh, "记录中的条文")


def _partners(before: dict[int, Article], after: dict[int, Article]) -> dict[int, int]:
    """Pairs by the same record, then by the most similar gist; each article once."""
    partner = {n: n for n, article in before.items() if after.get(n) == article}
    scores = sorted(
        (
            (-fuzz.ratio(a.gist, b.gist), abs(i - j), i, j)
            for i, a in before.items()
            if i not in partner
            for j, b in after.items()
            if j not in partner.values()
        ),
    )
    taken: set[int] = set()
    for score, _, i, j in scores:
        if -score >= LIKE and i not in partner and j not in taken:
            partner[i] = j
            taken.add(j)
    return partner


def _content(article: Article) -> tuple[str | None, ...]:
    return article.gist, article.penalty, article.remedy, article.figure


def _gist(articles: dict[int, Article], number: int | None) -> str:
    article = articles.get(number) if number is not None else None
    return article.gist if article else ""


def _row(
    old: int | None,
    new: int | None,
    before: Article | None,
    after: Article | None,
    change: Change,
    basis: str,
) -> Row:
    return Row(
        "", old, None, new, None,
        before.gist if before else "", after.gist if after else "", change, basis,
    )  # fmt: skip
