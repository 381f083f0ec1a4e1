"""Citations in the running text of a case: there must be such an article.

Prose rightly speaks of two times, the day of handling and today, so an article that stood in
either text is accepted; 现行法提示 speaks of today only. A law repealed by then is spoken of as
history and held against its own text.
"""

from __future__ import annotations

from collections.abc import Iterator

from casebase.curation.checks.law import days_of
from casebase.curation.checks.report import finding
from casebase.curation.prose import prose
from casebase.curation.store import Casebase, Loaded
from casebase.law.book import Standing, Verdict
from casebase.law.citations import ALWAYS, OLD, ended, names_of, resolve
from casebase.law.finder import Found, find
from casebase.law.wording import article_words, short_title
from casebase.model import Case, DateRange, Finding, Severity


def check(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Every 《…》第…条 that the catalogue lacks, and every article that no text has."""
    case = loaded.record
    table = names_of(casebase.statutes)
    context = tuple((c.statute, c.article) for c in case.citations)
    for keys, text in prose(case):
        times = times_of(case, casebase, keys[0] == "现行法提示")
        for found in find(text, table, context):
            problem = _problem(found, casebase, times)
            if problem:
                code, message, fix, severity = problem
                before = text[: found.start]
                yield finding(loaded, keys, code, message, fix, severity, before)


def times_of(case: Case, casebase: Casebase, today_only: bool) -> tuple[DateRange, ...]:
    """The days whose law a text speaks of: today's first."""
    reviewed = case.review.updated.range
    since = casebase.form.current_rules_since
    today = reviewed or DateRange(since, None)
    return (today,) if today_only else (today, days_of(case))


def _problem(
    found: Found, casebase: Casebase, times: tuple[DateRange, ...]
) -> tuple[str, str, str, Severity] | None:
    book = casebase.statutes
    if found.statute is None:
        if found.bracketed and not found.candidates:
            near = "、".join(names_of(book).near(found.name))
            fix = f"核对名称{f'，是否应为 {near}' if near else ''}；确有该法规的，补录法规记录"
            return "CB322", f"法规目录没有《{found.name}》", fix, Severity.WARNING
        return None
    verdicts = [v for days in times if (v := _verdict(found, casebase, days))]
    if not verdicts or any(_stands(v) for v in verdicts):
        return None
    statute = verdicts[0].statute
    assert statute is not None
    name, words = f"《{short_title(statute.title)}》", article_words(found.unit.article)
    if any(ended(v) for v in verdicts):
        fix = "改引现行有效的规定，或者写明是当时的规定"
        return "CB323", f"{name}{words}已经失效（“{found.text}”）", fix, Severity.WARNING
    counts = {v.article_count for v in statute.versions if v.article_count}
    fix = f"该法规各文本条数为 {'、'.join(map(str, sorted(counts)))}，请核对条号"
    return "CB321", f"{name}没有{words}（“{found.text}”）", fix, Severity.ERROR


def _verdict(found: Found, casebase: Casebase, days: DateRange) -> Verdict | None:
    """What the book says of ``found``; a law that is over by then is asked about its own text."""
    book = casebase.statutes
    item = resolve(found, book, days)
    if item.statute is None or item.found.unit.article is None or found.edition == OLD:
        return None
    if item.verdict.standing is Standing.NOT_IN_FORCE:
        item = resolve(item.found, book, ALWAYS)
    return item.verdict


def _stands(verdict: Verdict) -> bool:
    if verdict.standing is Standing.NO_SUCH_ARTICLE:
        return False
    return not ended(verdict)
