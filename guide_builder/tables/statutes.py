"""附录一: the laws, with the dates of their versions."""

from __future__ import annotations

from itertools import groupby

from casebase.curation.checks.law import days_of
from casebase.law.wording import article_words, short_title
from casebase.model import DateRange, Statute
from guide_builder.blocks import Block, Paragraph, Row, Span, Spans, Table, text
from guide_builder.marks import law_anchor, verification_mark
from guide_builder.tables.context import Context

_NOTE = (
    "“施行期间”按版本分列，“今”指截至法规基准日未发现失效。标〔待核〕的未核到条文文本，标〔二手来源〕的"
    "只核到公开转述，引用前应当核对原文。本表收条文要旨，不收条文原文。"
)


def statute_table(context: Context) -> tuple[Block, ...]:
    """One table a topic; each statute is an anchor that citations link to."""
    blocks: list[Block] = [Paragraph(text(_NOTE), "note")]
    statutes = sorted(context.casebase.statutes, key=lambda s: (s.topic, s.id))
    for topic, group in groupby(statutes, key=lambda s: s.topic):
        rows = tuple(_row(statute, context) for statute in group)
        header = ("名称", "文号", "层级", "公布、施行期间", "现状")
        blocks.append(Table(f"{topic}类", header, rows, (34, 20, 11, 25, 10)))
    return (*blocks, *wording_table(context))


def _row(statute: Statute, context: Context) -> Row:
    versions = "；".join(
        f"{v.promulgated}公布，{v.effective}至{v.until or '今'}施行" for v in statute.versions
    )
    now = statute.version_on(context.as_of)
    coming = any(
        v.effective.range and v.effective.range.start > context.as_of for v in statute.versions
    )
    standing = "现行" if now else ("尚未施行" if coming else "已失效")
    if now and coming:
        standing = "现行，新版待施行"
    name = (Span(statute.title), *verification_mark(statute.verification))
    cells = (name, text(statute.number), text(statute.level), text(versions), text(standing))
    return Row(cells, anchor=law_anchor(statute))


def wording_table(context: Context) -> tuple[Block, ...]:
    """条文原文 of the articles that cases cite, as in force when they were handled.

    Nothing where no official text was imported; an article without one shows its gist.
    """
    if not context.wording:
        return ()
    rows: dict[tuple[str, int, str], Row] = {}
    for case in context.cases:
        days = days_of(case)
        day = days.end or days.start
        for citation in case.citations:
            statute = context.casebase.statutes.get(citation.statute)
            if statute is None or citation.article is None:
                continue
            version = statute.version_on(day)
            key = (statute.id, citation.article, str(version.effective) if version else "")
            if key not in rows:
                wording = context.wording.get(statute.id, citation.article, day)
                rows[key] = _wording_row(statute, citation.article, days, wording, key[2])
    note = "条文原文据编写组从国家法律法规数据库保存并导入的文本，按处办时的版本排列。"
    ordered = tuple(rows[key] for key in sorted(rows))
    header = ("法条", "版本施行日", "条文原文")
    return (Paragraph(text(note), "note"), Table("案例所引条文", header, ordered, (24, 12, 64)))


def _wording_row(
    statute: Statute, article: int, days: DateRange, wording: str | None, since: str
) -> Row:
    name = Span(
        f"《{short_title(statute.title)}》{article_words(article)}", target=law_anchor(statute)
    )
    if wording is None:
        gists = "；".join(a.gist for a in statute.articles_for(article, days)) or "要旨待补"
        shown: Spans = (Span(gists), Span("〔未导入原文，以要旨代〕", "mark"))
    else:
        shown = text("　".join(wording.splitlines()))
    return Row(((name,), text(since or "—"), shown))
