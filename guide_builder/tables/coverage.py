"""The foreword's table of what this edition covers, and what is still to be contributed."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from casebase.curation.coverage import ACROSS, Coverage, coverage
from casebase.model import Term
from guide_builder.blocks import Block, ItemList, Paragraph, Row, Span, Table, text
from guide_builder.tables.context import Context

_NAMES = {"subject": "品类", "issue": "问题类型", "disposition": "处置方式"}


def coverage_blocks(context: Context) -> tuple[Block, ...]:
    """How many cases on what; goods and services against groups of issues and dispositions."""
    return tuple(_blocks(context, coverage(context.casebase, context.cases)))


def _blocks(context: Context, covered: Coverage) -> Iterator[Block]:
    day, total = context.as_of, len(context.cases)
    brief = sum(row.brief for row in covered.subjects)
    issues = {i for case in context.cases for i in case.classification.issues}
    yield Paragraph(
        text(
            f"本稿收录案例{total}件（其中简案{brief}件），涉及{len(covered.covered)}类商品和服务、"
            f"{len(issues)}类问题；法规截至{day.year}年{day.month}月{day.day}日。"
            "各类件数见下表，一件案例涉及几类问题或者几种处置的分别计数，“—”为尚无案例。"
        )
    )
    yield _table(covered)
    yield Paragraph((Span("供稿空缺：", "strong"),))
    yield ItemList(tuple(text(gap) for gap in _gaps(context, covered)))


def _table(covered: Coverage) -> Table:
    groups = [(kind, group) for kind in ACROSS for group in covered.groups[kind]]
    rows = tuple(
        Row(
            (
                text(row.term.label),
                text(str(row.total)),
                *(text(_number(row.groups[kind][group])) for kind, group in groups),
            )
        )
        for row in covered.covered
    )
    header = ("品类", "件数", *(group.split("(")[0] for _, group in groups))
    return Table("案例覆盖表", header, rows, (28, 8, *(64 / len(groups) for _ in groups)))


def _gaps(context: Context, covered: Coverage) -> Iterator[str]:
    yield from context.casebase.district.gaps
    for kind, terms in covered.unused.items():
        if terms:
            yield f"尚无案例的{_NAMES[kind]}：{_labels(terms)}。"


def _labels(terms: Iterable[Term]) -> str:
    return "、".join(term.label for term in terms)


def _number(value: int) -> str:
    return str(value) if value else "—"
