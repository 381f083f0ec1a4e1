"""Citations resolved on a day: found, linked to a law, and judged.

``read_citations`` is the whole way: clean → find → resolve. Nothing is guessed: what the
catalogue lacks or what can mean several laws comes back with its candidates and no law.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from functools import lru_cache

from casebase.law.book import Standing, StatuteBook, Verdict
from casebase.law.finder import Found, find, mentions_in
from casebase.law.names import NameTable
from casebase.law.units import Unit
from casebase.model import Article, Citation, DateRange, Statute, StatuteVersion
from casebase.model.statute import Verification, span

#: The edition of a text that speaks of 旧法.
OLD = "旧"
#: Any day there is: for asking whether an article ever existed.
ALWAYS = DateRange(date.min, None)


@dataclass(frozen=True)
class Resolved:
    """A citation with its standing on some days.

    ``exists``: whether the law has such an article (in the text of those days, else in any of
    its texts); ``None`` where the records cannot tell. ``in_force``: whether it held on those
    days; ``None`` likewise. ``candidates``: what could be meant where ``statute`` is None.
    """

    found: Found
    statute: Statute | None
    exists: bool | None
    in_force: bool | None
    candidates: tuple[str, ...]
    verdict: Verdict
    version: StatuteVersion | None = None
    following: StatuteVersion | None = None

    @property
    def articles(self) -> tuple[Article, ...]:
        """The gists behind the number on those days (of a law that is over: at its time)."""
        if self.verdict.standing is Standing.OTHER_VERSION and not ended(self.verdict):
            return ()
        return self.verdict.articles

    @property
    def verification(self) -> Verification | None:
        """The weakest mark of what the citation rests on."""
        return self.verdict.verification if self.statute else None

    @property
    def sound(self) -> bool:
        """Whether there is nothing to tell: one law, the article is there and in force."""
        return self.statute is not None and self.exists is not False and self.in_force is True


@lru_cache(maxsize=8)
def names_of(book: StatuteBook) -> NameTable:
    """The name table of a statute book, made once."""
    return NameTable(book)


def read_citations(
    text: str,
    book: StatuteBook,
    on: date | DateRange,
    context: Iterable[tuple[str, int | None]] = (),
) -> tuple[Resolved, ...]:
    """All citations in ``text`` as they stand on a day (or some day of a period)."""
    days = on if isinstance(on, DateRange) else DateRange(on, on)
    table = names_of(book)
    return tuple(resolve(found, book, days) for found in find(text, table, context))


def whole_law(text: str, book: StatuteBook, on: date) -> Resolved | None:
    """A text that is nothing but the name of a law, such as 消法 or 121号令."""
    named = mentions_in(text, names_of(book))
    if len(named) != 1 or named[0].start != 0 or named[0].end != len(text):
        return None
    name = named[0]
    found = Found(
        text, name.start, name.end, name.name, name.how,
        name.ids[0] if len(name.ids) == 1 else None,
        name.ids if len(name.ids) > 1 else (), Unit(0, 0), name.bracketed, name.edition,
    )  # fmt: skip
    return resolve(found, book, DateRange(on, on))


def resolve(found: Found, book: StatuteBook, days: DateRange) -> Resolved:
    """``found`` judged on ``days``."""
    found = _nearest_with_article(found, book, days)
    statute = book.get(found.statute) if found.statute else None
    if statute is None:
        near = found.candidates or _near(found, book)
        return Resolved(found, None, None, None, near, Verdict(Standing.UNKNOWN_STATUTE))
    unit = found.unit
    own = edition_days(found, statute, days)
    judged = Resolved(
        found, statute, *_stand(book, statute.id, unit.article, unit.suffix, own or days)
    )
    if judged.exists and _ends_beyond(found, book, own or days):
        return replace(judged, exists=False, in_force=False)
    if found.edition == OLD:
        return replace(judged, exists=judged.exists if own else None, in_force=False)
    if own is not None and not own.overlaps(days):
        return replace(judged, in_force=False)
    return judged


def _ends_beyond(found: Found, book: StatuteBook, days: DateRange) -> bool:
    """Whether a range of articles runs past the last one."""
    unit = found.unit
    if not unit.range_end or unit.paragraph or unit.item or found.statute is None:
        return False
    return not _can_hold(book, found.statute, unit.range_end, days)


@lru_cache(maxsize=4096)
def _stand(
    book: StatuteBook, statute_id: str, article: int | None, suffix: int | None, days: DateRange
) -> tuple[
    bool | None, bool | None, tuple[str, ...], Verdict, StatuteVersion | None, StatuteVersion | None
]:
    """The fields of :class:`Resolved` from ``exists`` on."""
    asked = Citation.model_construct(statute=statute_id, article=article)
    verdict = book.judge(asked, days)
    statute = verdict.statute
    assert statute is not None
    ever = book.judge(asked, ALWAYS)
    exists, in_force = _standing(verdict, ever, article or 0, inserted=suffix is not None)
    if verdict.standing is Standing.NOT_IN_FORCE:
        verdict = replace(verdict, articles=statute.articles_for(article or 0, ALWAYS))
    version = next((v for v in reversed(statute.versions) if v.in_force.overlaps(days)), None)
    return exists, in_force, (), verdict, version, _following(statute, version, days)


def edition_days(found: Found, statute: Statute, days: DateRange) -> DateRange | None:
    """The days of the version that the text itself names: 2019年文本, （2009年版）, 旧法.

    ``None`` where it names none, or none that is on record.
    """
    if not found.edition:
        return None
    if found.edition == OLD:
        before = [v.in_force for v in statute.versions if v.in_force.end is not None]
        over = [held for held in before if held.end is not None and held.end < days.start]
        return over[-1] if over else None
    year = int(found.edition) if found.edition.isdigit() else 0
    for version in reversed(statute.versions):
        for day in (version.promulgated, version.effective):
            if day.range and day.range.start.year == year:
                return version.in_force
    return None


def _standing(
    verdict: Verdict, ever: Verdict, article: int, *, inserted: bool
) -> tuple[bool | None, bool | None]:
    """(exists, in force); an inserted article (之一) is not on record and so not known."""
    known = None if inserted else True
    if verdict.standing in (Standing.GOOD, Standing.GIST_MISSING):
        return known, known
    if verdict.standing is Standing.NO_SUCH_ARTICLE:
        return False, False
    if verdict.standing is Standing.COUNT_UNKNOWN:
        return None, None
    if verdict.standing is Standing.NOT_IN_FORCE:
        if ever.standing is Standing.NO_SUCH_ARTICLE:
            return False, False
        return (known if ever.standing in (Standing.GOOD, Standing.GIST_MISSING) else None), False
    counted = any((v.article_count or 0) >= article for v in verdict.versions)
    return known, (False if ended(verdict) else True if counted else None)


def ended(verdict: Verdict) -> bool:
    """Whether the rule behind the number ended within its text (not by a new numbering)."""
    if verdict.standing is not Standing.OTHER_VERSION:
        return False
    for article in verdict.articles:
        last = span(article.since, article.until).end
        if last is None:
            return False
        if not any(v.in_force.end == last for v in verdict.statute.versions):  # type: ignore[union-attr]
            return True
    return False


def _following(
    statute: Statute, version: StatuteVersion | None, days: DateRange
) -> StatuteVersion | None:
    """The version that replaces the one of those days."""
    if version is None:
        return next((v for v in statute.versions if v.in_force.start > days.start), None)
    later = (v for v in statute.versions if v.in_force.start > version.in_force.start)
    return next(later, None)


def _nearest_with_article(found: Found, book: StatuteBook, days: DateRange) -> Found:
    """A place without a name goes to the nearest law before it that has such an article."""
    if found.how != "上文" or not found.earlier or not found.open:
        return found
    order = [i for i in dict.fromkeys((found.statute, *found.earlier)) if i is not None]
    order.sort(key=lambda i: _over(book.get(i), days))
    for statute_id in order:
        if all(_can_hold(book, statute_id, article, days) for article in found.together):
            return replace(found, statute=statute_id, candidates=())
    return found


@lru_cache(maxsize=4096)
def _can_hold(book: StatuteBook, statute_id: str, article: int, days: DateRange) -> bool:
    """Whether the law has such an article, as far as the records tell."""
    asked = Citation.model_construct(statute=statute_id, article=article)
    standing = book.judge(asked, days).standing
    if standing is Standing.NOT_IN_FORCE:
        standing = book.judge(asked, ALWAYS).standing
    return standing is not Standing.NO_SUCH_ARTICLE


def _over(statute: Statute | None, days: DateRange) -> bool:
    """Whether the law had ended before ``days``: an open place rather means another one."""
    if statute is None:
        return True
    last = statute.versions[-1].in_force.end
    return last is not None and last < days.start


def _near(found: Found, book: StatuteBook) -> tuple[str, ...]:
    return names_of(book).near(found.name) if found.name else ()
