"""Citations and limits held against the law of the time of handling."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from casebase.curation.checks.report import finding
from casebase.curation.store import Casebase, Loaded
from casebase.law.book import Standing, Verdict
from casebase.law.limits import held_on
from casebase.law.wording import article_words, short_title
from casebase.model import Case, Citation, DateRange, Finding, PartialDate, Severity


def days_of(case: Case) -> DateRange:
    """The days the law of which a case is held against.

    Where the source does not say when the authority acted, the event is at least not later
    than its publication.
    """
    if case.handled.range:
        return case.handled.range
    try:
        published = PartialDate(case.source.published).range
    except ValueError:
        published = None
    return DateRange(date.min, published.end if published else None)


def check_citations(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """One finding at most for each line of 法律依据."""
    days = days_of(loaded.record)
    for i, citation in enumerate(loaded.record.citations):
        verdict = casebase.statutes.judge(citation, days)
        problem = _problem(verdict, citation, loaded.record)
        if problem:
            key, code, message, fix, severity = problem
            yield finding(loaded, ("法律依据", i, key), code, message, fix, severity)


def _problem(
    verdict: Verdict, citation: Citation, case: Case
) -> tuple[str, str, str, str, Severity] | None:
    statute, error = verdict.statute, Severity.ERROR
    if verdict.standing is Standing.GOOD:
        return None
    if statute is None:
        fix = "核对法规编号；目录没有的写进“来源原引”"
        return "法规", "CB301", f"法规目录没有 {citation.statute}", fix, error
    name = f"《{short_title(statute.title)}》"
    words = article_words(citation.article)
    when = f"处理时（{case.handled}）"
    if verdict.standing is Standing.NOT_IN_FORCE:
        spans = "；".join(f"{v.effective}至{v.until or '今'}" for v in statute.versions)
        fix = f"该法规的施行期间为 {spans}；改引当时有效的规定"
        return "法规", "CB303", f"{name}{when}没有施行或者已经失效", fix, error
    if verdict.standing is Standing.NO_SUCH_ARTICLE:
        count = max(v.article_count or 0 for v in verdict.versions)
        return "条", "CB302", f"{name}没有{words}", f"该版本共 {count} 条，请核对条号", error
    if verdict.standing is Standing.OTHER_VERSION:
        spans = "；".join(f"自{a.since or '施行'}至{a.until or '今'}" for a in verdict.articles)
        fix = f"该条号对应的规定{spans}；按处理时的版本改正条号"
        return "条", "CB304", f"{name}{words}{when}不是这一规定", fix, error
    if verdict.standing is Standing.COUNT_UNKNOWN:
        fix = "核对条号；确有该条的，在法规记录中补写要旨"
        return "条", "CB302", f"{name}未收录{words}，条号无法核对", fix, error
    fix = f"对照条文后，在 law/statutes/{statute.id}.yaml 补写该条要旨"
    return "条", "CB305", f"{name}{words}的要旨尚未收录", fix, Severity.WARNING


def check_limits(loaded: Loaded[Case], casebase: Casebase) -> Iterator[Finding]:
    """Limit ids in 处办过程 exist and held at the time of handling."""
    days = days_of(loaded.record)
    for i, step in enumerate(loaded.record.steps):
        if step.limit is None:
            continue
        keys = ("处办过程", i, "时限")
        limit = casebase.limits.get(step.limit)
        if limit is None:
            fix = "用 law/time_limits 下的文件名作编号"
            yield finding(loaded, keys, "CB311", f"没有编号为 {step.limit} 的时限", fix)
        elif not held_on(limit, days):
            message = f"时限“{limit.label}”在处理时（{loaded.record.handled}）不适用"
            fix = f"该时限适用于 {limit.first_day} 至 {limit.last_day or '今'}，请改用当时的时限"
            yield finding(loaded, keys, "CB312", message, fix)
