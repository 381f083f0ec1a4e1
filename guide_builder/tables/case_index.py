"""附录八: the five-way index of cases, and the quick table at the head of a chapter."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable

from casebase.curation.checks.law import days_of
from casebase.law.book import Standing
from casebase.law.wording import article_words, short_title
from casebase.model import Case, Citation, DateRange
from casebase.model.base import NOT_STATED
from guide_builder.blocks import Block, Row, Span, Spans, Table, text
from guide_builder.marks import law_anchor
from guide_builder.tables.context import Context

_WIDTHS = (34, 66)


def index_tables(context: Context) -> tuple[Block, ...]:
    """By goods/service, issue, channel, disposition and article."""
    tags = {
        "subject": lambda c: (c.classification.subject, *c.classification.other_subjects),
        "issue": lambda c: c.classification.issues,
        "channel": lambda c: (c.classification.channel,),
        "disposition": lambda c: c.classification.dispositions,
    }
    titles = {
        "subject": "按品类",
        "issue": "按问题类型",
        "channel": "按接收渠道",
        "disposition": "按处置方式",
    }
    tables = [_by_term(context, kind, titles[kind], tags[kind]) for kind in tags]
    return (*tables, _by_article(context))


def _by_term(
    context: Context, kind: str, caption: str, tags: Callable[[Case], Iterable[str]]
) -> Table:
    found: dict[str, list[Case]] = defaultdict(list)
    for case in context.cases:
        for tag in dict.fromkeys(tags(case)):
            found[tag].append(case)
    names = {term.id: term.label for term in context.casebase.taxonomies[kind].terms}
    order = [*names, NOT_STATED]
    rows = tuple(
        Row((text(names.get(tag, tag)), context.case_links(found[tag])))
        for tag in order
        if tag in found
    )
    dimension = context.casebase.taxonomies[kind].dimension
    return Table(caption, (dimension, "案例（页码）"), rows, _WIDTHS)


def _by_article(context: Context) -> Table:
    found: dict[tuple[str, int], list[Case]] = defaultdict(list)
    for case in context.cases:
        for key in dict.fromkeys((c.statute, c.article or 0) for c in case.citations):
            found[key].append(case)
    rows = tuple(
        Row((_article_name(context, *key), context.case_links(found[key]))) for key in sorted(found)
    )
    return Table("按法条", ("法条", "案例（页码）"), rows, _WIDTHS)


def _article_name(context: Context, statute_id: str, article: int) -> Spans:
    statute = context.casebase.statutes.get(statute_id)
    assert statute is not None, "checked before the guide is built"
    words = f"《{short_title(statute.title)}》{article_words(article or None)}"
    return (Span(words, target=law_anchor(statute)),)


def quick_table(context: Context, cases: tuple[Case, ...], caption: str) -> Table:
    """高频问题与法条速查 of one chapter: issues by number of cases, with the usual articles."""
    by_issue: dict[str, list[Case]] = defaultdict(list)
    for case in cases:
        for issue in dict.fromkeys(case.classification.issues):
            by_issue[issue].append(case)
    names = {term.id: term.label for term in context.casebase.taxonomies["issue"].terms}
    order = sorted(by_issue, key=lambda i: (-len(by_issue[i]), list(names).index(i)))
    rows = tuple(
        Row(
            (
                text(names[issue]),
                text(str(len(by_issue[issue]))),
                _usual_articles(context, by_issue[issue]),
                context.case_links(by_issue[issue]),
            )
        )
        for issue in order
    )
    return Table(caption, ("问题类型", "件数", "常用法条", "案例（页码）"), rows, (18, 8, 44, 30))


def _usual_articles(context: Context, cases: list[Case], most: int = 3) -> Spans:
    counts: dict[tuple[str, int], int] = defaultdict(int)
    for case in cases:
        days = days_of(case)
        for key in {(c.statute, c.article) for c in case.citations if _stands(context, c, days)}:
            counts[(key[0], key[1] or 0)] += 1
    best = sorted(counts, key=lambda key: (-counts[key], key))[:most]
    spans: list[Span] = []
    for key in best:
        spans += [Span("；")] if spans else []
        spans += _article_name(context, *key)
    return tuple(spans) or text("—")


def _stands(context: Context, citation: Citation, days: DateRange) -> bool:
    """Whether the cited rule still stands on the guide's day: the table is for new cases.

    A number alone is not enough, as a revision may give it to another rule.
    """
    today = DateRange(context.as_of, context.as_of)
    then = context.casebase.statutes.judge(citation, days)
    now = context.casebase.statutes.judge(citation, today)
    return now.standing is Standing.GOOD and now.articles == then.articles
