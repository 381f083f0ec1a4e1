"""附录三: penalty and remedy figures, as the statute records state them."""

from __future__ import annotations

from casebase.law.wording import article_words, short_title
from casebase.model import Article, DateRange, Statute
from casebase.model.statute import span
from guide_builder.blocks import Block, Paragraph, Row, Span, Table, text
from guide_builder.marks import law_anchor, verification_mark
from guide_builder.tables.context import Context

_NOTE = (
    "金额单位为元；倍数的计算对象从条文。“现行”指法规基准日有效；"
    "标注期间的为旧版本条号，只用于当时的行为。"
)


def penalty_table(context: Context) -> tuple[Block, ...]:
    """Every article whose record carries a penalty, a remedy or a figure."""
    rows = tuple(
        _row(statute, article, context)
        for statute in context.casebase.statutes
        for article in statute.articles
        if isinstance(article.number, int) and (article.penalty or article.remedy or article.figure)
    )
    header = ("法规与条号", "要旨", "罚则、救济或者数值", "适用")
    return (
        Paragraph(text(_NOTE), "note"),
        Table("法律责任速查", header, rows, (26, 30, 32, 12)),
    )


def _row(statute: Statute, article: Article, context: Context) -> Row:
    assert isinstance(article.number, int)
    name = Span(
        f"《{short_title(statute.title)}》{article_words(article.number)}",
        target=law_anchor(statute),
    )
    figures = "；".join(x for x in (article.penalty, article.remedy, article.figure) if x)
    today = DateRange(context.as_of, context.as_of)
    holds = span(article.since, article.until).overlaps(today)
    current = holds and statute.version_on(context.as_of) is not None
    period = "现行" if current else f"{article.since or ''}至{article.until or ''}"
    marks = verification_mark(article.verification or statute.verification)
    return Row(((name, *marks), text(article.gist), text(figures), text(period)))
